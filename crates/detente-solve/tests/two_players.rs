//! All mixed Nash equilibria of two-player games, against games with known answers and against
//! other ways to find them.

mod common;

use common::strategic::{Strategic, components, maximal};
use common::{Dice, Table, q, random};
use detente_game::claim::Concept;
use detente_game::form::{GameForm, NodeKind};
use detente_game::instance::GameInstance;
use detente_game::{NodeId, PlayerId, Profile, Rational};
use detente_solve::{Candidate, Found, Limits, Piece, Question, solve};
use std::collections::BTreeSet;
use std::sync::Arc;

fn by(method: &str, instance: &Arc<GameInstance>) -> Found {
    let question = Question { method: Some(method.to_owned()), ..Question::mixed(Concept::Nash) };
    let found = solve(instance, &question, &mut |_| {});
    assert_eq!(found.method.name, method, "{}", found.searched);
    found
}

fn complete(method: &str, instance: &Arc<GameInstance>) -> Vec<Candidate> {
    let found = by(method, instance);
    assert!(found.complete, "{}", found.searched);
    found.candidates
}

fn pieces(candidate: &Candidate) -> Vec<Piece> {
    match candidate {
        Candidate::Component(pieces) => pieces.clone(),
        Candidate::Point(profile) => {
            vec![Piece { corners: vec![profile.clone()], inside: profile.clone() }]
        }
        Candidate::Enclosed(_) | Candidate::Open { .. } => panic!("not exact: {candidate:?}"),
    }
}

fn inside(candidate: &Candidate) -> &Profile {
    candidate.inside().expect("known exactly")
}

/// Compares both methods with all extreme equilibria, components and maximal Nash subsets found by
/// trying all sets of equations.
fn check(game: &Strategic) {
    let instance = game.instance();
    let candidates = complete("bimatrix", &instance);
    assert_eq!(candidates, complete("sequence", &instance), "{game:?}");
    let extreme = game.extreme();
    let found: BTreeSet<BTreeSet<_>> = candidates
        .iter()
        .map(|candidate| candidate.corners().iter().map(|corner| game.mixed(corner)).collect())
        .collect();
    assert_eq!(found, components(&extreme), "{game:?}");
    let all: Vec<Piece> = candidates.iter().flat_map(pieces).collect();
    for piece in &all {
        assert!(game.is_nash(&game.mixed(&piece.inside)), "{game:?}");
    }
    let found: BTreeSet<(BTreeSet<_>, BTreeSet<_>)> = all
        .iter()
        .map(|piece| {
            let mixed = || piece.corners.iter().map(|corner| game.mixed(corner));
            (mixed().map(|[x, _]| x).collect(), mixed().map(|[_, y]| y).collect())
        })
        .collect();
    assert_eq!(found.len(), all.len());
    assert_eq!(found, maximal(&extreme), "{game:?}");
    let one = by("lemke", &instance).candidates;
    assert!(game.is_nash(&game.mixed(inside(&one[0]))), "{game:?}");
}

fn random_game(dice: &mut Dice, rows: usize, columns: usize, most: i64) -> Strategic {
    let mut matrix = || -> Vec<Vec<i64>> {
        (0..rows).map(|_| (0..columns).map(|_| dice.between(0, most)).collect()).collect()
    };
    Strategic { payoffs: [matrix(), matrix()] }
}

#[test]
fn small_random_games() {
    let mut dice = Dice(20);
    for round in 0..2_000 {
        let most = [1, 1, 2, 3, 9, 999][round % 6];
        let (rows, columns) = (1 + dice.below(3) as usize, 1 + dice.below(3) as usize);
        let mut game = random_game(&mut dice, rows, columns, most);
        if round % 5 == 0 {
            // Double rows and columns.
            for payoffs in &mut game.payoffs {
                let copy = payoffs[0].clone();
                payoffs[rows - 1] = copy;
                payoffs.iter_mut().for_each(|row| row[columns - 1] = row[0]);
            }
        }
        check(&game);
    }
}

#[test]
fn larger_random_games() {
    let mut dice = Dice(21);
    for most in [1, 2, 3, 99, 1_000_000_000] {
        for (rows, columns) in [(4, 4), (3, 5), (5, 3)] {
            check(&random_game(&mut dice, rows, columns, most));
        }
    }
}

#[test]
fn battle_of_the_sexes() {
    let game = Strategic::new(&[&[2, 0], &[0, 1]], &[&[1, 0], &[0, 2]]);
    check(&game);
    let found = complete("sequence", &game.instance());
    let mixed: BTreeSet<_> = found.iter().map(|candidate| game.mixed(inside(candidate))).collect();
    let at = |x: Rational, y: Rational| {
        [vec![x.clone(), Rational::ONE - x], vec![y.clone(), Rational::ONE - y]]
    };
    let expected = [at(q(0, 1), q(0, 1)), at(q(1, 1), q(1, 1)), at(q(2, 3), q(1, 3))];
    assert_eq!(mixed, BTreeSet::from(expected));
}

/// Its equilibria form a circle (Kohlberg and Mertens 1986, figure 5): six segments, joined.
#[test]
fn kohlberg_and_mertens_circle() {
    let game = Strategic::new(
        &[&[1, 0, -1], &[-1, 0, -1], &[1, 0, -2]],
        &[&[1, -1, 1], &[0, 0, 0], &[-1, -1, -2]],
    );
    check(&game);
    let found = complete("bimatrix", &game.instance());
    assert_eq!(found.len(), 1);
    let Candidate::Component(pieces) = &found[0] else { panic!("a continuum") };
    assert_eq!(pieces.len(), 6);
    assert!(pieces.iter().all(|piece| piece.corners.len() == 2));
    assert_eq!(found[0].corners().len(), 6);
}

/// The game of two dual cyclic polytopes with most equilibria known (von Stengel 1999).
fn von_stengel() -> Strategic {
    let first: [&[i64]; 6] = [
        &[9504, -660, 19976, -20526, 1776, -8976],
        &[-111771, 31680, -130944, 168124, -8514, 52764],
        &[397584, -113850, 451176, -586476, 29216, -178761],
        &[171204, -45936, 208626, -263076, 14124, -84436],
        &[1303104, -453420, 1227336, -1718376, 72336, -461736],
        &[737154, -227040, 774576, -1039236, 48081, -300036],
    ];
    let second: [&[i64]; 6] = [
        &[72336, 48081, 29216, 14124, 1776, -8514],
        &[-461736, -300036, -178761, -84436, -8976, 52764],
        &[1227336, 774576, 451176, 208626, 19976, -130944],
        &[-1718376, -1039236, -586476, -263076, -20526, 168124],
        &[1303104, 737154, 397584, 171204, 9504, -111771],
        &[-453420, -227040, -113850, -45936, -660, 31680],
    ];
    Strategic::new(&first, &second)
}

#[test]
fn von_stengels_game_has_75_equilibria() {
    let game = von_stengel();
    let instance = game.instance();
    let found = complete("bimatrix", &instance);
    assert_eq!(found, complete("sequence", &instance));
    assert_eq!(found.len(), 75);
    for candidate in &found {
        assert!(matches!(candidate, Candidate::Point(_)));
        assert!(game.is_nash(&game.mixed(inside(candidate))));
    }
    let one = by("lemke", &instance).candidates;
    assert!(found.contains(&one[0]));
}

/// A game in which everything is an equilibrium.
#[test]
fn no_payoffs_at_all() {
    let zeros = || vec![vec![0; 4]; 3];
    let game = Strategic { payoffs: [zeros(), zeros()] };
    check(&game);
    let found = complete("sequence", &game.instance());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].corners().len(), 12);
}

/// What numbers grow into when they fit in no machine word.
#[test]
fn numbers_without_limit() {
    let mut dice = Dice(7);
    let game = random_game(&mut dice, 3, 3, 1 << 61);
    check(&game);
    let game = random_game(&mut dice, 7, 7, 1 << 61);
    let instance = game.instance();
    let found = complete("bimatrix", &instance);
    assert_eq!(found.len() % 2, 1, "a game without ties has an odd number");
    for candidate in &found {
        assert!(game.is_nash(&game.mixed(inside(candidate))));
    }
    assert!(found.contains(&by("lemke", &instance).candidates[0]));
}

/// Kuhn's poker with three cards.
fn kuhn() -> Arc<GameInstance> {
    let mut table = Table::new(&["Ann", "Bob"]);
    let deals = table.chance(GameForm::ROOT, "deal", &vec![q(1, 6); 6]);
    let pairs = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];
    for (node, (ann, bob)) in deals.into_iter().zip(pairs) {
        let winner = if ann > bob { 1 } else { -1 };
        let pay = |table: &mut Table, node, amount| {
            table.end(node, &[q(amount, 1), q(-amount, 1)]);
        };
        let open = table.decide(node, 0, &format!("open {ann}"), &["check", "bet"]);
        let second = table.decide(open[0], 1, &format!("second {bob}"), &["check", "bet"]);
        pay(&mut table, second[0], winner);
        let answer = table.decide(second[1], 0, &format!("answer {ann}"), &["fold", "call"]);
        pay(&mut table, answer[0], -1);
        pay(&mut table, answer[1], 2 * winner);
        let reply = table.decide(open[1], 1, &format!("reply {bob}"), &["fold", "call"]);
        pay(&mut table, reply[0], 1);
        pay(&mut table, reply[1], 2 * winner);
    }
    table.instance()
}

/// How likely the last action of a labelled set is.
fn last_action(instance: &GameInstance, profile: &Profile, label: &str) -> Rational {
    let form = instance.form();
    let set = form.info_set_ids().find(|set| form.set_label(*set) == Some(label)).unwrap();
    profile.of(form.actions(set).last().unwrap()).clone()
}

/// Kuhn (1950): Bob plays one strategy, Ann bluffs with the lowest card with any probability up to
/// a third, bets three times as often with the highest and calls a third more often with the
/// middle one.
#[test]
fn kuhn_poker_has_one_continuum() {
    let instance = kuhn();
    let found = complete("sequence", &instance);
    assert_eq!(found.len(), 1);
    let Candidate::Component(pieces) = &found[0] else { panic!("a continuum") };
    assert_eq!(pieces.len(), 1);
    let mut bluffs: Vec<Rational> =
        pieces[0].corners.iter().map(|corner| last_action(&instance, corner, "open 0")).collect();
    bluffs.sort();
    assert_eq!(bluffs, [q(0, 1), q(1, 3)]);
    let lemke = by("lemke", &instance).candidates;
    for profile in pieces[0].corners.iter().chain([&pieces[0].inside, inside(&lemke[0])]) {
        let likely = |label: &str| last_action(&instance, profile, label);
        let bluff = likely("open 0");
        assert_eq!(likely("open 1"), q(0, 1));
        assert_eq!(likely("open 2"), &bluff * &q(3, 1));
        assert_eq!(likely("answer 1"), &bluff + &q(1, 3));
        assert_eq!((likely("second 0"), likely("reply 1")), (q(1, 3), q(1, 3)));
    }
}

/// Dresher's inspection game: two inspections left for four periods.
fn inspect(table: &mut Table, node: NodeId, periods: usize, visits: usize, past: &str) {
    if periods == 0 {
        return table.end(node, &[q(0, 1), q(0, 1)]);
    }
    let menu: &[&str] = if visits > 0 { &["stay", "visit"] } else { &["stay"] };
    let checks = table.decide(node, 0, past, menu);
    for (visit, at) in checks.into_iter().enumerate() {
        let acts = table.decide(at, 1, past, &["violate", "comply"]);
        let caught = if visit == 1 { 1 } else { -1 };
        table.end(acts[0], &[q(caught, 1), q(-caught, 1)]);
        inspect(table, acts[1], periods - 1, visits - visit, &format!("{past}{visit}"));
    }
}

/// Every equilibrium has the value -3/11 of Dresher (1962).
#[test]
fn all_equilibria_of_an_inspection_game() {
    let mut table = Table::new(&["Inspector", "Inspectee"]);
    inspect(&mut table, GameForm::ROOT, 4, 2, "");
    let instance = table.instance();
    let found = complete("sequence", &instance);
    assert_eq!(found.len(), 1, "equilibria of zero-sum games are one convex set");
    for profile in found[0].corners() {
        assert_eq!(value(&instance, GameForm::ROOT, profile), q(-3, 11));
    }
}

/// What a node is worth to the first player.
fn value(instance: &GameInstance, node: NodeId, profile: &Profile) -> Rational {
    let form = instance.form();
    match form.kind(node) {
        NodeKind::End(_) => instance.payoff(node, PlayerId(0)).clone(),
        NodeKind::Decision(set) => form
            .children(node)
            .zip(form.actions(set))
            .map(|(child, action)| value(instance, child, profile) * profile.of(action))
            .sum(),
        NodeKind::Chance(lottery) => form
            .children(node)
            .zip(form.branches(lottery))
            .map(|(child, branch)| value(instance, child, profile) * instance.branch(branch))
            .sum(),
    }
}

/// The signalling solver, which goes another way, lists the same equilibria.
#[test]
fn games_of_two_stages() {
    let mut dice = Dice(23);
    let mut compared = 0;
    for round in 0..300 {
        let recipe = random::Recipe {
            players: 2,
            depth: 3,
            most_nodes: 20,
            openness: 5,
            impossible: false,
            payoffs: [(0, 1), (-2, 2), (-50, 50)][round % 3],
        };
        let instance = random::game(&mut dice, &recipe);
        let question =
            Question { method: Some("signalling".to_owned()), ..Question::mixed(Concept::Nash) };
        let found = solve(&instance, &question, &mut |_| {});
        if found.complete {
            compared += 1;
            assert_eq!(found.candidates, complete("sequence", &instance), "round {round}");
        }
    }
    assert!(compared > 50, "{compared}");
}

/// The sequence form and the reduced strategic form of random trees have the same equilibria.
#[test]
fn trees_and_their_strategic_forms() {
    let mut dice = Dice(22);
    let mut continua = 0;
    for round in 0..300 {
        let recipe = random::Recipe {
            players: 2,
            depth: 4,
            most_nodes: 16,
            openness: [2, 5, 8][round % 3],
            impossible: round % 4 == 0,
            payoffs: [(0, 1), (-2, 2), (-50, 50)][round % 3],
        };
        let instance = random::game(&mut dice, &recipe);
        let tree = complete("sequence", &instance);
        assert_eq!(tree, complete("bimatrix", &instance), "round {round}");
        assert!(!tree.is_empty());
        continua += tree.iter().filter(|one| matches!(one, Candidate::Component(_))).count();
        let one = by("lemke", &instance).candidates;
        assert_eq!(one.len(), 1);
    }
    assert!(continua > 50, "the games have ties: {continua}");
}

#[test]
fn a_search_that_is_stopped_says_so() {
    let question = Question {
        method: Some("sequence".to_owned()),
        limit: Limits { profiles: 5, ..Limits::default() },
        ..Question::mixed(Concept::Nash)
    };
    let found = solve(&von_stengel().instance(), &question, &mut |_| {});
    assert!(!found.complete && !found.all_pure);
    assert_eq!(found.touched, 5);
    assert!(found.searched.contains("limit of 5 trials"), "{}", found.searched);
    let few = Question { limit: Limits { candidates: 3, ..Limits::default() }, ..question };
    let found = solve(&von_stengel().instance(), &few, &mut |_| {});
    assert!(!found.complete);
}

#[test]
fn refusals_have_reasons() {
    let game = von_stengel().instance();
    for method in ["bimatrix", "sequence", "lemke"] {
        let question =
            Question { method: Some(method.to_owned()), ..Question::mixed(Concept::Pbe) };
        let found = solve(&game, &question, &mut |_| {});
        assert_eq!(found.searched, "Nothing was searched: this method lists Nash equilibria only.");
        assert!(found.candidates.is_empty() && !found.complete);
    }
}
