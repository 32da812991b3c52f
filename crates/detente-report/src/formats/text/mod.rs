//! Terminal screens, one file each.

pub mod assumptions;
pub mod beliefs;
pub mod check;
pub mod compare;
pub mod comparison;
pub(crate) mod continuum;
pub mod correlated;
pub mod dominance;
pub mod enclosed;
pub mod ensemble;
pub(crate) mod off_path;
pub mod qre;
pub mod questions;
pub mod record;
pub mod region_map;
pub mod sensitivity;
pub mod solve;
pub mod thresholds;
pub mod tree;
pub mod value;
pub mod what_if;
pub mod why;
pub mod words;

pub(crate) use words::certificate as certificate_words;
