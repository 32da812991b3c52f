//! The answer of `ensemble`.

use crate::formats::text::ensemble::{Shown, play, rule, searched};
use detente_analysis::analyses::ensemble as found;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `ensemble`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ensemble {
    /// How many members were drawn.
    pub members: u64,
    /// The seed.
    pub seed: u64,
    /// A hash of the text of all files of the scenario.
    pub scenario_hash: String,
    /// `quasi-random` or `pseudo-random`.
    pub points: String,
    /// The parameters drawn.
    pub drawn: Vec<String>,
    /// The solution concept.
    pub concept: String,
    /// Shares of members by the number of plays that are equilibria.
    pub by_count: Vec<Count>,
    /// What is kept where several plays are equilibria.
    pub rule: EnsembleRule,
    /// All plays met, in order of their first member.
    pub plays: Vec<EnsemblePlay>,
    /// Means of the bounds of outcomes and payoffs over the equilibria of a member that are kept.
    pub quantities: Vec<Bounds>,
    /// Members at which a comparison was too close for double precision and was decided by fractions.
    pub decided_by_fractions: u64,
    /// Members that were solved on their own.
    pub solved_alone: u64,
    /// Members at which there is no game.
    pub no_game: u64,
    /// Members at which the search was not finished.
    pub unfinished: u64,
    /// Different equilibria that the verifier passed, each at the member where it was met first.
    pub verified: u64,
    /// What was and was not searched.
    pub searched: String,
    /// Whether a signal ended it before all members were drawn.
    pub stopped: bool,
}

/// An estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The estimate.
    pub mean: f64,
    /// Its standard error; none if there are too few draws to tell it.
    pub error: Option<f64>,
}

/// The share of members with so many plays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// How many plays are equilibria.
    pub plays: u32,
    /// The share of members.
    pub share: Estimate,
}

/// A play and how often it is an equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnsemblePlay {
    /// What each player does on the path.
    pub play: String,
    /// The share of members at which it is an equilibrium.
    pub share: Estimate,
    /// The share of members at which it is kept by the rule.
    pub kept: Estimate,
}

/// What is kept of several plays, and how often a rule chose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnsembleRule {
    /// As asked for.
    pub name: String,
    /// What it says and how often it chose, in words.
    pub told: String,
    /// Members at which it chose among several plays; 0 for `bounds`.
    pub several: u64,
    /// Members of these at which one play satisfies it, for certain.
    pub one: u64,
    /// Members of these at which none does, so that all are kept.
    pub none: u64,
    /// Members of these at which plays were kept without knowing whether they satisfy it.
    pub open: u64,
}

/// Means of the least and the greatest value over the equilibria of a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    /// `outcome`, `other` or `payoff`.
    pub of: String,
    /// The outcome or the player.
    pub name: String,
    /// The mean of the least value; none if no member has an equilibrium.
    pub low: Option<Estimate>,
    /// The mean of the greatest value.
    pub high: Option<Estimate>,
}

fn estimate(found: found::Estimate) -> Estimate {
    Estimate { mean: found.mean, error: found.error }
}

/// Result of `ensemble`.
#[must_use]
pub fn ensemble(shown: &Shown<'_>) -> Ensemble {
    let (form, totals) = (shown.form, shown.totals);
    let one = |(number, path): (usize, &found::Path)| EnsemblePlay {
        play: play(form, path),
        share: estimate(totals.share_of_play(number)),
        kept: estimate(totals.share_kept(number)),
    };
    let bounds = |(place, quantity): (usize, &found::Quantity)| {
        let range = totals.mean_range(place, *quantity);
        Bounds {
            of: match quantity {
                found::Quantity::Outcome(_) => "outcome".to_owned(),
                found::Quantity::NoOutcome => "other".to_owned(),
                found::Quantity::Payoff(_) => "payoff".to_owned(),
            },
            name: quantity.name(form),
            low: range.map(|(low, _)| estimate(low)),
            high: range.map(|(_, high)| estimate(high)),
        }
    };
    let count = |(plays, share)| Count { plays, share: estimate(share) };
    Ensemble {
        members: totals.members,
        seed: shown.seed,
        scenario_hash: shown.hash.to_owned(),
        points: shown.points.to_owned(),
        drawn: shown.drawn.clone(),
        concept: shown.concept.name().to_owned(),
        by_count: totals.shares_by_count().into_iter().map(count).collect(),
        rule: EnsembleRule {
            name: shown.rule.name.to_owned(),
            told: rule(shown),
            several: totals.ruled.several,
            one: totals.ruled.one,
            none: totals.ruled.none,
            open: totals.ruled.open,
        },
        plays: totals.plays.iter().enumerate().map(one).collect(),
        quantities: shown.quantities.iter().enumerate().map(bounds).collect(),
        decided_by_fractions: totals.close,
        solved_alone: totals.alone,
        no_game: totals.no_game,
        unfinished: totals.unfinished,
        verified: shown.verified,
        searched: searched(shown),
        stopped: shown.stopped,
    }
}
