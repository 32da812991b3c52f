//! A tree whose moves have jets for probabilities.

use super::jet::{Jet, sum};
use detente_game::form::NodeKind;
use detente_game::{ActionId, GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Rational};

/// A game with a probability, perhaps uncertain, for every action.
pub(super) struct Tree<'a> {
    pub instance: &'a GameInstance,
    pub form: &'a GameForm,
    /// One per action.
    pub moves: Vec<Jet>,
}

impl Tree<'_> {
    pub fn of(&self, action: ActionId) -> &Jet {
        &self.moves[action.index()]
    }

    /// The move into a node in a player's eyes: his own or another's action, or chance.
    pub fn edge(&self, player: PlayerId, node: NodeId) -> Jet {
        if let Some(action) = self.form.action_into(node) {
            return self.of(action).clone();
        }
        let branch = self.form.branch_into(node).expect("a move is an action or chance");
        Jet::number(self.instance.branch_for(player, branch).clone())
    }

    pub fn is_own(&self, player: PlayerId, node: NodeId) -> bool {
        let owner = |action| self.form.info_set(self.form.set_of_action(action)).player;
        self.form.action_into(node).is_some_and(|action| owner(action) == player)
    }

    /// The probability of every node, own moves of the player left out.
    pub fn weights(&self, player: PlayerId) -> Vec<Jet> {
        self.forward(player, &|node| self.is_own(player, node))
    }

    /// The probability of every node in the player's eyes.
    pub fn reach(&self, player: PlayerId) -> Vec<Jet> {
        self.forward(player, &|_| false)
    }

    fn forward(&self, player: PlayerId, skips: &dyn Fn(NodeId) -> bool) -> Vec<Jet> {
        let mut reach: Vec<Jet> = Vec::with_capacity(self.form.node_count());
        reach.push(Jet::number(Rational::ONE));
        for node in self.form.nodes().skip(1) {
            let parent = self.form.parent(node).expect("only the root has no parent");
            let above = &reach[parent.index()];
            let here = if skips(node) || above.is_zero() {
                above.clone()
            } else {
                above.mul(&self.edge(player, node))
            };
            reach.push(here);
        }
        reach
    }

    /// The player's expected payoff from every node on.
    pub fn values(&self, player: PlayerId) -> Vec<Jet> {
        let mut values = vec![Jet::number(Rational::ZERO); self.form.node_count()];
        for node in self.form.nodes().rev() {
            values[node.index()] = match self.form.kind(node) {
                NodeKind::End(row) => Jet::number(self.instance.row_payoff(row, player).clone()),
                _ => {
                    let parts = self.form.children(node);
                    let parts: Vec<Jet> = parts
                        .map(|child| self.edge(player, child).mul(&values[child.index()]))
                        .collect();
                    sum(parts.iter())
                }
            };
        }
        values
    }

    /// What each action of a set is worth: what it leads to, weighted by how likely each member is
    /// without the player's own moves.
    pub fn worths(&self, set: InfoSetId, weights: &[Jet], values: &[Jet]) -> Vec<Jet> {
        let members = self.form.members(set);
        let worth = |position: usize| {
            let parts: Vec<Jet> = members
                .iter()
                .map(|member| {
                    let child = self.form.child(*member, position);
                    weights[member.index()].mul(&values[child.index()])
                })
                .collect();
            sum(parts.iter())
        };
        (0..self.form.actions(set).len()).map(worth).collect()
    }
}
