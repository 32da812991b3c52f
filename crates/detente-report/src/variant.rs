//! A variant of a game beside the game itself: what its page shows, on screens and for programs.

use crate::sentences::Sentence;
use detente_analysis::analyses::contrast::Row;
use detente_analysis::analyses::first_turn::FirstTurn;
use detente_game::Rational;

/// What the play of a column is.
#[allow(missing_docs, reason = "the words say it")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Before,
    NumbersSet,
    KnownToAll,
    NobodyElseKnows,
}

impl Kind {
    /// The word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::NumbersSet => "numbers_set",
            Self::KnownToAll => "known_to_all",
            Self::NobodyElseKnows => "nobody_else_knows",
        }
    }
}

/// One way of play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is.
    pub kind: Kind,
    /// The equilibrium's letter among those of its kind; `None` if it need not be one.
    pub label: Option<String>,
}

impl Column {
    /// Its head.
    #[must_use]
    pub fn head(&self) -> String {
        let text = match self.kind {
            Kind::Before => "before",
            Kind::NumbersSet => "numbers set",
            Kind::KnownToAll => "all know",
            Kind::NobodyElseKnows => "nobody else knows",
        };
        match &self.label {
            Some(label) => format!("{text}: {label}"),
            None => text.to_owned(),
        }
    }
}

/// How far a way of play lasts along the lever of the locks.
#[derive(Debug, Clone)]
pub struct Range {
    /// The way of play.
    pub column: Column,
    /// The first turn below.
    pub below: Option<FirstTurn>,
    /// The first turn above.
    pub above: Option<FirstTurn>,
    /// The same as a sentence.
    pub text: String,
}

/// What knowing of the locks alone is worth to a player: his name, the gain, and the price if there
/// is no lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knowing {
    /// Who.
    pub player: String,
    /// The gain.
    pub gain: Rational,
    /// The price.
    pub price: Rational,
}

/// A variant, played.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name, or the lock as it was typed.
    pub name: String,
    /// How the file wants it: whether nobody else knows. `None` if nothing is locked.
    pub nobody_else_knows: Option<bool>,
    /// The ways of play.
    pub columns: Vec<Column>,
    /// What differs between them, an amount for each column.
    pub rows: Vec<Row>,
    /// What the lever is and its values without and with the locks, if there is one.
    pub lever: Option<(String, Rational, Rational)>,
    /// How far the ways of play last.
    pub ranges: Vec<Range>,
    /// What the lock is worth to those it is a lock of, nobody else knowing.
    pub own: Vec<(String, Rational)>,
    /// What knowing it alone is worth to the others.
    pub knowing: Vec<Knowing>,
    /// Checked sentences.
    pub sentences: Vec<Sentence>,
    /// What was searched, a sentence for each search.
    pub searched: Vec<String>,
    /// Whether every search was complete.
    pub complete: bool,
}
