//! Who is asked what, knowing what.

use crate::formats::html::prepared::Prepared;
use crate::formats::html::words::lines;
use crate::formats::text::check::{HEADS, cells, has_logs, hidden};
use crate::formats::text::words::private_priors;
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let game = prepared.report.game;
    let form = &game.form;
    let priors = game.base().map(|base| private_priors(&base, prepared.report.numbers));
    let priors = priors.unwrap_or_default();
    Some(html! {
        table {
            caption { "A situation is all that its player cannot tell apart" }
            thead { tr { @for head in HEADS { th.number[head == "situations"] scope="col" { (head) } } } }
            tbody {
                @for [who, asked, knows, situations] in cells(form) {
                    tr {
                        th scope="row" { (prepared.prose(&who)) }
                        td { (prepared.prose(&asked)) }
                        td { (prepared.prose(&knows)) }
                        td.number { (situations) }
                    }
                }
            }
        }
        @if has_logs(form) { (lines(game, &hidden(form))) }
        @if !priors.is_empty() { (lines(game, &priors)) }
    })
}
