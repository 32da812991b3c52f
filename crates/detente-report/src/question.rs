//! An analyst's question with what was worked out to answer it: what screens, pages and programs show.

use crate::value::Range;
use detente_game::Rational;

/// A question and its answers.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What is asked.
    pub title: String,
    /// What answers it, line by line.
    pub answers: Vec<Answer>,
}

impl Answered {
    /// Whether every line has an answer.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.answers.is_empty() && self.answers.iter().all(|answer| answer.is_answered)
    }
}

/// What one line came to.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What is worked out, as written, without `with`.
    pub asked: String,
    /// What is set for it, `offered = 1`.
    pub with: Vec<String>,
    /// Another file on whose game it was worked out.
    pub file: Option<String>,
    /// In which ways of play, if it speaks of all that were found: `A, the only way of play (Nash)`.
    pub stands: Option<String>,
    /// The answer, sentence by sentence.
    pub sentences: Vec<String>,
    /// The numbers in it that are worth a picture.
    pub figures: Vec<Figure>,
    /// What was and was not searched.
    pub searched: Vec<String>,
    /// Whether no other equilibrium of the kind exists.
    pub complete: bool,
    /// The command that works it out again.
    pub command: String,
    /// Whether there is an answer; if not, the sentences say why.
    pub is_answered: bool,
}

/// A number of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Of what.
    pub name: String,
    /// The number.
    pub shape: Shape,
}

/// What kind of number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A probability, or the range of it over a continuum.
    Share(Range),
    /// An amount.
    Amount(Range),
    /// A probability before and after a change.
    Moved {
        /// Before.
        from: Rational,
        /// After.
        to: Rational,
    },
    /// The part of a parameter's range in which a way of play holds.
    Span {
        /// The range.
        range: (Rational, Rational),
        /// The part; ends that are no fractions by their middle.
        holds: (Rational, Rational),
        /// The value now.
        now: Rational,
    },
}

/// Texts in their order, each once.
pub fn distinct<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<&'t String> {
    let mut all: Vec<&String> = Vec::new();
    for text in texts {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}
