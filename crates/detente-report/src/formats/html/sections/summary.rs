//! The summary: what was found, in checked sentences.

use crate::formats::html::bars::bar;
use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::{sentence, title};
use crate::formats::text::solve::found;
use crate::formats::text::words::count;
use crate::numbers::Numbers;
use crate::sentences::Sentence;
use detente_analysis::{Play, outcome_shares};
use maud::{Markup, html};

/// Outcomes that the summary shows; the section on ways of play has all.
const OUTCOMES: usize = 4;
/// Thresholds that it tells; the section on why has all.
const THRESHOLDS: usize = 3;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let report = prepared.report;
    let search = &report.search;
    Some(html! {
        @if search.stopped {
            p.warning { strong { "Partial." } " The search was stopped; what follows was found by then." }
        }
        p.lead { (prepared.prose(&found(report.cards, search))) "." }
        @for told in &prepared.told { (card(prepared, told)) }
        p.remark { "Searched: " (prepared.prose(search.searched)) }
        p.remark { (faces(report.numbers)) }
    })
}

/// How the page writes numbers.
fn faces(numbers: Numbers) -> &'static str {
    match numbers {
        Numbers::Both => {
            "A number with a long decimal is given exactly, as a fraction, and rounded after the sign ≈."
        }
        Numbers::Exact => "All numbers are exact, as fractions, but for estimates from draws.",
        Numbers::Decimal => "Numbers are rounded decimals; the strategies in full are fractions.",
    }
}

fn card(prepared: &Prepared, told: &Told) -> Markup {
    let game = prepared.report.game;
    let of = |ids: &'static [&str]| {
        told.sentences.iter().filter(move |sentence| ids.contains(&sentence.id))
    };
    let thresholds: Vec<&Sentence> = of(&["S8"]).collect();
    let left = thresholds.len().saturating_sub(THRESHOLDS);
    html! {
        h3 {
            a href={ "#equilibrium-" (told.card.label) } { (told.card.label) }
            " " (title(prepared.report.game, told.card))
        }
        (outcomes(prepared, told, OUTCOMES))
        p {
            @for said in of(&["S7", "S4"]) { (sentence(game, said)) " " }
            @for said in thresholds.iter().take(THRESHOLDS) { (sentence(game, said)) " " }
            @if left > 0 {
                a href={ "#why-" (told.card.label) } { (count(left, "more value")) " at which it would turn" } "."
            }
        }
    }
}

/// The most frequent outcomes as bars; nothing if the scenario names none.
pub(super) fn outcomes(prepared: &Prepared, told: &Told, most: usize) -> Markup {
    let lead = told.card.lead();
    let play = Play::new(lead.instance(), lead.profile());
    let mut shares = outcome_shares(&play);
    shares.retain(|share| share.probability.is_positive());
    shares.sort_by(|a, b| b.probability.cmp(&a.probability));
    if shares.iter().all(|share| share.outcome.is_none()) {
        return html! {};
    }
    let numbers = prepared.report.numbers;
    let left = shares.len().saturating_sub(most);
    html! {
        table.bars {
            caption { "What happens, and how often" }
            tbody {
                @for share in shares.iter().take(most) {
                    @let number = numbers.share(&share.probability);
                    tr {
                        th scope="row" { (prepared.prose(&share.name)) }
                        td { (bar(&share.probability, None, &format!("{}: {number}", share.name))) }
                        td.number { (prepared.prose(&number)) }
                    }
                }
            }
        }
        @if left > 0 { p.remark { "and " (count(left, "less frequent outcome")) } }
        @if !told.card.is_played_alike() { p.remark { "These are shares at a point inside the continuum." } }
    }
}
