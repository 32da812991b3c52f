//! A game laid out for fast passes: nodes in depth-first order, so that what lies below a node is
//! one stretch.

use detente_game::form::NodeKind;
use detente_game::{GameForm, GameInstance, NodeId, PlayerId};
use libm::log;

/// What leads into a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Chance, or nothing (the root).
    Chance,
    /// An action, by its index.
    Action(u32),
}

/// A situation with the places of its members.
pub(super) struct Situation {
    pub player: usize,
    /// The indices of its actions are `first..first + options`.
    pub first: usize,
    pub options: usize,
    /// Per member, the places of what follows its options, in their order.
    pub followers: Vec<Vec<u32>>,
    pub members: Vec<u32>,
}

/// What one player expects and thinks, per place.
pub(super) struct Eyes {
    /// Payoffs at ends, 0 inside.
    pub payoff: Vec<f64>,
    /// The probability of the chance branch that leads there; 1 for actions.
    pub chance: Vec<f64>,
    /// Its logarithm.
    pub log_chance: Vec<f64>,
}

/// Nodes by place: their number in depth-first order.
pub(super) struct Layout {
    pub parent: Vec<u32>,
    pub way: Vec<Way>,
    /// The place after the last one below each.
    pub end: Vec<u32>,
    pub situations: Vec<Situation>,
    /// Per action, its situation.
    pub situation_of: Vec<u32>,
    pub eyes: Vec<Eyes>,
}

impl Layout {
    pub fn new(instance: &GameInstance) -> Self {
        let form = instance.form();
        let order = depth_first(form);
        let mut place = vec![0_u32; order.len()];
        order.iter().enumerate().for_each(|(at, node)| place[node.index()] = at as u32);
        let parent: Vec<u32> =
            order.iter().map(|node| form.parent(*node).map_or(0, |up| place[up.index()])).collect();
        let way = |node: &NodeId| {
            form.action_into(*node).map_or(Way::Chance, |action| Way::Action(action.index() as u32))
        };
        Self {
            way: order.iter().map(way).collect(),
            end: ends(&parent),
            situations: situations(form, &place),
            situation_of: form
                .info_set_ids()
                .flat_map(|set| form.actions(set).map(move |_| set.0))
                .collect(),
            eyes: form.player_ids().map(|player| eyes(instance, player, &order)).collect(),
            parent,
        }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.parent.len()
    }

    /// The work of one pass over what lies below every situation's members.
    pub fn work(&self) -> usize {
        let below = |member: &u32| (self.end[*member as usize] - member) as usize;
        self.situations.iter().flat_map(|situation| &situation.members).map(below).sum()
    }
}

fn depth_first(form: &GameForm) -> Vec<NodeId> {
    let (mut order, mut stack) = (Vec::with_capacity(form.node_count()), vec![GameForm::ROOT]);
    while let Some(node) = stack.pop() {
        order.push(node);
        stack.extend(form.children(node).rev());
    }
    order
}

fn ends(parent: &[u32]) -> Vec<u32> {
    let mut end: Vec<u32> = (1..=parent.len() as u32).collect();
    for at in (1..parent.len()).rev() {
        let up = parent[at] as usize;
        end[up] = end[up].max(end[at]);
    }
    end
}

fn situations(form: &GameForm, place: &[u32]) -> Vec<Situation> {
    let at = |node: NodeId| place[node.index()];
    let of = |set| {
        let members = form.members(set);
        Situation {
            player: form.info_set(set).player.index(),
            first: form.info_set(set).first_action.index(),
            options: form.actions(set).len(),
            followers: members.iter().map(|m| form.children(*m).map(at).collect()).collect(),
            members: members.iter().map(|member| at(*member)).collect(),
        }
    };
    form.info_set_ids().map(of).collect()
}

fn eyes(instance: &GameInstance, player: PlayerId, order: &[NodeId]) -> Eyes {
    let form = instance.form();
    let payoff = |node: &NodeId| match form.kind(*node) {
        NodeKind::End(row) => instance.row_payoff(row, player).to_f64(),
        _ => 0.0,
    };
    let chance = |node: &NodeId| {
        let branch = form.branch_into(*node);
        branch.map_or(1.0, |branch| instance.branch_for(player, branch).to_f64())
    };
    let chance: Vec<f64> = order.iter().map(chance).collect();
    Eyes {
        payoff: order.iter().map(payoff).collect(),
        log_chance: chance.iter().map(|share| log(*share)).collect(),
        chance,
    }
}
