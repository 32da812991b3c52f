//! Names of players, situations and events, as the scenario's author wrote them.

use detente_game::form::{EventKind, LogEntry, View};
use detente_game::{EventId, GameForm, InfoSetId, PlayerId, ValueId};

/// An event's name with its index: `move[2]`.
#[must_use]
pub fn event(form: &GameForm, event: EventId) -> String {
    let event = form.event(event);
    match event.index {
        Some(index) => format!("{}[{index}]", event.name),
        None => event.name.clone(),
    }
}

/// An event's name; a choice under a name that another player chooses under too is told by its
/// owner: `West.move[2]`.
#[must_use]
pub fn clear_event(form: &GameForm, which: EventId) -> String {
    let named = form.event(which);
    let several =
        form.events().iter().any(|other| other.name == named.name && other.owner != named.owner);
    match named.owner {
        Some(owner) if several && named.kind == EventKind::Choice => {
            format!("{}.{}", form.player(owner).name, event(form, which))
        }
        _ => event(form, which),
    }
}

/// The event that draws a player's type, if it has types.
#[must_use]
pub fn type_event(form: &GameForm, player: PlayerId) -> Option<EventId> {
    form.events()
        .iter()
        .position(|event| event.kind == EventKind::Type && event.owner == Some(player))
        .map(EventId::from_index)
}

/// The values an event can have, in the order in which the form knows them.
#[must_use]
pub fn values_of(form: &GameForm, event: EventId) -> Vec<ValueId> {
    let mut values: Vec<ValueId> = Vec::new();
    let mut note = |value: ValueId| {
        if !values.contains(&value) {
            values.push(value);
        }
    };
    for (index, lottery) in form.lotteries().iter().enumerate() {
        if lottery.event == event {
            form.branches(detente_game::LotteryId::from_index(index))
                .for_each(|branch| note(form.branch_value(branch)));
        }
    }
    for set in form.info_set_ids() {
        if form.info_set(set).question == event {
            form.actions(set).for_each(|action| note(form.action_value(action)));
        }
    }
    values
}

/// What the decider at a situation has seen, oldest first; empty for forms without logs.
#[must_use]
pub fn log(form: &GameForm, set: InfoSetId) -> Vec<LogEntry> {
    form.info_set(set).log.map(|log| form.logs().entries(log)).unwrap_or_default()
}

fn is_own_type(form: &GameForm, player: PlayerId, entry: &LogEntry) -> bool {
    let event = form.event(entry.event);
    event.kind == EventKind::Type && event.owner == Some(player)
}

/// The decider's own type at a situation, if it has one.
#[must_use]
pub fn own_type(form: &GameForm, set: InfoSetId) -> Option<ValueId> {
    let player = form.info_set(set).player;
    log(form, set).iter().find(|entry| is_own_type(form, player, entry)).and_then(|entry| {
        match entry.view {
            View::Value(value) | View::Shown(value) => Some(value),
            View::Happened => None,
        }
    })
}

/// One entry of a log: `gesture is extend`; another's choice is told by its owner only if two
/// players choose under one name.
#[must_use]
pub fn entry(form: &GameForm, reader: PlayerId, entry: LogEntry) -> String {
    let name = clear_event(form, entry.event);
    match entry.view {
        View::Value(value) if is_own_type(form, reader, &entry) => {
            format!("own type {}", form.value(value))
        }
        View::Value(value) => format!("{name} is {}", form.value(value)),
        View::Shown(text) => format!("{name} is seen as {}", form.value(text)),
        View::Happened => format!("{name} happened"),
    }
}

/// `situation 3 (label)`: the name of one that no log describes, numbered as everywhere.
#[must_use]
pub fn numbered(form: &GameForm, set: InfoSetId) -> String {
    match form.set_label(set) {
        Some(label) => format!("situation {} ({label})", set.0 + 1),
        None => format!("situation {}", set.0 + 1),
    }
}

/// Where the decider is, as it can tell: `knowing reply is accept`, or `at situation 3 (label)` in
/// a game that does not say what its players have seen; empty if nothing is known yet.
#[must_use]
pub fn whereabouts(form: &GameForm, set: InfoSetId) -> String {
    if form.info_set(set).log.is_none() {
        return format!("at {}", numbered(form, set));
    }
    match known(form, set) {
        known if known.is_empty() => String::new(),
        known => format!("knowing {}", known.join(", ")),
    }
}

/// What the decider knows beyond its own type, oldest first: `reply is accept`; empty for forms
/// without logs.
#[must_use]
pub fn known(form: &GameForm, set: InfoSetId) -> Vec<String> {
    let player = form.info_set(set).player;
    log(form, set)
        .into_iter()
        .filter(|seen| !is_own_type(form, player, seen))
        .map(|seen| entry(form, player, seen))
        .collect()
}

/// Who decides at a situation: `Partner (dominance)`.
#[must_use]
pub fn decider(form: &GameForm, set: InfoSetId) -> String {
    let player = &form.player(form.info_set(set).player).name;
    match own_type(form, set) {
        Some(own) => format!("{player} ({})", form.value(own)),
        None => player.clone(),
    }
}
