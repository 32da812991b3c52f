//! Depth-first search over the labels: each has to be zero on one of the two sides (Audet, Hansen,
//! Jaumard and Savard 2001).
//!
//! A label that is zero throughout one side's face needs no decision; one that is seen to be
//! positive throughout has to be zero on the other side. Where a sequence's weight was made zero,
//! a pair of faces on which it falls short by zero throughout has nothing new: whatever is in it
//! is in a larger product, found where it falls short by zero and its weight is left open. So
//! ties lead to little search done twice, and no equilibrium is lost: along the decisions "falls
//! short by zero wherever that is so throughout the product" every greatest product is reached.

use super::{Game, Listed, start};
use crate::Budget;
use crate::solvers::products::{MOST_PAIRS, Product};
use detente_game::Rational;
use detente_linear::{Always, Dictionary, is_mixture};
use std::collections::BTreeMap;

/// The most vertices of a face that are listed.
const MOST_VERTICES: usize = 500;
/// The most pairs of vertices of all products.
const MOST_PAIRS_IN_ALL: usize = 500_000;

/// A face of each polyhedron, and what is known of the labels there.
#[derive(Clone)]
struct Pair {
    faces: [Dictionary; 2],
    known: [Vec<Option<Always>>; 2],
    /// Labels that must not be zero throughout a side's face: what has them zero is searched
    /// elsewhere.
    elsewhere: [Vec<bool>; 2],
}

pub(super) fn run(game: &Game, budget: &mut Budget) -> Listed {
    let faces = [0, 1].map(|player| start::dictionary(game, player));
    let unknown = || vec![None; game.labels()];
    let no = || vec![false; game.labels()];
    let mut whole = Pair { faces, known: [unknown(), unknown()], elsewhere: [no(), no()] };
    let listed = Listed { are_faces: game.keeps_vertices, ..Listed::default() };
    let before = game.labels_before();
    let mut search = Search { game, before, budget, listed, pairs: 0, sets: BTreeMap::new() };
    if whole.notice(0) && whole.notice(1) && whole.settle(search.budget) {
        search.explore(whole);
    }
    search.listed
}

impl Pair {
    /// Notes what the signs of a dictionary show; `false` if all of it is searched elsewhere.
    fn notice(&mut self, side: usize) -> bool {
        let (known, elsewhere) = (&mut self.known[side], &self.elsewhere[side]);
        let mut is_new = true;
        self.faces[side].notice(|label, fact| {
            known[label as usize] = Some(fact);
            is_new &= !(fact == Always::Zero && elsewhere[label as usize]);
        });
        is_new
    }

    /// Goes to the face on which a label is zero; `false` if there is none that is to be searched.
    fn fix(&mut self, side: usize, label: usize) -> bool {
        match self.known[side][label] {
            Some(fact) => fact == Always::Zero,
            None => {
                let possible = !self.elsewhere[side][label] && self.faces[side].fix(label as u32);
                self.known[side][label] = Some(Always::Zero);
                possible && self.notice(side)
            }
        }
    }

    /// Makes zero on one side what is positive on the other, and finds out what is zero without
    /// having been made so; `false` if nothing is left to be searched, or the
    /// budget is spent.
    fn settle(&mut self, budget: &mut Budget) -> bool {
        loop {
            while let Some((side, label)) = self.due(0).or_else(|| self.due(1)) {
                if !budget.touch_slowly() || !self.fix(side, label) {
                    return false;
                }
            }
            let mut changed = false;
            for (side, label) in self.doubtful() {
                if self.known[side][label].is_some() {
                    continue;
                }
                if !budget.touch_slowly() {
                    return false;
                }
                if !self.faces[side].can_rise(label as u32) {
                    changed = true;
                    if !self.notice(side) {
                        return false;
                    }
                }
            }
            if !changed {
                return true;
            }
        }
    }

    /// Labels of which it matters whether they are zero throughout a side, and that side.
    fn doubtful(&self) -> Vec<(usize, usize)> {
        let matters = |(side, label): &(usize, usize)| {
            self.known[*side][*label].is_none()
                && (self.is_open(*label) || self.elsewhere[*side][*label])
        };
        let labels = 0..self.known[0].len();
        [0, 1]
            .iter()
            .flat_map(|side| labels.clone().map(|label| (*side, label)))
            .filter(matters)
            .collect()
    }

    /// A label that has to be made zero on the other side, and that side.
    fn due(&self, side: usize) -> Option<(usize, usize)> {
        let mut pairs = self.known[side].iter().zip(&self.known[1 - side]);
        let label = pairs.position(|(here, there)| {
            *here == Some(Always::Positive) && *there != Some(Always::Zero)
        });
        label.map(|label| (1 - side, label))
    }

    fn is_zero(&self, side: usize, label: usize) -> bool {
        self.known[side][label] == Some(Always::Zero)
    }

    fn is_open(&self, label: usize) -> bool {
        !self.is_zero(0, label) && !self.is_zero(1, label)
    }

    /// The label to decide next: of those whose sequence before is decided, the one that both
    /// sides' points violate most, if any; the first otherwise.
    fn open_label(&self, before: &[Option<usize>]) -> Option<usize> {
        let values = [0, 1].map(|side| self.rough_values(side));
        let is_next = |label: &usize| {
            self.is_open(*label) && before[*label].is_none_or(|before| !self.is_open(before))
        };
        let mut best = None;
        for label in (0..before.len()).filter(is_next) {
            let violation = values[0][label] * values[1][label];
            if best.is_none_or(|(known, _)| violation > known) {
                best = Some((violation, label));
            }
        }
        best.map(|(_, label)| label)
    }

    fn rough_values(&self, side: usize) -> Vec<f64> {
        let mut values = vec![0.0; self.known[side].len()];
        let face = &self.faces[side];
        for (label, value) in face.basic().iter().zip(face.rough_values()) {
            values[*label as usize] = value;
        }
        values
    }
}

struct Search<'a, 'b, 'c> {
    game: &'a Game<'a>,
    /// Per label that of the sequence before.
    before: Vec<Option<usize>>,
    budget: &'b mut Budget<'c>,
    listed: Listed,
    /// Pairs of vertices of the products so far.
    pairs: usize,
    /// The numbers of a face's vertices, by side and the labels that are not zero on the face;
    /// `None` if it has too many.
    sets: BTreeMap<(usize, Vec<u32>), Option<Vec<usize>>>,
}

impl Search<'_, '_, '_> {
    fn explore(&mut self, mut pair: Pair) {
        if !self.budget.touch_slowly() {
            return;
        }
        let Some(label) = pair.open_label(&self.before) else { return self.keep(&pair) };
        let owner = self.game.owner(label);
        let mut without = pair.clone();
        without.elsewhere[1 - owner][label] = true;
        if without.fix(owner, label) && without.settle(self.budget) {
            self.explore(without);
        }
        if pair.fix(1 - owner, label) && pair.settle(self.budget) {
            self.explore(pair);
        }
    }

    /// Every point of the first face is in equilibrium with every point of the second.
    fn keep(&mut self, pair: &Pair) {
        let mut sets = [0, 1].map(|side| self.vertices(side, &pair.faces[side]));
        if let [Some(first), Some(second)] = &sets {
            let pairs = first.len() * second.len();
            self.pairs += pairs;
            if pairs > MOST_PAIRS || self.pairs > MOST_PAIRS_IN_ALL {
                self.pairs -= pairs;
                sets[1] = None;
            }
        }
        self.listed.cut_short += usize::from(sets.contains(&None));
        let [first, second] = match sets {
            [Some(first), Some(second)] => [first, second],
            _ => [0, 1].map(|side| self.one_point(side, &pair.faces[side])),
        };
        let product = Product { first, second };
        if !self.listed.products.contains(&product) && self.budget.find() {
            self.listed.products.insert(product);
        }
    }

    fn one_point(&mut self, side: usize, face: &Dictionary) -> Vec<usize> {
        let point = (self.game.view)(side, self.game.weights(side, &face.point()));
        self.listed.points[side].numbers(vec![point])
    }

    fn vertices(&mut self, side: usize, face: &Dictionary) -> Option<Vec<usize>> {
        if face.freedom() == 0 {
            return Some(self.one_point(side, face));
        }
        let mut labels = [face.basic(), face.other()].concat();
        labels.sort_unstable();
        if let Some(known) = self.sets.get(&(side, labels.clone())) {
            return known.clone();
        }
        let vertices = face.vertices(MOST_VERTICES).ok();
        let found = vertices.map(|vertices| {
            let view = |point: &Vec<_>| (self.game.view)(side, self.game.weights(side, point));
            let mut points: Vec<Vec<Rational>> = vertices.iter().map(view).collect();
            points.sort();
            points.dedup();
            if !self.game.keeps_vertices {
                points = extreme(&points);
            }
            self.listed.points[side].numbers(points)
        });
        self.sets.insert((side, labels), found.clone());
        found
    }
}

/// Those of some points that are no mixture of others.
fn extreme(points: &[Vec<Rational>]) -> Vec<Vec<Rational>> {
    let mut kept = points.to_vec();
    for point in points {
        let others: Vec<&Vec<Rational>> = kept.iter().filter(|other| *other != point).collect();
        if is_mixture(point, &others) {
            kept.retain(|other| other != point);
        }
    }
    kept
}
