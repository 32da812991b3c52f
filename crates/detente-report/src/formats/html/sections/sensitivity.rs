//! Which uncertain number drives what: each alone from its 5th to its 95th percentile, as a tornado, and its
//! part in the variance where all are drawn.

use crate::formats::html::bars::{Scale, tornado};
use crate::formats::html::prepared::Prepared;
use crate::formats::json::{Influence, Sensitivity};
use crate::formats::text::sensitivity::{by_swing, drawn_together, swing};
use crate::formats::text::words::count;
use crate::numbers::estimated;
use maud::{Markup, html};

/// Numbers that are shown of each quantity, those that move it most first.
const ROWS: usize = 10;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    Some(match prepared.report.sensitivity? {
        Ok(all) => html! {
            p {
                "Which uncertain number drives what. In a picture the stroke is the value with all numbers as they "
                "are; the hollow bar leads to the value at the number's 5th percentile, the dark one to that at "
                "its 95th, the others as they are. " em { "alone" } " is the part of the variance that would go if the "
                "number alone were known, " em { "in all" } " the part that would stay if all others were known; "
                "both are estimates from draws, so small ones may come out below 0."
            }
            @for one in all { (quantity(prepared, one)) }
        },
        Err(why) => super::left_out(why),
    })
}

fn quantity(prepared: &Prepared, one: &Sensitivity) -> Markup {
    let mut ranked = by_swing(&one.parameters);
    let left = ranked.len().saturating_sub(ROWS);
    ranked.truncate(ROWS);
    let scale = scale(one.at_base, &ranked);
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| estimated(value, 3));
    let game = prepared.report.game;
    let label =
        |name: &str| game.param(name).map_or("", |id| game.params[id.index()].label.as_str());
    html! {
        h3 { (prepared.prose(&one.of)) }
        @if one.parameters.iter().all(|one| swing(one) <= 0.0) {
            p { "No number moves it alone between its 5th and its 95th percentile." }
        }
        table.bars.tornado {
            caption.unseen { "What " (prepared.prose(&one.of)) " depends on" }
            thead { tr {
                th scope="col" { "number" } th scope="col" { "alone, from 5% to 95%" }
                th.number scope="col" { "at 5%" } th.number scope="col" { "at 95%" }
                th.number scope="col" { "alone" } th.number scope="col" { "in all" }
            } }
            tbody {
                @for row in &ranked {
                    tr {
                        th scope="row" {
                            code { (row.name) }
                            @if !label(&row.name).is_empty() { " " span.file { (label(&row.name)) } }
                        }
                        td { (picture(one.at_base, row, scale.as_ref())) }
                        td.number { (number(row.at_ends[0])) }
                        td.number { (number(row.at_ends[1])) }
                        td.number { (number(row.first_order)) }
                        td.number { (number(row.total)) }
                    }
                }
            }
        }
        p.remark {
            @match one.at_base {
                Some(value) => (format!("As the numbers are: {value:.4}. ")),
                None => "As the numbers are no pure equilibrium is known. ",
            }
            @match (one.mean, one.variance) {
                (Some(mean), Some(variance)) => (format!("Over the draws: mean {mean:.4}, variance {variance:.4}. ")),
                _ if one.pairs - one.left_out < 2 => "Too few draws are left to say how it varies. ",
                _ => "It does not vary over the draws. ",
            }
            "Where a draw has several pure equilibria (" (one.concept) "), the " (one.bound)
            " of the bounds counts. " (count(one.pairs as usize, "pair")) " of draws, seed " (one.seed) "; "
            (one.left_out) " left out, where there is no pure equilibrium or not all are known"
            @if one.left_out > 0 { ", so the indices speak of the others" }
            "."
            @for text in drawn_together(one) { " " (prepared.prose(&text)) "." }
            @if left > 0 { " " (count(left, "number")) " that move it less are left out." }
        }
    }
}

fn scale(base: Option<f64>, rows: &[&Influence]) -> Option<Scale> {
    let ends = rows.iter().flat_map(|row| row.at_ends).flatten();
    let all: Vec<f64> = ends.chain(base).collect();
    let low = all.iter().copied().reduce(f64::min)?;
    let high = all.iter().copied().reduce(f64::max)?;
    (low < high).then_some(Scale { low, high })
}

fn picture(base: Option<f64>, row: &Influence, scale: Option<&Scale>) -> Markup {
    let (Some(base), Some(scale), [Some(low), Some(high)]) = (base, scale, row.at_ends) else {
        return html! {};
    };
    let says = format!(
        "{}: {} at 5%, {} at 95%, {} now",
        row.name,
        estimated(low, 3),
        estimated(high, 3),
        estimated(base, 3)
    );
    tornado(scale, base, [low, high], &says)
}
