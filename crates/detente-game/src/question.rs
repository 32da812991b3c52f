//! What an analyst asks of a game, and what is to be worked out to answer it, resolved against its form.
//!
//! A question holds no answer: whoever answers works everything out on the game as it is then.

use crate::claim::{Override, Quantity};
use crate::form::NodeSet;
use crate::ids::{ParamId, PlayerId};

/// One `question`.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked.
    pub title: String,
    /// Byte offsets of the question in its file.
    pub span: (u32, u32),
    /// What answers it.
    pub asks: Vec<Ask>,
}

/// A line of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// As written, on one line, without `with`.
    pub text: String,
    /// Parameters and settings set for this line alone. If a setting is among them the line speaks of
    /// another tree: compile the scenario with it and take the line of the same position there.
    pub with: Vec<Override>,
    /// What is to be worked out.
    pub kind: AskKind,
}

/// What is to be worked out.
#[derive(Debug, Clone, PartialEq)]
pub enum AskKind {
    /// A number of the equilibria, or of the parameters alone.
    Number {
        /// The number.
        quantity: Quantity,
        /// What the probability is of, if the number is one and nothing else.
        of: Option<Event>,
    },
    /// What a player believes at his first situations that lie wholly after something.
    Belief {
        /// Who.
        player: PlayerId,
        /// The ends that belong to what is believed.
        about: NodeSet,
        /// After what; all ends if nothing is said.
        after: NodeSet,
        /// The same in the author's words.
        of: Event,
    },
    /// What a player gets.
    Payoff(PlayerId),
    /// Between which values of a parameter, moved alone, something holds.
    Thresholds {
        /// Which.
        param: ParamId,
        /// The title of the `expect … exists` that is to be met; the way of play, if none is named.
        claim: Option<String>,
    },
    /// Which parameter turns the way of play soonest.
    Assumptions,
    /// What it is worth to a player to be told what chance has decided of the others.
    Information(PlayerId),
    /// What a variant changes, by its name.
    WhatIf(String),
    /// The answers of the question of the same title in another file.
    See(String),
    /// It cannot be understood under the settings the form was compiled with, and need not be.
    Elsewhere,
}

/// An event and a condition in the author's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The event.
    pub event: String,
    /// The condition.
    pub given: Option<String>,
}
