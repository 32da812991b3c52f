//! Proper equilibria of two players who have a choice, decided.
//!
//! Trembles of a proper equilibrium put each player's plans into an order of blocks: plans of one
//! block are about equally likely, those of the next infinitely less, and no plan is better than one
//! of a block before it or differs in worth within its block. For fixed orders of both players what
//! one player's trembles must satisfy is linear and homogeneous, so it can be met exactly if for
//! every block there is a solution that uses this block and none behind it: a linear program each.
//! The solutions, each with the next power of a small number, are trembles; and as finitely many
//! orders exist, one that works is found or none does.

use super::dominance::worth_now;
use super::{Strategic, tremble::Layers};
use crate::lp::{self, Broken};
use crate::verdict::Failure;
use detente_game::{PlayerId, Rational};
use detente_linear::{Program, RowRelation};
use std::collections::{BTreeMap, BTreeSet};

/// The most orders of one player's plans, and the most pairs of them.
const MOST_ORDERS: usize = 600;
const MOST_PAIRS: usize = 6_000;

/// A player's plans, the likeliest first.
type Order = Vec<Vec<usize>>;

/// What the search says.
pub(super) enum Answer {
    /// Trembles that prove it.
    Proper(Layers),
    /// There are none.
    Improper(Failure),
    /// There are too many orders.
    TooMany,
}

/// Searches trembles for a Nash equilibrium in which at most two players have a choice.
pub(super) fn search(strategic: &Strategic) -> Result<Answer, Broken> {
    let active = strategic.active();
    let (Some(first), Some(second)) = (side(strategic, &active, 0), side(strategic, &active, 1))
    else {
        return Ok(Answer::TooMany);
    };
    if first.orders.len() * second.orders.len() > MOST_PAIRS {
        return Ok(Answer::TooMany);
    }
    let mut pairs = Pairs { sides: [first, second], known: BTreeMap::new() };
    // The orders of each player's plans that some order of the other's supports.
    let mut possible = [BTreeSet::new(), BTreeSet::new()];
    for first in 0..pairs.sides[0].orders.len() {
        for second in 0..pairs.sides[1].orders.len() {
            let of_second = pairs.trembles(0, first, second)?;
            let of_first = pairs.trembles(1, second, first)?;
            if of_second.is_some() {
                possible[0].insert(first);
            }
            if of_first.is_some() {
                possible[1].insert(second);
            }
            if let (Some(of_first), Some(of_second)) = (of_first, of_second) {
                return Ok(Answer::Proper(layers(strategic, &active, [of_first, of_second])));
            }
        }
    }
    Ok(Answer::Improper(improper(strategic, &pairs.sides, &possible)))
}

/// One of the two players: the `at`-th who has a choice, or nobody with nothing to choose.
struct Side {
    player: Option<usize>,
    /// Per own plan and plan of the other.
    payoffs: Vec<Vec<Rational>>,
    orders: Vec<Order>,
}

fn side(strategic: &Strategic, active: &[usize], at: usize) -> Option<Side> {
    let Some(&player) = active.get(at) else {
        let columns = active.first().map_or(1, |other| strategic.count(*other));
        let payoffs = vec![vec![Rational::ZERO; columns]];
        return Some(Side { player: None, payoffs, orders: vec![vec![vec![0]]] });
    };
    let orders = orders(strategic, player)?;
    Some(Side { player: Some(player), payoffs: strategic.payoffs[player].clone(), orders })
}

/// All orders of a player's plans that begin with those in use and never put a plan before one that
/// is better against the profile; `None` if they are too many.
fn orders(strategic: &Strategic, player: usize) -> Option<Vec<Order>> {
    let worth = strategic.worth(player, &strategic.mixed);
    let used = strategic.support(player);
    let mut groups: BTreeMap<Rational, Vec<usize>> = BTreeMap::new();
    for (plan, worth) in worth.into_iter().enumerate() {
        if !used.contains(&plan) {
            groups.entry(worth).or_default().push(plan);
        }
    }
    let mut orders = vec![vec![used]];
    for group in groups.values().rev() {
        let ends = if group.len() > 5 { return None } else { ordered_partitions(group) };
        if orders.len() * ends.len() > MOST_ORDERS {
            return None;
        }
        let longer = |start: &Order| {
            let start = start.clone();
            ends.iter().map(move |end| [start.as_slice(), end].concat()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    Some(orders)
}

/// All ways to put things in an order with ties.
fn ordered_partitions(things: &[usize]) -> Vec<Order> {
    if things.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for mask in 1_u32..1 << things.len() {
        let is_in = |at: usize| mask >> at & 1 == 1;
        let (block, rest): (Vec<_>, Vec<_>) = (0..things.len()).partition(|at| is_in(*at));
        let of = |places: Vec<usize>| places.into_iter().map(|at| things[at]).collect::<Vec<_>>();
        let block = of(block);
        for end in ordered_partitions(&of(rest)) {
            found.push([std::slice::from_ref(&block), end.as_slice()].concat());
        }
    }
    found
}

/// Solutions of the programs, by side, own order, the blocks before, and the block.
type Known = BTreeMap<(usize, usize, Vec<usize>, Vec<usize>), Option<Vec<Rational>>>;

struct Pairs {
    sides: [Side; 2],
    known: Known,
}

impl Pairs {
    /// Trembles of the other player in one of his orders that make one's own order right: a layer
    /// for every block but the first.
    fn trembles(
        &mut self,
        side: usize,
        own: usize,
        other: usize,
    ) -> Result<Option<Vec<Vec<Rational>>>, Broken> {
        let blocks = self.sides[1 - side].orders[other].clone();
        let mut layers = Vec::with_capacity(blocks.len());
        let mut before = blocks[0].clone();
        for block in &blocks[1..] {
            before.sort_unstable();
            let key = (side, own, before.clone(), block.clone());
            if !self.known.contains_key(&key) {
                let found = layer(&self.sides[side], own, &before, block)?;
                self.known.insert(key.clone(), found);
            }
            let Some(layer) = &self.known[&key] else { return Ok(None) };
            layers.push(layer.clone());
            before.extend(block);
        }
        Ok(Some(layers))
    }
}

/// Weights of the other's plans: at least 1 in a block, any in the blocks before, against which the
/// own order is right.
fn layer(
    side: &Side,
    own: usize,
    before: &[usize],
    block: &[usize],
) -> Result<Option<Vec<Rational>>, Broken> {
    let columns: Vec<usize> = before.iter().chain(block).copied().collect();
    let mut program = Program::new(columns.len());
    let order = &side.orders[own];
    let mut row = |better: usize, worse: usize, relation| {
        let lead = |column: &usize| &side.payoffs[better][*column] - &side.payoffs[worse][*column];
        let lead: Vec<_> = columns.iter().map(lead).enumerate().collect();
        program.row(&lead, relation, Rational::ZERO);
    };
    for (at, tied) in order.iter().enumerate() {
        tied.windows(2).for_each(|two| row(two[0], two[1], RowRelation::Eq));
        if let Some(next) = order.get(at + 1) {
            row(tied[0], next[0], RowRelation::Ge);
        }
    }
    for at in before.len()..columns.len() {
        program.row(&[(at, Rational::ONE)], RowRelation::Ge, Rational::ONE);
    }
    let sum: Vec<_> = (0..columns.len()).map(|at| (at, Rational::ONE)).collect();
    let Some((_, point)) = lp::minimum(&program, &sum)? else { return Ok(None) };
    let mut weights = vec![Rational::ZERO; side.payoffs[0].len()];
    for (column, weight) in columns.iter().zip(point) {
        weights[*column] = weight;
    }
    Ok(Some(weights))
}

/// The players' trembles, what they do for certain first.
fn layers(strategic: &Strategic, active: &[usize], found: [Vec<Vec<Rational>>; 2]) -> Layers {
    let mut layers: Layers = strategic.mixed.iter().map(|mixed| vec![mixed.clone()]).collect();
    for (player, more) in active.iter().zip(found) {
        layers[*player].extend(more);
    }
    layers
}

fn improper(strategic: &Strategic, sides: &[Side; 2], possible: &[BTreeSet<usize>; 2]) -> Failure {
    let failures = (0..2).filter_map(|at| {
        let player = sides[at].player?;
        let other = &sides[1 - at];
        let possible = &possible[1 - at];
        let is_possible = |order: &usize| possible.is_empty() || possible.contains(order);
        let orders: Vec<&Order> =
            (0..other.orders.len()).filter(is_possible).map(|at| &other.orders[at]).collect();
        better_always(strategic, player, &orders)
    });
    failures.into_iter().next().unwrap_or_else(|| {
        let player = sides[0].player.unwrap_or(0);
        let name = strategic.name(player);
        Failure {
            player: PlayerId::from_index(player),
            set: None,
            instead: "another plan, which depends on the trembles".to_owned(),
            gain: Rational::ZERO,
            reason: format!(
                "there are no trembles, each infinitely less likely than those to a better plan, \
                 against which {name} and the others follow best plans: for every order of the \
                 plans somebody gains, though perhaps arbitrarily little"
            ),
        }
    })
}

/// A plan that is better than the strategy for every order of the other's trembles that may be.
fn better_always(strategic: &Strategic, player: usize, orders: &[&Order]) -> Option<Failure> {
    let now = worth_now(strategic, player);
    (0..strategic.count(player)).find_map(|plan| {
        let worth = &strategic.payoffs[player][plan];
        let gains: Vec<Rational> = worth.iter().zip(&now).map(|(worth, now)| worth - now).collect();
        let wins = |order: &&Order| wins(order, &gains);
        let column = (0..gains.len()).find(|at| orders.iter().all(|o| wins(o).contains(at)))?;
        let instead = strategic.text(player, plan);
        let reason = format!(
            "{name} gains {gain} by playing instead: {instead}, if by a tremble {tremble}; that is \
             infinitely likelier than any tremble against which this loses, in every order of \
             trembles in which those to worse plans are rarer",
            name = strategic.name(player),
            gain = gains[column],
            tremble = strategic.combination_text(&strategic.combinations(player)[column]),
        );
        let gain = gains[column].clone();
        Some(Failure { player: PlayerId::from_index(player), set: None, instead, gain, reason })
    })
}

/// The plans of the other against which a deviation wins, in the likeliest block that matters to
/// it; none if it also loses there.
fn wins(order: &Order, gains: &[Rational]) -> Vec<usize> {
    let matters = |block: &&Vec<usize>| block.iter().any(|at| !gains[*at].is_zero());
    match order.iter().find(matters) {
        Some(block) if block.iter().all(|at| !gains[*at].is_negative()) => {
            block.iter().copied().filter(|at| gains[*at].is_positive()).collect()
        }
        _ => Vec::new(),
    }
}
