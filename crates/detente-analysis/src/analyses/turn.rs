//! Where a margin, as a function of one parameter, first turns negative.

use super::axis::Piece;
use super::plan::{self, Plan};
use super::play::Play;
use super::symbols::Symbols;
use crate::algebra::{Polynomial, RationalFunction, Ring, Root, roots_between};
use detente_game::form::NodeKind;
use detente_game::{ActionId, Game, InfoSetId, NodeId, ParamId, Rational};
use std::collections::BTreeMap;

/// In which direction a parameter moves away from its base value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Towards smaller values.
    Below,
    /// Towards greater values.
    Above,
}

impl Side {
    /// -1 or 1.
    #[must_use]
    pub fn sign(self) -> Rational {
        match self {
            Self::Below => -Rational::ONE,
            Self::Above => Rational::ONE,
        }
    }

    /// The word in sentences.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
        }
    }

    /// The other direction.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::Above => Self::Below,
        }
    }

    /// Whether a root comes before another one on the way out.
    pub(super) fn meets_first(self, one: &Root, other: &Root) -> bool {
        match self {
            Self::Below => one > other,
            Self::Above => one < other,
        }
    }

    /// Whether `a` comes before `b` on the way out.
    pub(super) fn nearer(self, a: &Rational, b: &Rational) -> bool {
        match self {
            Self::Below => a > b,
            Self::Above => a < b,
        }
    }

    /// The turn that comes first on the way out; not known if either is not.
    pub(super) fn first(self, one: Turn, other: Turn) -> Turn {
        match (one, other) {
            (Turn::Unknown(why), _) | (_, Turn::Unknown(why)) => Turn::Unknown(why),
            (Turn::At(a), Turn::At(b)) => Turn::At(if self.meets_first(&b, &a) { b } else { a }),
            (Turn::At(at), Turn::Never) | (Turn::Never, Turn::At(at)) => Turn::At(at),
            (Turn::Never, Turn::Never) => Turn::Never,
        }
    }
}

/// Where a margin turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// It becomes negative right after this value.
    At(Root),
    /// It does not, as far as the parameter's range goes.
    Never,
    /// Not known, for this reason.
    Unknown(&'static str),
}

/// A choice between two actions at a set, with what the player does after the second one.
pub(super) struct Choice<'p, 'a> {
    pub play: &'p Play<'a>,
    pub set: InfoSetId,
    pub chosen: ActionId,
    pub against: ActionId,
    pub plan: &'p Plan,
}

impl Choice<'_, '_> {
    /// The margin times the probability that the others and chance lead to the set: the same
    /// sign as the margin wherever that probability is positive. `None` if a number that it
    /// needs has no value in this algebra.
    pub fn value_in<S: Symbols>(&self, symbols: &S) -> Option<S::Value> {
        let form = self.play.form();
        let first = form.info_set(self.set).first_action.index();
        let mut sum = S::Value::constant(Rational::ZERO);
        for member in form.members(self.set) {
            let weight = self.weight(symbols, *member)?;
            if weight.is_zero() {
                continue;
            }
            let child = |action: ActionId| form.child(*member, action.index() - first);
            let chosen = self.value(symbols, child(self.chosen), None)?;
            let against = self.value(symbols, child(self.against), Some(self.plan))?;
            sum = sum.add(&weight.mul(&chosen.sub(&against)));
            if sum.is_too_long() {
                return None;
            }
        }
        Some(sum)
    }

    fn weight<S: Symbols>(&self, symbols: &S, member: NodeId) -> Option<S::Value> {
        let form = self.play.form();
        let player = form.info_set(self.set).player;
        let mut weight = S::Value::constant(Rational::ONE);
        let mut here = member;
        while let Some(parent) = form.parent(here) {
            // With perfect recall all members share the player's own moves, which cancel.
            if !(form.has_perfect_recall() && plan::is_own(form, player, parent)) {
                weight = weight.mul(&self.edge(symbols, here)?);
                if weight.is_zero() {
                    return Some(weight);
                }
                if weight.is_too_long() {
                    return None;
                }
            }
            here = parent;
        }
        Some(weight)
    }

    fn edge<S: Symbols>(&self, symbols: &S, node: NodeId) -> Option<S::Value> {
        let form = self.play.form();
        if let Some(branch) = form.branch_into(node) {
            return symbols.branch(form.info_set(self.set).player, branch);
        }
        symbols.action(form.action_into(node)?)
    }

    /// The player's expected payoff from a node on, own sets in `plan` played by it.
    fn value<S: Symbols>(
        &self,
        symbols: &S,
        start: NodeId,
        plan: Option<&Plan>,
    ) -> Option<S::Value> {
        let form = self.play.form();
        let player = form.info_set(self.set).player;
        let nodes = self.below(symbols, start, plan)?;
        let mut values: BTreeMap<NodeId, S::Value> = BTreeMap::new();
        for (node, children) in nodes.iter().rev() {
            let value = if let NodeKind::End(row) = form.kind(*node) {
                symbols.payoff(player, row)?
            } else {
                let mut sum = S::Value::constant(Rational::ZERO);
                for (child, edge) in children {
                    sum = sum.add(&edge.mul(values.get(child)?));
                    if sum.is_too_long() {
                        return None;
                    }
                }
                sum
            };
            values.insert(*node, value);
        }
        values.remove(&start)
    }

    /// The nodes below `start` that can come up, parents first, each with its children.
    #[allow(clippy::type_complexity, reason = "a node, and its children with their edges")]
    fn below<S: Symbols>(
        &self,
        symbols: &S,
        start: NodeId,
        plan: Option<&Plan>,
    ) -> Option<Vec<(NodeId, Vec<(NodeId, S::Value)>)>> {
        let form = self.play.form();
        let mut nodes = vec![(start, Vec::new())];
        let mut at = 0;
        while at < nodes.len() {
            let node = nodes[at].0;
            let planned = match form.kind(node) {
                NodeKind::Decision(set) => plan.and_then(|plan| plan.get(&set)),
                _ => None,
            };
            for child in form.children(node) {
                let edge = match planned {
                    Some(action) if form.action_into(child) == Some(*action) => {
                        S::Value::constant(Rational::ONE)
                    }
                    Some(_) => continue,
                    None => self.edge(symbols, child)?,
                };
                if !edge.is_zero() {
                    nodes[at].1.push((child, edge));
                    nodes.push((child, Vec::new()));
                }
            }
            at += 1;
        }
        Some(nodes)
    }
}

/// Most pieces looked at on one side.
const MOST_PIECES: usize = 64;

const INEXACT: &str = "a formula is undefined on the way, or depends on it through approx( )";

/// Follows a quantity, a margin for instance, from the base value outwards.
///
/// The sign right after the base value is the quantity's own; where it is zero at the base
/// value and falls, it turns there.
pub(super) fn first_turn(
    game: &Game,
    point: &[Rational],
    param: ParamId,
    side: Side,
    first: Option<&Piece>,
    function: &dyn Fn(&Piece) -> Option<RationalFunction>,
) -> Turn {
    let mut from = Root::Exact(point[param.index()].clone());
    for step in 0..MOST_PIECES {
        let start = match side {
            Side::Below => from.low().clone(),
            Side::Above => from.high().clone(),
        };
        let made;
        let piece = match first {
            Some(piece) if step == 0 && !bounded_at(piece, &start) => piece,
            _ => match beside(game, point, param, side, &start) {
                Some(piece) => {
                    made = piece;
                    &made
                }
                None => return Turn::Unknown("its formulas change too often"),
            },
        };
        let Some(function) = function(piece) else { return Turn::Unknown(INEXACT) };
        let margin = function.sign_polynomial();
        let end = range_end(game, param, side, &start, &margin, &piece.boundaries);
        if !side.nearer(&start, &end) {
            return Turn::Never;
        }
        if falls_after(&margin, &start, &end, side) {
            return Turn::At(from);
        }
        let mut stops: Vec<Root> = Vec::new();
        for boundary in &piece.boundaries {
            stops.extend(beyond(boundary, &start, &end, side));
        }
        let stop = nearest(stops, side);
        let to = stop.as_ref().map_or(&end, |stop| near_end(stop, side));
        for root in beyond(&margin, &start, to, side) {
            let after = match side {
                Side::Below => root.low(),
                Side::Above => root.high(),
            };
            if side.nearer(after, to) && falls_after(&margin, after, to, side) {
                return Turn::At(root);
            }
        }
        match stop {
            Some(stop) => from = stop,
            None => return Turn::Never,
        }
    }
    Turn::Unknown("its formulas change too often")
}

pub(super) fn near_end(root: &Root, side: Side) -> &Rational {
    match side {
        Side::Below => root.high(),
        Side::Above => root.low(),
    }
}

/// Whether the polynomial is negative right after `start`, on the way to `end`.
fn falls_after(margin: &Polynomial, start: &Rational, end: &Rational, side: Side) -> bool {
    let next = beyond(margin, start, end, side).into_iter().next();
    let to = next.as_ref().map_or(end, |root| near_end(root, side));
    let middle = (start + to) / Rational::int(2);
    margin.at(&middle).is_negative()
}

/// The roots beyond `start` up to `end`, the nearest first.
pub(super) fn beyond(
    polynomial: &Polynomial,
    start: &Rational,
    end: &Rational,
    side: Side,
) -> Vec<Root> {
    let mut roots = match side {
        Side::Below => roots_between(polynomial, end, start),
        Side::Above => roots_between(polynomial, start, end),
    };
    roots.retain(|root| *root != Root::Exact(start.clone()));
    if side == Side::Below {
        roots.reverse();
    }
    roots
}

fn nearest(mut roots: Vec<Root>, side: Side) -> Option<Root> {
    roots.sort();
    if side == Side::Below { roots.pop() } else { roots.into_iter().next() }
}

fn bounded_at(piece: &Piece, start: &Rational) -> bool {
    piece.boundaries.iter().any(|boundary| boundary.at(start).is_zero())
}

/// The piece that begins at `start`, sampled so near that no boundary lies between.
fn beside<'g>(
    game: &'g Game,
    point: &[Rational],
    param: ParamId,
    side: Side,
    start: &Rational,
) -> Option<Piece<'g>> {
    let mut step = side.sign() * Rational::new(1, 1024);
    for _ in 0..40 {
        let sample = start + &step;
        let piece = Piece::at(game, point, param, &sample);
        let clear = piece
            .boundaries
            .iter()
            .all(|boundary| beyond(boundary, start, &sample, side).is_empty());
        if clear {
            return Some(piece);
        }
        step /= Rational::int(8);
    }
    None
}

/// The end of the parameter's range, or, without a range, a value beyond which nothing changes.
fn range_end(
    game: &Game,
    param: ParamId,
    side: Side,
    start: &Rational,
    margin: &Polynomial,
    boundaries: &[Polynomial],
) -> Rational {
    if let Some((low, high)) = &game.params[param.index()].range {
        return match side {
            Side::Below => low.clone(),
            Side::Above => high.clone(),
        };
    }
    // All roots are smaller than 1 + the greatest ratio of a coefficient to the leading one
    // (Cauchy 1829).
    let mut bound = start.abs();
    for polynomial in boundaries.iter().chain([margin]).filter(|p| !p.is_zero()) {
        let lead = polynomial.leading().abs();
        for coefficient in polynomial.coefficients() {
            bound = bound.max(coefficient.abs() / &lead);
        }
    }
    side.sign() * (bound + Rational::int(2))
}
