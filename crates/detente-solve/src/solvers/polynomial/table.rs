//! What the actions of a situation are worth, as tables over what is chosen elsewhere.
//!
//! The worth of an action is multilinear in the probabilities chosen at other situations: those on
//! the way to it, and those that follow. A table has one entry for every way of choosing there for
//! certain; the worth under mixtures is its mean, taken situation by situation.

use super::fixed::{Span, mean};
use detente_game::form::NodeKind;
use detente_game::{GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Rational};
use std::collections::BTreeMap;

/// A function of the mixtures at some situations, one entry per pure choice, the last situation's
/// choice varying fastest.
#[derive(Debug, Clone)]
pub(super) struct Table<T> {
    /// The situations with their numbers of actions.
    pub sets: Vec<(InfoSetId, usize)>,
    pub entries: Vec<T>,
}

impl<T> Table<T> {
    /// Replaces one situation's choice by a mixture: every line of entries by its mean.
    pub fn without<S>(
        &self,
        position: usize,
        mean: impl Fn(&dyn Fn(usize) -> usize) -> Option<S>,
    ) -> Option<Table<S>> {
        let count = self.sets[position].1;
        let inner: usize = self.sets[position + 1..].iter().map(|(_, count)| count).product();
        let outer = self.entries.len() / (inner * count);
        let mut entries = Vec::with_capacity(outer * inner);
        for block in 0..outer {
            for offset in 0..inner {
                entries.push(mean(&|at| (block * count + at) * inner + offset)?);
            }
        }
        let mut sets = self.sets.clone();
        sets.remove(position);
        Some(Table { sets, entries })
    }
}

impl Table<Span> {
    /// Bounds over a box of mixtures; `None` if the box holds none.
    pub fn bounds(&self, held: &[Vec<Span>]) -> Option<Span> {
        self.bounds_by(held, None).map(|table| table.entries[0])
    }

    /// Bounds for each choice of one situation, over the mixtures of all others.
    pub fn bounds_by(&self, held: &[Vec<Span>], kept: Option<InfoSetId>) -> Option<Self> {
        let mut table = self.clone();
        for position in (0..self.sets.len()).rev() {
            let (set, _) = self.sets[position];
            if Some(set) != kept {
                let weights = &held[set.index()];
                table = table
                    .without(position, |place| mean(weights, |at| table.entries[place(at)]))?;
            }
        }
        Some(table)
    }
}

impl Table<Rational> {
    /// Whether the value is above (or below) zero wherever all actions of the supports are mixed.
    pub fn has_sign_inside(&self, supports: &[Option<Vec<usize>>], above: bool) -> bool {
        let mut some = false;
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.is_zero() || !self.is_within(at, supports) {
                continue;
            }
            if entry.is_positive() != above {
                return false;
            }
            some = true;
        }
        some
    }

    /// Whether an entry's choices are all in the supports.
    fn is_within(&self, mut at: usize, supports: &[Option<Vec<usize>>]) -> bool {
        self.sets.iter().rev().all(|(set, count)| {
            let choice = at % count;
            at /= count;
            supports[set.index()].as_ref().is_none_or(|support| support.contains(&choice))
        })
    }

    /// The exact value for each choice of one situation, or at the mixtures of all.
    pub fn at(&self, mixtures: &[Vec<Rational>], kept: Option<InfoSetId>) -> Self {
        let mut table = self.clone();
        for position in (0..self.sets.len()).rev() {
            let (set, count) = self.sets[position];
            if Some(set) != kept {
                let weights = &mixtures[set.index()];
                let exact = table.without(position, |place| {
                    let terms = (0..count).filter(|at| !weights[*at].is_zero());
                    Some(terms.map(|at| &weights[at] * &table.entries[place(at)]).sum())
                });
                table = exact.expect("an exact mean always exists");
            }
        }
        table
    }
}

/// By how much one action of a situation is better than another.
#[derive(Debug)]
pub(super) struct Difference {
    pub exact: Table<Rational>,
    /// The same scaled to at most 1 in size, enclosed.
    pub spans: Table<Span>,
}

/// The differences at one situation.
#[derive(Debug)]
pub(super) struct Situation {
    pub set: InfoSetId,
    pub actions: usize,
    /// Per pair of actions, the first below the second: `second - first`.
    differences: Vec<Difference>,
}

impl Situation {
    /// By how much `better` exceeds `worse` (if `true`), or falls short of it (if `false`).
    pub fn difference(&self, better: usize, worse: usize) -> (bool, &Difference) {
        let (low, high) = (better.min(worse), better.max(worse));
        let before: usize = (0..low).map(|at| self.actions - 1 - at).sum();
        (better > worse, &self.differences[before + high - low - 1])
    }

    /// Bounds of the worth of `better` less that of `worse`.
    pub fn bounds(&self, better: usize, worse: usize, held: &[Vec<Span>]) -> Option<Span> {
        let (straight, difference) = self.difference(better, worse);
        let bounds = difference.spans.bounds(held)?;
        Some(if straight { bounds } else { Span { low: -bounds.high, high: -bounds.low } })
    }

    /// The exact worth of `better` less that of `worse`.
    pub fn exactly(&self, better: usize, worse: usize, at: &[Vec<Rational>]) -> Rational {
        let (straight, difference) = self.difference(better, worse);
        let value = difference.exact.at(at, None).entries.swap_remove(0);
        if straight { value } else { -value }
    }
}

/// Why a game has no tables.
pub(super) const TOO_LARGE: &str =
    "the tables of what choices are worth would be too large for this method";

/// The tables of all situations; `None` if they had more than `limit` entries together.
pub(super) fn situations(instance: &GameInstance, limit: usize) -> Option<Vec<Situation>> {
    let form = instance.form();
    let mut entries = 0;
    form.info_set_ids()
        .map(|set| {
            let terms = Terms::of(instance, set);
            let actions = form.actions(set).len();
            let size = terms.sets.iter().try_fold(1_usize, |size, (_, n)| size.checked_mul(*n))?;
            entries = size.checked_mul(actions * actions)?.checked_add(entries)?;
            if entries > limit {
                return None;
            }
            Some(terms.situation(form, set, size))
        })
        .collect()
}

/// One end's part of an action's worth: where it is chosen what, and how much it then adds.
struct Term {
    action: usize,
    choices: Vec<(InfoSetId, usize)>,
    amount: Rational,
}

struct Terms {
    sets: Vec<(InfoSetId, usize)>,
    terms: Vec<Term>,
}

impl Terms {
    fn of(instance: &GameInstance, set: InfoSetId) -> Self {
        let form = instance.form();
        let player = form.info_set(set).player;
        let members = form.members(set);
        let mut terms = Vec::new();
        for member in members {
            let mut before = Vec::new();
            let mut amount = Rational::ONE;
            // At an only member the worth is what follows, however it is reached.
            if members.len() > 1 {
                way(instance, player, *member, &mut before, &mut amount);
            }
            for (action, child) in form.children(*member).enumerate() {
                below(instance, player, child, &before, &amount, action, &mut terms);
            }
        }
        let mut sets: BTreeMap<InfoSetId, usize> = BTreeMap::new();
        for (set, _) in terms.iter().flat_map(|term| &term.choices) {
            sets.insert(*set, form.actions(*set).len());
        }
        Self { sets: sets.into_iter().collect(), terms }
    }

    fn situation(self, form: &GameForm, set: InfoSetId, size: usize) -> Situation {
        let actions = form.actions(set).len();
        let mut worths = vec![vec![Rational::ZERO; size]; actions];
        for term in &self.terms {
            self.add(term, &mut worths[term.action]);
        }
        let mut differences = Vec::new();
        for first in 0..actions {
            for second in first + 1..actions {
                let pairs = worths[second].iter().zip(&worths[first]);
                differences.push(self.difference(pairs.map(|(a, b)| a - b).collect()));
            }
        }
        Situation { set, actions, differences }
    }

    /// Adds a term to every entry whose choices it fits.
    fn add(&self, term: &Term, worth: &mut [Rational]) {
        let mut places = vec![0];
        for (set, count) in &self.sets {
            let chosen = term.choices.iter().find(|(other, _)| other == set).map(|(_, at)| *at);
            let range = chosen.map_or(0..*count, |at| at..at + 1);
            places = places
                .iter()
                .flat_map(|place| range.clone().map(move |at| place * count + at))
                .collect();
        }
        for place in places {
            worth[place] += &term.amount;
        }
    }

    fn difference(&self, entries: Vec<Rational>) -> Difference {
        let largest = entries.iter().map(Rational::abs).max().unwrap_or(Rational::ZERO);
        let scale = if largest.is_zero() { Rational::ONE } else { largest };
        let spans = entries.iter().map(|entry| Span::worth(&(entry / &scale))).collect();
        Difference {
            exact: Table { sets: self.sets.clone(), entries },
            spans: Table { sets: self.sets.clone(), entries: spans },
        }
    }
}

/// Others' choices and chances on the way to a node.
fn way(
    instance: &GameInstance,
    player: PlayerId,
    node: NodeId,
    choices: &mut Vec<(InfoSetId, usize)>,
    amount: &mut Rational,
) {
    let form = instance.form();
    let mut here = node;
    while let Some(parent) = form.parent(here) {
        match form.kind(parent) {
            NodeKind::Decision(set) if form.info_set(set).player != player => {
                choices.push((set, form.position(here).expect("a child has a position")));
            }
            NodeKind::Chance(_) => {
                let branch = form.branch_into(here).expect("a child of chance");
                *amount *= instance.branch_for(player, branch);
            }
            _ => {}
        }
        here = parent;
    }
}

/// Collects the terms of the ends below a node.
fn below(
    instance: &GameInstance,
    player: PlayerId,
    node: NodeId,
    choices: &[(InfoSetId, usize)],
    amount: &Rational,
    action: usize,
    terms: &mut Vec<Term>,
) {
    let form = instance.form();
    let mut open = vec![(node, choices.to_vec(), amount.clone())];
    while let Some((node, choices, amount)) = open.pop() {
        match form.kind(node) {
            NodeKind::End(row) => {
                let amount = amount * instance.row_payoff(row, player);
                if !amount.is_zero() {
                    terms.push(Term { action, choices, amount });
                }
            }
            NodeKind::Chance(lottery) => {
                for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                    let amount = &amount * instance.branch_for(player, branch);
                    open.push((child, choices.clone(), amount));
                }
            }
            NodeKind::Decision(set) => {
                for (position, child) in form.children(node).enumerate() {
                    let mut longer = choices.clone();
                    longer.push((set, position));
                    open.push((child, longer, amount.clone()));
                }
            }
        }
    }
}
