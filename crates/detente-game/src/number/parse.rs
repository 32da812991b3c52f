//! Texts to rationals, exactly: `-3`, `0.4`, `1/3`, `5%`, `2.5e-3`.

use super::Rational;
use std::fmt;
use std::str::FromStr;

/// The longest exponent that is accepted: beyond it a ten-byte text would fill the memory.
const LARGEST_EXPONENT: i32 = 4_000;

/// Why a text is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseRationalError {
    /// The text that was refused, shortened if it is long.
    pub text: String,
}

impl fmt::Display for ParseRationalError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "'{}' is not a number such as 3, 0.4, 1/3, 5% or 2e-3", self.text)
    }
}

impl std::error::Error for ParseRationalError {}

/// The exact value of a number as written in a scenario or an exchange file.
///
/// # Errors
/// If the text is not a number, its denominator is zero, or its exponent is beyond 4,000.
///
/// ```
/// use detente_game::number::{Rational, parse_literal};
/// assert_eq!(parse_literal("5%")?, Rational::new(1, 20));
/// assert_eq!(parse_literal("-2.5e-1")?, Rational::new(-1, 4));
/// # Ok::<(), detente_game::number::ParseRationalError>(())
/// ```
pub fn parse_literal(text: &str) -> Result<Rational, ParseRationalError> {
    parse(text.trim()).ok_or_else(|| ParseRationalError { text: text.chars().take(40).collect() })
}

impl FromStr for Rational {
    type Err = ParseRationalError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_literal(text)
    }
}

fn parse(text: &str) -> Option<Rational> {
    if let Some(text) = text.strip_suffix('%') {
        return parse(text)?.checked_div(&Rational::int(100));
    }
    if let Some((numer, denom)) = text.split_once('/') {
        return decimal(numer)?.checked_div(&decimal(denom)?);
    }
    decimal(text)
}

fn decimal(text: &str) -> Option<Rational> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    if !(-LARGEST_EXPONENT..=LARGEST_EXPONENT).contains(&exponent) {
        return None;
    }
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let value = Rational::from_integer_texts(&format!("{whole}{fraction}"), "1")?;
    let places = i32::try_from(fraction.len()).ok()?;
    let value = value * Rational::int(10).pow(exponent.checked_sub(places)?)?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_numbers() {
        for (text, numer, denom) in [
            ("3", 3, 1),
            ("-7/2", -7, 2),
            ("0.05", 1, 20),
            (".5", 1, 2),
            ("2.", 2, 1),
            ("1e3", 1000, 1),
            ("0.5/0.25", 2, 1),
        ] {
            assert_eq!(parse_literal(text), Ok(Rational::new(numer, denom)), "{text}");
        }
        for text in ["", ".", "-", "1/0", "1e99999999", "0x1", "1.2.3", "٣"] {
            assert!(parse_literal(text).is_err(), "{text}");
        }
    }

    fn any_rational() -> impl Strategy<Value = Rational> {
        (any::<i64>(), 1..i64::MAX).prop_map(|(numer, denom)| Rational::new(numer, denom))
    }

    proptest! {
        #[test]
        fn text_and_back(value in any_rational()) {
            prop_assert_eq!(value.to_string().parse::<Rational>().unwrap(), value);
        }

        #[test]
        fn field_laws(a in any_rational(), b in any_rational(), c in any_rational()) {
            prop_assert_eq!(&(&a + &b) - &b, a.clone());
            prop_assert_eq!(&a * &(&b + &c), &(&a * &b) + &(&a * &c));
            if !b.is_zero() {
                prop_assert_eq!(&(&a / &b) * &b, a.clone());
            }
            prop_assert_eq!(a.cmp(&b), (&a - &b).cmp(&Rational::ZERO));
        }

        #[test]
        fn never_panics(text in "\\PC{0,12}") {
            let _ = parse_literal(&text);
        }
    }

    #[test]
    fn decimals_round_from_the_exact_value() {
        assert_eq!(Rational::new(5, 68).to_decimal(3), "0.074");
        assert_eq!(Rational::new(-1, 3000).to_decimal(3), "0");
        assert_eq!(Rational::new(-49, 50).to_decimal(3), "-0.98");
        assert_eq!(Rational::int(12).to_decimal(2), "12");
        assert_eq!(Rational::new(-7, 2).floor(), Rational::int(-4));
        assert_eq!(Rational::new(-7, 2).ceil(), Rational::int(-3));
    }
}
