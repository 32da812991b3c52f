//! Intervals that carry their slopes: automatic differentiation in interval arithmetic (Moore
//! 1966; Rall 1981). A jet over a box holds the value and every slope that a function takes there.

use detente_game::Rational;
use detente_game::number::Interval;

/// Binary digits kept at the ends of intervals; rounding is outward.
const BITS: usize = 192;

/// A value with its slopes along the free variables.
#[derive(Debug, Clone)]
pub(super) struct Jet {
    pub value: Interval,
    /// One per variable; empty for a constant.
    pub slope: Vec<Interval>,
}

fn zero() -> Interval {
    Interval::point(Rational::ZERO)
}

impl Jet {
    pub fn constant(value: Interval) -> Self {
        Self { value, slope: Vec::new() }
    }

    pub fn number(value: Rational) -> Self {
        Self::constant(Interval::point(value))
    }

    /// The variable `at` of `count`.
    pub fn variable(value: Interval, at: usize, count: usize) -> Self {
        let mut slope = vec![zero(); count];
        slope[at] = Interval::point(Rational::ONE);
        Self { value, slope }
    }

    pub fn is_zero(&self) -> bool {
        self.slope.is_empty() && self.value.low.is_zero() && self.value.high.is_zero()
    }

    pub fn add(&self, other: &Self) -> Self {
        let slope = match (self.slope.is_empty(), other.slope.is_empty()) {
            (true, _) => other.slope.clone(),
            (_, true) => self.slope.clone(),
            _ => self.slope.iter().zip(&other.slope).map(|(a, b)| a.add(b)).collect(),
        };
        Self { value: self.value.add(&other.value), slope }
    }

    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.scale(&-Rational::ONE))
    }

    pub fn scale(&self, factor: &Rational) -> Self {
        Self {
            value: self.value.scale(factor).rounded(BITS),
            slope: self.slope.iter().map(|slope| slope.scale(factor).rounded(BITS)).collect(),
        }
    }

    /// The jet times an interval.
    fn times(&self, factor: &Interval) -> Self {
        let product = |of: &Interval| of.mul(factor).rounded(BITS);
        Self { value: product(&self.value), slope: self.slope.iter().map(product).collect() }
    }

    pub fn mul(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self::constant(zero());
        }
        if self.slope.is_empty() {
            return other.times(&self.value);
        }
        let mut product = self.times(&other.value);
        if !other.slope.is_empty() {
            let others = other.times(&self.value).slope;
            product.slope = product.slope.iter().zip(&others).map(|(a, b)| a.add(b)).collect();
        }
        product
    }

    /// Quotient; `None` if the divisor may be zero.
    pub fn div(&self, other: &Self) -> Option<Self> {
        let inverse = Interval::point(Rational::ONE).div(&other.value)?.rounded(BITS);
        let quotient = self.value.mul(&inverse).rounded(BITS);
        // (a / b)' = (a' - (a / b) b') / b
        let slope = self.sub(&other.times(&quotient)).times(&inverse).slope;
        Some(Self { value: quotient, slope })
    }

    /// The exponential function.
    pub fn exp(&self) -> Option<Self> {
        let value = super::exponential::exp(&self.value)?;
        let slope = self.slope.iter().map(|slope| slope.mul(&value).rounded(BITS)).collect();
        Some(Self { value, slope })
    }
}

/// The sum of jets.
pub(super) fn sum<'a>(jets: impl Iterator<Item = &'a Jet>) -> Jet {
    jets.fold(Jet::constant(zero()), |sum, jet| sum.add(jet))
}
