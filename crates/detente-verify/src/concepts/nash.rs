//! Nash equilibrium: nobody gains by any plan of his own (Nash 1951; with perfect recall over
//! behaviour strategies, Kuhn 1953).

use crate::best_response::{self, Plan};
use crate::reach::View;
use crate::verdict::Failure;
use crate::words;
use detente_game::{GameForm, InfoSetId, NodeId, Rational};

/// The best value of every player against the others; fails with the first player who gains.
pub(crate) fn check(views: &[View]) -> Result<Vec<Rational>, Failure> {
    let mut best = Vec::with_capacity(views.len());
    for view in views {
        let plan = best_from(view, GameForm::ROOT, None);
        fails_if_gains(view, GameForm::ROOT, &plan, "over the whole game")?;
        best.push(plan.total);
    }
    Ok(best)
}

/// The best plan in a subtree: all plans with perfect recall, single departures at `sets` (all
/// sets if `None`) without.
pub(crate) fn best_from(view: &View, node: NodeId, sets: Option<&[InfoSetId]>) -> Plan {
    if view.form.has_perfect_recall() {
        return best_response::from_node(view, node);
    }
    match sets {
        Some(sets) => best_response::depart_once(view, node, sets),
        None => {
            let all: Vec<InfoSetId> = view.form.info_set_ids().collect();
            best_response::depart_once(view, node, &all)
        }
    }
}

/// A failure if a plan from `node` on does better than the profile.
pub(crate) fn fails_if_gains(
    view: &View,
    node: NodeId,
    plan: &Plan,
    measured: &str,
) -> Result<(), Failure> {
    let gain = &plan.total - &view.value[node.index()];
    if !gain.is_positive() {
        return Ok(());
    }
    let instead = plan.text(view);
    let name = words::player(view.form, view.player);
    Err(Failure {
        player: view.player,
        set: plan.first(),
        reason: format!("{name} gains {gain} {measured} by playing instead: {instead}"),
        instead,
        gain,
    })
}
