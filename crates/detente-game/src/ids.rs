//! Typed indices into a game's tables. All are plain `u32`s, so a form of ten million nodes
//! stays small; the types keep a node from being used as an action.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as `usize`, for use with slices.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of a table position. Positions beyond `u32` cannot arise: builders refuse
            /// forms that large.
            #[must_use]
            pub fn from_index(index: usize) -> Self {
                debug_assert!(u32::try_from(index).is_ok());
                Self(index as u32)
            }
        }
    )*};
}

ids! {
    /// A node of the tree; node 0 is the root.
    NodeId,
    /// A player, in the order of declaration.
    PlayerId,
    /// An information set ("situation" in what analysts see).
    InfoSetId,
    /// An action at an information set, numbered over the whole form: the actions of one
    /// information set are consecutive.
    ActionId,
    /// A chance event with its branches, shared by all nodes at which the same lottery is drawn.
    LotteryId,
    /// A branch of a lottery, numbered over the whole form.
    BranchId,
    /// An event of the story: owner, name and index.
    EventId,
    /// The text of a value of an event (an action's or a branch's label).
    ValueId,
    /// A row of stakes paid at an end.
    RowId,
    /// A named stake of one player.
    StakeId,
    /// A formula of a game's pool.
    FormulaId,
    /// A parameter of a game.
    ParamId,
    /// A player's log: everything seen so far.
    LogId,
    /// A named outcome.
    OutcomeId,
}
