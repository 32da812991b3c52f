//! `value` as published types.

use super::number;
use super::results::Number;
use super::thresholds::{EndResult, end};
use crate::numbers::Numbers;
use crate::sentences::value as said;
use crate::value::{self as page, Found, Range, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `value`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValueResult {
    /// Title of the scenario.
    pub title: String,
    /// The game as it is.
    pub before: WorthOfAll,
    /// What it is worth to be told.
    pub information: Vec<Told>,
    /// What it is worth to be bound to a plan.
    pub commitment: Vec<BoundTo>,
    /// What equilibria are worth along a parameter.
    pub parameters: Vec<AlongParameter>,
    /// What was asked for and does not apply.
    pub left_out: Vec<String>,
    /// Whether the work was stopped by a signal, so that something is missing.
    pub stopped: bool,
}

/// What all equilibria that were found are worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorthOfAll {
    /// For each player; empty if no equilibrium is known exactly.
    pub worth: Vec<PlayerRange>,
    /// How many ways of play they are.
    pub ways: usize,
    /// `sequential`, `pbe`, …: the concept under which they are counted, the strongest that any satisfies.
    pub concept: Option<String>,
    /// Whether these are all.
    pub complete: bool,
    /// What was and was not searched.
    pub searched: String,
}

/// A range of one player's payoff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlayerRange {
    /// Who.
    pub player: String,
    /// The least payoff.
    pub low: Number,
    /// The greatest.
    pub high: Number,
}

/// A player told of something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// Who is told.
    pub player: String,
    /// Of what.
    pub about: String,
    /// How often what he is told is right.
    pub accuracy: Number,
    /// The game in which all know that he is told; none if it makes no difference to what he can tell.
    pub told: Option<WorthOfAll>,
    /// What each player gains by it.
    pub changes: Vec<PlayerRange>,
    /// What he gains if nobody else knows.
    pub alone: Option<PlayerRange>,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

/// A player bound to a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BoundTo {
    /// Who is bound.
    pub player: String,
    /// The best pure plan, the other breaking ties for him.
    pub pure: Option<PlanResult>,
    /// The best pure plan, the other breaking ties against him.
    pub pure_at_worst: Option<PlanResult>,
    /// The best plan of all, ties broken for him.
    pub mixed: Option<PlanResult>,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

/// A plan and the reply to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanResult {
    /// The plan.
    pub plan: String,
    /// The reply.
    pub reply: String,
    /// What they are worth to the one who is bound.
    pub worth: Number,
    /// What they are worth to the other.
    pub worth_to_other: Number,
}

/// Equilibria along a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlongParameter {
    /// Which.
    pub parameter: String,
    /// Its value now.
    pub now: Number,
    /// The ways of play now.
    pub ways: Vec<WayAlong>,
    /// At the ends of its range.
    pub ends: Vec<AtEnd>,
}

/// A way of play along a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WayAlong {
    /// Its letter.
    pub label: String,
    /// What it is worth to each player, in their order.
    pub worth: Vec<Number>,
    /// How fast that grows with the parameter, as long as the way of play holds.
    pub slope: Vec<Option<Number>>,
    /// Down to which value it holds; none if that is not known.
    pub below: Option<EndResult>,
    /// Up to which.
    pub above: Option<EndResult>,
}

/// The equilibria at an end of a range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtEnd {
    /// The parameter's value.
    pub at: Number,
    /// What they are worth.
    pub found: Option<WorthOfAll>,
    /// Why nothing was worked out.
    pub unknown: Option<String>,
}

/// The result for programs.
#[must_use]
pub fn value(game: &detente_game::Game, value: &Value) -> ValueResult {
    let names = &value.players;
    ValueResult {
        title: value.title.clone(),
        before: found(names, &value.before),
        information: value.learning.iter().map(|one| told(value, one)).collect(),
        commitment: value.commitment.iter().map(|one| bound(value, one)).collect(),
        parameters: value.along.iter().map(|one| along(game, names, one)).collect(),
        left_out: value.left_out.clone(),
        stopped: value.stopped,
    }
}

fn range(player: &str, range: &Range) -> PlayerRange {
    PlayerRange { player: player.to_owned(), low: number(&range.low), high: number(&range.high) }
}

fn found(names: &[String], found: &Found) -> WorthOfAll {
    WorthOfAll {
        worth: names.iter().zip(&found.worth).map(|(name, worth)| range(name, worth)).collect(),
        ways: found.ways,
        concept: found.concept.as_ref().map(|one| one.word().to_owned()),
        complete: found.complete,
        searched: found.searched.clone(),
    }
}

fn told(value: &Value, learning: &page::Learning) -> Told {
    let player = &value.players[learning.player];
    let after = learning.told.as_ref();
    let pairs = after.iter().flat_map(|after| after.worth.iter().zip(&value.before.worth));
    let changes = value.players.iter().zip(pairs);
    Told {
        player: player.clone(),
        about: learning.about.clone(),
        accuracy: number(&learning.accuracy),
        told: after.map(|after| found(&value.players, after)),
        changes: changes.map(|(name, (now, then))| range(name, &now.since(then))).collect(),
        alone: learning.alone.as_ref().map(|alone| range(player, alone)),
        sentences: said::learning(value, learning, Numbers::Both),
    }
}

fn bound(value: &Value, commitment: &page::Commitment) -> BoundTo {
    let plans = commitment.plans.as_ref().ok();
    BoundTo {
        player: value.players[commitment.player].clone(),
        pure: plans.map(|plans| plan(&plans.kind)),
        pure_at_worst: plans.map(|plans| plan(&plans.unkind)),
        mixed: plans.and_then(|plans| plans.mixed.as_ref()).map(plan),
        sentences: said::commitment(value, commitment, Numbers::Both),
    }
}

fn plan(plan: &page::Plan) -> PlanResult {
    PlanResult {
        plan: plan.plan.clone(),
        reply: plan.reply.clone(),
        worth: number(&plan.worth[0]),
        worth_to_other: number(&plan.worth[1]),
    }
}

fn along(game: &detente_game::Game, names: &[String], along: &page::Along) -> AlongParameter {
    let way = |way: &page::Way| WayAlong {
        label: way.label.clone(),
        worth: way.worth.iter().map(number).collect(),
        slope: way.slope.iter().map(|slope| slope.as_ref().map(number)).collect(),
        below: way.threshold.below.as_ref().ok().map(|reach| end(game, reach)),
        above: way.threshold.above.as_ref().ok().map(|reach| end(game, reach)),
    };
    let at_end = |(at, result): &(_, Result<Found, String>)| AtEnd {
        at: number(at),
        found: result.as_ref().ok().map(|result| found(names, result)),
        unknown: result.as_ref().err().cloned(),
    };
    AlongParameter {
        parameter: along.parameter.clone(),
        now: number(&along.base),
        ways: along.ways.iter().map(way).collect(),
        ends: along.ends.iter().map(at_end).collect(),
    }
}
