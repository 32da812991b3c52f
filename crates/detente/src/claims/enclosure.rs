//! Queries about all profiles in a box: `None` where the intervals cannot tell.

use super::Case;
use super::continuum::{all, any};
use super::query::{ends_below, first_situations};
use detente_game::claim::{Quantity, Query, Relation};
use detente_game::form::NodeSet;
use detente_game::formula::BinaryOp;
use detente_game::number::Interval;
use detente_game::{GameInstance, NodeId, PlayerId, Rational};

/// A box of profiles with the probabilities of all nodes.
pub(super) struct BoxLook<'c> {
    case: &'c Case<'c>,
    instance: &'c GameInstance,
    region: &'c [Interval],
    reach: Vec<Interval>,
}

/// What is known of a number over a box.
enum Known {
    /// It has no value anywhere.
    Undefined,
    /// It may have no value somewhere.
    Doubtful,
    /// It has a value everywhere, and lies in this interval.
    Within(Interval),
}

impl<'c> BoxLook<'c> {
    pub(super) fn new(
        case: &'c Case<'c>,
        instance: &'c GameInstance,
        region: &'c [Interval],
    ) -> Self {
        let mut look = Self { case, instance, region, reach: Vec::new() };
        look.reach = look.reach_for(None);
        look
    }

    pub(super) fn holds(&self, query: &Query) -> Option<bool> {
        match query {
            Query::And(parts) => all(parts.iter().map(|part| self.holds(part))),
            Query::Or(parts) => any(parts.iter().map(|part| self.holds(part))),
            Query::Not(inner) => self.holds(inner).map(|holds| !holds),
            Query::Compare(left, relation, right) => {
                match (self.quantity(left), self.quantity(right)) {
                    (Known::Undefined, _) | (_, Known::Undefined) => Some(false),
                    (Known::Within(left), Known::Within(right)) => {
                        compare(*relation, &left, &right)
                    }
                    _ => None,
                }
            }
            Query::Always { asked, answered } => self.always(asked, answered),
            Query::Belief { player, event, after, relation, to } => match self.quantity(to) {
                Known::Undefined => Some(false),
                Known::Doubtful => None,
                Known::Within(to) => self.belief(*player, event, after, *relation, &to),
            },
        }
    }

    fn always(&self, asked: &NodeSet, answered: &NodeSet) -> Option<bool> {
        let is_asked = self.probability(asked);
        let ends = self.instance.form().ends();
        let otherwise = ends.filter(|end| asked.contains(*end) && !answered.contains(*end));
        let otherwise = self.total(otherwise);
        if is_asked.high.is_zero() || otherwise.low.is_positive() {
            return Some(false);
        }
        (is_asked.low.is_positive() && otherwise.high.is_zero()).then_some(true)
    }

    fn belief(
        &self,
        player: PlayerId,
        event: &NodeSet,
        after: &NodeSet,
        relation: Relation,
        to: &Interval,
    ) -> Option<bool> {
        let form = self.instance.form();
        let own = self.reach_for(Some(player));
        let sum = |nodes: &mut dyn Iterator<Item = NodeId>| {
            nodes.fold(nothing(), |sum, node| sum.add(&own[node.index()]))
        };
        let mut answers = Vec::new();
        for set in first_situations(form, player, after) {
            let members = form.members(set).iter().copied();
            let total = sum(&mut members.clone());
            if total.high.is_zero() {
                continue;
            }
            let share = sum(&mut members.flat_map(|node| ends_below(form, node, event)));
            let belief = share.div(&total);
            answers.push(belief.and_then(|belief| compare(relation, &belief, to)));
        }
        if answers.is_empty() { Some(false) } else { all(answers.into_iter()) }
    }

    fn quantity(&self, quantity: &Quantity) -> Known {
        match quantity {
            Quantity::Formula(formula) => {
                let value = self.case.formula(*formula);
                value.map_or(Known::Undefined, |value| Known::Within(Interval::point(value)))
            }
            Quantity::Probability { event, given: None } => Known::Within(self.probability(event)),
            Quantity::Probability { event, given: Some(given) } => {
                let (share, total) = (self.probability(&event.and(given)), self.probability(given));
                quotient(&share, &total)
            }
            Quantity::Binary(op, left, right) => {
                match (self.quantity(left), self.quantity(right)) {
                    (Known::Within(left), Known::Within(right)) => operation(*op, &left, &right),
                    (Known::Undefined, _) | (_, Known::Undefined) => Known::Undefined,
                    _ => Known::Doubtful,
                }
            }
        }
    }

    fn probability(&self, ends: &NodeSet) -> Interval {
        self.total(self.instance.form().ends().filter(|end| ends.contains(*end)))
    }

    fn total(&self, nodes: impl Iterator<Item = NodeId>) -> Interval {
        nodes.fold(nothing(), |sum, node| sum.add(&self.reach[node.index()]))
    }

    /// The probability of every node, in the eyes of one player or of an outside observer.
    fn reach_for(&self, observer: Option<PlayerId>) -> Vec<Interval> {
        let form = self.instance.form();
        let mut reach: Vec<Interval> = Vec::with_capacity(form.node_count());
        reach.push(Interval::point(Rational::ONE));
        for node in form.nodes().skip(1) {
            let parent = form.parent(node).expect("only the root has no parent");
            let step = match (form.action_into(node), form.branch_into(node)) {
                (Some(action), _) => self.region[action.index()].clone(),
                (None, Some(branch)) => Interval::point(match observer {
                    Some(player) => self.instance.branch_for(player, branch).clone(),
                    None => self.instance.branch(branch).clone(),
                }),
                (None, None) => unreachable!("a parent is a decision or a lottery"),
            };
            reach.push(reach[parent.index()].mul(&step));
        }
        reach
    }
}

fn nothing() -> Interval {
    Interval::point(Rational::ZERO)
}

fn quotient(share: &Interval, total: &Interval) -> Known {
    if total.is_point() && total.low.is_zero() {
        return Known::Undefined;
    }
    share.div(total).map_or(Known::Doubtful, Known::Within)
}

fn operation(op: BinaryOp, left: &Interval, right: &Interval) -> Known {
    let ends = |one: fn(Rational, Rational) -> Rational| {
        let low = one(left.low.clone(), right.low.clone());
        Interval { low, high: one(left.high.clone(), right.high.clone()) }
    };
    Known::Within(match op {
        BinaryOp::Add => left.add(right),
        BinaryOp::Sub => left.sub(right),
        BinaryOp::Mul => left.mul(right),
        BinaryOp::Div => return quotient(left, right),
        BinaryOp::Min => ends(Ord::min),
        BinaryOp::Max => ends(Ord::max),
        BinaryOp::Equal | BinaryOp::Less | BinaryOp::LessOrEqual => return Known::Undefined,
    })
}

/// Whether a relation holds between all numbers of two intervals, or between none.
pub(super) fn compare(relation: Relation, left: &Interval, right: &Interval) -> Option<bool> {
    let difference = left.sub(right);
    let zero = Rational::ZERO;
    let ends = [&difference.low, &difference.high].map(|end| relation.holds(end, &zero));
    let middle = difference.low.is_negative() && difference.high.is_positive();
    match ends {
        [one, other] if one != other => None,
        [holds, _] if middle && relation.holds(&zero, &zero) != holds => None,
        [holds, _] => Some(holds),
    }
}
