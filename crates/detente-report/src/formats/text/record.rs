//! `trace`: what the record has told each side, under each way of play.

use crate::look::{Look, Role, bar, padded, width};
use crate::numbers::Numbers;
use crate::record::{RecordPage, TracedWay, grouped, observer};
use detente_game::Rational;

/// Cells of the bar for the outside observer.
const BAR: usize = 12;

/// Fewer columns for the steps than these leave no room for the bar.
const LEAST: usize = 20;

/// The screen.
#[must_use]
pub fn screen(page: &RecordPage, look: &Look) -> String {
    let mut out = look.title(&page.record.title);
    for way in &page.ways {
        out.push('\n');
        out.push_str(&of_way(page, way, look));
    }
    out.push('\n');
    out.push_str(&look.labelled(0, "beliefs", 13, MEANING));
    for note in &page.notes {
        out.push_str(&look.labelled(0, "note", 13, note));
    }
    out
}

const MEANING: &str = "By Bayes' rule on the tree, of one who knows the record and, if a side, its \
                       own type; what else a side has seen is averaged over. The bar is the \
                       outside observer's. – stands where the record has probability 0.";

fn of_way(page: &RecordPage, way: &TracedWay, look: &Look) -> String {
    let numbers = if way.exact { look.numbers } else { Numbers::Decimal };
    let last = way.trace.likelihood.last();
    let whole = last.map_or_else(|| "–".to_owned(), |last| numbers.number(last));
    let rounded = if way.exact { "" } else { " (rounded)" };
    let head = format!("{}: likelihood of the record {whole}{rounded}", way.name);
    let mut out = look.title(&head);
    let steps = steps(page);
    for (subject, beliefs) in grouped(page.form, &way.trace) {
        let heads: Vec<String> = std::iter::once("likelihood".to_owned())
            .chain(beliefs.iter().map(|belief| observer(page.form, belief.observer)))
            .collect();
        let widths: Vec<usize> = heads.iter().map(|head| width(head).max(7)).collect();
        let taken: usize = widths.iter().map(|column| column + 2).sum();
        let room = look.width.saturating_sub(taken + 3);
        let drawn = room >= LEAST + BAR + 2;
        let room = if drawn { room - BAR - 2 } else { room.max(16) };
        let longest = steps.iter().map(|step| width(step)).max().unwrap_or(0);
        let names = longest.max(width(&subject)).min(room);
        let mut line = format!("   {}", padded(&subject, names));
        for (head, column) in heads.iter().zip(&widths) {
            line.push_str(&format!("  {}", padded(head, *column)));
        }
        out.push_str(&format!("{}\n", look.paint(Role::Label, line.trim_end())));
        for (at, step) in steps.iter().enumerate() {
            let likelihood = match at {
                0 => "1".to_owned(),
                _ => numbers.narrow(&way.trace.likelihood[at - 1]),
            };
            let shares = beliefs.iter().map(|belief| share(belief.along[at].as_ref(), numbers));
            let cells: Vec<String> = std::iter::once(likelihood).chain(shares).collect();
            let outside = beliefs[0].along[at].as_ref().filter(|_| drawn);
            let outside = outside.map(|share| bar(share.to_f64(), BAR));
            out.push_str(&row(step, names, &cells, &widths, outside.as_deref()));
        }
    }
    out
}

fn row(
    step: &str,
    names: usize,
    cells: &[String],
    widths: &[usize],
    outside: Option<&str>,
) -> String {
    let parts = crate::look::wrap(step, names);
    let mut out = String::new();
    for (number, part) in parts.iter().enumerate() {
        let mut line = format!("   {}", padded(part, names));
        if number + 1 == parts.len() {
            for (cell, column) in cells.iter().zip(widths) {
                line.push_str(&format!("  {}", padded(cell, *column)));
            }
            line.push_str(&format!("  {}", outside.unwrap_or_default()));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// `before`, then date and text of every step.
fn steps(page: &RecordPage) -> Vec<String> {
    let step = |step: &detente_game::game::Observation| match &step.date {
        Some(date) => format!("{date} {}", step.text),
        None => step.text.clone(),
    };
    std::iter::once("before".to_owned()).chain(page.record.steps.iter().map(step)).collect()
}

fn share(value: Option<&Rational>, numbers: Numbers) -> String {
    value.map_or_else(|| "–".to_owned(), |value| numbers.narrow(value))
}
