//! Logit quantal response (McKelvey and Palfrey 1995; in behaviour strategies 1998): the principal
//! branch, from lambda 0, where every option is equally likely, as far as asked.
//!
//! `map` computes the logit map and its slopes, `trace` follows the curve of its solutions. All of
//! it is floating point and proves nothing: what is handed on is a box round a point, for the judge
//! to prove, and the branch itself is for looking at.

mod layout;
mod limit;
mod map;
mod system;
mod trace;

pub use limit::limit_candidates;

use crate::{Candidate, Found, Question};
use detente_game::card::Card;
use detente_game::instance::GameInstance;
use detente_game::number::Interval;
use detente_game::{Enclosure, Rational};
use map::LogitMap;
use std::sync::atomic::{AtomicBool, Ordering};
use trace::{Curve, at_lambda};

/// The card of the logit branch.
pub static CARD: Card = Card {
    name: "qre",
    line: "The principal branch of logit quantal responses, and the response at a precision lambda",
    accepts: "games of perfect recall",
    exact: false,
    complete: None,
    cost: "a linear system of all options, factorised as a sparse one if large, for each step",
    source: "McKelvey and Palfrey 1995, 1998; Turocy 2005",
};

/// A point of the branch, in floating point.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchPoint {
    /// The precision.
    pub lambda: f64,
    /// The probability of every action.
    pub probability: Vec<f64>,
    /// Per action, the logarithm of its probability over that of its situation's first action.
    pub odds: Vec<f64>,
}

/// How far a branch is traced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Until {
    /// To the first point with this precision.
    Lambda(f64),
    /// Until nobody gains more than a millionth of the greatest difference in payoffs.
    Limit,
}

/// Why the tracing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where it was asked to.
    Reached,
    /// No step was short enough, or there were too many.
    Stalled,
    /// It was stopped from outside.
    Stopped,
}

/// The branch as far as it was traced.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// From lambda 0 on, in the order of the curve.
    pub points: Vec<BranchPoint>,
    /// How often lambda turned back or forward again.
    pub turns: usize,
    /// Why it ended.
    pub end: End,
}

/// Steps along the branch.
const MOST_STEPS: usize = 20_000;
/// The work of one evaluation: nodes below situations, once for each situation above them.
const MOST_WORK: usize = 50_000_000;
/// Unknowns of the linear systems.
const MOST_UNKNOWNS: usize = 4_000;
/// What may be gained at the limit, in units of the greatest difference in payoffs.
const LEAST_REGRET: f64 = 1e-6;
/// Half the width of the box that is handed out, in log-odds.
const RADIUS: i32 = -27;

/// Traces the principal branch.
///
/// # Errors
/// Why the game is not accepted.
pub fn trace(
    instance: &GameInstance,
    until: Until,
    stop: Option<&AtomicBool>,
) -> Result<Branch, String> {
    let form = instance.form();
    if !form.has_perfect_recall() {
        return Err("a player forgets what he knew".to_owned());
    }
    let map = LogitMap::new(instance);
    if map.count > MOST_UNKNOWNS || map.work() > MOST_WORK {
        return Err(format!(
            "the branch is traced up to {MOST_UNKNOWNS} unknowns and {MOST_WORK} nodes below \
             situations; the game has {} and {}",
            map.count,
            map.work()
        ));
    }
    if let Until::Lambda(lambda) = until
        && (lambda < 0.0 || !lambda.is_finite())
    {
        return Err("lambda must be a number that is not negative".to_owned());
    }
    let mut curve = Curve::new(&map).ok_or("the branch has no direction at lambda 0")?;
    let mut branch = Branch { points: Vec::new(), turns: 0, end: End::Stalled };
    branch.points.push(point(&map, 0.0, curve.place.odds.clone()));
    let regret = LEAST_REGRET * map.range();
    for _ in 0..MOST_STEPS {
        if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            branch.end = End::Stopped;
            break;
        }
        if let Until::Limit = until
            && curve.regret() <= regret
        {
            branch.end = End::Reached;
            break;
        }
        let (before, was_rising) = (curve.place.clone(), curve.is_rising());
        if let Until::Lambda(lambda) = until
            && before.lambda == lambda
        {
            branch.end = End::Reached;
            break;
        }
        if !curve.advance() {
            break;
        }
        branch.turns += usize::from(curve.is_rising() != was_rising);
        if let Until::Lambda(lambda) = until
            && curve.place.lambda >= lambda
        {
            let share = (lambda - before.lambda) / (curve.place.lambda - before.lambda);
            let between = |(from, to): (&f64, &f64)| from + share * (to - from);
            let guess: Vec<f64> = before.odds.iter().zip(&curve.place.odds).map(between).collect();
            if let Some(odds) = at_lambda(&map, lambda, &guess) {
                branch.points.push(point(&map, lambda, odds));
                branch.end = End::Reached;
            }
            break;
        }
        branch.points.push(point(&map, curve.place.lambda, curve.place.odds.clone()));
    }
    Ok(branch)
}

fn point(map: &LogitMap, lambda: f64, odds: Vec<f64>) -> BranchPoint {
    let probability = map.probabilities(&odds);
    BranchPoint { lambda, probability, odds: map.by_action(&odds) }
}

/// A box of log-odds round a point, for the judge.
#[must_use]
pub fn enclosure(instance: &GameInstance, point: &BranchPoint) -> Option<Enclosure> {
    let form = instance.form();
    let radius = Rational::int(2).pow(RADIUS)?;
    let mut odds = Vec::with_capacity(point.odds.len());
    for set in form.info_set_ids() {
        for (position, action) in form.actions(set).enumerate() {
            let value = Rational::from_f64(point.odds[action.index()])?;
            odds.push(if position == 0 {
                Interval::point(Rational::ZERO)
            } else {
                Interval { low: &value - &radius, high: &value + &radius }
            });
        }
    }
    Some(Enclosure::LogOdds { odds })
}

/// The logit response at a precision, on the principal branch, as a box for the judge.
///
/// # Errors
/// Why there is none.
pub fn solve(
    instance: &GameInstance,
    lambda: &Rational,
    question: &Question,
) -> Result<Found, String> {
    if lambda.is_negative() {
        return Err("lambda must not be negative".to_owned());
    }
    let branch = trace(instance, Until::Lambda(lambda.to_f64()), question.stop.as_deref())?;
    let last = branch.points.last().ok_or("the branch is empty")?;
    let (candidates, searched) = match branch.end {
        End::Reached => (
            enclosure(instance, last).map(Candidate::Enclosed).into_iter().collect(),
            format!(
                "The principal branch was traced to lambda = {lambda}; its first response there is \
                 listed, and others at this lambda were not searched."
            ),
        ),
        End::Stalled => (
            Vec::new(),
            format!("The principal branch could not be traced beyond lambda = {:.3}.", last.lambda),
        ),
        End::Stopped => (Vec::new(), "The tracing of the principal branch was stopped.".to_owned()),
    };
    Ok(Found {
        candidates,
        method: &CARD,
        complete: false,
        all_pure: false,
        searched,
        touched: branch.points.len() as u64,
        space: String::new(),
    })
}
