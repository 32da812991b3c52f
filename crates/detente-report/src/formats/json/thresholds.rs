//! Thresholds as published types.

use super::convert::number;
use super::results::{Number, Place};
use crate::formats::text::thresholds::{leaves, meaning, takes_over};
use crate::formulas::condition;
use crate::numbers::Numbers;
use detente_analysis::algebra::Root;
use detente_analysis::analyses::ends::Limit;
use detente_analysis::analyses::thresholds::{Reach, Threshold};
use detente_game::Game;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `thresholds`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Thresholds {
    /// What is to hold.
    pub what: String,
    /// Per parameter, where it holds.
    pub intervals: Vec<Interval>,
    /// What the result means.
    pub meaning: String,
    /// Whether the work was stopped by a signal, so that parameters are missing.
    pub stopped: bool,
}

/// The values of one parameter for which something holds, all others as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// Which parameter.
    pub parameter: String,
    /// Its value now.
    pub now: Number,
    /// The lower end; none if it is not known.
    pub below: Option<EndResult>,
    /// The upper end; none if it is not known.
    pub above: Option<EndResult>,
    /// Why an end is not known.
    pub unknown: Option<String>,
}

/// An end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EndResult {
    /// `inside` the range, `range` (it holds to the end of the range), `none` (no range, no end).
    pub kind: String,
    /// Where; `enclosed` too if it lies between two values and no formula says where.
    pub at: Option<Place>,
    /// What ends it, as sentences.
    pub leaves: Vec<String>,
    /// What the choice that ends it needs, as a formula in all parameters.
    pub needs: Option<String>,
    /// Whether it holds just before.
    pub holds_before: Option<bool>,
    /// Whether it holds at the end itself.
    pub holds_at: Option<bool>,
    /// Whether it holds just beyond.
    pub holds_beyond: Option<bool>,
    /// Whether every condition was followed between now and the end; else some values were asked.
    pub all_followed: bool,
    /// Where one equilibrium hands over to the next on the way.
    pub passed: Vec<Place>,
    /// Those of them, no fractions, of which it is shown on both sides that it holds, but not there.
    pub passed_unasked: Vec<Place>,
    /// A value beyond the end at which was solved.
    pub beyond: Option<Number>,
    /// What takes over there, as a sentence.
    pub takes_over: Option<String>,
    /// Where what is to hold was found to hold again beyond the end.
    pub again: Option<AgainResult>,
}

/// That what ended holds on the other side too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainResult {
    /// How far back towards the end it holds there.
    pub from: Option<Place>,
    /// Whether it was found not to hold between, at `beyond`; else there may be no gap.
    pub after_gap: bool,
}

/// Result of `thresholds`.
#[must_use]
pub fn thresholds(game: &Game, what: &str, found: &[Threshold]) -> Thresholds {
    let one = |threshold: &Threshold| {
        let sides = [&threshold.below, &threshold.above];
        let why = sides.iter().find_map(|side| side.as_ref().err());
        Interval {
            parameter: game.params[threshold.param.index()].name.clone(),
            now: number(&threshold.base),
            below: threshold.below.as_ref().ok().map(|reach| end(game, reach)),
            above: threshold.above.as_ref().ok().map(|reach| end(game, reach)),
            unknown: why.map(|why| (*why).to_owned()),
        }
    };
    Thresholds {
        what: what.to_owned(),
        intervals: found.iter().map(one).collect(),
        meaning: meaning(found),
        stopped: false,
    }
}

pub(super) fn end(game: &Game, reach: &Reach) -> EndResult {
    let end = &reach.end;
    let kind = match end.limit {
        Limit::Range(_) => "range",
        Limit::None => "none",
        Limit::At(_) | Limit::Between(_) => "inside",
    };
    EndResult {
        kind: kind.to_owned(),
        at: place(&end.limit),
        leaves: end.leaves.iter().map(|leaving| leaves(&reach.last, leaving)).collect(),
        needs: reach.condition.as_ref().map(|found| condition(game, found)),
        holds_before: end.holds_before,
        holds_at: end.holds_at,
        holds_beyond: end.holds_beyond,
        all_followed: end.all_followed,
        passed: reach.passed.iter().filter_map(|passage| place(&passage.at)).collect(),
        passed_unasked: reach
            .passed
            .iter()
            .filter(|passage| !passage.is_shown_there)
            .filter_map(|passage| place(&passage.at))
            .collect(),
        beyond: reach.beyond.as_ref().map(|beyond| number(&beyond.at)),
        takes_over: reach.beyond.as_ref().map(|beyond| takes_over(beyond, Numbers::Both)),
        again: reach
            .beyond
            .as_ref()
            .and_then(|beyond| beyond.again.as_ref())
            .map(|again| AgainResult { from: place(&again.from), after_gap: again.is_after_gap }),
    }
}

fn place(limit: &Limit) -> Option<Place> {
    let between = |low, high| Place::Enclosed { low: number(low), high: number(high) };
    match limit {
        Limit::None => None,
        Limit::Range(value) | Limit::At(Root::Exact(value)) => {
            Some(Place::Exact { value: number(value) })
        }
        Limit::At(root) => Some(between(root.low(), root.high())),
        Limit::Between(interval) => Some(between(&interval.low, &interval.high)),
    }
}
