//! Members that are solved on their own, in fractions throughout.

use super::boxed::Boxed;
use super::{Answer, Ensemble, Path, Placed};
use crate::road::{self, Verified};
use detente_analysis::Play;
use detente_analysis::analyses::ensemble::Quantity;
use detente_game::{GameInstance, Profile, Rational};
use detente_verify::{Enclosed, verify_without_bounds};
use std::collections::{BTreeMap, BTreeSet};
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
    let Some(Found { profiles, enclosed }) = found else {
        placed.answer = Answer::Unfinished;
        return;
    };
    let boxes: Vec<Boxed<'_>> = enclosed.iter().map(Boxed::new).collect();
    let plays = by_path(&instance, profiles.iter());
    let mut paths: BTreeSet<Path> = plays.keys().cloned().collect();
    paths.extend(boxes.iter().map(Boxed::path));
    let rule = &ensemble.asked.rule;
    placed.chosen = match boxes.is_empty() {
        true => rule.choose(&instance, &plays, &|| ensemble.is_stopped()),
        false => rule.choose_by_path(&paths),
    };
    let is_kept = |path: &Path| placed.chosen.as_ref().is_none_or(|chosen| chosen.keeps(path));
    let kept = plays
        .iter()
        .filter(|(path, _)| is_kept(path))
        // On one path all pure profiles come to the same.
        .flat_map(|(_, profiles)| if ensemble.asked.mixed { &profiles[..] } else { &profiles[..1] })
        .map(|profile| values(ensemble, &instance, &Play::new(&instance, profile)));
    let boxed = boxes.iter().filter(|one| is_kept(&one.path()));
    let boxed =
        boxed.map(|one| ensemble.quantities.iter().map(|wanted| one.range(wanted)).collect());
    placed.ranges = kept.chain(boxed).reduce(hull).unwrap_or_default();
    placed.answer = Answer::Own(paths.into_iter().collect());
}

/// Per quantity, the least range that holds both.
fn hull(one: Vec<(f64, f64)>, other: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let both = one.into_iter().zip(other);
    both.map(|(one, other)| (one.0.min(other.0), one.1.max(other.1))).collect()
}

/// All equilibria of a member.
struct Found {
    /// Those that are known exactly.
    profiles: Vec<Profile>,
    /// Those known by boxes, each proved to hold exactly one.
    enclosed: Vec<Enclosed>,
}

/// All pure equilibria, verified; `None` if they are not known.
fn pure(ensemble: &Ensemble, instance: &Arc<GameInstance>) -> Option<Found> {
    let found = ensemble.cells.solve_alone(instance);
    let concept = &ensemble.asked.concept;
    let holds = |profile: &Profile| verify_without_bounds(instance, concept, profile).holds();
    let is_whole = found.stopped.is_none() && found.profiles.iter().all(holds);
    is_whole.then_some(Found { profiles: found.profiles, enclosed: Vec::new() })
}

/// All equilibria, verified, a continuum by its corners and points inside its pieces, between whose
/// values its others' lie; `None` if they are not known, or some by boxes to which the rule cannot
/// be put.
fn all(ensemble: &Ensemble, instance: &Arc<GameInstance>) -> Option<Found> {
    let asked = road::Asked {
        concept: Some(ensemble.asked.concept.clone()),
        bounds: false,
        stop: ensemble.asked.stop.clone(),
        ..road::Asked::default()
    };
    let solved = road::equilibria(instance, &asked, &mut |_| {});
    let can_choose = solved.enclosed.is_empty() || ensemble.asked.rule.goes_by_path();
    let points = solved.equilibria.iter().flat_map(Verified::points);
    let profiles = points.map(|one| one.profile().clone()).collect();
    (solved.complete && can_choose).then_some(Found { profiles, enclosed: solved.enclosed })
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

fn values(ensemble: &Ensemble, instance: &GameInstance, play: &Play<'_>) -> Vec<(f64, f64)> {
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
    let exactly = |quantity| of_quantity(quantity).to_f64();
    ensemble.quantities.iter().map(exactly).map(|value| (value, value)).collect()
}
