//! Gambit's strategic form files, "NFG 1 R", and the reduced strategic form of a tree.

mod read;
mod reduced;
mod write;

pub use read::read_nfg;
pub use reduced::{
    ReducedStrategy, StrategicForm, StrategicLimits, reduced_strategies, strategic_form,
};
pub use write::write_nfg;

#[cfg(test)]
mod tests;
