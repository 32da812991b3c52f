//! Real roots of polynomials, certified: isolated by Sturm's theorem (1829) and bisection, given
//! exactly if rational.

use super::Polynomial;
use detente_game::Rational;
use std::cmp::Ordering;

/// A real root. Two are equal if they are the same number, whichever polynomials they come from, and
/// they are ordered as numbers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A rational root, exactly.
    Exact(Rational),
    /// An irrational root.
    Enclosed(Algebraic),
}

/// An irrational real algebraic number: the only root of a polynomial between two rationals.
#[derive(Debug, Clone)]
pub struct Algebraic {
    /// A rational below it, no root of the polynomial.
    pub low: Rational,
    /// A rational above it, no root of the polynomial.
    pub high: Rational,
    /// Square-free, so that its sign changes between `low` and `high`.
    polynomial: Polynomial,
}

impl Algebraic {
    /// The middle of its enclosure.
    #[must_use]
    pub fn middle(&self) -> Rational {
        (&self.low + &self.high) / Rational::int(2)
    }

    /// The same number in half the interval.
    fn narrowed(&self) -> Self {
        let middle = self.middle();
        let mut narrowed = self.clone();
        if self.polynomial.at(&middle).is_positive() == self.polynomial.at(&self.low).is_positive()
        {
            narrowed.low = middle;
        } else {
            narrowed.high = middle;
        }
        narrowed
    }
}

/// The same number: it lies in both intervals, and is a root of both polynomials, hence of their
/// greatest common divisor; and that has no other root there.
impl PartialEq for Algebraic {
    fn eq(&self, other: &Self) -> bool {
        let low = (&self.low).max(&other.low);
        let high = (&self.high).min(&other.high);
        if low >= high {
            return false;
        }
        let common = self.polynomial.gcd(&other.polynomial);
        common.at(low).is_positive() != common.at(high).is_positive()
    }
}

impl Eq for Algebraic {}

impl PartialOrd for Root {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Root {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        let (one, other) = apart(self, other);
        if one.high() <= other.low() { Ordering::Less } else { Ordering::Greater }
    }
}

/// Two different roots, enclosed so narrowly that they share no inner point; of equal ones this would
/// not end.
pub fn apart(one: &Root, other: &Root) -> (Root, Root) {
    let (mut one, mut other) = (one.clone(), other.clone());
    while one.high() > other.low() && other.high() > one.low() {
        (one, other) = (one.narrowed(), other.narrowed());
    }
    (one, other)
}

/// Encloses ordered roots so narrowly that neighbours, if different, share no inner point; an equal
/// one takes the enclosure of the one before.
pub fn separate<T>(roots: &mut [(Root, T)]) {
    for at in 1..roots.len() {
        let (before, after) = roots.split_at_mut(at);
        let (one, other) = (&mut before[at - 1].0, &mut after[0].0);
        if one == other {
            *other = one.clone();
        } else {
            (*one, *other) = apart(one, other);
        }
    }
}

impl Root {
    /// The root if rational, else the middle of its enclosure.
    #[must_use]
    pub fn middle(&self) -> Rational {
        match self {
            Self::Exact(value) => value.clone(),
            Self::Enclosed(number) => number.middle(),
        }
    }

    /// The lower end of its enclosure; itself if rational.
    #[must_use]
    pub fn low(&self) -> &Rational {
        match self {
            Self::Exact(value) => value,
            Self::Enclosed(number) => &number.low,
        }
    }

    /// The upper end of its enclosure; itself if rational.
    #[must_use]
    pub fn high(&self) -> &Rational {
        match self {
            Self::Exact(value) => value,
            Self::Enclosed(number) => &number.high,
        }
    }

    fn narrowed(&self) -> Self {
        match self {
            Self::Exact(_) => self.clone(),
            Self::Enclosed(number) => Self::Enclosed(number.narrowed()),
        }
    }
}

/// Enclosures of irrational roots are at most this wide: 2^-40.
const WIDTH: i64 = 1 << 40;

/// The distinct real roots in a closed interval, ascending; none for the zero polynomial.
#[must_use]
pub fn roots_between(polynomial: &Polynomial, low: &Rational, high: &Rational) -> Vec<Root> {
    if polynomial.is_zero() || low > high {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut simple = polynomial.square_free();
    for end in [low, high] {
        divide_out(&mut simple, end, &mut found);
    }
    isolate(simple, low.clone(), high.clone(), &mut found);
    found.sort_by(|a, b| a.low().cmp(b.low()));
    found
}

/// If `at` is a root, notes it and divides it out.
fn divide_out(simple: &mut Polynomial, at: &Rational, found: &mut Vec<Root>) -> bool {
    if simple.degree().is_none_or(|d| d == 0) || !simple.at(at).is_zero() {
        return false;
    }
    let factor = Polynomial::new(vec![-at, Rational::ONE]);
    *simple = simple.div_rem(&factor).0;
    found.push(Root::Exact(at.clone()));
    true
}

/// Roots strictly between `low` and `high`, which are no roots of the square-free `simple`.
fn isolate(mut simple: Polynomial, low: Rational, high: Rational, found: &mut Vec<Root>) {
    let two = Rational::int(2);
    let mut open = vec![(low, high)];
    let mut chain = sturm_chain(&simple);
    while let Some((low, high)) = open.pop() {
        match variations(&chain, &low).saturating_sub(variations(&chain, &high)) {
            0 => {}
            1 => found.push(refine(&simple, low, high)),
            _ => {
                let middle = &(&low + &high) / &two;
                if divide_out(&mut simple, &middle, found) {
                    chain = sturm_chain(&simple);
                }
                open.push((low, middle.clone()));
                open.push((middle, high));
            }
        }
    }
}

fn sturm_chain(simple: &Polynomial) -> Vec<Polynomial> {
    let mut chain = vec![simple.clone(), simple.derivative()];
    while let [.., a, b] = chain.as_slice()
        && !b.is_zero()
    {
        let (_, rest) = a.div_rem(b);
        // Only signs matter, so the remainder is scaled by a positive number to stay short.
        let size = rest.leading().abs();
        let next = match Rational::ONE.checked_div(&size) {
            Some(inverse) => rest.scale(&-inverse),
            None => Polynomial::zero(),
        };
        chain.push(next);
    }
    chain.pop();
    chain
}

/// Number of sign changes along the chain at a point.
fn variations(chain: &[Polynomial], at: &Rational) -> usize {
    let mut changes = 0;
    let mut last: Option<bool> = None;
    for polynomial in chain {
        let value = polynomial.at(at);
        if value.is_zero() {
            continue;
        }
        let positive = value.is_positive();
        changes += usize::from(last.is_some_and(|before| before != positive));
        last = Some(positive);
    }
    changes
}

/// The one root between two ends at which the polynomial has opposite signs.
fn refine(simple: &Polynomial, mut low: Rational, mut high: Rational) -> Root {
    if let [constant, slope] = simple.coefficients() {
        return Root::Exact(-(constant / slope));
    }
    let grain = leading_integer(simple);
    let narrow = std::cmp::max(grain.clone(), Rational::int(WIDTH));
    let rising = simple.at(&high).is_positive();
    let two = Rational::int(2);
    while &(&high - &low) * &narrow >= Rational::ONE {
        let middle = &(&low + &high) / &two;
        let value = simple.at(&middle);
        if value.is_zero() {
            return Root::Exact(middle);
        }
        if value.is_positive() == rising {
            high = middle;
        } else {
            low = middle;
        }
    }
    // A rational root is a multiple of 1/grain (rational root theorem), and the interval is
    // shorter than that, so it holds at most one such multiple.
    let candidate = (&low * &grain).ceil() / grain;
    if candidate < high && simple.at(&candidate).is_zero() {
        return Root::Exact(candidate);
    }
    Root::Enclosed(Algebraic { low, high, polynomial: simple.clone() })
}

/// The leading coefficient's size once all coefficients are integers.
fn leading_integer(polynomial: &Polynomial) -> Rational {
    let mut common = Rational::ONE;
    for coefficient in polynomial.coefficients() {
        // Multiplying by what is left of each denominator gives a common multiple of all.
        let (_, left) = (coefficient * &common).parts_as_text();
        if let Some(left) = Rational::from_integer_texts(&left, "1") {
            common *= &left;
        }
    }
    (polynomial.leading() * common).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn polynomial(coefficients: &[i64]) -> Polynomial {
        Polynomial::new(coefficients.iter().map(|c| Rational::int(*c)).collect())
    }

    fn with_roots(roots: &[Rational]) -> Polynomial {
        roots.iter().fold(Polynomial::constant(Rational::int(3)), |product, root| {
            product.mul(&Polynomial::new(vec![-root, Rational::ONE]))
        })
    }

    #[test]
    fn the_square_root_of_two_is_enclosed() {
        let found = roots_between(&polynomial(&[-2, 0, 1]), &Rational::ZERO, &Rational::int(5));
        let [Root::Enclosed(interval)] = found.as_slice() else { panic!("{found:?}") };
        assert!(&interval.low * &interval.low < Rational::int(2));
        assert!(&interval.high * &interval.high > Rational::int(2));
        assert!((&interval.high - &interval.low) < Rational::new(1, 1 << 39));
    }

    #[test]
    fn no_real_root() {
        let low = Rational::int(-100);
        assert!(roots_between(&polynomial(&[1, 0, 1]), &low, &Rational::int(100)).is_empty());
        assert!(roots_between(&Polynomial::zero(), &low, &Rational::int(100)).is_empty());
    }

    fn only_root(coefficients: &[i64], low: Rational, high: Rational) -> Root {
        let found = roots_between(&polynomial(coefficients), &low, &high);
        let [root] = found.as_slice() else { panic!("{found:?}") };
        root.clone()
    }

    /// The square root of two, of three polynomials that do not divide one another, and isolated
    /// from other sides.
    #[test]
    fn a_number_is_the_same_whatever_it_is_a_root_of() {
        let here = only_root(&[-2, 0, 1], Rational::ZERO, Rational::int(5));
        // (x^2 - 2)(x - 7) and (x^2 - 2)(x^2 - 3).
        let there = only_root(&[14, -2, -7, 1], Rational::new(1, 3), Rational::new(17, 3));
        let elsewhere = only_root(&[6, 0, -5, 0, 1], Rational::ONE, Rational::new(3, 2));
        assert!(here.low() != there.low() && here == there && there == elsewhere);
        let negative = only_root(&[-2, 0, 1], Rational::int(-5), Rational::ZERO);
        assert!(negative < here);
        // 10^28 (x^2 - 2) = 1: another number, though the enclosures overlap.
        let power = Polynomial::new(vec![
            Rational::int(-2) - Rational::int(10).pow(-28).expect("a power"),
            Rational::ZERO,
            Rational::ONE,
        ]);
        let near = roots_between(&power, &Rational::ZERO, &Rational::int(5)).remove(0);
        assert!(here.high() > near.low() && near.high() > here.low());
        assert_eq!((here.cmp(&near), near.cmp(&here)), (Ordering::Less, Ordering::Greater));
        let mut both = [(here.clone(), 0), (near.clone(), 1)];
        separate(&mut both);
        assert!(both[0].0.high() <= both[1].0.low() && both[0].0 == here && both[1].0 == near);
        let inside = Root::Exact(here.middle());
        assert_ne!(inside, here);
        assert_eq!(inside.cmp(&here), here.cmp(&inside).reverse());
    }

    proptest! {
        #[test]
        fn rational_roots_come_back_exactly(
            mut roots in prop::collection::vec((-40i64..40, 1i64..30), 1..6),
        ) {
            let mut expected: Vec<Rational> =
                roots.drain(..).map(|(n, d)| Rational::new(n, d)).collect();
            // An irrational pair beside them must not disturb.
            let product = with_roots(&expected).mul(&polynomial(&[-3, 0, 1]));
            expected.sort();
            expected.dedup();
            let found = roots_between(&product, &Rational::int(-40), &Rational::int(40));
            let exact: Vec<Rational> = found
                .iter()
                .filter_map(|root| match root {
                    Root::Exact(value) => Some(value.clone()),
                    Root::Enclosed(_) => None,
                })
                .collect();
            prop_assert_eq!(exact, expected);
            prop_assert_eq!(found.iter().filter(|r| matches!(r, Root::Enclosed(_))).count(), 2);
        }
    }
}
