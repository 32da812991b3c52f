//! Private beliefs, branches of probability 0, players who forget, and texts that are no profile.

mod common;

use common::{Small, beer_quiche, build, chance, choose, end, number};
use detente_game::claim::Concept::{self, Nash, Pbe, Qre, Sequential, SubgamePerfect, WeakPbe};
use detente_game::{BranchId, PlayerId, Profile, Rational};
use detente_verify::{Verdict, recheck, verify_without_bounds};
use std::sync::Arc;

const ALL: [Concept; 5] = [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential];

/// Gives a player his own probabilities for the first lottery's two branches.
fn with_prior(game: &Small, player: u32, first: &str) -> Small {
    let mut other = game.game.clone();
    let both = [number(first), Rational::ONE - number(first)];
    for (branch, probability) in both.into_iter().enumerate() {
        let formula = other.formulas.number(probability);
        other.private_probability.push((PlayerId(player), BranchId(branch as u32), formula));
    }
    let instance = Arc::new(other.base().expect("an instance"));
    Small { game: other, instance, sets: game.sets.clone() }
}

#[test]
fn a_private_prior_changes_what_its_owner_does_and_nobody_else() {
    let game = beer_quiche();
    let walk = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    // A receiver who thinks most senders weak duels after beer, and so quiche serves the weak one.
    let wary = with_prior(&game, 1, "1/5");
    for concept in ALL {
        assert!(wary.verdict(concept, &walk).fails());
    }
    let gain = wary.verdict(WeakPbe, &walk).failure().unwrap().gain.clone();
    // A duel is right with 4/5, walking away with 1/5.
    assert_eq!(gain, number("3/5"));
    let careless = with_prior(&game, 1, "1/2");
    for concept in ALL {
        let held = careless.verdict(concept, &walk).into_equilibrium().expect("it holds");
        assert_eq!(held.values(), [number("29/10"), number("1/2")]);
        assert!(recheck(&careless.instance, &held.saved()).holds());
    }
    // The sender's own prior matters for nothing but what it expects.
    let vain = with_prior(&game, 0, "1/3");
    let held = vain.verdict(Sequential, &walk).into_equilibrium().expect("it holds");
    assert_eq!(held.values(), [number("7/3"), number("9/10")]);
}

#[test]
fn players_may_disagree_on_what_is_possible() {
    let game = beer_quiche();
    let walk = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "walk"),
    ]);
    // The receiver is sure that everybody is strong; the weak sender then prefers quiche.
    let sure = with_prior(&game, 1, "1");
    assert_eq!(sure.verdict(WeakPbe, &walk).failure().unwrap().gain, number("1"));
    let separate = game.pure(&[
        ("strong", "beer"),
        ("weak", "quiche"),
        ("after_beer", "walk"),
        ("after_quiche", "walk"),
    ]);
    for concept in ALL {
        let verdict = sure.verdict(concept, &separate);
        assert!(verdict.holds(), "{verdict:?}");
        assert!(recheck(&sure.instance, &verdict.equilibrium().unwrap().saved()).holds());
    }
    // What he holds impossible he does not come to believe by a mere message, if trembles of the
    // strong type can explain it too.
    let duel = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    assert!(sure.verdict(WeakPbe, &duel).holds());
    assert!(sure.verdict(Sequential, &duel).fails());
}

#[test]
fn impossible_branches_are_judged_too() {
    let guess = |right: &str| {
        let pays = |label: &str| end(&[i64::from(label == right)]);
        choose(0, &format!("guess_{right}"), vec![("a", pays("a")), ("b", pays("b"))])
    };
    let tree = chance("coin", vec![("h", "1", guess("a")), ("t", "0", guess("b"))]);
    let game = build(&["One"], &tree);
    let right = game.pure(&[("guess_a", "a"), ("guess_b", "b")]);
    let wrong = game.pure(&[("guess_a", "a"), ("guess_b", "a")]);
    for concept in ALL {
        let verdict = game.verdict(concept.clone(), &right);
        assert!(recheck(&game.instance, &verdict.into_equilibrium().unwrap().saved()).holds());
        assert_eq!(game.verdict(concept.clone(), &wrong).holds(), concept == Nash);
    }
}

/// A player who forgets on which side he turned off.
fn forgetful() -> Small {
    let again =
        |pays: [i64; 2]| choose(0, "again", vec![("l", end(&pays[..1])), ("r", end(&pays[1..]))]);
    let tree = choose(0, "first", vec![("l", again([1, 0])), ("r", again([0, 3]))]);
    build(&["One"], &tree)
}

#[test]
fn without_perfect_recall_single_departures_are_judged_and_said_so() {
    let game = forgetful();
    assert!(!game.form().has_perfect_recall());
    // Worse than (r, r), but no single change helps.
    let stuck = game.pure(&[("first", "l"), ("again", "l")]);
    for concept in ALL {
        let held = game.verdict(concept, &stuck).into_equilibrium().expect("agent form");
        assert!(held.caveat().is_some_and(|caveat| caveat.contains("agent form")));
        assert!(recheck(&game.instance, &held.saved()).holds());
    }
    let wrong = game.pure(&[("first", "r"), ("again", "l")]);
    assert_eq!(game.verdict(Nash, &wrong).failure().unwrap().gain, number("3"));
    assert!(beer_quiche().verdict(Nash, &Profile::uniform(beer_quiche().form())).fails());
}

#[test]
fn an_absent_minded_driver_has_no_beliefs_to_judge() {
    let tree = choose(
        0,
        "exit",
        vec![
            ("leave", end(&[0])),
            ("stay", choose(0, "exit", vec![("leave", end(&[4])), ("stay", end(&[1]))])),
        ],
    );
    let game = build(&["Driver"], &tree);
    let leave = game.pure(&[("exit", "leave")]);
    assert_eq!(game.verdict(Nash, &leave).failure().unwrap().gain, number("1"));
    // Staying for certain pays 1, leaving for certain 0, and leaving one time in three 4/3.
    let stay = game.pure(&[("exit", "stay")]);
    for concept in ALL {
        match game.verdict(concept, &stay) {
            Verdict::Undecided(why) => assert!(why.contains("met twice"), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_no_profile_is_refused() {
    let game = beer_quiche();
    let count = game.form().action_count();
    for probability in [vec![], vec![Rational::ZERO; count], vec![Rational::ONE; count + 1]] {
        let profile = Profile { probability };
        for concept in ALL {
            assert!(matches!(game.verdict(concept, &profile), Verdict::Undecided(_)));
        }
    }
    let uniform = Profile::uniform(game.form());
    assert!(matches!(game.verdict(Qre(Rational::ONE), &uniform), Verdict::Undecided(_)));
}

#[test]
fn leaving_out_bounds_changes_nothing_else() {
    let game = beer_quiche();
    let beer = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    let full = game.verdict(Sequential, &beer).into_equilibrium().unwrap();
    let quick = verify_without_bounds(&game.instance, &Sequential, &beer);
    let quick = quick.into_equilibrium().unwrap();
    assert_eq!(full.saved(), quick.saved());
    assert_eq!(full.margins(), quick.margins());
    let off = game.set("after_quiche").index();
    assert!(quick.beliefs()[off].bounds.is_empty() && !full.beliefs()[off].bounds.is_empty());
}

#[test]
fn a_game_without_players() {
    let mut builder = detente_game::game::GameBuilder::new(10);
    let row = builder.row(&[], None);
    builder.form.end(detente_game::NodeId(0), row).expect("the root is open");
    let instance = std::sync::Arc::new(
        builder.finish("nobody").expect("all nodes are filled").base().expect("no numbers"),
    );
    let profile = detente_game::Profile { probability: Vec::new() };
    for concept in [Concept::Nash, Concept::WeakPbe, Concept::Pbe, Concept::Sequential] {
        let verdict = detente_verify::verify(&instance, &concept, &profile);
        assert!(!verdict.holds() && !verdict.fails(), "{concept:?}");
    }
}
