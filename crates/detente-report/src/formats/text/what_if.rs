//! `whatif`: before and after, who gains, and where the lock matters.

use crate::look::{Look, Role, padded, width, wrap};
use crate::numbers::Numbers;
use crate::sentences::{exploit, own};
use crate::variant::Variant;
use detente_analysis::analyses::contrast::{Amount, Measure, Row};

/// Most columns of a screen; programs get all.
const MOST_COLUMNS: usize = 6;
/// Width of the labels below the table.
const LABEL: usize = 13;

const VALUES: &str = "By the priors without the lock: a locked reading moves what its reader does, \
                      not how things are.";

/// The screen of one variant.
#[must_use]
pub fn screen(variant: &Variant, look: &Look) -> String {
    let mut out = look.title(&variant.name);
    if let Some(alone) = variant.nobody_else_knows {
        let said = if alone { "nobody else knows" } else { "known to all" };
        out.push_str(&look.labelled(0, "as written", LABEL, said));
    }
    let heads: Vec<String> = variant.columns.iter().map(|column| column.head()).collect();
    if heads.len() > 1 {
        out.push_str(&table(&heads, &variant.rows, look));
    } else {
        out.push_str("\n   No way of play was found to compare with.\n");
    }
    out.push('\n');
    if variant.lever.is_some() {
        out.push_str(&look.labelled(0, "values", LABEL, VALUES));
    }
    for range in &variant.ranges {
        out.push_str(&look.labelled(0, "matters", LABEL, &range.text));
    }
    for (player, gain) in &variant.own {
        out.push_str(&look.labelled(0, "price", LABEL, &own(player, gain, look.numbers)));
    }
    for one in &variant.knowing {
        let text = exploit(&one.player, &one.gain, &one.price, look.numbers);
        out.push_str(&look.labelled(0, "knowing", LABEL, &text));
    }
    for sentence in &variant.sentences {
        out.push_str(&look.labelled(0, "in words", LABEL, &sentence.text));
    }
    for text in &variant.searched {
        out.push_str(&look.labelled(0, "searched", LABEL, text));
    }
    out
}

/// Measures that differ, a line each: what, and an amount for each way of play. Lines that say the
/// same as one above are left out.
#[must_use]
pub fn table(heads: &[String], rows: &[Row], look: &Look) -> String {
    let shown = heads.len().min(MOST_COLUMNS);
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let mut seen: Vec<&Row> = Vec::new();
    for row in rows.iter().filter(|row| row.differs()) {
        if seen.iter().any(|other| repeats(row, other)) {
            continue;
        }
        seen.push(row);
        let amounts = row.amounts[..shown].iter().map(|one| amount(one.as_ref(), look.numbers));
        lines.push((label(&row.measure), amounts.collect()));
    }
    if lines.is_empty() {
        return "\n   Nothing that is measured differs.\n".to_owned();
    }
    let widths: Vec<usize> = (0..shown)
        .map(|at| {
            let cells = lines.iter().map(|(_, amounts)| width(&amounts[at])).max().unwrap_or(0);
            cells.max(width(&heads[at]))
        })
        .collect();
    let taken: usize = widths.iter().map(|column| column + 2).sum();
    let room = look.width.saturating_sub(taken + 3).max(16);
    let names = lines.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(room);
    let mut out = format!("\n   {}", padded("", names));
    for (head, column) in heads.iter().zip(&widths) {
        out.push_str("  ");
        out.push_str(&look.paint(Role::Label, &right(head, *column)));
    }
    out.push('\n');
    for (name, amounts) in &lines {
        let parts = wrap(name, names);
        for (number, part) in parts.iter().enumerate() {
            let mut line = format!("   {}", padded(part, names));
            if number + 1 == parts.len() {
                for (text, column) in amounts.iter().zip(&widths) {
                    line.push_str("  ");
                    line.push_str(&right(text, *column));
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    if heads.len() > shown {
        let more = heads.len() - shown;
        out.push_str(&format!("   {more} more ways of play: --json has all\n"));
    }
    out
}

/// Whether a choice's line would repeat the numbers of an outcome or choice above.
#[must_use]
pub fn repeats(row: &Row, above: &Row) -> bool {
    matches!(row.measure, Measure::Choice(..))
        && matches!(above.measure, Measure::Outcome(_) | Measure::Choice(..))
        && row.amounts == above.amounts
}

fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// What a measure is, in words.
#[must_use]
pub fn label(measure: &Measure) -> String {
    match measure {
        Measure::Outcome(name) => format!("P({name})"),
        Measure::Choice(event, value) => format!("P({event} is {value})"),
        Measure::Value(player) => format!("value to {player}"),
        Measure::ValueOfType(player, kind) => format!("value to {player} ({kind})"),
        Measure::Told(player, event) => format!("{event} tells of {player}, bits"),
    }
}

/// An amount in a narrow column.
#[must_use]
pub fn amount(amount: Option<&Amount>, numbers: Numbers) -> String {
    match amount {
        None => "–".to_owned(),
        Some(Amount::Exact(value)) => numbers.narrow(value),
        Some(Amount::Bits(told, whole)) => format!("{told:.3} of {whole:.3}"),
    }
}
