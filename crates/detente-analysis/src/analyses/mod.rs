//! The analyses, one file each.

mod axis;
pub mod beliefs;
pub mod comparison;
pub mod condition;
pub mod contrast;
pub mod correlated;
pub mod dominance;
pub mod draws;
pub mod ends;
pub mod ensemble;
pub mod flips;
pub mod forward_induction;
pub mod margins;
mod moving;
pub mod outcomes;
mod plan;
pub mod play;
mod profiles;
pub mod record;
pub mod register;
pub mod replies;
pub mod stakes;
mod symbols;
pub mod thresholds;
mod turn;
pub mod values;
pub mod visibility;
