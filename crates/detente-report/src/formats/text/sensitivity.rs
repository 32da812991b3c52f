//! `sensitivity`: what an outcome or payoff depends on.

use crate::formats::json::Sensitivity;
use crate::look::{Look, Role, padded, width};
use crate::numbers::estimated;

/// The screen.
#[must_use]
pub fn screen(found: &Sensitivity, look: &Look) -> String {
    let mut out = look.title(&format!("What '{}' depends on", found.of));
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| estimated(value, 4));
    let names = found.parameters.iter().map(|one| width(&one.name)).max().unwrap_or(0).max(9);
    let head = format!(
        "{}  first order   total    at 5%      at 95%    between",
        padded("parameter", names)
    );
    out.push_str(&format!("\n   {}\n", look.paint(Role::Label, &head)));
    for one in &found.parameters {
        let line = format!(
            "   {}  {:>11}  {:>6}  {:>9}  {:>9}    {:.4} to {:.4}",
            padded(&one.name, names),
            number(one.first_order),
            number(one.total),
            number(one.at_ends[0]),
            number(one.at_ends[1]),
            one.ends[0],
            one.ends[1]
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push('\n');
    for (label, text) in notes(found) {
        out.push_str(&look.labelled(0, label, 11, &text));
    }
    out
}

fn notes(found: &Sensitivity) -> Vec<(&'static str, String)> {
    let moments = match (found.mean, found.variance) {
        (Some(mean), Some(variance)) => format!("mean {mean:.4}, variance {variance:.4}"),
        _ => "it does not vary over the draws, so no parameter has a part in it".to_owned(),
    };
    let base = match found.at_base {
        Some(value) => format!("{value:.4} at the base values"),
        None => "no pure equilibrium at the base values".to_owned(),
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
            "the value at the parameter's 5th and 95th percentiles, the others at their base values"
                .to_owned(),
        ),
        (
            "searched",
            format!(
                "all pure equilibria ({}); {} pairs of draws, seed {}; {} left out for want of a \
                 pure equilibrium",
                found.concept, found.pairs, found.seed, found.left_out
            ),
        ),
    ];
    notes.extend(drawn_together(found).into_iter().map(|text| ("together", text)));
    notes
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
