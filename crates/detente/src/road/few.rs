//! Some equilibria instead of all: for a game too big for a list, or a reader who wants one.

use super::search::{all, concept_sought};
use super::{Asked, Solved, Step};
use crate::qre::{self, Limit};
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile};
use detente_solve::{Candidate, Found, Limits};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Methods that find one equilibrium soon, in the order in which they are tried, each with the
/// most trials it is given and whether what it finds may be mixed.
const QUICK: [(&str, u64, bool); 4] = [
    ("backward_induction", u64::MAX, false),
    ("zero_sum", u64::MAX, true),
    ("pure", 200_000, false),
    ("lemke", u64::MAX, true),
];

/// At most `most` equilibria, each verified like any other. If one is asked for, methods that find
/// one are tried first, so that this works for games whose equilibria nobody can list: backward
/// induction, linear programs for zero-sum games, a short search for pure ones, Lemke's algorithm,
/// and the limit of logit responses.
pub fn some(
    instance: &Arc<GameInstance>,
    asked: &Asked,
    most: usize,
    progress: &mut dyn FnMut(Step),
) -> Solved {
    if most <= 1
        && asked.method.is_none()
        && let Some(solved) = one(instance, asked, progress)
    {
        return cut(solved, most);
    }
    let candidates = (16 * most as u64).max(64).min(asked.limits.candidates);
    let short = with_limits(asked, Limits { candidates, ..asked.limits });
    let solved = all(instance, &short, progress);
    let enough = solved.complete || solved.equilibria.len() + solved.enclosed.len() >= most;
    if enough || candidates == asked.limits.candidates || is_stopped(asked) {
        return cut(solved, most);
    }
    cut(all(instance, asked, progress), most)
}

fn one(
    instance: &Arc<GameInstance>,
    asked: &Asked,
    progress: &mut dyn FnMut(Step),
) -> Option<Solved> {
    for (method, trials, may_mix) in QUICK {
        if may_mix && !asked.mixed {
            continue;
        }
        let profiles = asked.limits.profiles.min(trials);
        let candidates = asked.limits.candidates.min(64);
        let mut short = with_limits(asked, Limits { profiles, candidates });
        short.method = Some(method.to_owned());
        let solved = all(instance, &short, progress);
        if !solved.equilibria.is_empty() || is_stopped(asked) {
            return Some(solved);
        }
    }
    limit_of_responses(instance, asked, progress)
}

/// What logit responses go to, if it satisfies the concept.
fn limit_of_responses(
    instance: &Arc<GameInstance>,
    asked: &Asked,
    progress: &mut dyn FnMut(Step),
) -> Option<Solved> {
    if !asked.mixed || matches!(asked.concept, Some(Concept::Qre(_))) {
        return None;
    }
    let question = qre::Asked { lambda: None, to_limit: true, stop: asked.stop.clone() };
    let found = qre::responses(instance, &question).ok()?;
    let Limit::Exact(equilibrium) = found.limit? else { return None };
    let found = limit_found(equilibrium.profile().clone(), found.branch.points.len());
    let mut judge = super::judge::Judge::new(instance, asked, &found);
    judge.hear(concept_sought(asked.concept.as_ref()), &found.candidates, progress);
    let solved = judge.finish();
    (!solved.equilibria.is_empty()).then_some(solved)
}

fn limit_found(profile: Profile, steps: usize) -> Found {
    Found {
        candidates: vec![Candidate::Point(profile)],
        method: &detente_solve::solvers::qre::CARD,
        complete: false,
        all_pure: false,
        searched: "The principal branch of logit responses was traced to its limit; other \
                   equilibria were not searched."
            .to_owned(),
        touched: steps as u64,
        space: String::new(),
    }
}

fn with_limits(asked: &Asked, limits: Limits) -> Asked {
    Asked { limits, ..asked.clone() }
}

fn is_stopped(asked: &Asked) -> bool {
    asked.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
}

/// The first ones; what was left out is said. Verdicts that are open about others do not matter to
/// who asked for these.
fn cut(mut solved: Solved, most: usize) -> Solved {
    let known = solved.equilibria.len() + solved.enclosed.len();
    if known < most {
        return solved;
    }
    solved.undecided.clear();
    if known > most {
        solved.equilibria.truncate(most);
        solved.enclosed.truncate(most - solved.equilibria.len());
        solved.complete = false;
        solved.all_pure = false;
    }
    if !solved.complete {
        let asked = if most == 1 { "one was".to_owned() } else { format!("{most} were") };
        solved.searched.push_str(&format!(" No more than {asked} asked for; there may be others."));
    }
    solved
}
