//! Polynomials in all parameters of a game, and quotients of two of them.

use super::Ring;
use detente_game::Rational;
use std::collections::BTreeMap;

/// The powers of the variables, by their numbers; a variable that is not listed has power 0.
pub type Powers = BTreeMap<usize, u32>;

/// A polynomial in several variables: the coefficient of every monomial that has one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    terms: BTreeMap<Powers, Rational>,
}

impl Terms {
    /// A variable.
    #[must_use]
    pub fn variable(number: usize) -> Self {
        Self { terms: BTreeMap::from([(Powers::from([(number, 1)]), Rational::ONE)]) }
    }

    /// The monomials and their coefficients.
    pub fn iter(&self) -> impl Iterator<Item = (&Powers, &Rational)> {
        self.terms.iter()
    }

    /// Its value, if it does not depend on any variable.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        match self.terms.len() {
            0 => Some(Rational::ZERO),
            1 => self.terms.get(&Powers::new()).cloned(),
            _ => None,
        }
    }

    /// The value at a point.
    ///
    /// # Panics
    /// If a variable has no value there.
    #[must_use]
    pub fn at(&self, point: &[Rational]) -> Rational {
        let power = |(variable, power): (&usize, &u32)| {
            let exponent = i32::try_from(*power).expect("a power is small");
            point[*variable].pow(exponent).expect("powers are not negative")
        };
        let term = |(powers, coefficient): (&Powers, &Rational)| {
            powers.iter().map(power).fold(coefficient.clone(), |product, factor| product * factor)
        };
        self.terms.iter().map(term).sum()
    }

    /// Product with a number.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        let terms = self.terms.iter().map(|(powers, c)| (powers.clone(), c * factor));
        Self::from_terms(terms)
    }

    fn from_terms(terms: impl Iterator<Item = (Powers, Rational)>) -> Self {
        let mut sum: BTreeMap<Powers, Rational> = BTreeMap::new();
        for (powers, coefficient) in terms {
            *sum.entry(powers).or_default() += &coefficient;
        }
        sum.retain(|_, coefficient| !coefficient.is_zero());
        Self { terms: sum }
    }

    /// `(a, b)` with `self = a * variable + b`, neither of them with the variable; `None` if it is
    /// not linear in it.
    #[must_use]
    pub fn linear_in(&self, variable: usize) -> Option<(Self, Self)> {
        let (mut slope, mut rest) = (Vec::new(), Vec::new());
        for (powers, coefficient) in &self.terms {
            match powers.get(&variable) {
                None => rest.push((powers.clone(), coefficient.clone())),
                Some(1) => {
                    let mut powers = powers.clone();
                    powers.remove(&variable);
                    slope.push((powers, coefficient.clone()));
                }
                Some(_) => return None,
            }
        }
        Some((Self::from_terms(slope.into_iter()), Self::from_terms(rest.into_iter())))
    }

    /// The quotient, if `divisor` divides it without a rest.
    #[must_use]
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        let (lead, coefficient) = divisor.leading()?;
        let mut rest = self.clone();
        let mut quotient = Vec::new();
        while let Some((powers, value)) = rest.leading() {
            let term = (fraction(powers, lead)?, value / coefficient);
            let part = Self { terms: BTreeMap::from([term.clone()]) };
            rest = rest.sub(&part.mul(divisor));
            quotient.push(term);
        }
        Some(Self::from_terms(quotient.into_iter()))
    }

    /// The greatest monomial: of two, the one with more of the first variable in which they
    /// differ.
    fn leading(&self) -> Option<(&Powers, &Rational)> {
        self.terms.iter().max_by(|(a, _), (b, _)| {
            let variables = a.keys().chain(b.keys());
            let first = variables.filter(|variable| a.get(variable) != b.get(variable)).min();
            first
                .map_or(std::cmp::Ordering::Equal, |variable| a.get(variable).cmp(&b.get(variable)))
        })
    }

    /// The variables that divide every monomial.
    #[must_use]
    pub fn common_variables(&self) -> Vec<usize> {
        let Some(first) = self.terms.keys().next() else { return Vec::new() };
        let in_all =
            |variable: &&usize| self.terms.keys().all(|powers| powers.contains_key(variable));
        first.keys().filter(in_all).copied().collect()
    }

    /// A positive number such that the product with it has integer coefficients without a common
    /// divisor; 1 for zero.
    #[must_use]
    pub fn to_integers(&self) -> Rational {
        let mut factor = Rational::ONE;
        for coefficient in self.terms.values() {
            let (_, left) = (coefficient * &factor).parts_as_text();
            if let Some(left) = Rational::from_integer_texts(&left, "1") {
                factor *= &left;
            }
        }
        let mut common = Rational::ZERO;
        for coefficient in self.terms.values() {
            common = gcd(common, (coefficient * &factor).abs());
        }
        if common.is_zero() { Rational::ONE } else { factor / common }
    }

    /// Whether it has more than one monomial.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        self.terms.len() > 1
    }
}

/// `powers / divisor`, if no power becomes negative.
fn fraction(powers: &Powers, divisor: &Powers) -> Option<Powers> {
    let mut left = powers.clone();
    for (variable, power) in divisor {
        let own = left.get_mut(variable)?;
        *own = own.checked_sub(*power)?;
    }
    left.retain(|_, power| *power > 0);
    Some(left)
}

/// The greatest common divisor of two integers (Euclid).
fn gcd(mut a: Rational, mut b: Rational) -> Rational {
    while !b.is_zero() {
        let rest = &a - &b * (&a / &b).floor();
        (a, b) = (b, rest);
    }
    a
}

impl Ring for Terms {
    fn constant(value: Rational) -> Self {
        Self::from_terms(std::iter::once((Powers::new(), value)))
    }

    fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    fn add(&self, other: &Self) -> Self {
        let both = self.terms.iter().chain(&other.terms);
        Self::from_terms(both.map(|(powers, c)| (powers.clone(), c.clone())))
    }

    fn sub(&self, other: &Self) -> Self {
        self.add(&other.scale(&-Rational::ONE))
    }

    fn mul(&self, other: &Self) -> Self {
        let products = self.terms.iter().flat_map(|(a, x)| {
            other.terms.iter().map(move |(b, y)| {
                let mut powers = a.clone();
                for (variable, power) in b {
                    *powers.entry(*variable).or_default() += power;
                }
                (powers, x * y)
            })
        });
        Self::from_terms(products)
    }
}

/// A quotient of polynomials, not in lowest terms; the denominator is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotient {
    /// The numerator.
    pub above: Terms,
    /// The denominator.
    pub below: Terms,
}

impl Quotient {
    /// A polynomial.
    #[must_use]
    pub fn whole(above: Terms) -> Self {
        Self { above, below: Terms::constant(Rational::ONE) }
    }

    /// Quotient; `None` if the divisor is zero everywhere.
    #[must_use]
    pub fn div(&self, divisor: &Self) -> Option<Self> {
        if divisor.above.is_zero() {
            return None;
        }
        let (above, below) = (self.above.mul(&divisor.below), self.below.mul(&divisor.above));
        Some(Self { above, below }.tidied())
    }

    /// A denominator that is a number, or that divides the numerator, goes into it.
    fn tidied(self) -> Self {
        if let Some(inverse) =
            self.below.as_constant().and_then(|number| Rational::ONE.checked_div(&number))
        {
            return Self::whole(self.above.scale(&inverse));
        }
        if self.above.terms.len() * self.below.terms.len() > LONGEST_DIVISION {
            return self;
        }
        match self.above.divided_by(&self.below) {
            Some(above) => Self::whole(above),
            None => self,
        }
    }

    fn cross(&self, other: &Self, op: impl Fn(&Terms, &Terms) -> Terms) -> Self {
        if self.below == other.below {
            return Self { above: op(&self.above, &other.above), below: self.below.clone() }
                .tidied();
        }
        let (left, right) = (self.above.mul(&other.below), other.above.mul(&self.below));
        Self { above: op(&left, &right), below: self.below.mul(&other.below) }.tidied()
    }
}

/// The most terms of a numerator and a denominator together.
const MOST_TERMS: usize = 200;
/// Terms of the numerator times those of the denominator up to which division is tried.
const LONGEST_DIVISION: usize = 20_000;

impl Ring for Quotient {
    fn is_too_long(&self) -> bool {
        self.above.terms.len() + self.below.terms.len() > MOST_TERMS
    }

    fn constant(value: Rational) -> Self {
        Self::whole(Terms::constant(value))
    }

    fn is_zero(&self) -> bool {
        self.above.is_zero()
    }

    fn add(&self, other: &Self) -> Self {
        self.cross(other, Terms::add)
    }

    fn sub(&self, other: &Self) -> Self {
        self.cross(other, Terms::sub)
    }

    fn mul(&self, other: &Self) -> Self {
        let (above, below) = (self.above.mul(&other.above), self.below.mul(&other.below));
        Self { above, below }.tidied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(coefficients: &[i64]) -> Terms {
        let [x, y] = [0, 1].map(Terms::variable);
        let one = Terms::constant(Rational::ONE);
        let monomials = [one, x.clone(), y.clone(), x.mul(&y), x.mul(&x)];
        let parts = coefficients.iter().zip(&monomials);
        parts.fold(Terms::default(), |sum, (c, monomial)| {
            sum.add(&monomial.scale(&Rational::int(*c)))
        })
    }

    proptest! {
        #[test]
        fn products_divide_and_values_agree(
            a in prop::collection::vec(-4i64..5, 5),
            b in prop::collection::vec(-4i64..5, 5),
            at in (-3i64..4, -3i64..4),
        ) {
            let (a, b) = (terms(&a), terms(&b));
            let point = [Rational::int(at.0), Rational::new(at.1, 2)];
            let product = a.mul(&b);
            prop_assert_eq!(product.at(&point), a.at(&point) * b.at(&point));
            prop_assert_eq!(a.add(&b).at(&point), a.at(&point) + b.at(&point));
            if !b.is_zero() {
                prop_assert_eq!(product.divided_by(&b), Some(a.clone()));
            }
            if let Some((slope, rest)) = a.linear_in(1) {
                let back = slope.mul(&Terms::variable(1)).add(&rest);
                prop_assert_eq!(back, a);
            }
        }
    }

    #[test]
    fn integers_without_a_common_divisor() {
        let odd = terms(&[4, 6]).scale(&Rational::new(1, 9));
        assert_eq!(odd.scale(&odd.to_integers()), terms(&[2, 3]));
        assert_eq!(terms(&[1, 1]).divided_by(&terms(&[0, 0, 1])), None);
    }
}
