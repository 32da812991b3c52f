//! Exact numbers: rationals that are small where they can be, and the enclosures of `approx`.

mod interval;
mod parse;
mod rational;

pub use interval::Interval;
pub use parse::{ParseRationalError, parse_literal};
pub use rational::Rational;
