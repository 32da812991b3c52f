//! The solution concepts, one file each, and [`verify`], which searches for a certificate and
//! has it checked.

mod comparisons;
mod logarithms;
pub(crate) mod nash;
pub mod pbe;
pub(crate) mod programs;
pub mod sequential;
pub(crate) mod subgame_perfect;
pub(crate) mod supports;
pub(crate) mod weak_pbe;
mod weights;

use crate::beliefs::Situation;
use crate::certificate::Certificate;
use crate::equilibrium::Equilibrium;
use crate::lp::Broken;
use crate::reach::View;
use crate::recheck::{Refusal, admit, sensible};
use crate::refinements;
use crate::strategic::{self, Strategic};
use crate::verdict::{Failure, Verdict};
use crate::words;
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile};
use std::sync::Arc;
use supports::Stuck;
use weak_pbe::{Found, NoBeliefs};

/// Judges a profile.
///
/// Expected payoffs, reach probabilities and posteriors of a player use his own branch
/// probabilities ([`GameInstance::branch_for`]). `intuitive` and `d1` ask for a perfect Bayesian
/// equilibrium of a signalling stage that survives the refinement. In games without perfect
/// recall only departures at one set at a time are judged, and the equilibrium's caveat (or the
/// failure's reason) says so.
#[must_use]
pub fn verify(instance: &Arc<GameInstance>, concept: &Concept, profile: &Profile) -> Verdict {
    judge(instance, concept, profile, true)
}

/// Like [`verify`], but leaves out the bounds of beliefs at unreached sets (and so knows of no
/// knife-edges), which take most of the time. For sweeps.
#[must_use]
pub fn verify_without_bounds(
    instance: &Arc<GameInstance>,
    concept: &Concept,
    profile: &Profile,
) -> Verdict {
    judge(instance, concept, profile, false)
}

/// The weaker reading of `weak_pbe` that some authors use: at every situation no *single* other
/// action is better given the belief, what follows being left as the profile has it.
///
/// [`verify`] weighs plans for the rest of the game (Mas-Colell, Whinston and Green 1995,
/// definition 9.C.2). As weak beliefs at a player's successive situations need not fit together,
/// the two readings differ, and a profile that passes this one need not even be a Nash
/// equilibrium; so it yields no [`Equilibrium`].
///
/// # Errors
/// Who gains by one action; as a verdict, because it may also be undecided.
pub fn check_single_departures(
    instance: &Arc<GameInstance>,
    profile: &Profile,
) -> Result<(), Verdict> {
    sensible(instance.form(), &Concept::WeakPbe, profile).map_err(Refusal::verdict)?;
    let mut views = View::all(instance, profile);
    for view in &mut views {
        view.single = true;
    }
    weak_pbe::search(&views).map(|_| ()).map_err(|none| refused(none).verdict())
}

fn judge(
    instance: &Arc<GameInstance>,
    concept: &Concept,
    profile: &Profile,
    with_bounds: bool,
) -> Verdict {
    let found = find(instance, concept, profile, with_bounds);
    let equilibrium = match found {
        Ok(equilibrium) => equilibrium,
        Err(refusal) => return refusal.verdict(),
    };
    if concept.is_refinement() {
        return refinements::survives(instance, &equilibrium, concept);
    }
    Verdict::Holds(Box::new(equilibrium))
}

fn find(
    instance: &Arc<GameInstance>,
    concept: &Concept,
    profile: &Profile,
    with_bounds: bool,
) -> Result<Equilibrium, Refusal> {
    let form = instance.form();
    sensible(form, concept, profile)?;
    let views = View::all(instance, profile);
    let certificate = match concept {
        Concept::Nash => Certificate::Nash { best: nash::check(&views)? },
        Concept::SubgamePerfect => {
            let roots = subgame_perfect::roots(form);
            subgame_perfect::check(&views, &roots)?;
            Certificate::SubgamePerfect { roots }
        }
        Concept::Perfect | Concept::Proper => {
            nash::check(&views)?;
            let strategic = Strategic::of(instance, profile).map_err(Refusal::Senseless)?;
            strategic::search(&strategic, concept)?
        }
        _ => return with_beliefs(instance, concept, profile, &views, with_bounds),
    };
    admit(instance, concept, profile, certificate)
}

fn with_beliefs(
    instance: &Arc<GameInstance>,
    concept: &Concept,
    profile: &Profile,
    views: &[View],
    with_bounds: bool,
) -> Result<Equilibrium, Refusal> {
    let Found { beliefs, mut unreached } = weak_pbe::search(views).map_err(refused)?;
    let certificate = match concept {
        Concept::WeakPbe => Certificate::WeakPbe { beliefs },
        Concept::Sequential => sequential::search(views, &mut unreached)?,
        _ => pbe::search(views, &mut unreached)?,
    };
    let mut equilibrium = admit(instance, concept, profile, certificate)?;
    if with_bounds {
        add_bounds(&mut equilibrium, &mut unreached).map_err(|_| broken())?;
    }
    Ok(equilibrium)
}

fn add_bounds(equilibrium: &mut Equilibrium, unreached: &mut [Situation]) -> Result<(), Broken> {
    for situation in unreached {
        let bounds = situation.bounds()?;
        let entry = &mut equilibrium.beliefs[situation.set.index()];
        entry.knife_edge = bounds.len() > 1 && bounds.iter().all(|(low, high)| low == high);
        entry.bounds = bounds;
    }
    Ok(())
}

pub(crate) fn broken() -> Refusal {
    Refusal::Senseless(Broken::SENTENCE.to_owned())
}

fn refused(none: NoBeliefs) -> Refusal {
    match none {
        NoBeliefs::Fails(failure) => Refusal::Fails(failure),
        NoBeliefs::Broken => broken(),
    }
}

/// The failure of a joint search for beliefs: what is gained at one situation whatever consistent
/// beliefs support the choices at others.
pub(crate) fn no_joint_beliefs(unreached: &[Situation], stuck: Stuck, what: &str) -> Failure {
    let situation = &unreached[stuck.place];
    let view = situation.view;
    let place = words::situation(view.form, situation.set);
    let name = words::player(view.form, view.player);
    let instead = stuck.plan.text(view);
    let given = match stuck.after {
        0 => format!("under every belief that a {what} allows"),
        1 => format!("under every {what} that supports the choices at one other situation"),
        many => format!("under every {what} that supports the choices at {many} other situations"),
    };
    let reason = if stuck.gain.is_positive() {
        format!(
            "{name} gains at least {} at {place} {given}; for instance by: {instead}",
            stuck.gain
        )
    } else {
        format!("{name} gains at {place} {given}, though perhaps arbitrarily little")
    };
    Failure { player: view.player, set: Some(situation.set), instead, gain: stuck.gain, reason }
}

/// The failure at a situation where all that can be believed follows from one unexpected move by
/// Bayes' rule, and somebody gains under it.
pub(crate) fn forced(unreached: &mut [Situation], model: &supports::Model) -> Option<Failure> {
    for (situation, place) in unreached.iter_mut().zip(&model.places) {
        let Some(belief) = place.forced() else { continue };
        let (_, plan) = situation.challenge(&belief);
        let failure = weak_pbe::gains(situation.view, situation.set, &belief, &plan);
        if let Some(mut failure) = failure {
            failure.reason.push_str(
                "; the belief there follows by Bayes' rule from the unexpected move before it",
            );
            return Some(failure);
        }
    }
    None
}
