//! Real roots of polynomials, certified: isolated by Sturm's theorem (1829) and bisection, given
//! exactly if rational.

use super::Polynomial;
use detente_game::Rational;
use detente_game::number::Interval;

/// A real root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A rational root, exactly.
    Exact(Rational),
    /// An irrational root: the only one in this interval, whose ends are no roots.
    Enclosed(Interval),
}

impl Root {
    /// The root if rational, else the middle of its enclosure.
    #[must_use]
    pub fn middle(&self) -> Rational {
        match self {
            Self::Exact(value) => value.clone(),
            Self::Enclosed(interval) => interval.middle(),
        }
    }

    /// The lower end of its enclosure; itself if rational.
    #[must_use]
    pub fn low(&self) -> &Rational {
        match self {
            Self::Exact(value) => value,
            Self::Enclosed(interval) => &interval.low,
        }
    }

    /// The upper end of its enclosure; itself if rational.
    #[must_use]
    pub fn high(&self) -> &Rational {
        match self {
            Self::Exact(value) => value,
            Self::Enclosed(interval) => &interval.high,
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
    Root::Enclosed(Interval { low, high })
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
