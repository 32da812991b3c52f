//! An equilibrium: a profile together with the proof that it is one.

use crate::certificate::{Certificate, Saved};
use detente_game::claim::Concept;
use detente_game::{ActionId, GameInstance, InfoSetId, Profile, Rational};
use std::sync::Arc;

/// What a player thinks at one of his information sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetBelief {
    /// Whether the set is reached with positive probability, in its player's own eyes.
    pub reached: bool,
    /// One belief per member that supports the equilibrium: Bayes' rule if reached. Empty if the
    /// concept says nothing about beliefs here (unreached sets under `nash` and
    /// `subgame_perfect`).
    pub belief: Vec<Rational>,
    /// Per member, the least and the greatest belief under which the set's player does best by
    /// following the profile from here on (that alone: beliefs elsewhere, and consistency
    /// between sets, are not asked for). `low = high = belief` if reached. Empty if not
    /// computed: where `belief` is empty, and at unreached sets after a recheck.
    pub bounds: Vec<(Rational, Rational)>,
    /// Unreached, at least two members, and exactly one belief does.
    pub knife_edge: bool,
}

/// By how much one action is better than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// Where.
    pub set: InfoSetId,
    /// Whether the set is reached.
    pub reached: bool,
    /// An action that is played (the first one with positive probability).
    pub chosen: ActionId,
    /// Another action of the set.
    pub against: ActionId,
    /// Expected payoff of `chosen` less that of `against`, given the set's belief, both followed
    /// by the player's best continuation. Never negative, but in games without perfect recall
    /// both are followed by the profile itself.
    pub margin: Rational,
}

/// A profile that the judge found to be an equilibrium; only this crate makes one.
#[derive(Debug, Clone)]
pub struct Equilibrium {
    pub(crate) instance: Arc<GameInstance>,
    pub(crate) concept: Concept,
    pub(crate) profile: Profile,
    pub(crate) values: Vec<Rational>,
    pub(crate) beliefs: Vec<SetBelief>,
    pub(crate) certificate: Certificate,
    pub(crate) margins: Vec<Margin>,
    pub(crate) caveat: Option<String>,
}

impl Equilibrium {
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

    /// What everybody does.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The expected payoff of every player, in his own eyes.
    #[must_use]
    pub fn values(&self) -> &[Rational] {
        &self.values
    }

    /// What everybody thinks, one entry per information set.
    #[must_use]
    pub fn beliefs(&self) -> &[SetBelief] {
        &self.beliefs
    }

    /// The proof.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// How narrowly every choice is preferred, set after set; only sets with a belief.
    #[must_use]
    pub fn margins(&self) -> &[Margin] {
        &self.margins
    }

    /// What the verdict does not cover, as a sentence (games without perfect recall).
    #[must_use]
    pub fn caveat(&self) -> Option<&str> {
        self.caveat.as_deref()
    }

    /// What is needed to check it again elsewhere.
    #[must_use]
    pub fn saved(&self) -> Saved {
        Saved {
            concept: self.concept.clone(),
            profile: self.profile.clone(),
            certificate: self.certificate.clone(),
            values: self.values.clone(),
        }
    }
}
