//! The analyses, one file each.

mod axis;
pub mod beliefs;
pub mod comparison;
pub mod correlated;
pub mod dominance;
pub mod draws;
pub mod ensemble;
pub mod flips;
pub mod margins;
pub mod outcomes;
mod plan;
pub mod play;
mod profiles;
pub mod stakes;
mod turn;
pub mod values;
pub mod visibility;
