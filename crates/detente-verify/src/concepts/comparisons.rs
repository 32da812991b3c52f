//! Which of two groups is more plausible, as the supports of several places tell it.
//!
//! A support says of its groups that they are equally plausible, and more plausible than those left
//! out. Two places often compare the same groups, or groups that differ by the same trembles: a
//! signal that both may have followed leads to different situations. What one of them says then
//! binds the other, which is seen without a linear program.

use crate::concepts::supports::{Expression, Model};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The pairs of groups of every place, those alike at several places under one number.
pub(crate) struct Comparisons {
    of: Vec<Vec<Pair>>,
}

/// Two groups of one place, the first before the second.
struct Pair {
    groups: (usize, usize),
    /// Which difference of orders this is.
    difference: usize,
    /// Whether it is that difference with its sign turned.
    turned: bool,
}

/// What is known of two groups at a place from the support of another place.
pub(crate) struct Known {
    groups: (usize, usize),
    order: Ordering,
    /// The other place.
    pub from: usize,
}

impl Comparisons {
    pub fn new(model: &Model) -> Self {
        let mut numbers: BTreeMap<Expression, usize> = BTreeMap::new();
        let mut pair = |first: usize, second: usize| {
            let (difference, turned) = difference(&model.order[first], &model.order[second]);
            let next = numbers.len();
            let difference = *numbers.entry(difference).or_insert(next);
            Pair { groups: (first, second), difference, turned }
        };
        let mut pairs = |groups: Vec<usize>| {
            let later = |at: usize| groups[at + 1..].iter().map(move |second| (at, *second));
            let all = (0..groups.len()).flat_map(later);
            all.map(|(at, second)| pair(groups[at], second)).collect()
        };
        Self { of: model.places.iter().map(|place| pairs(place.groups())).collect() }
    }

    /// What the supports of places decided before, the earliest first, say of the groups of a place.
    pub fn known(&self, place: usize, decided: &[usize], supports: &[Vec<usize>]) -> Vec<Known> {
        let mut told: BTreeMap<usize, (Ordering, usize)> = BTreeMap::new();
        for &from in decided {
            for pair in &self.of[from] {
                if let Some(order) = said(&supports[from], pair.groups) {
                    told.entry(pair.difference).or_insert((pair.turn(order), from));
                }
            }
        }
        let known = |pair: &Pair| {
            let (order, from) = told.get(&pair.difference)?;
            Some(Known { groups: pair.groups, order: pair.turn(*order), from: *from })
        };
        self.of[place].iter().filter_map(known).collect()
    }
}

impl Pair {
    fn turn(&self, order: Ordering) -> Ordering {
        if self.turned { order.reverse() } else { order }
    }
}

impl Known {
    /// Whether a support says something else.
    pub fn contradicts(&self, support: &[usize]) -> bool {
        said(support, self.groups).is_some_and(|order| order != self.order)
    }
}

/// How a support compares two groups; nothing if it leaves out both.
fn said(support: &[usize], (first, second): (usize, usize)) -> Option<Ordering> {
    match (support.contains(&first), support.contains(&second)) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    }
}

/// The first order less the second, and whether its sign was turned so that opposite differences
/// are one.
fn difference(first: &Expression, second: &Expression) -> (Expression, bool) {
    let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
    first.iter().for_each(|(at, factor)| *sum.entry(*at).or_default() += factor);
    second.iter().for_each(|(at, factor)| *sum.entry(*at).or_default() -= factor);
    let mut terms: Expression = sum.into_iter().filter(|(_, factor)| *factor != 0).collect();
    let turned = terms.first().is_some_and(|(_, factor)| *factor < 0);
    if turned {
        terms.iter_mut().for_each(|(_, factor)| *factor = -*factor);
    }
    (terms, turned)
}
