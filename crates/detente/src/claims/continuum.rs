//! Queries about a whole continuum of equilibria.
//!
//! On a piece every player's strategy is a mixture of his corners. A probability is linear in each
//! player's mixture, so it is extreme at corners; a conditional probability is a quotient of two
//! such, and a mean of its corners' values, so it is extreme at corners too. Both take every value
//! between. What cannot be decided in this way stays open.

use super::Case;
use super::enclosure::BoxLook;
use super::query::Look;
use crate::road::{Doubt, Undecided, Verified};
use detente_game::claim::{Quantity, Query, Relation};
use detente_game::form::NodeSet;
use detente_game::formula::BinaryOp;
use detente_game::number::Interval;
use detente_game::{GameInstance, PlayerId, Profile, Rational};
use detente_report::sentences::question::Measured;
use detente_report::value::Range;
use detente_verify::Equilibrium;

/// Where an equilibrium, or a continuum of them, satisfies queries; `None`: not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether some point satisfies them all.
    pub somewhere: Option<bool>,
    /// Whether every point satisfies them all.
    pub everywhere: Option<bool>,
}

impl Answer {
    /// The answer at a single point.
    fn at_point(holds: bool) -> Self {
        Self { somewhere: Some(holds), everywhere: Some(holds) }
    }

    /// Whether every point satisfies the queries, for certain.
    #[must_use]
    pub fn is_yes(self) -> bool {
        self.everywhere == Some(true)
    }
}

impl Case<'_> {
    /// Where an equilibrium satisfies all queries.
    pub(crate) fn answer(&self, verified: &Verified, queries: &[Query]) -> Answer {
        let lone = &verified.equilibrium;
        let instance = lone.instance();
        if verified.pieces.is_empty() {
            return self.at_point(instance, lone.profile(), queries);
        }
        let corners: Vec<&Profile> = verified.corners.iter().map(Equilibrium::profile).collect();
        let answers: Vec<Answer> = verified
            .pieces
            .iter()
            .map(|piece| {
                let own = piece.corners.iter().map(|corner| corners[*corner]);
                Whole::new(self, instance, own, piece.inside.profile()).answer(queries)
            })
            .collect();
        Answer {
            somewhere: any(answers.iter().map(|answer| answer.somewhere)),
            everywhere: all(answers.iter().map(|answer| answer.everywhere)),
        }
    }

    /// Where a candidate whose verdict is open satisfies all queries.
    pub(crate) fn answer_open(
        &self,
        instance: &GameInstance,
        open: &Undecided,
        queries: &[Query],
    ) -> Answer {
        match &open.about {
            Doubt::Profile(profile) => self.at_point(instance, profile, queries),
            Doubt::Piece { inside, corners } => {
                Whole::new(self, instance, corners.iter(), inside).answer(queries)
            }
            Doubt::Region(region) => self.in_box(instance, region, queries),
        }
    }

    /// What is certain of all profiles in a box.
    pub(crate) fn in_box(
        &self,
        instance: &GameInstance,
        region: &[Interval],
        queries: &[Query],
    ) -> Answer {
        let look = BoxLook::new(self, instance, region);
        let holds = all(queries.iter().map(|query| look.holds(query)));
        Answer { somewhere: holds, everywhere: holds }
    }

    fn at_point(&self, instance: &GameInstance, profile: &Profile, queries: &[Query]) -> Answer {
        let look = Look::new(self, instance, profile);
        Answer::at_point(queries.iter().all(|query| look.holds(query)))
    }
}

/// Whether one is true: known as soon as one is known to be.
pub(super) fn any(mut parts: impl Iterator<Item = Option<bool>> + Clone) -> Option<bool> {
    if parts.clone().any(|part| part == Some(true)) {
        return Some(true);
    }
    parts.all(|part| part == Some(false)).then_some(false)
}

/// Whether all are true: known as soon as one is known not to be.
pub(super) fn all(parts: impl Iterator<Item = Option<bool>> + Clone) -> Option<bool> {
    any(parts.map(|part| part.map(|holds| !holds))).map(|some_fails| !some_fails)
}

/// Where one query holds on a piece.
#[derive(Clone, Copy)]
struct Extent {
    everywhere: Option<bool>,
    nowhere: Option<bool>,
}

/// A piece by the points known of it.
pub(super) struct Whole<'c> {
    corners: Vec<Look<'c>>,
    inside: Look<'c>,
}

impl<'c> Whole<'c> {
    pub(super) fn new(
        case: &'c Case<'c>,
        instance: &'c GameInstance,
        corners: impl Iterator<Item = &'c Profile>,
        inside: &'c Profile,
    ) -> Self {
        let look = |profile| Look::new(case, instance, profile);
        Self { corners: corners.map(look).collect(), inside: look(inside) }
    }

    fn answer(&self, queries: &[Query]) -> Answer {
        let extents: Vec<Extent> = queries.iter().map(|query| self.extent(query)).collect();
        Answer {
            somewhere: self.somewhere(queries, &extents),
            everywhere: all(extents.iter().map(|extent| extent.everywhere)),
        }
    }

    fn points(&self) -> impl Iterator<Item = &Look<'c>> {
        self.corners.iter().chain([&self.inside])
    }

    fn somewhere(&self, queries: &[Query], extents: &[Extent]) -> Option<bool> {
        if self.points().any(|look| queries.iter().all(|query| look.holds(query))) {
            return Some(true);
        }
        if extents.iter().any(|extent| extent.nowhere == Some(true)) {
            return Some(false);
        }
        // If all of these held at some point, they would at a corner, which was looked at.
        let mut extreme: Vec<&Query> =
            queries.iter().filter(|query| self.is_extreme(query)).collect();
        extreme.extend(queries.iter().find(|query| matches!(query, Query::Always { .. })));
        if !self.corners.iter().any(|look| extreme.iter().all(|query| look.holds(query))) {
            return Some(false);
        }
        let decisive = queries.iter().zip(extents);
        let decisive: Vec<&Query> = decisive
            .filter(|(_, extent)| extent.everywhere != Some(true))
            .map(|(query, _)| query)
            .collect();
        self.of_one_quantity(&decisive).map(|(somewhere, _)| somewhere)
    }

    /// Whether a query can hold only where a quantity has its greatest or its least value: then it
    /// holds at a mixture only if it holds at all corners that are mixed.
    fn is_extreme(&self, query: &Query) -> bool {
        if let Query::And(parts) = query {
            return parts.iter().all(|part| self.is_extreme(part));
        }
        let Query::Compare(left, relation, right) = query else { return false };
        let difference = minus(left, right);
        let Some((low, high)) = self.range(&difference) else { return false };
        let samples = samples(&low, &high, &[Rational::ZERO]);
        let mut holding = samples.iter().filter(|value| relation.holds(value, &Rational::ZERO));
        let Some(only) = holding.next() else { return true };
        holding.next().is_none() && (*only == low || *only == high)
    }

    /// Where queries hold that compare one and the same quantity with constants: it takes every
    /// value of its range. `None` if they are of another kind.
    fn of_one_quantity(&self, queries: &[&Query]) -> Option<(bool, bool)> {
        let mut compared = Vec::new();
        if !queries.iter().all(|query| comparisons(query, &mut compared)) {
            return None;
        }
        let (first, _) = compared.first()?;
        let (low, high) = self.range(first)?;
        let alike = |(left, right): &(&Quantity, &Quantity)| {
            (left == first).then(|| self.constant(right)).flatten()
        };
        let bounds: Vec<Rational> = compared.iter().map(alike).collect::<Option<_>>()?;
        let samples = samples(&low, &high, &bounds);
        let mut holds = samples.iter().map(|value| queries.iter().all(|q| self.holds_at(q, value)));
        let everywhere = holds.clone().all(|yes| yes);
        Some((holds.any(|yes| yes), everywhere))
    }

    /// Whether a query made of comparisons holds if what it compares has this value.
    fn holds_at(&self, query: &Query, value: &Rational) -> bool {
        match query {
            Query::And(parts) => parts.iter().all(|part| self.holds_at(part, value)),
            Query::Or(parts) => parts.iter().any(|part| self.holds_at(part, value)),
            Query::Not(inner) => !self.holds_at(inner, value),
            Query::Compare(_, relation, right) => {
                self.constant(right).is_some_and(|right| relation.holds(value, &right))
            }
            Query::Always { .. } | Query::Belief { .. } => false,
        }
    }

    fn extent(&self, query: &Query) -> Extent {
        if let Some((somewhere, everywhere)) = self.of_one_quantity(&[query]) {
            return Extent { everywhere: Some(everywhere), nowhere: Some(!somewhere) };
        }
        match query {
            Query::And(parts) => {
                let parts: Vec<Extent> = parts.iter().map(|part| self.extent(part)).collect();
                self.or_by_points(
                    query,
                    all(parts.iter().map(|part| part.everywhere)),
                    parts.iter().any(|part| part.nowhere == Some(true)).then_some(true),
                )
            }
            Query::Or(parts) => {
                let parts: Vec<Extent> = parts.iter().map(|part| self.extent(part)).collect();
                self.or_by_points(
                    query,
                    parts.iter().any(|part| part.everywhere == Some(true)).then_some(true),
                    all(parts.iter().map(|part| part.nowhere)),
                )
            }
            Query::Not(inner) => {
                let Extent { everywhere, nowhere } = self.extent(inner);
                Extent { everywhere: nowhere, nowhere: everywhere }
            }
            Query::Compare(left, relation, right) => self.compare(query, left, *relation, right),
            // A point at which it holds is a mixture of corners, and one of these asks and
            // answers; so corners decide.
            Query::Always { .. } => Extent {
                everywhere: Some(self.corners.iter().all(|look| look.holds(query))),
                nowhere: Some(!self.corners.iter().any(|look| look.holds(query))),
            },
            Query::Belief { player, event, after, relation, to } => {
                let belief = self
                    .constant(to)
                    .map(|to| self.belief((*player, event, after), *relation, &to))
                    .unwrap_or((None, None));
                self.or_by_points(query, belief.0, belief.1)
            }
        }
    }

    /// What is known, completed by the points known of the piece.
    fn or_by_points(
        &self,
        query: &Query,
        everywhere: Option<bool>,
        nowhere: Option<bool>,
    ) -> Extent {
        let some_holds = || self.points().any(|look| look.holds(query));
        let some_fails = || self.points().any(|look| !look.holds(query));
        Extent {
            everywhere: everywhere.or_else(|| some_fails().then_some(false)),
            nowhere: nowhere.or_else(|| some_holds().then_some(false)),
        }
    }

    fn compare(
        &self,
        query: &Query,
        left: &Quantity,
        relation: Relation,
        right: &Quantity,
    ) -> Extent {
        let Some((low, high)) = self.range(&minus(left, right)) else {
            let never_defined = self.is_never_defined(left) || self.is_never_defined(right);
            return self.or_by_points(query, None, never_defined.then_some(true));
        };
        let samples = samples(&low, &high, &[Rational::ZERO]);
        let mut holds = samples.iter().map(|value| relation.holds(value, &Rational::ZERO));
        let everywhere = holds.clone().all(|yes| yes);
        Extent { everywhere: Some(everywhere), nowhere: Some(!holds.any(|yes| yes)) }
    }

    /// Whether a quantity is conditional on what happens at no point of the piece.
    fn is_never_defined(&self, quantity: &Quantity) -> bool {
        let Quantity::Probability { given: Some(given), .. } = quantity else { return false };
        self.corners.iter().all(|look| look.probability(given).is_zero())
    }

    /// Whether a belief compares so everywhere, and whether nowhere.
    fn belief(
        &self,
        (player, event, after): (PlayerId, &NodeSet, &NodeSet),
        relation: Relation,
        to: &Rational,
    ) -> (Option<bool>, Option<bool>) {
        let weights: Vec<Vec<(Rational, Rational)>> =
            self.corners.iter().map(|look| look.belief_weights(player, event, after)).collect();
        let situations = weights.first().map_or(0, Vec::len);
        // Per situation, the beliefs at the corners that reach it, and whether all do.
        let beliefs = |at: usize| -> Vec<Rational> {
            weights.iter().filter_map(|of| of[at].0.checked_div(&of[at].1)).collect()
        };
        let values = |at: usize| match (beliefs(at).iter().min(), beliefs(at).iter().max()) {
            (Some(low), Some(high)) => samples(low, high, std::slice::from_ref(to)),
            _ => Vec::new(),
        };
        let holds = |value: &Rational| relation.holds(value, to);
        let always_some = weights.iter().all(|of| of.iter().any(|(_, total)| total.is_positive()));
        let never_fails = (0..situations).all(|at| values(at).iter().all(holds));
        let always_fails = (0..situations)
            .any(|at| beliefs(at).len() == weights.len() && !values(at).iter().any(holds));
        let never_any = (0..situations).all(|at| beliefs(at).is_empty());
        ((always_some && never_fails).then_some(true), (always_fails || never_any).then_some(true))
    }

    fn constant(&self, quantity: &Quantity) -> Option<Rational> {
        matches!(kind(quantity), Kind::Constant).then(|| self.inside.quantity(quantity)).flatten()
    }

    /// A quantity over the piece.
    pub(super) fn measured(&self, quantity: &Quantity) -> Measured {
        match self.range(quantity) {
            Some((low, high)) => Measured::Known(Range { low, high }),
            None if self.is_never_defined(quantity) => Measured::Undefined,
            None => Measured::Unknown,
        }
    }

    /// The least and the greatest value of a quantity on the piece; every value between is taken
    /// too. `None` if corners do not tell.
    fn range(&self, quantity: &Quantity) -> Option<(Rational, Rational)> {
        if matches!(kind(quantity), Kind::Other) {
            return None;
        }
        let values: Option<Vec<Rational>> =
            self.corners.iter().map(|look| look.quantity(quantity)).collect();
        let values = values?;
        Some((values.iter().min()?.clone(), values.iter().max()?.clone()))
    }
}

/// How a quantity depends on the players' mixtures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Constant,
    /// Linear in each player's.
    Linear,
    /// A constant times one conditional probability, and a constant.
    Quotient,
    Other,
}

fn kind(quantity: &Quantity) -> Kind {
    match quantity {
        Quantity::Formula(_) => Kind::Constant,
        Quantity::Probability { given: None, .. } => Kind::Linear,
        Quantity::Probability { given: Some(_), .. } => Kind::Quotient,
        Quantity::Binary(op, left, right) => match (op, kind(left), kind(right)) {
            (_, Kind::Constant, Kind::Constant) => Kind::Constant,
            (BinaryOp::Add | BinaryOp::Sub, Kind::Linear, Kind::Linear) => Kind::Linear,
            (BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul, one, Kind::Constant)
            | (BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul, Kind::Constant, one)
            | (BinaryOp::Div, one, Kind::Constant) => one,
            _ => Kind::Other,
        },
    }
}

fn minus(left: &Quantity, right: &Quantity) -> Quantity {
    Quantity::Binary(BinaryOp::Sub, Box::new(left.clone()), Box::new(right.clone()))
}

/// One value from each stretch of a closed interval on which comparisons with `bounds` come out
/// alike: the bounds themselves, and a value between each two.
fn samples(low: &Rational, high: &Rational, bounds: &[Rational]) -> Vec<Rational> {
    let inside = bounds.iter().filter(|bound| low < bound && bound < &high);
    let mut ends: Vec<&Rational> = inside.chain([low, high]).collect();
    ends.sort();
    ends.dedup();
    let half = Rational::new(1, 2);
    let between = ends.windows(2).map(|pair| &(pair[0] + pair[1]) * &half);
    between.chain(ends.iter().map(|end| (*end).clone())).collect()
}

/// The comparisons of a query, if it is made of comparisons alone.
fn comparisons<'q>(query: &'q Query, found: &mut Vec<(&'q Quantity, &'q Quantity)>) -> bool {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().all(|part| comparisons(part, found)),
        Query::Not(inner) => comparisons(inner, found),
        Query::Compare(left, _, right) => {
            found.push((left, right));
            true
        }
        Query::Always { .. } | Query::Belief { .. } => false,
    }
}
