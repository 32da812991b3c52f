//! Bounds for a search from the top down, where what lies below is still open.
//!
//! An open set may turn out as well or as badly for a player as any of its options that some
//! belief supports. If the option chosen at a reached set cannot earn what another option earns
//! at the worst, nothing below can be an equilibrium.

use super::amount::Amount;
use super::belief::{Support, supporting};
use super::region::{Region, Variable};
use super::search::Groups;
use super::tables::{Tables, UNSET};
use detente_game::form::NodeKind;
use detente_game::{InfoSetId, NodeId};
use std::collections::HashMap;

/// Per node and player, the least and the most that may come out.
pub(super) struct Bounds<T> {
    low: Vec<T>,
    high: Vec<T>,
    /// Options that some belief supports, of sets with nothing to choose below them.
    viable: HashMap<InfoSetId, Vec<usize>>,
    position: HashMap<usize, usize>,
}

impl<T: Amount> Bounds<T> {
    pub fn new(tables: &mut Tables<'_, T>, region: &Region) -> Self {
        tables.clear(region);
        tables.compute_step(region, 0);
        let mut viable = HashMap::new();
        let mut position = HashMap::new();
        for (at, variable) in region.variables.iter().enumerate() {
            match *variable {
                Variable::Set(set) if is_last(tables, region, set) => {
                    viable.insert(set, supported(tables, set));
                }
                Variable::Set(_) => {}
                Variable::Block(number) => {
                    position.insert(number, at);
                }
            }
        }
        Self { low: tables.values.clone(), high: tables.values.clone(), viable, position }
    }

    /// Whether the choices made so far, `step` of them, may still be part of an equilibrium.
    pub fn leave_room(
        &mut self,
        tables: &Tables<'_, T>,
        region: &Region,
        blocks: &[Groups<T>],
        step: usize,
    ) -> bool {
        for &node in region.nodes.iter().rev() {
            self.compute(tables, region, blocks, step, node);
        }
        region.variables[..step].iter().all(|variable| match variable {
            Variable::Set(set) => self.may_be_best(tables, region, *set),
            Variable::Block(_) => true,
        })
    }

    fn compute(
        &mut self,
        tables: &Tables<'_, T>,
        region: &Region,
        blocks: &[Groups<T>],
        step: usize,
        node: NodeId,
    ) {
        let form = &tables.prepared.form;
        for player in 0..tables.prepared.players {
            let entry = tables.index(node, player);
            let (low, high) = if let Some(number) = region.block_at(node) {
                let values = blocks[number].list.iter().map(|group| &group.values[player]);
                if self.position[&number] < step {
                    (tables.values[entry].clone(), tables.values[entry].clone())
                } else {
                    let low = values.clone().min().expect("a subgame has a solution");
                    let high = values.max().expect("a subgame has a solution");
                    (low.clone(), high.clone())
                }
            } else {
                match form.kind(node) {
                    NodeKind::End(_) => continue,
                    NodeKind::Chance(lottery) => {
                        let (mut low, mut high) = (T::zero(), T::zero());
                        for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                            if !tables.is_impossible(branch, player) {
                                low.add(&self.low[tables.index(child, player)]);
                                high.add(&self.high[tables.index(child, player)]);
                            }
                        }
                        (low, high)
                    }
                    NodeKind::Decision(set) => self.decision(tables, node, set, player),
                }
            };
            self.low[entry] = low;
            self.high[entry] = high;
        }
    }

    fn decision(
        &self,
        tables: &Tables<'_, T>,
        node: NodeId,
        set: InfoSetId,
        player: usize,
    ) -> (T, T) {
        let form = &tables.prepared.form;
        let entry = |option: usize| tables.index(form.child(node, option), player);
        let chosen = tables.choice[set.index()];
        if chosen != UNSET {
            let entry = entry(chosen as usize);
            return (self.low[entry].clone(), self.high[entry].clone());
        }
        let span = |options: &mut dyn Iterator<Item = usize>| {
            let mut span: Option<(T, T)> = None;
            for entry in options.map(entry) {
                let (low, high) = (&self.low[entry], &self.high[entry]);
                span = Some(match span {
                    None => (low.clone(), high.clone()),
                    Some((least, most)) => (least.min(low.clone()), most.max(high.clone())),
                });
            }
            span.expect("a set has an option that some belief supports")
        };
        match self.viable.get(&set) {
            Some(options) => span(&mut options.iter().copied()),
            None => span(&mut (0..tables.option_count(set))),
        }
    }

    /// Whether the choice at a set may be best, if it is known to be reached.
    fn may_be_best(&self, tables: &Tables<'_, T>, region: &Region, set: InfoSetId) -> bool {
        let (form, player) = (&tables.prepared.form, tables.prepared.owner(set));
        let mut reached = Vec::new();
        for &member in form.members(set) {
            match reach(tables, region, member, player) {
                Some(true) => reached.push(member),
                Some(false) => {}
                None => return true,
            }
        }
        let sum = |bound: &[T], option: usize| {
            let mut total = T::zero();
            for &member in &reached {
                total.add(&bound[tables.index(form.child(member, option), player)]);
            }
            total
        };
        let chosen = tables.choice[set.index()] as usize;
        let most = sum(&self.high, chosen);
        (0..tables.option_count(set))
            .all(|option| option == chosen || sum(&self.low, option) <= most)
    }
}

/// Whether a node is reached; `None` if that depends on open choices.
fn reach<T: Amount>(
    tables: &Tables<'_, T>,
    region: &Region,
    node: NodeId,
    player: usize,
) -> Option<bool> {
    let form = &tables.prepared.form;
    let (mut open, mut here) = (false, node);
    while here != region.root {
        let parent = form.parent(here).expect("the region's root is above");
        if let NodeKind::Decision(set) = form.kind(parent) {
            match tables.choice[set.index()] {
                UNSET => open = true,
                option if form.position(here) == Some(option as usize) => {}
                _ => return Some(false),
            }
        } else if let Some(branch) = form.branch_into(here)
            && tables.is_impossible(branch, player)
        {
            return Some(false);
        }
        here = parent;
    }
    if open { None } else { Some(true) }
}

/// Whether nothing is chosen below a set.
fn is_last<T: Amount>(tables: &Tables<'_, T>, region: &Region, set: InfoSetId) -> bool {
    let form = &tables.prepared.form;
    form.members(set).iter().all(|&member| {
        form.children(member).all(|child| {
            region.block_at(child).is_none() && tables.prepared.movers[child.index()] == 0
        })
    })
}

/// The options of such a set that some belief makes best.
fn supported<T: Amount>(tables: &Tables<'_, T>, set: InfoSetId) -> Vec<usize> {
    let (form, player) = (&tables.prepared.form, tables.prepared.owner(set));
    let members = form.members(set);
    let is_supported = |chosen: usize| {
        let gains: Vec<Vec<T>> = (0..tables.option_count(set))
            .filter(|option| *option != chosen)
            .map(|option| {
                let gain = |&member: &NodeId| {
                    let earned = tables.value(form.child(member, chosen), player);
                    earned.minus(tables.value(form.child(member, option), player))
                };
                members.iter().map(gain).collect()
            })
            .collect();
        supporting(&gains, members.len()) != Support::None
    };
    (0..tables.option_count(set)).filter(|option| is_supported(*option)).collect()
}
