//! What every algebra here can do.

use super::RationalFunction;
use detente_game::Rational;

/// Numbers, or functions, that can be added, subtracted and multiplied.
pub trait Ring: Clone {
    /// A number.
    fn constant(value: Rational) -> Self;

    /// Whether it is zero everywhere.
    fn is_zero(&self) -> bool;

    /// Sum.
    #[must_use]
    fn add(&self, other: &Self) -> Self;

    /// Difference.
    #[must_use]
    fn sub(&self, other: &Self) -> Self;

    /// Product.
    #[must_use]
    fn mul(&self, other: &Self) -> Self;

    /// Whether it has grown so long that it is of no use, and computing on would take too long.
    fn is_too_long(&self) -> bool {
        false
    }
}

impl Ring for RationalFunction {
    fn constant(value: Rational) -> Self {
        Self::constant(value)
    }

    fn is_zero(&self) -> bool {
        self.is_zero()
    }

    fn add(&self, other: &Self) -> Self {
        self.add(other)
    }

    fn sub(&self, other: &Self) -> Self {
        self.sub(other)
    }

    fn mul(&self, other: &Self) -> Self {
        self.mul(other)
    }
}
