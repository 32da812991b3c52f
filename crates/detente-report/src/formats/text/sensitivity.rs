//! `sensitivity`: what an outcome or payoff depends on.

use super::words::count;
use crate::formats::json::{Influence, Sensitivity};
use crate::look::{Look, Role, padded, width};
use crate::numbers::estimated;

/// Columns of a bar.
const CELLS: usize = 25;

/// The screen.
#[must_use]
pub fn screen(found: &Sensitivity, look: &Look) -> String {
    let mut out = look.title(&format!("What '{}' depends on", found.of));
    let names = found.parameters.iter().map(|one| width(&one.name)).max().unwrap_or(0).max(9);
    out.push_str(&indices(found, names, look));
    out.push_str(&tornado(found, names, look));
    out.push('\n');
    for (label, text) in notes(found) {
        out.push_str(&look.labelled(0, label, 11, &text));
    }
    out
}

fn number(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| estimated(value, 4))
}

fn indices(found: &Sensitivity, names: usize, look: &Look) -> String {
    let head = format!("{}  first order   total", padded("all drawn", names));
    let mut out = format!("\n   {}\n", look.paint(Role::Label, &head));
    for one in &found.parameters {
        let (first_order, total) = (number(one.first_order), number(one.total));
        out.push_str(&format!("   {}  {first_order:>11}  {total:>6}\n", padded(&one.name, names)));
    }
    out
}

/// Each parameter alone, the one that moves the value most first.
fn tornado(found: &Sensitivity, names: usize, look: &Look) -> String {
    let head = format!(
        "{}      at 5%  {:CELLS$}     at 95%  between",
        padded("each alone", names.max(10)),
        ""
    );
    let mut out = format!("\n   {}\n", look.paint(Role::Label, &head));
    for one in by_swing(&found.parameters) {
        let [low, high] = one.at_ends;
        out.push_str(&format!(
            "   {}  {:>9}  {}  {:>9}  {:.4} to {:.4}\n",
            padded(&one.name, names.max(10)),
            number(low),
            stroke(found, one),
            number(high),
            one.ends[0],
            one.ends[1]
        ));
    }
    out
}

/// Parameters by how far each moves the value alone, the farthest first. Of equal ones the order
/// stays; where an end is not known, it comes last.
pub(crate) fn by_swing(parameters: &[Influence]) -> Vec<&Influence> {
    let mut ranked: Vec<&Influence> = parameters.iter().collect();
    ranked.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    ranked
}

/// How far a parameter moves the value alone; negative if that is not known.
pub(crate) fn swing(one: &Influence) -> f64 {
    match one.at_ends {
        [Some(low), Some(high)] => (high - low).abs(),
        _ => -1.0,
    }
}

/// From the value at one end to that at the other, on a scale that all parameters share; the
/// stroke through it is the value at the base values.
fn stroke(found: &Sensitivity, one: &Influence) -> String {
    let all =
        || found.parameters.iter().flat_map(|one| one.at_ends).chain([found.at_base]).flatten();
    let (least, greatest) =
        (all().fold(f64::INFINITY, f64::min), all().fold(-f64::INFINITY, f64::max));
    let [Some(low), Some(high)] = one.at_ends else { return " ".repeat(CELLS) };
    let place = |value: f64| match greatest - least {
        room if room > 0.0 => ((value - least) / room * (CELLS - 1) as f64).round() as usize,
        _ => CELLS / 2,
    };
    let (from, to, base) = (place(low.min(high)), place(low.max(high)), found.at_base.map(place));
    let cell = |cell: usize| match cell {
        _ if base == Some(cell) => '│',
        _ if low != high && (from..=to).contains(&cell) => '▇',
        _ => '·',
    };
    (0..CELLS).map(cell).collect()
}

fn notes(found: &Sensitivity) -> Vec<(&'static str, String)> {
    let pure = if found.mixed { "" } else { "pure " };
    let left = found.pairs - found.left_out;
    let moments = match (found.mean, found.variance) {
        (Some(mean), Some(variance)) => format!("mean {mean:.4}, variance {variance:.4}"),
        _ if left < 2 => {
            format!("{} left, too few to say how it varies", count(left as usize, "pair"))
        }
        _ => "it does not vary over the draws, so no parameter has a part in it".to_owned(),
    };
    let base = match found.at_base {
        Some(value) => format!("{value:.4} at the base values"),
        None => format!("no {pure}equilibrium is known at the base values"),
    };
    let mut notes = vec![
        ("value", format!("{moments}; {base}; the {} over the equilibria of a draw", found.bound)),
        (
            "indices",
            "first order: the part of the variance that would go if the parameter alone were known; \
             total: the part that would stay if all others were known. Estimates from draws, \
             so small ones may come out below 0"
                .to_owned(),
        ),
        (
            "alone",
            "the value at the parameter's 5th and 95th percentiles, the others at their base values, \
             all exactly there; the stroke is the value at the base values"
                .to_owned(),
        ),
        ("searched", searched(found)),
    ];
    notes.extend(drawn_together(found).into_iter().map(|text| ("together", text)));
    notes
}

/// What was looked for, and how many pairs are left out for want of it.
pub(crate) fn searched(found: &Sensitivity) -> String {
    let pure = if found.mixed { "" } else { "pure " };
    let too = if found.mixed { ", mixed ones included" } else { "; mixed ones were not searched" };
    format!(
        "all {pure}equilibria ({}){too}; {} of draws, seed {}; {} left out, where there is no \
         {pure}equilibrium or not all are known",
        found.concept,
        count(found.pairs as usize, "pair"),
        found.seed,
        found.left_out
    )
}

/// What the indices mean of parameters that are drawn from tables, a sentence for each table.
pub(crate) fn drawn_together(found: &Sensitivity) -> Vec<String> {
    let mut tables: Vec<&str> =
        found.parameters.iter().filter_map(|one| one.table.as_deref()).collect();
    tables.sort_unstable();
    tables.dedup();
    tables.into_iter().map(|table| together(found, table)).collect()
}

/// What the indices of parameters mean that are drawn from one table.
fn together(found: &Sensitivity, table: &str) -> String {
    let drawn = found.parameters.iter().filter(|one| one.table.as_deref() == Some(table));
    let names: Vec<&str> = drawn.map(|one| one.name.as_str()).collect();
    let (last, others) = names.split_last().unwrap_or((&"", &[]));
    format!(
        "{} and {last} are drawn as rows of '{table}' and depend on each other; the indices of \
         each are those of the rows, of all of them together. Alone, each is moved by itself, also \
         to where no row is",
        others.join(", ")
    )
}
