//! What several sections need, worked out once.

use super::Report;
use crate::cards::{Card, strength};
use crate::sentences::{SearchClaim, Sentence, Writer, narrative};

/// A report with the sentences of its cards.
pub(super) struct Prepared<'a> {
    pub report: &'a Report<'a>,
    /// The ways of play that are told in full.
    pub told: Vec<Told<'a>>,
    /// The others.
    pub others: Vec<&'a Card<'a>>,
}

/// A card and all that can be said of it.
pub(super) struct Told<'a> {
    pub card: &'a Card<'a>,
    pub sentences: Vec<Sentence>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(report: &'a Report<'a>) -> Self {
        let search = SearchClaim {
            method: report.search.method,
            complete: report.search.complete,
            searched: report.search.searched,
            enclosed: report.search.enclosed,
        };
        let shown = shown(report);
        let told = shown
            .iter()
            .map(|card| {
                let mut writer = Writer::new(card.lead(), report.numbers);
                let sentences = narrative(&mut writer, report.game, report.cards, &search);
                Told { card, sentences }
            })
            .collect();
        let is_other = |card: &&Card| !shown.iter().any(|shown| shown.label == card.label);
        Self { report, told, others: report.cards.iter().filter(is_other).collect() }
    }

    /// A text of the program, set.
    pub(super) fn prose(&self, text: &str) -> maud::Markup {
        super::words::prose(self.report.game, text)
    }
}

/// The cards that are told in full: those of the strongest concept, as many as are wanted.
pub(super) fn shown<'a>(report: &Report<'a>) -> Vec<&'a Card<'a>> {
    let cards = report.cards;
    let strongest = cards.iter().map(|card| strength(card.concept())).min();
    let is_strongest = |card: &&Card| Some(strength(card.concept())) == strongest;
    cards.iter().filter(is_strongest).take(report.most).collect()
}
