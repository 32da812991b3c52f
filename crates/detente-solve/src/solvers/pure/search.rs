//! Backtracking over one region for sequentially rational choices.

use super::amount::Amount;
use super::bounds::Bounds;
use super::region::{Region, Variable};
use super::reply::best_from_root;
use super::tables::{Tables, UNSET, Waypoint};
use crate::Budget;
use detente_game::form::GameForm;
use std::collections::BTreeMap;

/// Any solution of a bordering subgame will do: it is not reached, not even by a deviation.
pub(super) const ANY: u32 = UNSET;

/// One way to play a region: an option, or a group of a bordering subgame, per variable.
pub(super) type Solution = Vec<u32>;

/// Solutions of a region that look the same from outside.
pub(super) struct Group<T> {
    /// What each player gets at the root.
    pub values: Vec<T>,
    /// What each player could get there by his best reply; only a loose search has more than
    /// `values`.
    pub best: Vec<T>,
    pub solutions: Vec<Solution>,
}

/// All solutions of a region, grouped, in the order found.
pub(super) struct Groups<T> {
    pub list: Vec<Group<T>>,
    /// Every solution is a group of its own.
    apart: bool,
    numbers: BTreeMap<(Vec<T>, Vec<T>), usize>,
    total: u64,
}

impl<T: Amount> Groups<T> {
    /// None yet. Without `apart`, solutions of equal values are put together as they come.
    pub fn new(apart: bool) -> Self {
        Self { list: Vec::new(), apart, numbers: BTreeMap::new(), total: 0 }
    }

    /// The same with solutions of equal values put together.
    pub fn together(self) -> Self {
        let mut together = Self::new(false);
        for group in self.list {
            for solution in group.solutions {
                together.add(group.values.clone(), group.best.clone(), solution);
            }
        }
        together
    }

    /// Which groups there are and what is in them, for the journal.
    pub fn layout(&self) -> Vec<u32> {
        let sizes = self.list.iter().map(|group| group.solutions.len() as u32);
        let members = self.list.iter().flat_map(|group| &group.solutions).flatten().copied();
        std::iter::once(self.list.len() as u32).chain(sizes).chain(members).collect()
    }

    /// Adds a solution; returns how many there are now.
    pub fn add(&mut self, values: Vec<T>, best: Vec<T>, solution: Solution) -> u64 {
        let next = self.list.len();
        let number = match self.apart {
            true => next,
            false => *self.numbers.entry((values.clone(), best.clone())).or_insert(next),
        };
        if number == next {
            self.list.push(Group { values, best, solutions: Vec::new() });
        }
        self.list[number].solutions.push(solution);
        self.total += 1;
        self.total
    }

    /// Turns solutions of the downward order into those of the upward one.
    fn reverse(&mut self) {
        for group in &mut self.list {
            for solution in &mut group.solutions {
                solution.reverse();
            }
        }
    }
}

/// How strictly a region is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The root is reached, so Bayes' rule binds.
    Certain,
    /// The root may not be reached (weak PBE): Bayes' rule binds only where the surrounding game
    /// leads; each solution remembers whether it would pass.
    Open,
}

/// How many trials the first run gets; each further run gets this times as many again.
const FIRST_RUN: u64 = 20_000;
const GROWTH: u64 = 10;

/// Finds all sequentially rational ways to play a region.
///
/// Which direction is faster cannot be told beforehand, so large regions are searched upward and
/// downward in turn, each time for longer, until one run ends. If none does before the budget
/// ends, the run that found most is returned.
///
/// `from` is a waypoint to begin at, on record.
pub(super) fn search<T: Amount>(
    tables: &mut Tables<'_, T>,
    region: &Region,
    blocks: &[Groups<T>],
    reach: Reach,
    from: Option<&[u32]>,
    budget: &mut Budget<'_>,
) -> Groups<T> {
    let both_ways = reach == Reach::Certain && tables.journal.is_none();
    let downward = region.downward.as_deref().filter(|_| both_ways);
    let mut run = Run { region, blocks, reach, bounds: None, most: u64::MAX };
    let Some(downward) = downward else {
        return run.all(tables, from, budget).0;
    };
    let mut best = Groups::new(false);
    let mut most = FIRST_RUN;
    for turn in 0_u32.. {
        let down = turn % 2 == 1;
        run.region = if down { downward } else { region };
        run.bounds = down.then(|| Bounds::new(tables, downward));
        run.most = most;
        let (mut groups, finished) = run.all(tables, None, budget);
        if down {
            groups.reverse();
        }
        if finished {
            return groups;
        }
        if groups.total > best.total {
            best = groups;
        }
        if budget.is_stopped() {
            break;
        }
        most = most.saturating_mul(GROWTH);
    }
    best
}

/// One run over a region in one direction.
struct Run<'r, T> {
    region: &'r Region,
    blocks: &'r [Groups<T>],
    reach: Reach,
    bounds: Option<Bounds<T>>,
    most: u64,
}

impl<T: Amount> Run<'_, T> {
    /// Everything found, and whether the run came to its end.
    fn all(
        &mut self,
        tables: &mut Tables<'_, T>,
        from: Option<&[u32]>,
        budget: &mut Budget<'_>,
    ) -> (Groups<T>, bool) {
        let (region, blocks) = (self.region, self.blocks);
        let mut groups = Groups::new(tables.journal.is_some());
        tables.clear(region);
        tables.compute_step(region, 0);
        let count = region.variables.len();
        if count == 0 {
            let kept = record(tables, region, Vec::new(), &mut groups, budget);
            return (groups, kept);
        }
        let mut options: Vec<u32> = from.map_or_else(|| vec![0], |key| key[2..].to_vec());
        let mut is_said = from.is_some();
        for (position, option) in
            options.split_last().map_or(&[][..], |(_, done)| done).iter().enumerate()
        {
            assign(tables, region, blocks, region.variables[position], *option);
            tables.compute_step(region, position + 1);
        }
        let mut left = self.most;
        while let Some(position) = options.len().checked_sub(1) {
            let variable = region.variables[position];
            let option = options[position];
            if option as usize >= domain(tables, blocks, variable) {
                release(tables, variable);
                options.pop();
                if let Some(last) = options.last_mut() {
                    *last += 1;
                }
                continue;
            }
            if left == 0 || !budget.touch() {
                return (groups, false);
            }
            left -= 1;
            if !std::mem::take(&mut is_said) && !tables.say(|| at(region, &options)) {
                return (groups, false);
            }
            assign(tables, region, blocks, variable, option);
            if !self.passes(tables, position + 1) {
                options[position] += 1;
            } else if position + 1 < count {
                options.push(0);
            } else {
                if !record(tables, region, options.clone(), &mut groups, budget) {
                    return (groups, false);
                }
                options[position] += 1;
            }
        }
        tables.say(|| at(region, &[]));
        (groups, true)
    }

    fn passes(&mut self, tables: &mut Tables<'_, T>, step: usize) -> bool {
        step_passes(tables, self.region, step, self.reach)
            && self
                .bounds
                .as_mut()
                .is_none_or(|bounds| bounds.leave_room(tables, self.region, self.blocks, step))
    }
}

/// The waypoint of a region with these choices made; without any, the one behind its last.
fn at(region: &Region, options: &[u32]) -> Waypoint {
    let end = if options.is_empty() { ANY } else { options.len() as u32 };
    Waypoint::At([&[region.root.0, end], options].concat())
}

/// The waypoint of a solution with what it is worth.
pub(super) fn found<T: Amount>(region: &Region, solution: &[u32], worth: &[&[T]]) -> Waypoint {
    let mut key = [&[region.root.0], solution].concat();
    if region.root != GameForm::ROOT {
        worth.iter().copied().flatten().for_each(|amount| amount.describe(&mut key));
    }
    Waypoint::Found(key)
}

fn domain<T: Amount>(tables: &Tables<'_, T>, blocks: &[Groups<T>], variable: Variable) -> usize {
    match variable {
        Variable::Set(set) => tables.option_count(set),
        Variable::Block(number) => blocks[number].list.len(),
    }
}

fn release<T: Amount>(tables: &mut Tables<'_, T>, variable: Variable) {
    if let Variable::Set(set) = variable {
        tables.choice[set.index()] = UNSET;
    }
}

fn assign<T: Amount>(
    tables: &mut Tables<'_, T>,
    region: &Region,
    blocks: &[Groups<T>],
    variable: Variable,
    option: u32,
) {
    match variable {
        Variable::Set(set) => tables.choice[set.index()] = option,
        Variable::Block(number) => {
            let group = &blocks[number].list[option as usize];
            let root = tables.prepared.subgames[number].root;
            debug_assert_eq!(region.block_at(root), Some(number));
            for player in 0..tables.prepared.players {
                let entry = tables.index(root, player);
                tables.values[entry] = group.values[player].clone();
                tables.best[entry] = group.best[player].clone();
            }
        }
    }
}

fn step_passes<T: Amount>(
    tables: &mut Tables<'_, T>,
    region: &Region,
    step: usize,
    reach: Reach,
) -> bool {
    tables.compute_step(region, step);
    let strict = reach == Reach::Certain;
    let step = &region.steps[step];
    step.checks.iter().all(|check| tables.passes(region, *check, strict))
        && (!strict || step.entries.iter().all(|block| entry_passes(tables, region, *block)))
}

/// A subgame that is reached must be played so that nobody gains from its root on.
fn entry_passes<T: Amount>(tables: &Tables<'_, T>, region: &Region, block: usize) -> bool {
    let root = tables.prepared.subgames[block].root;
    (0..tables.prepared.players).all(|player| {
        let entry = tables.index(root, player);
        tables.best[entry] == tables.values[entry] || !tables.is_reached(region, root, player)
    })
}

/// Keeps a solution; `false` if no more may be kept.
fn record<T: Amount>(
    tables: &Tables<'_, T>,
    region: &Region,
    solution: Solution,
    groups: &mut Groups<T>,
    budget: &mut Budget<'_>,
) -> bool {
    let players = 0..tables.prepared.players;
    let values: Vec<T> =
        players.clone().map(|player| tables.value(region.root, player).clone()).collect();
    let is_asked = tables.journal.is_none() || region.root != GameForm::ROOT;
    let best = if tables.prepared.recall && tables.prepared.subgames.len() > 1 && is_asked {
        players.map(|player| best_from_root(tables, region, player as u32, player)).collect()
    } else {
        values.clone()
    };
    tables.say(|| found(region, &solution, &[&values, &best]));
    let kept = groups.add(values, best, solution);
    budget.may_keep(kept)
}
