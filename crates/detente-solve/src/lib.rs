//! From an instance to candidates for equilibria.
//!
//! What is found here is a *candidate*: `detente-verify`, which does not know this crate, decides
//! what it is. A solver says truly what it searched ([`Found::complete`], [`Found::searched`]);
//! it never drops an equilibrium of the kind it claims to list, but may list more than survive.

mod choice;
mod limits;
pub mod solvers;

pub use choice::{solve, solve_prepared};
pub use limits::{Budget, Limits, Progress};

use detente_game::card::Card;
use detente_game::claim::Concept;
use detente_game::number::Interval;
use detente_game::play::{Enclosure, Profile};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What to look for, and how long.
#[derive(Debug, Clone)]
pub struct Question {
    /// The solution concept.
    pub concept: Concept,
    /// Where to stop.
    pub limit: Limits,
    /// The name of a method's card, or `None` for the choice by game and concept.
    pub method: Option<String>,
    /// Whether equilibria in mixed strategies are wanted too, where a method for them exists.
    pub mixed: bool,
    /// For `weak_pbe` only: weigh departures at one situation at a time instead of plans for the
    /// rest of the game. Beliefs off the path need not fit together, so this admits more, even
    /// profiles that are no Nash equilibria.
    pub single_departures: bool,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

impl Question {
    /// All pure equilibria of a concept, with the usual limits.
    #[must_use]
    pub fn pure(concept: Concept) -> Self {
        Self {
            concept,
            limit: Limits::default(),
            method: None,
            mixed: false,
            single_departures: false,
            stop: None,
        }
    }

    /// The same with mixed equilibria, where a method for them exists.
    #[must_use]
    pub fn mixed(concept: Concept) -> Self {
        Self { mixed: true, ..Self::pure(concept) }
    }
}

/// A candidate for an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidate {
    /// One profile.
    Point(Profile),
    /// A continuum: one connected set of candidates, made of convex pieces that share corners, the
    /// largest piece first.
    Component(Vec<Piece>),
    /// A box that holds one equilibrium whose probabilities are not known as fractions.
    Enclosed(Enclosure),
    /// A part of the space of profiles that could not be decided: it may hold equilibria or none.
    Open {
        /// An interval for the probability of every action; equilibria outside it are not meant.
        region: Vec<Interval>,
        /// Why it is open, as a sentence without its stop.
        why: String,
    },
}

/// A closed piece of a continuum: every mixture of its corners, taken player by player, is a
/// candidate as well.
///
/// A player mixes plans for the whole game, not behaviour at each situation: after a mixture of two
/// plans, what is likely at a later situation of his own depends on which plan led there (Kuhn
/// 1953). Where no player decides twice on a path the two are the same. What a corner's own plan
/// does not lead to is filled in as elsewhere in the continuum, so equal plans are equal corners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its corners, sorted: all combinations of each player's.
    pub corners: Vec<Profile>,
    /// A profile in its relative interior.
    pub inside: Profile,
}

impl Candidate {
    /// The profile, or the corners of all pieces, each once, sorted.
    #[must_use]
    pub fn corners(&self) -> Vec<&Profile> {
        match self {
            Self::Point(profile) => vec![profile],
            Self::Enclosed(_) | Self::Open { .. } => Vec::new(),
            Self::Component(pieces) => {
                let all: BTreeSet<&Profile> = pieces.iter().flat_map(|p| &p.corners).collect();
                all.into_iter().collect()
            }
        }
    }

    /// The profile, or one inside the largest piece; `None` where no profile is known exactly.
    #[must_use]
    pub fn inside(&self) -> Option<&Profile> {
        match self {
            Self::Point(profile) => Some(profile),
            Self::Component(pieces) => Some(&pieces[0].inside),
            Self::Enclosed(_) | Self::Open { .. } => None,
        }
    }
}

/// What a search found, and what it searched.
#[derive(Debug, Clone)]
pub struct Found {
    /// The candidates, in a reproducible order.
    pub candidates: Vec<Candidate>,
    /// The method that found them.
    pub method: &'static Card,
    /// Whether no equilibrium of the kind asked for can be missing: no pure one, or, if mixed
    /// ones were asked for, none at all. For `nash` and `subgame_perfect` pure search lists one
    /// for each behaviour that matters, see [`Found::searched`].
    pub complete: bool,
    /// Whether at least every pure equilibrium of the concept was found.
    pub all_pure: bool,
    /// What was and what was not searched, one sentence.
    pub searched: String,
    /// How many choices were tried: profiles or parts of profiles.
    pub touched: u64,
    /// How many pure profiles there are, as a text.
    pub space: String,
}

/// Whether a method lists Nash equilibria, and is silent about other concepts.
#[must_use]
pub fn lists_nash_only(method: &str) -> bool {
    use solvers::{bimatrix, lemke, sequence};
    [&bimatrix::CARD, &sequence::CARD, &lemke::CARD].iter().any(|card| card.name == method)
}

/// The cards of all methods.
#[must_use]
pub fn methods() -> &'static [&'static Card] {
    solvers::CARDS
}
