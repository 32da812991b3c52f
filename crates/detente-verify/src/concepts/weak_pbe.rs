//! Weak perfect Bayesian equilibrium: at every information set the plan from there on is best
//! given the belief, and where the set is reached the belief follows Bayes' rule.
//!
//! Everywhere else any belief may be held, independently of all others.

use crate::beliefs::{Least, Situation};
use crate::best_response::{self, Plan, weighted};
use crate::lp::Broken;
use crate::reach::View;
use crate::verdict::Failure;
use crate::words;
use detente_game::{InfoSetId, PlayerId, Rational};

/// The view of a set's player.
pub(crate) fn view_of<'v, 'a>(views: &'v [View<'a>], set: InfoSetId) -> &'v View<'a> {
    let player: PlayerId = views[0].form.info_set(set).player;
    &views[player.index()]
}

/// What search found: beliefs at all sets and the situations of the unreached ones.
pub(crate) struct Found<'v, 'a> {
    pub beliefs: Vec<Vec<Rational>>,
    /// Unreached sets in order, with the cuts generated for them.
    pub unreached: Vec<Situation<'v, 'a>>,
}

/// Why there are no such beliefs.
pub(crate) enum NoBeliefs {
    /// Somebody gains.
    Fails(Failure),
    /// The linear programming failed its check.
    Broken,
}

impl From<Broken> for NoBeliefs {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

/// Finds beliefs, or who gains whatever he believes.
pub(crate) fn search<'v, 'a>(views: &'v [View<'a>]) -> Result<Found<'v, 'a>, NoBeliefs> {
    let mut found = Found { beliefs: Vec::new(), unreached: Vec::new() };
    if views.is_empty() {
        return Ok(found);
    }
    let mut later = Vec::new();
    for set in views[0].form.info_set_ids() {
        let view = view_of(views, set);
        if let Some(belief) = view.bayes(set) {
            let plan = best_response::at_set(view, set, &belief);
            gains(view, set, &belief, &plan)
                .map_or(Ok(()), |failure| Err(NoBeliefs::Fails(failure)))?;
            found.beliefs.push(belief);
        } else {
            // A set without members comes up nowhere and asks for nothing.
            if !view.form.members(set).is_empty() {
                later.push(set);
            }
            found.beliefs.push(Vec::new());
        }
    }
    for set in later {
        let mut situation = Situation::new(view_of(views, set), set);
        let least = situation.least_gain()?;
        if least.gain.is_positive() {
            return Err(NoBeliefs::Fails(whatever_believed(&situation, least)));
        }
        found.beliefs[set.index()] = least.belief;
        found.unreached.push(situation);
    }
    Ok(found)
}

/// A failure if the plan gains over the profile at a set, given a belief.
pub(crate) fn gains(
    view: &View,
    set: InfoSetId,
    belief: &[Rational],
    plan: &Plan,
) -> Option<Failure> {
    let members = view.form.members(set).iter();
    let stay: Vec<Rational> = members.map(|member| view.value[member.index()].clone()).collect();
    let gain = &plan.total - &weighted(belief, &stay);
    if !gain.is_positive() {
        return None;
    }
    let instead = plan.text(view);
    let reason = format!(
        "{} gains {gain} at {} by playing instead: {instead}",
        words::player(view.form, view.player),
        words::situation(view.form, set),
    );
    Some(Failure {
        player: view.player,
        set: Some(plan.first().unwrap_or(set)),
        instead,
        gain,
        reason,
    })
}

fn whatever_believed(situation: &Situation, least: Least) -> Failure {
    let view = situation.view;
    let instead = least.plan.text(view);
    let reason = format!(
        "{} gains at least {} at {}, whatever the belief there; for instance by: {instead}",
        words::player(view.form, view.player),
        least.gain,
        words::situation(view.form, situation.set),
    );
    Failure { player: view.player, set: Some(situation.set), instead, gain: least.gain, reason }
}
