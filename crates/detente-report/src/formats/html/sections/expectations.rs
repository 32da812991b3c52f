//! What the author expects of the results, and whether it is so.

use crate::formats::html::prepared::Prepared;
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
    let met = expectations.iter().filter(|one| one.met == Some(true)).count();
    Some(html! {
        p { (met) " of " (expectations.len()) " met." }
        table {
            caption { "What the scenario expects of its results" }
            thead { tr {
                th scope="col" { "verdict" } th scope="col" { "expected" } th scope="col" { "found" }
            } }
            tbody {
                @for one in expectations {
                    tr {
                        th scope="row" { (verdict(one.met)) }
                        td { code { (one.text.trim_end_matches(':')) } }
                        td { (one.found) }
                    }
                }
            }
        }
    })
}

fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "✓ met",
        Some(false) => "✗ not met",
        None => "? not decided",
    }
}
