//! Which equilibria survive which solution concept: every profile judged under all of them.

use super::forward_induction::{self, Answer, ForwardInduction, Step};
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile};
use detente_verify::{Failure, Verdict, refinements, verify_without_bounds};
use std::sync::Arc;

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Criterion {
    /// A solution concept, which the verifier judges.
    Concept(Concept),
    /// Whether the equilibrium outlives the iterated elimination of weakly dominated plans.
    ForwardInduction,
}

impl Criterion {
    /// Its word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.word(),
            Self::ForwardInduction => forward_induction::CARD.name,
        }
    }
}

/// The columns: concepts of the tree, weakest first, then those of the strategic form.
pub const CRITERIA: [Criterion; 12] = [
    Criterion::Concept(Concept::Nash),
    Criterion::Concept(Concept::SubgamePerfect),
    Criterion::Concept(Concept::WeakPbe),
    Criterion::Concept(Concept::Pbe),
    Criterion::Concept(Concept::Sequential),
    Criterion::Concept(Concept::Intuitive),
    Criterion::Concept(Concept::Divine),
    Criterion::Concept(Concept::D1),
    Criterion::Concept(Concept::UniversallyDivine),
    Criterion::Concept(Concept::Perfect),
    Criterion::Concept(Concept::Proper),
    Criterion::ForwardInduction,
];

/// What one concept says of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// It is an equilibrium in this sense.
    Holds,
    /// It is not, and this is who gains.
    Fails(Failure),
    /// It is an equilibrium, but not with what this elimination leaves.
    Broken(Box<Step>),
    /// It is not known, for this reason.
    Undecided(String),
    /// The concept is not defined for this game, for this reason.
    Undefined(String),
}

/// What each of [`CRITERIA`] says of a profile: the concepts by the verifier.
#[must_use]
pub fn marks(
    instance: &Arc<GameInstance>,
    forward: &ForwardInduction,
    profile: &Profile,
) -> Vec<Mark> {
    let undefined = refinements::is_defined(instance, profile).err();
    let judged = |concept: &Concept| {
        if let Some(why) = undefined.as_ref().filter(|_| concept.is_refinement()) {
            return Mark::Undefined(why.clone());
        }
        match verify_without_bounds(instance, concept, profile) {
            Verdict::Holds(_) => Mark::Holds,
            Verdict::Fails(failure) => Mark::Fails(failure),
            Verdict::Undecided(why) => Mark::Undecided(why),
        }
    };
    let outlives = || match judged(&Concept::Nash) {
        Mark::Holds => match forward.judge(instance, profile) {
            Answer::Survives => Mark::Holds,
            Answer::Broken(step) => Mark::Broken(step),
            Answer::Undecided(why) => Mark::Undecided(why),
        },
        other => other,
    };
    let mark = |criterion: &Criterion| match criterion {
        Criterion::Concept(concept) => judged(concept),
        Criterion::ForwardInduction => outlives(),
    };
    CRITERIA.iter().map(mark).collect()
}

/// What a concept says of several profiles with the same play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// It holds for so many of so many.
    Holds(usize, usize),
    /// It fails for all; who gains in the first.
    Fails(Failure),
    /// It fails for all; the elimination that breaks the first.
    Broken(Box<Step>),
    /// It is known to hold for none, and open for some.
    Undecided(String),
    /// The concept is not defined.
    Undefined(String),
}

/// The cells of a table's row: one for each of [`CRITERIA`].
///
/// # Panics
/// If there is no profile, or [`marks`] did not make the lists.
#[must_use]
pub fn row(points: &[Vec<Mark>]) -> Vec<Cell> {
    (0..CRITERIA.len()).map(|at| cell(&points.iter().map(|p| &p[at]).collect::<Vec<_>>())).collect()
}

fn cell(marks: &[&Mark]) -> Cell {
    let holds = marks.iter().filter(|mark| matches!(mark, Mark::Holds)).count();
    if holds > 0 {
        return Cell::Holds(holds, marks.len());
    }
    let open = marks.iter().find(|mark| matches!(mark, Mark::Undecided(_)));
    match open.unwrap_or(&marks[0]) {
        Mark::Holds => Cell::Holds(holds, marks.len()),
        Mark::Fails(failure) => Cell::Fails(failure.clone()),
        Mark::Broken(step) => Cell::Broken(step.clone()),
        Mark::Undecided(why) => Cell::Undecided(why.clone()),
        Mark::Undefined(why) => Cell::Undefined(why.clone()),
    }
}
