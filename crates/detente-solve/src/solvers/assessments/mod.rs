//! All mixed equilibria with beliefs of two-player trees of any number of stages.
//!
//! Every weak perfect Bayesian equilibrium is a Nash equilibrium whose options, at every situation,
//! are best for some belief. So all Nash equilibria are listed first, as products of convex sets of
//! realization plans; then options are chosen for every situation, the last ones first. A choice
//! takes a face of every product (the weights of what is not chosen are zero), and is given up as
//! soon as no face is left or linear programs show that no belief supports it. What a plan does
//! not tell, because it never leads there, is free within the options chosen.
//!
//! Perfect Bayesian and sequential equilibria are among these. Where all points inside a face have
//! the same beliefs, as far as these matter, one of them decides for all.

mod answer;
mod cell;
mod place;
mod search;
mod strategies;

use super::complementary::{self, Game};
use super::products;
use super::sequence_form::Sequences;
use crate::{Budget, Found, Progress, Question};
use cell::Scene;
use detente_game::card::Card;
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{PlayerId, Rational};
use place::Place;
use search::Search;

/// The card of the search through assessments.
pub static CARD: Card = Card {
    name: "assessments",
    line: "All mixed equilibria with beliefs of a two-player tree of any number of stages",
    accepts: "two players, perfect recall; chances may be private; up to 200 actions, 8 options a situation",
    exact: true,
    complete: Some(
        "all weak perfect Bayesian equilibria, and the perfect Bayesian and sequential \
                    ones among them, except where the answer says that a region is open",
    ),
    cost: "exponential in situations and options, with exact pruning; a dozen situations of two options are practical",
    source: "Nash equilibria as in Audet, Hansen, Jaumard and Savard 2001; beliefs as in Kreps and Wilson 1982",
};

/// The most actions of both players together.
const MOST_ACTIONS: usize = 200;
/// All sets of options of a situation are tried.
const MOST_OPTIONS: u32 = 8;
/// Trials before an unnamed search gives up: each may cost linear programs.
const USUAL_TRIALS: u64 = 5_000;
/// The same for the search for Nash equilibria, divided by the third power of the number of
/// actions.
const USUAL_WORK: u64 = 500_000_000;

/// Searches all weak perfect Bayesian equilibria, mixed ones included; for a stronger concept, the
/// weak ones among which all of that concept are.
///
/// A piece of a continuum is listed by its corners, pairs of vertices of the sets of realization
/// plans; inside it the same options are taken. Where it depends on the other player's mixture off
/// the path which option is best, only one point is tried, and the rest is left open.
///
/// # Errors
/// A part of a sentence if the game or the concept is not of the kind that [`CARD`] names.
pub fn solve(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Result<Found, String> {
    check(instance, &question.concept)?;
    let form = instance.form();
    let players = [PlayerId(0), PlayerId(1)];
    let sequences = Sequences::of(instance, GameForm::ROOT, &players, &|_| None);
    let sides = [&sequences.sides[0], &sequences.sides[1]];
    let view = |_: usize, plan: Vec<Rational>| plan;
    let game = Game {
        sides,
        payoffs: [&sequences.payoffs[0], &sequences.payoffs[1]],
        view: &view,
        keeps_vertices: sides.iter().all(|side| side.choices.len() < 2),
    };
    let cube = (form.action_count() as u64).pow(3).max(1);
    let patient = with_patience(&complementary::with_limits(question, &game), USUAL_WORK / cube);
    let mut nash = Budget::new(&patient, progress);
    let listed = complementary::solve(&game, &mut nash);
    let whole = !nash.is_stopped() && listed.cut_short == 0;
    let (reason, touched) = (nash.reason(), nash.touched());
    drop(nash);

    let points = [&listed.points[0], &listed.points[1]];
    let greatest = products::greatest_of(&listed.products, points, listed.are_faces);
    let places: Vec<Place> = form.info_set_ids().map(|set| Place::of(instance, set)).collect();
    let patient = with_patience(question, USUAL_TRIALS);
    let mut budget = Budget::new(&patient, progress);
    let mut search = Search::new(instance, &places, sides, points, &mut budget);
    search.run(0, &greatest);
    let faces = std::mem::take(&mut search.faces);
    drop(search);
    let scene = Scene { instance, places: &places, sides, points };
    let lacking = (!whole)
        .then(|| reason.unwrap_or_else(|| "some continua have very many vertices".to_owned()));
    let mut found = answer::answer(&scene, &faces, &question.concept, &budget, lacking.as_deref());
    found.touched += touched;
    Ok(found)
}

fn check(instance: &GameInstance, concept: &Concept) -> Result<(), String> {
    let form = instance.form();
    match concept {
        Concept::WeakPbe | Concept::Pbe | Concept::Sequential => {}
        refinement if refinement.is_refinement() => {}
        _ => return Err("this method lists equilibria with beliefs only".to_owned()),
    }
    complementary::check(instance, &Concept::Nash)?;
    let actions = form.action_count();
    if actions > MOST_ACTIONS {
        return Err(format!("the players have {actions} actions, more than {MOST_ACTIONS}"));
    }
    let most = form.info_sets().iter().map(|set| set.action_count).max().unwrap_or(0);
    if most > MOST_OPTIONS {
        return Err(format!("a situation has {most} options, more than {MOST_OPTIONS}"));
    }
    if form.info_set_ids().any(|set| form.members(set).is_empty()) {
        return Err("a situation comes up nowhere".to_owned());
    }
    Ok(())
}

/// Unless this method was asked for by name, it leaves large games to others after a while.
fn with_patience(question: &Question, trials: u64) -> Question {
    let mut question = question.clone();
    if question.method.is_none() {
        question.limit.profiles = question.limit.profiles.min(trials);
    }
    question
}
