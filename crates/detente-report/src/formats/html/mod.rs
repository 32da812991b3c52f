//! The report: one self-contained page in HTML, without scripts, for those who were not at the
//! keyboard. It reads on a screen, in print and in grey.
//!
//! A page is a list of [`sections`], one file each; a section is left out where the scenario has
//! nothing for it. Text is escaped by the templates; what is drawn is SVG inside the page. The body
//! is well-formed XML too, so that a strict parser reads it.

mod bars;
mod frame;
mod index;
mod prepared;
mod sections;
mod words;

pub use index::{Entry, Link, index};

use crate::cards::Card;
use crate::formats::json::{Ensemble, Expectation, RegionMap, Sensitivity};
use crate::formats::text::solve::Search;
use crate::numbers::Numbers;
use crate::question::Answered;
use crate::value::Value;
use detente_game::Game;
use maud::html;
use prepared::Prepared;

/// All that a report is made of. Nothing in it is searched for or judged here.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The game.
    pub game: &'a Game,
    /// Its equilibria, dealt into cards, at the point that was asked about.
    pub cards: &'a [Card<'a>],
    /// What was searched.
    pub search: Search<'a>,
    /// The author's expectations, each with its verdict; `None` if they were not checked.
    pub expectations: Option<&'a [Expectation]>,
    /// The questions that its author asks, answered.
    pub questions: &'a [Answered],
    /// The plane of the two numbers nearest to a turn, if there are two.
    pub map: Option<&'a Result<RegionMap, String>>,
    /// Draws of the uncertain numbers, or why they were left out; `None` if nothing is uncertain.
    pub ensemble: Option<&'a Result<Ensemble, String>>,
    /// What drives the quantities that were chosen.
    pub sensitivity: Option<&'a Result<Vec<Sensitivity>, String>>,
    /// What it is worth to be told; `None` if there is nothing to be told.
    pub value: Option<&'a Result<Value, String>>,
    /// Where all of this comes from.
    pub provenance: Provenance<'a>,
    /// How numbers are written in the body; the appendix has fractions.
    pub numbers: Numbers,
    /// How many ways of play are told in full; the others are listed.
    pub most: usize,
}

/// Where a report comes from.
#[derive(Debug, Clone, Copy)]
pub struct Provenance<'a> {
    /// The scenario's file, as it was named.
    pub file: &'a str,
    /// A hash of the text of all its files, with the name of the hash.
    pub text_hash: &'a str,
    /// Which détente it was.
    pub version: &'a str,
    /// What was set on the command line.
    pub set: &'a [String],
    /// The command that makes the page again.
    pub command: &'a str,
}

/// The page.
///
/// It depends on nothing but the argument: no clock, no machine.
#[must_use]
pub fn page(report: &Report) -> String {
    let prepared = Prepared::new(report);
    let sections: Vec<_> = sections::SECTIONS
        .iter()
        .filter_map(|section| Some((section, (section.body)(&prepared)?)))
        .collect();
    let contents = html! {
        nav aria-label="Contents" {
            ol {
                @for (section, _) in &sections {
                    li { a href={ "#" (section.id) } { (section.title) } }
                }
            }
        }
    };
    let body = html! {
        (sections::head(&prepared))
        (contents)
        main {
            @for (section, body) in &sections {
                section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                    h2 id={ (section.id) "-title" } { (section.title) }
                    (body)
                }
            }
        }
    };
    frame::page(&report.game.meta.title, &body)
}

/// What a report comes to, in a line: how many ways of play, and their names.
#[must_use]
pub fn conclusion(report: &Report) -> String {
    let found = crate::formats::text::solve::found(report.cards, &report.search);
    let prepared = prepared::shown(report);
    let titles: Vec<String> = prepared
        .iter()
        .map(|card| format!("{} {}", card.label, crate::formats::text::solve::title(card)))
        .collect();
    match titles.as_slice() {
        [] => found,
        titles => format!("{found}: {}", titles.join("; ")),
    }
}

#[cfg(test)]
mod tests;
