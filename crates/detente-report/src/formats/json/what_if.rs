//! Variants as published types.

use super::number;
use super::results::{Number, Place};
use crate::sentences::is_confirmed;
use crate::variant::{Range, Variant};
use detente_analysis::analyses::contrast::{Amount, Measure, Row};
use detente_analysis::analyses::first_turn::{FirstTurn, Place as Turns};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `whatif`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhatIfs {
    /// Title of the scenario.
    pub title: String,
    /// The variants.
    pub variants: Vec<WhatIfResult>,
    /// Whether the work was stopped, so that something may be missing.
    pub stopped: bool,
}

/// A variant, played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhatIfResult {
    /// Its name, or the lock as it was typed.
    pub name: String,
    /// Whether the file says that nobody else knows; absent if nothing is locked.
    pub nobody_else_knows: Option<bool>,
    /// The ways of play.
    pub columns: Vec<Way>,
    /// Everything that is measured, an amount for each column.
    pub rows: Vec<Measured>,
    /// On what the locks hang, if there are locks.
    pub lever: Option<Lever>,
    /// How far ways of play last along it.
    pub ranges: Vec<Lasting>,
    /// What the lock is worth to those it is a lock of, nobody else knowing.
    pub own: Vec<Gain>,
    /// What knowing of it alone is worth to the others.
    pub knowing: Vec<KnowingAlone>,
    /// Checked sentences.
    pub sentences: Vec<String>,
    /// What was searched, a sentence for each search.
    pub searched: Vec<String>,
    /// Whether every search was complete.
    pub complete: bool,
}

/// A way of play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Way {
    /// `before`, `numbers_set`, `known_to_all`, `nobody_else_knows`; in `compare` the file.
    pub kind: String,
    /// The equilibrium's letter among those of its kind.
    pub label: Option<String>,
}

/// One measure of all ways of play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// `outcome`, `choice`, `value`, `value_of_type` or `told`.
    pub measure: String,
    /// Outcome, event or player.
    pub of: String,
    /// The value of the event, the player's type, or the choice that tells.
    pub which: Option<String>,
    /// Whether the ways of play differ in it.
    pub differs: bool,
    /// An amount for each column.
    pub amounts: Vec<Option<MeasuredAmount>>,
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MeasuredAmount {
    /// A probability or payoff.
    Exact {
        /// The value.
        value: Number,
    },
    /// Bits, in floating point.
    Bits {
        /// How many are told.
        told: f64,
        /// How many there are.
        of: f64,
    },
}

/// On what locks hang.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lever {
    /// What it is.
    pub name: String,
    /// Its value without the locks.
    pub without: Number,
    /// Its value with the locks.
    pub with: Number,
}

/// How far a way of play lasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lasting {
    /// The way of play.
    pub way: Way,
    /// Where it first turns below.
    pub below: Option<Turning>,
    /// Where it first turns above.
    pub above: Option<Turning>,
    /// The same as a sentence.
    pub text: String,
}

/// A turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Turning {
    /// Where.
    pub at: Place,
    /// Whether the judge found the play before it and refused it after it, and every choice was
    /// followed.
    pub confirmed: bool,
}

/// What a player gains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gain {
    /// Who.
    pub player: String,
    /// How much; less than 0 for a loss.
    pub gain: Number,
}

/// What knowing of a lock alone is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KnowingAlone {
    /// To whom.
    pub player: String,
    /// The gain.
    pub gain: Number,
    /// What the same choices cost if there is no lock.
    pub price: Number,
}

/// A variant.
#[must_use]
pub fn what_if(variant: &Variant) -> WhatIfResult {
    WhatIfResult {
        name: variant.name.clone(),
        nobody_else_knows: variant.nobody_else_knows,
        columns: variant.columns.iter().map(way).collect(),
        rows: variant.rows.iter().map(measured).collect(),
        lever: variant.lever.as_ref().map(|(name, without, with)| Lever {
            name: name.clone(),
            without: number(without),
            with: number(with),
        }),
        ranges: variant.ranges.iter().map(lasting).collect(),
        own: variant
            .own
            .iter()
            .map(|(player, gain)| Gain { player: player.clone(), gain: number(gain) })
            .collect(),
        knowing: variant
            .knowing
            .iter()
            .map(|one| KnowingAlone {
                player: one.player.clone(),
                gain: number(&one.gain),
                price: number(&one.price),
            })
            .collect(),
        sentences: variant.sentences.iter().map(|sentence| sentence.text.clone()).collect(),
        searched: variant.searched.clone(),
        complete: variant.complete,
    }
}

fn way(column: &crate::variant::Column) -> Way {
    Way { kind: column.kind.word().to_owned(), label: column.label.clone() }
}

pub(super) fn turning(turn: &FirstTurn) -> Turning {
    Turning {
        at: match &turn.at {
            Turns::At(root) => super::convert::place(root),
            Turns::Between(interval) => {
                Place::Enclosed { low: number(&interval.low), high: number(&interval.high) }
            }
        },
        confirmed: is_confirmed(turn),
    }
}

fn lasting(range: &Range) -> Lasting {
    Lasting {
        way: way(&range.column),
        below: range.below.as_ref().map(turning),
        above: range.above.as_ref().map(turning),
        text: range.text.clone(),
    }
}

/// One measure.
#[must_use]
pub fn measured(row: &Row) -> Measured {
    let (measure, of, which) = match &row.measure {
        Measure::Outcome(name) => ("outcome", name, None),
        Measure::Choice(event, value) => ("choice", event, Some(value)),
        Measure::Value(player) => ("value", player, None),
        Measure::ValueOfType(player, kind) => ("value_of_type", player, Some(kind)),
        Measure::Told(player, event) => ("told", player, Some(event)),
    };
    let amount = |amount: &Amount| match amount {
        Amount::Exact(value) => MeasuredAmount::Exact { value: number(value) },
        Amount::Bits(told, of) => MeasuredAmount::Bits { told: *told, of: *of },
    };
    Measured {
        measure: measure.to_owned(),
        of: of.clone(),
        which: which.cloned(),
        differs: row.differs(),
        amounts: row.amounts.iter().map(|one| one.as_ref().map(amount)).collect(),
    }
}
