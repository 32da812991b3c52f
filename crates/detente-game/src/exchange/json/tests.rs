use super::*;
use crate::exchange::efg::tests::{HORSE, read};

fn horse() -> GameDocument {
    let game = read(HORSE).game;
    GameDocument::of(&game, &game.base().unwrap())
}

#[test]
fn a_game_comes_back_with_its_ids() {
    let mut document = horse();
    document.lotteries.clear();
    let text = serde_json::to_string(&document).unwrap();
    let again = read_json(&text, &ImportLimits::default()).unwrap().game;
    assert_eq!(GameDocument::of(&again, &again.base().unwrap()), document);
}

#[test]
fn equal_rows_and_lotteries_keep_their_own_ids_and_private_beliefs() {
    let text = "EFG 2 R \"\" { \"A\" }\nc \"\" 1 \"x\" { \"h\" 1/2 \"t\" 1/2 } 0\n\
        p \"\" 1 1 \"m\" { \"a\" \"b\" } 0 t \"\" 1 { 1 } t \"\" 2 { 2 }\n\
        c \"\" 2 \"y\" { \"h\" 1/3 \"t\" 2/3 } 0 t \"\" 1 { 1 } t \"\" 4 { 5 }\n";
    let game = read(text).game;
    let mut document = GameDocument::of(&game, &game.base().unwrap());
    document.lotteries[1] = document.lotteries[0].clone();
    document.lotteries[1].private =
        vec![(PlayerId(0), 0, Rational::new(1, 5)), (PlayerId(0), 1, Rational::new(4, 5))];
    document.rows[1] = document.rows[0].clone();
    let again = document.to_game(&ImportLimits::default()).unwrap().game;
    assert_eq!(GameDocument::of(&again, &again.base().unwrap()), document);
}

#[test]
fn what_does_not_fit_is_refused() {
    let limits = ImportLimits::default();
    let refused = |change: &dyn Fn(&mut GameDocument), wanted: &str| {
        let mut document = horse();
        change(&mut document);
        let error = document.to_game(&limits).unwrap_err();
        assert!(error.message.contains(wanted), "{error}");
    };
    refused(&|d| d.format = "other".to_owned(), "the format is 'other'");
    refused(&|d| d.nodes[1].decision = Some(InfoSetId(9)), "no information set 9");
    refused(&|d| d.nodes[1].first_child = Some(NodeId(1)), "the first child of node");
    refused(&|d| d.nodes[1].first_child = None, "needs either first_child or end");
    refused(&|d| d.nodes[4].end = Some(RowId(77)), "needs either");
    refused(
        &|d| {
            d.nodes.pop();
        },
        "number of nodes",
    );
    refused(&|d| d.rows[0].stakes[0].0 = StakeId(9), "no stake 9");
    refused(&|d| d.rows[0].stakes[0].1 = Rational::int(9), "not the sums");
    refused(&|d| d.information_sets[0].player = PlayerId(9), "no player 9");
    refused(&|d| d.information_sets[0].actions.clear(), "has no action");
    refused(&|d| d.inner_rows.push((NodeId(99), RowId(0))), "no node 99");
    assert!(read_json("{", &limits).unwrap_err().message.contains("no game in JSON"));
}
