//! Result of `ask`: the questions of a scenario, answered.

use super::number;
use super::results::Number;
use crate::question::{Answer, Answered, Figure, Shape};
use crate::value::Range;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `ask`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Questions {
    /// Title of the game.
    pub title: String,
    /// The questions that were asked for.
    pub questions: Vec<QuestionEntry>,
    /// Whether the work was stopped before the last one.
    pub stopped: bool,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionEntry {
    /// What is asked.
    pub question: String,
    /// What answers it.
    pub answers: Vec<AnswerEntry>,
}

/// What one line of a question came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerEntry {
    /// What is worked out, as written, without `with`.
    pub asked: String,
    /// What is set for it.
    pub with: Vec<String>,
    /// Another file on whose game it was worked out.
    pub file: Option<String>,
    /// In which ways of play, if it speaks of all that were found.
    pub stands: Option<String>,
    /// Whether there is an answer; if not, the sentences say why.
    pub answered: bool,
    /// The answer, sentence by sentence.
    pub sentences: Vec<String>,
    /// The numbers in it.
    pub figures: Vec<FigureEntry>,
    /// What was and was not searched.
    pub searched: Vec<String>,
    /// Whether no other equilibrium of the kind exists.
    pub complete: bool,
    /// The command that works it out again.
    pub command: String,
}

/// A number of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureEntry {
    /// Of what.
    pub name: String,
    /// What kind: a probability, an amount, a probability that moved, or the part of a parameter's range in
    /// which something holds.
    pub kind: FigureKind,
    /// Its least and its greatest value; of a probability that moved, before and after.
    pub values: [Number; 2],
}

/// What kind of number.
#[allow(missing_docs, reason = "the words say it")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    Probability,
    Amount,
    Moved,
    Holds,
}

/// Questions for programs.
#[must_use]
pub fn questions(title: &str, answered: &[Answered], stopped: bool) -> Questions {
    let one = |question: &Answered| QuestionEntry {
        question: question.title.clone(),
        answers: question.answers.iter().map(answer).collect(),
    };
    Questions { title: title.to_owned(), questions: answered.iter().map(one).collect(), stopped }
}

fn answer(answer: &Answer) -> AnswerEntry {
    AnswerEntry {
        asked: answer.asked.clone(),
        with: answer.with.clone(),
        file: answer.file.clone(),
        stands: answer.stands.clone(),
        answered: answer.is_answered,
        sentences: answer.sentences.clone(),
        figures: answer.figures.iter().map(figure).collect(),
        searched: answer.searched.clone(),
        complete: answer.complete,
        command: answer.command.clone(),
    }
}

fn figure(figure: &Figure) -> FigureEntry {
    let of = |range: &Range| [number(&range.low), number(&range.high)];
    let (kind, values) = match &figure.shape {
        Shape::Share(range) => (FigureKind::Probability, of(range)),
        Shape::Amount(range) => (FigureKind::Amount, of(range)),
        Shape::Moved { from, to } => (FigureKind::Moved, [number(from), number(to)]),
        Shape::Span { holds: (low, high), .. } => (FigureKind::Holds, [number(low), number(high)]),
    };
    FigureEntry { name: figure.name.clone(), kind, values }
}
