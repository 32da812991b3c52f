//! Several ways of play side by side, perhaps of games with different trees: what is measured is
//! told by name.

use super::outcomes::outcome_shares;
use super::play::Play;
use super::values::{self, Worth};
use crate::names;
use detente_game::form::{EventKind, NodeKind, View};
use detente_game::{EventId, GameForm, PlayerId, Rational};
use std::collections::BTreeSet;

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// The probability of an outcome, by its name.
    Outcome(String),
    /// The probability that a question is answered so: the event's and the value's name.
    Choice(String, String),
    /// What play is worth to a player, in his own eyes: his name.
    Value(String),
    /// The same for one of his types.
    ValueOfType(String, String),
    /// How much a choice that others see tells of its owner's type: the player's and the event's
    /// name. The mutual information of type and answer in bits (Shannon 1948); not being asked is
    /// an answer too.
    Told(String, String),
}

/// A measured number.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// A probability or payoff.
    Exact(Rational),
    /// Bits, and how many there are to be told; in floating point.
    Bits(f64, f64),
}

/// One measure of several ways of play.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is measured.
    pub measure: Measure,
    /// One amount for each way of play; `None` where there is nothing of this name.
    pub amounts: Vec<Option<Amount>>,
}

impl Row {
    /// Whether the ways of play differ in it. Bits differ if it shows in the third place.
    #[must_use]
    pub fn differs(&self) -> bool {
        let same = |a: &Option<Amount>, b: &Option<Amount>| match (a, b) {
            (Some(Amount::Bits(a, all)), Some(Amount::Bits(b, whole))) => {
                (a - b).abs() < 5e-4 && (all - whole).abs() < 5e-4
            }
            (a, b) => a == b,
        };
        self.amounts.windows(2).any(|pair| !same(&pair[0], &pair[1]))
    }
}

/// All measures of all ways of play, in the order of the first that has them: outcomes, choices,
/// values, what is told.
#[must_use]
pub fn contrast(plays: &[Play]) -> Vec<Row> {
    let measured: Vec<Vec<(Measure, Amount)>> = plays.iter().map(measures).collect();
    let mut rows: Vec<Row> = Vec::new();
    for (at, list) in measured.into_iter().enumerate() {
        for (measure, amount) in list {
            let known = rows.iter_mut().find(|row| row.measure == measure);
            match known {
                Some(row) => row.amounts[at] = Some(amount),
                None => {
                    let mut amounts = vec![None; plays.len()];
                    amounts[at] = Some(amount);
                    rows.push(Row { measure, amounts });
                }
            }
        }
    }
    rows.sort_by_key(|row| rank(&row.measure));
    rows
}

fn rank(measure: &Measure) -> u8 {
    match measure {
        Measure::Outcome(_) => 0,
        Measure::Choice(..) => 1,
        Measure::Value(_) | Measure::ValueOfType(..) => 2,
        Measure::Told(..) => 3,
    }
}

fn measures(play: &Play) -> Vec<(Measure, Amount)> {
    let form = play.form();
    let mut all: Vec<(Measure, Amount)> = outcome_shares(play)
        .into_iter()
        .map(|share| (Measure::Outcome(share.name), Amount::Exact(share.probability)))
        .collect();
    for event in choices(form) {
        for value in names::values_of(form, event) {
            let measure =
                Measure::Choice(names::clear_event(form, event), form.value(value).to_owned());
            all.push((measure, Amount::Exact(answered(play, event, value))));
        }
    }
    for worth in values::worths(play.instance(), play.profile()) {
        all.extend(worth_of(form, worth));
    }
    for player in form.player_ids() {
        all.extend(told_by(play, player));
    }
    all
}

fn worth_of(form: &GameForm, worth: Worth) -> Vec<(Measure, Amount)> {
    let name = form.player(worth.player).name.clone();
    let types = worth.by_type.into_iter().filter_map(|one| {
        let kind = form.value(one.value).to_owned();
        Some((Measure::ValueOfType(name.clone(), kind), Amount::Exact(one.expected?)))
    });
    let types: Vec<_> = types.collect();
    let mut all = vec![(Measure::Value(name.clone()), Amount::Exact(worth.value))];
    all.extend(types);
    all
}

/// The choices of a form, in the order in which it knows them.
fn choices(form: &GameForm) -> Vec<EventId> {
    let is_choice = |event: &EventId| form.event(*event).kind == EventKind::Choice;
    (0..form.events().len()).map(EventId::from_index).filter(is_choice).collect()
}

fn answered(play: &Play, event: EventId, value: detente_game::ValueId) -> Rational {
    let form = play.form();
    let so = |node: &detente_game::NodeId| form.events_into(*node).contains(&(event, value));
    form.nodes().filter(so).map(|node| play.reach(node)).sum()
}

fn told_by(play: &Play, player: PlayerId) -> Vec<(Measure, Amount)> {
    let form = play.form();
    let Some(kind) = names::type_event(form, player) else { return Vec::new() };
    let mine = |event: &EventId| {
        form.event(*event).owner == Some(player) && is_seen_by_others(form, player, *event)
    };
    choices(form)
        .into_iter()
        .filter(mine)
        .map(|event| {
            let name = form.player(player).name.clone();
            let (told, whole) = information(play, kind, event);
            (Measure::Told(name, names::event(form, event)), Amount::Bits(told, whole))
        })
        .collect()
}

fn is_seen_by_others(form: &GameForm, player: PlayerId, event: EventId) -> bool {
    form.info_set_ids().filter(|set| form.info_set(*set).player != player).any(|set| {
        names::log(form, set)
            .iter()
            .any(|entry| entry.event == event && matches!(entry.view, View::Value(_)))
    })
}

/// The mutual information of two events and the entropy of the first, in bits.
fn information(play: &Play, of: EventId, by: EventId) -> (f64, f64) {
    let form = play.form();
    let mut joint: std::collections::BTreeMap<_, Rational> = std::collections::BTreeMap::new();
    let mut values: Vec<[Option<detente_game::ValueId>; 2]> = vec![[None; 2]; form.node_count()];
    for node in form.nodes() {
        let mut here = form.parent(node).map_or([None; 2], |parent| values[parent.index()]);
        form.each_event_into(node, &mut |event, value| {
            for (slot, wanted) in here.iter_mut().zip([of, by]) {
                if event == wanted {
                    *slot = Some(value);
                }
            }
        });
        values[node.index()] = here;
        if matches!(form.kind(node), NodeKind::End(_)) {
            *joint.entry((here[0], here[1])).or_default() += play.reach(node);
        }
    }
    let sum = |keep: &dyn Fn(&(Option<_>, Option<_>)) -> bool| -> f64 {
        joint.iter().filter(|(key, _)| keep(key)).map(|(_, p)| p).sum::<Rational>().to_f64()
    };
    let firsts: BTreeSet<_> = joint.keys().map(|(first, _)| *first).collect();
    let entropy = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    let whole: f64 = firsts.iter().map(|first| entropy(sum(&|key| key.0 == *first))).sum();
    let told: f64 = joint
        .iter()
        .filter(|(_, p)| p.is_positive())
        .map(|((first, second), p)| {
            let apart = sum(&|key| key.0 == *first) * sum(&|key| key.1 == *second);
            let p = p.to_f64();
            p * (p / apart).log2()
        })
        .sum();
    (told.max(0.0), whole)
}
