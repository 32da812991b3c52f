//! `compare`: two scenarios, in text, in game and in results.

use super::what_if::table;
use super::words;
use crate::look::{Look, Role};
use crate::numbers::Numbers;
use crate::sentences::{doubts, turned};
use detente_analysis::analyses::contrast::Row;
use detente_analysis::analyses::first_turn::{FirstTurn, first_turns};
use detente_analysis::analyses::flips::Side;
use detente_game::{Game, ParamId, Rational};
use detente_verify::Equilibrium;
use similar::TextDiff;

/// Two scenarios beside each other.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Their names.
    pub files: (String, String),
    /// The difference of their texts, as a unified diff; `None` if one has no text.
    pub text: Option<String>,
    /// Counts that differ.
    pub counts: Vec<(String, usize, usize)>,
    /// Parameters that differ, with the value in each.
    pub parameters: Vec<(String, Option<Rational>, Option<Rational>)>,
    /// Turns of the first one's equilibrium between the values of a parameter, each as a sentence.
    pub crossed: Vec<(String, FirstTurn, String)>,
    /// Why turns were not looked for.
    pub not_crossed: Option<String>,
    /// The equilibria of both: file and letter.
    pub columns: Vec<(String, String)>,
    /// What is measured, an amount for each equilibrium.
    pub rows: Vec<Row>,
    /// What was searched.
    pub searched: Vec<String>,
}

/// Longest difference of texts that a screen shows, in lines.
const MOST_LINES: usize = 60;

/// The screen.
#[must_use]
pub fn screen(pair: &Pair, look: &Look) -> String {
    let (first, second) = (&pair.files.0, &pair.files.1);
    let mut out = look.title(&format!("{first} and {second}"));
    out.push_str(&heading("text", look));
    out.push_str(&text(pair, look));
    out.push_str(&heading("game", look));
    let mut changes: Vec<String> = pair
        .counts
        .iter()
        .map(|(what, first, second)| format!("{what}: {first} -> {second}"))
        .collect();
    let value = |value: &Option<Rational>| match value {
        Some(value) => look.numbers.number(value),
        None => "absent".to_owned(),
    };
    changes.extend(pair.parameters.iter().map(|(name, first, second)| {
        format!("parameter {name}: {} -> {}", value(first), value(second))
    }));
    if changes.is_empty() {
        changes.push("Neither counts nor parameters differ.".to_owned());
    }
    changes.iter().for_each(|change| out.push_str(&look.labelled(3, "", 3, change)));
    out.push_str(&heading("results", look));
    let heads: Vec<String> =
        pair.columns.iter().map(|(file, label)| format!("{file}: {label}")).collect();
    out.push_str(table(&heads, &pair.rows, look).trim_start_matches('\n'));
    if !pair.crossed.is_empty() || pair.not_crossed.is_some() {
        out.push_str(&heading("turns in between", look));
    }
    for (_, _, said) in &pair.crossed {
        out.push_str(&look.labelled(3, "", 3, said));
    }
    if let Some(why) = &pair.not_crossed {
        out.push_str(&look.labelled(3, "", 3, why));
    }
    out.push('\n');
    for searched in &pair.searched {
        out.push_str(&look.labelled(0, "searched", 13, searched));
    }
    out
}

fn heading(text: &str, look: &Look) -> String {
    format!("\n{}\n", look.paint(Role::Label, text))
}

fn text(pair: &Pair, look: &Look) -> String {
    let Some(diff) = &pair.text else {
        return "   a game of another program has no scenario's text\n".to_owned();
    };
    if diff.is_empty() {
        return "   the same\n".to_owned();
    }
    let all: Vec<&str> = diff.lines().collect();
    let mut out = String::new();
    for line in all.iter().take(MOST_LINES) {
        let role = match line.as_bytes().first() {
            Some(b'+') => Role::Good,
            Some(b'-') => Role::Bad,
            _ => Role::Dim,
        };
        out.push_str(&format!("   {}\n", look.paint(role, line)));
    }
    if all.len() > MOST_LINES {
        out.push_str(&format!("   {}\n", words::count(all.len() - MOST_LINES, "more line")));
    }
    out
}

/// The difference of two texts, line by line (Myers 1986); empty if they are the same.
#[must_use]
pub fn difference(first: &str, second: &str) -> String {
    if first == second {
        return String::new();
    }
    TextDiff::from_lines(first, second).unified_diff().context_radius(0).to_string()
}

/// Counts of two games that differ.
#[must_use]
pub fn counts(first: &Game, second: &Game) -> Vec<(String, usize, usize)> {
    let of = |game: &Game| {
        let form = &game.form;
        let mut all = vec![
            ("nodes".to_owned(), form.node_count()),
            ("ends".to_owned(), form.end_count()),
            ("outcomes".to_owned(), form.outcomes().len()),
            ("stakes".to_owned(), form.stakes().len()),
        ];
        all.extend(form.player_ids().map(|player| {
            let own = form.info_sets().iter().filter(|set| set.player == player).count();
            (format!("situations of {}", form.player(player).name), own)
        }));
        all
    };
    let (mut left, right) = (of(first), of(second));
    for (what, _) in &right {
        if !left.iter().any(|(known, _)| known == what) {
            left.push((what.clone(), 0));
        }
    }
    let count = |what: &str| right.iter().find(|(known, _)| known == what).map_or(0, |one| one.1);
    left.into_iter()
        .map(|(what, number)| {
            let other = count(&what);
            (what, number, other)
        })
        .filter(|(_, number, other)| number != other)
        .collect()
}

/// Parameters whose values differ, or that only one of two games has.
#[must_use]
pub fn parameters(
    first: &Game,
    second: &Game,
) -> Vec<(String, Option<Rational>, Option<Rational>)> {
    let value = |game: &Game, name: &str| {
        game.param(name).map(|param| game.params[param.index()].base.clone())
    };
    let mut names: Vec<&String> = first.params.iter().map(|param| &param.name).collect();
    names.extend(second.params.iter().map(|p| &p.name).filter(|name| first.param(name).is_none()));
    names
        .into_iter()
        .map(|name| (name.clone(), value(first, name), value(second, name)))
        .filter(|(_, before, after)| before != after)
        .collect()
}

/// Where the first game's equilibrium turns between the values that a parameter has in the two,
/// each parameter moved alone; and of which parameters that is not known. Of a continuum, `points`
/// are several.
#[must_use]
pub fn crossed(
    game: &Game,
    label: &str,
    points: &[&Equilibrium],
    changes: &[(String, Option<Rational>, Option<Rational>)],
    numbers: Numbers,
) -> (Vec<(String, FirstTurn, String)>, Option<String>) {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for (name, before, after) in changes {
        let (Some(param), Some(before), Some(after)) = (game.param(name), before, after) else {
            continue;
        };
        let side = if after < before { Side::Below } else { Side::Above };
        let Ok([below, above]) = first_turns(game, points, param) else {
            unknown.push(name.as_str());
            continue;
        };
        let Some(turn) = (if side == Side::Below { below } else { above }) else { continue };
        let at = turn.at.middle();
        let beyond = if after < before { *after < at } else { *after > at };
        if beyond {
            let said = sentence(game, param, label, &turn, numbers);
            found.push((name.clone(), turn, said));
        }
    }
    let names = unknown.join(", ");
    let why = format!("Not known of {names}: the mixed choices of {label} could not be followed.");
    (found, (!unknown.is_empty()).then_some(why))
}

fn sentence(
    game: &Game,
    param: ParamId,
    label: &str,
    turn: &FirstTurn,
    numbers: Numbers,
) -> String {
    let doubts = doubts(turn);
    let doubt = if doubts.is_empty() { String::new() } else { format!(" ({})", doubts.join("; ")) };
    format!(
        "{} alone crosses {}, where {label} of the first ceases to be an equilibrium: {}{doubt}.",
        game.params[param.index()].name,
        words::place(&turn.at, numbers),
        turned(&game.form, turn),
    )
}
