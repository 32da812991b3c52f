//! Names that are told apart: what other programs leave empty or double gets a number.

use crate::form::{Event, GameForm, View};
use crate::ids::InfoSetId;
use std::collections::{BTreeMap, BTreeSet};

/// Makes each name of a list its own: empty ones become `fill(position)`, later doubles get
/// " (2)", " (3)", …. Says whether anything changed.
pub(super) fn distinct(names: &mut [String], fill: impl Fn(usize) -> String) -> bool {
    let mut changed = false;
    let mut used: BTreeSet<String> =
        names.iter().filter(|name| !name.is_empty()).cloned().collect();
    let mut seen = BTreeSet::new();
    // How far the numbers for one name have been used up, so that many doubles stay cheap.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for (position, name) in names.iter_mut().enumerate() {
        if !name.is_empty() && seen.insert(name.clone()) {
            continue;
        }
        changed = true;
        let stem = if name.is_empty() { fill(position) } else { name.clone() };
        let mut candidate = stem.clone();
        let number = next.entry(stem.clone()).or_insert(2);
        while used.contains(&candidate) {
            candidate = format!("{stem} ({number})");
            *number += 1;
        }
        used.insert(candidate.clone());
        seen.insert(candidate.clone());
        *name = candidate;
    }
    changed
}

/// An event's name with its index: `move[2]`.
pub(super) fn event_text(event: &Event) -> String {
    match event.index {
        Some(index) => format!("{}[{index}]", event.name),
        None => event.name.clone(),
    }
}

/// A label for each information set, unique for its player. A set keeps the label it was given;
/// one from a story is called by its question and, if that is not enough, by what the player has
/// seen; an imported one without a label keeps none.
pub(super) fn set_labels(form: &GameForm) -> Vec<String> {
    let mut labels: Vec<String> = form.info_set_ids().map(|set| first_choice(form, set)).collect();
    for player in form.player_ids() {
        let mine: Vec<InfoSetId> = form
            .info_set_ids()
            .filter(|set| form.info_set(*set).player == player && !labels[set.index()].is_empty())
            .collect();
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for set in &mine {
            *count.entry(labels[set.index()].clone()).or_default() += 1;
        }
        let mut names: Vec<String> = mine
            .iter()
            .map(|set| {
                let label = &labels[set.index()];
                if count[label] > 1 && form.set_label(*set).is_none() {
                    with_log(form, *set, label)
                } else {
                    label.clone()
                }
            })
            .collect();
        distinct(&mut names, |position| format!("set {}", position + 1));
        for (set, name) in mine.iter().zip(names) {
            labels[set.index()] = name;
        }
    }
    labels
}

fn first_choice(form: &GameForm, set: InfoSetId) -> String {
    match (form.set_label(set), form.info_set(set).log) {
        (Some(label), _) => label.to_owned(),
        (None, Some(_)) => event_text(form.event(form.info_set(set).question)),
        (None, None) => String::new(),
    }
}

fn with_log(form: &GameForm, set: InfoSetId, label: &str) -> String {
    let entries = form.info_set(set).log.map(|log| form.logs().entries(log)).unwrap_or_default();
    let seen: Vec<String> = entries
        .iter()
        .map(|entry| match entry.view {
            View::Value(value) | View::Shown(value) => form.value(value).to_owned(),
            View::Happened => event_text(form.event(entry.event)),
        })
        .collect();
    if seen.is_empty() { label.to_owned() } else { format!("{label} after {}", seen.join(", ")) }
}

/// A text in quotation marks. A backslash at the very end would swallow the closing mark, so a
/// space is put after it.
pub(super) fn quoted(text: &str) -> String {
    let guard = if text.ends_with('\\') { " " } else { "" };
    format!("\"{}{guard}\"", text.replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_and_gaps_get_numbers() {
        let mut names: Vec<String> =
            ["a", "", "a", "2", "a (2)", "a"].iter().map(ToString::to_string).collect();
        assert!(distinct(&mut names, |position| (position + 1).to_string()));
        assert_eq!(names, ["a", "2 (2)", "a (3)", "2", "a (2)", "a (4)"]);
    }
}
