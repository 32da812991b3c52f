//! Equilibria of two players as products of convex sets: of a first player's strategies and of a
//! second player's (maximal Nash subsets, Winkels 1979, Jansen 1981).
//!
//! Each set is given by its vertices. The greatest sets of one player are faces of one polyhedron,
//! so two of them meet exactly if they share a vertex.

use crate::{Candidate, Piece};
use detente_game::{Profile, Rational};
use detente_linear::is_mixture;
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

    fn includes(&self, other: &Self) -> bool {
        includes(&self.first, &other.first) && includes(&self.second, &other.second)
    }
}

fn includes(large: &[usize], small: &[usize]) -> bool {
    small.iter().all(|number| large.binary_search(number).is_ok())
}

/// Which products lie in others although their vertices are not vertices of these.
struct Hulls<'a> {
    points: [&'a Points; 2],
    /// Whether a point is a mixture of some points, by side and numbers.
    known: BTreeMap<(usize, usize, &'a [usize]), bool>,
}

impl<'a> Hulls<'a> {
    fn lies_in(&mut self, product: &Product, other: &'a Product) -> bool {
        let sides = [(&product.first, &other.first), (&product.second, &other.second)];
        sides.iter().enumerate().all(|(side, (inner, outer))| {
            inner.iter().all(|point| self.is_mixture(side, *point, outer))
        })
    }

    fn is_mixture(&mut self, side: usize, point: usize, of: &'a [usize]) -> bool {
        if of.binary_search(&point).is_ok() {
            return true;
        }
        let list = &self.points[side].list;
        *self.known.entry((side, point, of)).or_insert_with(|| {
            let others: Vec<&Vec<Rational>> = of.iter().map(|number| &list[*number]).collect();
            let mut weights = list[point].iter().enumerate();
            weights.all(|(at, weight)| {
                weight.is_zero() || others.iter().any(|other| !other[at].is_zero())
            }) && is_mixture(&list[point], &others)
        })
    }
}

/// The products that lie in no other, whether or not they share vertices.
fn greatest_hulls(products: &[Product], points: [&Points; 2]) -> Vec<Product> {
    let mut hulls = Hulls { points, known: BTreeMap::new() };
    let mut lies_in_other = |product: &Product| {
        products.iter().any(|other| other != product && hulls.lies_in(product, other))
    };
    products.iter().filter(|product| !lies_in_other(product)).cloned().collect()
}

/// The products whose vertices are not all vertices of another.
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

/// The products that lie in no other.
pub(crate) fn greatest_of(
    products: &BTreeSet<Product>,
    points: [&Points; 2],
    are_faces: bool,
) -> Vec<Product> {
    let greatest = greatest(products);
    if are_faces { greatest } else { greatest_hulls(&greatest, points) }
}

/// The products grouped by shared vertices.
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
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Makes a profile of a pair of points; what they do not tell is taken from another profile.
pub(crate) type ToProfile<'a> = dyn Fn(&[Rational], &[Rational], Option<&Profile>) -> Profile + 'a;

/// All groups as candidates, sorted by their vertices, in each the largest piece first.
/// `are_faces` says whether all sets of a player are faces of one polyhedron, and not only the
/// greatest.
pub(crate) fn candidates(
    products: &BTreeSet<Product>,
    points: [&Points; 2],
    are_faces: bool,
    profile: &ToProfile,
) -> Vec<Candidate> {
    let groups = connected(&greatest_of(products, points, are_faces));
    let mut candidates: Vec<Candidate> =
        groups.iter().map(|group| candidate(group, points, profile)).collect();
    candidates.sort_by(|one, other| one.corners().cmp(&other.corners()));
    candidates
}

fn candidate(group: &[Product], points: [&Points; 2], profile: &ToProfile) -> Candidate {
    let all = |side: fn(&Product) -> &Vec<usize>| -> Vec<usize> {
        let all: BTreeSet<usize> = group.iter().flat_map(side).copied().collect();
        all.into_iter().collect()
    };
    let (first, second) = (all(|product| &product.first), all(|product| &product.second));
    // Where one point does not tell what is done, others of the group may.
    let middle = profile(&points[0].mean(&first), &points[1].mean(&second), None);
    if first.len() * second.len() == 1 {
        return Candidate::Point(middle);
    }
    let profile = |x: &[Rational], y: &[Rational]| profile(x, y, Some(&middle));
    let mut pieces: Vec<Piece> =
        group.iter().map(|product| piece(product, points, &profile)).collect();
    pieces.sort_by(|one, other| {
        let sizes = other.corners.len().cmp(&one.corners.len());
        sizes.then_with(|| one.corners.cmp(&other.corners))
    });
    Candidate::Component(pieces)
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
