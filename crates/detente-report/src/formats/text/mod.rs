//! Terminal screens, one file each.

pub mod beliefs;
pub mod check;
pub mod comparison;
mod continuum;
pub mod correlated;
pub mod dominance;
pub mod enclosed;
pub mod ensemble;
mod off_path;
pub mod qre;
pub mod sensitivity;
pub mod solve;
pub mod tree;
pub mod why;
pub mod words;

pub(crate) use words::certificate as certificate_words;
