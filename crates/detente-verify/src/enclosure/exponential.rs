//! The exponential function, enclosed by rationals: Taylor's series with its remainder on a small
//! argument, then repeated squaring.

use detente_game::Rational;
use detente_game::number::Interval;

/// Binary digits kept; rounding is outward.
const BITS: usize = 256;
/// Terms of the series; what is left out is below `2^-270 / 30!`, less than the digits kept.
const TERMS: i64 = 30;
/// Arguments beyond this are refused: `e^5000` needs no probability.
const LARGEST: i64 = 5_000;

/// The image of an interval; `None` if it is too far from 0.
pub(super) fn exp(of: &Interval) -> Option<Interval> {
    let low = at(&of.low)?.low;
    let high = at(&of.high)?.high;
    Some(Interval { low, high })
}

/// What encloses `e^x` for every `x` below those that are accepted.
pub(super) fn least() -> Interval {
    let high = at(&Rational::int(-LARGEST)).map_or(Rational::ONE, |one| one.high);
    Interval { low: Rational::ZERO, high }
}

/// `e^x` at one number.
fn at(x: &Rational) -> Option<Interval> {
    if x.abs() > Rational::int(LARGEST) {
        return None;
    }
    let mut halvings = 0;
    let mut small = x.clone();
    while small.abs() > Rational::new(1, 512) {
        small /= Rational::int(2);
        halvings += 1;
    }
    let mut result = series(&Interval::point(small).rounded(BITS));
    for _ in 0..halvings {
        result = result.mul(&result).rounded(BITS);
    }
    Some(result)
}

/// The series for an argument of at most 1/512 in size.
fn series(x: &Interval) -> Interval {
    let mut term = Interval::point(Rational::ONE);
    let mut sum = term.clone();
    for k in 1..TERMS {
        term = term.mul(x).scale(&Rational::new(1, k)).rounded(BITS);
        sum = sum.add(&term);
    }
    // Terms shrink by far more than half each, so what is left out is less than the last one.
    let rest = term.low.abs().max(term.high.abs());
    sum.add(&Interval { low: -&rest, high: rest }).rounded(BITS)
}

#[cfg(test)]
mod tests {
    use super::exp;
    use detente_game::Rational;
    use detente_game::number::{Interval, parse_literal};

    #[test]
    fn known_digits_are_enclosed_tightly() {
        // e, 1/e and e^50 to 40 digits (any table).
        for (x, digits) in [
            ("1", "2.718281828459045235360287471352662497757"),
            ("-1", "0.3678794411714423215955237701614608674458"),
            ("50", "5184705528587072464087.453322933485384827"),
        ] {
            let found = exp(&Interval::point(parse_literal(x).unwrap())).unwrap();
            let value = parse_literal(digits).unwrap();
            let close = &value * &Rational::int(10).pow(-37).unwrap();
            assert!(found.low <= &value + &close && &value - &close <= found.high, "{x}");
            assert!(found.width() < &value * &Rational::int(10).pow(-60).unwrap(), "{x}");
        }
        assert!(exp(&Interval::point(Rational::int(100_000))).is_none());
    }

    #[test]
    fn products_of_images_are_images_of_sums() {
        let third = Interval::point(Rational::new(1, 3));
        let cube = exp(&third).unwrap();
        let cube = cube.mul(&cube).mul(&cube);
        assert!(cube.intersection(&exp(&Interval::point(Rational::ONE)).unwrap()).is_some());
    }
}
