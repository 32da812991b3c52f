//! The best deviation of one unit while only a part of the profile is assigned.
//!
//! What is not assigned turns out as the unit dislikes, so the deviation found is worth at least
//! what is said. Once all that matters is assigned it is the unit's best reply.

use super::amount::Amount;
use super::nash::Nash;
use super::tables::UNSET;
use detente_game::NodeId;
use detente_game::form::{GameForm, NodeKind};

/// Room for one deviation, kept between uses.
pub(super) struct Deviation<T> {
    /// Per information set, what the unit does there instead.
    plan: Vec<u32>,
    /// Per node, whether chance and what the others do leave the way to it open.
    open_way: Vec<bool>,
    /// Per node, the deviation's worth, if it was computed in this round.
    worth: Vec<T>,
    computed: Vec<u32>,
    round: u32,
}

impl<T: Amount> Deviation<T> {
    pub(super) fn new(form: &GameForm) -> Self {
        let nodes = form.node_count();
        Self {
            plan: vec![UNSET; form.info_sets().len()],
            open_way: vec![true; nodes],
            worth: vec![T::zero(); nodes],
            computed: vec![0; nodes],
            round: 0,
        }
    }

    /// Forgets all worths.
    fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.computed.fill(0);
            self.round = 1;
        }
    }
}

impl<T: Amount> Nash<'_, '_, T> {
    /// What a unit's deviation is worth at the region's root, at least.
    pub(super) fn sure(&mut self, unit: u32, player: usize) -> T {
        self.deviation.begin();
        self.mark_open_ways(unit, player);
        let region = self.region;
        // Later sets come first, so what lies below a set is planned when it is weighed.
        for &set in region.own_of(unit) {
            let mut best: Option<(T, u32)> = None;
            for option in 0..self.tables.option_count(set) {
                let mut total = T::zero();
                for at in 0..self.tables.prepared.form.members(set).len() {
                    let member = self.tables.prepared.form.members(set)[at];
                    if self.deviation.open_way[member.index()] {
                        let child = self.tables.prepared.form.child(member, option);
                        total.add(&self.worth(child, unit, player));
                    }
                }
                if best.as_ref().is_none_or(|(most, _)| total > *most) {
                    best = Some((total, option as u32));
                }
            }
            self.deviation.plan[set.index()] = best.expect("a set has an option").1;
        }
        self.worth(region.root, unit, player)
    }

    /// What the planned deviation is worth at a node, at least.
    fn worth(&mut self, node: NodeId, unit: u32, player: usize) -> T {
        if let Some(number) = self.region.block_at(node) {
            return self.block_bound(number, player, Ord::min);
        }
        let kind = self.tables.prepared.form.kind(node);
        if matches!(kind, NodeKind::End(_)) {
            return self.tables.value(node, player).clone();
        }
        if self.deviation.computed[node.index()] == self.deviation.round {
            return self.deviation.worth[node.index()].clone();
        }
        let children = self.tables.prepared.form.children(node);
        let worth = match kind {
            NodeKind::Decision(set) => {
                let own = self.tables.prepared.unit[set.index()] == unit;
                let choices = if own { &self.deviation.plan } else { &self.tables.choice };
                match choices[set.index()] {
                    UNSET => {
                        let values = children.map(|child| self.worth(child, unit, player));
                        values.min().expect("a set has an option")
                    }
                    option => {
                        let child = self.tables.prepared.form.child(node, option as usize);
                        self.worth(child, unit, player)
                    }
                }
            }
            _ => {
                let mut total = T::zero();
                for child in children {
                    if !self.is_cut_off(child, player) {
                        total.add(&self.worth(child, unit, player));
                    }
                }
                total
            }
        };
        self.deviation.computed[node.index()] = self.deviation.round;
        self.deviation.worth[node.index()] = worth.clone();
        worth
    }

    /// Whether a player thinks that chance never leads to a node from its parent.
    fn is_cut_off(&self, node: NodeId, player: usize) -> bool {
        let branch = self.tables.prepared.form.branch_into(node);
        branch.is_some_and(|branch| self.tables.is_impossible(branch, player))
    }

    /// Marks the nodes that a unit can reach by some plan of its own.
    fn mark_open_ways(&mut self, unit: u32, player: usize) {
        let form = &self.tables.prepared.form;
        for &node in &self.region.nodes {
            if node == self.region.root {
                self.deviation.open_way[node.index()] = true;
                continue;
            }
            let parent = form.parent(node).expect("the region's root is above");
            let mut open = self.deviation.open_way[parent.index()];
            if open && let NodeKind::Decision(set) = form.kind(parent) {
                let option = self.tables.choice[set.index()];
                open = option == UNSET
                    || self.tables.prepared.unit[set.index()] == unit
                    || form.child(parent, option as usize) == node;
            } else if open {
                open = !self.is_cut_off(node, player);
            }
            self.deviation.open_way[node.index()] = open;
        }
    }
}
