//! Members that are solved on their own, in fractions throughout.

use super::{Answer, Ensemble, Path, Placed};
use crate::road::{self, Verified};
use detente_analysis::Play;
use detente_analysis::analyses::ensemble::Quantity;
use detente_game::{GameInstance, Profile, Rational};
use detente_verify::verify_without_bounds;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Solves a member and has its equilibria verified.
pub(super) fn solve(ensemble: &Ensemble, placed: &mut Placed) {
    placed.was_alone = true;
    let point = ensemble.cells.point(&placed.values);
    solve_at(ensemble, &point, placed);
}

/// The same at any point of all parameters, which need not be a draw.
pub(super) fn solve_at(ensemble: &Ensemble, point: &[Rational], placed: &mut Placed) {
    let Ok(instance) = ensemble.cells.game().at(point) else {
        placed.answer = Answer::NoGame;
        return;
    };
    let instance = Arc::new(instance);
    let found =
        if ensemble.asked.mixed { all(ensemble, &instance) } else { pure(ensemble, &instance) };
    let Some(found) = found else {
        placed.answer = Answer::Unfinished;
        return;
    };
    let plays = by_path(&instance, found.iter());
    placed.chosen = ensemble.asked.rule.choose(&instance, &plays, &|| ensemble.is_stopped());
    let kept: Vec<Vec<f64>> = plays
        .iter()
        .filter(|(path, _)| placed.chosen.as_ref().is_none_or(|chosen| chosen.keeps(path)))
        // On one path all pure profiles come to the same.
        .flat_map(|(_, profiles)| if ensemble.asked.mixed { &profiles[..] } else { &profiles[..1] })
        .map(|profile| values(ensemble, &instance, &Play::new(&instance, profile)))
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

/// All pure equilibria, verified; `None` if they are not known.
fn pure(ensemble: &Ensemble, instance: &Arc<GameInstance>) -> Option<Vec<Profile>> {
    let found = ensemble.cells.solve_alone(instance);
    let concept = &ensemble.asked.concept;
    let holds = |profile: &Profile| verify_without_bounds(instance, concept, profile).holds();
    let is_whole = found.stopped.is_none() && found.profiles.iter().all(holds);
    is_whole.then_some(found.profiles)
}

/// All equilibria, verified, a continuum by its corners and points inside its pieces, between whose
/// values its others' lie; `None` if they are not known.
fn all(ensemble: &Ensemble, instance: &Arc<GameInstance>) -> Option<Vec<Profile>> {
    let asked = road::Asked {
        concept: Some(ensemble.asked.concept.clone()),
        bounds: false,
        stop: ensemble.asked.stop.clone(),
        ..road::Asked::default()
    };
    let solved = road::equilibria(instance, &asked, &mut |_| {});
    let is_whole = solved.complete && solved.enclosed.is_empty();
    let points = solved.equilibria.iter().flat_map(Verified::points);
    is_whole.then(|| points.map(|one| one.profile().clone()).collect())
}

/// Profiles by the way they are played.
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

/// The choices of a profile on its path; where it mixes, every option that is taken.
pub(super) fn path_of(instance: &GameInstance, profile: &Profile) -> Path {
    let play = Play::new(instance, profile);
    let form = play.form();
    form.info_set_ids()
        .filter(|set| play.reach_of(*set).is_positive())
        .flat_map(|set| {
            let taken =
                form.actions(set).zip(0..).filter(|(own, _)| profile.of(*own).is_positive());
            taken.map(move |(_, option)| (set, option)).collect::<Path>()
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
