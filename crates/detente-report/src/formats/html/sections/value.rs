//! What it is worth to each player to be told what chance has decided of the others.

use crate::formats::html::bars::balance;
use crate::formats::html::prepared::Prepared;
use crate::sentences::value as said;
use crate::value::{Found, Learning, Range, Value};
use detente_game::Rational;
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    Some(match prepared.report.value? {
        Ok(value) => told(prepared, value),
        Err(why) => super::left_out(why),
    })
}

fn told(prepared: &Prepared, value: &Value) -> Markup {
    html! {
        p {
            "The game is changed so that one player is told, all know of it, and it is solved anew. Bars to the right "
            "are gains, hollow bars to the left losses. Where there are several equilibria, before or after, the "
            "change is a range, and no bar is drawn."
        }
        @for learning in &value.learning {
            h3 { (prepared.prose(&said::told(value, learning))) }
            @if let Some(after) = &learning.told { (table(prepared, value, after)) }
            @for sentence in said::learning(value, learning, prepared.report.numbers) {
                p { (prepared.prose(&sentence)) }
            }
            (searched(prepared, learning))
        }
    }
}

fn searched(prepared: &Prepared, learning: &Learning) -> Markup {
    html! {
        @if let Some(told) = &learning.told {
            p.remark { "Searched: " (prepared.prose(&told.searched)) }
        }
    }
}

fn table(prepared: &Prepared, value: &Value, after: &Found) -> Markup {
    let numbers = prepared.report.numbers;
    let rows: Vec<(&String, &Range, &Range, Range)> = value
        .players
        .iter()
        .zip(&value.before.worth)
        .zip(&after.worth)
        .map(|((name, then), now)| (name, then, now, now.since(then)))
        .collect();
    let sizes = rows.iter().flat_map(|(.., change)| [change.low.abs(), change.high.abs()]);
    let greatest = sizes.max().filter(|size| !size.is_zero()).unwrap_or(Rational::ONE);
    html! {
        table {
            caption { "What each player gets" }
            thead { tr {
                th scope="col" { "player" } th.number scope="col" { "as it is" }
                th.number scope="col" { "if all know it" } th.number scope="col" { "change" } th scope="col" { "gain or loss" }
            } }
            tbody {
                @for (name, then, now, change) in &rows {
                    @let says = said::change(change, numbers);
                    tr {
                        th scope="row" { (prepared.prose(name)) }
                        td.number { (prepared.prose(&said::range(then, numbers))) }
                        td.number { (prepared.prose(&said::range(now, numbers))) }
                        td.number { (prepared.prose(&says)) }
                        td { @if change.is_point() { (balance(&change.low, &greatest, &format!("{name}: {says}"))) } }
                    }
                }
            }
        }
    }
}
