//! Best plans of one player against the others: dynamic programming over his own information
//! sets, each weighted by what the others and chance contribute to reaching its members.
//!
//! With perfect recall this is a best response among *all* his plans (Kuhn 1953; the backward
//! induction of Wilson 1972). Without it only single departures are judged (the agent form):
//! see [`depart_once`].

use crate::reach::View;
use crate::words;
use detente_game::form::NodeKind;
use detente_game::{ActionId, InfoSetId, NodeId, Rational};
use std::collections::BTreeMap;

/// A best plan from some starting nodes on.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Weighted sum of `values`.
    pub total: Rational,
    /// The plan's payoff at each start.
    pub values: Vec<Rational>,
    /// Where the profile does worse than the plan, with the plan's action: first departures
    /// first, only sets that come up.
    pub departures: Vec<(InfoSetId, ActionId)>,
    /// Weighted payoff of each action of the set asked about, continued best.
    pub actions: Vec<Rational>,
}

impl Plan {
    /// The plan's departures in the scenario's words.
    pub fn text(&self, view: &View) -> String {
        words::plan(view.form, &self.departures)
    }

    /// Where the plan first departs.
    pub fn first(&self) -> Option<InfoSetId> {
        self.departures.first().map(|(set, _)| *set)
    }
}

/// The best plan at an information set given a belief: all continuation plans with perfect
/// recall, single actions without.
pub(crate) fn at_set(view: &View, set: InfoSetId, belief: &[Rational]) -> Plan {
    if view.single {
        return one_action(view, set, belief);
    }
    let starts: Vec<(NodeId, Rational)> =
        view.form.members(set).iter().copied().zip(belief.iter().cloned()).collect();
    let mut search = Search::new(view, &starts);
    search.run();
    search.plan(&starts, Some(set))
}

/// The best plan from one node on (the root, or a subgame's). Requires perfect recall.
pub(crate) fn from_node(view: &View, node: NodeId) -> Plan {
    let starts = [(node, Rational::ONE)];
    let mut search = Search::new(view, &starts);
    search.run();
    search.plan(&starts, None)
}

/// The best single departure from the profile in the subtree of `node`: one action at one set,
/// wherever the set comes up, the rest of the profile unchanged.
pub(crate) fn depart_once(view: &View, node: NodeId, sets: &[InfoSetId]) -> Plan {
    let stay = &view.value[node.index()];
    let mut best = Plan {
        total: stay.clone(),
        values: vec![stay.clone()],
        departures: Vec::new(),
        actions: Vec::new(),
    };
    for &set in sets.iter().filter(|set| view.form.info_set(**set).player == view.player) {
        for action in view.form.actions(set) {
            let mut changed = view.profile.clone();
            for other in view.form.actions(set) {
                changed.probability[other.index()] = Rational::ZERO;
            }
            changed.probability[action.index()] = Rational::ONE;
            let total = view.backward(&changed)[node.index()].clone();
            if total > best.total {
                best.values = vec![total.clone()];
                best.total = total;
                best.departures = vec![(set, action)];
            }
        }
    }
    best
}

fn one_action(view: &View, set: InfoSetId, belief: &[Rational]) -> Plan {
    let members = view.form.members(set);
    let worth = |position: usize| -> Vec<Rational> {
        let of = |node: &NodeId| view.value[view.form.child(*node, position).index()].clone();
        members.iter().map(of).collect()
    };
    let actions: Vec<Rational> =
        (0..view.form.actions(set).len()).map(|at| weighted(belief, &worth(at))).collect();
    let best = (0..actions.len()).rev().max_by_key(|at| actions[*at].clone()).unwrap_or(0);
    let stay: Vec<Rational> =
        members.iter().map(|member| view.value[member.index()].clone()).collect();
    let gains = weighted(belief, &stay) < actions[best];
    let action = view.form.actions(set).nth(best).expect("an action's position");
    Plan {
        total: actions[best].clone(),
        values: worth(best),
        departures: if gains { vec![(set, action)] } else { Vec::new() },
        actions,
    }
}

/// The sum of products of two lists.
pub(crate) fn weighted(weights: &[Rational], values: &[Rational]) -> Rational {
    let products = weights.iter().zip(values).filter(|(weight, _)| !weight.is_zero());
    products.map(|(weight, value)| weight * value).sum()
}

/// What was decided at one own set.
struct Decision {
    choice: usize,
    actions: Vec<Rational>,
    /// A played action is worse than the choice.
    strict: bool,
}

/// The subtree below the starts, renumbered breadth first: children follow their parents.
struct Search<'a> {
    view: &'a View<'a>,
    nodes: Vec<NodeId>,
    first_child: Vec<usize>,
    /// Number of own moves since the start.
    own_depth: Vec<u32>,
    /// Weight of the start times the probability of others' and chance's moves since.
    weight: Vec<Rational>,
    value: Vec<Rational>,
    members: BTreeMap<InfoSetId, Vec<usize>>,
    decisions: BTreeMap<InfoSetId, Decision>,
}

impl<'a> Search<'a> {
    fn new(view: &'a View<'a>, starts: &[(NodeId, Rational)]) -> Self {
        let mut search = Self {
            view,
            nodes: starts.iter().map(|(node, _)| *node).collect(),
            first_child: Vec::new(),
            own_depth: vec![0; starts.len()],
            weight: starts.iter().map(|(_, weight)| weight.clone()).collect(),
            value: Vec::new(),
            members: BTreeMap::new(),
            decisions: BTreeMap::new(),
        };
        let mut at = 0;
        while at < search.nodes.len() {
            search.open(at);
            at += 1;
        }
        search.value = vec![Rational::ZERO; search.nodes.len()];
        search
    }

    fn own_set(&self, at: usize) -> Option<InfoSetId> {
        match self.view.form.kind(self.nodes[at]) {
            NodeKind::Decision(set) if self.view.form.info_set(set).player == self.view.player => {
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
        for child in self.view.form.children(self.nodes[at]) {
            let weight = match own {
                Some(_) => self.weight[at].clone(),
                None if self.weight[at].is_zero() => Rational::ZERO,
                None => &self.weight[at] * &self.view.edge(child),
            };
            self.nodes.push(child);
            self.weight.push(weight);
            self.own_depth.push(self.own_depth[at] + u32::from(own.is_some()));
        }
    }

    /// Values nodes from the deepest own move up. All members of an own set have made equally
    /// many own moves before, and all nodes after one more, so a set's actions are valued before
    /// its first member comes up.
    fn run(&mut self) {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse((self.own_depth[*at], *at)));
        for at in order {
            let node = self.nodes[at];
            self.value[at] = match self.view.form.kind(node) {
                NodeKind::End(row) => self.view.instance.row_payoff(row, self.view.player).clone(),
                _ => match self.own_set(at) {
                    Some(set) => {
                        let choice = self.decide(set);
                        self.value[self.first_child[at] + choice].clone()
                    }
                    None => self.expectation(at),
                },
            };
        }
    }

    fn expectation(&self, at: usize) -> Rational {
        let children = self.view.form.children(self.nodes[at]).enumerate();
        children
            .map(|(position, child)| (self.view.edge(child), position))
            .filter(|(edge, _)| !edge.is_zero())
            .map(|(edge, position)| edge * &self.value[self.first_child[at] + position])
            .sum()
    }

    /// The best action of an own set; among equals one that is played, and the first.
    fn decide(&mut self, set: InfoSetId) -> usize {
        if let Some(known) = self.decisions.get(&set) {
            return known.choice;
        }
        let worth = |position: usize| -> Rational {
            let live = self.members[&set].iter().filter(|at| !self.weight[**at].is_zero());
            live.map(|at| &self.weight[*at] * &self.value[self.first_child[*at] + position]).sum()
        };
        let actions: Vec<Rational> = (0..self.view.form.actions(set).len()).map(worth).collect();
        let best = actions.iter().max().expect("a set has an action").clone();
        let played = |at: usize| {
            let action = self.view.form.actions(set).nth(at).expect("an action's position");
            self.view.profile.of(action).is_positive()
        };
        let among: Vec<usize> = (0..actions.len()).filter(|at| actions[*at] == best).collect();
        let choice = among.iter().copied().find(|at| played(*at)).unwrap_or(among[0]);
        let strict = (0..actions.len()).any(|at| played(at) && actions[at] < best);
        self.decisions.insert(set, Decision { choice, actions, strict });
        choice
    }

    fn plan(mut self, starts: &[(NodeId, Rational)], asked: Option<InfoSetId>) -> Plan {
        let values: Vec<Rational> = self.value[..starts.len()].to_vec();
        let weights: Vec<Rational> = starts.iter().map(|(_, weight)| weight.clone()).collect();
        let departures = self.departures(starts.len());
        let actions = asked.and_then(|set| self.decisions.remove(&set));
        Plan {
            total: weighted(&weights, &values),
            values,
            departures,
            actions: actions.map(|decision| decision.actions).unwrap_or_default(),
        }
    }

    /// Follows the profile where it is as good as the plan, and the plan where it is better.
    fn departures(&self, starts: usize) -> Vec<(InfoSetId, ActionId)> {
        let mut live = vec![false; self.nodes.len()];
        live[..starts].fill(true);
        let mut found = Vec::new();
        for at in 0..self.nodes.len() {
            if !live[at] || self.weight[at].is_zero() {
                continue;
            }
            let decision = self.own_set(at).map(|set| (set, &self.decisions[&set]));
            for (position, child) in self.view.form.children(self.nodes[at]).enumerate() {
                live[self.first_child[at] + position] = match decision {
                    Some((_, decision)) if decision.strict => position == decision.choice,
                    _ => self.view.edge(child).is_positive(),
                };
            }
            if let Some((set, decision)) = decision.filter(|(_, decision)| decision.strict) {
                let action = self.view.form.actions(set).nth(decision.choice);
                found.push((set, action.expect("an action's position")));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|(set, _)| seen.insert(*set));
        found
    }
}
