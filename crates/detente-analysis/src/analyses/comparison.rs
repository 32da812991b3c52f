//! Which equilibria survive which solution concept: every profile judged under all of them.

use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile};
use detente_verify::{Failure, Verdict, refinements, verify_without_bounds};
use std::sync::Arc;

/// The concepts: those of the tree, weakest first, then those of the strategic form.
pub const CONCEPTS: [Concept; 11] = [
    Concept::Nash,
    Concept::SubgamePerfect,
    Concept::WeakPbe,
    Concept::Pbe,
    Concept::Sequential,
    Concept::Intuitive,
    Concept::Divine,
    Concept::D1,
    Concept::UniversallyDivine,
    Concept::Perfect,
    Concept::Proper,
];

/// What one concept says of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// It is an equilibrium in this sense.
    Holds,
    /// It is not, and this is who gains.
    Fails(Failure),
    /// It is not known, for this reason.
    Undecided(String),
    /// The concept is not defined for this game, for this reason.
    Undefined(String),
}

/// What each of [`CONCEPTS`] says of a profile, by the verifier.
#[must_use]
pub fn marks(instance: &Arc<GameInstance>, profile: &Profile) -> Vec<Mark> {
    let undefined = refinements::is_defined(instance, profile).err();
    let mark = |concept: &Concept| {
        if let Some(why) = undefined.as_ref().filter(|_| concept.is_refinement()) {
            return Mark::Undefined(why.clone());
        }
        match verify_without_bounds(instance, concept, profile) {
            Verdict::Holds(_) => Mark::Holds,
            Verdict::Fails(failure) => Mark::Fails(failure),
            Verdict::Undecided(why) => Mark::Undecided(why),
        }
    };
    CONCEPTS.iter().map(mark).collect()
}

/// What a concept says of several profiles with the same play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// It holds for so many of so many.
    Holds(usize, usize),
    /// It fails for all; who gains in the first.
    Fails(Failure),
    /// It is known to hold for none, and open for some.
    Undecided(String),
    /// The concept is not defined.
    Undefined(String),
}

/// The cells of a table's row: one for each of [`CONCEPTS`].
///
/// # Panics
/// If there is no profile, or [`marks`] did not make the lists.
#[must_use]
pub fn row(points: &[Vec<Mark>]) -> Vec<Cell> {
    (0..CONCEPTS.len()).map(|at| cell(&points.iter().map(|p| &p[at]).collect::<Vec<_>>())).collect()
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
        Mark::Undecided(why) => Cell::Undecided(why.clone()),
        Mark::Undefined(why) => Cell::Undefined(why.clone()),
    }
}
