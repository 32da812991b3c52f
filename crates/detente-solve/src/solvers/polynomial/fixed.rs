//! Intervals with integer ends at fixed scales: quick, and rounded outward, so that what they
//! exclude is excluded for certain.

use detente_game::Rational;
use detente_game::number::Interval;

/// Probabilities are multiples of `2^-PROBABILITY`.
pub(super) const PROBABILITY: u32 = 30;
/// Differences of worth, each scaled to at most 1 in size, are multiples of `2^-WORTH`.
pub(super) const WORTH: u32 = 40;
/// Probability 1.
pub(super) const ONE: i64 = 1 << PROBABILITY;

/// An interval at either scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub low: i64,
    pub high: i64,
}

impl Span {
    pub fn point(value: i64) -> Self {
        Self { low: value, high: value }
    }

    pub fn width(self) -> i64 {
        self.high - self.low
    }

    pub fn widened(self, more: i64) -> Self {
        Self { low: self.low - more, high: self.high + more }
    }

    /// What two spans share; its ends are in the wrong order if that is nothing.
    pub fn shared(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    pub fn is_part_of(self, other: Self) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    pub fn holds_zero(self) -> bool {
        self.low <= 0 && 0 <= self.high
    }

    /// A worth between -1 and 1, enclosed.
    pub fn worth(value: &Rational) -> Self {
        let scaled = value * &Rational::int(1 << WORTH);
        let whole = |value: Rational| value.to_i64().expect("a worth of at most 1 at the scale");
        Self { low: whole(scaled.floor()), high: whole(scaled.ceil()) }
    }

    /// A span of probabilities as fractions.
    pub fn probability(self) -> Interval {
        let fraction = |value: i64| Rational::new(value, ONE);
        Interval { low: fraction(self.low), high: fraction(self.high) }
    }
}

/// Quotient by a power of 2, rounded down.
pub(super) fn down(value: i128, bits: u32) -> i64 {
    (value >> bits) as i64
}

/// Quotient by a power of 2, rounded up.
pub(super) fn up(value: i128, bits: u32) -> i64 {
    -((-value) >> bits) as i64
}

/// The least and the greatest mean of uncertain values whose weights lie in spans and add up to 1.
///
/// A linear program over a box and one equation: weights beyond their least go to the least (or
/// greatest) values first. `None` if no weights add up to 1.
pub(super) fn mean(weights: &[Span], values: impl Fn(usize) -> Span) -> Option<Span> {
    let least: i64 = weights.iter().map(|weight| weight.low).sum();
    let most: i64 = weights.iter().map(|weight| weight.high).sum();
    if least > ONE || most < ONE {
        return None;
    }
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let fixed = |at: usize, low: bool| {
        let (weight, value) = (i128::from(weights[at].low), values(at));
        // A weight that may be negative takes the other end of the value.
        let end = if low == (weight >= 0) { value.low } else { value.high };
        weight * i128::from(end)
    };
    let mut spread = |low: bool| -> i128 {
        order.sort_by_key(|at| if low { values(*at).low } else { -values(*at).high });
        let mut left = ONE - least;
        let mut sum: i128 = (0..weights.len()).map(|at| fixed(at, low)).sum();
        for at in &order {
            let share = left.min(weights[*at].width());
            let end = if low { values(*at).low } else { values(*at).high };
            sum += i128::from(share) * i128::from(end);
            left -= share;
        }
        sum
    };
    let (low, high) = (spread(true), spread(false));
    Some(Span { low: down(low, PROBABILITY), high: up(high, PROBABILITY) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_extreme_over_the_simplex() {
        let any = [Span { low: 0, high: ONE }; 3];
        let values = [-5, 7, 2].map(Span::point);
        assert_eq!(mean(&any, |at| values[at]), Some(Span { low: -5, high: 7 }));
        let half = [Span { low: ONE / 2, high: ONE }, Span { low: 0, high: ONE }];
        let values = [10, 20].map(Span::point);
        assert_eq!(mean(&half, |at| values[at]), Some(Span { low: 10, high: 15 }));
        assert_eq!(mean(&[Span { low: 0, high: ONE / 2 }], |_| Span::point(0)), None);
    }

    #[test]
    fn rounding_is_outward() {
        assert_eq!((down(-3, 1), up(-3, 1), down(3, 1), up(3, 1)), (-2, -1, 1, 2));
        let third = Span::worth(&Rational::new(1, 3));
        assert_eq!(third.high - third.low, 1);
    }
}
