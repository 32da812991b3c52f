//! Play as one player sees it: edge probabilities, reach and continuation values.

use detente_game::form::NodeKind;
use detente_game::{
    ActionId, GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational,
};

/// Play under a profile in the eyes of one player, whose branch probabilities may be his own.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub instance: &'a GameInstance,
    pub form: &'a GameForm,
    pub profile: &'a Profile,
    pub player: PlayerId,
    /// Weigh single departures only, not plans for the rest of the game.
    pub single: bool,
    /// Probability of each node being reached.
    pub reach: Vec<Rational>,
    /// Expected payoff of the player from each node on.
    pub value: Vec<Rational>,
}

impl<'a> View<'a> {
    pub fn new(instance: &'a GameInstance, profile: &'a Profile, player: PlayerId) -> Self {
        let form = instance.form();
        let mut view = Self {
            instance,
            form,
            profile,
            player,
            single: !form.has_perfect_recall(),
            reach: Vec::new(),
            value: Vec::new(),
        };
        view.reach = view.forward();
        view.value = view.backward(profile);
        view
    }

    /// One view per player.
    pub fn all(instance: &'a GameInstance, profile: &'a Profile) -> Vec<Self> {
        instance.form().player_ids().map(|player| Self::new(instance, profile, player)).collect()
    }

    /// The probability of the move into a node; 1 for the root.
    pub fn edge(&self, node: NodeId) -> Rational {
        self.edge_under(self.profile, node)
    }

    fn edge_under(&self, profile: &Profile, node: NodeId) -> Rational {
        if let Some(action) = self.form.action_into(node) {
            profile.of(action).clone()
        } else if let Some(branch) = self.form.branch_into(node) {
            self.instance.branch_for(self.player, branch).clone()
        } else {
            Rational::ONE
        }
    }

    fn forward(&self) -> Vec<Rational> {
        let mut reach = vec![Rational::ONE; self.form.node_count()];
        for node in self.form.nodes().skip(1) {
            let parent = self.form.parent(node).expect("only the root has no parent");
            let above = &reach[parent.index()];
            reach[node.index()] =
                if above.is_zero() { Rational::ZERO } else { above * &self.edge(node) };
        }
        reach
    }

    /// Makes `reach` count from the nodes without a `parent` among these, parents first: each
    /// weighed by chance alone, whatever the players did to get there.
    pub fn restart(&mut self, nodes: &[NodeId], parent: impl Fn(NodeId) -> Option<NodeId>) {
        for &node in nodes {
            self.reach[node.index()] = match parent(node) {
                Some(parent) => &self.reach[parent.index()] * &self.edge(node),
                None => self.luck(node),
            };
        }
    }

    /// The probability that chance does what leads to a node.
    fn luck(&self, node: NodeId) -> Rational {
        let mut luck = Rational::ONE;
        let mut here = Some(node);
        while let Some(node) = here {
            if let Some(branch) = self.form.branch_into(node) {
                luck = &luck * self.instance.branch_for(self.player, branch);
            }
            here = self.form.parent(node);
        }
        luck
    }

    /// The player's expected payoff from every node under a profile.
    pub fn backward(&self, profile: &Profile) -> Vec<Rational> {
        let mut value = vec![Rational::ZERO; self.form.node_count()];
        for node in self.form.nodes().rev() {
            value[node.index()] = match self.form.kind(node) {
                NodeKind::End(row) => self.instance.row_payoff(row, self.player).clone(),
                _ => self
                    .form
                    .children(node)
                    .map(|child| (self.edge_under(profile, child), child))
                    .filter(|(edge, _)| !edge.is_zero())
                    .map(|(edge, child)| edge * &value[child.index()])
                    .sum(),
            };
        }
        value
    }

    /// Expected payoff from the start of the game.
    pub fn total(&self) -> &Rational {
        &self.value[GameForm::ROOT.index()]
    }

    /// Bayes' rule at a set; `None` if the player gives it probability 0.
    pub fn bayes(&self, set: InfoSetId) -> Option<Vec<Rational>> {
        let members = self.form.members(set);
        normalised(members.iter().map(|member| self.reach[member.index()].clone()).collect())
    }

    /// The actions of a set that are played.
    pub fn played(&self, set: InfoSetId) -> impl Iterator<Item = ActionId> + '_ {
        self.form.actions(set).filter(|action| self.profile.of(*action).is_positive())
    }
}

/// Weights divided by their sum; `None` if that is zero.
pub(crate) fn normalised(mut weights: Vec<Rational>) -> Option<Vec<Rational>> {
    let sum: Rational = weights.iter().sum();
    if sum.is_zero() {
        return None;
    }
    for weight in &mut weights {
        *weight = &*weight / &sum;
    }
    Some(weights)
}

/// Whether some information set is met twice on one path.
pub(crate) fn is_absent_minded(form: &GameForm) -> bool {
    form.info_set_ids().any(|set| {
        form.members(set).iter().any(|member| {
            let mut above = form.parent(*member);
            while let Some(node) = above {
                if form.kind(node) == NodeKind::Decision(set) {
                    return true;
                }
                above = form.parent(node);
            }
            false
        })
    })
}
