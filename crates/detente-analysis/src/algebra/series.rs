//! Power series in one variable, cut off, and the rational functions they come from.

use super::{Polynomial, RationalFunction, Ring};
use detente_game::Rational;

/// A power series of which the first `precision` coefficients are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    known: Polynomial,
    precision: usize,
}

impl Series {
    /// The series with these first coefficients.
    #[must_use]
    pub fn new(coefficients: Vec<Rational>, precision: usize) -> Self {
        Self { known: cut(&Polynomial::new(coefficients), precision), precision }
    }

    /// A rational function around `center`, as a series in the distance from it; `None` at a
    /// pole.
    #[must_use]
    pub fn of(function: &RationalFunction, center: &Rational, precision: usize) -> Option<Self> {
        let numerator = function.numerator().shifted(center);
        let denominator = function.denominator().shifted(center);
        let inverse = Rational::ONE.checked_div(&coefficient(&denominator, 0))?;
        let mut quotient: Vec<Rational> = Vec::with_capacity(precision);
        for k in 0..precision {
            let known: Rational =
                (0..k).map(|j| &quotient[j] * coefficient(&denominator, k - j)).sum();
            quotient.push((coefficient(&numerator, k) - known) * &inverse);
        }
        Some(Self::new(quotient, precision))
    }

    /// A coefficient that is known.
    #[must_use]
    pub fn coefficient(&self, power: usize) -> Rational {
        coefficient(&self.known, power)
    }

    /// The rational function of least degrees with these coefficients, as a function of the
    /// variable itself rather than the distance from `center`: Padé's approximant by Euclid's
    /// algorithm (von zur Gathen and Gerhard 2013, section 5.9). That the series goes on as the
    /// function does is a guess, to be proved by who uses it.
    #[must_use]
    pub fn rational(&self, center: &Rational) -> Option<RationalFunction> {
        let mut power = vec![Rational::ZERO; self.precision];
        power.push(Rational::ONE);
        let (mut above, mut rest) = (Polynomial::new(power), self.known.clone());
        let (mut before, mut factor) = (Polynomial::zero(), Polynomial::constant(Rational::ONE));
        while rest.degree().is_some_and(|degree| degree >= self.precision / 2) {
            let (quotient, next) = above.div_rem(&rest);
            (above, rest) = (rest, next);
            let next = before.sub(&quotient.mul(&factor));
            (before, factor) = (factor, next);
        }
        let back = -center;
        let function =
            |polynomial: &Polynomial| RationalFunction::polynomial(polynomial.shifted(&back));
        function(&rest).div(&function(&factor))
    }
}

impl Ring for Series {
    fn constant(value: Rational) -> Self {
        Self { known: Polynomial::constant(value), precision: usize::MAX }
    }

    fn is_zero(&self) -> bool {
        self.known.is_zero()
    }

    fn add(&self, other: &Self) -> Self {
        self.with(other, Polynomial::add)
    }

    fn sub(&self, other: &Self) -> Self {
        self.with(other, Polynomial::sub)
    }

    fn mul(&self, other: &Self) -> Self {
        self.with(other, Polynomial::mul)
    }
}

impl Series {
    fn with(&self, other: &Self, op: impl Fn(&Polynomial, &Polynomial) -> Polynomial) -> Self {
        let precision = self.precision.min(other.precision);
        Self { known: cut(&op(&self.known, &other.known), precision), precision }
    }
}

fn coefficient(polynomial: &Polynomial, power: usize) -> Rational {
    polynomial.coefficients().get(power).cloned().unwrap_or_default()
}

fn cut(polynomial: &Polynomial, precision: usize) -> Polynomial {
    let all = polynomial.coefficients();
    Polynomial::new(all[..all.len().min(precision)].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn polynomial(coefficients: &[i64]) -> RationalFunction {
        let coefficients = coefficients.iter().map(|c| Rational::int(*c)).collect();
        RationalFunction::polynomial(Polynomial::new(coefficients))
    }

    proptest! {
        #[test]
        fn a_rational_function_comes_back_from_its_series(
            above in prop::collection::vec(-9i64..10, 1..4),
            below in prop::collection::vec(-9i64..10, 1..4),
            center in (-5i64..5, 1i64..4),
        ) {
            let center = Rational::new(center.0, center.1);
            let Some(function) = polynomial(&above).div(&polynomial(&below)) else { return Ok(()) };
            let Some(series) = Series::of(&function, &center, 8) else { return Ok(()) };
            prop_assert_eq!(series.rational(&center), Some(function));
        }
    }
}
