//! The sections of a report, in the order of the page.
//!
//! A section is a function from the prepared report to its body; nothing if there is nothing to
//! show. A further one is a file here and a line in [`SECTIONS`].

mod appendix;
mod assumptions;
mod checks;
mod ensemble;
mod equilibria;
mod expectations;
mod glossary;
mod head;
mod knowledge;
mod map;
mod messages;
mod questions;
mod sensitivity;
mod story;
mod summary;
mod turns;
mod value;
mod why;

pub(super) use head::head;

use super::prepared::Prepared;
use maud::Markup;

/// A section of the page.
pub(super) struct Section {
    /// Its place in links; unique on the page.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its body, or nothing.
    pub body: fn(&Prepared) -> Option<Markup>,
}

/// All sections, in order.
pub(super) const SECTIONS: &[Section] = &[
    Section { id: "summary", title: "Summary", body: summary::body },
    Section { id: "answers", title: "Questions, in short", body: questions::in_short },
    Section { id: "story", title: "The story", body: story::body },
    Section { id: "knowledge", title: "Who knows what", body: knowledge::body },
    Section { id: "equilibria", title: "Ways of play", body: equilibria::body },
    Section { id: "messages", title: "What each move tells", body: messages::body },
    Section { id: "why", title: "Why, and what would turn it", body: why::body },
    Section { id: "turns", title: "How far each number may move", body: turns::body },
    Section { id: "map", title: "Where two numbers move together", body: map::body },
    Section { id: "ensemble", title: "If all uncertain numbers are drawn", body: ensemble::body },
    Section { id: "sensitivity", title: "Which number drives what", body: sensitivity::body },
    Section { id: "value", title: "What information is worth", body: value::body },
    Section { id: "assumptions", title: "Register of assumptions", body: assumptions::body },
    Section { id: "questions", title: "Questions and answers", body: questions::body },
    Section { id: "expectations", title: "Expectations", body: expectations::body },
    Section { id: "appendix", title: "Strategies in full", body: appendix::body },
    Section { id: "checks", title: "Verification log", body: checks::body },
    Section { id: "glossary", title: "Concepts and words", body: glossary::body },
];

/// What stands in the place of a section that was not worked out.
fn left_out(why: &str) -> Markup {
    maud::html! { p.warning { "Left out: " (why) "." } }
}
