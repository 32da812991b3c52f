//! How the numbers of one drawing are written: all payoffs alike and all probabilities alike, as
//! fractions or as decimals, never mixed.

use crate::numbers::Numbers;
use detente_game::Rational;

/// Fractions longer than this are not drawn unless they are asked for.
const LONGEST_FRACTION: usize = 9;
/// Places of decimals, and how many there are at most where a number would read as zero.
const PLACES: (u32, u32) = (3, 9);

/// How numbers of one sort are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// As fractions.
    Fraction,
    /// As decimals with so many places.
    Decimal {
        /// Places after the point.
        places: u32,
        /// Whether some number has more of them than are shown.
        rounds: bool,
    },
}

impl Face {
    /// The face that suits all of these numbers.
    pub fn suiting<'n>(
        numbers: Numbers,
        values: impl Iterator<Item = &'n Rational> + Clone,
    ) -> Self {
        let mut texts = values.clone().map(ToString::to_string);
        let fits = |text: String| text.chars().count() <= LONGEST_FRACTION;
        match numbers {
            Numbers::Exact => Self::Fraction,
            Numbers::Both if texts.all(fits) => Self::Fraction,
            Numbers::Both | Numbers::Decimal => Self::decimal(values),
        }
    }

    fn decimal<'n>(values: impl Iterator<Item = &'n Rational> + Clone) -> Self {
        let exact = |places: &u32| values.clone().all(|value| is_exact(value, *places));
        if let Some(places) = (0..=PLACES.0).find(exact) {
            return Self::Decimal { places, rounds: false };
        }
        let tells = |places: &u32| values.clone().all(|value| !reads_as_zero(value, *places));
        let places = (PLACES.0..PLACES.1).find(tells).unwrap_or(PLACES.1);
        Self::Decimal { places, rounds: true }
    }

    /// A number as drawn, with a true minus sign.
    pub fn text(self, value: &Rational) -> String {
        let text = match self {
            Self::Fraction => value.to_string(),
            Self::Decimal { places, .. } => value.to_decimal(places),
        };
        text.replace('-', "−")
    }

    /// The same with all places, so that points stand below each other.
    pub fn aligned(self, value: &Rational) -> String {
        let mut text = self.text(value);
        if let Self::Decimal { places, .. } = self {
            let have = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            if have == 0 && places > 0 {
                text.push('.');
            }
            text.extend(std::iter::repeat_n('0', places as usize - have));
        }
        text
    }

    /// Whether some number is not shown exactly.
    pub fn rounds(self) -> bool {
        matches!(self, Self::Decimal { rounds: true, .. })
    }
}

/// A number with three places, marked if that rounds it.
pub(super) fn decimal(value: &Rational) -> String {
    let rounded = if is_exact(value, PLACES.0) { "" } else { "≈ " };
    format!("{rounded}{}", value.to_decimal(PLACES.0))
}

fn is_exact(value: &Rational, places: u32) -> bool {
    Rational::int(10).pow(places as i32).is_some_and(|scale| (value * &scale).is_integer())
}

fn reads_as_zero(value: &Rational, places: u32) -> bool {
    !value.is_zero() && !value.to_decimal(places).contains(|digit| ('1'..='9').contains(&digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(numbers: Numbers, values: &[(i64, i64)]) -> Vec<String> {
        let values: Vec<Rational> = values.iter().map(|(n, d)| Rational::new(*n, *d)).collect();
        let face = Face::suiting(numbers, values.iter());
        values.iter().map(|value| face.aligned(value)).collect()
    }

    #[test]
    fn numbers_of_one_drawing_have_one_face() {
        assert_eq!(drawn(Numbers::Both, &[(1, 2), (-5, 3), (4, 1)]), ["1/2", "−5/3", "4"]);
        let long = (123_456, 654_321);
        assert_eq!(drawn(Numbers::Both, &[(1, 2), long, (-4, 1)]), ["0.500", "0.189", "−4.000"]);
        assert_eq!(drawn(Numbers::Exact, &[(1, 2), long]), ["1/2", "41152/218107"]);
        assert_eq!(drawn(Numbers::Decimal, &[(1, 2), (-3, 4)]), ["0.50", "−0.75"]);
        assert_eq!(drawn(Numbers::Decimal, &[(2, 1), (0, 1)]), ["2", "0"]);
        assert_eq!(drawn(Numbers::Decimal, &[(1, 7), (1, 70_000)]), ["0.14286", "0.00001"]);
    }
}
