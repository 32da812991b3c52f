//! The best a player can do after one of his actions: which plan, by exact dynamic programming.

use super::play::Play;
use detente_game::form::NodeKind;
use detente_game::{ActionId, GameForm, InfoSetId, NodeId, PlayerId, Rational};
use std::collections::BTreeMap;

/// What a player does at his own later situations: one action each. Situations that are not
/// listed follow the profile.
pub(super) type Plan = BTreeMap<InfoSetId, ActionId>;

/// What the others and chance contribute to reaching a node, in the eyes of one player: the
/// product of the probabilities of all moves before it but his own.
pub(super) fn contribution(play: &Play, player: PlayerId, node: NodeId) -> Rational {
    let form = play.form();
    let mut product = Rational::ONE;
    let mut here = node;
    while let Some(parent) = form.parent(here) {
        if !is_own(form, player, parent) {
            product *= play.edge(here);
            if product.is_zero() {
                break;
            }
        }
        here = parent;
    }
    product
}

/// The same where it is only compared with other members of a situation to which the choices of all
/// players are the same: chance alone tells them apart.
pub(super) fn chance_of(play: &Play, node: NodeId) -> Rational {
    let form = play.form();
    let mut product = Rational::ONE;
    let mut here = node;
    while let Some(parent) = form.parent(here) {
        if form.branch_into(here).is_some() {
            product *= play.edge(here);
        }
        here = parent;
    }
    product
}

/// Whether the others' choices on the way to all members of a situation are the same.
pub(super) fn is_told_by_chance(form: &GameForm, set: InfoSetId) -> bool {
    let player = form.info_set(set).player;
    let choices = |member: &NodeId| {
        let mut choices = Vec::new();
        let mut here = *member;
        while let Some(parent) = form.parent(here) {
            if !is_own(form, player, parent) {
                choices.extend(form.action_into(here));
            }
            here = parent;
        }
        choices
    };
    let members = form.members(set);
    members.iter().skip(1).all(|member| choices(member) == choices(&members[0]))
}

pub(super) fn is_own(form: &GameForm, player: PlayerId, node: NodeId) -> bool {
    matches!(form.kind(node), NodeKind::Decision(set) if form.info_set(set).player == player)
}

/// The best plan after each of `starts` (nodes with weights), ties settled for the profile.
/// Needs perfect recall; then all members of an own set below have made equally many own moves.
pub(super) fn best_after(play: &Play, player: PlayerId, starts: &[(NodeId, Rational)]) -> Plan {
    let mut below = Below::new(play, player, starts);
    below.run();
    below.plan
}

/// Every plan of the player below some nodes, one action at each of his situations that the plan
/// itself leaves reachable; `None` if there are more than `most`.
pub(super) fn all_after(
    form: &GameForm,
    player: PlayerId,
    starts: &[NodeId],
    most: usize,
) -> Option<Vec<Plan>> {
    let mut open = vec![Plan::new()];
    let mut complete = Vec::new();
    while let Some(plan) = open.pop() {
        match undecided(form, player, starts, &plan) {
            None => complete.push(plan),
            Some(set) => open.extend(form.actions(set).map(|action| {
                let mut longer = plan.clone();
                longer.insert(set, action);
                longer
            })),
        }
        if open.len() + complete.len() > most {
            return None;
        }
    }
    Some(complete)
}

/// A situation of the player that a plan reaches without saying what to do there.
fn undecided(
    form: &GameForm,
    player: PlayerId,
    starts: &[NodeId],
    plan: &Plan,
) -> Option<InfoSetId> {
    let mut open = starts.to_vec();
    while let Some(node) = open.pop() {
        let planned = match form.kind(node) {
            NodeKind::Decision(set) if form.info_set(set).player == player => {
                let Some(action) = plan.get(&set) else { return Some(set) };
                Some(*action)
            }
            _ => None,
        };
        let into = |child: &NodeId| planned.is_none() || form.action_into(*child) == planned;
        open.extend(form.children(node).filter(into));
    }
    None
}

/// The subtree below the starts, children after their parents.
struct Below<'p, 'a> {
    play: &'p Play<'a>,
    player: PlayerId,
    nodes: Vec<NodeId>,
    first_child: Vec<usize>,
    weight: Vec<Rational>,
    own_depth: Vec<u32>,
    members: BTreeMap<InfoSetId, Vec<usize>>,
    value: Vec<Rational>,
    plan: Plan,
}

impl<'p, 'a> Below<'p, 'a> {
    fn new(play: &'p Play<'a>, player: PlayerId, starts: &[(NodeId, Rational)]) -> Self {
        let mut below = Self {
            play,
            player,
            nodes: starts.iter().map(|(node, _)| *node).collect(),
            first_child: Vec::new(),
            weight: starts.iter().map(|(_, weight)| weight.clone()).collect(),
            own_depth: vec![0; starts.len()],
            members: BTreeMap::new(),
            value: Vec::new(),
            plan: Plan::new(),
        };
        let mut at = 0;
        while at < below.nodes.len() {
            below.open(at);
            at += 1;
        }
        below.value = vec![Rational::ZERO; below.nodes.len()];
        below
    }

    fn own_set(&self, at: usize) -> Option<InfoSetId> {
        match self.play.form().kind(self.nodes[at]) {
            NodeKind::Decision(set) if self.play.form().info_set(set).player == self.player => {
                Some(set)
            }
            _ => None,
        }
    }

    fn open(&mut self, at: usize) {
        self.first_child.push(self.nodes.len());
        let own = self.own_set(at);
        if let Some(set) = own {
            self.members.entry(set).or_default().push(at);
        }
        for child in self.play.form().children(self.nodes[at]) {
            let weight = match own {
                Some(_) => self.weight[at].clone(),
                None => &self.weight[at] * self.play.edge(child),
            };
            self.nodes.push(child);
            self.weight.push(weight);
            self.own_depth.push(self.own_depth[at] + u32::from(own.is_some()));
        }
    }

    fn run(&mut self) {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse((self.own_depth[*at], *at)));
        for at in order {
            let form = self.play.form();
            let node = self.nodes[at];
            self.value[at] = match (form.kind(node), self.own_set(at)) {
                (NodeKind::End(row), _) => {
                    self.play.instance().row_payoff(row, self.player).clone()
                }
                (_, Some(set)) => {
                    let position = self.choose(set);
                    self.value[self.first_child[at] + position].clone()
                }
                _ => form
                    .children(node)
                    .enumerate()
                    .map(|(k, child)| self.play.edge(child) * &self.value[self.first_child[at] + k])
                    .sum(),
            };
        }
    }

    fn choose(&mut self, set: InfoSetId) -> usize {
        let form = self.play.form();
        let first = form.info_set(set).first_action.index();
        if let Some(known) = self.plan.get(&set) {
            return known.index() - first;
        }
        let worth = |position: usize| -> Rational {
            self.members[&set]
                .iter()
                .map(|at| &self.weight[*at] * &self.value[self.first_child[*at] + position])
                .sum()
        };
        let worths: Vec<Rational> = (0..form.actions(set).len()).map(worth).collect();
        let best = worths.iter().max().expect("a set has an action");
        let among = || (0..worths.len()).filter(|position| worths[*position] == *best);
        let action = |position: usize| ActionId::from_index(first + position);
        let played = |position: &usize| self.play.profile().of(action(*position)).is_positive();
        let position = among().find(played).or_else(|| among().next()).expect("there is a best");
        self.plan.insert(set, action(position));
        position
    }
}
