//! The numbers a tableau can be made of: fractions for answers, doubles for a guess at the final
//! basis, which is then checked with fractions.

use detente_game::Rational;
use std::cmp::Ordering;
use std::fmt::Debug;

pub(crate) trait Scalar: Clone + Debug {
    fn of(value: &Rational) -> Self;
    fn zero() -> Self;
    fn sign(&self) -> Ordering;
    /// Whether an entry that was computed should be dropped as zero.
    fn vanishes(&self) -> bool;
    /// Whether an entry is large enough to divide by.
    fn can_divide(&self) -> bool;
    fn negative(&self) -> Self;
    fn times(&self, other: &Self) -> Self;
    fn over(&self, other: &Self) -> Self;
    /// `self -= factor * amount`.
    fn subtract_product(&mut self, factor: &Self, amount: &Self);
    fn is_larger(&self, other: &Self) -> bool;
    /// Compares `a / p` with `b / q` for positive `p` and `q`.
    fn compare_ratios(a: &Self, p: &Self, b: &Self, q: &Self) -> Ordering;
    /// How many pivots a program may take before this kind of number gives up.
    fn patience(size: usize) -> u64;

    fn is_nothing(&self) -> bool {
        self.sign() == Ordering::Equal
    }
}

impl Scalar for Rational {
    fn of(value: &Rational) -> Self {
        value.clone()
    }
    fn zero() -> Self {
        Self::ZERO
    }
    fn sign(&self) -> Ordering {
        if self.is_zero() {
            Ordering::Equal
        } else if self.is_negative() {
            Ordering::Less
        } else {
            Ordering::Greater
        }
    }
    fn vanishes(&self) -> bool {
        self.is_zero()
    }
    fn can_divide(&self) -> bool {
        !self.is_zero()
    }
    fn negative(&self) -> Self {
        -self
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, other: &Self) -> Self {
        self / other
    }
    fn subtract_product(&mut self, factor: &Self, amount: &Self) {
        *self -= factor * amount;
    }
    fn is_larger(&self, other: &Self) -> bool {
        self.abs() > other.abs()
    }
    fn compare_ratios(a: &Self, p: &Self, b: &Self, q: &Self) -> Ordering {
        if a.is_zero() && b.is_zero() {
            return Ordering::Equal;
        }
        (a * q).cmp(&(b * p))
    }
    fn patience(_: usize) -> u64 {
        u64::MAX
    }
}

/// Below this a double counts as zero.
const NEGLIGIBLE: f64 = 1e-9;
/// Below this a computed entry is dropped.
const DUST: f64 = 1e-12;
/// Below this an entry is no pivot.
const LEAST_PIVOT: f64 = 1e-7;

impl Scalar for f64 {
    fn of(value: &Rational) -> Self {
        value.to_f64()
    }
    fn zero() -> Self {
        0.0
    }
    fn sign(&self) -> Ordering {
        if self.abs() < NEGLIGIBLE || self.is_nan() {
            Ordering::Equal
        } else if *self < 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        }
    }
    fn vanishes(&self) -> bool {
        self.abs() < DUST
    }
    fn can_divide(&self) -> bool {
        self.abs() >= LEAST_PIVOT
    }
    fn negative(&self) -> Self {
        -self
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, other: &Self) -> Self {
        self / other
    }
    fn subtract_product(&mut self, factor: &Self, amount: &Self) {
        *self -= factor * amount;
    }
    fn is_larger(&self, other: &Self) -> bool {
        self.abs() > other.abs()
    }
    fn compare_ratios(a: &Self, p: &Self, b: &Self, q: &Self) -> Ordering {
        let (left, right) = (a / p, b / q);
        if (left - right).abs() <= NEGLIGIBLE * (1.0 + left.abs()) {
            return Ordering::Equal;
        }
        left.total_cmp(&right)
    }
    fn patience(size: usize) -> u64 {
        1000 + 20 * size as u64
    }
}
