//! The parts of a report that take long: each is bounded, by numbers of draws that do not depend on the
//! machine and by a time after which it is left out, which the page then says.

use super::Asked;
use crate::progress::{self, Progress};
use crate::scenario;
use detente::analysis::analyses::ensemble::Quantity;
use detente::analysis::analyses::register::{Assumption, register};
use detente::analysis::{Play, outcome_shares};
use detente::ensemble::{self, Bound, Ensemble, Rule, sensitivities};
use detente::game::claim::Concept;
use detente::game::{Game, GameInstance, ParamId, Rational};
use detente::report::cards::Card;
use detente::report::formats::json::{self, MapThreshold, RegionMap, Sensitivity};
use detente::report::formats::text::ensemble::{Shown, Told};
use detente::report::value::Value;
use detente::road::Solved;
use detente::value::{self, Learn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// After so long a part is left out.
const PATIENCE: Duration = Duration::from_secs(30);

/// Draws of the ensemble.
const DRAWS: u64 = 16_384;
/// Pairs of draws for each quantity whose drivers are told.
const PAIRS: u64 = 1_024;
/// Seed of both, the one of the verbs.
const SEED: u64 = 1;

/// A part, or why it was left out.
pub type Part<T> = Result<T, String>;

/// The result of some work that heeds the flag, unless it took too long.
fn within<T>(work: impl FnOnce(&Arc<AtomicBool>) -> T) -> Part<T> {
    let stop = progress::flag_after(PATIENCE);
    let done = work(&stop);
    match stop.load(Ordering::Relaxed) {
        true => Err(format!("it takes longer than {} seconds", PATIENCE.as_secs())),
        false => Ok(done),
    }
}

/// The plane of the two parameters with ranges that are nearest to a turn of the first way of play, its turns
/// marked.
pub fn map(game: &Game, cards: &[Card], asked: &Asked) -> Option<Part<RegionMap>> {
    let card = cards.first()?;
    let near = nearest(game, card, asked.quiet)?;
    let made = plane(game, [near[0].param, near[1].param], asked)?;
    Some(made.map(|mut map| {
        for (axis, one) in map.axes.iter_mut().zip(&near) {
            axis.thresholds =
                MapThreshold::turns(&game.params[one.param.index()], one, asked.numbers);
        }
        map.marked = Some(card.label.clone());
        map
    }))
}

/// What the two are, and where they turn it.
fn nearest(game: &Game, card: &Card, quiet: bool) -> Option<[Assumption; 2]> {
    let line = Progress::new("turns", game.params.len() as u64, quiet);
    let mut done = 0;
    let mut go_on = || {
        line.at(done, "parameters");
        done += 1;
        !progress::stopped()
    };
    let mut near: Vec<(Rational, Assumption)> = register(game, &card.points(), &mut go_on)
        .into_iter()
        .filter(|one| game.params[one.param.index()].range.is_some())
        .filter_map(|one| Some((one.distance.clone()?, one)))
        .collect();
    near.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.param.index().cmp(&other.param.index())));
    let mut near = near.into_iter().map(|(_, one)| one);
    Some([near.next()?, near.next()?])
}

fn plane(game: &Game, params: [ParamId; 2], asked: &Asked) -> Option<Part<RegionMap>> {
    let (quiet, pure) = (asked.quiet, asked.search.pure);
    let line = Progress::new("mapping", super::super::map::PARTS, quiet);
    let plane = within(|stop| {
        super::super::map::plane(game, params, pure, stop, &mut |parts| {
            line.at(parts, "parts of 1,000")
        })
    });
    plane.map(|made| made.map(Ok)).unwrap_or_else(|why| Some(Err(why)))
}

/// All uncertain numbers drawn together; `None` if none has a distribution.
pub fn ensemble(game: &Game, text_hash: &str, quiet: bool) -> Option<Part<json::Ensemble>> {
    let line = Progress::new("drawing", DRAWS, quiet);
    let made = within(|stop| {
        let mut ensemble = Ensemble::new(game, draws(DRAWS, stop)).ok()?;
        while !ensemble.next_chunk().is_empty() {
            line.at(ensemble.totals().members, "draws");
        }
        let drawn = ensemble.draws().params.iter();
        Some(json::ensemble(&Shown {
            form: &game.form,
            totals: ensemble.totals(),
            quantities: ensemble.quantities(),
            concept: &ensemble.asked().concept,
            mixed: false,
            drawn: drawn.map(|param| game.params[param.index()].name.clone()).collect(),
            seed: SEED,
            hash: text_hash,
            points: "quasi-random",
            rule: Told { name: "bounds", phrase: "all are kept" },
            verified: ensemble.verified(),
            stopped: false,
        }))
    });
    made.map(|made| made.map(Ok)).unwrap_or_else(|why| Some(Err(why)))
}

fn draws(members: u64, stop: &Arc<AtomicBool>) -> ensemble::Asked {
    ensemble::Asked {
        concept: Concept::WeakPbe,
        mixed: false,
        seed: SEED,
        random: false,
        members,
        rule: Rule::Bounds,
        stop: Some(Arc::clone(stop)),
    }
}

/// What drives the outcome that is the most frequent in the first way of play, and each player's payoff.
pub fn drivers(game: &Game, cards: &[Card], quiet: bool) -> Option<Part<Vec<Sensitivity>>> {
    let quantities = quantities(game, cards.first()?);
    let line = Progress::new("drawing pairs", PAIRS, quiet);
    let made = within(|stop| {
        let told = &mut |done| line.at(done, "pairs");
        let found =
            sensitivities(game, draws(PAIRS, stop), &quantities, Bound::Middle, told).ok()?;
        let all = quantities.iter().zip(&found).map(|(quantity, found)| json::Sensitivity {
            of: quantity.name(&game.form),
            bound: "middle".to_owned(),
            concept: Concept::WeakPbe.name().to_owned(),
            seed: SEED,
            ..super::super::sensitivity::told(game, found)
        });
        Some(all.collect())
    });
    made.map(|made| made.map(Ok)).unwrap_or_else(|why| Some(Err(why)))
}

fn quantities(game: &Game, card: &Card) -> Vec<Quantity> {
    let lead = card.lead();
    let shares = outcome_shares(&Play::new(lead.instance(), lead.profile()));
    let named = shares.iter().filter_map(|share| Some((share.outcome?, &share.probability)));
    // Of equally frequent ones the first in the file's order.
    let most = named.reduce(|best, next| if next.1 > best.1 { next } else { best });
    let outcome = most.map(|(outcome, _)| Quantity::Outcome(outcome));
    outcome.into_iter().chain(game.form.player_ids().map(Quantity::Payoff)).collect()
}

/// What it is worth to each player to be told the others' types; `None` if there is nothing to tell.
pub fn value(game: &Game, solved: &Solved, asked: &Asked) -> Option<Part<Value>> {
    let form = &game.form;
    let told = value::of_others(form);
    if told.is_empty() || solved.equilibria.is_empty() {
        return None;
    }
    let line = Progress::new("telling types", told.len() as u64, asked.quiet);
    let made = within(|stop| {
        let mut found = Value {
            title: game.meta.title.clone(),
            players: form.players().iter().map(|player| player.name.clone()).collect(),
            before: value::found(form, solved),
            learning: Vec::new(),
            commitment: Vec::new(),
            along: Vec::new(),
            left_out: Vec::new(),
            stopped: false,
        };
        for (done, (player, event)) in told.iter().enumerate() {
            line.at(done as u64, "games");
            let learn = Learn {
                game,
                before: solved,
                player: *player,
                event: *event,
                accuracy: Rational::ONE,
                max_nodes: asked.options.max_nodes,
            };
            let solve = &mut |instance: &Arc<GameInstance>| {
                scenario::found_until(instance, asked.search, stop)
            };
            found.learning.push(value::learning(&learn, solve)?);
        }
        Ok(found)
    });
    Some(made.and_then(|made| made))
}
