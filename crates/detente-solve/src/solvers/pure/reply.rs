//! Best replies of one unit from some nodes on, everyone else doing as chosen.

use super::amount::Amount;
use super::region::Region;
use super::tables::Tables;
use detente_game::form::NodeKind;
use detente_game::{InfoSetId, NodeId, Rational};

/// How much the starting nodes count.
pub(super) enum Weights<'a, T> {
    /// All the same (chance weights are in the values already).
    Equal,
    /// Nothing but this one counts.
    Only(usize),
    /// As given, one per starting node.
    Given(&'a [Rational]),
    /// As given up to a positive factor.
    Amounts(&'a [T]),
}

/// A sum of weighted values; comparable with sums of the same weights only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Total<T> {
    Plain(T),
    Weighted(Rational),
}

impl<T: Amount> Weights<'_, T> {
    pub fn zero(&self) -> Total<T> {
        match self {
            Self::Equal | Self::Only(_) | Self::Amounts(_) => Total::Plain(T::zero()),
            Self::Given(_) => Total::Weighted(Rational::ZERO),
        }
    }

    pub fn add(&self, total: &mut Total<T>, start: usize, value: &T) {
        match (total, self) {
            (Total::Plain(_), Self::Only(counted)) if *counted != start => {}
            (Total::Plain(sum), Self::Amounts(weights)) => sum.add(&value.times(&weights[start])),
            (Total::Plain(sum), _) => sum.add(value),
            (Total::Weighted(sum), Self::Given(weights)) => {
                *sum += value.to_rational() * &weights[start];
            }
            (Total::Weighted(_), _) => unreachable!("its sums are plain"),
        }
    }
}

/// A plan of a unit: its choices at some of its sets, in place of those of the profile.
pub(super) struct Plan<'a, 't, T> {
    tables: &'t Tables<'a, T>,
    region: &'t Region,
    unit: u32,
    player: usize,
    choices: Vec<(InfoSetId, usize)>,
}

impl<'a, 't, T: Amount> Plan<'a, 't, T> {
    /// The best plan at `later` (later sets first), for the given weights of the starts.
    pub fn best(
        tables: &'t Tables<'a, T>,
        region: &'t Region,
        unit: u32,
        player: usize,
        later: &[InfoSetId],
        starts: &[NodeId],
        weights: &Weights<'_, T>,
    ) -> Self {
        let mut plan = Self { tables, region, unit, player, choices: Vec::new() };
        for &set in later {
            let options = tables.option_count(set);
            let mut totals: Vec<Total<T>> = (0..options).map(|_| weights.zero()).collect();
            for &member in tables.prepared.form.members(set) {
                let Some(start) = plan.start_of(member, starts) else { continue };
                for (option, total) in totals.iter_mut().enumerate() {
                    let value = plan.value(tables.prepared.form.child(member, option));
                    weights.add(total, start, &value);
                }
            }
            let mut best = 0;
            for option in 1..options {
                if totals[option] > totals[best] {
                    best = option;
                }
            }
            plan.choices.push((set, best));
        }
        plan
    }

    /// Which of the (ascending) starts a node lies below, if the others and chance lead from there to it.
    fn start_of(&self, node: NodeId, starts: &[NodeId]) -> Option<usize> {
        let form = &self.tables.prepared.form;
        let mut here = node;
        loop {
            if let Ok(start) = starts.binary_search(&here) {
                return Some(start);
            }
            if here == self.region.root {
                return None;
            }
            let parent = form.parent(here)?;
            match form.kind(parent) {
                NodeKind::Decision(set) => {
                    let own = self.tables.prepared.unit[set.index()] == self.unit;
                    let chosen = self.tables.choice[set.index()] as usize;
                    if !own && form.position(here) != Some(chosen) {
                        return None;
                    }
                }
                NodeKind::Chance(_) => {
                    let branch = form.branch_into(here).expect("the parent is a lottery");
                    if self.tables.is_impossible(branch, self.player) {
                        return None;
                    }
                }
                NodeKind::End(_) => {}
            }
            here = parent;
        }
    }

    /// What the plan is worth at a node.
    pub fn value(&self, node: NodeId) -> T {
        let (tables, form) = (self.tables, &self.tables.prepared.form);
        if tables.prepared.is_idle(self.unit, node) {
            return tables.value(node, self.player).clone();
        }
        if self.region.block_at(node).is_some() {
            return tables.best[tables.index(node, self.player)].clone();
        }
        match form.kind(node) {
            NodeKind::Decision(set) => {
                let planned = self.choices.iter().find(|(own, _)| *own == set);
                let option =
                    planned.map_or(tables.choice[set.index()] as usize, |(_, option)| *option);
                self.value(form.child(node, option))
            }
            NodeKind::Chance(lottery) => {
                let mut total = T::zero();
                for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                    if !tables.is_impossible(branch, self.player) {
                        total.add(&self.value(child));
                    }
                }
                total
            }
            NodeKind::End(_) => tables.value(node, self.player).clone(),
        }
    }
}

/// What a unit could reach from a region's root by its best reply.
pub(super) fn best_from_root<T: Amount>(
    tables: &Tables<'_, T>,
    region: &Region,
    unit: u32,
    player: usize,
) -> T {
    if tables.prepared.is_idle(unit, region.root) {
        return tables.value(region.root, player).clone();
    }
    let later = region.own_of(unit);
    let starts = [region.root];
    Plan::best(tables, region, unit, player, later, &starts, &Weights::Equal).value(region.root)
}
