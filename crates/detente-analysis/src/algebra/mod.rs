//! Algebra over the rationals: how a quantity moves with one parameter, or with all of them.

mod polynomial;
mod rational_function;
mod ring;
mod roots;
mod series;
mod terms;

pub use polynomial::Polynomial;
pub use rational_function::RationalFunction;
pub use ring::Ring;
pub use roots::{Algebraic, Root, apart, roots_between, separate};
pub use series::Series;
pub use terms::{Powers, Quotient, Terms};
