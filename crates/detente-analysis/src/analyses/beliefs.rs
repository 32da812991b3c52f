//! What each message tells its reader.

use super::play::Play;
use crate::names;
use detente_game::form::{LogEntry, View};
use detente_game::{EventId, GameForm, InfoSetId, NodeId, PlayerId, Rational, ValueId};
use detente_verify::Equilibrium;
use std::collections::BTreeSet;

/// A distribution over the values of an event.
pub type Distribution = Vec<(ValueId, Rational)>;

/// What a reader thinks of an event before and after one more entry in his log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageBelief {
    /// Who reads.
    pub reader: PlayerId,
    /// All that he has seen, the message last.
    pub log: Vec<LogEntry>,
    /// Of what he thinks: another player's type.
    pub about: EventId,
    /// The probability of each value before the message.
    pub before: Distribution,
    /// The probability of each value after the message.
    pub after: Distribution,
    /// How often the message comes, in the reader's own eyes; more than 0.
    pub probability: Rational,
    /// The situation with exactly this log, if he is asked something there.
    pub situation: Option<InfoSetId>,
}

impl MessageBelief {
    /// The message: the last entry.
    ///
    /// # Panics
    /// Never for a value made by [`after_messages`].
    #[must_use]
    pub fn message(&self) -> LogEntry {
        *self.log.last().expect("a message is the last entry of a log")
    }

    /// Whether the message moved nothing.
    #[must_use]
    pub fn tells_nothing(&self) -> bool {
        self.before == self.after
    }

    /// Whether the reader is certain afterwards.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.after.iter().any(|(_, share)| share.is_one())
    }
}

/// What each message that is sent on the path tells its reader about the types of the others,
/// by Bayes' rule on the tree with the reader's own probabilities.
///
/// A message is an entry in a log that is neither the reader's own type nor his own choice, and
/// that comes before one of his situations. A log that holds a view given by `as` or that an
/// event merely happened is used only where the reader is asked something with exactly that log.
#[must_use]
pub fn after_messages(equilibrium: &Equilibrium) -> Vec<MessageBelief> {
    let form = equilibrium.instance().form();
    let mut found = Vec::new();
    for reader in form.player_ids() {
        let play = Play::seen_by(equilibrium.instance(), equilibrium.profile(), Some(reader));
        let others: Vec<EventId> = form
            .player_ids()
            .filter(|player| *player != reader)
            .filter_map(|player| names::type_event(form, player))
            .collect();
        if others.is_empty() {
            continue;
        }
        let mut met: BTreeSet<Vec<LogEntry>> = BTreeSet::new();
        for set in form.info_set_ids().filter(|set| form.info_set(*set).player == reader) {
            let log = names::log(form, set);
            for length in 1..=log.len() {
                let prefix = &log[..length];
                let own = form.event(prefix[length - 1].event).owner == Some(reader);
                if own || !met.insert(prefix.to_vec()) {
                    continue;
                }
                found.extend(message(&play, reader, prefix, &others));
            }
        }
    }
    found
}

fn message(
    play: &Play,
    reader: PlayerId,
    log: &[LogEntry],
    others: &[EventId],
) -> Vec<MessageBelief> {
    let Some(after) = histories(play, reader, log) else { return Vec::new() };
    let Some(before) = histories(play, reader, &log[..log.len() - 1]) else { return Vec::new() };
    let probability: Rational = after.nodes.iter().map(|node| play.reach(*node)).sum();
    if probability.is_zero() {
        return Vec::new();
    }
    let one = |about: &EventId| {
        Some(MessageBelief {
            reader,
            log: log.to_vec(),
            about: *about,
            before: posterior(play, &before.nodes, *about)?,
            after: posterior(play, &after.nodes, *about)?,
            probability: probability.clone(),
            situation: after.situation,
        })
    };
    others.iter().filter_map(one).collect()
}

struct Histories {
    nodes: Vec<NodeId>,
    situation: Option<InfoSetId>,
}

/// The nodes at which a reader has this log: the members of his situation with it, or the first
/// nodes on every path at which all its entries have happened.
fn histories(play: &Play, reader: PlayerId, log: &[LogEntry]) -> Option<Histories> {
    let form = play.form();
    let asked = form
        .info_set_ids()
        .find(|set| form.info_set(*set).player == reader && names::log(form, *set) == log);
    if let Some(set) = asked {
        return Some(Histories { nodes: form.members(set).to_vec(), situation: Some(set) });
    }
    let mut wanted = Vec::with_capacity(log.len());
    for entry in log {
        match entry.view {
            View::Value(value) => wanted.push((entry.event, value)),
            View::Shown(_) | View::Happened => return None,
        }
    }
    Some(Histories { nodes: first_with(form, &wanted), situation: None })
}

/// The first nodes at which all of `wanted` have happened.
fn first_with(form: &GameForm, wanted: &[(EventId, ValueId)]) -> Vec<NodeId> {
    let mut missing: Vec<usize> = vec![0; form.node_count()];
    let mut found = Vec::new();
    for node in form.nodes() {
        let above = form.parent(node).map_or(wanted.len(), |parent| missing[parent.index()]);
        let here = form.events_into(node).iter().filter(|step| wanted.contains(step)).count();
        missing[node.index()] = above.saturating_sub(here);
        let before = if node == GameForm::ROOT { 1 } else { above };
        if missing[node.index()] == 0 && before > 0 {
            found.push(node);
        }
    }
    found
}

/// The distribution of an event over some nodes by Bayes' rule, whether it happened before them
/// or is still to come; `None` if the nodes have probability 0 or the event may fail to happen.
#[must_use]
pub fn posterior(play: &Play, nodes: &[NodeId], about: EventId) -> Option<Distribution> {
    let total: Rational = nodes.iter().map(|node| play.reach(*node)).sum();
    if total.is_zero() {
        return None;
    }
    let mut shares: Distribution = names::values_of(play.form(), about)
        .into_iter()
        .map(|value| (value, Rational::ZERO))
        .collect();
    let mut open: Vec<NodeId> = nodes.to_vec();
    let mut drawn = Vec::new();
    while let Some(node) = open.pop() {
        if play.reach(node).is_zero() {
            continue;
        }
        match play.value_before(node, about) {
            Some(value) => drawn.push((value, node)),
            // Types are drawn one after the other: look below for those still to come.
            None => {
                let before = open.len();
                open.extend(play.form().children(node));
                if open.len() == before {
                    return None;
                }
            }
        }
    }
    for (value, node) in drawn {
        let share = play.reach(node) / &total;
        shares.iter_mut().find(|(other, _)| *other == value)?.1 += &share;
    }
    Some(shares)
}

/// The distribution of an event over the whole game, among paths on which it happens; `None` if
/// it never does.
#[must_use]
pub fn prior(play: &Play, about: EventId) -> Option<Distribution> {
    let drawn: Vec<NodeId> = play
        .form()
        .nodes()
        .filter(|node| play.form().events_into(*node).iter().any(|(event, _)| *event == about))
        .collect();
    posterior(play, &drawn, about)
}

/// What the decider at a situation thinks of an event that may have happened unseen, by a belief
/// over the situation's members; members at which it has not happened are listed under `None`.
#[must_use]
pub fn at_situation(
    play: &Play,
    set: InfoSetId,
    belief: &[Rational],
    about: EventId,
) -> Vec<(Option<ValueId>, Rational)> {
    let mut shares: Vec<(Option<ValueId>, Rational)> = Vec::new();
    for (member, share) in play.form().members(set).iter().zip(belief) {
        let value = play.value_before(*member, about);
        match shares.iter_mut().find(|(other, _)| *other == value) {
            Some((_, sum)) => *sum += share,
            None => shares.push((value, share.clone())),
        }
    }
    shares
}
