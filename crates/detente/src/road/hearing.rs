//! Asking the verifier about many profiles, on all cores; the answers depend on none of that.

use super::{Asked, Step};
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile};
use detente_verify::Verdict;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Under what profiles are judged.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    /// One concept.
    One(&'a Concept),
    /// The strongest perfect Bayesian concept that holds.
    Strongest,
}

/// What the verifier says of a profile.
#[derive(Clone)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    /// If it holds: why it is not known whether it holds under a stronger concept.
    pub(super) open_above: Option<String>,
}

/// Why a profile is undecided that was not looked at.
pub const NOT_REACHED: &str = "the verification was stopped before it";

/// So many are judged between two reports; whether the work must stop is looked at before each.
const BATCH: usize = 16;

/// The verdict on every profile.
pub(super) fn verdicts(
    instance: &Arc<GameInstance>,
    asked: &Asked,
    kind: Kind<'_>,
    profiles: &[&Profile],
    progress: &mut dyn FnMut(Step),
) -> BTreeMap<Profile, Judged> {
    let stopped = || asked.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed));
    let one = |profile: &&Profile| {
        let judged = (!stopped()).then(|| judged(instance, asked, kind, profile))?;
        Some(((*profile).clone(), judged))
    };
    let mut known = BTreeMap::new();
    for batch in profiles.chunks(BATCH) {
        if stopped() || known.len() as u64 >= asked.most_judged {
            break;
        }
        let answers: Vec<_> = match batch {
            [only] => one(only).into_iter().collect(),
            several => several.par_iter().filter_map(one).collect(),
        };
        known.extend(answers);
        progress(Step::Judging { done: known.len() as u64, of: profiles.len() as u64 });
    }
    for profile in profiles {
        known.entry((*profile).clone()).or_insert_with(|| Judged {
            verdict: Verdict::Undecided(NOT_REACHED.to_owned()),
            open_above: None,
        });
    }
    known
}

fn judged(
    instance: &Arc<GameInstance>,
    asked: &Asked,
    kind: Kind<'_>,
    profile: &Profile,
) -> Judged {
    let under = |concept: &Concept| {
        if asked.bounds {
            detente_verify::verify(instance, concept, profile)
        } else {
            detente_verify::verify_without_bounds(instance, concept, profile)
        }
    };
    match kind {
        Kind::One(concept) => Judged { verdict: under(concept), open_above: None },
        Kind::Strongest => strongest(&under),
    }
}

fn strongest(under: &dyn Fn(&Concept) -> Verdict) -> Judged {
    let mut open = None;
    for concept in [Concept::Sequential, Concept::Pbe] {
        match under(&concept) {
            Verdict::Fails(_) => {}
            Verdict::Undecided(why) => {
                let name = concept.name();
                open.get_or_insert(format!("whether one of those listed is a {name}: {why}"));
            }
            verdict => return Judged { verdict, open_above: open },
        }
    }
    let verdict = under(&Concept::WeakPbe);
    let open_above = open.filter(|_| verdict.holds());
    Judged { verdict, open_above }
}
