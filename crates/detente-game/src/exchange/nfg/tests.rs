use super::super::ImportLimits;
use super::{StrategicLimits, read_nfg, reduced_strategies, strategic_form, write_nfg};
use crate::ids::PlayerId;
use crate::number::Rational;
use proptest::prelude::*;

const OUTCOMES: &str = r#"NFG 1 R "Three" { "P1" "P2" "P3" }
{ { "Top" "Bottom" } { "Left" "Right" } { "1" "2" } }
"about"
{ { "a" 3, 0, 2 } { "" 0, 1, 0 } { "c" 0 2 0 } { "" 1, 1/2, .5 } }
1 2 3 4 4 0 2 1
"#;

const PAYOFFS: &str = "NFG 1 R \"Two\" { \"A\" \"B\" } { 2 3 }\n\"\"\n1 2 3 4 5 6 7 8 9 10 11 12";

#[test]
fn both_bodies_are_read() {
    let game = read_nfg(OUTCOMES, &ImportLimits::default()).unwrap().game;
    assert_eq!((game.form.node_count(), game.form.info_sets().len()), (15, 3));
    assert!(game.form.has_perfect_recall());
    let form = strategic_form(&game.base().unwrap(), &StrategicLimits::default()).unwrap();
    // Player 1 varies fastest: (Top, Right, 1) is the third profile, (Top, Right, 2) the seventh.
    assert_eq!(form.payoff(&[0, 1, 0], PlayerId(1)), &Rational::int(2));
    assert_eq!(form.payoff(&[0, 1, 1], PlayerId(1)), &Rational::int(1));
    assert_eq!(form.payoff(&[1, 0, 1], PlayerId(0)), &Rational::ZERO);
    let game = read_nfg(PAYOFFS, &ImportLimits::default()).unwrap().game;
    let form = strategic_form(&game.base().unwrap(), &StrategicLimits::default()).unwrap();
    assert_eq!(form.payoff(&[1, 2], PlayerId(0)), &Rational::int(11));
    assert_eq!(form.payoff(&[0, 1], PlayerId(1)), &Rational::int(6));
}

#[test]
fn text_is_stable() {
    for text in [OUTCOMES, PAYOFFS] {
        let game = read_nfg(text, &ImportLimits::default()).unwrap().game;
        let limits = StrategicLimits::default();
        let once = write_nfg(&game, &game.base().unwrap(), &limits).unwrap().text;
        let again = read_nfg(&once, &ImportLimits::default()).unwrap().game;
        assert_eq!(write_nfg(&again, &again.base().unwrap(), &limits).unwrap().text, once);
        assert_eq!(
            strategic_form(&game.base().unwrap(), &limits),
            strategic_form(&again.base().unwrap(), &limits)
        );
    }
}

#[test]
fn strategies_leave_open_what_they_prevent() {
    // Two moves of one player on one path: out / in then l or r makes three, not four.
    let text = "EFG 2 R \"\" { \"A\" }\np \"\" 1 1 \"\" { \"out\" \"in\" } 0\nt \"\" 1 { 1 }\n\
        p \"\" 1 2 \"\" { \"l\" \"r\" } 0\nt \"\" 2 { 2 }\nt \"\" 3 { 3 }\n";
    let game = super::super::read_efg(text, &ImportLimits::default()).unwrap().game;
    let strategies = reduced_strategies(&game.form, PlayerId(0), 10).unwrap();
    let names: Vec<&str> = strategies.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["out / *", "in / l", "in / r"]);
    assert!(reduced_strategies(&game.form, PlayerId(0), 2).is_err());
    let form = strategic_form(&game.base().unwrap(), &StrategicLimits::default()).unwrap();
    assert_eq!(form.payoffs, [1, 2, 3].map(Rational::int));
}

#[test]
fn the_horse_in_strategic_form() {
    let game =
        super::super::read_efg(super::super::efg::tests::HORSE, &ImportLimits::default()).unwrap();
    let instance = game.game.base().unwrap();
    let form = strategic_form(&instance, &StrategicLimits::default()).unwrap();
    assert_eq!(form.payoffs.len(), 24);
    let paid = |profile: [usize; 3]| -> Vec<String> {
        (0..3).map(|p| form.payoff(&profile, PlayerId(p)).to_string()).collect()
    };
    assert_eq!(paid([0, 0, 0]), ["1", "1", "1"]);
    assert_eq!(paid([0, 1, 0]), ["4", "4", "0"]);
    assert_eq!(paid([1, 1, 0]), ["3", "2", "2"]);
    let limits = StrategicLimits { payoffs: 23, ..StrategicLimits::default() };
    let error = write_nfg(&game.game, &instance, &limits).unwrap_err();
    assert!(error.to_string().contains("2 × 2 × 2"), "{error}");
}

#[test]
fn messages_say_where_and_what() {
    for (text, wanted) in [
        ("EFG 2 R", "read it as .efg"),
        ("NFG 1 R \"\" { \"A\" } { 2 3 } 1", "2 of 1 players"),
        ("NFG 1 R \"\" { \"A\" } { { } } 1", "this player has no strategy"),
        ("NFG 1 R \"\" { \"A\" } { 2 } 1", "a payoff was expected, not the end"),
        ("NFG 1 R \"\" { \"A\" } { 1 } 1 2", "the end of the file was expected"),
        ("NFG 1 R \"\" { \"A\" } { 1 } { { \"\" 1 } } 2", "numbered 1 to 1"),
        ("NFG 1 R \"\" { \"A\" \"B\" } { 4000 4000 } 1", "more than 10000000 nodes"),
        ("NFG 1 R \"\" { \"A\" } { 99999999999 } 1", "no possible number of strategies"),
    ] {
        let error = read_nfg(text, &ImportLimits::default()).unwrap_err();
        assert!(error.to_string().contains(wanted), "{error}\n{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_taken_without_panic(body in "[\\{\\}\", 0-9/a]{0,60}") {
        let limits = ImportLimits { nodes: 10_000, ..ImportLimits::default() };
        let _ = read_nfg(&format!("NFG 1 R \"\" {{ \"A\" \"B\" }} {body}"), &limits);
    }
}
