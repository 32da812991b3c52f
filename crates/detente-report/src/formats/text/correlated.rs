//! `correlated`: what all correlated equilibria agree on.

use super::words;
use crate::look::{Look, Role, padded, width};
use crate::strategies;
use detente_analysis::analyses::correlated::{Correlated, Kind, Quantity, Range};
use detente_game::{GameForm, GameInstance};

/// The screen.
#[must_use]
pub fn screen(instance: &GameInstance, correlated: &Correlated, look: &Look) -> String {
    let form = instance.form();
    let kind = match correlated.kind {
        Kind::Correlated => "correlated",
        Kind::Coarse => "coarse correlated",
    };
    let mut out =
        look.paint(Role::Title, &format!("Least and greatest values over all {kind} equilibria"));
    out.push('\n');
    let (payoffs, chances): (Vec<&Range>, Vec<&Range>) =
        correlated.ranges.iter().partition(|range| matches!(range.quantity, Quantity::Payoff(_)));
    out.push_str(&table(form, "probability", &chances, look));
    out.push_str(&table(form, "payoff", &payoffs, look));
    out.push('\n');
    for (label, text) in notes(instance, correlated) {
        out.push_str(&look.labelled(0, label, 13, &text));
    }
    out
}

fn table(form: &GameForm, head: &str, ranges: &[&Range], look: &Look) -> String {
    if ranges.is_empty() {
        return String::new();
    }
    let lines: Vec<[String; 3]> = ranges
        .iter()
        .map(|range| {
            let number = |value| match range.quantity {
                Quantity::Payoff(_) => look.numbers.number(value),
                _ => look.numbers.share(value),
            };
            [name(form, &range.quantity), number(&range.low), number(&range.high)]
        })
        .collect();
    let widest = |at: usize, least: &str| {
        lines.iter().map(|line| width(&line[at])).max().unwrap_or(0).max(width(least))
    };
    let (low, high) = (widest(1, "least"), widest(2, "greatest"));
    let room = look.width.saturating_sub(low + high + 7).max(24);
    let names = widest(0, head).min(room);
    let mut out = format!(
        "\n   {}  {}  {}\n",
        look.paint(Role::Label, &padded(head, names)),
        look.paint(Role::Label, &padded("least", low)),
        look.paint(Role::Label, "greatest")
    );
    for [name, least, greatest] in &lines {
        for (number, part) in crate::look::wrap(name, names).iter().enumerate() {
            let (least, greatest) = if number == 0 { (&**least, &**greatest) } else { ("", "") };
            let line = format!("   {}  {}  {greatest}", padded(part, names), padded(least, low));
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// What a range is of.
pub(crate) fn name(form: &GameForm, quantity: &Quantity) -> String {
    match quantity {
        Quantity::Outcome(outcome) => form.outcomes()[outcome.index()].clone(),
        Quantity::NoOutcome => "other".to_owned(),
        Quantity::End(end) => strategies::end(form, *end),
        Quantity::Payoff(player) => form.player(*player).name.clone(),
    }
}

/// What the result means, and what it does not say.
pub(crate) fn notes(
    instance: &GameInstance,
    correlated: &Correlated,
) -> Vec<(&'static str, String)> {
    let meaning = match correlated.kind {
        Kind::Correlated => {
            "A mediator draws a strategy for each player and tells him his own only; nobody gains \
             by another (Aumann 1974). Every Nash equilibrium lies between the bounds."
        }
        Kind::Coarse => {
            "A mediator draws a strategy for each player; nobody gains by leaving the draw aside \
             before he is told (Moulin and Vial 1978). Every correlated equilibrium lies between \
             the bounds."
        }
    };
    let mut notes = vec![("meaning", meaning.to_owned())];
    if correlated.left_out > 0 {
        let text = format!(
            "The work was stopped; {} have no bounds here.",
            words::count(correlated.left_out, "line").replace("1 line have", "1 line has")
        );
        notes.push(("stopped", text));
    }
    if correlated.ends_left_out > 0 {
        let text = format!(
            "No outcome is named in the file, and the last {} have no bounds here.",
            words::count(correlated.ends_left_out, "end")
        );
        notes.push(("limit", text));
    }
    if instance.has_private_beliefs() {
        let text = "Probabilities of chance differ between players; payoffs are in each player's \
                    own eyes, outcomes have the common probabilities.";
        notes.push(("priors", text.to_owned()));
    }
    if !instance.form().has_perfect_recall() {
        notes.push(("recall", super::dominance::FORGETS.to_owned()));
    }
    let arithmetic =
        if instance.is_exact() { "exact arithmetic" } else { "not exact: approx( ) is involved" };
    let checked = format!(
        "over {}; every bound by a distribution that attains it and by its dual; {arithmetic}",
        words::count(correlated.profiles, "profile")
    );
    notes.push(("checked", checked));
    notes
}
