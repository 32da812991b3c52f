//! Univariate algebra over the rationals: how a quantity moves with one parameter.

mod polynomial;
mod rational_function;
mod roots;

pub use polynomial::Polynomial;
pub use rational_function::RationalFunction;
pub use roots::{Root, roots_between};
