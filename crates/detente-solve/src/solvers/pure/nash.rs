//! Nash equilibria of one region, assigning only what matters.
//!
//! First the path of play is assigned, then what each player's own deviations can lead to. What
//! no single player can reach stays open. After every assignment each player's payoff is bounded
//! from above (the rest turns out as he likes) and his best deviation from below (a fixed plan,
//! the rest turns out as he dislikes); if they cross, nothing below can be an equilibrium. Once
//! all that matters is assigned, both bounds are exact.

use super::amount::Amount;
use super::region::{Region, Variable};
use super::search::{ANY, Groups};
use super::tables::{Tables, UNSET};
use crate::Budget;
use detente_game::form::NodeKind;
use detente_game::{InfoSetId, NodeId};
use std::collections::HashMap;

/// Finds all relevant ways to play a region such that nobody gains by a deviation inside it.
pub(super) fn search<T: Amount>(
    tables: &mut Tables<'_, T>,
    region: &Region,
    blocks: &[Groups<T>],
    budget: &mut Budget<'_>,
) -> Groups<T> {
    tables.clear(region);
    let mut position_of_set = vec![usize::MAX; tables.choice.len()];
    let mut position_of_block = HashMap::new();
    for (at, variable) in region.variables.iter().enumerate() {
        match *variable {
            Variable::Set(set) => position_of_set[set.index()] = at,
            Variable::Block(number) => {
                position_of_block.insert(number, at);
            }
        }
    }
    let mut search = Nash {
        open: vec![UNSET; region.variables.len()],
        tables,
        region,
        blocks,
        position_of_set,
        position_of_block,
        groups: Groups::new(),
    };
    search.run(budget);
    search.groups
}

struct Nash<'a, 'p, T> {
    tables: &'a mut Tables<'p, T>,
    region: &'a Region,
    blocks: &'a [Groups<T>],
    position_of_set: Vec<usize>,
    position_of_block: HashMap<usize, usize>,
    /// Per variable of the region, what is assigned, or `UNSET`.
    open: Vec<u32>,
    groups: Groups<T>,
}

/// Which end of the range of possible values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Worst,
    Best,
}

/// A plan of a unit in place of its assigned choices; `None` for the profile itself.
type Plan<'a> = Option<(u32, &'a [u32])>;

impl<T: Amount> Nash<'_, '_, T> {
    fn run(&mut self, budget: &mut Budget<'_>) {
        let mut trail: Vec<usize> = Vec::new();
        match self.next_variable() {
            Some(first) => trail.push(first),
            None => {
                self.record(budget);
                return;
            }
        }
        // `open[v]` counts upward from UNSET (wrapping) to the size of the domain.
        while let Some(&variable) = trail.last() {
            let option = self.open[variable].wrapping_add(1);
            if option as usize >= self.domain(variable) {
                self.set(variable, UNSET);
                trail.pop();
                continue;
            }
            if !budget.touch() {
                return;
            }
            self.set(variable, option);
            if !self.is_possible() {
                continue;
            }
            match self.next_variable() {
                Some(next) => trail.push(next),
                None => {
                    if !self.record(budget) {
                        return;
                    }
                }
            }
        }
    }

    fn domain(&self, variable: usize) -> usize {
        match self.region.variables[variable] {
            Variable::Set(set) => self.tables.option_count(set),
            Variable::Block(number) => self.blocks[number].list.len(),
        }
    }

    fn set(&mut self, variable: usize, option: u32) {
        self.open[variable] = option;
        if let Variable::Set(set) = self.region.variables[variable] {
            self.tables.choice[set.index()] = option;
        }
    }

    fn units(&self) -> impl Iterator<Item = (u32, usize)> + '_ {
        self.region.own.iter().map(|(unit, sets)| (*unit, self.tables.prepared.owner(sets[0])))
    }

    /// Whether the bounds leave room for an equilibrium.
    fn is_possible(&self) -> bool {
        let units: Vec<(u32, usize)> = self.units().collect();
        units.iter().all(|&(unit, player)| {
            let hoped = self.bound(self.region.root, player, Side::Best, None);
            let plan = self.good_plan(unit, player);
            let sure = self.bound(self.region.root, player, Side::Worst, Some((unit, &plan)));
            sure <= hoped
        })
    }

    /// A bound of what a player gets at a node.
    fn bound(&self, node: NodeId, player: usize, side: Side, plan: Plan<'_>) -> T {
        let form = &self.tables.prepared.form;
        if let Some(number) = self.region.block_at(node) {
            return self.block_bound(number, player, side);
        }
        match form.kind(node) {
            NodeKind::End(_) => self.tables.value(node, player).clone(),
            NodeKind::Chance(lottery) => {
                let mut total = T::zero();
                for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                    if !self.tables.is_impossible(branch, player) {
                        total.add(&self.bound(child, player, side, plan));
                    }
                }
                total
            }
            NodeKind::Decision(set) => match self.option(set, plan) {
                Some(option) => self.bound(form.child(node, option), player, side, plan),
                None => {
                    let values =
                        form.children(node).map(|child| self.bound(child, player, side, plan));
                    let end = if side == Side::Best { values.max() } else { values.min() };
                    end.expect("a set has an option")
                }
            },
        }
    }

    fn block_bound(&self, number: usize, player: usize, side: Side) -> T {
        let groups = &self.blocks[number].list;
        let assigned = self.open[self.position_of_block[&number]];
        if assigned != UNSET {
            return groups[assigned as usize].values[player].clone();
        }
        let values = groups.iter().map(|group| &group.values[player]);
        let end = if side == Side::Best { values.max() } else { values.min() };
        end.expect("a subgame without a solution ends the search earlier").clone()
    }

    fn option(&self, set: InfoSetId, plan: Plan<'_>) -> Option<usize> {
        if let Some((unit, choices)) = plan
            && self.tables.prepared.unit[set.index()] == unit
        {
            let planned = choices[set.index()];
            return (planned != UNSET).then_some(planned as usize);
        }
        let option = self.tables.choice[set.index()];
        (option != UNSET).then_some(option as usize)
    }

    /// A plan that is a best reply once all that matters is assigned, and any plan before.
    fn good_plan(&self, unit: u32, player: usize) -> Vec<u32> {
        let form = &self.tables.prepared.form;
        let mut choices = vec![UNSET; form.info_sets().len()];
        for &set in self.region.own_of(unit) {
            let options = self.tables.option_count(set);
            let mut totals = vec![T::zero(); options];
            for &member in form.members(set) {
                if !self.may_reach(member, unit, player) {
                    continue;
                }
                for (option, total) in totals.iter_mut().enumerate() {
                    let child = form.child(member, option);
                    total.add(&self.bound(child, player, Side::Worst, Some((unit, &choices))));
                }
            }
            let mut best = 0;
            for option in 1..options {
                if totals[option] > totals[best] {
                    best = option;
                }
            }
            choices[set.index()] = best as u32;
        }
        choices
    }

    /// Whether the others' assigned choices and chance leave the way to a node open.
    fn may_reach(&self, node: NodeId, unit: u32, player: usize) -> bool {
        let form = &self.tables.prepared.form;
        let mut here = node;
        while here != self.region.root {
            let parent = form.parent(here).expect("the region's root is above");
            match form.kind(parent) {
                NodeKind::Decision(set) => {
                    let own = self.tables.prepared.unit[set.index()] == unit;
                    let option = self.tables.choice[set.index()];
                    if !own && option != UNSET && form.position(here) != Some(option as usize) {
                        return false;
                    }
                }
                NodeKind::Chance(_) => {
                    let branch = form.branch_into(here).expect("the parent is a lottery");
                    if self.tables.is_impossible(branch, player) {
                        return false;
                    }
                }
                NodeKind::End(_) => {}
            }
            here = parent;
        }
        true
    }

    /// The next variable that matters: on the path of play, or reached by one unit's deviation.
    fn next_variable(&self) -> Option<usize> {
        let everyone: Vec<usize> = (0..self.tables.prepared.players).collect();
        let found = everyone.iter().find_map(|&player| self.first_open(player, None));
        found.or_else(|| {
            let mut units = self.units();
            units.find_map(|(unit, player)| self.first_open(player, Some(unit)))
        })
    }

    /// The first unassigned variable that may be met, in a player's eyes, if `free` deviates.
    fn first_open(&self, player: usize, free: Option<u32>) -> Option<usize> {
        let form = &self.tables.prepared.form;
        let mut stack = vec![self.region.root];
        while let Some(node) = stack.pop() {
            if let Some(number) = self.region.block_at(node) {
                let variable = self.position_of_block[&number];
                if self.open[variable] == UNSET {
                    return Some(variable);
                }
                continue;
            }
            match form.kind(node) {
                NodeKind::End(_) => {}
                NodeKind::Chance(lottery) => {
                    let ways = form.children(node).zip(form.branches(lottery)).rev();
                    stack.extend(
                        ways.filter(|(_, branch)| !self.tables.is_impossible(*branch, player))
                            .map(|(child, _)| child),
                    );
                }
                NodeKind::Decision(set) => {
                    if free == Some(self.tables.prepared.unit[set.index()]) {
                        stack.extend(form.children(node).rev());
                        continue;
                    }
                    match self.tables.choice[set.index()] {
                        UNSET => return Some(self.position_of_set[set.index()]),
                        option => stack.push(form.child(node, option as usize)),
                    }
                }
            }
        }
        None
    }

    /// Keeps the assignment; `false` if no more may be kept.
    fn record(&mut self, budget: &mut Budget<'_>) -> bool {
        let solution = self
            .region
            .variables
            .iter()
            .zip(&self.open)
            .map(|(variable, option)| match (variable, *option) {
                (Variable::Set(_), UNSET) => 0,
                (Variable::Block(_), UNSET) => ANY,
                (_, option) => option,
            })
            .collect();
        let values: Vec<T> = (0..self.tables.prepared.players)
            .map(|player| self.bound(self.region.root, player, Side::Best, None))
            .collect();
        let kept = self.groups.add(values.clone(), values, solution);
        budget.may_keep(kept)
    }
}
