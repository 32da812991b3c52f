//! The answer of `correlated`.

use super::convert::number;
use super::dominance::{Told, distribution};
use super::results::Number;
use crate::formats::text::correlated::{name, notes};
use crate::strategies::strategy;
use detente_analysis::analyses::correlated::{self as found, Kind, Quantity};
use detente_game::GameInstance;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `correlated`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correlated {
    /// `correlated` or `coarse`.
    pub kind: String,
    /// The bounds.
    pub ranges: Vec<Range>,
    /// The players, and their strategies in words, in the order of their numbers.
    pub players: Vec<Strategies>,
    /// Whether every quantity has its bounds.
    pub complete: bool,
    /// What the result means, and what it does not say.
    pub notes: Vec<String>,
}

/// A player's strategies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strategies {
    /// Who.
    pub player: String,
    /// What each strategy does.
    pub strategies: Vec<String>,
}

/// The least and the greatest value of a quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// `outcome`, `other`, `end` or `payoff`.
    pub of: String,
    /// The outcome, the end or the player.
    pub name: String,
    /// The least value.
    pub low: Number,
    /// A distribution over profiles that attains it.
    pub low_at: Vec<Told>,
    /// The greatest value.
    pub high: Number,
    /// A distribution over profiles that attains it.
    pub high_at: Vec<Told>,
}

/// Result of `correlated`.
#[must_use]
pub fn correlated(instance: &GameInstance, correlated: &found::Correlated) -> Correlated {
    let form = instance.form();
    let players = form.players().iter().zip(&correlated.form.strategies);
    Correlated {
        kind: match correlated.kind {
            Kind::Correlated => "correlated".to_owned(),
            Kind::Coarse => "coarse".to_owned(),
        },
        ranges: correlated
            .ranges
            .iter()
            .map(|range| Range {
                of: of(&range.quantity).to_owned(),
                name: name(form, &range.quantity),
                low: number(&range.low),
                low_at: distribution(&range.low_at),
                high: number(&range.high),
                high_at: distribution(&range.high_at),
            })
            .collect(),
        players: players
            .map(|(player, own)| Strategies {
                player: player.name.clone(),
                strategies: own.iter().map(|one| strategy(form, one)).collect(),
            })
            .collect(),
        complete: correlated.left_out == 0 && correlated.ends_left_out == 0,
        notes: notes(instance, correlated).into_iter().map(|(_, text)| text).collect(),
    }
}

fn of(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Outcome(_) => "outcome",
        Quantity::NoOutcome => "other",
        Quantity::End(_) => "end",
        Quantity::Payoff(_) => "payoff",
    }
}
