//! Gambit's extensive form files, "EFG 2 R" (McKelvey, McLennan and Turocy, *Gambit: Software
//! Tools for Game Theory*, appendix on file formats).

mod read;
mod write;

pub use read::read_efg;
pub use write::{EfgOptions, write_efg};

#[cfg(test)]
pub(super) mod tests;
