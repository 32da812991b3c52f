//! The verification log: what proves each equilibrium, and what was searched.

use crate::cards::Card;
use crate::formats::html::prepared::Prepared;
use crate::formats::text::words;
use detente_verify::Enclosed;
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let report = prepared.report;
    let search = &report.search;
    let all = if search.complete && !search.stopped {
        "No equilibrium of the kind asked for can be missing."
    } else {
        "There may be further equilibria."
    };
    Some(html! {
        @if !report.cards.is_empty() || !search.enclosed.is_empty() {
            table {
                caption { "One row for each way of play" }
                thead { tr {
                    th scope="col" { "check" } th scope="col" { "holds as" }
                    th scope="col" { "proved by" } th scope="col" { "numbers" }
                } }
                tbody {
                    @for card in report.cards { (row(card)) }
                    @for (at, one) in search.enclosed.iter().enumerate() {
                        (enclosed(one, &crate::cards::letters(report.cards.len() + at)))
                    }
                }
            }
        }
        dl {
            dt { "Searched" } dd { (prepared.prose(search.searched)) " " (all) }
            dt { "Method" } dd { (search.method) }
            @if search.open > 0 {
                dt { "Not decided" }
                dd {
                    (words::count(search.open, "candidate")) ". "
                    @for why in search.undecided { (why) " " }
                }
            }
            dt { "To repeat it" }
            dd {
                code { "detente solve FILE --save result.json" } ", then "
                code { "detente verify result.json" } ", which searches nothing; with the same options as "
                "this report"
            }
        }
    })
}

fn row(card: &Card) -> Markup {
    let lead = card.lead();
    let corners: usize = card.members.iter().map(|member| member.corners.len()).sum();
    html! {
        tr id={ "check-" (card.label) } {
            th scope="row" { (card.label) }
            td {
                (words::kind(lead))
                @if card.members.len() > 1 {
                    ", " (card.members.len()) " variants off the path, each checked"
                }
                @if corners > 0 {
                    ", " (words::count(corners, "corner")) " of continua checked"
                }
                @if card.weaker > 0 { ", " (card.weaker) " more of a weaker concept" }
            }
            td {
                (words::certificate(lead.certificate()))
                @if let Some(caveat) = lead.caveat() { ". " (caveat) }
            }
            td {
                (words::count(lead.instance().form().info_sets().len(), "situation")) ", "
                (words::arithmetic(lead.instance()))
            }
        }
    }
}

fn enclosed(one: &Enclosed, label: &str) -> Markup {
    html! {
        tr id={ "check-" (label) } {
            th scope="row" { (label) }
            td { (words::concept(one.concept())) }
            td { "a box that is proved to hold exactly one" }
            td { "enclosed between fractions" }
        }
    }
}
