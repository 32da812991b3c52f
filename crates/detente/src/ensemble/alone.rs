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
    let plays = by_path(&instance, found.profiles.iter());
    placed.chosen = ensemble.asked.rule.choose(&instance, &plays, &|| ensemble.is_stopped());
    let kept: Vec<Vec<f64>> = plays
        .iter()
        .filter(|(path, _)| placed.chosen.as_ref().is_none_or(|chosen| chosen.keeps(path)))
        .map(|(_, profiles)| values(ensemble, &instance, &Play::new(&instance, profiles[0])))
        .collect();
    if !kept.is_empty() {
        let range = |place: usize| {
            let values = kept.iter().map(|values| values[place]);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        placed.ranges = (0..ensemble.quantities.len()).map(range).collect();
    }
    placed.answer = Answer::Own(plays.into_keys().collect());
}

/// Pure profiles by the way they are played.
pub(super) fn by_path<'a>(
    instance: &GameInstance,
    profiles: impl Iterator<Item = &'a Profile>,
) -> BTreeMap<Path, Vec<&'a Profile>> {
    let mut plays: BTreeMap<Path, Vec<&Profile>> = BTreeMap::new();
    for profile in profiles {
        plays.entry(path_of(instance, profile)).or_default().push(profile);
    }
    plays
}

/// The choices of a pure profile on its path.
pub(super) fn path_of(instance: &GameInstance, profile: &Profile) -> Path {
    path(&Play::new(instance, profile), profile)
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
