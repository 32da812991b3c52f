//! The treaty gesture: published figures of its equilibrium, and the exact ends of the ranges in
//! which it holds.

mod common;

use common::gesture::{Numbers, both_extend, gesture};
use common::number;
use detente_game::Rational;
use detente_game::claim::Concept::{Nash, Pbe, Sequential, SubgamePerfect, WeakPbe};
use detente_verify::check_single_departures;

#[test]
fn both_extend_holds_with_the_published_figures() {
    let game = gesture(&Numbers::default());
    assert_eq!(game.form().node_count(), 167);
    assert_eq!(game.form().end_count(), 84);
    assert_eq!(game.form().info_sets().len(), 16);
    let profile = both_extend(&game);
    for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
        let verdict = game.verdict(concept, &profile);
        assert!(verdict.holds(), "{verdict:?}");
    }
    let held = game.verdict(Sequential, &profile).into_equilibrium().unwrap();
    // Half of -0.132 and -0.980.
    assert_eq!(held.values()[0], number("-556/1000"));
    let tightest =
        held.margins().iter().filter(|margin| margin.reached).min_by_key(|m| m.margin.clone());
    let tightest = tightest.unwrap();
    assert_eq!(tightest.set, game.set("reply dominance likely"));
    assert_eq!(tightest.margin, number("3/25"));
    let alarm = &held.beliefs()[game.set("response firm alarm").index()];
    let serious: Rational = alarm
        .belief
        .iter()
        .zip(game.form().members(game.set("response firm alarm")))
        .filter(|(_, node)| {
            let history = game.form().history(**node);
            history.iter().any(|(_, value)| game.form().value(*value) == "serious")
        })
        .map(|(share, _)| share)
        .sum();
    assert_eq!(serious, number("5/68"));
}

/// At the ends of the published ranges the equilibrium still holds; a thousandth outside it fails.
#[test]
fn ranges_end_where_published() {
    let base = Numbers::default();
    let ranges: [(&str, &str, &str); 4] = [
        ("detect", "1/6", "9/14"),
        ("firm", "5/12", "35/44"),
        ("insight", "5/8", "10/11"),
        ("serious", "23/83", "168/193"),
    ];
    for (name, low, high) in ranges {
        let at = |value: Rational| {
            let mut numbers = base.clone();
            *match name {
                "detect" => &mut numbers.detect,
                "firm" => &mut numbers.firm,
                "insight" => &mut numbers.insight,
                _ => &mut numbers.serious,
            } = value;
            let game = gesture(&numbers);
            let profile = both_extend(&game);
            game.verdict(Sequential, &profile)
        };
        let step = number("1/1000");
        for (end, outward) in [(low, -step.clone()), (high, step.clone())] {
            assert!(at(number(end)).holds(), "{name} {end}");
            assert!(at(number(end) - outward.clone()).holds(), "inside {name} {end}");
            assert!(at(number(end) + outward).fails(), "outside {name} {end}");
        }
    }
}

/// Weak beliefs at "reply" and at "programme" need not fit together. Here a serious Partner who
/// fears retaliation rejects, because after accepting it would build; and it would build, because
/// by then it may believe anything. No single action is worse than another, but accepting and
/// freezing is better, and the profile is no Nash equilibrium.
#[test]
fn single_departures_admit_more_than_plans() {
    let game = gesture(&Numbers::default());
    let mut found = 0;
    for mask in 0_usize..16 {
        let pick = |bit: usize, yes: &'static str, no: &'static str| {
            if mask >> bit & 1 == 1 { yes } else { no }
        };
        let profile = game.pure(&[
            ("gesture firm", "let_lapse"),
            ("gesture soft", "extend"),
            ("reply serious likely", "reject"),
            ("reply serious unlikely", "accept"),
            ("reply dominance likely", "reject"),
            ("reply dominance unlikely", "reject"),
            ("programme serious likely", pick(0, "build", "freeze")),
            ("programme serious unlikely", "freeze"),
            ("programme dominance likely", pick(1, "build", "freeze")),
            ("programme dominance unlikely", pick(2, "build", "freeze")),
            ("response firm reject", "retaliate"),
            ("response firm alarm", "retaliate"),
            ("response firm quiet", pick(3, "retaliate", "hold")),
            ("response soft reject", "hold"),
            ("response soft alarm", "hold"),
            ("response soft quiet", "hold"),
        ]);
        if check_single_departures(&game.instance, &profile).is_ok() {
            found += 1;
            assert!(game.verdict(WeakPbe, &profile).fails());
            let nash = game.verdict(Nash, &profile);
            assert_eq!(nash.failure().unwrap().gain, number("6/25"));
        }
    }
    assert_eq!(found, 1);
}
