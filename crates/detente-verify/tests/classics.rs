//! Textbook games: their equilibria hold, and what is next to them fails by the right amount.

mod common;

use common::{beer_quiche, build, chance, choose, end, entry, horse, number};
use detente_game::Rational;
use detente_game::claim::Concept::{Nash, Pbe, Sequential, SubgamePerfect, WeakPbe};
use detente_verify::Verdict;

fn gain(verdict: &Verdict) -> Rational {
    verdict.failure().unwrap_or_else(|| panic!("should fail: {verdict:?}")).gain.clone()
}

#[test]
fn both_pooling_equilibria_of_beer_and_quiche_hold() {
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
    for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
        for profile in [&beer, &quiche] {
            let verdict = game.verdict(concept.clone(), profile);
            assert!(verdict.holds(), "{concept:?}: {verdict:?}");
        }
    }
    let held = game.verdict(Sequential, &beer).into_equilibrium().unwrap();
    assert_eq!(held.values(), [number("29/10"), number("9/10")]);
    let off = &held.beliefs()[game.set("after_quiche").index()];
    // The receiver duels if the weak type is at least as likely as the strong one.
    assert_eq!(off.bounds, [(number("0"), number("1/2")), (number("1/2"), number("1"))]);
    assert!(!off.reached && !off.knife_edge);
    assert!(held.margins().iter().all(|margin| !margin.margin.is_negative()));
}

#[test]
fn separating_in_beer_and_quiche_fails_by_one() {
    let game = beer_quiche();
    let separating = game.pure(&[
        ("strong", "beer"),
        ("weak", "quiche"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    // The weak type gets 1 for quiche and a duel, 2 for beer and peace; its chance is 1/10.
    assert_eq!(gain(&game.verdict(Nash, &separating)), number("1/10"));
    let verdict = game.verdict(WeakPbe, &separating);
    assert_eq!(gain(&verdict), number("1"));
    let failure = verdict.failure().unwrap();
    assert_eq!(failure.set, Some(game.set("weak")));
    assert_eq!(failure.instead, "weak is beer");
}

#[test]
fn an_empty_threat_is_nash_but_not_subgame_perfect() {
    let game = entry();
    let threat = game.pure(&[("enter", "out"), ("reply", "fight")]);
    assert!(game.verdict(Nash, &threat).holds());
    for concept in [SubgamePerfect, WeakPbe, Pbe, Sequential] {
        let verdict = game.verdict(concept, &threat);
        assert_eq!(gain(&verdict), number("2"));
        assert_eq!(verdict.failure().unwrap().instead, "reply is yield");
    }
    let entered = game.pure(&[("enter", "in"), ("reply", "yield")]);
    for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
        assert!(game.verdict(concept, &entered).holds());
    }
}

#[test]
fn the_horse_has_one_sequential_outcome() {
    let game = horse();
    // (D, c, L) is Nash and, there being no proper subgame, subgame perfect; but two would rather
    // play d if asked.
    let naive = game.pure(&[("first", "D"), ("second", "c"), ("third", "L")]);
    assert!(game.verdict(Nash, &naive).holds());
    assert!(game.verdict(SubgamePerfect, &naive).holds());
    for concept in [WeakPbe, Pbe, Sequential] {
        assert_eq!(gain(&game.verdict(concept, &naive)), number("3"));
    }
    // (C, c, R) with L played at most one time in four.
    for left in ["0", "1/4"] {
        let right = (Rational::ONE - number(left)).to_string();
        let profile = game.profile(&[
            ("first", &[("C", "1")]),
            ("second", &[("c", "1")]),
            ("third", &[("L", left), ("R", &right)]),
        ]);
        for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
            let verdict = game.verdict(concept, &profile);
            assert!(verdict.holds(), "{verdict:?}");
        }
        let held = game.verdict(Sequential, &profile).into_equilibrium().unwrap();
        let third = &held.beliefs()[game.set("third").index()];
        assert_eq!(third.knife_edge, left != "0");
        if left != "0" {
            // Members in node order: after D, then after C and d. Indifferent: 2p = 1 - p.
            let probability = |at: usize| third.belief[at].clone();
            let by_first = [number("1/3"), number("2/3")];
            assert!(by_first.contains(&probability(0)) && probability(0) != probability(1));
        }
    }
    let too_often = game.profile(&[
        ("first", &[("C", "1")]),
        ("second", &[("c", "1")]),
        ("third", &[("L", "1/2"), ("R", "1/2")]),
    ]);
    // One gets 3 * 1/2 by D, against 1.
    let verdict = game.verdict(WeakPbe, &too_often);
    assert_eq!(gain(&verdict), number("1/2"));
    assert_eq!(verdict.failure().unwrap().instead, "first is D");
}

/// After an unexpected move the same fair coin decides between two nodes that a third player
/// cannot tell apart: weak beliefs may say anything, consistent ones must say one half.
fn coin_after_surprise() -> common::Small {
    let guess = |heads: i64| {
        choose(1, "guess", vec![("risky", end(&[2, 3 * heads - 2])), ("safe", end(&[-1, 0]))])
    };
    let tree = choose(
        0,
        "begin",
        vec![
            ("stay", end(&[0, 0])),
            ("go", chance("coin", vec![("heads", "1/2", guess(1)), ("tails", "1/2", guess(0))])),
        ],
    );
    build(&["One", "Two"], &tree)
}

#[test]
fn weak_beliefs_may_contradict_a_coin_and_consistent_ones_may_not() {
    let game = coin_after_surprise();
    // At one half each, risky pays -1/2; safe 0. Safe is right, and then One stays.
    let stay = game.pure(&[("begin", "stay"), ("guess", "safe")]);
    for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
        assert!(game.verdict(concept, &stay).holds());
    }
    let go = game.pure(&[("begin", "go"), ("guess", "risky")]);
    assert_eq!(gain(&game.verdict(Nash, &go)), number("1/2"));
    // A stubborn One who stays although Two would be risky is no best response.
    let odd = game.pure(&[("begin", "stay"), ("guess", "risky")]);
    assert_eq!(gain(&game.verdict(Nash, &odd)), number("2"));
}

/// The same with payoffs under which weak and consistent beliefs disagree: Two is to be frightened.
#[test]
fn weak_pbe_need_not_be_pbe() {
    let guess = |heads: i64| {
        choose(1, "guess", vec![("risky", end(&[-1, 3 * heads - 2])), ("safe", end(&[2, 0]))])
    };
    // Chance sits behind a second move of One's that is not taken.
    let tree = choose(
        0,
        "begin",
        vec![
            ("stay", end(&[0, 0])),
            ("go", chance("coin", vec![("heads", "1/2", guess(1)), ("tails", "1/2", guess(0))])),
        ],
    );
    let game = build(&["One", "Two"], &tree);
    let frightened = game.pure(&[("begin", "stay"), ("guess", "risky")]);
    assert!(game.verdict(Nash, &frightened).holds());
    assert!(game.verdict(WeakPbe, &frightened).holds());
    for concept in [Pbe, Sequential] {
        let verdict = game.verdict(concept, &frightened);
        assert_eq!(gain(&verdict), number("1/2"), "{verdict:?}");
        assert_eq!(verdict.failure().unwrap().instead, "guess is safe");
    }
    // The whole of `go` is a subgame, and there the plan fails too.
    assert_eq!(gain(&game.verdict(SubgamePerfect, &frightened)), number("1/2"));
}
