//! `question`: lines are resolved against the form they speak of; they hold no answer.

use super::{game, one};
use detente_game::claim::Quantity;
use detente_game::question::AskKind;
use detente_lang::Code;

const ENTRY: &str = "game \"g\"\nplayers\n  Ann\n  Bob\nsettings\n  long = 0 in 0..1\nparams\n  p = 1/2 in 0..1\ntypes of Ann\n  high p\n  low rest\nstory\n  Ann chooses move: left | right\n  if long = 1\n    chance noise: hot 1/2 | cold rest seen by Bob\n  Bob chooses reply: up | down\nstakes of Ann\n  a: 1 when reply is up and move is left or reply is down and Ann is low\nstakes of Bob\n  b: p when reply is up and Ann is high or reply is down and move is right\nexpect pbe exists \"both go left\": move always left\nwhatif \"more\"\n  set p = 1\n";

fn with(lines: &str) -> String {
    format!("{ENTRY}question \"Why?\"\n{lines}")
}

#[test]
fn every_kind_of_line_is_resolved() {
    let lines = "  P(reply is up | Ann is high)\n  1 - P(reply is up)\n  p / 2\n  belief of Bob in Ann is high after move is left, Ann is low or Ann is high\n  payoff of Bob\n  thresholds of p\n  thresholds of p for \"both go left\"\n  assumptions\n  information of Bob\n  whatif \"more\"\n  see \"other.dtn\"\n";
    let game = game(&with(lines));
    let question = &game.questions[0];
    assert_eq!(question.title, "Why?");
    let kinds: Vec<&AskKind> = question.asks.iter().map(|ask| &ask.kind).collect();
    let AskKind::Number { of: Some(of), quantity: Quantity::Probability { .. } } = kinds[0] else {
        panic!("{:?}", kinds[0])
    };
    assert_eq!((of.event.as_str(), of.given.as_deref()), ("reply is up", Some("Ann is high")));
    assert!(matches!(kinds[1], AskKind::Number { of: None, quantity: Quantity::Binary(..) }));
    assert!(matches!(kinds[2], AskKind::Number { of: None, quantity: Quantity::Formula(_) }));
    let AskKind::Belief { of, .. } = kinds[3] else { panic!("{:?}", kinds[3]) };
    assert_eq!(of.given.as_deref(), Some("move is left and Ann is low or Ann is high"));
    assert!(matches!(kinds[4], AskKind::Payoff(_)));
    assert!(matches!(kinds[5], AskKind::Thresholds { claim: None, .. }));
    assert!(matches!(kinds[6], AskKind::Thresholds { claim: Some(_), .. }));
    assert_eq!(*kinds[7], AskKind::Assumptions);
    assert!(matches!(kinds[8], AskKind::Information(_)));
    assert_eq!(*kinds[9], AskKind::WhatIf("more".to_owned()));
    assert_eq!(*kinds[10], AskKind::See("other.dtn".to_owned()));
}

#[test]
fn with_is_no_part_of_what_is_asked() {
    let game = game(&with("  with p = 1/3: P(reply is up)\n"));
    let ask = &game.questions[0].asks[0];
    assert_eq!((ask.text.as_str(), ask.with[0].name.as_str()), ("P(reply is up)", "p"));
}

#[test]
fn a_line_under_another_setting_may_speak_of_another_tree() {
    let game = game(&with("  with long = 1: P(reply is up | noise is hot)\n"));
    assert_eq!(game.questions[0].asks.len(), 1);
}

#[test]
fn what_cannot_be_asked_is_refused_where_it_stands() {
    for (line, code, at) in [
        ("  thresholds of q\n", Code::E010, "q"),
        ("  payoff of Bib\n", Code::E010, "Bib"),
        ("  P(reply is sideways)\n", Code::E011, "sideways"),
        ("  P(reply is up) = 1\n", Code::E072, "P(reply is up) = 1"),
        ("  reply is up\n", Code::E072, "reply is up"),
        ("  whatif \"les\"\n", Code::E072, "\"les\""),
        ("  thresholds of p for \"both go right\"\n", Code::E072, "\"both go right\""),
        ("  with p = 1/2, p = 1/3: payoff of Ann\n", Code::E019, "p"),
    ] {
        let text = with(line);
        let complaint = one(&text, code);
        let span = complaint.span.expect("it has a place");
        assert_eq!(span.text(&text), at, "{line}");
    }
}
