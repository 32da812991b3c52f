//! Play under a profile: how often each node comes up, and what follows it.

use detente_game::form::{NodeKind, NodeSet};
use detente_game::{
    EventId, GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational, ValueId,
};

/// Play under a profile, in the eyes of an outside observer or of one player (whose
/// probabilities of chance may be his own). All numbers are exact.
#[derive(Debug, Clone)]
pub struct Play<'a> {
    instance: &'a GameInstance,
    profile: &'a Profile,
    observer: Option<PlayerId>,
    reach: Vec<Rational>,
}

impl<'a> Play<'a> {
    /// Play as an outside observer sees it.
    #[must_use]
    pub fn new(instance: &'a GameInstance, profile: &'a Profile) -> Self {
        Self::seen_by(instance, profile, None)
    }

    /// Play in the eyes of one player, or of an outside observer.
    #[must_use]
    pub fn seen_by(
        instance: &'a GameInstance,
        profile: &'a Profile,
        observer: Option<PlayerId>,
    ) -> Self {
        let mut play = Self { instance, profile, observer, reach: Vec::new() };
        let form = instance.form();
        let mut reach = vec![Rational::ONE; form.node_count()];
        for node in form.nodes().skip(1) {
            let parent = form.parent(node).expect("only the root has no parent");
            let above = &reach[parent.index()];
            reach[node.index()] =
                if above.is_zero() { Rational::ZERO } else { above * play.edge(node) };
        }
        play.reach = reach;
        play
    }

    /// The tree.
    #[must_use]
    pub fn form(&self) -> &'a GameForm {
        self.instance.form()
    }

    /// The game at its point.
    #[must_use]
    pub fn instance(&self) -> &'a GameInstance {
        self.instance
    }

    /// What everybody does.
    #[must_use]
    pub fn profile(&self) -> &'a Profile {
        self.profile
    }

    /// The probability of the move into a node; 1 for the root.
    #[must_use]
    pub fn edge(&self, node: NodeId) -> &'a Rational {
        static ONE: Rational = Rational::ONE;
        let form = self.instance.form();
        if let Some(action) = form.action_into(node) {
            self.profile.of(action)
        } else if let Some(branch) = form.branch_into(node) {
            match self.observer {
                Some(player) => self.instance.branch_for(player, branch),
                None => self.instance.branch(branch),
            }
        } else {
            &ONE
        }
    }

    /// The probability that a node comes up.
    #[must_use]
    pub fn reach(&self, node: NodeId) -> &Rational {
        &self.reach[node.index()]
    }

    /// The probability that a situation comes up.
    #[must_use]
    pub fn reach_of(&self, set: InfoSetId) -> Rational {
        self.form().members(set).iter().map(|member| self.reach(*member)).sum()
    }

    /// The probability of a set of ends.
    #[must_use]
    pub fn probability(&self, ends: &NodeSet) -> Rational {
        self.form().ends().filter(|end| ends.contains(*end)).map(|end| self.reach(end)).sum()
    }

    /// The expected payoff of a player from every node on.
    #[must_use]
    pub fn payoffs(&self, player: PlayerId) -> Vec<Rational> {
        let form = self.form();
        let mut value = vec![Rational::ZERO; form.node_count()];
        for node in form.nodes().rev() {
            value[node.index()] = match form.kind(node) {
                NodeKind::End(row) => self.instance.row_payoff(row, player).clone(),
                _ => form
                    .children(node)
                    .filter(|child| !self.edge(*child).is_zero())
                    .map(|child| self.edge(child) * &value[child.index()])
                    .sum(),
            };
        }
        value
    }

    /// The value an event has had on the way to a node, if it has happened.
    #[must_use]
    pub fn value_before(&self, node: NodeId, event: EventId) -> Option<ValueId> {
        let mut here = Some(node);
        while let Some(at) = here {
            let into = self.form().events_into(at);
            if let Some((_, value)) = into.iter().rev().find(|(other, _)| *other == event) {
                return Some(*value);
            }
            here = self.form().parent(at);
        }
        None
    }
}
