//! Polynomials over parameters, with rational coefficients.

use detente_game::Rational;
use smallvec::SmallVec;

/// The exponent of each variable, without zeros at the end; the order is lexicographic, which
/// multiplication keeps.
type Monomial = SmallVec<[u8; 16]>;

/// More terms than these are not kept.
const MOST: usize = 4096;

/// A polynomial: its terms in ascending order. No coefficient is zero, so equal polynomials are equal
/// values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Terms(Vec<(Monomial, Rational)>);

impl Terms {
    /// A number.
    pub fn number(value: Rational) -> Self {
        if value.is_zero() { Self::default() } else { Self(vec![(Monomial::new(), value)]) }
    }

    /// The variable with this number.
    pub fn variable(number: usize) -> Self {
        let mut exponents = Monomial::from_elem(0, number);
        exponents.push(1);
        Self(vec![(exponents, Rational::ONE)])
    }

    /// The sum of terms in any order.
    fn sum(mut terms: Vec<(Monomial, Rational)>) -> Self {
        terms.sort_by(|(one, _), (other, _)| one.cmp(other));
        terms.dedup_by(|(later, more), (earlier, sum)| {
            let is_same = later == earlier;
            if is_same {
                *sum += &*more;
            }
            is_same
        });
        terms.retain(|(_, coefficient)| !coefficient.is_zero());
        Self(terms)
    }

    /// Its value, if it depends on no variable.
    pub fn constant(&self) -> Option<Rational> {
        match self.0.as_slice() {
            [] => Some(Rational::ZERO),
            [(monomial, value)] if monomial.is_empty() => Some(value.clone()),
            _ => None,
        }
    }

    /// Adds `factor * other`.
    pub fn add(&mut self, other: &Self, factor: &Rational) {
        self.add_multiple(other, &Monomial::new(), factor).expect("no exponent grows");
    }

    /// Adds `factor * monomial * other`; `None` if an exponent grows too large.
    fn add_multiple(&mut self, other: &Self, by: &[u8], factor: &Rational) -> Option<()> {
        if factor.is_zero() {
            return Some(());
        }
        let mut sum = Vec::with_capacity(self.0.len() + other.0.len());
        let mut own = std::mem::take(&mut self.0).into_iter().peekable();
        for (monomial, coefficient) in &other.0 {
            let monomial = joined(monomial, by)?;
            sum.extend(std::iter::from_fn(|| own.next_if(|(known, _)| *known < monomial)));
            let mut total = coefficient * factor;
            if let Some((_, known)) = own.next_if(|(known, _)| *known == monomial) {
                total += &known;
            }
            if !total.is_zero() {
                sum.push((monomial, total));
            }
        }
        sum.extend(own);
        self.0 = sum;
        Some(())
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
        let (long, short) =
            if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        if let [(monomial, factor)] = short.0.as_slice() {
            let mut product = Self::default();
            product.add_multiple(long, monomial, factor)?;
            return Some(product);
        }
        let mut all = Vec::with_capacity(long.0.len() * short.0.len());
        for (left, a) in &short.0 {
            for (right, b) in &long.0 {
                all.push((joined(left, right)?, a * b));
            }
        }
        let product = Self::sum(all);
        (product.0.len() <= MOST).then_some(product)
    }

    /// Whether its first and last term are multiples of those of a divisor, as they are if it can be
    /// divided.
    pub fn may_be_divided_by(&self, divisor: &Self) -> bool {
        let divides = |(divisor, _): &(Monomial, Rational), (whole, _): &(Monomial, Rational)| {
            divisor.len() <= whole.len()
                && divisor.iter().zip(whole).all(|(less, more)| less <= more)
        };
        match (divisor.0.as_slice(), self.0.as_slice()) {
            ([], _) => false,
            (_, []) => true,
            ([low, ..], [first, ..]) => {
                divides(low, first)
                    && divisor
                        .0
                        .last()
                        .zip(self.0.last())
                        .is_some_and(|(lead, top)| divides(lead, top))
            }
        }
    }

    /// The quotient, if the division leaves nothing.
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        let (lead, by) = divisor.0.last()?;
        let (mut rest, mut quotient) = (self.clone(), Vec::new());
        while let Some((top, coefficient)) = rest.0.last() {
            if !rest.may_be_divided_by(divisor) {
                return None;
            }
            let monomial = without(top, lead)?;
            let factor = coefficient.checked_div(by)?;
            rest.add_multiple(divisor, &monomial, &-&factor)?;
            quotient.push((monomial, factor));
        }
        quotient.reverse();
        Some(Self(quotient))
    }

    /// How many terms it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The coefficient of the greatest term.
    pub fn leading(&self) -> Option<&Rational> {
        self.0.last().map(|(_, coefficient)| coefficient)
    }

    /// The greatest exponent of a variable.
    pub fn degree(&self, variable: usize) -> u8 {
        let exponents = self.0.iter().filter_map(|(monomial, _)| monomial.get(variable));
        exponents.copied().max().unwrap_or(0)
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
        let exponent_of = |monomial: &Monomial| monomial.get(variable).copied().unwrap_or(0);
        let own = self.0.iter().filter(|(monomial, _)| exponent_of(monomial) == exponent);
        let rest = own.map(|(monomial, coefficient)| {
            let mut rest = monomial.clone();
            if let Some(own) = rest.get_mut(variable) {
                *own = 0;
            }
            trim(&mut rest);
            (rest, coefficient.clone())
        });
        Self(rest.collect())
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
    let mut sum = Monomial::from_slice(long);
    for (exponent, more) in sum.iter_mut().zip(short) {
        *exponent = exponent.checked_add(*more)?;
    }
    Some(sum)
}

fn without(from: &[u8], part: &[u8]) -> Option<Monomial> {
    if part.len() > from.len() {
        return None;
    }
    let mut rest = Monomial::from_slice(from);
    for (exponent, less) in rest.iter_mut().zip(part) {
        *exponent = exponent.checked_sub(*less)?;
    }
    trim(&mut rest);
    Some(rest)
}

fn trim(monomial: &mut Monomial) {
    while monomial.last() == Some(&0) {
        monomial.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    fn any_terms() -> impl Strategy<Value = Terms> {
        let term = (prop::collection::vec(0_u8..3, 3), -4_i64..5);
        prop::collection::vec(term, 0..6).prop_map(|terms| {
            let terms = terms.into_iter().map(|(exponents, coefficient)| {
                let mut monomial = Monomial::from_vec(exponents);
                trim(&mut monomial);
                (monomial, Rational::int(coefficient))
            });
            Terms::sum(terms.collect())
        })
    }

    proptest! {
        /// Sums, products and quotients have the values that they should have, and are written down
        /// in one way only.
        #[test]
        fn arithmetic_is_that_of_values(
            one in any_terms(),
            other in any_terms(),
            at in prop::collection::vec(-3_i64..4, 3),
        ) {
            let at: Vec<Rational> = at.into_iter().map(Rational::int).collect();
            let (here, there) = (one.value(&at), other.value(&at));
            prop_assert_eq!(one.minus(&other).value(&at), &here - &there);
            let product = one.times(&other).unwrap();
            prop_assert_eq!(product.value(&at), &here * &there);
            prop_assert_eq!(&product, &other.times(&one).unwrap());
            let sum = product.minus(&one.scaled(&Rational::int(-1)));
            prop_assert_eq!(sum.minus(&one), product.clone());
            if other != Terms::default() {
                prop_assert!(product.may_be_divided_by(&other));
                prop_assert_eq!(product.divided_by(&other), Some(one.clone()));
                if let Some(quotient) = one.divided_by(&other) {
                    prop_assert_eq!(quotient.times(&other).unwrap(), one);
                }
            }
        }
    }
}
