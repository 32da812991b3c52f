//! A comparison of two scenarios as published types.

use super::number;
use super::results::Number;
use super::what_if::{Measured, Turning, Way, measured, turning};
use crate::formats::text::compare::Pair;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `compare`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// The two files.
    pub files: (String, String),
    /// The difference of the texts, as a unified diff; empty if they are the same, absent for a
    /// game of another program.
    pub text: Option<String>,
    /// Counts of the games that differ: what, and how many.
    pub counts: Vec<(String, usize, usize)>,
    /// Parameters that differ.
    pub parameters: Vec<ParameterChange>,
    /// Turns of the first file's equilibrium that lie between the values of a parameter.
    pub crossed: Vec<Crossed>,
    /// Why turns were not looked for, if they were not.
    pub not_crossed: Option<String>,
    /// The equilibria of both files; the kind is the file.
    pub columns: Vec<Way>,
    /// What is measured, an amount for each column.
    pub rows: Vec<Measured>,
    /// What was searched, a sentence for each search.
    pub searched: Vec<String>,
    /// Whether the work was stopped, so that something may be missing.
    pub stopped: bool,
}

/// A parameter that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParameterChange {
    /// Its name.
    pub name: String,
    /// Its value in the first file, if it has it.
    pub first: Option<Number>,
    /// Its value in the second.
    pub second: Option<Number>,
}

/// A turn between two values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Crossed {
    /// The parameter.
    pub parameter: String,
    /// The turn.
    pub turn: Turning,
    /// The same as a sentence.
    pub text: String,
}

/// Result of `compare`.
#[must_use]
pub fn compared(pair: &Pair, stopped: bool) -> Compared {
    Compared {
        files: pair.files.clone(),
        text: pair.text.clone(),
        counts: pair.counts.clone(),
        parameters: pair
            .parameters
            .iter()
            .map(|(name, first, second)| ParameterChange {
                name: name.clone(),
                first: first.as_ref().map(number),
                second: second.as_ref().map(number),
            })
            .collect(),
        crossed: pair
            .crossed
            .iter()
            .map(|(name, turn, text)| Crossed {
                parameter: name.clone(),
                turn: turning(turn),
                text: text.clone(),
            })
            .collect(),
        not_crossed: pair.not_crossed.clone(),
        columns: pair
            .columns
            .iter()
            .map(|(file, label)| Way { kind: file.clone(), label: Some(label.clone()) })
            .collect(),
        rows: pair.rows.iter().map(measured).collect(),
        searched: pair.searched.clone(),
        stopped,
    }
}
