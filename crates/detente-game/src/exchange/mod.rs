//! Exchange formats: reading and writing games of other programs.
//!
//! | format | what it holds | read | write |
//! |---|---|---|---|
//! | `.efg` (Gambit, "EFG 2 R") | a tree | [`read_efg`] | [`write_efg`] |
//! | `.nfg` (Gambit, "NFG 1 R") | a strategic form | [`read_nfg`] | [`write_nfg`] |
//! | JSON | a game at a point, ids included | [`read_json`] | [`write_json`] |
//!
//! All numbers stay exact. Readers take any text without panicking, do not recurse, and refuse
//! with line, column, a sentence and, where there is one, a hint.

mod efg;
mod json;
mod labels;
mod nfg;
mod priors;
mod scan;

pub use efg::{EfgOptions, read_efg, write_efg};
pub use json::{
    EventDocument, GameDocument, InfoSetDocument, LogEntryDocument, LotteryDocument, NodeDocument,
    PlayerDocument, RowDocument, StakeDocument, ValueLabelDocument, read_json, write_json,
};
pub use nfg::{
    ReducedStrategy, StrategicForm, StrategicLimits, read_nfg, reduced_strategies, strategic_form,
    write_nfg,
};

use crate::game::Game;
use std::fmt;

/// Name of the one stake each player has in an imported game.
pub const IMPORTED_STAKE: &str = "payoff";

/// What a reader accepts at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportLimits {
    /// Nodes of the tree.
    pub nodes: usize,
    /// Nodes times players: what the check of perfect recall keeps in memory.
    pub nodes_times_players: usize,
    /// Characters of one number.
    pub digits: usize,
}

impl Default for ImportLimits {
    fn default() -> Self {
        Self { nodes: 10_000_000, nodes_times_players: 100_000_000, digits: 1_000 }
    }
}

/// A game that was read, with remarks on what is unusual in it.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The game; it has no parameters.
    pub game: Game,
    /// Sentences for the analyst, such as that a player forgets something.
    pub notes: Vec<String>,
}

/// A text that was written, with remarks on what it cannot carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file's text.
    pub text: String,
    /// Sentences for the analyst, such as that payoffs were rescaled for differing priors.
    pub notes: Vec<String>,
}

/// Why a text is not a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What may help.
    pub hint: Option<String>,
}

impl ImportError {
    /// The error with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, column {}: {}", self.line, self.column, self.message)?;
        match &self.hint {
            Some(hint) => write!(out, "\n  = help: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ImportError {}

/// Why a game cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportError {
    /// What stands in the way, as a sentence.
    pub message: String,
    /// What may help.
    pub hint: Option<String>,
}

impl fmt::Display for ExportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(out, "\n  = help: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ExportError {}
