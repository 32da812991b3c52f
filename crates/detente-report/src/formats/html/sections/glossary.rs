//! The concepts that the equilibria were judged by, and the words of the page.

use crate::formats::html::prepared::Prepared;
use detente_game::Card;
use maud::{Markup, html};

/// Words that a reader may not know.
const WORDS: &[(&str, &str)] = &[
    ("situation", "all that a player cannot tell apart when it chooses (an information set)"),
    ("equilibrium", "a plan for every player such that nobody gains by another plan of his own"),
    ("way of play", "equilibria that lead to the same events with the same probabilities"),
    ("on the path", "what happens with positive probability if all keep to the plans"),
    (
        "off the path",
        "what does not happen if all keep to the plans; what would be done there matters",
    ),
    ("margin", "what the best other option would cost at a choice"),
    ("indifferent", "two options are worth the same; the plan does not rest on a preference"),
    ("knife-edge", "it needs a belief of exactly one value; the least change undoes it"),
    ("continuum", "equilibria that are not isolated: some probability is free within bounds"),
    ("certificate", "what a checker needs to see that an equilibrium holds, without a search"),
];

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let used: Vec<&Card> = detente_verify::cards()
        .iter()
        .filter(|card| {
            let cards = prepared.report.cards.iter();
            let enclosed = prepared.report.search.enclosed.iter().map(|one| one.concept());
            cards.map(|card| card.concept()).chain(enclosed).any(|used| used.word() == card.name)
        })
        .collect();
    Some(html! {
        @if !used.is_empty() {
            h3 { "Concepts used" }
            dl {
                @for card in used {
                    dt { (card.name.replace('_', " ")) }
                    dd { (card.line) ". " span.file { (card.source) } }
                }
            }
        }
        h3 { "Words" }
        dl { @for (word, meaning) in WORDS { dt { (word) } dd { (meaning) } } }
    })
}
