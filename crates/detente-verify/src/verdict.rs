//! What the judge answers.

use crate::equilibrium::Equilibrium;
use detente_game::{InfoSetId, PlayerId, Rational};
use serde::{Deserialize, Serialize};

/// The answer to "is this profile an equilibrium in this sense?".
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It is, and here is the proof.
    Holds(Box<Equilibrium>),
    /// It is not: somebody gains, or no admissible belief exists.
    Fails(Failure),
    /// The judge does not know, for this reason (a sentence).
    Undecided(String),
}

impl Verdict {
    /// The equilibrium, if the verdict is that it holds.
    #[must_use]
    pub fn equilibrium(&self) -> Option<&Equilibrium> {
        match self {
            Self::Holds(equilibrium) => Some(equilibrium),
            _ => None,
        }
    }

    /// The equilibrium, taken out, if the verdict is that it holds.
    #[must_use]
    pub fn into_equilibrium(self) -> Option<Equilibrium> {
        match self {
            Self::Holds(equilibrium) => Some(*equilibrium),
            _ => None,
        }
    }

    /// The failure, if the verdict is that it fails.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Fails(failure) => Some(failure),
            _ => None,
        }
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }

    /// Whether it fails.
    #[must_use]
    pub fn fails(&self) -> bool {
        matches!(self, Self::Fails(_))
    }
}

/// Who gains by what, and how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Who gains.
    pub player: PlayerId,
    /// Where the better plan first departs; `None` if the complaint has no one place.
    pub set: Option<InfoSetId>,
    /// What to do instead, in the scenario's words.
    pub instead: String,
    /// How much is gained, in the player's own eyes: from the start of the game (`nash`), of the
    /// subgame (`subgame_perfect`) or given that the set is reached (all others). At an
    /// unreached set it is the least gain over all admissible beliefs; under `pbe` and
    /// `sequential` those are the consistent ones that support certain other choices, as `reason`
    /// says. It is zero only in the limit case that admissible beliefs come arbitrarily near to
    /// one under which nobody gains.
    pub gain: Rational,
    /// A full sentence.
    pub reason: String,
}
