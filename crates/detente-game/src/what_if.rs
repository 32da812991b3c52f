//! What might be: variants of a game, resolved against its form.
//!
//! A variant changes parameters and settings, and locks behaviour or readings. It says *what* is
//! fixed; how the others answer to it is a question for a solver.

use crate::claim::Override;
use crate::form::NodeSet;
use crate::ids::{FormulaId, InfoSetId, PlayerId};

/// One `whatif`.
///
/// If `set` changes a setting, the variant is played on another tree: compile the scenario with
/// that setting and take the variant of the same position there. Locks are always those of the
/// form they are found with.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// What readers call it.
    pub name: String,
    /// Byte offsets of the variant in its file.
    pub span: (u32, u32),
    /// Parameters and settings that are set.
    pub set: Vec<Override>,
    /// Behaviour that is fixed.
    pub behaviour: Vec<BehaviourLock>,
    /// Readings that are fixed.
    pub beliefs: Vec<BeliefLock>,
    /// Whether the others know of the locks.
    pub mode: LockMode,
}

impl WhatIf {
    /// Whether nothing is locked, so that only numbers change.
    #[must_use]
    pub fn locks_nothing(&self) -> bool {
        self.behaviour.is_empty() && self.beliefs.is_empty()
    }

    /// The players something is locked of, each once, in their order.
    #[must_use]
    pub fn players(&self) -> Vec<PlayerId> {
        let behaviour = self.behaviour.iter().map(|lock| lock.player);
        let mut players: Vec<PlayerId> =
            behaviour.chain(self.beliefs.iter().map(|lock| lock.player)).collect();
        players.sort_unstable();
        players.dedup();
        players
    }

    /// The variant with the locks of one player only.
    #[must_use]
    pub fn of(&self, player: PlayerId) -> Self {
        let mut own = self.clone();
        own.behaviour.retain(|lock| lock.player == player);
        own.beliefs.retain(|lock| lock.player == player);
        own
    }
}

/// Who knows of a variant's locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockMode {
    /// Everybody: all others choose anew.
    Known,
    /// Nobody else: the others play as in the game without locks.
    NobodyElseKnows,
}

/// `lock Ann at reply when …: accept 1/2 | reject rest`.
#[derive(Debug, Clone, PartialEq)]
pub struct BehaviourLock {
    /// Whose behaviour.
    pub player: PlayerId,
    /// The situations, each once over all locks of a variant, with the probability of every
    /// action, in the order of the form's actions. They add up to 1 at every point of the
    /// parameters' ranges that was tried; options that are not named have probability 0.
    pub situations: Vec<(InfoSetId, Vec<FormulaId>)>,
}

/// `lock belief of Ann in Bob is weak = 0.1 after reply is no`.
#[derive(Debug, Clone, PartialEq)]
pub struct BeliefLock {
    /// Whose reading.
    pub player: PlayerId,
    /// The ends that belong to what is believed.
    pub event: NodeSet,
    /// Its probability.
    pub probability: FormulaId,
    /// After what; all ends if nothing is said. At least one situation of the player lies wholly
    /// inside ([`GameForm::sets_inside`](crate::GameForm::sets_inside)).
    pub after: NodeSet,
}
