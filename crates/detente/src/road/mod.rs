//! The main road: text → game → candidates → verified equilibria.

mod few;
mod hearing;
mod judge;
mod search;
mod strategic;

pub use few::some;
pub use hearing::NOT_REACHED;
pub use search::all as equilibria;

use detente_game::claim::Concept;
use detente_game::number::Interval;
use detente_game::{Card, Game, Profile};
use detente_lang::{Compiled, Diagnostic, Loaded, Options};
use detente_solve::{Limits, Progress};
use detente_verify::{Enclosed, Equilibrium, Failure};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A scenario that was read: its text, its game if there was no error, and what was complained
/// about.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The text and what it includes.
    pub loaded: Loaded,
    /// The game and the complaints.
    pub compiled: Compiled,
}

impl Opened {
    /// The game, if the scenario has no error.
    #[must_use]
    pub fn game(&self) -> Option<&Game> {
        self.compiled.game.as_ref()
    }

    /// Errors and warnings.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.compiled.diagnostics
    }

    /// The same text compiled with other settings and base values.
    #[must_use]
    pub fn again(&self, options: &Options) -> Compiled {
        detente_lang::compile(&self.loaded, options, &mut |_| true)
    }
}

/// Reads and compiles a scenario. `reader` reads the files it names; `progress` hears how many
/// nodes are built and can stop.
pub fn open(
    name: &str,
    text: &str,
    reader: &mut dyn FnMut(&str) -> Result<String, String>,
    options: &Options,
    progress: &mut (dyn FnMut(usize) -> bool + Send),
) -> Opened {
    let loaded = Loaded::new(name, text, reader);
    let compiled = detente_lang::compile(&loaded, options, progress);
    Opened { loaded, compiled }
}

/// What is asked of [`equilibria`].
#[derive(Debug, Clone)]
pub struct Asked {
    /// A concept, or `None`: every perfect Bayesian kind, each equilibrium under the strongest
    /// concept it satisfies.
    pub concept: Option<Concept>,
    /// A method by its card's name, or `None` to let détente choose.
    pub method: Option<String>,
    /// Whether mixed equilibria are wanted where a method for them exists.
    pub mixed: bool,
    /// Whether bounds of off-path beliefs are wanted.
    pub bounds: bool,
    /// Where to stop.
    pub limits: Limits,
    /// After how many verified profiles of one search no further ones are looked at (a few more
    /// may be, until a batch is done); the others count as undecided.
    pub most_judged: u64,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            concept: None,
            method: None,
            mixed: true,
            bounds: true,
            limits: Limits::default(),
            most_judged: u64::MAX,
            stop: None,
        }
    }
}

/// How far the road is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Candidates are being searched for.
    Searching(Progress),
    /// Candidates are being verified.
    Judging {
        /// Profiles judged so far.
        done: u64,
        /// Profiles to judge.
        of: u64,
    },
}

/// A verified equilibrium, perhaps one of a continuum.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The equilibrium; of a continuum, a point inside its largest piece.
    pub equilibrium: Equilibrium,
    /// The corners of the continuum, each once, each verified; empty for an isolated equilibrium.
    pub corners: Vec<Equilibrium>,
    /// The convex pieces of the continuum, the largest first; empty for an isolated equilibrium.
    pub pieces: Vec<VerifiedPiece>,
}

/// A closed piece of a continuum: mixtures of its corners, player by player, are equilibria too.
#[derive(Debug, Clone)]
pub struct VerifiedPiece {
    /// Its corners, as positions in [`Verified::corners`].
    pub corners: Vec<usize>,
    /// An equilibrium in its relative interior, verified on its own.
    pub inside: Equilibrium,
}

impl Verified {
    /// An equilibrium that stands alone.
    #[must_use]
    pub fn alone(equilibrium: Equilibrium) -> Self {
        Self { equilibrium, corners: Vec::new(), pieces: Vec::new() }
    }

    /// Every point of it that was verified.
    pub fn points(&self) -> impl Iterator<Item = &Equilibrium> {
        let inside = self.pieces.iter().skip(1).map(|piece| &piece.inside);
        std::iter::once(&self.equilibrium).chain(&self.corners).chain(inside)
    }
}

/// What a verdict is open about.
#[derive(Debug, Clone)]
pub enum Doubt {
    /// One candidate.
    Profile(Profile),
    /// A piece of a continuum of candidates.
    Piece {
        /// One inside.
        inside: Profile,
        /// Its corners.
        corners: Vec<Profile>,
    },
    /// All profiles in a box: an interval for the probability of every action.
    Region(Vec<Interval>),
}

/// Candidates whose verdict is open.
#[derive(Debug, Clone)]
pub struct Undecided {
    /// Which.
    pub about: Doubt,
    /// Why it is open, as a sentence.
    pub why: String,
}

/// What was found on the main road.
#[derive(Debug, Clone)]
pub struct Solved {
    /// Verified equilibria, the strongest concept first, otherwise in the solver's order.
    pub equilibria: Vec<Verified>,
    /// Equilibria whose probabilities are not known as fractions, each known by a box that holds no other.
    pub enclosed: Vec<Enclosed>,
    /// Candidates whose verdict is open, or open under a stronger concept, with the reason.
    pub undecided: Vec<Undecided>,
    /// Candidates that were refused, with the reason.
    pub refused: Vec<(Profile, Failure)>,
    /// The method that found the candidates.
    pub method: &'static Card,
    /// Whether all equilibria were found, mixed ones included, and no verdict is open.
    pub complete: bool,
    /// Whether at least all pure candidates were found.
    pub all_pure: bool,
    /// What was and was not searched.
    pub searched: String,
    /// How many trials the search took.
    pub touched: u64,
    /// How many pure profiles there are.
    pub space: String,
}

impl Solved {
    /// The equilibria, one for each continuum.
    pub fn every(&self) -> impl Iterator<Item = &Equilibrium> {
        self.equilibria.iter().map(|verified| &verified.equilibrium)
    }
}
