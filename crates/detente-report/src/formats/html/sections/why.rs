//! Why: the tightest choices stake by stake, and the values at which they would turn.

use crate::formats::html::bars::balance;
use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::title;
use crate::formats::text::why::{Turns, says, turns_of};
use crate::formats::text::words::count;
use detente_analysis::analyses::stakes::{self, Breakdown};
use detente_analysis::{Flips, tightest};
use detente_game::Rational;
use detente_verify::Margin;
use maud::{Markup, html};

/// Choices that are explained, the tightest first.
const CHOICES: usize = 3;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    if prepared.told.is_empty() {
        return None;
    }
    Some(html! {
        p {
            "A choice is as firm as its margin: what choosing otherwise would cost. Bars to the "
            "right speak for the choice, hollow bars to the left against it. Each value at which it "
            "would turn is that of one number alone, all else unchanged."
        }
        @for told in &prepared.told { (card(prepared, told)) }
    })
}

fn card(prepared: &Prepared, told: &Told) -> Markup {
    let lead = told.card.lead();
    let flips = Flips::new(prepared.report.game, lead);
    let margins = tightest(lead);
    let left = margins.len().saturating_sub(CHOICES);
    html! {
        h3 id={ "why-" (told.card.label) } {
            (told.card.label) " " (title(prepared.report.game, told.card))
        }
        @if margins.is_empty() { p { "No choice is preferred at a situation that comes up." } }
        @for margin in margins.iter().take(CHOICES) { (choice(prepared, told, margin, &flips)) }
        @if left > 0 { p.remark { "and " (count(left, "more choice")) ", none tighter" } }
    }
}

fn choice(prepared: &Prepared, told: &Told, margin: &Margin, flips: &Flips) -> Markup {
    let lead = told.card.lead();
    let numbers = prepared.report.numbers;
    let turns = turns_of(prepared.report.game, told.card, margin, flips, numbers);
    html! {
        div.choice {
            h4 { (prepared.prose(&says(lead.instance().form(), margin))) }
            p { "Margin " (prepared.prose(&numbers.number(&margin.margin))) }
            @if let Some(parts) = stakes::breakdown(lead, margin) { (balanced(prepared, &parts, told)) }
            (turning(prepared, &turns))
        }
    }
}

fn balanced(prepared: &Prepared, parts: &Breakdown, told: &Told) -> Markup {
    let form = told.card.lead().instance().form();
    let numbers = prepared.report.numbers;
    let greatest = parts.stakes.iter().map(|(_, part)| part.abs()).max().unwrap_or(Rational::ONE);
    html! {
        table.bars {
            caption {
                "What decides it: " (prepared.prose(&numbers.signed(&parts.chosen))) " against "
                (prepared.prose(&numbers.signed(&parts.against)))
            }
            tbody {
                @for (stake, part) in &parts.stakes {
                    @let name = &form.stake(*stake).name;
                    @let amount = numbers.signed(part);
                    tr {
                        th scope="row" { (prepared.prose(name)) }
                        td { (balance(part, &greatest, &format!("{name}: {amount}"))) }
                        td.number { (prepared.prose(&amount)) }
                    }
                }
            }
        }
    }
}

fn turning(prepared: &Prepared, turns: &Turns) -> Markup {
    let game = prepared.report.game;
    if game.params.is_empty() {
        return html! {};
    }
    let label =
        |name: &str| game.param(name).map_or("", |id| game.params[id.index()].label.as_str());
    html! {
        @if turns.rows.is_empty() { p { "It would turn at no value of one number alone." } }
        @else {
            table {
                caption { "It would turn if" }
                thead { tr {
                    th scope="col" { "number" } th scope="col" { "meaning" }
                    th.number scope="col" { "now" } th scope="col" { "went" }
                } }
                tbody {
                    @for (name, now, sides) in &turns.rows {
                        tr {
                            th scope="row" { code { (name) } }
                            td { (label(name)) }
                            td.number { (prepared.prose(&prepared.report.numbers.number(now))) }
                            td { (prepared.prose(sides)) }
                        }
                    }
                }
            }
        }
        @if !turns.unknown.is_empty() {
            p.remark { "Not known for: " (turns.unknown.join(", ")) }
        }
    }
}
