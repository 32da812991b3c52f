//! Rational numbers with a small front.
//!
//! Nearly all numbers of a scenario fit in 64 bits; those are kept inline and computed in
//! `i128`. A result that does not fit is promoted to `dashu_ratio::RBig`, and demoted when it
//! fits again, so that equal numbers always have equal representations (`Eq` and `Hash` are
//! structural).

use dashu_base::{BitTest, Sign, Signed};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// An exact rational number in lowest terms.
///
/// ```
/// use detente_game::Rational;
/// let third = Rational::new(1, 3);
/// assert_eq!(&third + &Rational::new(1, 6), Rational::new(1, 2));
/// assert_eq!(third.to_string(), "1/3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

/// Denominators are positive and coprime to the numerator. `Big` holds only what `Small` cannot.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small { numer: i64, denom: i64 },
    Big(Box<RBig>),
}

use Repr::{Big, Small};

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd64(small_a, small_b));
        }
        (a, b) = (b, a % b);
    }
    a
}

/// Stein's algorithm: shifts and differences are several times faster than divisions.
fn gcd64(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
    }
    a << twos
}

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self(Small { numer: 0, denom: 1 });
    /// One.
    pub const ONE: Self = Self(Small { numer: 1, denom: 1 });

    /// The fraction `numer / denom`.
    ///
    /// # Panics
    /// If `denom` is zero. Use [`Rational::checked_div`] for untrusted divisors.
    #[must_use]
    pub fn new(numer: i64, denom: i64) -> Self {
        assert!(denom != 0, "a fraction's denominator must not be zero");
        Self::from_i128(i128::from(numer), i128::from(denom))
    }

    /// The integer `value`.
    #[must_use]
    pub const fn int(value: i64) -> Self {
        Self(Small { numer: value, denom: 1 })
    }

    /// Reduces and stores `numer / denom`; `denom` is not zero and neither is `i128::MIN`.
    fn from_i128(mut numer: i128, mut denom: i128) -> Self {
        if denom < 0 {
            (numer, denom) = (-numer, -denom);
        }
        if denom != 1 {
            let common = gcd(numer.unsigned_abs(), denom.unsigned_abs()) as i128;
            if common > 1 {
                (numer, denom) = (numer / common, denom / common);
            }
        }
        match (i64::try_from(numer), i64::try_from(denom)) {
            (Ok(numer), Ok(denom)) => Self(Small { numer, denom }),
            _ => Self(Big(Box::new(RBig::from_parts(
                IBig::from(numer),
                UBig::from(denom.unsigned_abs()),
            )))),
        }
    }

    fn from_big(value: RBig) -> Self {
        match (i64::try_from(value.numerator().clone()), i64::try_from(value.denominator().clone()))
        {
            (Ok(numer), Ok(denom)) => Self(Small { numer, denom }),
            _ => Self(Big(Box::new(value))),
        }
    }

    fn to_big(&self) -> RBig {
        match &self.0 {
            Small { numer, denom } => {
                RBig::from_parts(IBig::from(*numer), UBig::from(denom.unsigned_abs()))
            }
            Big(value) => (**value).clone(),
        }
    }

    /// The fraction of two decimal integer texts' values, exactly; `None` if `denom` is zero or
    /// a text is not an integer.
    #[must_use]
    pub fn from_integer_texts(numer: &str, denom: &str) -> Option<Self> {
        let numer: IBig = numer.parse().ok()?;
        let denom: IBig = denom.parse().ok()?;
        if denom == IBig::ZERO {
            return None;
        }
        let (sign, magnitude) = denom.into_parts();
        let numer = if sign == Sign::Negative { -numer } else { numer };
        Some(Self::from_big(RBig::from_parts(numer, magnitude)))
    }

    /// The exact value of a finite double; `None` for infinities and not-a-number.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        RBig::try_from(value).ok().map(Self::from_big)
    }

    /// `self / divisor`, or `None` if `divisor` is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() { None } else { Some(self / divisor) }
    }

    /// Whether this is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small { numer: 0, .. })
    }

    /// Whether this is one.
    #[must_use]
    pub fn is_one(&self) -> bool {
        matches!(self.0, Small { numer: 1, denom: 1 })
    }

    /// Whether this is greater than zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        match &self.0 {
            Small { numer, .. } => *numer > 0,
            Big(value) => value.is_positive(),
        }
    }

    /// Whether this is less than zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small { numer, .. } => *numer < 0,
            Big(value) => value.is_negative(),
        }
    }

    /// Whether this is an integer.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small { denom, .. } => *denom == 1,
            Big(value) => value.denominator().is_one(),
        }
    }

    /// The value as `i64`, if it is an integer that fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Small { numer, denom: 1 } => Some(*numer),
            _ => None,
        }
    }

    /// How many bits numerator and denominator take together, about.
    #[must_use]
    pub fn bits(&self) -> usize {
        match &self.0 {
            Small { numer, denom } => {
                (128 - numer.unsigned_abs().leading_zeros() - denom.leading_zeros()) as usize
            }
            Big(value) => value.numerator().bit_len() + value.denominator().bit_len(),
        }
    }

    /// Numerator and denominator if both fit in 64 bits.
    #[must_use]
    pub fn small_parts(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Small { numer, denom } => Some((*numer, *denom)),
            Big(_) => None,
        }
    }

    /// Numerator and denominator as decimal texts.
    #[must_use]
    pub fn parts_as_text(&self) -> (String, String) {
        match &self.0 {
            Small { numer, denom } => (numer.to_string(), denom.to_string()),
            Big(value) => (value.numerator().to_string(), value.denominator().to_string()),
        }
    }

    /// Numerator and denominator as big integers, the denominator positive.
    #[must_use]
    pub fn big_parts(&self) -> (IBig, UBig) {
        let big = self.to_big();
        big.into_parts()
    }

    /// The fraction of two big integers; `denom` must be positive.
    ///
    /// # Panics
    /// If `denom` is zero.
    #[must_use]
    pub fn from_big_parts(numer: IBig, denom: UBig) -> Self {
        Self::from_big(RBig::from_parts(numer, denom))
    }

    /// The nearest double, for drawing and for display only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Small { numer, denom } => *numer as f64 / *denom as f64,
            Big(value) => value.to_f64().value(),
        }
    }

    /// Absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// `self` to an integer power; `None` for zero to a negative power.
    #[must_use]
    pub fn pow(&self, exponent: i32) -> Option<Self> {
        if exponent < 0 {
            return Self::ONE.checked_div(&self.pow(exponent.checked_neg()?)?);
        }
        let mut result = Self::ONE;
        let mut square = self.clone();
        let mut left = exponent as u32;
        while left > 0 {
            if left & 1 == 1 {
                result *= &square;
            }
            left >>= 1;
            if left > 0 {
                square = &square * &square;
            }
        }
        Some(result)
    }

    /// The greatest integer not above this.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Small { numer, denom } => Self::int(numer.div_euclid(*denom)),
            Big(value) => Self::from_big(RBig::from(value.floor())),
        }
    }

    /// The least integer not below this.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -&(-self).floor()
    }

    /// The greatest number of at most `bits` binary digits (besides a power of 2) that is not above
    /// this one.
    #[must_use]
    pub fn round_down(&self, bits: usize) -> Self {
        if self.bits() <= bits {
            return self.clone();
        }
        let (numer, denom) = self.big_parts();
        let places = numer.bit_len() as i64 - denom.bit_len() as i64;
        let shift = bits as i64 - places;
        let Ok(exponent) = i32::try_from(shift) else { return self.clone() };
        let Some(scale) = Self::int(2).pow(exponent) else { return self.clone() };
        (self * &scale).floor() / scale
    }

    /// A decimal text with at most `places` digits after the point, rounded half away from zero
    /// from the exact value, without trailing zeros.
    #[must_use]
    pub fn to_decimal(&self, places: u32) -> String {
        let scale = Self::int(10).pow(places as i32).unwrap_or(Self::ONE);
        let scaled = &self.abs() * &scale;
        let rounded = (&scaled + &Self::new(1, 2)).floor();
        let (digits, _) = rounded.parts_as_text();
        let width = places as usize + 1;
        let digits = format!("{digits:0>width$}");
        let (whole, fraction) = digits.split_at(digits.len() - places as usize);
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.is_negative() && !rounded.is_zero() { "-" } else { "" };
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }
}

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Self::int(value)
    }
}

impl From<i128> for Rational {
    fn from(value: i128) -> Self {
        match i64::try_from(value) {
            Ok(value) => Self::int(value),
            Err(_) => Self(Big(Box::new(RBig::from(IBig::from(value))))),
        }
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numer, denom) = self.parts_as_text();
        if denom == "1" { out.pad(&numer) } else { out.pad(&format!("{numer}/{denom}")) }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Serialize for Rational {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rational {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small { numer: a, denom: b }, Small { numer: c, denom: d }) => {
                if b == d {
                    return a.cmp(c);
                }
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

/// Adds `a/b + sign * c/d` in `i128`; the products of 64-bit parts cannot overflow their sum.
fn add_small(a: i64, b: i64, c: i64, d: i64, subtract: bool) -> Rational {
    let (a, b, d) = (i128::from(a), i128::from(b), i128::from(d));
    let c = if subtract { -i128::from(c) } else { i128::from(c) };
    if b == d {
        if b == 1 {
            return match i64::try_from(a + c) {
                Ok(sum) => Rational::int(sum),
                Err(_) => Rational::from_i128(a + c, 1),
            };
        }
        return Rational::from_i128(a + c, b);
    }
    // |a d| and |c b| are at most 2^63 (2^63 - 1), so the sum stays below 2^127.
    Rational::from_i128(a * d + c * b, b * d)
}

fn add(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Small { numer: a, denom: b }, Small { numer: c, denom: d }) => {
            add_small(*a, *b, *c, *d, false)
        }
        _ => Rational::from_big(left.to_big() + right.to_big()),
    }
}

fn sub(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Small { numer: a, denom: b }, Small { numer: c, denom: d }) => {
            add_small(*a, *b, *c, *d, true)
        }
        _ => Rational::from_big(left.to_big() - right.to_big()),
    }
}

fn mul(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Small { numer: a, denom: b }, Small { numer: c, denom: d }) => {
            Rational::from_i128(i128::from(*a) * i128::from(*c), i128::from(*b) * i128::from(*d))
        }
        _ => Rational::from_big(left.to_big() * right.to_big()),
    }
}

fn div(left: &Rational, right: &Rational) -> Rational {
    assert!(!right.is_zero(), "division of a rational by zero");
    match (&left.0, &right.0) {
        (Small { numer: a, denom: b }, Small { numer: c, denom: d }) => {
            Rational::from_i128(i128::from(*a) * i128::from(*d), i128::from(*b) * i128::from(*c))
        }
        _ => Rational::from_big(left.to_big() / right.to_big()),
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $assign:ident $assign_method:ident $function:ident),*) => {$(
        impl $trait<&Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational { $function(self, other) }
        }
        impl $trait<Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational { $function(&self, &other) }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational { $function(&self, other) }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational { $function(self, &other) }
        }
        impl $assign<&Rational> for Rational {
            fn $assign_method(&mut self, other: &Rational) { *self = $function(self, other); }
        }
        impl $assign<Rational> for Rational {
            fn $assign_method(&mut self, other: Rational) { *self = $function(self, &other); }
        }
    )*};
}

operators!(
    Add add AddAssign add_assign add,
    Sub sub SubAssign sub_assign sub,
    Mul mul MulAssign mul_assign mul,
    Div div DivAssign div_assign div
);

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        match &self.0 {
            Small { numer, denom } => Rational::from_i128(-i128::from(*numer), i128::from(*denom)),
            Big(value) => Rational::from_big(-(**value).clone()),
        }
    }
}

impl Neg for Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        -&self
    }
}

impl std::iter::Sum for Rational {
    fn sum<I: Iterator<Item = Rational>>(items: I) -> Self {
        items.fold(Self::ZERO, |total, item| total + item)
    }
}

impl<'a> std::iter::Sum<&'a Rational> for Rational {
    fn sum<I: Iterator<Item = &'a Rational>>(items: I) -> Self {
        items.fold(Self::ZERO, |total, item| total + item)
    }
}
