//! The answer of `compare-concepts`.

use super::convert::number;
use super::results::Number;
use crate::formats::text::comparison::{Row, instead, reason};
use crate::formats::text::solve::title;
use detente_analysis::analyses::comparison::{CRITERIA, Cell, Criterion};
use detente_game::GameForm;
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
    /// The concept's word, or `forward_induction`.
    pub concept: String,
    /// `holds`, `fails`, `undecided` or `undefined`.
    pub answer: String,
    /// For how many of the judged equilibria it holds, and how many there are.
    pub holds: Option<(usize, usize)>,
    /// Who gains, if it fails; for forward induction, whose plan goes.
    pub player: Option<String>,
    /// By what; for forward induction, what dominates that plan.
    pub instead: Option<String>,
    /// How much at the least; for forward induction, how much that is better at the most.
    pub gain: Option<Number>,
    /// For forward induction, the round of the elimination.
    pub round: Option<usize>,
    /// Why it does not hold, a sentence.
    pub reason: Option<String>,
}

/// Result of `compare-concepts`.
#[must_use]
pub fn comparison(form: &GameForm, rows: &[Row], searched: &[String]) -> Comparison {
    let judged = |row: &Row| Judged {
        label: row.card.label.clone(),
        title: title(row.card),
        concepts: CRITERIA
            .iter()
            .zip(row.cells.iter().flatten())
            .map(|(criterion, cell)| entry(form, criterion, cell))
            .collect(),
    };
    Comparison { rows: rows.iter().map(judged).collect(), searched: searched.to_vec() }
}

fn entry(form: &GameForm, criterion: &Criterion, cell: &Cell) -> Entry {
    let name = |player| form.player(player).name.clone();
    let mut entry = Entry {
        concept: criterion.word().to_owned(),
        answer: String::new(),
        holds: None,
        player: None,
        instead: None,
        gain: None,
        round: None,
        reason: reason(form, cell),
    };
    entry.answer = match cell {
        Cell::Holds(holds, of) => {
            entry.holds = Some((*holds, *of));
            "holds"
        }
        Cell::Fails(failure) => {
            entry.player = Some(name(failure.player));
            entry.instead = Some(failure.instead.clone());
            entry.gain = Some(number(&failure.gain));
            "fails"
        }
        Cell::Broken(step) => {
            entry.player = Some(name(step.gone.player));
            entry.instead = Some(instead(form, step));
            entry.gain = Some(number(&step.gone.greatest));
            entry.round = Some(step.gone.round);
            "fails"
        }
        Cell::Undecided(_) => "undecided",
        Cell::Undefined(_) => "undefined",
    }
    .to_owned();
    entry
}
