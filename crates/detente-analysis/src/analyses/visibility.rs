//! Who never sees what.

use crate::names;
use detente_game::form::{LogEntry, View};
use detente_game::{EventId, GameForm, LogId, PlayerId};
use std::collections::BTreeSet;

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
    let logs: Vec<Vec<LogEntry>> =
        (0..form.logs().len()).map(|log| form.logs().entries(LogId::from_index(log))).collect();
    form.player_ids()
        .filter(|player| form.info_sets().iter().any(|set| set.player == *player))
        .map(|player| {
            let seen = seen_by(form, player, &logs);
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

fn seen_by(form: &GameForm, player: PlayerId, logs: &[Vec<LogEntry>]) -> BTreeSet<EventId> {
    let decided: Vec<(EventId, Vec<LogEntry>)> = form
        .info_set_ids()
        .filter(|set| form.info_set(*set).player == player)
        .map(|set| (form.info_set(set).question, names::log(form, set)))
        .collect();
    let own_type = names::type_event(form, player);
    let is_mine = |log: &Vec<LogEntry>| match own_type {
        Some(event) => {
            log.iter().any(|entry| entry.event == event && matches!(entry.view, View::Value(_)))
        }
        None => decided.iter().any(|(question, known)| {
            known.starts_with(log) || log.starts_with(known) && log[known.len()].event == *question
        }),
    };
    logs.iter().filter(|log| is_mine(log)).flatten().map(|entry| entry.event).collect()
}

/// The events that happen somewhere in the tree.
fn happening(form: &GameForm) -> Vec<EventId> {
    let questions = form.info_sets().iter().map(|set| set.question);
    let drawn = form.lotteries().iter().map(|lottery| lottery.event);
    let events: BTreeSet<EventId> = questions.chain(drawn).collect();
    events.into_iter().collect()
}
