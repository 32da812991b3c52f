//! What an end pays: stakes and outcomes, evaluated again only where what they read has changed.
//!
//! Lines that read the same events form a group. Between two ends of a depth-first run few events
//! change, so few groups are looked at, and most of those have met their values before.

use super::evaluate::{Trouble, Truth, World};
use super::fast::FastMap;
use super::ir::{OutcomeLine, StakeLine};
use crate::syntax::ast::Span;
use detente_game::form::Stake;
use detente_game::formula::BinaryOp;
use detente_game::game::GameBuilder;
use detente_game::{EventId, FormulaId, OutcomeId, Rational, RowId, StakeId, ValueId};
use std::collections::{BTreeMap, BTreeSet};

/// Values are remembered for groups that read at most so many events.
const MOST_REMEMBERED: usize = 12;

/// An amount that a line pays: the line's place, the stake, the amount.
type Paid = (u32, StakeId, FormulaId);

/// Lines that read the same events.
struct Group {
    reads: Vec<EventId>,
    lines: Vec<u32>,
    known: FastMap<Box<[Option<ValueId>]>, u32>,
}

/// What has been worked out about payoffs so far.
pub(crate) struct Payoffs<'s> {
    stakes: &'s [StakeLine],
    outcomes: &'s [OutcomeLine],
    /// For each stake, those of players whose stakes are the opposite; `true` if negated.
    mirrored: &'s BTreeMap<StakeId, Vec<(StakeId, bool)>>,
    /// The last group decides the outcome, the others pay stakes.
    groups: Vec<Group>,
    groups_of: Vec<Vec<u32>>,
    stale: Vec<u32>,
    is_stale: Vec<bool>,
    current: Vec<u32>,
    results: Vec<Vec<Paid>>,
    result_ids: FastMap<Vec<Paid>, u32>,
    rows: FastMap<Box<[u32]>, RowId>,
    key: Vec<u32>,
    /// Amounts met for the first time, with their lines, to be checked over the ranges.
    pub(crate) fresh: Vec<(u32, FormulaId)>,
}

impl<'s> Payoffs<'s> {
    pub(crate) fn new(
        stakes: &'s [StakeLine],
        outcomes: &'s [OutcomeLine],
        mirrored: &'s BTreeMap<StakeId, Vec<(StakeId, bool)>>,
        events: usize,
    ) -> Self {
        let mut by_reads: BTreeMap<BTreeSet<EventId>, Vec<u32>> = BTreeMap::new();
        for (place, line) in stakes.iter().enumerate() {
            let mut reads = BTreeSet::new();
            line.amount.events_read(&mut reads);
            line.when.iter().for_each(|when| when.events_read(&mut reads));
            by_reads.entry(reads).or_default().push(place as u32);
        }
        let mut reads = BTreeSet::new();
        outcomes.iter().for_each(|line| line.when.events_read(&mut reads));
        let group = |reads: BTreeSet<EventId>, lines| Group {
            reads: reads.into_iter().collect(),
            lines,
            known: FastMap::default(),
        };
        let mut groups: Vec<Group> =
            by_reads.into_iter().map(|(reads, lines)| group(reads, lines)).collect();
        groups.push(group(reads, Vec::new()));
        let mut groups_of = vec![Vec::new(); events];
        for (place, group) in groups.iter().enumerate() {
            group.reads.iter().for_each(|event| groups_of[event.index()].push(place as u32));
        }
        let count = groups.len();
        Self {
            stakes,
            outcomes,
            mirrored,
            groups,
            groups_of,
            stale: (0..count as u32).collect(),
            is_stale: vec![true; count],
            current: vec![0; count],
            results: Vec::new(),
            result_ids: FastMap::default(),
            rows: FastMap::default(),
            key: Vec::new(),
            fresh: Vec::new(),
        }
    }

    /// An event happened or was taken back.
    pub(crate) fn changed(&mut self, event: EventId) {
        for &group in &self.groups_of[event.index()] {
            if !std::mem::replace(&mut self.is_stale[group as usize], true) {
                self.stale.push(group);
            }
        }
    }

    /// The row paid here, and whether some outcome describes it.
    pub(crate) fn row(
        &mut self,
        world: &World,
        gains: &[(StakeId, FormulaId)],
        builder: &mut GameBuilder,
    ) -> Result<(RowId, bool), Trouble> {
        while let Some(group) = self.stale.pop() {
            let result = self.result(group as usize, world, builder)?;
            self.current[group as usize] = result;
            self.is_stale[group as usize] = false;
        }
        let outcome = self.current[self.current.len() - 1];
        let described = outcome > 0 || self.outcomes.is_empty();
        self.key.clear();
        self.key.extend_from_slice(&self.current);
        self.key.extend(gains.iter().flat_map(|(stake, amount)| [stake.0, amount.0]));
        if let Some(&known) = self.rows.get(self.key.as_slice()) {
            return Ok((known, described));
        }
        let items = self.items(gains, builder);
        let outcome: Option<OutcomeId> =
            outcome.checked_sub(1).map(|line| self.outcomes[line as usize].outcome);
        let row = builder.row(&items, outcome);
        self.rows.insert(self.key.clone().into(), row);
        Ok((row, described))
    }

    /// The name of the stake of a line, and where its amount stands.
    pub(crate) fn named(&self, line: u32, builder: &GameBuilder) -> (String, Span) {
        let line = &self.stakes[line as usize];
        (builder.form.form().stake(line.stake).name.clone(), line.amount_span)
    }

    fn result(
        &mut self,
        place: usize,
        world: &World,
        builder: &mut GameBuilder,
    ) -> Result<u32, Trouble> {
        let group = &self.groups[place];
        let remember = group.reads.len() <= MOST_REMEMBERED;
        let mut key = [None; MOST_REMEMBERED];
        if remember {
            for (value, event) in key.iter_mut().zip(&group.reads) {
                *value = world.value(*event);
            }
            if let Some(&known) = group.known.get(&key[..group.reads.len()]) {
                return Ok(known);
            }
        }
        let result = if place + 1 == self.groups.len() {
            self.outcome(world, builder)?
        } else {
            self.paid(place, world, builder)?
        };
        let group = &mut self.groups[place];
        if remember {
            group.known.insert(key[..group.reads.len()].into(), result);
        }
        Ok(result)
    }

    /// The place of the first outcome that holds, from 1; 0 if none does.
    fn outcome(&self, world: &World, builder: &mut GameBuilder) -> Result<u32, Trouble> {
        for (place, line) in self.outcomes.iter().enumerate() {
            if world.truth(&line.when, &mut builder.formulas)? == Truth::Known(true) {
                return Ok(place as u32 + 1);
            }
        }
        Ok(0)
    }

    fn paid(
        &mut self,
        place: usize,
        world: &World,
        builder: &mut GameBuilder,
    ) -> Result<u32, Trouble> {
        let formulas = &mut builder.formulas;
        let mut paid = Vec::new();
        for &line_place in &self.groups[place].lines {
            let line = &self.stakes[line_place as usize];
            let applies = match &line.when {
                None => Truth::Known(true),
                Some(cond) => world.truth(cond, formulas)?,
            };
            if applies == Truth::Known(false) {
                continue;
            }
            let mut amount = world.number(&line.amount, formulas)?;
            if let Truth::Formula(test) = applies {
                let zero = formulas.number(Rational::ZERO);
                amount = formulas.choose(test, amount, zero);
            }
            if formulas.constant(amount).is_none() {
                self.fresh.push((line_place, amount));
            }
            if line.negated {
                amount = formulas.negate(amount);
            }
            paid.push((line_place, line.stake, amount));
        }
        let next = self.results.len() as u32;
        let id = *self.result_ids.entry(paid).or_insert_with_key(|paid| {
            self.results.push(paid.clone());
            next
        });
        Ok(id)
    }

    /// All that is paid here, in the order of the text, added up by name.
    fn items(
        &self,
        gains: &[(StakeId, FormulaId)],
        builder: &mut GameBuilder,
    ) -> Vec<(StakeId, FormulaId)> {
        let formulas = &mut builder.formulas;
        let mut items = Vec::new();
        for (stake, amount) in gains {
            items.push((*stake, *amount));
            for (mirror, negated) in self.mirrored.get(stake).into_iter().flatten() {
                let amount = if *negated { formulas.negate(*amount) } else { *amount };
                items.push((*mirror, amount));
            }
        }
        let paying = &self.current[..self.current.len() - 1];
        let mut paid: Vec<Paid> = paying
            .iter()
            .flat_map(|result| self.results[*result as usize].iter().copied())
            .collect();
        paid.sort_unstable();
        items.extend(paid.into_iter().map(|(_, stake, amount)| (stake, amount)));
        merge(items, builder)
    }
}

/// Adds up items of one name and drops what is zero.
fn merge(items: Vec<(StakeId, FormulaId)>, builder: &mut GameBuilder) -> Vec<(StakeId, FormulaId)> {
    let formulas = &mut builder.formulas;
    let mut merged: BTreeMap<StakeId, FormulaId> = BTreeMap::new();
    for (stake, amount) in items {
        merged
            .entry(stake)
            .and_modify(|total| *total = formulas.binary(BinaryOp::Add, *total, amount))
            .or_insert(amount);
    }
    merged.retain(|_, amount| !formulas.constant(*amount).is_some_and(Rational::is_zero));
    merged.into_iter().collect()
}

/// For each stake that can be gained in the story, the stakes that mirror it.
pub(crate) fn mirrors(
    opposites: &[(detente_game::PlayerId, detente_game::PlayerId, bool)],
    builder: &mut GameBuilder,
) -> BTreeMap<StakeId, Vec<(StakeId, bool)>> {
    let stakes: Vec<Stake> = builder.form.form().stakes().to_vec();
    let mut mirrors: BTreeMap<StakeId, Vec<(StakeId, bool)>> = BTreeMap::new();
    for stake in stakes {
        for (player, other, negated) in opposites {
            if stake.player == *other {
                let of = builder.form.stake(stake.clone());
                let mirror = Stake { player: *player, name: stake.name.clone() };
                mirrors.entry(of).or_default().push((builder.form.stake(mirror), *negated));
            }
        }
    }
    mirrors
}
