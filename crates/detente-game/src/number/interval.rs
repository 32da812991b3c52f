//! Enclosures for `approx( )`: an interval of rationals that certainly holds the real value.

use super::Rational;
use serde::{Deserialize, Serialize};

/// A closed interval of rationals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: Rational,
    /// Upper end, not below the lower.
    pub high: Rational,
}

impl Interval {
    /// The interval that holds one number only.
    #[must_use]
    pub fn point(value: Rational) -> Self {
        Self { low: value.clone(), high: value }
    }

    /// The smallest interval that holds all of `values`; `None` if there are none.
    #[must_use]
    pub fn hull(values: &[Rational]) -> Option<Self> {
        Some(Self { low: values.iter().min()?.clone(), high: values.iter().max()?.clone() })
    }

    /// Whether the interval is one number.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// The number in the middle.
    #[must_use]
    pub fn middle(&self) -> Rational {
        (&self.low + &self.high) / Rational::int(2)
    }

    /// Sum of two intervals.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        Self { low: &self.low + &other.low, high: &self.high + &other.high }
    }

    /// Difference of two intervals.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        Self { low: &self.low - &other.high, high: &self.high - &other.low }
    }

    /// Product of two intervals.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        self.over_ends(other, |a, b| a * b)
    }

    /// Quotient; `None` if the divisor may be zero.
    #[must_use]
    pub fn div(&self, other: &Self) -> Option<Self> {
        if !other.low.is_positive() && !other.high.is_negative() {
            return None;
        }
        Some(self.over_ends(other, |a, b| a / b))
    }

    fn over_ends(&self, other: &Self, op: impl Fn(&Rational, &Rational) -> Rational) -> Self {
        let ends = [
            op(&self.low, &other.low),
            op(&self.low, &other.high),
            op(&self.high, &other.low),
            op(&self.high, &other.high),
        ];
        let [a, b, c, d] = &ends;
        Self { low: a.min(b).min(c).min(d).clone(), high: a.max(b).max(c).max(d).clone() }
    }
}
