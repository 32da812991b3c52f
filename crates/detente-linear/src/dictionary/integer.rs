//! Integers of three widths for pivoting without fractions: short ones while they are enough,
//! wider ones when a result does not fit.

use dashu_base::{BitTest, Sign};
use dashu_int::IBig;
use std::cmp::Ordering;

/// What a table of integers can be made of.
pub(crate) trait Integer: Clone + Ord {
    /// A positive divisor, prepared for many divisions that leave no remainder.
    type Divisor;

    fn of(value: &IBig) -> Option<Self>;
    fn big(&self) -> IBig;
    fn order(&self) -> Ordering;
    fn negative(&self) -> Self;
    fn divisor(&self) -> Self::Divisor;
    /// `(a p - b c) / d`, which is a whole number; `None` if it does not fit.
    fn combine(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self::Divisor) -> Option<Self>;
    /// Compares `a q` with `b p`.
    fn compare_products(a: &Self, q: &Self, b: &Self, p: &Self) -> Ordering;
    /// About its size, to choose among possibilities that are all right.
    fn rough(&self) -> f64;

    fn is_zero(&self) -> bool {
        self.order() == Ordering::Equal
    }
}

/// An odd divisor's inverse modulo a power of two turns an exact division into a product
/// (Jebelean 1993).
pub(crate) struct Short {
    twos: u32,
    inverse: u64,
    most: u128,
}

impl Integer for i64 {
    type Divisor = Short;

    fn of(value: &IBig) -> Option<Self> {
        // The most negative number has no negative.
        Self::try_from(value.clone()).ok().filter(|value| *value != Self::MIN)
    }
    fn big(&self) -> IBig {
        IBig::from(*self)
    }
    fn order(&self) -> Ordering {
        self.cmp(&0)
    }
    fn negative(&self) -> Self {
        -self
    }
    fn divisor(&self) -> Short {
        let twos = self.trailing_zeros();
        let odd = self.unsigned_abs() >> twos;
        Short {
            twos,
            inverse: inverse(u128::from(odd)) as u64,
            most: u128::from(odd) * (i64::MAX as u128),
        }
    }
    fn combine(a: &Self, p: &Self, b: &Self, c: &Self, d: &Short) -> Option<Self> {
        let wide = |x: &Self, y: &Self| i128::from(*x) * i128::from(*y);
        let dividend = (wide(a, p) - wide(b, c)) >> d.twos;
        (dividend.unsigned_abs() <= d.most)
            .then(|| (dividend as u64).wrapping_mul(d.inverse) as Self)
    }
    fn compare_products(a: &Self, q: &Self, b: &Self, p: &Self) -> Ordering {
        (i128::from(*a) * i128::from(*q)).cmp(&(i128::from(*b) * i128::from(*p)))
    }
    fn rough(&self) -> f64 {
        *self as f64
    }
}

/// The inverse of an odd number modulo 2^128, by Newton's iteration: each round doubles the bits
/// that are right.
fn inverse(odd: u128) -> u128 {
    let mut found = odd;
    for _ in 0..6 {
        found = found.wrapping_mul(2u128.wrapping_sub(odd.wrapping_mul(found)));
    }
    found
}

pub(crate) struct Long {
    twos: u32,
    inverse: u128,
    value: u128,
}

/// A product of two 128-bit numbers: its upper and its lower half, in two's complement.
fn product(a: i128, b: i128) -> (i128, u128) {
    let (x, y) = (a.unsigned_abs(), b.unsigned_abs());
    let (x1, x0, y1, y0) = (x >> 64, x & LOW, y >> 64, y & LOW);
    let low = x0 * y0;
    let cross = x1 * y0 + (low >> 64);
    let other = x0 * y1 + (cross & LOW);
    let high = x1 * y1 + (cross >> 64) + (other >> 64);
    let low = (other << 64) | (low & LOW);
    if (a < 0) == (b < 0) {
        return (high as i128, low);
    }
    let (low, carry) = (!low).overflowing_add(1);
    ((!high).wrapping_add(u128::from(carry)) as i128, low)
}

const LOW: u128 = u64::MAX as u128;

impl Integer for i128 {
    type Divisor = Long;

    fn of(value: &IBig) -> Option<Self> {
        Self::try_from(value.clone()).ok().filter(|value| value.unsigned_abs() < 1 << 126)
    }
    fn big(&self) -> IBig {
        IBig::from(*self)
    }
    fn order(&self) -> Ordering {
        self.cmp(&0)
    }
    fn negative(&self) -> Self {
        -self
    }
    fn divisor(&self) -> Long {
        let twos = self.trailing_zeros();
        let value = self.unsigned_abs();
        Long { twos, inverse: inverse(value >> twos), value }
    }
    fn combine(a: &Self, p: &Self, b: &Self, c: &Self, d: &Long) -> Option<Self> {
        let (left, right) = (product(*a, *p), product(*b, *c));
        let (low, borrow) = left.1.overflowing_sub(right.1);
        // Entries are below 2^126, so halves of their products are far from overflowing.
        let high = left.0 - right.0 - Self::from(borrow);
        // The quotient is below 2^126 if the dividend is below 2^126 times the divisor.
        let short = high == (low as Self) >> 127 && (low as Self).unsigned_abs() < 1 << 126;
        if !short && high.unsigned_abs() + 1 > d.value >> 2 {
            return None;
        }
        let shifted = match d.twos {
            0 => low,
            twos => (low >> twos) | ((high as u128) << (128 - twos)),
        };
        Some(shifted.wrapping_mul(d.inverse) as Self)
    }
    fn compare_products(a: &Self, q: &Self, b: &Self, p: &Self) -> Ordering {
        product(*a, *q).cmp(&product(*b, *p))
    }
    fn rough(&self) -> f64 {
        *self as f64
    }
}

impl Integer for IBig {
    type Divisor = Self;

    fn of(value: &IBig) -> Option<Self> {
        Some(value.clone())
    }
    fn big(&self) -> IBig {
        self.clone()
    }
    fn order(&self) -> Ordering {
        self.cmp(&Self::ZERO)
    }
    fn negative(&self) -> Self {
        -self
    }
    fn divisor(&self) -> Self {
        self.clone()
    }
    fn combine(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self> {
        Some((a * p - b * c) / d)
    }
    fn compare_products(a: &Self, q: &Self, b: &Self, p: &Self) -> Ordering {
        (a * q).cmp(&(b * p))
    }
    fn rough(&self) -> f64 {
        let (sign, size) = self.clone().into_parts();
        let shift = size.bit_len().saturating_sub(64);
        let top = u64::try_from(size >> shift).unwrap_or(u64::MAX) as f64;
        let size = top * (shift as f64).exp2();
        if sign == Sign::Negative { -size } else { size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn agrees<T: Integer>(a: i128, p: i128, b: i128, c: i128) {
        let make = |value: i128| T::of(&IBig::from(value));
        let (Some(a), Some(p), Some(b), Some(c)) = (make(a), make(p), make(b), make(c)) else {
            return;
        };
        let exact = a.big() * p.big() - b.big() * c.big();
        for d in [1i128, 2, 3, 12, 1 << 40, 5 << 33, (1 << 89) - 1] {
            let Some(divisor) = make(d) else { continue };
            // The nearest dividend that the divisor divides: change `b c` by the remainder.
            if &exact % IBig::from(d) != IBig::ZERO {
                continue;
            }
            let quotient = &exact / IBig::from(d);
            let found = T::combine(&a, &p, &b, &c, &divisor.divisor());
            match found {
                Some(found) => assert_eq!(found.big(), quotient),
                None => assert!(quotient.bit_len() >= 62, "{quotient} fits"),
            }
        }
        assert_eq!(
            T::compare_products(&a, &p, &b, &c),
            (a.big() * p.big()).cmp(&(b.big() * c.big()))
        );
    }

    proptest! {
        #[test]
        fn widths_agree(a: i64, p: i64, b: i64, c: i64, up in 0u32..63, twos in 0u32..60) {
            let wide = |value: i64| i128::from(value) << up;
            agrees::<i64>((a >> 30).into(), (p >> 20).into(), (b >> 30).into(), (c >> 20).into());
            agrees::<i64>(a.into(), p.into(), b.into(), c.into());
            agrees::<i128>(wide(a), wide(p), wide(b), wide(c));
            agrees::<i128>(wide(a >> twos), 12, wide(b), (1 << 89) - 1);
        }

        /// `(x d) p - 0` divided by `d` is `x p` whatever `d`.
        #[test]
        fn divisions_are_exact(x: i64, p in -1000i64..1000, d in 1i64..i64::MAX) {
            let found = <i128 as Integer>::combine(
                &(i128::from(x >> 3) * i128::from(d >> 3 | 1)), &p.into(), &0, &0,
                &i128::from(d >> 3 | 1).divisor(),
            );
            assert_eq!(found, Some(i128::from(x >> 3) * i128::from(p)));
        }
    }

    #[test]
    fn rough_sizes() {
        assert_eq!(IBig::from(-12).rough(), -12.0);
        assert_eq!((IBig::from(3) << 200).rough(), 3.0 * 200f64.exp2());
    }
}
