//! From cells to isolated equilibria and connected components.
//!
//! The closure of a cell is a product of two polytopes all of whose points are equilibria. Cells
//! are faces of two polyhedra, one per mover, so two closures meet exactly if they share a vertex
//! on either side.

use super::programs::{self, Worths};
use super::search::Cell;
use super::stage::Stage;
use crate::{Candidate, Piece};
use detente_game::form::GameForm;
use detente_game::{Profile, Rational};
use std::collections::{BTreeMap, BTreeSet};

/// A closed cell by the numbers of its vertices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Product {
    sending: Vec<usize>,
    replying: Vec<usize>,
}

#[derive(Default)]
struct Points {
    numbers: BTreeMap<Vec<Rational>, usize>,
    list: Vec<Vec<Rational>>,
}

impl Points {
    fn number(&mut self, point: Vec<Rational>) -> usize {
        let list = &mut self.list;
        *self.numbers.entry(point).or_insert_with_key(|point| {
            list.push(point.clone());
            list.len() - 1
        })
    }

    fn numbers(&mut self, points: Vec<Vec<Rational>>) -> Vec<usize> {
        let mut numbers: Vec<usize> = points.into_iter().map(|point| self.number(point)).collect();
        numbers.sort_unstable();
        numbers
    }

    fn mean(&self, numbers: &[usize]) -> Vec<Rational> {
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

/// The most vertices that one mover's side of a cell may have.
const MOST_VERTICES: usize = 1_000;
/// The most pairs of vertices that one cell may have.
const MOST_PAIRS: usize = 20_000;

/// What became of the cells.
pub(super) struct Grouped {
    /// The candidates, sorted by their vertices.
    pub(super) candidates: Vec<Candidate>,
    /// Of how many cells only some points are listed, because they have too many vertices.
    pub(super) cut_short: usize,
}

/// The candidates of all cells.
pub(super) fn candidates(
    form: &GameForm,
    stage: &Stage,
    worths: &Worths,
    cells: &[Cell],
) -> Grouped {
    let (mut sendings, mut replyings) = (Points::default(), Points::default());
    let mut products = BTreeSet::new();
    let mut cut_short = 0;
    for cell in cells {
        let sending = programs::sending(stage, worths, &cell.sent, &cell.best);
        let replying = programs::replying(stage, &cell.sent, &cell.best);
        let corners = sending.vertices(MOST_VERTICES).zip(replying.vertices(MOST_VERTICES));
        let listed = corners.filter(|(x, y)| x.len() * y.len() <= MOST_PAIRS);
        let (sending, replying) = listed.unwrap_or_else(|| {
            cut_short += 1;
            (sending.any_point(), replying.any_point())
        });
        products.insert(Product {
            sending: sendings.numbers(sending),
            replying: replyings.numbers(replying),
        });
    }
    let products = greatest(&products);
    let profiles = Profiles { form, stage, sendings: &sendings, replyings: &replyings };
    let mut candidates: Vec<Candidate> =
        connected(&products).into_iter().map(|component| profiles.candidate(component)).collect();
    candidates.sort_by(|one, other| one.corners().cmp(&other.corners()));
    Grouped { candidates, cut_short }
}

/// Makes profiles of pairs of points.
struct Profiles<'a> {
    form: &'a GameForm,
    stage: &'a Stage,
    sendings: &'a Points,
    replyings: &'a Points,
}

impl Profiles<'_> {
    fn candidate(&self, mut component: Vec<Product>) -> Candidate {
        component.sort_by_key(|product| {
            (std::cmp::Reverse(product.sending.len() * product.replying.len()), product.clone())
        });
        let mut pieces: Vec<Piece> = component.iter().map(|product| self.piece(product)).collect();
        if pieces.len() == 1 && pieces[0].corners.len() == 1 {
            return Candidate::Point(pieces.remove(0).inside);
        }
        Candidate::Component(pieces)
    }

    fn piece(&self, product: &Product) -> Piece {
        let corner = |(x, y): (usize, usize)| {
            profile(self.form, self.stage, &self.sendings.list[x], &self.replyings.list[y])
        };
        let mut corners: Vec<Profile> = pairs(product).map(corner).collect();
        corners.sort();
        let sending = self.sendings.mean(&product.sending);
        let replying = self.replyings.mean(&product.replying);
        Piece { corners, inside: profile(self.form, self.stage, &sending, &replying) }
    }
}

fn profile(form: &GameForm, stage: &Stage, sending: &[Rational], replying: &[Rational]) -> Profile {
    let mut probability = vec![Rational::ZERO; form.action_count()];
    for (message, value) in stage.messages.iter().zip(sending) {
        probability[message.id.index()] = value.clone();
    }
    for (id, value) in stage.reply_ids.iter().zip(replying) {
        probability[id.index()] = value.clone();
    }
    Profile { probability }
}

fn pairs(product: &Product) -> impl Iterator<Item = (usize, usize)> {
    product.sending.iter().flat_map(|x| product.replying.iter().map(|y| (*x, *y)))
}

fn includes(large: &[usize], small: &[usize]) -> bool {
    small.iter().all(|number| large.binary_search(number).is_ok())
}

/// The products that lie in no other.
fn greatest(products: &BTreeSet<Product>) -> Vec<Product> {
    // Whatever includes a product includes its first pair of vertices.
    let mut with_pair: BTreeMap<(usize, usize), Vec<&Product>> = BTreeMap::new();
    for product in products {
        for pair in pairs(product) {
            with_pair.entry(pair).or_default().push(product);
        }
    }
    let lies_in_other = |product: &Product| {
        let first = (product.sending[0], product.replying[0]);
        with_pair[&first].iter().any(|other| {
            *other != product
                && includes(&other.sending, &product.sending)
                && includes(&other.replying, &product.replying)
        })
    };
    products.iter().filter(|product| !lies_in_other(product)).cloned().collect()
}

/// The products grouped by shared vertices.
fn connected(products: &[Product]) -> Vec<Vec<Product>> {
    let mut parent: Vec<usize> = (0..products.len()).collect();
    let mut owner: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, product) in products.iter().enumerate() {
        for pair in pairs(product) {
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
