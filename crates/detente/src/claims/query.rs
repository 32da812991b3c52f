//! Queries about one profile: probabilities of events, answers to questions, beliefs.

use super::Case;
use detente_game::claim::{Quantity, Query};
use detente_game::form::{NodeKind, NodeSet};
use detente_game::formula::BinaryOp;
use detente_game::{GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational};

/// One profile with the probabilities of all nodes.
pub(super) struct Look<'c> {
    case: &'c Case<'c>,
    instance: &'c GameInstance,
    profile: &'c Profile,
    reach: Vec<Rational>,
}

impl<'c> Look<'c> {
    pub(super) fn new(
        case: &'c Case<'c>,
        instance: &'c GameInstance,
        profile: &'c Profile,
    ) -> Self {
        let reach = reach(instance, profile, None);
        Self { case, instance, profile, reach }
    }

    pub(super) fn holds(&self, query: &Query) -> bool {
        match query {
            Query::And(all) => all.iter().all(|query| self.holds(query)),
            Query::Or(any) => any.iter().any(|query| self.holds(query)),
            Query::Not(inner) => !self.holds(inner),
            Query::Compare(left, relation, right) => {
                match (self.quantity(left), self.quantity(right)) {
                    (Some(left), Some(right)) => relation.holds(&left, &right),
                    _ => false,
                }
            }
            Query::Always { asked, answered } => {
                let asked = self.probability(asked);
                asked.is_positive() && self.probability(answered) == asked
            }
            Query::Belief { player, event, after, relation, to } => {
                let Some(to) = self.quantity(to) else { return false };
                let beliefs = self.beliefs(*player, event, after);
                !beliefs.is_empty() && beliefs.iter().all(|belief| relation.holds(belief, &to))
            }
        }
    }

    pub(super) fn quantity(&self, quantity: &Quantity) -> Option<Rational> {
        match quantity {
            Quantity::Formula(formula) => self.case.formula(*formula),
            Quantity::Probability { event, given } => {
                let Some(given) = given else { return Some(self.probability(event)) };
                self.probability(&event.and(given)).checked_div(&self.probability(given))
            }
            Quantity::Binary(op, left, right) => {
                let (left, right) = (self.quantity(left)?, self.quantity(right)?);
                match op {
                    BinaryOp::Add => Some(left + right),
                    BinaryOp::Sub => Some(left - right),
                    BinaryOp::Mul => Some(left * right),
                    BinaryOp::Div => left.checked_div(&right),
                    BinaryOp::Min => Some(left.min(right)),
                    BinaryOp::Max => Some(left.max(right)),
                    BinaryOp::Equal | BinaryOp::Less | BinaryOp::LessOrEqual => None,
                }
            }
        }
    }

    pub(super) fn probability(&self, ends: &NodeSet) -> Rational {
        let form = self.instance.form();
        form.ends().filter(|end| ends.contains(*end)).map(|end| &self.reach[end.index()]).sum()
    }

    /// The player's belief in an event at each of his first reached situations wholly after a
    /// condition, by Bayes with his own probabilities of chance.
    fn beliefs(&self, player: PlayerId, event: &NodeSet, after: &NodeSet) -> Vec<Rational> {
        let weights = self.belief_weights(player, event, after);
        weights.iter().filter_map(|(share, total)| share.checked_div(total)).collect()
    }

    /// Per first situation of a player wholly after a condition, reached or not: how likely it is
    /// in his eyes together with an event, and in all.
    pub(super) fn belief_weights(
        &self,
        player: PlayerId,
        event: &NodeSet,
        after: &NodeSet,
    ) -> Vec<(Rational, Rational)> {
        let form = self.instance.form();
        let own = reach(self.instance, self.profile, Some(player));
        first_situations(form, player, after)
            .into_iter()
            .map(|set| {
                let members = form.members(set).iter();
                let total = members.clone().map(|node| &own[node.index()]).sum();
                let share = |node: &NodeId| -> Rational {
                    let ends = ends_below(form, *node, event).into_iter();
                    ends.map(|end| &own[end.index()]).sum()
                };
                (members.map(share).sum(), total)
            })
            .collect()
    }
}

/// The first situations of a player that lie wholly after a condition.
pub(super) fn first_situations(
    form: &GameForm,
    player: PlayerId,
    after: &NodeSet,
) -> Vec<InfoSetId> {
    let inside = wholly_inside(form, after);
    let fits = |set: InfoSetId| {
        form.info_set(set).player == player
            && form.members(set).iter().all(|member| inside[member.index()])
    };
    let first = |set: InfoSetId| {
        form.members(set).iter().all(|member| !has_own_before(form, *member, player, &fits))
    };
    form.info_set_ids().filter(|set| fits(*set) && first(*set)).collect()
}

/// The probability of every node, in the eyes of one player or of an outside observer.
fn reach(instance: &GameInstance, profile: &Profile, player: Option<PlayerId>) -> Vec<Rational> {
    let form = instance.form();
    let mut reach = vec![Rational::ONE; form.node_count()];
    for node in form.nodes().skip(1) {
        let parent = form.parent(node).expect("only the root has no parent");
        let step = match (form.action_into(node), form.branch_into(node)) {
            (Some(action), _) => profile.of(action),
            (None, Some(branch)) => match player {
                Some(player) => instance.branch_for(player, branch),
                None => instance.branch(branch),
            },
            (None, None) => unreachable!("a parent is a decision or a lottery"),
        };
        reach[node.index()] = &reach[parent.index()] * step;
    }
    reach
}

/// For every node, whether all ends below it belong to a set.
fn wholly_inside(form: &GameForm, ends: &NodeSet) -> Vec<bool> {
    let mut inside = vec![true; form.node_count()];
    for node in form.nodes().rev() {
        inside[node.index()] = match form.kind(node) {
            NodeKind::End(_) => ends.contains(node),
            _ => form.children(node).all(|child| inside[child.index()]),
        };
    }
    inside
}

fn has_own_before(
    form: &GameForm,
    node: NodeId,
    player: PlayerId,
    fits: &impl Fn(InfoSetId) -> bool,
) -> bool {
    let mut here = form.parent(node);
    while let Some(node) = here {
        if let NodeKind::Decision(set) = form.kind(node)
            && form.info_set(set).player == player
            && fits(set)
        {
            return true;
        }
        here = form.parent(node);
    }
    false
}

/// The ends of a set that lie below a node.
pub(super) fn ends_below(form: &GameForm, node: NodeId, ends: &NodeSet) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match form.kind(node) {
            NodeKind::End(_) if ends.contains(node) => found.push(node),
            NodeKind::End(_) => {}
            _ => open.extend(form.children(node)),
        }
    }
    found
}
