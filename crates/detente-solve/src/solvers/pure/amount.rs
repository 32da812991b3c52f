//! Payoffs as scaled integers where they fit, as fractions where they do not.
//!
//! Every payoff of a player is multiplied by the chance on the way to its end and by one common
//! factor. Comparisons of sums do not change, and sums become integer sums.

use super::prepared::Prepared;
use detente_game::form::NodeKind;
use detente_game::instance::GameInstance;
use detente_game::{PlayerId, Rational};
use std::fmt::Debug;

/// A number that sums of chance-weighted payoffs are made of.
pub(super) trait Amount: Clone + Ord + Debug {
    /// Zero.
    fn zero() -> Self;
    /// Adds in place.
    fn add(&mut self, other: &Self);
    /// The difference.
    fn minus(&self, other: &Self) -> Self;
    /// Whether this is below zero.
    fn is_negative(&self) -> bool;
    /// The same number as a fraction.
    fn to_rational(&self) -> Rational;
    /// A belief on several of the kept members under which no row has a negative mean, where no
    /// single member will do; see [`super::belief::supporting`].
    fn mixed_belief(gains: &[Vec<Self>], kept: &[usize], members: usize) -> Option<Belief<Self>> {
        super::belief::by_program(gains, kept, members).map(Belief::Shares)
    }
    /// The product with a weight of [`Belief::Amounts`].
    fn times(&self, weight: &Self) -> Self;
    /// Appends what it is made of, where that is on record.
    fn describe(&self, _key: &mut Vec<u32>) {}
}

/// A belief over the members of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Belief<T> {
    /// Shares that add up to 1.
    Shares(Vec<Rational>),
    /// The same up to a positive factor, in amounts.
    Amounts(Vec<T>),
}

impl Amount for i64 {
    fn zero() -> Self {
        0
    }
    fn add(&mut self, other: &Self) {
        *self += other;
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn is_negative(&self) -> bool {
        *self < 0
    }
    fn to_rational(&self) -> Rational {
        Rational::int(*self)
    }
    fn times(&self, weight: &Self) -> Self {
        self * weight
    }
}

impl Amount for i128 {
    fn zero() -> Self {
        0
    }
    fn add(&mut self, other: &Self) {
        *self += other;
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn is_negative(&self) -> bool {
        *self < 0
    }
    fn to_rational(&self) -> Rational {
        Rational::from(*self)
    }
    fn times(&self, weight: &Self) -> Self {
        self * weight
    }
}

impl Amount for Rational {
    fn zero() -> Self {
        Self::ZERO
    }
    fn add(&mut self, other: &Self) {
        *self += other;
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn is_negative(&self) -> bool {
        Rational::is_negative(self)
    }
    fn to_rational(&self) -> Rational {
        self.clone()
    }
    fn times(&self, weight: &Self) -> Self {
        self * weight
    }
}

/// Chance-weighted payoffs of all nodes; only ends are filled. One entry per node and player.
pub(super) enum Weighted {
    /// Scaled to integers whose sums fit in 64 bits.
    Integers(Vec<i64>),
    /// Scaled to integers whose sums fit in 128 bits.
    Wide(Vec<i128>),
    /// Fractions.
    Fractions(Vec<Rational>),
}

/// The weighted payoffs of an instance.
///
/// Below a branch of probability 0 the weights start again at 1: what happens there counts for
/// nobody above, yet players who find themselves there still choose.
pub(super) fn weigh(prepared: &Prepared, instance: &GameInstance) -> Weighted {
    let players = prepared.players;
    let mut fractions = vec![Rational::ZERO; prepared.form.node_count() * players];
    for player in 0..players {
        weigh_for(prepared, instance, player, &mut fractions);
    }
    let Some(wide) = scale(&fractions, players) else { return Weighted::Fractions(fractions) };
    let narrow = |player| {
        let column = wide.iter().skip(player).step_by(players);
        column.map(|entry| entry.unsigned_abs()).sum::<u128>() <= NARROW
    };
    if (0..players).all(narrow) {
        return Weighted::Integers(wide.into_iter().map(|entry| entry as i64).collect());
    }
    Weighted::Wide(wide)
}

/// Fills one player's column: first the chance weight of every node, at ends times the payoff.
fn weigh_for(prepared: &Prepared, instance: &GameInstance, player: usize, table: &mut [Rational]) {
    let (form, players) = (&*prepared.form, prepared.players);
    let id = PlayerId::from_index(player);
    table[player] = Rational::ONE;
    for node in form.nodes() {
        let weight = std::mem::take(&mut table[node.index() * players + player]);
        match form.kind(node) {
            NodeKind::End(row) => {
                table[node.index() * players + player] = weight * instance.row_payoff(row, id);
            }
            NodeKind::Decision(_) => {
                for child in form.children(node) {
                    table[child.index() * players + player] = weight.clone();
                }
            }
            NodeKind::Chance(lottery) => {
                for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                    let chance = instance.branch_for(id, branch);
                    table[child.index() * players + player] =
                        if chance.is_zero() { Rational::ONE } else { &weight * chance };
                }
            }
        }
    }
}

/// Sums and differences of two sums that stay below these fit in 64 and in 128 bits.
const NARROW: u128 = i64::MAX as u128 / 4;
const WIDE: u128 = i128::MAX as u128 / 4;

/// Each player's column times its common denominator, if all sums stay below `WIDE`.
fn scale(fractions: &[Rational], players: usize) -> Option<Vec<i128>> {
    let mut integers = vec![0; fractions.len()];
    for player in 0..players {
        let column = || fractions.iter().skip(player).step_by(players);
        let mut factor: i128 = 1;
        for entry in column() {
            let denom = i128::from(entry.small_parts()?.1);
            if factor % denom != 0 {
                factor = (factor / gcd(factor, denom)).checked_mul(denom)?;
            }
        }
        let mut total: u128 = 0;
        for (position, entry) in column().enumerate() {
            let (numer, denom) = entry.small_parts()?;
            let scaled = i128::from(numer).checked_mul(factor / i128::from(denom))?;
            total = total.checked_add(scaled.unsigned_abs())?;
            if total > WIDE {
                return None;
            }
            integers[position * players + player] = scaled;
        }
    }
    Some(integers)
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// For every branch and player, whether that player thinks it impossible.
pub(super) fn impossible(prepared: &Prepared, instance: &GameInstance) -> Vec<bool> {
    let branches = prepared.form.branch_count();
    let mut table = vec![false; branches * prepared.players];
    for branch in (0..branches).map(detente_game::BranchId::from_index) {
        for player in 0..prepared.players {
            table[branch.index() * prepared.players + player] =
                instance.branch_for(PlayerId::from_index(player), branch).is_zero();
        }
    }
    table
}
