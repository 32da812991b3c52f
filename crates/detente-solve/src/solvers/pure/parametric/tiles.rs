//! What is found everywhere in a box of the drawn parameters.
//!
//! A tile is such a box. On it, a test's polynomial lies between the least and the greatest of its
//! Bernstein coefficients (Cargo and Shisha 1966), all fractions here, so that a sign is proved and
//! not sampled; inside the tile it is strict unless all coefficients are zero. Where signs are
//! certain the tile follows the graph of tests like a point; where one is not, both ways are
//! gone. Left out are only points at which a polynomial that is not zero everywhere is zero: they
//! have no area.

use super::book::{Book, TestId};
use super::inherited::Inherited;
use super::terms::Terms;
use super::ways::Gap;
use super::{Cells, Found};
use detente_game::Rational;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A box, in shares of the ranges of the drawn parameters.
#[derive(Debug, Clone)]
pub struct Tile {
    /// Per parameter where it begins.
    pub from: Vec<Rational>,
    /// Per parameter where it ends.
    pub to: Vec<Rational>,
    /// How often the whole was halved.
    pub halvings: u32,
    /// Signs that are certain.
    signs: Inherited<TestId, Ordering>,
    /// Tests of which the sign is not certain.
    open: HashSet<TestId>,
}

impl Tile {
    /// All of the ranges of so many parameters.
    #[must_use]
    pub fn whole(params: usize) -> Self {
        let (from, to) = (vec![Rational::ZERO; params], vec![Rational::ONE; params]);
        Self { from, to, halvings: 0, signs: Inherited::default(), open: HashSet::new() }
    }

    /// Its halves, along one parameter after the other.
    #[must_use]
    pub fn halves(self) -> [Self; 2] {
        let axis = self.halvings as usize % self.from.len();
        let middle = (&self.from[axis] + &self.to[axis]) / Rational::int(2);
        let [mut lower, mut upper] = self.signs.parted().map(|signs| Self {
            from: self.from.clone(),
            to: self.to.clone(),
            halvings: self.halvings + 1,
            signs,
            open: HashSet::new(),
        });
        lower.to[axis] = middle.clone();
        upper.from[axis] = middle;
        [lower, upper]
    }

    /// The same box, with nothing known of it.
    #[must_use]
    pub fn bare(&self) -> Self {
        let (from, to) = (self.from.clone(), self.to.clone());
        Self {
            from,
            to,
            halvings: self.halvings,
            signs: Inherited::default(),
            open: HashSet::new(),
        }
    }

    /// The point at a share of the way from the lower corner to the upper one, per parameter.
    #[must_use]
    pub fn at(&self, shares: &[Rational]) -> Vec<Rational> {
        let sides = self.from.iter().zip(&self.to).zip(shares);
        sides.map(|((from, to), share)| from + (to - from) * share).collect()
    }
}

/// What may be found in a tile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// Everything that is known of it.
    pub found: BTreeSet<Found>,
    /// Whether there may be more, not known yet.
    pub unknown: bool,
}

/// Signs of tests on tiles of given ranges.
#[derive(Debug)]
pub struct Signs {
    ranges: Vec<(Rational, Rational)>,
    cleared: HashMap<TestId, Option<Cleared>>,
}

/// A test without inverses: its sign is that of a polynomial times those of some denominators.
#[derive(Debug, Clone)]
struct Cleared {
    above: Tensor,
    below: Vec<TestId>,
}

impl Signs {
    /// For tiles of these ranges of the drawn parameters.
    #[must_use]
    pub fn new(ranges: Vec<(Rational, Rational)>) -> Self {
        Self { ranges, cleared: HashMap::new() }
    }

    /// The values of the parameters at a point of the unit box.
    #[must_use]
    pub fn values(&self, shares: &[Rational]) -> Vec<Rational> {
        let both = self.ranges.iter().zip(shares);
        both.map(|((low, high), share)| low + (high - low) * share).collect()
    }

    /// The sign of a test strictly inside a tile, if it is certain.
    pub(crate) fn sign(&mut self, book: &Book, test: TestId, tile: &mut Tile) -> Option<Ordering> {
        if let Some(known) = tile.signs.get(&test) {
            return Some(*known);
        }
        if tile.open.contains(&test) {
            return None;
        }
        let ranges = &self.ranges;
        let cleared = self.cleared.entry(test).or_insert_with(|| clear(book, test, ranges)).clone();
        let sign = cleared.and_then(|cleared| {
            let above = cleared.above.sign(tile);
            cleared.below.iter().fold(above, |sign, below| match self.sign(book, *below, tile)? {
                Ordering::Less => sign.map(Ordering::reverse),
                Ordering::Equal => None,
                Ordering::Greater => sign,
            })
        });
        match sign {
            Some(sign) => tile.signs.insert(test, sign),
            None => drop(tile.open.insert(test)),
        }
        sign
    }
}

impl Cells {
    /// What may be found inside a tile.
    #[must_use]
    pub fn cover(&self, signs: &mut Signs, tile: &mut Tile) -> Cover {
        self.cover_and_gaps(signs, tile).0
    }

    fn cover_and_gaps(&self, signs: &mut Signs, tile: &mut Tile) -> (Cover, Vec<Gap>) {
        let mut sign = |test| signs.sign(&self.book, test, tile);
        let covered = self.course.cover(&mut sign);
        let ends = covered.ends.into_iter();
        let mut found: BTreeSet<Found> =
            ends.map(|(ending, finds)| self.found(ending, finds)).collect();
        // What was listed on an imagined way alone.
        let unknown = found.remove(&Found::Unknown) || covered.unknown;
        (Cover { found, unknown }, covered.gaps)
    }

    /// The same after ways were learnt that no known point takes, and perhaps none can take: the course
    /// of the search is a function of signs, whether or not there is a point where all of them are so.
    /// What is listed on such a way alone is not relied on.
    #[must_use]
    pub fn cover_imagined(&mut self, signs: &mut Signs, tile: &mut Tile) -> Cover {
        let middle = tile.at(&vec![Rational::new(1, 2); tile.from.len()]);
        let middle: Vec<f64> = signs.values(&middle).iter().map(Rational::to_f64).collect();
        for _ in 0..MOST_ROUNDS {
            let (cover, gaps) = self.cover_and_gaps(signs, tile);
            let learnt = gaps.iter().filter(|gap| self.imagine(&middle, gap)).count();
            if !cover.unknown || learnt == 0 {
                return cover;
            }
        }
        self.cover(signs, tile)
    }
}

/// Rounds of imagining before a tile is halved or left.
const MOST_ROUNDS: usize = 4;

/// A test's polynomial without inverses; `None` if it has too many terms.
fn clear(book: &Book, test: TestId, ranges: &[(Rational, Rational)]) -> Option<Cleared> {
    let mut terms = book.terms(test).clone();
    let mut below = Vec::new();
    // A denominator has inverses only of those that were met before it.
    for (place, denominator) in book.inverses.iter().enumerate().rev() {
        let variable = ranges.len() + place;
        let power = terms.degree(variable);
        terms = terms.without_inverse(variable, book.terms(*denominator))?;
        if power % 2 == 1 {
            below.push(*denominator);
        }
    }
    Some(Cleared { above: Tensor::new(&terms, ranges), below })
}

/// A polynomial on the unit box: one coefficient for every choice of powers, the last parameter's
/// varying fastest.
#[derive(Debug, Clone)]
struct Tensor {
    degrees: Vec<usize>,
    coefficients: Vec<Rational>,
}

impl Tensor {
    fn new(terms: &Terms, ranges: &[(Rational, Rational)]) -> Self {
        let degrees: Vec<usize> = (0..ranges.len()).map(|k| terms.degree(k).into()).collect();
        let size = degrees.iter().map(|degree| degree + 1).product();
        let mut tensor = Self { coefficients: vec![Rational::ZERO; size], degrees };
        for (coefficient, variables) in terms.factors() {
            let mut powers = vec![0; ranges.len()];
            for variable in variables {
                powers[variable as usize] += 1;
            }
            let place = powers.iter().zip(&tensor.degrees);
            let place = place.fold(0, |place, (power, degree)| place * (degree + 1) + power);
            tensor.coefficients[place] = coefficient.clone();
        }
        let shift = |axis: usize, degree: usize| powers_of_line(&ranges[axis], degree);
        tensor.changed(shift)
    }

    /// The sign strictly inside a tile, if its Bernstein coefficients there have one.
    fn sign(&self, tile: &Tile) -> Option<Ordering> {
        let bernstein =
            |axis: usize, degree: usize| bernstein(&tile.from[axis], &tile.to[axis], degree);
        let there = self.changed(bernstein);
        let negative = there.coefficients.iter().any(Rational::is_negative);
        let positive = there.coefficients.iter().any(Rational::is_positive);
        match (negative, positive) {
            (true, true) => None,
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => Some(Ordering::Equal),
        }
    }

    /// Every axis in another basis: `matrix(axis, degree)[j][i]` is the share of the old
    /// coefficient `i` in the new one `j`.
    fn changed(&self, matrix: impl Fn(usize, usize) -> Vec<Vec<Rational>>) -> Self {
        let mut changed = self.clone();
        let mut inner = self.coefficients.len();
        for (axis, degree) in self.degrees.iter().enumerate() {
            let many = degree + 1;
            inner /= many;
            if *degree == 0 {
                continue;
            }
            let matrix = matrix(axis, *degree);
            let old = changed.coefficients.clone();
            for (place, coefficient) in changed.coefficients.iter_mut().enumerate() {
                let (row, start) = (place / inner % many, place - place / inner % many * inner);
                let parts = matrix[row].iter().enumerate().filter(|(_, share)| !share.is_zero());
                *coefficient = parts.map(|(i, share)| share * &old[start + i * inner]).sum();
            }
        }
        changed
    }
}

/// Powers of `low + (high - low) t` in powers of `t`.
fn powers_of_line((low, high): &(Rational, Rational), degree: usize) -> Vec<Vec<Rational>> {
    let width = high - low;
    let entry = |j: usize, i: usize| match i.checked_sub(j) {
        None => Rational::ZERO,
        Some(rest) => choose(i, j) * power(&width, j) * power(low, rest),
    };
    (0..=degree).map(|j| (0..=degree).map(|i| entry(j, i)).collect()).collect()
}

/// Bernstein coefficients on an interval of the powers up to a degree: the polar form of `t^i` with
/// `j` arguments at the upper end and the others at the lower one.
fn bernstein(from: &Rational, to: &Rational, degree: usize) -> Vec<Vec<Rational>> {
    let polar = |j: usize, i: usize| -> Rational {
        let ways = (0..=i.min(j)).filter(|k| i - k <= degree - j);
        let sum: Rational = ways
            .map(|k| choose(j, k) * choose(degree - j, i - k) * power(to, k) * power(from, i - k))
            .sum();
        sum / choose(degree, i)
    };
    (0..=degree).map(|j| (0..=degree).map(|i| polar(j, i)).collect()).collect()
}

fn power(base: &Rational, exponent: usize) -> Rational {
    (0..exponent).fold(Rational::ONE, |product, _| product * base)
}

fn choose(of: usize, many: usize) -> Rational {
    let factor = |k: usize| Rational::new((of - k) as i64, k as i64 + 1);
    (0..many).fold(Rational::ONE, |product, k| product * factor(k))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(coefficients: &[i64]) -> Terms {
        let [x, y] = [0, 1].map(Terms::variable);
        let square = x.times(&x).expect("small");
        let one = Terms::number(Rational::ONE);
        let monomials = [one, x.clone(), y.clone(), x.times(&y).expect("small"), square];
        let mut sum = Terms::default();
        for (coefficient, monomial) in coefficients.iter().zip(&monomials) {
            sum.add(monomial, &Rational::int(*coefficient));
        }
        sum
    }

    proptest! {
        /// A sign that is told holds at every point inside; of a multilinear polynomial, one that
        /// is not told really changes.
        #[test]
        fn signs_hold_inside(
            coefficients in prop::collection::vec(-6i64..7, 5),
            corner in (0i64..8, 0i64..8),
            at in (1i64..8, 1i64..8),
        ) {
            let terms = terms(&coefficients);
            let ranges = vec![(Rational::int(-1), Rational::int(2)), (Rational::ZERO, Rational::ONE)];
            let mut tile = Tile::whole(2);
            tile.from = vec![Rational::new(corner.0, 8), Rational::new(corner.1, 8)];
            tile.to = tile.from.iter().map(|from| from + Rational::new(1, 8)).collect();
            let shares = [Rational::new(at.0, 8), Rational::new(at.1, 8)];
            let signs = Signs::new(ranges.clone());
            let value = |shares: &[Rational]| terms.value(&signs.values(&tile.at(shares)));
            match Tensor::new(&terms, &ranges).sign(&tile) {
                Some(sign) => prop_assert_eq!(value(&shares).cmp(&Rational::ZERO), sign),
                None if coefficients[4] == 0 => {
                    let ends = [Rational::ZERO, Rational::ONE];
                    let corners = ends.iter().flat_map(|x| {
                        ends.iter().map(|y| value(&[x.clone(), y.clone()]))
                    });
                    let corners: Vec<Rational> = corners.collect();
                    prop_assert!(corners.iter().any(Rational::is_negative));
                    prop_assert!(corners.iter().any(Rational::is_positive));
                }
                None => {}
            }
        }
    }
}
