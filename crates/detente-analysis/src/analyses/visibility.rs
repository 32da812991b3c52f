//! Who never sees what.

use crate::names;
use detente_game::form::{Logs, View};
use detente_game::{EventId, GameForm, LogId, PlayerId};
use std::collections::{BTreeMap, BTreeSet};

/// What a player never sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeverSeen {
    /// Who.
    pub player: PlayerId,
    /// The events that appear in none of his logs, his own choices and type left out.
    pub events: Vec<EventId>,
}

/// Per player who decides somewhere, the events of the story that enter none of his logs.
///
/// A form keeps all logs of a story but not whose they are. A log counts as a player's if it
/// holds his type or, if he has no types, if it runs together with one of those he decides with:
/// after such a log his own choice must follow.
#[must_use]
pub fn never_seen(form: &GameForm) -> Vec<NeverSeen> {
    let happening = happening(form);
    form.player_ids()
        .filter(|player| form.info_sets().iter().any(|set| set.player == *player))
        .map(|player| {
            let seen = seen_by(form, player);
            let own = |event: &EventId| form.event(*event).owner == Some(player);
            let events = happening
                .iter()
                .copied()
                .filter(|event| !seen.contains(event) && !own(event))
                .collect();
            NeverSeen { player, events }
        })
        .collect()
}

/// The events in the logs of a player. A log is looked at once, after the log it continues.
fn seen_by(form: &GameForm, player: PlayerId) -> BTreeSet<EventId> {
    let logs = form.logs();
    let own_type = names::type_event(form, player);
    let decided: BTreeMap<LogId, Vec<EventId>> = decided(form, player);
    let mut mine = vec![false; logs.len()];
    for (log, before, entry) in logs.continued() {
        mine[log.index()] = match own_type {
            Some(event) => {
                mine[before.index()] || entry.event == event && matches!(entry.view, View::Value(_))
            }
            None => {
                mine[before.index()]
                    || decided.get(&before).is_some_and(|asked| asked.contains(&entry.event))
            }
        };
    }
    if own_type.is_none() {
        decided.keys().for_each(|log| mine[log.index()] = true);
    }
    // What is in a log is in all that continue it.
    let mut seen = BTreeSet::new();
    for (log, before, entry) in logs.continued().rev() {
        if mine[log.index()] {
            mine[before.index()] = true;
            seen.insert(entry.event);
        }
    }
    seen
}

/// The logs with which a player decides, and what he is asked then.
fn decided(form: &GameForm, player: PlayerId) -> BTreeMap<LogId, Vec<EventId>> {
    let mut decided: BTreeMap<LogId, Vec<EventId>> = BTreeMap::new();
    for set in form.info_sets().iter().filter(|set| set.player == player) {
        let log = set.log.unwrap_or(Logs::EMPTY);
        decided.entry(log).or_default().push(set.question);
    }
    decided
}

/// The events that happen somewhere in the tree.
fn happening(form: &GameForm) -> Vec<EventId> {
    let questions = form.info_sets().iter().map(|set| set.question);
    let drawn = form.lotteries().iter().map(|lottery| lottery.event);
    let events: BTreeSet<EventId> = questions.chain(drawn).collect();
    events.into_iter().collect()
}
