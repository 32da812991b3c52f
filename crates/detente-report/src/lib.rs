//! Findings as pages. Numbers come from `detente-analysis`, verdicts from `detente-verify`; what
//! stands here chooses words and places for them and computes nothing of its own.
//!
//! Prose comes from [`sentences`] only: every sentence is a template whose fact is checked again,
//! exactly, before it is written.
#![deny(missing_docs)]

pub mod cards;
pub mod course;
pub mod drawing;
pub mod formats;
pub mod formulas;
pub mod look;
pub mod maps;
pub mod numbers;
pub mod plans;
pub mod question;
pub mod record;
pub mod sentences;
pub mod strategies;
pub mod value;
pub mod variant;
