//! Equilibria that are not known as fractions: a box of profiles, proved to hold exactly one.
//!
//! In games of three or more players equilibria are roots of polynomials, and logit responses are
//! transcendental. What is certified of them is an *enclosure*: an interval for every probability,
//! the equations of the concept shown by an interval Newton test to have exactly one solution in
//! it, and every inequality shown to hold in all of it. Nothing here is rounded but outward.
//!
//! An [`Enclosed`] is a type of its own, so that no page can show its numbers as exact.

mod exponential;
mod jet;
mod logit;
mod nash;
mod newton;
mod tree;

use crate::recheck::is_beyond_judging;
use detente_game::claim::Concept;
use detente_game::number::Interval;
use detente_game::play::Enclosure;
use detente_game::{GameInstance, Rational};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tree::Tree;

/// An equilibrium known by a box that holds it and no other; only this crate makes one.
#[derive(Debug, Clone)]
pub struct Enclosed {
    instance: Arc<GameInstance>,
    concept: Concept,
    enclosure: Enclosure,
    probability: Vec<Interval>,
    values: Vec<Interval>,
}

/// An enclosed equilibrium as written to disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedEnclosure {
    /// In which sense it is an equilibrium.
    pub concept: Concept,
    /// The box, which is the proof.
    pub enclosure: Enclosure,
}

impl Enclosed {
    /// The game at its point.
    #[must_use]
    pub fn instance(&self) -> &Arc<GameInstance> {
        &self.instance
    }

    /// In which sense it is an equilibrium.
    #[must_use]
    pub fn concept(&self) -> &Concept {
        &self.concept
    }

    /// An interval for the probability of every action; each is as narrow as the proof made it.
    #[must_use]
    pub fn probability(&self) -> &[Interval] {
        &self.probability
    }

    /// An interval for the expected payoff of every player, in his own eyes.
    #[must_use]
    pub fn values(&self) -> &[Interval] {
        &self.values
    }

    /// What is needed to check it again elsewhere.
    #[must_use]
    pub fn saved(&self) -> SavedEnclosure {
        SavedEnclosure { concept: self.concept.clone(), enclosure: self.enclosure.clone() }
    }
}

/// Why a box was not proved to hold exactly one equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproved {
    /// Whether the one profile in it that could be an equilibrium is proved to be none.
    pub fails: bool,
    /// Why, as part of a sentence.
    pub why: String,
}

impl From<String> for Unproved {
    fn from(why: String) -> Self {
        Self { fails: false, why }
    }
}

/// Proves that a box holds exactly one equilibrium of a concept.
///
/// `nash` is judged in any game of perfect recall. Concepts with beliefs are judged where every
/// situation comes up for certain, so that each Nash equilibrium is one, or has one member at which
/// no plan gains. `qre` is the logit agent form. The box that is found is narrower than the one that
/// was given.
///
/// # Errors
/// Why it is not proved; that the box holds none is said only if [`Unproved::fails`].
pub fn enclose(
    instance: &Arc<GameInstance>,
    concept: &Concept,
    enclosure: &Enclosure,
) -> Result<Enclosed, Unproved> {
    let form = instance.form();
    if let Some(why) = is_beyond_judging(form) {
        return Err(why.to_owned().into());
    }
    let probability = match (concept, enclosure) {
        (Concept::Qre(lambda), Enclosure::LogOdds { odds }) => {
            logit::only_one(instance, lambda, odds)?
        }
        (Concept::Nash, Enclosure::Strategies { probability }) => {
            nash::only_one(instance, probability, false)?
        }
        (
            Concept::SubgamePerfect | Concept::WeakPbe | Concept::Pbe | Concept::Sequential,
            Enclosure::Strategies { probability },
        ) => nash::only_one(instance, probability, true)?,
        _ => return Err(format!("'{}' is not judged over such a box", concept.word()).into()),
    };
    let tree = Tree { instance, form, moves: nash::constant(&probability) };
    let values = nash::payoffs(&tree);
    Ok(Enclosed {
        instance: Arc::clone(instance),
        concept: concept.clone(),
        enclosure: enclosure.clone(),
        probability,
        values,
    })
}

/// Proves a saved enclosure again.
///
/// # Errors
/// Why it is not proved.
pub fn recheck_enclosure(
    instance: &Arc<GameInstance>,
    saved: &SavedEnclosure,
) -> Result<Enclosed, Unproved> {
    enclose(instance, &saved.concept, &saved.enclosure)
}

/// By how much each player could gain against a profile by the best plan of his own: it is an
/// epsilon-equilibrium for every epsilon that is no less than the greatest of these. Exact; `None`
/// if the profile is not one of the game's, or a player forgets.
#[must_use]
pub fn gains(instance: &GameInstance, profile: &detente_game::Profile) -> Option<Vec<Rational>> {
    let form = instance.form();
    if !profile.fits(form) || !form.has_perfect_recall() {
        return None;
    }
    let views = crate::reach::View::all(instance, profile);
    let gain = |view: &crate::reach::View| {
        let best = crate::best_response::from_node(view, detente_game::GameForm::ROOT);
        best.total - view.total()
    };
    Some(views.iter().map(gain).collect())
}

/// How far a profile is from being a logit quantal-response equilibrium at a precision: no
/// probability differs by more from the logit response to the profile. An upper bound, rounded only
/// upwards; `None` if the profile is not one of the game's, a situation does not come up under it,
/// or a player forgets.
///
/// ```
/// use detente_game::exchange::{ImportLimits, read_nfg};
/// use detente_game::{Profile, Rational};
///
/// let text = "NFG 1 R \"pennies\" { \"A\" \"B\" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1";
/// let pennies = read_nfg(text, &ImportLimits::default()).unwrap().game.base().unwrap();
/// let even = Profile::uniform(pennies.form());
/// let gap = detente_verify::response_gap(&pennies, &Rational::int(3), &even).unwrap();
/// assert!(gap < Rational::new(1, 1_000_000_000));
/// ```
#[must_use]
pub fn response_gap(
    instance: &GameInstance,
    lambda: &Rational,
    profile: &detente_game::Profile,
) -> Option<Rational> {
    logit::gap(instance, lambda, profile)
}
