//! What a card needs at situations that do not come up.

use super::words;
use crate::cards::{Card, OffCase, OffPath};
use crate::look::Look;
use crate::numbers::Numbers;
use detente_analysis::names;
use detente_game::{GameForm, InfoSetId, NodeId};

/// The lines of a card; empty if every situation comes up.
pub fn lines(card: &Card, look: &Look, column: usize) -> String {
    match texts(card, look.numbers, 4) {
        texts if texts.is_empty() => String::new(),
        texts => look.labelled(3, "off the path", column, &texts.join("\n")),
    }
}

/// The same as texts: `most` situations that need a belief, and how many more there are.
pub fn texts(card: &Card, numbers: Numbers, most: usize) -> Vec<String> {
    let form = card.lead().instance().form();
    if card.off_path.is_empty() {
        return Vec::new();
    }
    let (bound, free): (Vec<&OffPath>, Vec<&OffPath>) = card
        .off_path
        .iter()
        .partition(|off| off.knife_edge || off.cases.iter().any(OffCase::needs_something));
    let mut texts: Vec<String> =
        bound.iter().take(most).map(|off| off_path_line(form, off, numbers)).collect();
    if bound.len() > most {
        texts.push(format!("and {} more that need a belief", bound.len() - most));
    }
    if !free.is_empty() {
        let noun = if bound.is_empty() { "situation" } else { "other situation" };
        let known = |off: &OffPath| off.cases.iter().all(|case| !case.bounds.is_empty());
        let ask = if card.off_path.iter().all(known) {
            "; what is done there any belief supports"
        } else {
            ""
        };
        texts.push(format!("{} unreached{ask}", words::count(free.len(), noun)));
    }
    texts
}

fn off_path_line(form: &GameForm, off: &OffPath, numbers: Numbers) -> String {
    let cases: Vec<String> = off
        .cases
        .iter()
        .map(|case| {
            let actions: Vec<&str> =
                case.actions.iter().map(|action| form.action_label(*action)).collect();
            let mixed = if actions.len() > 1 { " mixed" } else { "" };
            let needs = if case.needs_something() {
                format!("needs {}", belief_needed(form, off, case, numbers))
            } else {
                "any belief does".to_owned()
            };
            format!("{}{mixed}: {needs}", actions.join(" and "))
        })
        .collect();
    let edge = if off.knife_edge { " (knife-edge)" } else { "" };
    format!("{}: {}{edge}", words::situation(form, off.set), cases.join("; "))
}

/// Bounds in the words of what tells the nodes apart: `firm at least 2/3`.
fn belief_needed(form: &GameForm, off: &OffPath, case: &OffCase, numbers: Numbers) -> String {
    let texts: Vec<String> = form
        .members(off.set)
        .iter()
        .zip(&case.bounds)
        .filter(|(_, (low, high))| low.is_positive() || !high.is_one())
        .map(|(member, (low, high))| {
            let what = hidden_history(form, off.set, *member);
            if low == high {
                format!("{what} = {}", numbers.share(low))
            } else if low.is_zero() {
                format!("{what} at most {}", numbers.share(high))
            } else if high.is_one() {
                format!("{what} at least {}", numbers.share(low))
            } else {
                format!("{what} between {} and {}", numbers.share(low), numbers.share(high))
            }
        })
        .collect();
    // With two nodes the second bound says the same as the first.
    let shown = if form.members(off.set).len() == 2 { 1 } else { 2 };
    let left = texts.len().saturating_sub(shown);
    let more = if left > 0 && shown > 1 {
        format!(", and bounds on {}", words::count(left, "more history"))
    } else {
        String::new()
    };
    format!("{}{more}", texts.into_iter().take(shown).collect::<Vec<_>>().join(", "))
}

/// What distinguishes a node from the others of its situation: the values that differ.
fn hidden_history(form: &GameForm, set: InfoSetId, member: NodeId) -> String {
    let others: Vec<_> = form.members(set).iter().map(|node| form.history(*node)).collect();
    let special: Vec<String> = form
        .history(member)
        .into_iter()
        .filter(|step| others.iter().any(|other| !other.contains(step)))
        .map(|(event, value)| format!("{} {}", names::event(form, event), form.value(value)))
        .collect();
    if special.is_empty() { "this history".to_owned() } else { special.join(" + ") }
}
