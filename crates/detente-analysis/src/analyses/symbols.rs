//! The numbers of a game in some algebra: as functions of one parameter, as power series around a
//! value of it, or as formulas in all parameters.

use super::axis::Piece;
use super::moving::Moving;
use crate::algebra::{RationalFunction, Ring};
use detente_game::{ActionId, BranchId, PlayerId, Profile, Rational, RowId};

/// Probabilities and payoffs in one algebra; `None` for what has no value in it.
pub(super) trait Symbols {
    /// The algebra.
    type Value: Ring;

    /// A player's probability of a branch.
    fn branch(&self, player: PlayerId, branch: BranchId) -> Option<Self::Value>;

    /// What a row pays to a player.
    fn payoff(&self, player: PlayerId, row: RowId) -> Option<Self::Value>;

    /// The probability of an action.
    fn action(&self, action: ActionId) -> Option<Self::Value>;
}

/// A profile along one parameter: each probability a rational function of it, constant unless the
/// profile moves.
pub(super) struct Along<'p> {
    pub piece: &'p Piece<'p>,
    pub profile: &'p Profile,
    pub moving: Option<&'p Moving>,
}

impl Symbols for Along<'_> {
    type Value = RationalFunction;

    fn branch(&self, player: PlayerId, branch: BranchId) -> Option<RationalFunction> {
        self.piece.branch(player, branch).cloned()
    }

    fn payoff(&self, player: PlayerId, row: RowId) -> Option<RationalFunction> {
        self.piece.payoff(player, row)
    }

    fn action(&self, action: ActionId) -> Option<RationalFunction> {
        Some(match self.moving {
            Some(moving) => moving.of(action).clone(),
            None => {
                let probability: &Rational = self.profile.of(action);
                RationalFunction::constant(probability.clone())
            }
        })
    }
}
