//! Words of the story.

use detente_analysis::names;
use detente_game::form::EventKind;
use detente_game::{EventId, GameForm, PlayerId, RowId};
use std::collections::BTreeSet;

/// `a, b and c`.
pub(super) fn list(items: &[String], joint: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} {joint} {last}", all.join(", ")),
    }
}

/// A sentence from a clause and what stands before it.
pub(super) fn begin(when: Option<String>, clause: String) -> String {
    let sentence = when.map_or(clause.clone(), |when| format!("{when}, {clause}"));
    let mut letters = sentence.chars();
    // Names keep their letters; only words of ours begin in small ones.
    let is_ours = ["if ", "at the same time", "chance decides "]
        .iter()
        .any(|word| sentence.starts_with(word));
    match letters.next() {
        Some(first) if is_ours => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        _ => format!("{sentence}."),
    }
}

/// Whether an event has no name of the author's: imported games name nodes and sets only.
fn is_numbered(form: &GameForm, event: EventId) -> bool {
    form.event(event)
        .name
        .strip_prefix("set ")
        .is_some_and(|number| number.parse::<usize>().is_ok())
}

/// Whether an event's name is the label of an imported set.
fn is_label(form: &GameForm, event: EventId) -> bool {
    let asked = |set| form.info_set(set).question == event;
    let name = &form.event(event).name;
    form.info_set_ids().any(|set| asked(set) && form.set_label(set) == Some(name.as_str()))
}

/// An event as others speak of it: the author's name; a type by its player.
pub(super) fn name(form: &GameForm, event: EventId) -> String {
    let described = form.event(event);
    let own = match described.kind {
        EventKind::Chance if is_numbered(form, event) => {
            format!("draw {}", described.name.trim_start_matches("set "))
        }
        EventKind::Choice if is_label(form, event) => format!("\"{}\"", described.name),
        _ => return names::clear_event(form, event),
    };
    let is_taken = form.events().iter().any(|other| {
        other.name == described.name
            && other.owner != described.owner
            && other.kind == described.kind
    });
    match described.owner {
        Some(owner) if is_taken => format!("{}'s {own}", form.player(owner).name),
        _ => own,
    }
}

/// A question, as what its player chooses.
pub(super) fn question(form: &GameForm, event: EventId) -> String {
    if is_label(form, event) {
        return format!("at \"{}\"", form.event(event).name);
    }
    let name = names::event(form, event);
    if is_numbered(form, event) { format!("at {name}") } else { name }
}

pub(super) fn players(form: &GameForm) -> String {
    let one = |player: PlayerId| {
        let player = form.player(player);
        if player.label.is_empty() {
            player.name.clone()
        } else {
            format!("{} ({})", player.name, player.label)
        }
    };
    let all: Vec<String> = form.player_ids().map(one).collect();
    match all.as_slice() {
        [] => "There are no players.".to_owned(),
        [only] => format!("The only player is {only}."),
        _ => format!("The players are {}.", list(&all, "and")),
    }
}

pub(super) fn at_stake(form: &GameForm) -> Vec<String> {
    form.player_ids()
        .filter_map(|player| {
            let stakes: Vec<String> = form
                .stakes()
                .iter()
                .filter(|stake| stake.player == player)
                .map(|stake| stake.name.clone())
                .collect();
            if stakes.is_empty() {
                return None;
            }
            Some(format!("At stake for {}: {}.", form.player(player).name, list(&stakes, "and")))
        })
        .collect()
}

/// The outcomes that some end has, in the order of the file.
pub(super) fn outcomes(form: &GameForm) -> Option<String> {
    let rows: BTreeSet<RowId> = form.ends().filter_map(|end| form.row(end)).collect();
    let met: BTreeSet<_> = rows.iter().filter_map(|row| form.outcome_of(*row)).collect();
    let all_named = rows.iter().all(|row| form.outcome_of(*row).is_some());
    let mut named: Vec<String> =
        met.iter().map(|outcome| format!("\"{}\"", form.outcomes()[outcome.index()])).collect();
    if named.is_empty() {
        return None;
    }
    if !all_named {
        named.push("in a way that has no name".to_owned());
    }
    Some(format!("It can end as {}.", list(&named, "or")))
}
