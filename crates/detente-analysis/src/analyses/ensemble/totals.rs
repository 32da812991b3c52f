//! Counts and sums over members, in constant memory, and what is estimated from them.

use super::{Kind, Member, Path, Picked, Quantity};
use crate::analyses::draws::REPLICATES;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// An estimate and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub mean: f64,
    /// Its standard error, from how much the replicates of the sequence differ; none if one
    /// replicate alone has members.
    pub error: Option<f64>,
}

/// Counts and sums over members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Members counted.
    pub members: u64,
    /// Members at which fractions had to decide a comparison.
    pub close: u64,
    /// Members that were solved on their own.
    pub alone: u64,
    /// Members at which there is no game.
    pub no_game: u64,
    /// Members at which the search was not finished.
    pub unfinished: u64,
    /// Members at which a rule chose among several plays.
    pub ruled: Ruled,
    /// All plays met so far, in order of their first member.
    pub plays: Vec<Path>,
    #[serde(skip)]
    numbers: HashMap<Path, u32>,
    replicates: Vec<Replicate>,
}

/// How often a rule chose among several plays, and what it came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// Members at which it had to choose.
    pub several: u64,
    /// Members of these at which one play satisfies it, for certain.
    pub one: u64,
    /// Members of these at which none does, so that all are kept.
    pub none: u64,
    /// Members of these at which plays were kept without knowing whether they satisfy it.
    pub open: u64,
}

impl Ruled {
    fn add(&mut self, picked: &Picked) {
        self.several += 1;
        self.one += u64::from(picked.plays.len() == 1 && !picked.is_open);
        self.none += u64::from(picked.plays.is_empty());
        self.open += u64::from(picked.is_open);
    }
}

/// The part of the members that share a shift of the sequence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Replicate {
    members: u64,
    /// Members with at least one equilibrium.
    found: u64,
    /// Per play, members at which it is an equilibrium.
    plays: Vec<u64>,
    /// Per play, members at which it is kept.
    kept: Vec<u64>,
    /// By the number of plays, members with so many.
    counts: BTreeMap<u32, u64>,
    /// Per quantity, the sums of least and of greatest values, as bits: a text of them must give
    /// the same numbers back.
    sums: Vec<(u64, u64)>,
}

impl Totals {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(quantities: usize) -> Self {
        let one = Replicate { sums: vec![(0, 0); quantities], ..Replicate::default() };
        Self { replicates: vec![one; REPLICATES as usize], ..Self::default() }
    }

    /// The number of a play, new or known.
    pub fn number(&mut self, path: &Path) -> u32 {
        if self.numbers.len() != self.plays.len() {
            // Read from a file.
            self.numbers = self.plays.iter().cloned().zip(0..).collect();
        }
        if let Some(&known) = self.numbers.get(path) {
            return known;
        }
        let number = self.plays.len() as u32;
        self.plays.push(path.clone());
        self.numbers.insert(path.clone(), number);
        number
    }

    /// Counts a member. Members must come in order, so that sums of rounded numbers are the same.
    pub fn add(&mut self, member: &Member) {
        self.members += 1;
        self.close += u64::from(member.was_close);
        self.alone += u64::from(member.was_alone);
        if let Some(picked) = &member.picked {
            self.ruled.add(picked);
        }
        let plays = self.plays.len();
        let part = &mut self.replicates[(member.number % REPLICATES) as usize];
        part.members += 1;
        match &member.kind {
            Kind::NoGame => self.no_game += 1,
            Kind::Unfinished => self.unfinished += 1,
            Kind::Plays(found) => {
                part.plays.resize(plays, 0);
                for play in found {
                    part.plays[*play as usize] += 1;
                }
                part.kept.resize(plays, 0);
                for play in member.kept() {
                    part.kept[*play as usize] += 1;
                }
                *part.counts.entry(found.len() as u32).or_default() += 1;
                part.found += u64::from(!found.is_empty());
            }
        }
        for ((low, high), range) in part.sums.iter_mut().zip(&member.ranges) {
            *low = (f64::from_bits(*low) + range.0).to_bits();
            *high = (f64::from_bits(*high) + range.1).to_bits();
        }
    }

    /// How many replicates of the sequence have members.
    #[must_use]
    pub fn replicates(&self) -> usize {
        self.replicates.iter().filter(|part| part.members > 0).count()
    }

    /// The share of members at which a play is an equilibrium.
    #[must_use]
    pub fn share_of_play(&self, play: usize) -> Estimate {
        self.estimate(|part| ratio(part.plays.get(play).copied().unwrap_or(0), part.members))
    }

    /// The share of members at which a play is an equilibrium and kept by the rule.
    #[must_use]
    pub fn share_kept(&self, play: usize) -> Estimate {
        self.estimate(|part| ratio(part.kept.get(play).copied().unwrap_or(0), part.members))
    }

    /// By number of plays, the share of members with so many.
    #[must_use]
    pub fn shares_by_count(&self) -> Vec<(u32, Estimate)> {
        let mut counts: Vec<u32> =
            self.replicates.iter().flat_map(|part| part.counts.keys().copied()).collect();
        counts.sort_unstable();
        counts.dedup();
        let share = |count: u32| {
            self.estimate(|part| ratio(part.counts.get(&count).copied().unwrap_or(0), part.members))
        };
        counts.into_iter().map(|count| (count, share(count))).collect()
    }

    /// The share of members with at least one equilibrium.
    #[must_use]
    pub fn share_found(&self) -> Estimate {
        self.estimate(|part| ratio(part.found, part.members))
    }

    /// The means of a quantity's least and greatest values over the equilibria that are kept. A probability is
    /// anything between 0 and 1 at a member without a known equilibrium; a payoff's means are over
    /// the other members, and there are none if all are without.
    #[must_use]
    pub fn mean_range(&self, place: usize, quantity: Quantity) -> Option<(Estimate, Estimate)> {
        let sums = |part: &Replicate| {
            let (low, high) = part.sums[place];
            (f64::from_bits(low), f64::from_bits(high))
        };
        if quantity.is_share() {
            let low = self.estimate(|part| sums(part).0 / part.members as f64);
            let unknown = |part: &Replicate| (part.members - part.found) as f64;
            let high = self.estimate(|part| (sums(part).1 + unknown(part)) / part.members as f64);
            return Some((low, high));
        }
        if self.replicates.iter().all(|part| part.found == 0) {
            return None;
        }
        let mean = |which: &dyn Fn(&Replicate) -> f64| {
            let parts = self.replicates.iter().filter(|part| part.found > 0);
            estimate_of(parts.map(|part| (which(part) / part.found as f64, part.found)))
        };
        Some((mean(&|part| sums(part).0), mean(&|part| sums(part).1)))
    }

    fn estimate(&self, of: impl Fn(&Replicate) -> f64) -> Estimate {
        let parts = self.replicates.iter().filter(|part| part.members > 0);
        estimate_of(parts.map(|part| (of(part), part.members)))
    }
}

/// The mean of weighted values and its standard error.
fn estimate_of(values: impl Iterator<Item = (f64, u64)> + Clone) -> Estimate {
    let weight: u64 = values.clone().map(|(_, weight)| weight).sum();
    let mean =
        values.clone().map(|(value, weight)| value * weight as f64).sum::<f64>() / weight as f64;
    let count = values.clone().count() as f64;
    let spread = values.map(|(value, _)| (value - mean) * (value - mean)).sum::<f64>();
    let error = (count > 1.0).then(|| libm::sqrt(spread / (count - 1.0) / count));
    Estimate { mean, error }
}

fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}
