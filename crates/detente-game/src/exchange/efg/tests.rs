use super::super::{ImportLimits, Imported, read_json, write_json};
use super::{EfgOptions, read_efg, write_efg};
use crate::form::{GameForm, NodeKind};
use crate::game::Game;
use crate::ids::{FormulaId, NodeId, PlayerId};
use crate::number::Rational;
use proptest::prelude::*;

pub(crate) const HORSE: &str = r#"EFG 2 R "Selten's horse" { "Player 1" "Player 2" "Player 3" }
"This is \"Selten's horse\", figure 1."

p "" 1 1 "" { "R" "L" } 0
p "" 2 1 "" { "R" "L" } 0
t "" 1 "Outcome 1" { 1, 1, 1 }
p "" 3 1 "here" { "R" "L" } 0
t "" 2 "Outcome 2" { 4, 4, 0 }
t "" 3 "Outcome 3" { 0, 0, 1 }
p "" 3 1 "here" { "R" "L" } 0
t "" 4 "Outcome 4" { 3, 2, 2 }
t "" 5 "Outcome 5" { 0, 0, 0 }
"#;

/// Payoffs at inner nodes, decimals, short forms, no commas.
const INNER: &str = r#"EFG 2 D "Inner payoffs" { "A" "B" }
c "root" 1 "deal" { "high" .25 "low" 3/4 } 0
p "" 1 1 "ask" { "bet" "fold" } 1 "ante" { -0.1 0 }
t "" 2 "won" { 1e1 -1 }
t "" 0
p "" 1 1 1
t "" 2
p "x" 2 7 "last" { "yes" "no" } 3 "second" { 1/3, 1/7 }
t "" 0
t "" 4 "" { 2 2 }
"#;

pub(crate) fn read(text: &str) -> Imported {
    read_efg(text, &ImportLimits::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn written(game: &Game) -> String {
    write_efg(game, &game.base().unwrap(), &EfgOptions::default()).unwrap().text
}

fn payoffs(game: &Game) -> Vec<Vec<String>> {
    let instance = game.base().unwrap();
    let of =
        |end: NodeId| game.form.player_ids().map(|p| instance.payoff(end, p).to_string()).collect();
    game.form.ends().map(of).collect()
}

/// Everything of a form that an `.efg` file can carry, free of ids: depth first.
fn portrait(game: &Game) -> Vec<String> {
    let form = &game.form;
    let instance = game.base().unwrap();
    let mut lines = Vec::new();
    let mut open = vec![GameForm::ROOT];
    let mut seen = std::collections::BTreeMap::new();
    while let Some(node) = open.pop() {
        let label = form.node_label(node).unwrap_or("-");
        lines.push(match form.kind(node) {
            NodeKind::Decision(set) => {
                let next = seen.len();
                let number = *seen.entry(set).or_insert(next);
                let actions: Vec<&str> = form.actions(set).map(|a| form.action_label(a)).collect();
                format!("{label} {:?} set {number} {actions:?}", form.info_set(set).player)
            }
            NodeKind::Chance(lottery) => {
                let branches: Vec<String> = form
                    .branches(lottery)
                    .map(|b| format!("{} {}", form.branch_label(b), instance.branch(b)))
                    .collect();
                format!("{label} chance {branches:?}")
            }
            NodeKind::End(row) => {
                let name = form.outcome_of(row).map(|id| &form.outcomes()[id.index()]);
                let paid: Vec<String> =
                    form.player_ids().map(|p| instance.payoff(node, p).to_string()).collect();
                format!("{label} {name:?} {paid:?}")
            }
        });
        open.extend(form.children(node).rev());
    }
    lines
}

#[test]
fn the_horse_is_read_and_written_back_to_the_letter() {
    let Imported { game, notes } = read(HORSE);
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!((game.form.node_count(), game.form.end_count()), (9, 5));
    assert_eq!(game.form.info_sets().len(), 3);
    assert_eq!(game.meta.about, "This is \"Selten's horse\", figure 1.");
    let question = game.form.info_set(crate::ids::InfoSetId(1)).question;
    assert_eq!(game.form.event(question).name, "set 1");
    assert_eq!(written(&game), HORSE);
}

#[test]
fn payoffs_above_an_end_are_part_of_it() {
    let game = read(INNER).game;
    let mut paid = payoffs(&game);
    paid.sort();
    let expected =
        [["-1/10", "0"], ["67/30", "15/7"], ["7/30", "1/7"], ["99/10", "-1"], ["99/10", "-1"]];
    assert_eq!(paid, expected);
    assert_eq!(game.inner_rows.len(), 3);
    let text = written(&game);
    let again = read(&text).game;
    assert_eq!(portrait(&game), portrait(&again));
    assert_eq!(written(&again), text);
    assert!(text.contains("{ -1/10, 0 }") && text.contains("{ 1/3, 1/7 }"), "{text}");
    let at_ends = EfgOptions { inner_payoffs: false };
    let text = write_efg(&game, &game.base().unwrap(), &at_ends).unwrap().text;
    assert!(
        text.lines().filter(|line| !line.starts_with('t')).all(|line| !line.contains("{ -1/10"))
    );
    let folded = read(&text).game;
    assert!(folded.inner_rows.is_empty());
    assert_eq!(portrait(&game), portrait(&folded));
}

#[test]
fn a_lottery_after_different_draws_is_several_sets_and_one_again_when_read() {
    let text = "EFG 2 R \"\" { \"A\" }\nc \"\" 1 \"first\" { \"h\" 1/2 \"t\" 1/2 } 0\n\
        c \"\" 2 \"second\" { \"h\" 1/3 \"t\" 2/3 } 0 t \"\" 0 t \"\" 0 c \"\" 2 0 t \"\" 0 t \"\" 0";
    let game = read(text).game;
    assert_eq!(game.form.lotteries().len(), 2);
    let text = written(&game);
    assert!(text.contains("2 \"second\" {") && text.contains("3 \"second (2)\" {"), "{text}");
    let again = read(&text).game;
    assert_eq!(again.form.lotteries().len(), 2);
    assert_eq!(written(&again), text);
}

#[test]
fn forgetting_is_noted() {
    let forgetful = "EFG 2 R \"\" { \"A\" }\np \"\" 1 1 \"\" { \"l\" \"r\" } 0\n\
        p \"\" 1 2 \"\" { \"L\" \"R\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 2 \"\" { 2 }\n\
        p \"\" 1 2 \"\" { \"L\" \"R\" } 0\nt \"\" 0\nt \"\" 0\n";
    let imported = read(forgetful);
    assert!(!imported.game.form.has_perfect_recall());
    assert!(imported.notes[0].contains("imperfect recall"), "{:?}", imported.notes);
    let driver = "EFG 2 R \"\" { \"A\" }\np \"\" 1 1 \"\" { \"exit\" \"on\" } 0\nt \"\" 1 \"\" { 0 }\n\
        p \"\" 1 1 \"\" { \"exit\" \"on\" } 0\nt \"\" 2 \"\" { 4 }\nt \"\" 3 \"\" { 1 }\n";
    let imported = read(driver);
    assert!(!imported.game.form.has_perfect_recall());
    assert!(imported.notes[0].contains("absent-mindedness"), "{:?}", imported.notes);
    assert_eq!(portrait(&imported.game), portrait(&read(&written(&imported.game)).game));
}

#[test]
fn empty_and_double_labels_are_told_apart() {
    let text = "EFG 2 R \"\" { \"\" \"\" }\np \"\" 1 1 \"\" { \"\" \"x\" \"x\" } 0\nt \"\" 0 t \"\" 0 \
        p \"\" 2 1 \"same\" { \"a\" } 0 p \"\" 2 2 \"same\" { \"b\" } 0 t \"\" 1 { 1 2 }";
    let imported = read(text);
    let form = &imported.game.form;
    assert_eq!(form.player(PlayerId(1)).name, "Player 2");
    let labels: Vec<&str> =
        form.actions(crate::ids::InfoSetId(0)).map(|action| form.action_label(action)).collect();
    assert_eq!(labels, ["1", "x", "x (2)"]);
    let text = written(&imported.game);
    assert!(text.contains("1 \"same\" { \"a\" }") && text.contains("2 \"same (2)\""), "{text}");
    assert_eq!(written(&read(&text).game), text);
}

#[test]
fn messages_say_where_and_what() {
    let cases = [
        ("", "line 1, column 1: 'EFG' was expected, not the end of the file"),
        ("NFG 1 R \"\" { }", "read it as .nfg"),
        ("EFG 2 R \"t\" { \"A }", "line 1, column 15: this text has no closing quotation mark"),
        ("EFG 2 R \"t\" { \"A\" }\nq \"\" 1", "line 2, column 1: a node was expected, not 'q'"),
        (
            "EFG 2 R \"t\" { \"A\" }\np \"\" 2 1 \"\" { \"a\" } 0",
            "line 2, column 6: players are numbered 1 to 1",
        ),
        ("EFG 2 R \"t\" { \"A\" }\nc \"\" 1 \"\" { \"a\" .3 \"b\" .6 } 0", "add up to 9/10, not 1"),
        ("EFG 2 R \"t\" { \"A\" }\nt \"\" 1 \"x\" { 1 2 }", "2 payoffs are given for 1 players"),
        ("EFG 2 R \"t\" { \"A\" }\nt \"\" 1 \"x\" { 1/0 }", "a payoff is a number; '1/0' is not"),
        ("EFG 2 R \"t\" { \"A\" }\nt \"\" 3", "outcome 3 has no payoffs yet"),
        ("EFG 2 R \"t\" { \"A\" }\np \"\" 1 4 0", "information set 4 has no actions yet"),
        (
            "EFG 2 R \"t\" { \"A\" }\np \"\" 1 1 \"\" { \"a\" \"b\" } 0\nt \"\" 0",
            "1 more nodes are needed",
        ),
        (
            "EFG 2 R \"t\" { \"A\" }\nt \"\" 0\nt \"\" 0",
            "line 3, column 1: the end of the file was expected",
        ),
        ("EFG 2 R \"t\" { \"A\" }\nt \"\" 1 \"a\" { 2 } 0", "was expected, not '0'"),
    ];
    for (text, wanted) in cases {
        let error = read_efg(text, &ImportLimits::default()).unwrap_err();
        assert!(error.to_string().contains(wanted), "{error}\n{text}");
    }
}

#[test]
fn a_deep_tree_and_a_wide_one_meet_no_stack_but_the_limit() {
    let mut text = String::from("EFG 2 R \"deep\" { \"A\" }\n");
    for number in 1..100_000 {
        text.push_str(&format!("p \"\" 1 {number} \"\" {{ \"on\" \"off\" }} 0\n"));
    }
    text.push_str(&"t \"\" 0\n".repeat(100_000));
    let game = read(&text).game;
    assert_eq!(game.form.node_count(), 199_999);
    assert_eq!(written(&read(&written(&game)).game), written(&game));
    let limits = ImportLimits { nodes: 1_000, ..ImportLimits::default() };
    let error = read_efg(&text, &limits).unwrap_err();
    assert!(error.message.contains("more than 1000 nodes"), "{error}");
}

#[test]
fn differing_priors_scale_payoffs() {
    let mut game = read(INNER).game;
    game.inner_rows.clear();
    let number = |game: &mut Game, n, d| game.formulas.number(Rational::new(n, d));
    let (high, low): (FormulaId, FormulaId) = (number(&mut game, 1, 2), number(&mut game, 1, 2));
    game.private_probability = vec![
        (PlayerId(1), crate::ids::BranchId(0), high),
        (PlayerId(1), crate::ids::BranchId(1), low),
    ];
    let instance = game.base().unwrap();
    let export = write_efg(&game, &instance, &EfgOptions::default()).unwrap();
    assert!(export.notes[0].contains("priors differ"));
    let again = read(&export.text).game.base().unwrap();
    let ends: Vec<NodeId> = again.form().ends().collect();
    // The expected payoff along each path, in player 2's own eyes, is what it was.
    for end in ends {
        let path = again.form().history(end);
        let same = game
            .form
            .ends()
            .find(|e| texts(&game.form, &game.form.history(*e)) == texts(again.form(), &path));
        let same = same.expect("the same path exists");
        let own = reach(&instance, same, true) * instance.payoff(same, PlayerId(1));
        assert_eq!(own, reach(&again, end, false) * again.payoff(end, PlayerId(1)));
        assert_eq!(instance.payoff(same, PlayerId(0)), again.payoff(end, PlayerId(0)));
    }
}

fn texts(form: &GameForm, history: &[(crate::ids::EventId, crate::ids::ValueId)]) -> Vec<String> {
    history.iter().map(|(_, value)| form.value(*value).to_owned()).collect()
}

fn reach(instance: &crate::GameInstance, end: NodeId, own: bool) -> Rational {
    let mut probability = Rational::ONE;
    let mut here = Some(end);
    while let Some(node) = here {
        if let Some(branch) = instance.form().branch_into(node) {
            probability *= match own {
                true => instance.branch_for(PlayerId(1), branch),
                false => instance.branch(branch),
            };
        }
        here = instance.form().parent(node);
    }
    probability
}

/// Random trees as text: sets shared between nodes at random, so recall may fail.
fn any_efg() -> impl Strategy<Value = String> {
    proptest::collection::vec((0..6_u8, 0..3_usize, -9..9_i32, 1..9_i32), 1..40).prop_map(|steps| {
        let mut text = String::from("EFG 2 R \"random\" { \"A\" \"B\" }\n");
        let mut open = 1_usize;
        for (index, (kind, set, numer, denom)) in steps.iter().enumerate() {
            if open == 0 {
                break;
            }
            open -= 1;
            match kind {
                0 => {
                    open += 2;
                    text.push_str(&format!(
                        "c \"\" {} \"\" {{ \"h\" 1/{denom} \"t\" {}/{denom} }} 0\n",
                        denom,
                        denom - 1
                    ));
                }
                1 | 2 => {
                    open += 2 + set;
                    let actions: Vec<String> = (0..2 + set).map(|a| format!("\"a{a}\"")).collect();
                    let player = 1 + index % 2;
                    text.push_str(&format!(
                        "p \"\" {player} {set} \"s{set}\" {{ {} }} ",
                        actions.join(" ")
                    ));
                    if *numer > 5 {
                        text.push_str(&format!("{} \"in\" {{ {numer}/{denom}, 1 }}\n", index + 1));
                    } else {
                        text.push_str("0\n");
                    }
                }
                _ => text.push_str(&format!(
                    "t \"\" {} \"o\" {{ {numer}/{denom}, {denom} }}\n",
                    index + 1
                )),
            }
        }
        text.push_str(&"t \"\" 0\n".repeat(open));
        text
    })
}

proptest! {
    #[test]
    fn games_survive_the_round_trip(text in any_efg()) {
        let game = read(&text).game;
        let once = written(&game);
        let again = read(&once).game;
        prop_assert_eq!(portrait(&game), portrait(&again));
        prop_assert_eq!(game.form.has_perfect_recall(), again.form.has_perfect_recall());
        prop_assert_eq!(written(&again), once);
        let json = write_json(&game, &game.base().unwrap()).unwrap();
        let back = read_json(&json, &ImportLimits::default()).unwrap().game;
        prop_assert_eq!(portrait(&game), portrait(&back));
        prop_assert_eq!(write_json(&back, &back.base().unwrap()).unwrap(), json);
    }

    #[test]
    fn any_text_is_taken_without_panic(text in "\\PC{0,60}") {
        let _ = read_efg(&text, &ImportLimits::default());
    }

    #[test]
    fn broken_files_are_taken_without_panic(cut in 0..600_usize, more in "[\\{\\}\", 0-9/cpt]{0,8}") {
        let head: String = INNER.chars().take(cut).collect();
        let tail: String = INNER.chars().skip(cut + 2).collect();
        let _ = read_efg(&format!("{head}{more}{tail}"), &ImportLimits { nodes: 10_000, ..ImportLimits::default() });
    }
}
