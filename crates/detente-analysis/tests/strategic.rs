//! Dominance and correlated equilibria of games whose answers are known, and of random ones.

#[path = "../../detente-solve/tests/common/mod.rs"]
mod common;

use common::random::{Recipe, game};
use common::{Dice, q};
use detente_analysis::Play;
use detente_analysis::analyses::correlated::{self, Kind, Quantity, bounds, is_equilibrium};
use detente_analysis::analyses::dominance::{self, Dominance, NoAnswer, Sense, is_proved};
use detente_game::claim::Concept;
use detente_game::exchange::{ImportLimits, ReducedStrategy, read_nfg};
use detente_game::{GameInstance, PlayerId, Profile, Rational};
use detente_solve::{Candidate, Question, solve};
use detente_verify::verify;
use std::sync::Arc;

/// A strategic game from its payoffs, the first player's strategy varying fastest.
fn strategic(sizes: &[usize], payoffs: &[Rational]) -> Arc<GameInstance> {
    let quoted: Vec<String> = (1..=sizes.len()).map(|player| format!("\"P{player}\"")).collect();
    let words = |numbers: Vec<String>| numbers.join(" ");
    let text = format!(
        "NFG 1 R \"test\" {{ {} }} {{ {} }}\n\n{}\n",
        quoted.join(" "),
        words(sizes.iter().map(usize::to_string).collect()),
        words(payoffs.iter().map(Rational::to_string).collect()),
    );
    let imported = read_nfg(&text, &ImportLimits::default()).expect("a game");
    Arc::new(imported.game.base().expect("its numbers are fine"))
}

fn integers(sizes: &[usize], payoffs: &[i64]) -> Arc<GameInstance> {
    strategic(sizes, &payoffs.iter().map(|payoff| Rational::int(*payoff)).collect::<Vec<_>>())
}

fn eliminate(instance: &GameInstance, sense: Sense) -> Dominance {
    let limits = dominance::Limits::default();
    dominance::eliminate(instance, sense, &limits, &mut |_| true).expect("it is small")
}

fn left(dominance: &Dominance, player: usize) -> Vec<usize> {
    dominance.left(PlayerId::from_index(player)).collect()
}

/// Row: top, middle, bottom; only a mixture of top and middle dominates bottom.
fn mixed_only() -> Arc<GameInstance> {
    integers(&[3, 3], &[3, 0, 0, 1, 1, 0, 0, 1, 3, 0, 1, 0, 2, 0, 2, 0, 1, 1])
}

/// Losses are distances from two thirds of the average of two numbers from 0 to 4.
fn beauty_contest() -> Arc<GameInstance> {
    let loss = |own: i64, other: i64| q(-(2 * own - other).abs(), 3);
    let pairs = (0..5).flat_map(|two| (0..5).map(move |one| (one, two)));
    let payoffs: Vec<Rational> =
        pairs.flat_map(|(one, two)| [loss(one, two), loss(two, one)]).collect();
    strategic(&[5, 5], &payoffs)
}

#[test]
fn prisoners_defect() {
    let instance = integers(&[2, 2], &[2, 2, 3, 0, 0, 3, 1, 1]);
    let found = eliminate(&instance, Sense::Strict);
    assert!(found.is_complete());
    assert_eq!((found.rounds, found.eliminations.len()), (1, 2));
    for (player, gone) in found.eliminations.iter().enumerate() {
        assert_eq!((gone.player.index(), gone.strategy), (player, 0));
        assert_eq!(gone.by, [(1, Rational::ONE)]);
        assert_eq!((&gone.least, &gone.greatest), (&q(1, 1), &q(1, 1)));
    }
    assert_eq!((left(&found, 0), left(&found, 1)), (vec![1], vec![1]));
}

#[test]
fn a_mixture_dominates_where_no_pure_strategy_does() {
    let found = eliminate(&mixed_only(), Sense::Strict);
    let first = &found.eliminations[0];
    assert_eq!((first.round, first.player.index(), first.strategy), (1, 0, 2));
    assert_eq!(first.by, [(0, q(1, 2)), (1, q(1, 2))]);
    assert_eq!(first.least, q(1, 2));
    assert!(!left(&found, 0).contains(&2));

    let limits = dominance::Limits { program: 0, ..dominance::Limits::default() };
    let limited =
        dominance::eliminate(&mixed_only(), Sense::Strict, &limits, &mut |_| true).expect("small");
    assert!(left(&limited, 0).contains(&2) && limited.untried() > 0 && !limited.is_complete());
}

#[test]
fn a_forged_certificate_is_refused() {
    let found = eliminate(&mixed_only(), Sense::Strict);
    let mut forged = found.clone();
    forged.eliminations[0].by = vec![(0, Rational::ONE)];
    assert!(!is_proved(&forged));
    let mut forged = found.clone();
    forged.eliminations[0].least = q(3, 4);
    assert!(!is_proved(&forged));
    let mut forged = found.clone();
    let conjecture = forged.survivors[0].conjecture.as_mut().expect("it is complete");
    conjecture[0].1 = q(1, 3);
    assert!(!is_proved(&forged));
    let mut forged = found.clone();
    forged.survivors.pop();
    assert!(!is_proved(&forged));
}

#[test]
fn guesses_fall_round_by_round() {
    let strict = eliminate(&beauty_contest(), Sense::Strict);
    assert_eq!((strict.rounds, left(&strict, 0), left(&strict, 1)), (2, vec![0, 1], vec![0, 1]));
    let weak = eliminate(&beauty_contest(), Sense::Weak);
    assert_eq!((weak.rounds, left(&weak, 0), left(&weak, 1)), (3, vec![0], vec![0]));
}

#[test]
fn limits_and_stops_are_said() {
    let mut limits = dominance::Limits::default();
    limits.form.payoffs = 10;
    let none = dominance::eliminate(&beauty_contest(), Sense::Strict, &limits, &mut |_| true);
    assert!(matches!(none, Err(NoAnswer::TooLarge(_))));
    let limits = dominance::Limits::default();
    let mut first_round = |at: dominance::At| at.round < 2;
    let stopped = dominance::eliminate(&beauty_contest(), Sense::Strict, &limits, &mut first_round);
    let stopped = stopped.expect("it is small");
    assert!(stopped.stopped && stopped.rounds == 1 && !stopped.is_complete());
    assert_eq!(left(&stopped, 0), [0, 1, 2]);
}

/// The range of an end, by the positions of the two strategies, or of a payoff.
fn ranges(instance: &GameInstance, kind: Kind) -> Vec<(Quantity, Rational, Rational)> {
    let found = bounds(instance, kind, &correlated::Limits::default(), &mut |_, _| true);
    let found = found.expect("it is small");
    assert_eq!(found.left_out + found.ends_left_out, 0);
    found.ranges.into_iter().map(|range| (range.quantity, range.low, range.high)).collect()
}

fn payoff(found: &[(Quantity, Rational, Rational)], player: usize) -> (Rational, Rational) {
    let wanted = Quantity::Payoff(PlayerId::from_index(player));
    let (_, low, high) = found.iter().find(|(of, ..)| *of == wanted).expect("a payoff");
    (low.clone(), high.clone())
}

fn tops(found: &[(Quantity, Rational, Rational)]) -> Vec<Rational> {
    let ends = found.iter().filter(|(of, ..)| matches!(of, Quantity::End(_)));
    let mut tops: Vec<Rational> = ends.map(|(.., high)| high.clone()).collect();
    tops.sort();
    tops
}

#[test]
fn battle_of_the_sexes() {
    let found = ranges(&integers(&[2, 2], &[2, 1, 0, 0, 0, 0, 1, 2]), Kind::Correlated);
    assert_eq!(payoff(&found, 0), (q(2, 3), q(2, 1)));
    assert_eq!(payoff(&found, 1), (q(2, 3), q(2, 1)));
}

#[test]
fn chicken() {
    // Dare and yield; yielding both is at most 1/2, daring both at most 1/5.
    let instance = integers(&[2, 2], &[0, 0, 2, 7, 7, 2, 6, 6]);
    let found = ranges(&instance, Kind::Correlated);
    assert_eq!(payoff(&found, 0), (q(2, 1), q(7, 1)));
    assert_eq!(tops(&found), [q(1, 5), q(1, 2), q(1, 1), q(1, 1)]);

    // The mediator's classical draw pays 5 to each; a fair coin over both yielding does not hold.
    let form = detente_game::exchange::strategic_form(
        &instance,
        &detente_game::exchange::StrategicLimits::default(),
    )
    .expect("it is small");
    let draw = |yielding: Rational| {
        let rest = (&Rational::ONE - &yielding) * q(1, 2);
        vec![(vec![1, 1], yielding), (vec![0, 1], rest.clone()), (vec![1, 0], rest)]
    };
    assert!(is_equilibrium(&form, Kind::Correlated, &draw(q(1, 3))));
    assert!(is_equilibrium(&form, Kind::Correlated, &draw(q(1, 2))));
    assert!(!is_equilibrium(&form, Kind::Correlated, &draw(q(51, 100))));
}

#[test]
fn coarse_equilibria_are_more() {
    let mut wider = 0;
    let mut dice = Dice(11);
    for _ in 0..20 {
        let payoffs: Vec<i64> = (0..18).map(|_| dice.between(0, 6)).collect();
        let instance = integers(&[3, 3], &payoffs);
        let fine = ranges(&instance, Kind::Correlated);
        let coarse = ranges(&instance, Kind::Coarse);
        for ((_, low, high), (_, least, greatest)) in fine.iter().zip(&coarse) {
            assert!(least <= low && high <= greatest);
            wider += usize::from(least < low || high < greatest);
        }
    }
    assert!(wider > 0);
}

/// The probability with which a profile plays a pure strategy.
fn share(profile: &Profile, strategy: &ReducedStrategy) -> Rational {
    let factors = strategy.actions.iter().map(|action| profile.of(*action));
    factors.fold(Rational::ONE, |product, factor| product * factor)
}

/// Every Nash equilibrium that the search finds plays nothing that is strictly dominated, and lies
/// between the bounds of correlated equilibria. How many were looked at, and how many strategies
/// were removed.
fn nash_survives(instance: &Arc<GameInstance>) -> (usize, usize) {
    let strict = eliminate(instance, Sense::Strict);
    assert!(strict.is_complete());
    let found = solve(instance, &Question::mixed(Concept::Nash), &mut |_| {});
    let profiles = found.candidates.iter().flat_map(Candidate::corners);
    let all = ranges(instance, Kind::Correlated);
    let mut looked_at = 0;
    for profile in profiles {
        let Some(nash) = verify(instance, &Concept::Nash, profile).into_equilibrium() else {
            continue;
        };
        looked_at += 1;
        for gone in &strict.eliminations {
            let strategy = &strict.form.strategies[gone.player.index()][gone.strategy];
            assert!(share(profile, strategy).is_zero(), "{}", strategy.name);
        }
        let play = Play::new(instance, profile);
        for (quantity, low, high) in &all {
            let value = match quantity {
                Quantity::End(end) => play.reach(*end),
                Quantity::Payoff(player) => &nash.values()[player.index()],
                other => panic!("no outcome is named: {other:?}"),
            };
            assert!(low <= value && value <= high, "{quantity:?}: {low} {value} {high}");
        }
    }
    (looked_at, strict.eliminations.len())
}

#[test]
fn nash_equilibria_survive_in_random_strategic_games() {
    let mut dice = Dice(5);
    let (mut equilibria, mut removed) = (0, 0);
    for round in 0..40 {
        let sizes = if round % 2 == 0 { [3, 3] } else { [2, 4] };
        let payoffs: Vec<i64> = (0..sizes[0] * sizes[1] * 2).map(|_| dice.between(0, 5)).collect();
        let (found, gone) = nash_survives(&integers(&sizes, &payoffs));
        equilibria += found;
        removed += gone;
    }
    assert!(equilibria >= 40 && removed >= 20, "{equilibria} {removed}");
}

#[test]
fn nash_equilibria_survive_in_random_trees() {
    let recipe = Recipe {
        players: 2,
        depth: 4,
        most_nodes: 14,
        openness: 5,
        impossible: true,
        payoffs: (0, 4),
    };
    let mut dice = Dice(7);
    let (mut equilibria, mut removed) = (0, 0);
    for _ in 0..40 {
        let (found, gone) = nash_survives(&game(&mut dice, &recipe));
        equilibria += found;
        removed += gone;
    }
    assert!(equilibria >= 40 && removed >= 20, "{equilibria} {removed}");
}

#[test]
fn weak_elimination_is_proved_in_random_trees() {
    let recipe = Recipe {
        players: 3,
        depth: 4,
        most_nodes: 14,
        openness: 5,
        impossible: true,
        payoffs: (0, 3),
    };
    let mut dice = Dice(9);
    for _ in 0..60 {
        weak_is_within_strict(&game(&mut dice, &recipe));
    }
}

#[test]
fn weak_elimination_by_mixtures_is_proved() {
    let mut dice = Dice(13);
    let mut mixed = 0;
    for _ in 0..60 {
        let payoffs: Vec<i64> = (0..4 * 3 * 2).map(|_| dice.between(0, 4)).collect();
        let weak = weak_is_within_strict(&integers(&[4, 3], &payoffs));
        mixed += weak.eliminations.iter().filter(|gone| gone.by.len() > 1).count();
    }
    assert!(mixed > 0);
}

/// What survives weak elimination survives strict elimination, and somebody always does.
fn weak_is_within_strict(instance: &GameInstance) -> Dominance {
    let weak = eliminate(instance, Sense::Weak);
    assert!(weak.is_complete() && is_proved(&weak));
    let strict = eliminate(instance, Sense::Strict);
    for player in 0..instance.form().players().len() {
        let (kept, more) = (left(&weak, player), left(&strict, player));
        assert!(!kept.is_empty() && kept.iter().all(|strategy| more.contains(strategy)));
    }
    weak
}

#[test]
fn private_priors_count_in_each_player_s_own_eyes() {
    // A fair coin, of which the better thinks that it falls on 0 nine times out of ten.
    let mut table = common::Table::new(&["Better"]);
    let root = detente_game::GameForm::ROOT;
    let [one, other] = table.chance(root, "coin", &[q(1, 2), q(1, 2)])[..] else { panic!() };
    for (node, falls) in [(one, 0), (other, 1)] {
        for (bet, end) in table.decide(node, 0, "bet", &["0", "1"]).into_iter().enumerate() {
            table.end(end, &[q(i64::from(bet == falls), 1)]);
        }
    }
    let mut game = table.finish();
    for (branch, share) in [(0, q(9, 10)), (1, q(1, 10))] {
        let formula = game.formulas.number(share);
        let branch = detente_game::BranchId::from_index(branch);
        game.private_probability.push((PlayerId::from_index(0), branch, formula));
    }
    let instance = game.base().expect("its numbers are fine");
    let found = eliminate(&instance, Sense::Strict);
    assert_eq!(left(&found, 0), [0]);
    assert_eq!(found.eliminations[0].least, q(8, 10));
    let bounds = ranges(&instance, Kind::Correlated);
    assert_eq!(payoff(&bounds, 0), (q(9, 10), q(9, 10)));
    assert_eq!(tops(&bounds), [q(0, 1), q(0, 1), q(1, 2), q(1, 2)]);
}
