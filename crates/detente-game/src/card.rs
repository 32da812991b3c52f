//! Cards: what a solver, a concept or an output says of itself.
//!
//! Help texts, the manual's tables and the test matrix are made from cards, so a list in prose
//! cannot drift from what the code offers.

use serde::Serialize;

/// What one method claims: its name, what it accepts, what it guarantees and what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Name as typed on the command line.
    pub name: &'static str,
    /// One line for lists.
    pub line: &'static str,
    /// The games it accepts.
    pub accepts: &'static str,
    /// Whether its numbers are exact rationals.
    pub exact: bool,
    /// What it finds in full, if its search is complete.
    pub complete: Option<&'static str>,
    /// How its cost grows.
    pub cost: &'static str,
    /// Author, year and theorem or section.
    pub source: &'static str,
}
