//! Warnings that need equilibria; those that need only the text are the language's. Each returns
//! findings, and the caller prints them.

mod never_chosen;
mod thin_sources;
mod ties;

pub use never_chosen::{NeverChosen, never_chosen};
pub use thin_sources::{ThinSource, Thinness, thin_sources, thinness};
pub use ties::{RestingTie, resting_ties};
