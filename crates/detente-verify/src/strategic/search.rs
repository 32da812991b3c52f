//! Looking for a proof that a Nash equilibrium is perfect or proper, or for what breaks it.

use super::{Strategic, dominance, levels, orders, regular};
use crate::certificate::Certificate;
use crate::concepts::broken;
use crate::recheck::Refusal;
use detente_game::Rational;
use detente_game::claim::Concept;

/// A certificate for a Nash equilibrium.
///
/// Decided if at most two players have a choice: perfect is undominated then (van Damme 1991,
/// theorem 3.2.2). With more players a dominated strategy is refused, and one that another beats
/// near the profile; regular equilibria hold; for others a bounded number of trembles is tried.
pub(crate) fn search(strategic: &Strategic, concept: &Concept) -> Result<Certificate, Refusal> {
    for player in strategic.active() {
        if let Some(failure) = dominance::dominated(strategic, player).map_err(|_| broken())? {
            return Err(Refusal::Fails(failure));
        }
    }
    if strategic.active().len() > 2 {
        return among_many(strategic, concept);
    }
    if *concept == Concept::Perfect {
        return conjectures(strategic);
    }
    match levels::search(strategic).map_err(|_| broken())? {
        levels::Answer::Proper(layers) => Ok(Certificate::Trembles { layers }),
        levels::Answer::Improper(failure) => Err(Refusal::Fails(failure)),
        levels::Answer::TooMany => Err(Refusal::Senseless(
            "it is a perfect equilibrium; whether it is proper was not searched, because too many \
             plans are equally good"
                .to_owned(),
        )),
    }
}

/// Each player's trembles are the conjecture to which the other's strategy is a best reply.
fn conjectures(strategic: &Strategic) -> Result<Certificate, Refusal> {
    let active = strategic.active();
    let mut layers: Vec<Vec<Vec<Rational>>> =
        strategic.mixed.iter().map(|mixed| vec![mixed.clone()]).collect();
    for (at, player) in active.iter().enumerate() {
        let used = strategic.support(*player);
        let conjecture = dominance::conjecture(strategic, *player, &used);
        let conjecture = conjecture.map_err(|_| broken())?.ok_or_else(broken)?;
        if let Some(other) = active.get(1 - at) {
            layers[*other].push(conjecture);
        }
    }
    if let [alone] = active[..] {
        layers[alone].push(vec![Rational::ONE; strategic.count(alone)]);
    }
    Ok(Certificate::Trembles { layers })
}

fn among_many(strategic: &Strategic, concept: &Concept) -> Result<Certificate, Refusal> {
    let beaten =
        strategic.active().into_iter().find_map(|at| dominance::beaten_nearby(strategic, at));
    if let Some(failure) = beaten {
        return Err(Refusal::Fails(failure));
    }
    if regular::check(strategic).is_ok() {
        return Ok(Certificate::Regular);
    }
    if let Some(layers) = orders::search(strategic, concept) {
        return Ok(Certificate::Trembles { layers });
    }
    Err(Refusal::Senseless(format!(
        "more than two players have a choice, no strategy is dominated, and none of the trembles \
         that were tried shows that it is a {}",
        concept.name()
    )))
}
