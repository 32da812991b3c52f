//! The answer of `dominance`.

use super::convert::number;
use super::results::Number;
use crate::formats::text::dominance::notes;
use crate::strategies::strategy;
use detente_analysis::analyses::dominance::{self as found, Sense};
use detente_game::{GameInstance, PlayerId, Rational};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `dominance`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dominance {
    /// `strict` or `weak`.
    pub sense: String,
    /// What was removed, round after round.
    pub eliminations: Vec<Elimination>,
    /// What is left.
    pub left: Vec<Left>,
    /// Rounds that removed something.
    pub rounds: usize,
    /// Whether nothing that is left is dominated.
    pub complete: bool,
    /// What the result means, and what it does not say.
    pub notes: Vec<String>,
}

/// A strategy that was removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Elimination {
    /// In which round, from 1.
    pub round: usize,
    /// Whose strategy.
    pub player: String,
    /// What it does.
    pub strategy: Strategy,
    /// The mixture that dominates it.
    pub by: Vec<Weighted>,
    /// The least that is gained by the mixture.
    pub least_gain: Number,
    /// The most that is gained by it.
    pub greatest_gain: Number,
}

/// A pure reduced strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strategy {
    /// Its number among the player's, from 1.
    pub number: usize,
    /// In words.
    pub does: String,
}

/// A strategy with a probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Weighted {
    /// The probability.
    pub probability: Number,
    /// The strategy.
    pub strategy: Strategy,
}

/// A strategy that is left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Left {
    /// Whose.
    pub player: String,
    /// What it does.
    pub strategy: Strategy,
    /// A conjecture to which it is a best reply; absent if none was looked for.
    pub conjecture: Option<Vec<Told>>,
}

/// A profile with a probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The probability.
    pub probability: Number,
    /// One strategy's number for each player, from 1.
    pub profile: Vec<usize>,
}

/// Profiles with their probabilities.
pub(super) fn distribution(shares: &[(Vec<usize>, Rational)]) -> Vec<Told> {
    let one = |(profile, share): &(Vec<usize>, Rational)| Told {
        probability: number(share),
        profile: profile.iter().map(|at| at + 1).collect(),
    };
    shares.iter().map(one).collect()
}

/// Result of `dominance`.
#[must_use]
pub fn dominance(instance: &GameInstance, dominance: &found::Dominance) -> Dominance {
    let form = instance.form();
    let named = |player: PlayerId, at: usize| Strategy {
        number: at + 1,
        does: strategy(form, &dominance.form.strategies[player.index()][at]),
    };
    let eliminations = dominance.eliminations.iter().map(|one| Elimination {
        round: one.round,
        player: form.player(one.player).name.clone(),
        strategy: named(one.player, one.strategy),
        by: one
            .by
            .iter()
            .map(|(at, share)| Weighted {
                probability: number(share),
                strategy: named(one.player, *at),
            })
            .collect(),
        least_gain: number(&one.least),
        greatest_gain: number(&one.greatest),
    });
    let left = dominance.survivors.iter().map(|one| Left {
        player: form.player(one.player).name.clone(),
        strategy: named(one.player, one.strategy),
        conjecture: one.conjecture.as_deref().map(distribution),
    });
    let sense = match dominance.sense {
        Sense::Strict => "strict",
        Sense::Weak => "weak",
    };
    Dominance {
        sense: sense.to_owned(),
        eliminations: eliminations.collect(),
        left: left.collect(),
        rounds: dominance.rounds,
        complete: dominance.is_complete(),
        notes: notes(instance, dominance).into_iter().map(|(_, text)| text).collect(),
    }
}
