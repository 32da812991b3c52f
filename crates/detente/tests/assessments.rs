//! All mixed equilibria with beliefs of two-player trees of any number of stages, against plain
//! enumeration of pure ones, and against mixed ones that the verifier accepts.

#[path = "../../detente-solve/tests/common/mod.rs"]
mod common;

use common::brute::Brute;
use common::random::{Recipe, game};
use common::{Dice, q};
use detente::game::claim::Concept;
use detente::game::form::GameForm;
use detente::game::{ActionId, GameInstance, InfoSetId, PlayerId, Profile, Rational};
use detente::solve::{Candidate, Found, Piece, Question, solve};
use detente::verify::verify_without_bounds;
use detente_linear::is_mixture;
use std::collections::BTreeSet;
use std::sync::Arc;

fn assessments(instance: &Arc<GameInstance>, concept: Concept) -> Found {
    let method = Some("assessments".to_owned());
    let found = solve(instance, &Question { method, ..Question::mixed(concept) }, &mut |_| {});
    assert_eq!(found.method.name, "assessments", "{}", found.searched);
    found
}

/// What is listed; a point is a piece of one corner.
fn pieces(found: &Found) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for candidate in &found.candidates {
        match candidate {
            Candidate::Point(profile) => {
                pieces.push(Piece { corners: vec![profile.clone()], inside: profile.clone() });
            }
            Candidate::Component(all) => pieces.extend(all.iter().cloned()),
            Candidate::Open { .. } => assert!(!found.complete),
            Candidate::Enclosed(_) => panic!("numbers here are fractions"),
        }
    }
    pieces
}

/// The own action before a situation.
fn before(form: &GameForm, set: InfoSetId) -> Option<ActionId> {
    let player = form.info_set(set).player;
    let mut node = form.members(set)[0];
    while let Some(parent) = form.parent(node) {
        if let Some(action) = form.action_into(node)
            && form.info_set(form.set_of_action(action)).player == player
        {
            return Some(action);
        }
        node = parent;
    }
    None
}

/// The weight of an action in its owner's plan.
fn weight(form: &GameForm, profile: &Profile, action: ActionId) -> Rational {
    let earlier = before(form, form.set_of_action(action));
    let lead = earlier.map_or(Rational::ONE, |earlier| weight(form, profile, earlier));
    profile.of(action) * &lead
}

fn plan(form: &GameForm, profile: &Profile, player: PlayerId) -> Vec<Rational> {
    let own = form.info_set_ids().filter(|set| form.info_set(*set).player == player);
    own.flat_map(|set| form.actions(set)).map(|action| weight(form, profile, action)).collect()
}

fn behaviour(form: &GameForm, profile: &Profile, set: InfoSetId) -> Vec<Rational> {
    form.actions(set).map(|action| profile.of(action).clone()).collect()
}

/// Whether a profile lies in a piece: each plan among the corners' plans, and where a plan does not
/// lead, the behaviour among theirs.
fn lies_in(form: &GameForm, profile: &Profile, piece: &Piece) -> bool {
    let mixes = |view: &dyn Fn(&Profile) -> Vec<Rational>| {
        let corners: BTreeSet<Vec<Rational>> = piece.corners.iter().map(view).collect();
        is_mixture(&view(profile), &corners.iter().collect::<Vec<_>>())
    };
    let silent = |set: &InfoSetId| {
        before(form, *set).is_some_and(|action| weight(form, profile, action).is_zero())
    };
    form.player_ids().all(|player| mixes(&|of| plan(form, of, player)))
        && form.info_set_ids().filter(silent).all(|set| mixes(&|of| behaviour(form, of, set)))
}

fn is_weak(instance: &Arc<GameInstance>, profile: &Profile) -> bool {
    verify_without_bounds(instance, &Concept::WeakPbe, profile).holds()
}

/// A profile with other behaviour at some situations.
fn changed(dice: &mut Dice, form: &GameForm, profile: &Profile) -> Profile {
    let mut changed = profile.clone();
    for set in form.info_set_ids() {
        if dice.below(3) != 0 {
            continue;
        }
        let parts: Vec<i64> = form.actions(set).map(|_| dice.between(0, 2)).collect();
        let total: i64 = parts.iter().sum();
        if total > 0 {
            for (action, part) in form.actions(set).zip(parts) {
                changed.probability[action.index()] = q(part, total);
            }
        }
    }
    changed
}

/// A mixture of a piece's corners, player by player, as plans.
fn mixture(dice: &mut Dice, form: &GameForm, piece: &Piece) -> Profile {
    let mut mixed = piece.inside.clone();
    for player in form.player_ids() {
        let chosen: Vec<usize> =
            (0..3).map(|_| dice.below(piece.corners.len() as u64) as usize).collect();
        let sum = |action: ActionId| -> Rational {
            chosen.iter().map(|at| weight(form, &piece.corners[*at], action)).sum()
        };
        for set in form.info_set_ids().filter(|set| form.info_set(*set).player == player) {
            let total: Rational = form.actions(set).map(sum).sum();
            let lead = if total.is_zero() { continue } else { total };
            for action in form.actions(set) {
                mixed.probability[action.index()] = sum(action) / &lead;
            }
        }
    }
    mixed
}

/// Sequential equilibria are on the list for that concept: inside pieces that are judged by a point
/// inside, or corners.
fn check_sequential(dice: &mut Dice, instance: &Arc<GameInstance>) -> bool {
    let form = instance.form();
    let found = assessments(instance, Concept::Sequential);
    if !found.complete {
        return false;
    }
    let is_sequential =
        |profile: &Profile| verify_without_bounds(instance, &Concept::Sequential, profile).holds();
    let pieces = pieces(&found);
    let corners: BTreeSet<&Profile> = pieces.iter().flat_map(|piece| &piece.corners).collect();
    let held: Vec<&Piece> = pieces.iter().filter(|piece| is_sequential(&piece.inside)).collect();
    let listed = |profile: &Profile| {
        corners.contains(profile) || held.iter().any(|piece| lies_in(form, profile, piece))
    };
    for piece in &pieces {
        for _ in 0..3 {
            let between = mixture(dice, form, piece);
            let other = changed(dice, form, &between);
            assert!(!is_sequential(&other) || listed(&other), "not listed: {other:?}");
        }
    }
    for piece in held {
        let between = mixture(dice, form, piece);
        assert!(is_sequential(&between), "inside a piece, but none: {between:?}");
    }
    true
}

/// Whether the list is complete, and has mixed equilibria.
fn check(dice: &mut Dice, instance: &Arc<GameInstance>) -> (bool, bool) {
    let (form, brute) = (instance.form(), Brute::new(instance));
    let found = assessments(instance, Concept::WeakPbe);
    let pieces = pieces(&found);
    for piece in &pieces {
        for profile in piece.corners.iter().chain([&piece.inside]) {
            assert!(is_weak(instance, profile), "listed, but none: {profile:?}");
        }
        let between = mixture(dice, form, piece);
        assert!(is_weak(instance, &between), "inside a piece, but none: {between:?}");
    }
    if !found.complete {
        return (false, false);
    }
    let listed = |profile: &Profile| pieces.iter().any(|piece| lies_in(form, profile, piece));
    let mut known: Vec<Profile> = pieces.iter().map(|piece| piece.inside.clone()).collect();
    for pure in brute.profiles().iter().filter(|pure| brute.is_weak_pbe(pure)) {
        let profile = Profile::pure(form, pure);
        assert!(listed(&profile), "not listed: {profile:?}");
        known.push(profile);
    }
    let method = Some("signalling".to_owned());
    let question = Question { method, ..Question::mixed(Concept::WeakPbe) };
    for candidate in solve(instance, &question, &mut |_| {}).candidates {
        for profile in candidate.corners().into_iter().chain(candidate.inside()) {
            assert!(listed(profile), "not listed: {profile:?}");
        }
    }
    let nash = solve(instance, &Question::mixed(Concept::Nash), &mut |_| {});
    known.extend(nash.candidates.iter().flat_map(Candidate::corners).cloned());
    for profile in &known {
        for _ in 0..6 {
            let other = changed(dice, form, profile);
            assert!(!is_weak(instance, &other) || listed(&other), "not listed: {other:?}");
        }
    }
    (true, pieces.iter().any(|piece| !piece.corners[0].is_pure()))
}

#[test]
fn random_trees() {
    let mut dice = Dice(2013);
    let (mut games, mut complete, mut mixed, mut sequential) = (0, 0, 0, 0);
    while games < 150 {
        let recipe = Recipe {
            players: 2,
            depth: 4,
            most_nodes: 22,
            openness: dice.below(10),
            impossible: true,
            payoffs: (0, 4),
        };
        let instance = game(&mut dice, &recipe);
        let sets = instance.form().info_sets().len();
        if !(3..=7).contains(&sets) {
            continue;
        }
        games += 1;
        let (whole, mixes) = check(&mut dice, &instance);
        complete += usize::from(whole);
        mixed += usize::from(mixes);
        sequential += usize::from(check_sequential(&mut dice, &instance));
    }
    assert!(complete > 130 && mixed > 20 && sequential > 100, "too few of {games} games decided");
}
