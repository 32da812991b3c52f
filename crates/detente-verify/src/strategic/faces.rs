//! Which parts of a continuum of two players' Nash equilibria are perfect, and which proper.

use super::{Strategic, dominance};
use crate::certificate::Certificate;
use crate::equilibrium::Equilibrium;
use crate::lp::Broken;
use detente_game::{GameInstance, Profile, Rational};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most corners of one player's side of a piece of which all combinations are looked at.
const MOST_CORNERS: usize = 10;

/// A part of a piece: the mixtures, player by player, of some of its corners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Its corners, all combinations of each player's.
    pub corners: Vec<Profile>,
    /// A profile in its relative interior.
    pub inside: Profile,
}

/// The parts of a piece of Nash equilibria (all mixtures, player by player, of its corners) that
/// are trembling-hand perfect: every perfect equilibrium of the piece lies in one of them.
///
/// For two players this is decided by which plans are in use, and an undominated strategy stays so
/// if fewer are; so the perfect strategies of a player are the mixtures of those sets of corners
/// whose mean is undominated.
///
/// # Errors
/// Why the parts are not known, as a sentence.
pub fn perfect_faces(
    instance: &Arc<GameInstance>,
    corners: &[Profile],
    inside: &Profile,
) -> Result<Vec<Face>, String> {
    let strategic = Strategic::of(instance, inside)?;
    if strategic.active().len() > 2 {
        return Err("more than two players have a choice".to_owned());
    }
    let mixed: Vec<Vec<Vec<Rational>>> =
        corners.iter().map(|corner| strategic.mixtures(corner)).collect();
    let sides: Vec<Vec<&Vec<Rational>>> = (0..strategic.players())
        .map(|player| {
            let strategies: BTreeSet<_> = mixed.iter().map(|mixed| &mixed[player]).collect();
            strategies.into_iter().collect()
        })
        .collect();
    if sides.iter().map(Vec::len).product::<usize>() != corners.len() {
        return Err("a piece of a continuum is not the product of its players' sides".to_owned());
    }
    let mut faces: Vec<Vec<Vec<&Vec<Rational>>>> = vec![Vec::new()];
    for (player, side) in sides.iter().enumerate() {
        let parts = undominated(&strategic, player, side)?;
        faces = faces
            .into_iter()
            .flat_map(|start| {
                parts.iter().map(move |part| [&start[..], std::slice::from_ref(part)].concat())
            })
            .collect();
    }
    let face = |parts: &Vec<Vec<&Vec<Rational>>>| {
        let is_in = |at: &usize| (0..parts.len()).all(|of| parts[of].contains(&&mixed[*at][of]));
        let inner: Vec<usize> = (0..corners.len()).filter(is_in).collect();
        if inner.len() == corners.len() {
            return Face { corners: corners.to_vec(), inside: inside.clone() };
        }
        if let [only] = inner[..] {
            return Face { corners: vec![corners[only].clone()], inside: corners[only].clone() };
        }
        let means: Vec<Vec<Rational>> = parts.iter().map(|part| mean(part)).collect();
        Face {
            corners: inner.iter().map(|at| corners[*at].clone()).collect(),
            inside: strategic.behaviour(&means, inside),
        }
    };
    Ok(faces.iter().map(face).collect())
}

/// The greatest sets of strategies whose mixtures are undominated.
fn undominated<'s>(
    strategic: &Strategic,
    player: usize,
    side: &[&'s Vec<Rational>],
) -> Result<Vec<Vec<&'s Vec<Rational>>>, String> {
    if strategic.count(player) == 1 {
        return Ok(vec![side.to_vec()]);
    }
    let mut open = BTreeSet::from([(0..side.len()).collect::<Vec<usize>>()]);
    let mut found: Vec<BTreeSet<usize>> = Vec::new();
    // The largest sets come last in this order, so what lies in a greater one is seen in time.
    for size in (1..=side.len()).rev() {
        let now: Vec<Vec<usize>> = open.iter().filter(|set| set.len() == size).cloned().collect();
        for set in now {
            if found.iter().any(|known| set.iter().all(|at| known.contains(at))) {
                continue;
            }
            let used = used(side, &set);
            let conjecture = dominance::conjecture(strategic, player, &used);
            if conjecture.map_err(|_| Broken::SENTENCE.to_owned())?.is_some() {
                found.push(set.into_iter().collect());
            } else if side.len() > MOST_CORNERS {
                return Err(format!("more than {MOST_CORNERS} corners of one player"));
            } else {
                let without = |at: &usize| set.iter().copied().filter(|o| o != at).collect();
                open.extend(set.iter().map(without));
            }
        }
    }
    Ok(found.iter().map(|set| set.iter().map(|at| side[*at]).collect()).collect())
}

/// The plans that some of these strategies use.
fn used(side: &[&Vec<Rational>], set: &[usize]) -> Vec<usize> {
    let is_used = |plan: &usize| set.iter().any(|at| side[*at][*plan].is_positive());
    (0..side[0].len()).filter(is_used).collect()
}

fn mean(strategies: &[&Vec<Rational>]) -> Vec<Rational> {
    let share = Rational::new(1, strategies.len() as i64);
    let plans = 0..strategies[0].len();
    plans.map(|plan| strategies.iter().map(|one| &one[plan] * &share).sum()).collect()
}

/// Cuts a part of two corners, an edge, where two plans of a player change places in worth. Inside
/// each piece between two cuts all points are proper or none is, as the same orders of plans fit
/// them. `None` if the part is no edge, or the game is too large.
#[must_use]
pub fn cut_edge(instance: &Arc<GameInstance>, face: &Face) -> Option<Vec<Face>> {
    let [first, last] = &face.corners[..] else { return None };
    let strategic = Strategic::of(instance, &face.inside).ok()?;
    let ends = [strategic.mixtures(first), strategic.mixtures(last)];
    let moving = (0..strategic.players()).filter(|player| ends[0][*player] != ends[1][*player]);
    if moving.count() != 1 {
        return None;
    }
    let mut cuts: BTreeSet<Rational> = BTreeSet::new();
    for player in 0..strategic.players() {
        let [here, there] = [0, 1].map(|end: usize| strategic.worth(player, &ends[end]));
        for one in 0..here.len() {
            cuts.extend((0..one).filter_map(|two| {
                crossing(&(&here[one] - &here[two]), &(&there[one] - &there[two]))
            }));
        }
    }
    let at = |share: &Rational| strategic.behaviour(&between(&ends, share), &face.inside);
    let shares: Vec<Rational> =
        [Rational::ZERO].into_iter().chain(cuts).chain([Rational::ONE]).collect();
    let last_cut = shares.len() - 1;
    let point = |cut: usize| match cut {
        0 => first.clone(),
        cut if cut == last_cut => last.clone(),
        cut => at(&shares[cut]),
    };
    let half = Rational::new(1, 2);
    let edge = |cut: usize| Face {
        corners: vec![point(cut), point(cut + 1)],
        inside: at(&((&shares[cut] + &shares[cut + 1]) * &half)),
    };
    Some((0..last_cut).map(edge).collect())
}

/// Where between 0 and 1 something changes sign that goes evenly from one value to another.
fn crossing(from: &Rational, to: &Rational) -> Option<Rational> {
    (from * to).is_negative().then(|| from / (from - to))
}

/// Mixtures on the way from one end to the other.
fn between(ends: &[Vec<Vec<Rational>>; 2], share: &Rational) -> Vec<Vec<Rational>> {
    let rest = Rational::ONE - share;
    let mix = |(one, two): (&Vec<Rational>, &Vec<Rational>)| {
        one.iter().zip(two).map(|(one, two)| one * &rest + two * share).collect()
    };
    ends[0].iter().zip(&ends[1]).map(mix).collect()
}

/// Whether all mixtures, player by player, of some profiles are proper, because one inside them is
/// by trembles whose orders of plans suit them all.
///
/// What is asked of trembles for fixed orders, beyond these, is that no plan is better against the
/// profile than one before it. If this holds at the corners, the same trembles prove every mixture
/// that uses the same plans as the one inside; and the set of proper equilibria is closed.
#[must_use]
pub fn is_proper_throughout(inside: &Equilibrium, corners: &[Profile]) -> bool {
    let Certificate::Trembles { layers } = inside.certificate() else { return false };
    let Ok(strategic) = Strategic::of(inside.instance(), inside.profile()) else { return false };
    if strategic.active().len() > 2 {
        return false;
    }
    let suits = |player: usize, corner: &Profile| {
        let order = super::tremble::orders(&layers[player]);
        let worth = strategic.worth(player, &strategic.mixtures(corner));
        let mut pairs =
            (0..order.len()).flat_map(|one| (0..order.len()).map(move |two| (one, two)));
        pairs.all(|(one, two)| order[one] > order[two] || worth[one] >= worth[two])
    };
    corners.iter().all(|corner| (0..strategic.players()).all(|player| suits(player, corner)))
}
