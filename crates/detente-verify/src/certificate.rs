//! Proofs that can be written down, sent and checked again without any search.

use detente_game::claim::Concept;
use detente_game::{NodeId, PlayerId, Profile, Rational};
use serde::{Deserialize, Serialize};

/// What proves an equilibrium. Lists called `beliefs` have one entry per information set, each
/// with one number per member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Certificate {
    /// Nash: the best value each player could reach against the others.
    Nash {
        /// Per player, in his own eyes.
        best: Vec<Rational>,
    },
    /// Subgame perfect: the roots of all subgames, the whole game first.
    SubgamePerfect {
        /// In node order.
        roots: Vec<NodeId>,
    },
    /// Weak perfect Bayesian: beliefs that support every choice.
    WeakPbe {
        /// The beliefs.
        beliefs: Vec<Vec<Rational>>,
    },
    /// Perfect Bayesian (Bonanno 2013): a plausibility order and densities on its classes.
    Pbe {
        /// One per group of players who agree on which branches of chance are impossible; so
        /// one, unless private beliefs differ in this.
        plausibility: Vec<Plausibility>,
        /// The beliefs that follow.
        beliefs: Vec<Vec<Rational>>,
    },
    /// Sequential (Kreps and Wilson 1982): trembles. Action `a` has probability
    /// `weight[a] * t^order[a]` for small `t` (up to normalisation); the beliefs are the limit
    /// as `t` goes to 0.
    Sequential {
        /// Per action: 0 if played, at least 1 if not.
        order: Vec<u32>,
        /// Per action: its probability if played, any positive number if not.
        weight: Vec<Rational>,
        /// Per branch of chance, used only by players who give it probability 0: a tremble far
        /// smaller than any player's (see [`crate::concepts::sequential`]).
        branch_order: Vec<u32>,
        /// Per branch, likewise.
        branch_weight: Vec<Rational>,
        /// The beliefs that follow.
        beliefs: Vec<Vec<Rational>>,
    },
    /// Perfect (Selten 1975) or proper (Myerson 1978): trembles in the reduced strategic form.
    /// For small `t` plan `s` of a player has the probability `sum over k of layers[k][s] * t^k`
    /// (up to normalisation).
    Trembles {
        /// Per player and power `k`: a weight for each plan, in the order of
        /// [`detente_game::exchange::reduced_strategies`].
        layers: Vec<Vec<Vec<Rational>>>,
    },
    /// Perfect or proper: a regular equilibrium of the strategic form (every best reply is in use,
    /// and the equations are nonsingular), which is both (van Damme 1991, section 2.5).
    Regular,
}

impl Certificate {
    /// The beliefs it holds, per information set and member, if it holds any.
    #[must_use]
    pub fn beliefs(&self) -> Option<&[Vec<Rational>]> {
        match self {
            Self::Nash { .. }
            | Self::SubgamePerfect { .. }
            | Self::Trembles { .. }
            | Self::Regular => None,
            Self::WeakPbe { beliefs }
            | Self::Pbe { beliefs, .. }
            | Self::Sequential { beliefs, .. } => Some(beliefs),
        }
    }
}

/// A plausibility order of all histories with a density on each of its classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plausibility {
    /// Whose beliefs follow it.
    pub players: Vec<PlayerId>,
    /// Rank of each node, 0 the most plausible: equal to the parent's after a move of positive
    /// probability, greater after a move of probability 0.
    pub order: Vec<u32>,
    /// Per node, the weight of the stretch of positive-probability moves it lies on. A node's
    /// density is this times the probabilities of all positive-probability moves before it.
    pub weight: Vec<Rational>,
}

/// An equilibrium as written to disk: enough to check it again from the certificate alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// In which sense it is an equilibrium.
    pub concept: Concept,
    /// What everybody does.
    pub profile: Profile,
    /// The proof.
    pub certificate: Certificate,
    /// The expected payoff of every player, in his own eyes.
    pub values: Vec<Rational>,
}
