//! Quotients of polynomials in one variable, always in lowest terms.

use super::Polynomial;
use detente_game::Rational;

/// A quotient of polynomials without common factor; the denominator's leading coefficient is 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RationalFunction {
    numerator: Polynomial,
    denominator: Polynomial,
}

impl RationalFunction {
    /// A number.
    #[must_use]
    pub fn constant(value: Rational) -> Self {
        Self::polynomial(Polynomial::constant(value))
    }

    /// The variable itself.
    #[must_use]
    pub fn variable() -> Self {
        Self::polynomial(Polynomial::variable())
    }

    /// A polynomial.
    #[must_use]
    pub fn polynomial(numerator: Polynomial) -> Self {
        Self { numerator, denominator: Polynomial::constant(Rational::ONE) }
    }

    fn reduced(numerator: Polynomial, denominator: Polynomial) -> Self {
        let (mut numerator, mut denominator) = (numerator, denominator);
        if denominator.degree().is_some_and(|degree| degree > 0) {
            let common = numerator.gcd(&denominator);
            if common.degree().is_some_and(|degree| degree > 0) {
                numerator = numerator.div_rem(&common).0;
                denominator = denominator.div_rem(&common).0;
            }
        }
        let lead = denominator.leading();
        if !lead.is_one() {
            let inverse = Rational::ONE / lead;
            numerator = numerator.scale(&inverse);
            denominator = denominator.scale(&inverse);
        }
        Self { numerator, denominator }
    }

    /// The numerator; its sign is the function's wherever the denominator is positive.
    #[must_use]
    pub fn numerator(&self) -> &Polynomial {
        &self.numerator
    }

    /// The denominator.
    #[must_use]
    pub fn denominator(&self) -> &Polynomial {
        &self.denominator
    }

    /// Its value, if it does not depend on the variable.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        self.denominator.degree().is_some_and(|d| d == 0).then(|| self.numerator.as_constant())?
    }

    /// Whether it is zero everywhere.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    fn is_polynomial(&self) -> bool {
        self.denominator.degree() == Some(0)
    }

    /// The value at a point; `None` at a pole.
    #[must_use]
    pub fn at(&self, point: &Rational) -> Option<Rational> {
        self.numerator.at(point).checked_div(&self.denominator.at(point))
    }

    /// A polynomial with the function's sign wherever it is defined.
    #[must_use]
    pub fn sign_polynomial(&self) -> Polynomial {
        if self.is_polynomial() {
            self.numerator.clone()
        } else {
            self.numerator.mul(&self.denominator)
        }
    }

    /// Sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        self.cross(other, Polynomial::add)
    }

    /// Difference.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.cross(other, Polynomial::sub)
    }

    fn cross(&self, other: &Self, op: impl Fn(&Polynomial, &Polynomial) -> Polynomial) -> Self {
        if self.denominator == other.denominator {
            let numerator = op(&self.numerator, &other.numerator);
            return if self.is_polynomial() {
                Self::polynomial(numerator)
            } else {
                Self::reduced(numerator, self.denominator.clone())
            };
        }
        let left = self.numerator.mul(&other.denominator);
        let right = other.numerator.mul(&self.denominator);
        Self::reduced(op(&left, &right), self.denominator.mul(&other.denominator))
    }

    /// Product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        let numerator = self.numerator.mul(&other.numerator);
        if self.is_polynomial() && other.is_polynomial() {
            return Self::polynomial(numerator);
        }
        Self::reduced(numerator, self.denominator.mul(&other.denominator))
    }

    /// Quotient; `None` if the divisor is zero everywhere.
    #[must_use]
    pub fn div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        Some(Self::reduced(
            self.numerator.mul(&divisor.denominator),
            self.denominator.mul(&divisor.numerator),
        ))
    }
}
