//! Equilibria of two players as products of convex sets: of a first player's strategies and of a
//! second player's (maximal Nash subsets, Winkels 1979, Jansen 1981).
//!
//! Each set is given by its vertices. Sets of one player are faces of one polyhedron, so two of
//! them meet exactly if they share a vertex.

use crate::{Candidate, Piece};
use detente_game::{Profile, Rational};
use std::collections::{BTreeMap, BTreeSet};

/// The most vertices that one player's side of a product may have.
pub(crate) const MOST_VERTICES: usize = 1_000;
/// The most pairs of vertices that one product may have.
pub(crate) const MOST_PAIRS: usize = 20_000;

/// Numbers for points.
#[derive(Debug, Default)]
pub(crate) struct Points {
    numbers: BTreeMap<Vec<Rational>, usize>,
    /// The points by their numbers.
    pub list: Vec<Vec<Rational>>,
}

impl Points {
    fn number(&mut self, point: Vec<Rational>) -> usize {
        let list = &mut self.list;
        *self.numbers.entry(point).or_insert_with_key(|point| {
            list.push(point.clone());
            list.len() - 1
        })
    }

    /// The points' numbers, sorted.
    pub fn numbers(&mut self, points: Vec<Vec<Rational>>) -> Vec<usize> {
        let mut numbers: Vec<usize> = points.into_iter().map(|point| self.number(point)).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The mean of some points.
    pub fn mean(&self, numbers: &[usize]) -> Vec<Rational> {
        let share = Rational::new(1, numbers.len() as i64);
        let mut mean = vec![Rational::ZERO; self.list[numbers[0]].len()];
        for number in numbers {
            for (total, value) in mean.iter_mut().zip(&self.list[*number]) {
                *total += value * &share;
            }
        }
        mean
    }
}

/// A product by the numbers of its vertices, sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Product {
    /// The first player's.
    pub first: Vec<usize>,
    /// The second player's.
    pub second: Vec<usize>,
}

impl Product {
    /// All pairs of vertices.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.first.iter().flat_map(|x| self.second.iter().map(|y| (*x, *y)))
    }

    /// How many pairs of vertices it has.
    pub fn size(&self) -> usize {
        self.first.len() * self.second.len()
    }

    fn includes(&self, other: &Self) -> bool {
        includes(&self.first, &other.first) && includes(&self.second, &other.second)
    }
}

fn includes(large: &[usize], small: &[usize]) -> bool {
    small.iter().all(|number| large.binary_search(number).is_ok())
}

/// The products that lie in no other.
fn greatest(products: &BTreeSet<Product>) -> Vec<Product> {
    // Whatever includes a product includes its first pair of vertices.
    let mut with_pair: BTreeMap<(usize, usize), Vec<&Product>> = BTreeMap::new();
    for product in products {
        for pair in product.pairs() {
            with_pair.entry(pair).or_default().push(product);
        }
    }
    let lies_in_other = |product: &Product| {
        let first = (product.first[0], product.second[0]);
        with_pair[&first].iter().any(|other| *other != product && other.includes(product))
    };
    products.iter().filter(|product| !lies_in_other(product)).cloned().collect()
}

/// The products grouped by shared vertices, in each group those with most vertices first.
fn connected(products: &[Product]) -> Vec<Vec<Product>> {
    let mut parent: Vec<usize> = (0..products.len()).collect();
    let mut owner: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, product) in products.iter().enumerate() {
        for pair in product.pairs() {
            let other = *owner.entry(pair).or_insert(at);
            let (one, two) = (root(&mut parent, at), root(&mut parent, other));
            parent[one.max(two)] = one.min(two);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Product>> = BTreeMap::new();
    for (at, product) in products.iter().enumerate() {
        groups.entry(root(&mut parent, at)).or_default().push(product.clone());
    }
    let mut groups: Vec<Vec<Product>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_by_key(|product| (std::cmp::Reverse(product.size()), product.clone()));
    }
    groups
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// All groups as candidates, sorted by their vertices; `profile` makes a profile of a pair of
/// points.
pub(crate) fn candidates(
    products: &BTreeSet<Product>,
    points: [&Points; 2],
    profile: &dyn Fn(&[Rational], &[Rational]) -> Profile,
) -> Vec<Candidate> {
    let groups = connected(&greatest(products));
    let candidate = |group: &Vec<Product>| {
        let mut pieces: Vec<Piece> =
            group.iter().map(|product| piece(product, points, profile)).collect();
        if pieces.len() == 1 && pieces[0].corners.len() == 1 {
            return Candidate::Point(pieces.remove(0).inside);
        }
        Candidate::Component(pieces)
    };
    let mut candidates: Vec<Candidate> = groups.iter().map(candidate).collect();
    candidates.sort_by(|one, other| one.corners().cmp(&other.corners()));
    candidates
}

fn piece(
    product: &Product,
    [first, second]: [&Points; 2],
    profile: &dyn Fn(&[Rational], &[Rational]) -> Profile,
) -> Piece {
    let corner = |(x, y): (usize, usize)| profile(&first.list[x], &second.list[y]);
    let mut corners: Vec<Profile> = product.pairs().map(corner).collect();
    corners.sort();
    let inside = profile(&first.mean(&product.first), &second.mean(&product.second));
    Piece { corners, inside }
}
