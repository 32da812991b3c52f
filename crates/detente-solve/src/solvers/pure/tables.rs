//! The numbers of one search: node values under the choices made so far.

use super::amount::Amount;
use super::prepared::Prepared;
use super::region::{Region, Variable};
use detente_game::form::NodeKind;
use detente_game::{BranchId, InfoSetId, NodeId};

/// No choice yet.
pub(super) const UNSET: u32 = u32::MAX;

/// What a search says of its course while it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Waypoint {
    /// It is here: all that its course from here on depends on, besides how numbers compare. The
    /// search of a whole game can begin there, see [`super::Prepared::run`].
    At(Vec<u32>),
    /// It lists a solution of the region under way; what the region is worth is part of the key
    /// where others will ask for it.
    Found(Vec<u32>),
    /// The region's list is complete.
    Settled,
    /// Its solutions are grouped in this way.
    Grouped(Vec<u32>),
}

/// Who hears of waypoints, and answers whether the search is to go on.
pub(super) type Journal<'a> = Box<dyn Fn(Waypoint) -> bool + 'a>;

/// Values and choices; filled bottom-up by a search, subgame after subgame.
pub(super) struct Tables<'a, T> {
    pub prepared: &'a Prepared,
    /// Per node and player, the chance-weighted payoff under the choices below.
    pub values: Vec<T>,
    /// At the root of a solved subgame, what each player could reach there by his best reply.
    pub best: Vec<T>,
    pub choice: Vec<u32>,
    /// Whether a player's deviations may comprise several of his sets.
    pub plans: bool,
    impossible: Vec<bool>,
    any_impossible: bool,
    /// Kept by searches on record. Their course must be a function of how numbers compare, so they
    /// do without what only saves time and depends on what was tried before.
    pub journal: Option<Journal<'a>>,
}

impl<'a, T: Amount> Tables<'a, T> {
    pub fn new(prepared: &'a Prepared, values: Vec<T>, impossible: Vec<bool>) -> Self {
        let best = if prepared.subgames.len() > 1 { values.clone() } else { Vec::new() };
        Self {
            prepared,
            best,
            plans: prepared.recall,
            values,
            choice: vec![UNSET; prepared.form.info_sets().len()],
            any_impossible: impossible.contains(&true),
            impossible,
            journal: None,
        }
    }

    /// Tells the journal, if one is kept; `false` if the search need not go on.
    pub fn say(&self, waypoint: impl FnOnce() -> Waypoint) -> bool {
        self.journal.as_ref().is_none_or(|journal| journal(waypoint()))
    }

    pub fn index(&self, node: NodeId, player: usize) -> usize {
        node.index() * self.prepared.players + player
    }

    pub fn value(&self, node: NodeId, player: usize) -> &T {
        &self.values[self.index(node, player)]
    }

    /// Whether a player thinks a branch impossible.
    pub fn is_impossible(&self, branch: BranchId, player: usize) -> bool {
        self.any_impossible && self.impossible[branch.index() * self.prepared.players + player]
    }

    /// Computes a node from its children and the choice made there.
    pub fn compute(&mut self, node: NodeId) {
        let form = &self.prepared.form;
        match form.kind(node) {
            NodeKind::Decision(set) => {
                let chosen = form.child(node, self.choice[set.index()] as usize);
                for player in 0..self.prepared.players {
                    let to = self.index(node, player);
                    self.values[to] = self.value(chosen, player).clone();
                }
            }
            NodeKind::Chance(lottery) => {
                for player in 0..self.prepared.players {
                    let mut total = T::zero();
                    for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                        if !self.is_impossible(branch, player) {
                            total.add(self.value(child, player));
                        }
                    }
                    let to = self.index(node, player);
                    self.values[to] = total;
                }
            }
            NodeKind::End(_) => {}
        }
    }

    /// Computes all nodes that become known at a step.
    pub fn compute_step(&mut self, region: &Region, step: usize) {
        for &node in &region.steps[step].ready {
            self.compute(node);
        }
    }

    /// Whether the choices and chance lead from the region's root to a node, in a player's eyes.
    pub fn is_reached(&self, region: &Region, node: NodeId, player: usize) -> bool {
        let form = &self.prepared.form;
        let mut here = node;
        while here != region.root {
            let parent = form.parent(here).expect("the region's root is above");
            let position = form.position(here).expect("it has a parent");
            match form.kind(parent) {
                NodeKind::Decision(set) => {
                    if self.choice[set.index()] as usize != position {
                        return false;
                    }
                }
                NodeKind::Chance(_) => {
                    let branch = form.branch_into(here).expect("the parent is a lottery");
                    if self.is_impossible(branch, player) {
                        return false;
                    }
                }
                NodeKind::End(_) => {}
            }
            here = parent;
        }
        true
    }

    /// How many options a set has.
    pub fn option_count(&self, set: InfoSetId) -> usize {
        self.prepared.form.info_set(set).action_count as usize
    }

    /// Forgets the choices at a region's sets.
    pub fn clear(&mut self, region: &Region) {
        for variable in &region.variables {
            if let Variable::Set(set) = variable {
                self.choice[set.index()] = UNSET;
            }
        }
    }
}
