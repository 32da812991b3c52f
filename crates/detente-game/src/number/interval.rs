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
        if !self.low.is_negative() && !other.low.is_negative() {
            return Self { low: &self.low * &other.low, high: &self.high * &other.high };
        }
        self.over_ends(other, |a, b| a * b)
    }

    /// The interval mirrored at 0.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { low: -&self.high, high: -&self.low }
    }

    /// Product with a number.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        let (one, other) = (&self.low * factor, &self.high * factor);
        if factor.is_negative() {
            Self { low: other, high: one }
        } else {
            Self { low: one, high: other }
        }
    }

    /// Whether a number lies in the interval.
    #[must_use]
    pub fn contains(&self, value: &Rational) -> bool {
        self.low <= *value && *value <= self.high
    }

    /// Whether all of the interval lies in another, its ends not among the other's.
    #[must_use]
    pub fn is_inside(&self, other: &Self) -> bool {
        other.low < self.low && self.high < other.high
    }

    /// Whether all of the interval lies in another.
    #[must_use]
    pub fn is_part_of(&self, other: &Self) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    /// What two intervals share; `None` if nothing.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let low = (&self.low).max(&other.low).clone();
        let high = (&self.high).min(&other.high).clone();
        (low <= high).then_some(Self { low, high })
    }

    /// Length of the interval.
    #[must_use]
    pub fn width(&self) -> Rational {
        &self.high - &self.low
    }

    /// An interval that holds this one, with ends of at most `bits` binary digits: what keeps long
    /// computations short.
    #[must_use]
    pub fn rounded(&self, bits: usize) -> Self {
        Self { low: self.low.round_down(bits), high: -(-&self.high).round_down(bits) }
    }

    /// The fraction of the interval with the least denominator, and of these the least numerator
    /// in size (Stern and Brocot).
    ///
    /// ```
    /// use detente_game::number::{Interval, Rational};
    /// let near = Interval { low: Rational::new(333, 1000), high: Rational::new(334, 1000) };
    /// assert_eq!(near.simplest(), Rational::new(1, 3));
    /// ```
    #[must_use]
    pub fn simplest(&self) -> Rational {
        if self.high.is_negative() {
            return -self.neg().simplest();
        }
        if !self.low.is_positive() {
            return Rational::ZERO;
        }
        let whole = self.low.floor();
        if whole == self.low {
            return whole;
        }
        if &whole + &Rational::ONE <= self.high {
            return whole + Rational::ONE;
        }
        // Both ends have the same whole part, so their rests are positive.
        let rest = Self {
            low: Rational::ONE / (&self.high - &whole),
            high: Rational::ONE / (&self.low - &whole),
        };
        whole + Rational::ONE / rest.simplest()
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_interval() -> impl Strategy<Value = Interval> {
        ((-2000_i64..2000), (1_i64..500), (0_i64..900), (1_i64..500)).prop_map(|(a, b, c, d)| {
            let low = Rational::new(a, b);
            let high = &low + &Rational::new(c, d);
            Interval { low, high }
        })
    }

    proptest! {
        #[test]
        fn the_simplest_fraction_is_inside_and_none_is_simpler(interval in any_interval()) {
            let found = interval.simplest();
            prop_assert!(interval.contains(&found));
            let (_, denom) = found.small_parts().unwrap();
            for smaller in 1..denom.min(60) {
                let at = (&interval.low * &Rational::int(smaller)).ceil();
                prop_assert!(at / Rational::int(smaller) > interval.high);
            }
        }

        #[test]
        fn rounding_is_outward_and_close(interval in any_interval(), bits in 4_usize..40) {
            let rounded = interval.rounded(bits);
            prop_assert!(interval.is_part_of(&rounded));
            let most = interval.low.abs().max(interval.high.abs());
            let unit = Rational::int(2).pow(2 - bits as i32).unwrap();
            prop_assert!(rounded.width() - interval.width() <= most * unit);
        }

        #[test]
        fn products_hold_the_products(a in any_interval(), b in any_interval()) {
            let product = a.mul(&b);
            prop_assert!(product.contains(&(a.middle() * b.middle())));
            prop_assert!(product.contains(&(&a.low * &b.high)));
        }
    }
}
