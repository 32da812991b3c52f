//! Findings: what follows from a verified equilibrium, and at which values of the parameters it
//! would stop following.
//!
//! The input is an [`Equilibrium`](detente_verify::Equilibrium), which only the judge makes;
//! everything here is a statement about its numbers, exact unless a name says otherwise. The
//! crate writes no prose: sentences are made in `detente-report`, each from one of these findings.
#![deny(missing_docs)]

pub mod algebra;
pub mod analyses;
pub mod lints;
pub mod names;

pub use analyses::beliefs::{MessageBelief, after_messages};
pub use analyses::flips::{AxisFlips, Flip, Flips, Side};
pub use analyses::margins::tightest;
pub use analyses::outcomes::{OutcomeShare, outcome_shares};
pub use analyses::play::Play;
