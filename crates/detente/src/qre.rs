//! Logit quantal responses along the principal branch: the branch for looking at, the response at a
//! precision proved by an enclosure, and what the branch goes to, verified as an equilibrium.

use detente_game::claim::Concept;
use detente_game::{GameInstance, Rational};
use detente_solve::Candidate;
use detente_solve::solvers::qre::{self, Branch, End, Until};
use detente_verify::{Enclosed, Equilibrium, enclose, gains, verify};
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
    enclose(instance, &Concept::Qre(lambda.clone()), &enclosure).map_err(|unproved| unproved.why)
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
