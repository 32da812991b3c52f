//! All equilibria of a two-player game in sequence form, as pairs of faces of two polyhedra.
//!
//! A plan `x` of one player, with the worth of the other's choices against it, is a point of a
//! polyhedron whose variables are the weights of his own sequences and what each sequence of the
//! other falls short of the best (`start` writes it down). Plans `x` and `y` are in equilibrium
//! iff every sequence has weight zero in its owner's polyhedron or falls short by zero in the
//! other's (Koller, Megiddo and von Stengel 1996; for strategic forms Mangasarian 1964). So each
//! sequence is a label that has to be zero on one of the two sides: `search` tries both, and what
//! remains on the two sides is a product of convex sets of equilibria.
//!
//! With one choice for each player this is the strategic form.

mod answer;
mod search;
mod start;

pub(crate) use answer::{answer, check, profile};
pub(crate) use start::{Equations, equations};

use crate::solvers::products::{Points, Product};
use crate::solvers::sequence_form::{Payoffs, Side};
use crate::{Budget, Question};
use detente_game::Rational;
use std::collections::BTreeSet;

/// The game: both players' sequences and payoffs, per pair of sequences.
pub(crate) struct Game<'a> {
    pub sides: [&'a Side; 2],
    pub payoffs: [&'a Payoffs; 2],
    /// What is to be listed of a point of a player's polyhedron, given as a weight per sequence.
    pub view: &'a dyn Fn(usize, Vec<Rational>) -> Vec<Rational>,
    /// Whether vertices, so viewed, are the vertices of what is viewed.
    pub keeps_vertices: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// Products of equilibria: together, all equilibria. Some may lie in others.
    pub products: BTreeSet<Product>,
    /// The vertices on either side.
    pub points: [Points; 2],
    /// Whether all sets of a player are faces of one polyhedron.
    pub are_faces: bool,
    /// Of how many products only one point is listed, because they have too many vertices.
    pub cut_short: usize,
}

/// The most products where those that lie in others are found by linear programs, pair by pair.
const MOST_COMPARED: u64 = 1_000;

/// The question with the limits that a game needs.
pub(crate) fn with_limits(question: &Question, game: &Game) -> Question {
    let mut question = question.clone();
    if !game.keeps_vertices {
        question.limit.candidates = question.limit.candidates.min(MOST_COMPARED);
    }
    question
}

/// Lists all equilibria, or those found until the budget ends.
pub(crate) fn solve(game: &Game, budget: &mut Budget) -> Listed {
    search::run(game, budget)
}

impl Game<'_> {
    /// The number of labels: the sequences of both players that are not empty.
    pub fn labels(&self) -> usize {
        self.sides[0].count + self.sides[1].count - 2
    }

    /// The label of a player's sequence.
    fn label(&self, player: usize, sequence: usize) -> u32 {
        let before = if player == 0 { 0 } else { self.sides[0].count - 1 };
        (before + sequence - 1) as u32
    }

    /// Whose sequence a label is.
    fn owner(&self, label: usize) -> usize {
        usize::from(label + 1 >= self.sides[0].count)
    }

    /// Per label that of the sequence before it, unless that is the empty one.
    fn labels_before(&self) -> Vec<Option<usize>> {
        let mut before = vec![None; self.labels()];
        for (player, side) in self.sides.iter().enumerate() {
            for choice in side.choices.iter().filter(|choice| choice.before > 0) {
                for sequence in choice.sequences() {
                    before[self.label(player, sequence) as usize] =
                        Some(self.label(player, choice.before) as usize);
                }
            }
        }
        before
    }

    /// The weights of a player's sequences at a point of his polyhedron.
    pub fn weights(&self, player: usize, point: &[(u32, Rational)]) -> Vec<Rational> {
        let mut weights = vec![Rational::ZERO; self.sides[player].count];
        weights[0] = Rational::ONE;
        let first = self.label(player, 1);
        for (label, value) in point {
            let own = label.checked_sub(first).map(|at| at as usize + 1);
            if let Some(weight) = own.and_then(|sequence| weights.get_mut(sequence)) {
                *weight = value.clone();
            }
        }
        weights
    }
}
