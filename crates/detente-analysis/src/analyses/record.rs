//! What a record of observations tells: beliefs about types along it, and its likelihood.

use super::play::Play;
use crate::names;
use detente_game::form::NodeSet;
use detente_game::game::Record;
use detente_game::{EventId, GameForm, GameInstance, NodeId, PlayerId, Profile, Rational, ValueId};

/// In whose eyes something has a probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Observer {
    /// Somebody outside who knows the record and nothing else, with the common priors.
    Outside,
    /// A player, of this type if it has types, who knows the record and its own type, with its own
    /// priors. What else it has seen is left open and averaged over.
    Side(PlayerId, Option<ValueId>),
}

/// What one observer thinks of one type along a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belief {
    /// Whose type.
    pub about: PlayerId,
    /// Which type.
    pub value: ValueId,
    /// In whose eyes.
    pub observer: Observer,
    /// Before the record and after each of its steps; `None` once what was observed has probability
    /// 0 in these eyes.
    pub along: Vec<Option<Rational>>,
}

/// A record under one way of play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The probability of the record up to each step, to an outside observer.
    pub likelihood: Vec<Rational>,
    /// What everybody thinks along it: by player told about, then by observer. Of two types the
    /// first is told, of more all.
    pub beliefs: Vec<Belief>,
}

/// Follows a record under a profile, by Bayes' rule on the tree.
#[must_use]
pub fn trace(instance: &GameInstance, profile: &Profile, record: &Record) -> Trace {
    let form = instance.form();
    let so_far = so_far(form, record);
    let outside = Play::new(instance, profile);
    let likelihood = so_far[1..].iter().map(|ends| outside.probability(ends)).collect();
    let mut beliefs = Vec::new();
    for about in form.player_ids() {
        let Some(event) = names::type_event(form, about) else { continue };
        let values = names::values_of(form, event);
        let told = if values.len() == 2 { 1 } else { values.len() };
        for value in &values[..told] {
            let of = ends_with(form, event, *value);
            for observer in observers(form, about) {
                let along = along(instance, profile, &so_far, &of, observer);
                beliefs.push(Belief { about, value: *value, observer, along });
            }
        }
    }
    Trace { likelihood, beliefs }
}

/// The ends that agree with the record up to each step, all of them first.
fn so_far(form: &GameForm, record: &Record) -> Vec<NodeSet> {
    let mut all = NodeSet::empty(form.node_count());
    form.ends().for_each(|end| all.insert(end));
    let mut so_far = vec![all];
    for step in &record.steps {
        let last = so_far.last().expect("there is a first").and(&step.ends);
        so_far.push(last);
    }
    so_far
}

/// The outside observer, and every type of every other player.
fn observers(form: &GameForm, about: PlayerId) -> Vec<Observer> {
    let mut all = vec![Observer::Outside];
    for player in form.player_ids().filter(|player| *player != about) {
        match names::type_event(form, player) {
            Some(event) => all.extend(
                names::values_of(form, event)
                    .into_iter()
                    .map(|value| Observer::Side(player, Some(value))),
            ),
            None => all.push(Observer::Side(player, None)),
        }
    }
    all
}

fn along(
    instance: &GameInstance,
    profile: &Profile,
    so_far: &[NodeSet],
    of: &NodeSet,
    observer: Observer,
) -> Vec<Option<Rational>> {
    let form = instance.form();
    let (eyes, own) = match observer {
        Observer::Outside => (None, None),
        Observer::Side(player, value) => {
            let event = names::type_event(form, player);
            (Some(player), event.zip(value).map(|(event, value)| ends_with(form, event, value)))
        }
    };
    let play = Play::seen_by(instance, profile, eyes);
    so_far
        .iter()
        .map(|ends| {
            let known = own.as_ref().map_or_else(|| ends.clone(), |own| ends.and(own));
            play.probability(&known.and(of)).checked_div(&play.probability(&known))
        })
        .collect()
}

/// The ends before which an event took a value.
fn ends_with(form: &GameForm, event: EventId, value: ValueId) -> NodeSet {
    let mut seen: Vec<bool> = vec![false; form.node_count()];
    let mut ends = NodeSet::empty(form.node_count());
    for node in form.nodes() {
        let above = form.parent(node).is_some_and(|parent: NodeId| seen[parent.index()]);
        seen[node.index()] = above || form.events_into(node).contains(&(event, value));
        if seen[node.index()] && form.row(node).is_some() {
            ends.insert(node);
        }
    }
    ends
}
