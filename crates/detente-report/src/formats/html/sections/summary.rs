//! The summary: what was found, in checked sentences.

use crate::formats::html::bars::bar;
use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::{sentence, title};
use crate::formats::text::solve::{found, plan};
use crate::formats::text::words::count;
use crate::numbers::Numbers;
use crate::plans::{Seat, seats};
use crate::sentences::Sentence;
use detente_analysis::{Play, outcome_shares};
use maud::{Markup, html};

/// Outcomes that the summary shows; the section on ways of play has all.
const OUTCOMES: usize = 4;
/// Ways of play up to which each is told on its own; more stand in a table.
const FEW: usize = 2;
/// Thresholds that it tells; the section on why has all.
const THRESHOLDS: usize = 3;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let report = prepared.report;
    let search = &report.search;
    Some(html! {
        @if search.stopped {
            p.warning { strong { "Partial." } " The search was stopped; what follows was found by then." }
        }
        p.lead { (prepared.prose(found(report.cards, search).trim_end_matches('.'))) "." }
        @if prepared.told.len() > FEW { (ways(prepared)) }
        @else { @for told in &prepared.told { (card(prepared, told)) } }
        p.remark { "Searched: " (prepared.prose(search.searched)) }
        p.remark { (faces(report.numbers)) " " a href="#glossary" { "What the words mean" } "." }
    })
}

/// How the page writes numbers.
fn faces(numbers: Numbers) -> &'static str {
    match numbers {
        Numbers::Both => {
            "A number with a long decimal is rounded after the sign ≈; a short fraction stands before it, a long one shows \
             where a pointer rests on the sign, and with --exact."
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
        (deeds(prepared, told))
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

/// Who does what on the path: each player and type, and its plan.
fn plans(prepared: &Prepared, told: &Told) -> Vec<(String, String)> {
    let lead = told.card.lead();
    let play = Play::new(lead.instance(), lead.profile());
    let form = play.form();
    let who = |seat: &Seat| {
        let name = &form.player(seat.player).name;
        seat.own_type.map_or(name.clone(), |own| format!("{name} ({})", form.value(own)))
    };
    let numbers = prepared.report.numbers;
    seats(&play).iter().map(|seat| (who(seat), plan(form, seat, numbers))).collect()
}

fn deeds(prepared: &Prepared, told: &Told) -> Markup {
    html! {
        table.deeds {
            caption { "Who does what" }
            tbody {
                @for (who, does) in plans(prepared, told) {
                    tr {
                        th scope="row" { (prepared.prose(&who)) }
                        td { (prepared.prose(&does)) }
                    }
                }
            }
        }
    }
}

/// Many ways of play side by side, and below them what several have in common once.
fn ways(prepared: &Prepared) -> Markup {
    let tightest = |told: &Told| -> Vec<String> {
        let said = told.sentences.iter().filter(|said| ["S7", "S4"].contains(&said.id));
        said.map(|said| said.text.clone()).collect()
    };
    let mut groups: Vec<(Vec<&str>, &Told)> = Vec::new();
    for told in &prepared.told {
        match groups.iter_mut().find(|(_, first)| tightest(first) == tightest(told)) {
            Some((labels, _)) => labels.push(&told.card.label),
            None => groups.push((vec![&told.card.label], told)),
        }
    }
    html! {
        table.ways {
            caption { "Who does what in each" }
            thead { tr { th scope="col" { "way of play" } th scope="col" { "who does what" } } }
            tbody { @for told in &prepared.told { (way(prepared, told)) } }
        }
        @for (labels, told) in groups.iter().filter(|(_, told)| !tightest(told).is_empty()) {
            @let said = told.sentences.iter().filter(|said| ["S7", "S4"].contains(&said.id));
            p {
                strong { (labels.join(", ")) ": " }
                @for said in said { (sentence(prepared.report.game, said)) " " }
            }
        }
    }
}

fn way(prepared: &Prepared, told: &Told) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href={ "#equilibrium-" (told.card.label) } { (told.card.label) }
                " " (title(prepared.report.game, told.card))
            }
            td {
                ul.plays {
                    @for (who, does) in plans(prepared, told) {
                        li { (prepared.prose(&who)) ": " (prepared.prose(&does)) }
                    }
                }
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
