//! The answer of `compare-concepts`.

use super::convert::number;
use super::results::Number;
use crate::formats::text::comparison::{Row, reason};
use crate::formats::text::solve::title;
use detente_analysis::analyses::comparison::{CONCEPTS, Cell};
use detente_game::GameForm;
use detente_game::claim::Concept;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `compare-concepts`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// The equilibria found, one row for each way of play.
    pub rows: Vec<Judged>,
    /// What was and was not searched, a sentence for each search.
    pub searched: Vec<String>,
}

/// What the concepts say of one way of play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// Its letter.
    pub label: String,
    /// What happens, or the author's name for it.
    pub title: String,
    /// One for each concept; empty if the work was stopped before it.
    pub concepts: Vec<Entry>,
}

/// What one concept says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The concept's word.
    pub concept: String,
    /// `holds`, `fails`, `undecided` or `undefined`.
    pub answer: String,
    /// For how many of the judged equilibria it holds, and how many there are.
    pub holds: Option<(usize, usize)>,
    /// Who gains, if it fails.
    pub player: Option<String>,
    /// By what.
    pub instead: Option<String>,
    /// How much at the least.
    pub gain: Option<Number>,
    /// Why it does not hold, a sentence.
    pub reason: Option<String>,
}

/// Result of `compare-concepts`.
#[must_use]
pub fn comparison(form: &GameForm, rows: &[Row], searched: &[String]) -> Comparison {
    let judged = |row: &Row| Judged {
        label: row.card.label.clone(),
        title: title(row.card),
        concepts: CONCEPTS
            .iter()
            .zip(row.cells.iter().flatten())
            .map(|(concept, cell)| entry(form, concept, cell))
            .collect(),
    };
    Comparison { rows: rows.iter().map(judged).collect(), searched: searched.to_vec() }
}

fn entry(form: &GameForm, concept: &Concept, cell: &Cell) -> Entry {
    let (answer, holds, failure) = match cell {
        Cell::Holds(holds, of) => ("holds", Some((*holds, *of)), None),
        Cell::Fails(failure) => ("fails", None, Some(failure)),
        Cell::Undecided(_) => ("undecided", None, None),
        Cell::Undefined(_) => ("undefined", None, None),
    };
    Entry {
        concept: concept.word().to_owned(),
        answer: answer.to_owned(),
        holds,
        player: failure.map(|failure| form.player(failure.player).name.clone()),
        instead: failure.map(|failure| failure.instead.clone()),
        gain: failure.map(|failure| number(&failure.gain)),
        reason: reason(cell).map(str::to_owned),
    }
}
