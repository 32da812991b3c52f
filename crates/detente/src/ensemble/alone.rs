//! Members that are solved on their own, in fractions throughout.

use super::{Answer, Ensemble, Path, Placed};
use detente_analysis::Play;
use detente_analysis::analyses::ensemble::Quantity;
use detente_game::{GameInstance, Profile, Rational};
use detente_verify::verify_without_bounds;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Solves a member and has its equilibria verified.
pub(super) fn solve(ensemble: &Ensemble, placed: &mut Placed) {
    placed.was_alone = true;
    let cells = &ensemble.cells;
    let Ok(instance) = cells.game().at(&cells.point(&placed.values)) else {
        placed.answer = Answer::NoGame;
        return;
    };
    let instance = Arc::new(instance);
    let found = cells.solve_alone(&instance);
    let concept = &ensemble.asked.concept;
    let all_hold = found
        .profiles
        .iter()
        .all(|profile| verify_without_bounds(&instance, concept, profile).holds());
    if found.stopped.is_some() || !all_hold {
        placed.answer = Answer::Unfinished;
        return;
    }
    let mut plays: BTreeMap<Path, Vec<f64>> = BTreeMap::new();
    for profile in &found.profiles {
        let play = Play::new(&instance, profile);
        plays.entry(path(&play, profile)).or_insert_with(|| values(ensemble, &instance, &play));
    }
    if !plays.is_empty() {
        let range = |place: usize| {
            let values = plays.values().map(|values| values[place]);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        placed.ranges = (0..ensemble.quantities.len()).map(range).collect();
    }
    placed.answer = Answer::Own(plays.into_keys().collect());
}

fn path(play: &Play<'_>, profile: &Profile) -> Path {
    let form = play.form();
    form.info_set_ids()
        .filter(|set| play.reach_of(*set).is_positive())
        .map(|set| {
            let chosen = form.actions(set).position(|action| profile.of(action).is_one());
            (set, chosen.expect("the profile is pure") as u32)
        })
        .collect()
}

fn values(ensemble: &Ensemble, instance: &GameInstance, play: &Play<'_>) -> Vec<f64> {
    let form = play.form();
    let of_quantity = |quantity: &Quantity| -> Rational {
        let mut total = Rational::ZERO;
        for end in form.ends() {
            let row = form.row(end).expect("an end pays a row");
            let outcome = form.outcome_of(row);
            match quantity {
                Quantity::Payoff(player) => {
                    total += play.reach(end) * instance.row_payoff(row, *player);
                }
                Quantity::Outcome(wanted) if outcome == Some(*wanted) => total += play.reach(end),
                Quantity::NoOutcome if outcome.is_none() => total += play.reach(end),
                _ => {}
            }
        }
        total
    };
    ensemble.quantities.iter().map(|quantity| of_quantity(quantity).to_f64()).collect()
}
