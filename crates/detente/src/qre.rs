//! Logit quantal responses along the principal branch: the branch for looking at, the response at a
//! precision proved by an enclosure, and what the branch goes to, verified as an equilibrium.

use detente_game::claim::Concept;
use detente_game::form::NodeSet;
use detente_game::{GameForm, GameInstance, Profile, Rational};
use detente_solve::Candidate;
use detente_solve::solvers::qre::{self, Branch, BranchPoint, End, Until};
use detente_verify::{Enclosed, Equilibrium, enclose, gains, response_gap, verify};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The precision at which the response is to be proved.
    pub lambda: Option<Rational>,
    /// Whether the branch is followed to its limit too. Without a precision it always is.
    pub to_limit: bool,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

/// What the branch goes to.
#[derive(Debug, Clone)]
pub enum Limit {
    /// An equilibrium, verified.
    Exact(Box<Equilibrium>),
    /// An equilibrium known by an enclosure.
    Enclosed(Box<Enclosed>),
    /// It is not known, for this reason (a sentence).
    Unknown(String),
}

/// Logit responses of a game.
#[derive(Debug, Clone)]
pub struct Responses {
    /// The branch, in floating point: for looking at, proved by nothing.
    pub branch: Branch,
    /// The response at the precision asked for, or why it is not proved.
    pub at: Option<Result<Enclosed, String>>,
    /// What the branch goes to, if that was asked.
    pub limit: Option<Limit>,
}

/// Traces the branch and has its points judged.
///
/// # Errors
/// Why the game is not accepted.
pub fn responses(instance: &Arc<GameInstance>, asked: &Asked) -> Result<Responses, String> {
    let stop = asked.stop.as_deref();
    let to_limit = asked.to_limit || asked.lambda.is_none();
    let mut branch = None;
    let mut at = None;
    if let Some(lambda) = &asked.lambda {
        let traced = qre::trace(instance, Until::Lambda(lambda.to_f64()), stop)?;
        at = Some(proved(instance, lambda, &traced));
        branch = Some(traced);
    }
    let mut limit = None;
    if to_limit {
        let traced = qre::trace(instance, Until::Limit, stop)?;
        limit = Some(limit_of(instance, &traced));
        branch = Some(traced);
    }
    let branch = branch.expect("the branch is traced to a precision or to its limit");
    Ok(Responses { branch, at, limit })
}

fn proved(
    instance: &Arc<GameInstance>,
    lambda: &Rational,
    branch: &Branch,
) -> Result<Enclosed, String> {
    let last = match (branch.end, branch.points.last()) {
        (End::Reached, Some(last)) => last,
        _ => return Err(unfinished(branch)),
    };
    let enclosure = qre::enclosure(instance, last).ok_or("a number is not finite")?;
    enclose(instance, &Concept::Qre(lambda.clone()), &enclosure)
        .map_err(|unproved| bounded(instance, lambda, last, unproved.why))
}

/// Why a response is not proved, and how far fractions near it are from being one.
fn bounded(
    instance: &GameInstance,
    lambda: &Rational,
    last: &BranchPoint,
    mut why: String,
) -> String {
    let near = in_units(instance.form(), &last.probability, FINE_GRAIN, 1);
    if let Some(gap) = response_gap(instance, lambda, &near) {
        let parts = if gap.is_zero() { Rational::int(FINE_GRAIN) } else { Rational::ONE / &gap };
        why.push_str(&format!(
            "; fractions near it differ from the logit response to them by at most 1/{} in every \
             probability",
            parts.floor()
        ));
    }
    why
}

fn unfinished(branch: &Branch) -> String {
    let lambda = branch.points.last().map_or(0.0, |point| point.lambda);
    let why = if branch.end == End::Stopped { "was stopped" } else { "found no step" };
    format!("the tracing {why} at lambda {lambda:.3}")
}

fn limit_of(instance: &Arc<GameInstance>, branch: &Branch) -> Limit {
    let last = match (branch.end, branch.points.last()) {
        (End::Reached, Some(last)) => last,
        _ => return Limit::Unknown(unfinished(branch)),
    };
    let candidates = qre::limit_candidates(instance, last);
    for candidate in &candidates {
        for concept in [Concept::Sequential, Concept::Nash] {
            match candidate {
                Candidate::Point(profile) => {
                    if let Some(held) = verify(instance, &concept, profile).into_equilibrium() {
                        return Limit::Exact(Box::new(held));
                    }
                }
                Candidate::Enclosed(enclosure) => {
                    if let Ok(held) = enclose(instance, &concept, enclosure) {
                        return Limit::Enclosed(Box::new(held));
                    }
                }
                _ => {}
            }
        }
    }
    let mut why = "no equilibrium near the end of the branch was found and verified".to_owned();
    if let Some(most) = candidates.iter().rev().find_map(|one| most_gained(instance, one)) {
        let most = (most * Rational::int(1_000_000)).ceil() / Rational::int(1_000_000);
        let most = most.to_decimal(6);
        why.push_str(&format!(
            "; at the simple fractions nearest to it nobody gains more than {most}"
        ));
    }
    Limit::Unknown(why)
}

/// The most that a player could gain against a candidate.
fn most_gained(instance: &GameInstance, candidate: &Candidate) -> Option<Rational> {
    let Candidate::Point(profile) = candidate else { return None };
    gains(instance, profile)?.into_iter().max()
}

/// Units in which probabilities of floating point are made fractions.
const GRAIN: i64 = 1_000_000_000;
/// The same for fractions that are judged.
const FINE_GRAIN: i64 = 1_000_000_000_000;

/// A profile near probabilities in floating point: multiples of a thousand-millionth, the rest on
/// the likeliest option of every situation. It is for looking at, like the branch it comes from.
#[must_use]
pub fn rounded(form: &GameForm, probability: &[f64]) -> Profile {
    in_units(form, probability, GRAIN, 0)
}

/// Multiples of one part in `grain`, at least so many, the rest on the likeliest option.
fn in_units(form: &GameForm, probability: &[f64], grain: i64, least: i64) -> Profile {
    let mut profile = Profile { probability: vec![Rational::ZERO; form.action_count()] };
    for set in form.info_set_ids() {
        let mut rest = grain;
        let mut likeliest = form.info_set(set).first_action;
        for action in form.actions(set) {
            let units = (probability[action.index()].clamp(0.0, 1.0) * grain as f64) as i64;
            let units = units.max(least);
            rest -= units;
            profile.probability[action.index()] = Rational::new(units, grain);
            if probability[action.index()] > probability[likeliest.index()] {
                likeliest = action;
            }
        }
        profile.probability[likeliest.index()] += &Rational::new(rest, grain);
    }
    profile
}

/// The point of a branch under which a set of ends is likeliest, and whether it is the last one;
/// the first of several. In floating point.
#[must_use]
pub fn likeliest<'b>(
    instance: &GameInstance,
    branch: &'b Branch,
    ends: &NodeSet,
) -> Option<(&'b BranchPoint, bool)> {
    let likelihoods: Vec<f64> =
        branch.points.iter().map(|point| likelihood(instance, &point.probability, ends)).collect();
    let most = likelihoods.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let at = likelihoods.iter().position(|likelihood| *likelihood == most)?;
    Some((&branch.points[at], at + 1 == branch.points.len()))
}

fn likelihood(instance: &GameInstance, probability: &[f64], ends: &NodeSet) -> f64 {
    let form = instance.form();
    let mut reach = vec![1.0; form.node_count()];
    for node in form.nodes().skip(1) {
        let parent = form.parent(node).expect("only the root has no parent");
        let edge = match (form.action_into(node), form.branch_into(node)) {
            (Some(action), _) => probability[action.index()],
            (None, Some(branch)) => instance.branch(branch).to_f64(),
            (None, None) => 1.0,
        };
        reach[node.index()] = reach[parent.index()] * edge;
    }
    form.ends().filter(|end| ends.contains(*end)).map(|end| reach[end.index()]).sum()
}
