//! What the author expects of the results, and whether it is so.

use crate::formats::html::prepared::Prepared;
use crate::formats::json::Expectation;
use crate::formats::text::words::count;
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let report = prepared.report;
    if report.game.claims.is_empty() {
        return None;
    }
    let Some(expectations) = report.expectations else {
        return Some(html! {
            p { (count(report.game.claims.len(), "expectation")) " of the file not checked here." }
        });
    };
    let (plain, mut told): (Vec<&Expectation>, Vec<&Expectation>) =
        expectations.iter().partition(|one| is_plain(one));
    let plain = if plain.len() > FEW { plain } else { Vec::new() };
    if plain.is_empty() {
        told = expectations.iter().collect();
    }
    // What is not met comes first, then what is not decided.
    told.sort_by_key(|one| match one.met {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    });
    let met = expectations.iter().filter(|one| one.met == Some(true)).count();
    Some(html! {
        p { (met) " of " (expectations.len()) " met." }
        @if !told.is_empty() { (table(&told)) }
        @if !plain.is_empty() {
            h3 { "Plain statements, all of them true" }
            ul.statements { @for one in plain { li { code { (text(one)) } } } }
        }
    })
}

/// So many plain statements stand in the table.
const FEW: usize = 3;

/// Whether it is a statement about numbers of the file that holds, of which there is no more to tell.
fn is_plain(one: &Expectation) -> bool {
    one.met == Some(true) && one.found == "it holds"
}

fn text(one: &Expectation) -> &str {
    one.text.trim_end_matches(':')
}

fn table(told: &[&Expectation]) -> Markup {
    html! {
        table {
            caption { "What the scenario expects of its results" }
            thead { tr {
                th scope="col" { "verdict" } th scope="col" { "expected" } th scope="col" { "found" }
            } }
            tbody {
                @for one in told {
                    tr {
                        th scope="row" { (verdict(one.met)) }
                        td { code { (text(one)) } }
                        td { (one.found) }
                    }
                }
            }
        }
    }
}

fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "✓ met",
        Some(false) => "✗ not met",
        None => "? not decided",
    }
}
