//! Polynomials over parameters, with rational coefficients.

use detente_game::Rational;
use std::collections::BTreeMap;

/// The exponent of each variable, without zeros at the end; the order is lexicographic.
type Monomial = Vec<u8>;

/// More terms than these are not kept.
const MOST: usize = 4096;

/// A polynomial; no coefficient is zero, so equal polynomials are equal values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Terms(BTreeMap<Monomial, Rational>);

impl Terms {
    /// A number.
    pub fn number(value: Rational) -> Self {
        let mut terms = Self::default();
        terms.add_term(Vec::new(), &value);
        terms
    }

    /// The variable with this number.
    pub fn variable(number: usize) -> Self {
        let mut exponents = vec![0; number];
        exponents.push(1);
        Self(BTreeMap::from([(exponents, Rational::ONE)]))
    }

    /// Its value, if it depends on no variable.
    pub fn constant(&self) -> Option<Rational> {
        match self.0.len() {
            0 => Some(Rational::ZERO),
            1 => self.0.get(&Vec::new()).cloned(),
            _ => None,
        }
    }

    fn add_term(&mut self, monomial: Monomial, coefficient: &Rational) {
        let entry = self.0.entry(monomial);
        match entry {
            std::collections::btree_map::Entry::Vacant(place) => {
                if !coefficient.is_zero() {
                    place.insert(coefficient.clone());
                }
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                *place.get_mut() += coefficient;
                if place.get().is_zero() {
                    place.remove();
                }
            }
        }
    }

    /// Adds `factor * other`.
    pub fn add(&mut self, other: &Self, factor: &Rational) {
        for (monomial, coefficient) in &other.0 {
            self.add_term(monomial.clone(), &(coefficient * factor));
        }
    }

    /// `self - other`
    pub fn minus(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        difference.add(other, &Rational::int(-1));
        difference
    }

    /// `factor * self`
    pub fn scaled(&self, factor: &Rational) -> Self {
        let mut product = Self::default();
        product.add(self, factor);
        product
    }

    /// The product; `None` if it is too large to be kept.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut product = Self::default();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                product.add_term(joined(left, right)?, &(a * b));
            }
            if product.0.len() > MOST {
                return None;
            }
        }
        Some(product)
    }

    /// The quotient, if the division leaves nothing.
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        let (lead, by) = divisor.0.last_key_value()?;
        let (mut rest, mut quotient) = (self.clone(), Self::default());
        while let Some((top, coefficient)) = rest.0.last_key_value() {
            let monomial = without(top, lead)?;
            let factor = coefficient.checked_div(by)?;
            let step = Self(BTreeMap::from([(monomial, factor)]));
            rest = rest.minus(&divisor.times(&step)?);
            quotient.add(&step, &Rational::ONE);
        }
        Some(quotient)
    }

    /// How many terms it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The coefficient of the greatest term.
    pub fn leading(&self) -> Option<&Rational> {
        self.0.last_key_value().map(|(_, coefficient)| coefficient)
    }

    /// The greatest exponent of a variable.
    pub fn degree(&self, variable: usize) -> u8 {
        self.0.keys().filter_map(|monomial| monomial.get(variable)).copied().max().unwrap_or(0)
    }

    /// The polynomial times a power of `below`, of which a variable is the inverse: the least one
    /// behind which the variable is gone. `None` if it is too large to be kept.
    pub fn without_inverse(&self, variable: usize, below: &Self) -> Option<Self> {
        let mut whole = Self::default();
        // Horner's scheme, the part with the least exponent multiplied most often.
        for exponent in 0..=self.degree(variable) {
            whole = whole.times(below)?;
            whole.add(&self.part(variable, exponent), &Rational::ONE);
        }
        Some(whole)
    }

    /// The factor of a power of a variable.
    fn part(&self, variable: usize, exponent: u8) -> Self {
        let mut part = Self::default();
        for (monomial, coefficient) in &self.0 {
            if monomial.get(variable).copied().unwrap_or(0) == exponent {
                let mut rest = monomial.clone();
                if let Some(own) = rest.get_mut(variable) {
                    *own = 0;
                }
                while rest.last() == Some(&0) {
                    rest.pop();
                }
                part.add_term(rest, coefficient);
            }
        }
        part
    }

    /// The value where variable `k` has the value `at[k]`.
    pub fn value(&self, at: &[Rational]) -> Rational {
        let mut total = Rational::ZERO;
        for (monomial, coefficient) in &self.0 {
            let mut term = coefficient.clone();
            for (value, &exponent) in at.iter().zip(monomial) {
                for _ in 0..exponent {
                    term = &term * value;
                }
            }
            total += term;
        }
        total
    }

    /// Each term: its coefficient and its variables, as often as they are factors.
    pub fn factors(&self) -> impl Iterator<Item = (&Rational, Vec<u32>)> {
        self.0.iter().map(|(monomial, coefficient)| {
            let variables = monomial.iter().zip(0_u32..);
            let repeated = variables
                .flat_map(|(&exponent, variable)| std::iter::repeat_n(variable, exponent.into()));
            (coefficient, repeated.collect())
        })
    }
}

fn joined(left: &[u8], right: &[u8]) -> Option<Monomial> {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let mut sum = long.to_vec();
    for (exponent, more) in sum.iter_mut().zip(short) {
        *exponent = exponent.checked_add(*more)?;
    }
    Some(sum)
}

fn without(from: &[u8], part: &[u8]) -> Option<Monomial> {
    if part.len() > from.len() {
        return None;
    }
    let mut rest = from.to_vec();
    for (exponent, less) in rest.iter_mut().zip(part) {
        *exponent = exponent.checked_sub(*less)?;
    }
    while rest.last() == Some(&0) {
        rest.pop();
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_divide_and_differ() {
        let (x, y) = (Terms::variable(0), Terms::variable(1));
        let one = Terms::number(Rational::ONE);
        let (left, right) = (one.minus(&x), x.minus(&y));
        let product = left.times(&right).unwrap();
        assert_eq!(product.divided_by(&left), Some(right.clone()));
        assert_eq!(product.divided_by(&right), Some(left));
        assert_eq!(product.divided_by(&x), None);
        assert_eq!(product.minus(&product).constant(), Some(Rational::ZERO));
        let at = [Rational::new(1, 2), Rational::int(3)];
        assert_eq!(product.value(&at), Rational::new(-5, 4));
    }
}
