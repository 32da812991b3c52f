//! Faces on which one situation mixes: the conditions are linear there, so that the equilibria form
//! a polytope, found exactly by its vertices; and continua put together from such polytopes.

use super::face::{Condition, Face, Ground};
use crate::{Candidate, Piece};
use detente_game::{InfoSetId, Profile, Rational};
use detente_linear::{Program, RowRelation, is_mixture, vertices_up_to};
use std::collections::BTreeMap;

/// The most vertices of one polytope.
const MOST_VERTICES: usize = 500;

/// The equilibria on a face and its boundary, by the vertices of the polytope that they form, sorted;
/// `None` if more than one situation mixes, or there are very many vertices.
pub(super) fn vertices(ground: &Ground, face: &Face) -> Option<Vec<Profile>> {
    let [(set, support)] = face.mixed.as_slice() else { return None };
    let mut program = Program::new(support.len());
    let ones: Vec<(usize, Rational)> = (0..support.len()).map(|at| (at, Rational::ONE)).collect();
    program.row(&ones, RowRelation::Eq, Rational::ONE);
    let base = face.mixtures(&vec![Rational::ZERO; support.len() - 1]);
    let slopes = |condition: &Condition| slopes(ground, condition, *set, support, &base);
    for condition in &face.equations {
        program.row(&slopes(condition), RowRelation::Eq, Rational::ZERO);
    }
    for condition in &face.inequalities {
        program.row(&slopes(condition), RowRelation::Le, Rational::ZERO);
    }
    let found = vertices_up_to(&program, MOST_VERTICES).ok()?;
    let profile = |point: &Vec<Rational>| {
        let mut mixtures = base.clone();
        mixtures[set.index()].fill(Rational::ZERO);
        for (at, weight) in support.iter().zip(point) {
            mixtures[set.index()][*at] = weight.clone();
        }
        Profile { probability: mixtures.into_iter().flatten().collect() }
    };
    let mut corners: Vec<Profile> = found.iter().map(profile).collect();
    corners.sort();
    Some(corners)
}

/// What each action of the support adds to the condition's difference, per unit of weight.
fn slopes(
    ground: &Ground,
    condition: &Condition,
    set: InfoSetId,
    support: &[usize],
    base: &[Vec<Rational>],
) -> Vec<(usize, Rational)> {
    let situation = &ground.situations[condition.place];
    let (straight, difference) = situation.difference(condition.other, condition.first);
    let table = difference.exact.at(base, Some(set));
    let entry = |at: usize| match table.entries.as_slice() {
        [only] => only.clone(),
        several => several[at].clone(),
    };
    let signed = |value: Rational| if straight { value } else { -value };
    support.iter().enumerate().map(|(place, at)| (place, signed(entry(*at)))).collect()
}

/// The middle of some profiles that differ at one situation only.
pub(super) fn middle(corners: &[Profile]) -> Profile {
    let share = Rational::new(1, corners.len() as i64);
    let mut probability = vec![Rational::ZERO; corners[0].probability.len()];
    for corner in corners {
        for (total, value) in probability.iter_mut().zip(&corner.probability) {
            *total += value * &share;
        }
    }
    Profile { probability }
}

/// Isolated candidates and polytopes, those that lie in others left out, and polytopes that meet put
/// together. Two of them meet exactly if they share a vertex: what they share is a face of both.
pub(super) fn connected(
    candidates: Vec<(usize, Candidate)>,
    polytopes: Vec<Vec<Profile>>,
) -> Vec<(usize, Candidate)> {
    let hulls: Vec<Vec<&Vec<Rational>>> = polytopes
        .iter()
        .map(|corners| corners.iter().map(|one| &one.probability).collect())
        .collect();
    let lies_in = |profile: &Profile, hull: &Vec<&Vec<Rational>>| {
        hull.contains(&&profile.probability) || is_mixture(&profile.probability, hull)
    };
    let mut kept: Vec<(usize, Candidate)> = candidates
        .into_iter()
        .filter(|(_, candidate)| match candidate {
            Candidate::Point(profile) => !hulls.iter().any(|hull| lies_in(profile, hull)),
            _ => true,
        })
        .collect();
    let is_largest = |at: &usize| {
        let within = |other: usize| polytopes[*at].iter().all(|one| lies_in(one, &hulls[other]));
        // Of two that are the same, the first is kept.
        !(0..polytopes.len()).any(|other| {
            other != *at && within(other) && (other < *at || polytopes[other] != polytopes[*at])
        })
    };
    let largest: Vec<&Vec<Profile>> =
        (0..polytopes.len()).filter(is_largest).map(|at| &polytopes[at]).collect();
    kept.extend(groups(&largest).into_iter().map(|group| (1, component(&group))));
    kept
}

fn groups<'p>(polytopes: &[&'p Vec<Profile>]) -> Vec<Vec<&'p Vec<Profile>>> {
    let mut group: Vec<usize> = (0..polytopes.len()).collect();
    let mut owner: BTreeMap<&Profile, usize> = BTreeMap::new();
    for (at, corners) in polytopes.iter().enumerate() {
        for corner in *corners {
            let (one, two) = (group[*owner.entry(corner).or_insert(at)], group[at]);
            let (old, new) = (one.max(two), one.min(two));
            group.iter_mut().filter(|of| **of == old).for_each(|of| *of = new);
        }
    }
    let mut found: BTreeMap<usize, Vec<&Vec<Profile>>> = BTreeMap::new();
    for (at, of) in group.iter().enumerate() {
        found.entry(*of).or_default().push(polytopes[at]);
    }
    found.into_values().collect()
}

fn component(group: &[&Vec<Profile>]) -> Candidate {
    let mut pieces: Vec<Piece> = group
        .iter()
        .map(|corners| Piece { corners: (*corners).clone(), inside: middle(corners) })
        .collect();
    pieces.sort_by(|one, other| {
        let sizes = other.corners.len().cmp(&one.corners.len());
        sizes.then_with(|| one.corners.cmp(&other.corners))
    });
    Candidate::Component(pieces)
}
