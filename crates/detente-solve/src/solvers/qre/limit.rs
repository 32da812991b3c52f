//! What the branch goes to: a Nash equilibrium on the options that stay likely.

use super::BranchPoint;
use crate::Candidate;
use crate::solvers::polynomial;
use detente_game::instance::GameInstance;
use detente_game::number::Interval;
use detente_game::{Enclosure, GameForm, Profile, Rational};

/// Options less likely than this are taken to vanish in the limit.
const VANISHES: f64 = 1e-3;
/// How far a limit may be from the point that it was guessed from.
const NEAR: f64 = 0.05;

/// Candidates for the limit, the likeliest first: the equilibria on the supports of the last point
/// and near it, then the simplest fractions near the point.
#[must_use]
pub fn limit_candidates(instance: &GameInstance, last: &BranchPoint) -> Vec<Candidate> {
    let form = instance.form();
    let supports = supports(form, last);
    let mut candidates = polynomial::on_supports(instance, &supports).unwrap_or_default();
    candidates.retain(|candidate| is_near(candidate, last));
    candidates.push(Candidate::Point(rounded(form, last, &supports)));
    candidates
}

/// Per situation, the positions of the options that stay.
fn supports(form: &GameForm, last: &BranchPoint) -> Vec<Vec<usize>> {
    let stays = |set| {
        let shares = form.actions(set).map(|action| last.probability[action.index()]);
        shares.enumerate().filter(|(_, share)| *share > VANISHES).map(|(at, _)| at).collect()
    };
    form.info_set_ids().map(stays).collect()
}

fn is_near(candidate: &Candidate, last: &BranchPoint) -> bool {
    let close = |value: &Rational, at: usize| (value.to_f64() - last.probability[at]).abs() < NEAR;
    match candidate {
        Candidate::Point(Profile { probability }) => {
            probability.iter().enumerate().all(|(at, value)| close(value, at))
        }
        Candidate::Enclosed(Enclosure::Strategies { probability }) => {
            probability.iter().enumerate().all(|(at, value)| close(&value.middle(), at))
        }
        _ => false,
    }
}

/// The profile of simple fractions near a point.
fn rounded(form: &GameForm, last: &BranchPoint, supports: &[Vec<usize>]) -> Profile {
    let mut probability = vec![Rational::ZERO; form.action_count()];
    let near = Rational::new(1, 5_000);
    for (set, support) in form.info_set_ids().zip(supports) {
        let first = form.info_set(set).first_action.index();
        let mut rest = Rational::ONE;
        let Some((largest, others)) = support.split_last() else { continue };
        for at in others {
            let value = Rational::from_f64(last.probability[first + at]).unwrap_or_default();
            let value = Interval { low: &value - &near, high: &value + &near }.simplest();
            rest -= &value;
            probability[first + at] = value;
        }
        probability[first + largest] = rest;
    }
    Profile { probability }
}
