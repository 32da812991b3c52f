//! How numbers are written: fraction and decimal together, or one of them.

use detente_game::Rational;

/// Which face of a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// `20/41 ≈ 0.488`; a number whose decimal is short and exact is written once: `0.12`.
    #[default]
    Both,
    /// Fractions only.
    Exact,
    /// Decimals only, rounded.
    Decimal,
}

/// Decimals that are exact with at most this many places need no fraction beside them.
const SHORT: u32 = 4;
/// Places of a rounded decimal.
const PLACES: u32 = 3;

impl Numbers {
    /// A number.
    #[must_use]
    pub fn number(self, value: &Rational) -> String {
        match self {
            Self::Exact => value.to_string(),
            Self::Decimal => rounded(value, PLACES),
            Self::Both => match short(value, SHORT) {
                Some(text) => text,
                None => format!("{value} ≈ {}", rounded(value, PLACES)),
            },
        }
    }

    /// A number with its sign, `+0.32`.
    #[must_use]
    pub fn signed(self, value: &Rational) -> String {
        let sign = if value.is_positive() { "+" } else { "" };
        format!("{sign}{}", self.number(value))
    }

    /// A probability: `39%`, `20/41 ≈ 48.8%`.
    #[must_use]
    pub fn share(self, value: &Rational) -> String {
        let percent = value * &Rational::int(100);
        match self {
            Self::Exact => value.to_string(),
            Self::Decimal => format!("{}%", rounded(&percent, 1)),
            Self::Both => match short(&percent, 1) {
                Some(text) => format!("{text}%"),
                None => format!("{value} ≈ {}%", rounded(&percent, 1)),
            },
        }
    }

    /// A number that matters as a fraction, such as a threshold: `9/14 ≈ 0.643`, `5/8 = 0.625`.
    #[must_use]
    pub fn full(self, value: &Rational) -> String {
        match (self, short(value, SHORT)) {
            (Self::Both, Some(decimal)) if !value.is_integer() => format!("{value} = {decimal}"),
            _ => self.number(value),
        }
    }

    /// A number for a narrow column: never both faces.
    #[must_use]
    pub fn narrow(self, value: &Rational) -> String {
        match self {
            Self::Exact => value.to_string(),
            Self::Both | Self::Decimal => rounded(value, PLACES),
        }
    }
}

/// The decimal, if it is exact with at most `places` places.
fn short(value: &Rational, places: u32) -> Option<String> {
    let scaled = value * &Rational::int(10).pow(places as i32)?;
    scaled.is_integer().then(|| value.to_decimal(places))
}

/// A decimal with some places, and more where a number that is not zero would read as zero.
fn rounded(value: &Rational, places: u32) -> String {
    let mut text = value.to_decimal(places);
    for more in places + 1..=12 {
        if value.is_zero() || text.chars().any(|digit| ('1'..='9').contains(&digit)) {
            break;
        }
        text = value.to_decimal(more);
    }
    text
}

/// An estimate with so many places; what rounds to zero has no sign.
#[must_use]
pub fn estimated(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let is_zero = !text.contains(|digit| ('1'..='9').contains(&digit));
    text.strip_prefix('-').filter(|_| is_zero).map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces() {
        let odd = Rational::new(20, 41);
        assert_eq!(Numbers::Both.number(&odd), "20/41 ≈ 0.488");
        assert_eq!(Numbers::Both.number(&Rational::new(3, 25)), "0.12");
        assert_eq!(Numbers::Both.full(&Rational::new(3, 25)), "3/25 = 0.12");
        assert_eq!(Numbers::Both.full(&odd), "20/41 ≈ 0.488");
        assert_eq!(Numbers::Exact.number(&Rational::new(3, 25)), "3/25");
        assert_eq!(Numbers::Both.share(&odd), "20/41 ≈ 48.8%");
        assert_eq!(Numbers::Both.share(&Rational::new(174, 1000)), "17.4%");
        assert_eq!(Numbers::Decimal.number(&Rational::new(1, 70_000)), "0.00001");
        assert_eq!(Numbers::Both.signed(&Rational::new(1, 2)), "+0.5");
        let told = [-0.0004, -0.0005001, 0.0, 12.0].map(|value| estimated(value, 3));
        assert_eq!(told, ["0.000", "-0.001", "0.000", "12.000"]);
    }
}
