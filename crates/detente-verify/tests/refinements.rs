//! The intuitive criterion, D1 and divinity in signalling stages.

mod common;

use common::{Small, beer_quiche, build, chance, choose, end, entry, number};
use detente_game::claim::Concept::{
    D1, Divine, Intuitive, Nash, Pbe, Sequential, UniversallyDivine,
};
use detente_verify::{Verdict, recheck, survives};

#[test]
fn quiche_is_not_intuitive_and_beer_is() {
    let game = beer_quiche();
    let beer = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    let quiche = game.pure(&[
        ("strong", "quiche"),
        ("weak", "quiche"),
        ("after_quiche", "walk"),
        ("after_beer", "duel"),
    ]);
    for concept in [Intuitive, Divine, D1, UniversallyDivine] {
        let held = game.verdict(concept.clone(), &beer).into_equilibrium().expect("beer survives");
        assert_eq!(*held.concept(), concept);
        assert!(recheck(&game.instance, &held.saved()).holds());
        let verdict = game.verdict(concept.clone(), &quiche);
        let failure = verdict.failure().unwrap_or_else(|| panic!("{verdict:?}"));
        // The strong type has 2 with quiche and peace, and gets 3 with beer and peace.
        assert_eq!(failure.gain, number("1"));
        assert_eq!(failure.set, Some(game.set("strong")));
        assert_eq!(failure.instead, "strong is beer");
        assert!(failure.reason.contains("weak"), "{}", failure.reason);
        // The broken outcome cannot be smuggled in as a certificate either.
        let mut forged = game.verdict(Sequential, &quiche).into_equilibrium().unwrap().saved();
        forged.concept = concept;
        assert!(recheck(&game.instance, &forged).fails());
    }
}

/// Education with two types and three levels (Spence 1973, in whole numbers): the pay is what the
/// employer thinks the worker is worth. Pay is one of 2, 3, 4 to a low, mixed, high worker.
fn education() -> Small {
    let pay = |cost: i64, high: bool, level: &str| {
        let offer = |pay: i64| {
            let worth = if high { 4 } else { 2 };
            end(&[2 * (pay - 2) - cost, -(worth - pay) * (worth - pay)])
        };
        choose(
            1,
            &format!("pay_{level}"),
            vec![("two", offer(2)), ("three", offer(3)), ("four", offer(4))],
        )
    };
    let worker = |name: &str, high: bool| {
        let cost = |level: i64| if high { level } else { 2 * level };
        choose(
            0,
            name,
            vec![
                ("none", pay(cost(0), high, "none")),
                ("some", pay(cost(1), high, "some")),
                ("much", pay(cost(2), high, "much")),
            ],
        )
    };
    let tree = chance(
        "type",
        vec![("low", "1/2", worker("low", false)), ("high", "1/2", worker("high", true))],
    );
    build(&["Worker", "Employer"], &tree)
}

#[test]
fn only_the_cheapest_separation_survives_in_education() {
    let game = education();
    // Nobody learns, pay three: the high type would take much education (cost 2) for pay four:
    // 4 - 2 = 2, just what it has; with some: 4 - 1 = 3.
    let pooling = game.pure(&[
        ("low", "none"),
        ("high", "none"),
        ("pay_none", "three"),
        ("pay_some", "two"),
        ("pay_much", "two"),
    ]);
    assert!(game.verdict(Sequential, &pooling).holds());
    // Low would gain nothing by some (4 - 2 = 2 is what it has), yet loses nothing either: the
    // intuitive criterion cannot take it away at 'some'; at 'much' (4 - 4 = 0) it can, but high
    // only breaks even there. D1 takes low away at 'some'.
    assert!(game.verdict(Intuitive, &pooling).holds());
    // Divinity only asks that high is no less likely at 'some' than before: that is worth three.
    assert!(game.verdict(Divine, &pooling).holds());
    assert!(game.verdict(UniversallyDivine, &pooling).fails());
    let verdict = game.verdict(D1, &pooling);
    let failure = verdict.failure().unwrap_or_else(|| panic!("{verdict:?}"));
    assert_eq!(failure.gain, number("1"));
    assert_eq!(failure.set, Some(game.set("high")));
    assert_eq!(failure.instead, "high is some");
    let separating = game.pure(&[
        ("low", "none"),
        ("high", "much"),
        ("pay_none", "two"),
        ("pay_some", "two"),
        ("pay_much", "four"),
    ]);
    for concept in [Sequential, Intuitive, Divine, D1, UniversallyDivine] {
        let verdict = game.verdict(concept, &separating);
        assert!(verdict.holds(), "{verdict:?}");
    }
}

/// The same with a third way that nobody wants after any reply.
#[test]
fn a_message_that_nobody_gains_by_breaks_nothing() {
    let after = |name: &str, low: i64| {
        choose(1, name, vec![("left", end(&[low, 1])), ("right", end(&[low, 0]))])
    };
    let sender = |name: &str| {
        choose(0, name, vec![("good", after("after_good", 2)), ("bad", after("after_bad", 0))])
    };
    let tree = chance("type", vec![("a", "1/3", sender("a")), ("b", "2/3", sender("b"))]);
    let game = build(&["Sender", "Receiver"], &tree);
    let profile =
        game.pure(&[("a", "good"), ("b", "good"), ("after_good", "left"), ("after_bad", "left")]);
    for concept in [Intuitive, Divine, D1, UniversallyDivine] {
        assert!(game.verdict(concept, &profile).holds());
    }
}

#[test]
fn what_is_no_signalling_stage_is_left_undecided() {
    let game = entry();
    let profile = game.pure(&[("enter", "in"), ("reply", "yield")]);
    // One type, one message with a reply, one without: a stage, if a dull one.
    assert!(game.verdict(Intuitive, &profile).holds());
    let tree = choose(
        0,
        "begin",
        vec![
            ("go", choose(0, "again", vec![("x", end(&[1, 0])), ("y", end(&[0, 0]))])),
            ("stop", end(&[0, 0])),
        ],
    );
    let twice = build(&["One", "Two"], &tree);
    let profile = twice.pure(&[("begin", "go"), ("again", "x")]);
    match twice.verdict(D1, &profile) {
        Verdict::Undecided(why) => assert!(why.contains("no signalling stage"), "{why}"),
        other => panic!("{other:?}"),
    }
    // Asked of a bare Nash equilibrium.
    let held = twice.verdict(Nash, &profile).into_equilibrium().unwrap();
    assert!(matches!(survives(&twice.instance, &held, &D1), Verdict::Undecided(_)));
    let held = twice.verdict(Pbe, &profile).into_equilibrium().unwrap();
    assert!(matches!(survives(&twice.instance, &held, &Nash), Verdict::Undecided(_)));
}
