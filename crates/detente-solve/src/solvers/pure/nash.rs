//! Nash equilibria of one region, assigning only what matters.
//!
//! First the path of play is assigned, then what each player's own deviations can lead to. What
//! no single player can reach stays open. After every assignment each player's payoff is bounded
//! from above (the rest turns out as he likes) and his best deviation from below (a fixed plan,
//! the rest turns out as he dislikes); if they cross, nothing below can be an equilibrium. Once
//! all that matters is assigned, both bounds are exact.

use super::amount::Amount;
use super::deviation::Deviation;
use super::region::{Region, Variable};
use super::search::{ANY, Groups, Solution, found};
use super::tables::{Tables, UNSET, Waypoint};
use crate::Budget;
use detente_game::NodeId;
use detente_game::form::NodeKind;
use std::collections::HashMap;

/// Finds all relevant ways to play a region such that nobody gains by a deviation inside it.
/// `from` is a waypoint to begin at.
pub(super) fn search<T: Amount>(
    tables: &mut Tables<'_, T>,
    region: &Region,
    blocks: &[Groups<T>],
    from: Option<&[u32]>,
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
    let units: Vec<(u32, usize)> =
        region.own.iter().map(|(unit, sets)| (*unit, tables.prepared.owner(sets[0]))).collect();
    let is_recorded = tables.journal.is_some();
    let mut search = Nash {
        doubts: (0..units.len()).collect(),
        units,
        deviation: Deviation::new(&tables.prepared.form),
        open: vec![UNSET; region.variables.len()],
        tables,
        region,
        blocks,
        position_of_set,
        position_of_block,
        groups: Groups::new(is_recorded),
    };
    match from {
        None => search.run(budget),
        Some(key) => search.run_from(key, budget),
    }
    search.groups
}

pub(super) struct Nash<'a, 'p, T> {
    pub(super) tables: &'a mut Tables<'p, T>,
    pub(super) region: &'a Region,
    blocks: &'a [Groups<T>],
    position_of_set: Vec<usize>,
    position_of_block: HashMap<usize, usize>,
    /// Units that decide here, each with its player.
    units: Vec<(u32, usize)>,
    /// Positions of the units in the order in which they are asked whether they would deviate:
    /// who did so last comes first, since he is likely to do so again.
    doubts: Vec<usize>,
    pub(super) deviation: Deviation<T>,
    /// Per variable of the region, what is assigned, or `UNSET`.
    open: Vec<u32>,
    groups: Groups<T>,
}

impl<T: Amount> Nash<'_, '_, T> {
    fn run(&mut self, budget: &mut Budget<'_>) {
        match self.next_variable() {
            Some(first) => self.go_on(vec![first], budget),
            None => {
                self.record(budget);
            }
        }
    }

    /// The same from a waypoint on.
    fn run_from(&mut self, key: &[u32], budget: &mut Budget<'_>) {
        let assigned = key[1..].chunks_exact(2).map(|pair| (pair[0] as usize, pair[1]));
        let trail = assigned.map(|(variable, option)| {
            self.set(variable, option);
            variable
        });
        let mut trail: Vec<usize> = trail.collect();
        if self.weigh(&mut trail, budget) {
            self.go_on(trail, budget);
        }
    }

    /// Tries what is left for the last of the variables on the trail, and of those before it.
    fn go_on(&mut self, mut trail: Vec<usize>, budget: &mut Budget<'_>) {
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
            if !self.tables.say(|| self.waypoint(&trail)) || !self.weigh(&mut trail, budget) {
                return;
            }
        }
        self.tables.say(|| self.waypoint(&[]));
    }

    /// What is assigned, in the order of the trail.
    fn waypoint(&self, trail: &[usize]) -> Waypoint {
        let pairs = trail.iter().flat_map(|variable| [*variable as u32, self.open[*variable]]);
        Waypoint::At(std::iter::once(self.region.root.0).chain(pairs).collect())
    }

    /// Puts the next variable that matters on the trail if there may be an equilibrium, or keeps
    /// what is assigned; `false` if no more may be kept.
    fn weigh(&mut self, trail: &mut Vec<usize>, budget: &mut Budget<'_>) -> bool {
        if !self.is_possible() {
            return true;
        }
        match self.next_variable() {
            Some(next) => {
                trail.push(next);
                true
            }
            None => self.record(budget),
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

    /// Whether the bounds leave room for an equilibrium.
    fn is_possible(&mut self) -> bool {
        for at in 0..self.doubts.len() {
            if self.surely_gains(self.units[self.doubts[at]]) {
                if self.tables.journal.is_none() {
                    self.doubts[..=at].rotate_right(1);
                }
                return false;
            }
        }
        true
    }

    /// Whether a unit has a deviation that is better however the rest turns out.
    fn surely_gains(&mut self, (unit, player): (u32, usize)) -> bool {
        let hoped = self.hoped(self.region.root, player);
        self.sure(unit, player) > hoped
    }

    /// The most a player can get at a node.
    fn hoped(&self, node: NodeId, player: usize) -> T {
        let form = &self.tables.prepared.form;
        if let Some(number) = self.region.block_at(node) {
            return self.block_bound(number, player, Ord::max);
        }
        match form.kind(node) {
            NodeKind::End(_) => self.tables.value(node, player).clone(),
            NodeKind::Chance(lottery) => {
                let mut total = T::zero();
                for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                    if !self.tables.is_impossible(branch, player) {
                        total.add(&self.hoped(child, player));
                    }
                }
                total
            }
            NodeKind::Decision(set) => match self.tables.choice[set.index()] {
                UNSET => {
                    let values = form.children(node).map(|child| self.hoped(child, player));
                    values.max().expect("a set has an option")
                }
                option => self.hoped(form.child(node, option as usize), player),
            },
        }
    }

    /// What a player gets in a subgame: the `end` of the range if no solution is assigned.
    pub(super) fn block_bound(&self, number: usize, player: usize, end: fn(T, T) -> T) -> T {
        let groups = &self.blocks[number].list;
        let assigned = self.open[self.position_of_block[&number]];
        if assigned != UNSET {
            return groups[assigned as usize].values[player].clone();
        }
        let values = groups.iter().map(|group| group.values[player].clone());
        values.reduce(end).expect("a subgame without a solution ends the search earlier")
    }

    /// The next variable that matters: on the path of play, or reached by one unit's deviation.
    fn next_variable(&self) -> Option<usize> {
        let found = (0..self.tables.prepared.players).find_map(|p| self.first_open(p, None));
        found.or_else(|| {
            self.units.iter().find_map(|&(unit, player)| self.first_open(player, Some(unit)))
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
        let solution: Solution = self
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
            .map(|player| self.hoped(self.region.root, player))
            .collect();
        self.tables.say(|| found(self.region, &solution, &[&values]));
        let kept = self.groups.add(values.clone(), values, solution);
        budget.may_keep(kept)
    }
}
