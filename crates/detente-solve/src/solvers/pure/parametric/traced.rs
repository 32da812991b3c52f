//! Amounts that know which payoffs they are sums of, and keep a record of every comparison.
//!
//! Pure search asks nothing of its numbers but sums, differences and comparisons. Run with these
//! amounts, it leaves the list of all comparisons that its course depended on. Wherever they come
//! out alike, it takes the same course and finds the same profiles.

use super::book::{Book, Point, TestId};
use super::course::Noted;
use super::frame::{Decision, Frame, decision};
use super::terms::Terms;
use crate::solvers::pure::amount::{Amount, Belief};
use crate::solvers::pure::tables::Waypoint;
use detente_game::Rational;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;

/// How often each weighted payoff is added: its place in [`Frame::weighted`], and the count.
pub(super) type Sum = Vec<(u32, i32)>;

/// Products of sums, which have places behind the weighted payoffs of the frame.
#[derive(Default)]
pub(super) struct Products {
    terms: Vec<Terms>,
    places: HashMap<(Sum, Sum), u32>,
}

/// A record of comparisons under way.
pub(super) struct Record<'a> {
    pub book: &'a mut Book,
    pub point: Point<'a>,
    pub frame: &'a Frame,
    /// What decides sums that were met before, in this frame.
    pub decisions: &'a mut HashMap<Sum, Decision>,
    /// Products met before, in this frame.
    pub products: &'a mut Products,
    /// The comparisons made and the waypoints passed, in order; between two waypoints each
    /// comparison once.
    pub made: Vec<Noted>,
    pub signs: HashMap<TestId, Ordering>,
    /// Comparisons made since the last waypoint.
    pub since: HashSet<TestId>,
    /// Whether the numbers themselves were asked for, not only how they compare.
    pub opened: bool,
    /// Whether what follows a waypoint need not be put on record.
    pub is_enough: &'a dyn Fn(&Waypoint) -> bool,
}

impl Record<'_> {
    fn sign(&mut self, sum: &Sum) -> Ordering {
        let Some(&(_, first)) = sum.first() else { return Ordering::Equal };
        // A sum and its negative share their test.
        if first < 0 {
            let negative = sum.iter().map(|(place, count)| (*place, -count)).collect();
            return self.sign(&negative).reverse();
        }
        let decided = match self.decisions.get(sum) {
            Some(known) => *known,
            None => {
                let found = decision(self.book, &self.terms(sum), &self.frame.positive);
                self.decisions.insert(sum.clone(), found);
                found
            }
        };
        let (test, flip) = match decided {
            Decision::Known(sign) => return sign,
            Decision::Test(test, flip) => (test, flip),
        };
        let sign = match self.signs.get(&test) {
            Some(known) => *known,
            None => {
                let sign = self.book.sign(test, &mut self.point);
                self.signs.insert(test, sign);
                sign
            }
        };
        // After the numbers were looked at, the course is no matter of signs alone.
        if !self.opened && self.since.insert(test) {
            self.made.push(Noted::Test(test, sign));
        }
        if flip { sign.reverse() } else { sign }
    }

    /// Notes a waypoint; `false` if what follows is of no use.
    pub fn note(&mut self, waypoint: Waypoint) -> bool {
        if self.opened {
            return false;
        }
        self.since.clear();
        let goes_on = !(self.is_enough)(&waypoint);
        self.made.push(Noted::Waypoint(waypoint));
        goes_on
    }

    fn terms(&self, sum: &Sum) -> Terms {
        let mut total = Terms::default();
        for (place, count) in sum {
            let weighted = &self.frame.weighted;
            let place = *place as usize;
            let terms =
                weighted.get(place).unwrap_or_else(|| &self.products.terms[place - weighted.len()]);
            total.add(terms, &Rational::int(i64::from(*count)));
        }
        total
    }

    /// The place of a product; `None` if it is too large to be kept.
    fn product(&mut self, left: &Sum, right: &Sum) -> Option<u32> {
        let key = (left.clone(), right.clone());
        if let Some(&known) = self.products.places.get(&key) {
            return Some(known);
        }
        let terms = self.terms(left).times(&self.terms(right))?;
        let place = (self.frame.weighted.len() + self.products.terms.len()) as u32;
        self.products.terms.push(terms);
        self.products.places.insert(key, place);
        Some(place)
    }
}

/// An amount under record.
#[derive(Clone)]
pub(super) struct Traced<'a> {
    sum: Sum,
    /// Zero alone has none.
    record: Option<Rc<RefCell<Record<'a>>>>,
}

impl<'a> Traced<'a> {
    /// The weighted payoff at a place of the frame.
    pub fn payoff(place: usize, record: &Rc<RefCell<Record<'a>>>) -> Self {
        Self { sum: vec![(place as u32, 1)], record: Some(Rc::clone(record)) }
    }

    fn plus(&self, other: &Self, factor: i32) -> Self {
        let record = self.record.as_ref().or(other.record.as_ref()).cloned();
        Self { sum: merged(&self.sum, &other.sum, factor), record }
    }

    fn sign(&self) -> Ordering {
        self.record.as_ref().map_or(Ordering::Equal, |record| record.borrow_mut().sign(&self.sum))
    }
}

/// `left + factor * right`, both in order of places.
fn merged(left: &Sum, right: &Sum, factor: i32) -> Sum {
    let mut sum = Sum::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let (place, count) = match (left.peek(), right.peek()) {
            (None, None) => return sum,
            (Some(&&one), None) => {
                left.next();
                one
            }
            (Some(&&one), Some(other)) if one.0 < other.0 => {
                left.next();
                one
            }
            (Some(&&(place, count)), Some(&&(same, more))) if place == same => {
                left.next();
                right.next();
                (place, count + factor * more)
            }
            (_, Some(&&(place, count))) => {
                right.next();
                (place, factor * count)
            }
        };
        if count != 0 {
            sum.push((place, count));
        }
    }
}

impl Amount for Traced<'_> {
    fn describe(&self, key: &mut Vec<u32>) {
        key.push(self.sum.len() as u32);
        key.extend(self.sum.iter().flat_map(|(place, count)| [*place, count.cast_unsigned()]));
    }
    fn zero() -> Self {
        Self { sum: Sum::new(), record: None }
    }
    fn add(&mut self, other: &Self) {
        *self = self.plus(other, 1);
    }
    fn minus(&self, other: &Self) -> Self {
        self.plus(other, -1)
    }
    fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }
    fn to_rational(&self) -> Rational {
        let Some(record) = &self.record else { return Rational::ZERO };
        let mut record = record.borrow_mut();
        record.opened = true;
        let terms = record.terms(&self.sum);
        let Record { book, point, .. } = &mut *record;
        terms.value(point.exact(book))
    }
    fn mixed_belief(gains: &[Vec<Self>], kept: &[usize], members: usize) -> Option<Belief<Self>> {
        let &[one, other] = kept else {
            // The numbers are looked at, so the record ends here.
            let shares = crate::solvers::pure::belief::by_program(gains, kept, members);
            return shares.map(Belief::Shares);
        };
        let weights = between(gains, one, other)?;
        let mut belief = vec![Self::zero(); members];
        [belief[one], belief[other]] = weights;
        Some(Belief::Amounts(belief))
    }
    fn times(&self, weight: &Self) -> Self {
        let (Some(record), Some(_)) = (&self.record, &weight.record) else { return Self::zero() };
        let mut open = record.borrow_mut();
        match open.product(&self.sum, &weight.sum) {
            Some(place) => Self { sum: vec![(place, 1)], record: Some(Rc::clone(record)) },
            None => {
                // No answer of this record will be used.
                open.opened = true;
                Self::zero()
            }
        }
    }
}

/// Weights of two members under which no row has a negative mean, where neither member alone will
/// do: the least ratio of the first to the second that all rows with a gain at the first allow,
/// if it does not exceed what the other rows allow.
fn between<'a>(gains: &[Vec<Traced<'a>>], one: usize, other: usize) -> Option<[Traced<'a>; 2]> {
    let (mut least, mut greatest): (Option<[Traced<'a>; 2]>, Vec<[Traced<'a>; 2]>) =
        (None, Vec::new());
    for row in gains {
        let (first, second) = (&row[one], &row[other]);
        match (first.sign(), second.sign()) {
            (Ordering::Greater | Ordering::Equal, Ordering::Greater | Ordering::Equal) => {}
            (Ordering::Greater, Ordering::Less) => {
                let ratio = [Traced::zero().minus(second), first.clone()];
                if least.as_ref().is_none_or(|known| is_less(known, &ratio)) {
                    least = Some(ratio);
                }
            }
            (Ordering::Less, Ordering::Greater) => {
                greatest.push([second.clone(), Traced::zero().minus(first)]);
            }
            _ => return None,
        }
    }
    least.filter(|least| !greatest.iter().any(|greatest| is_less(greatest, least)))
}

/// Whether one ratio of positive amounts is less than another.
fn is_less<'a>(left: &[Traced<'a>; 2], right: &[Traced<'a>; 2]) -> bool {
    left[0].times(&right[1]) < right[0].times(&left[1])
}

impl Ord for Traced<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.minus(other).sign()
    }
}

impl PartialOrd for Traced<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Traced<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Traced<'_> {}

impl fmt::Debug for Traced<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.sum)
    }
}
