//! The analyses, one file each.

mod axis;
pub mod beliefs;
pub mod correlated;
pub mod dominance;
pub mod flips;
pub mod margins;
pub mod outcomes;
mod plan;
pub mod play;
pub mod stakes;
mod turn;
mod profiles;
pub mod values;
pub mod visibility;
