//! `whatif`: locks are resolved against the form, and what cannot be locked is refused.

use super::{complaints, fixture, game, one};
use detente_game::what_if::LockMode;
use detente_game::{Rational, what_if::WhatIf};
use detente_lang::Code;

fn variant(text: &str, lines: &str) -> WhatIf {
    let game = game(&format!("{text}whatif \"x\"\n{lines}"));
    game.what_ifs[0].clone()
}

#[test]
fn locks_are_resolved() {
    let text = fixture("gesture");
    let lines = "  set detect = 0.9\n  lock Partner at reply when Partner is serious: accept 1/3 | reject rest\n  lock belief of Offerer in Partner is dominance = p_serious / 4 after reply is accept\n  nobody else knows\n";
    let game = game(&format!("{text}whatif \"a misreading\"\n{lines}"));
    let what_if = &game.what_ifs[0];
    assert_eq!((what_if.name.as_str(), what_if.mode), ("a misreading", LockMode::NobodyElseKnows));
    assert_eq!(what_if.set[0].param, game.param("detect"));
    let lock = &what_if.behaviour[0];
    let form = &game.form;
    // Serious partners are asked twice: after each assessment.
    assert_eq!(lock.situations.len(), 2);
    let point = game.base_point();
    for (set, probabilities) in &lock.situations {
        let info = form.info_set(*set);
        assert_eq!(form.player(info.player).name, "Partner");
        let labels: Vec<&str> = form.actions(*set).map(|a| form.action_label(a)).collect();
        assert_eq!(labels, ["accept", "reject"]);
        let values: Vec<Rational> = probabilities
            .iter()
            .map(|formula| game.formulas.interval_at(*formula, &point).expect("a value").low)
            .collect();
        assert_eq!(values, [Rational::new(1, 3), Rational::new(2, 3)]);
    }
    let belief = &what_if.beliefs[0];
    assert_eq!(form.player(belief.player).name, "Offerer");
    let value = game.formulas.interval_at(belief.probability, &point).expect("a value").low;
    assert_eq!(value, Rational::new(1, 10));
    // Two sorts of Offerer, two readings of the satellites.
    assert_eq!(form.sets_inside(belief.player, &belief.after).len(), 4);
    assert!(!belief.event.is_empty());
}

#[test]
fn a_lock_without_condition_holds_everywhere() {
    let what_if = variant(&fixture("kuhn"), "  lock Bob at answer: fold 1\n");
    assert_eq!(what_if.mode, LockMode::Known);
    assert_eq!(what_if.behaviour[0].situations.len(), 3);
    let zero = &what_if.behaviour[0].situations[0].1;
    assert_eq!(zero.len(), 2);
}

#[test]
fn what_cannot_be_locked() {
    let text = fixture("gesture");
    let refused = |lines: &str, code: Code| one(&format!("{text}whatif \"x\"\n{lines}"), code);
    for (line, code, message) in [
        ("lock Partner at reply: accept 1/2 | reject 1/3", Code::E040, "add up to 5/6"),
        ("lock Partner at reply: accept 3/2 | reject rest", Code::E041, "'accept' is 3/2"),
        ("lock Partner at reply: accept 1/2", Code::E040, "add up to 1/2"),
        ("lock Partner at reply: accept rest | reject rest", Code::E042, "once only"),
        ("lock Partner at reply: accept 1 | accept 0", Code::E019, "stands twice"),
        ("lock Partner at reply: acept 1", Code::E011, "'acept' is not a value"),
        ("lock Partner at reply[1]: accept 1", Code::E072, "never chooses 'reply[1]'"),
        ("lock Partner at gesture: extend 1", Code::E010, "Partner never chooses 'gesture'"),
        ("lock Partner at reply when Offerer is firm: accept 1", Code::E072, "does not know this"),
        ("lock Partner at reply when gesture is let_lapse: accept 1", Code::E072, "never decides"),
        ("lock Partner at reply when detect > 1/2: accept 1", Code::E072, "reads a parameter"),
        ("lock belief of Offerer in Partner is serious = 1.5", Code::E041, "locked reading is 3/2"),
        (
            "lock belief of Offerer in Partner is serious = 2 * detect",
            Code::E041,
            "6/5 at detect = 3/5",
        ),
        (
            "lock belief of Partner in Offerer is firm = 1/2 after programme is freeze",
            Code::E072,
            "no situation of Partner",
        ),
        ("set detect = 1.5", Code::W112, "outside its range 0..1"),
        ("set detekt = 1", Code::E010, "'detekt'"),
        ("nobody else knows\n  nobody else knows", Code::E019, "stands twice"),
        ("set detect = 1\n  set detect = 0", Code::E019, "set twice"),
        (
            "lock Partner at reply: accept 1\n  lock Partner at reply when Partner is serious: accept 1",
            Code::E019,
            "locked already",
        ),
    ] {
        let complaint = refused(&format!("  {line}\n"), code);
        assert!(complaint.message.contains(message), "{line}: {complaint:?}");
        assert!(complaint.span.is_some());
    }
}

#[test]
fn several_mistakes_of_one_variant() {
    let lines = "  set detekt = 1\n  lock Partnr at reply: accept 1\n  lock belief of Offerer in Partner is seriuos = 1\n";
    let codes: Vec<Code> = complaints(&format!("{}whatif \"x\"\n{lines}", fixture("gesture")))
        .iter()
        .map(|d| d.code)
        .collect();
    assert_eq!(codes, [Code::E010, Code::E010, Code::E011]);
}
