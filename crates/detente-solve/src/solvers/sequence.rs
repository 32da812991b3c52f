//! All mixed equilibria of a two-player tree, directly in the sequence form.
//!
//! Strategies are realization plans: weights of the sequences of own actions, as many as a
//! player's actions, where the strategic form would need all combinations. What a player would do
//! where his own plan never leads is no part of a plan, so each behaviour that matters is listed
//! once.

use super::complementary::{self, Game};
use super::sequence_form::Sequences;
use crate::{Budget, Found, Progress, Question};
use detente_game::card::Card;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{PlayerId, Rational};

/// The card of the complete search in the sequence form.
pub static CARD: Card = Card {
    name: "sequence",
    line: "All mixed Nash equilibria of a two-player tree, with their connected components",
    accepts: "two players, perfect recall; chances may be private; up to 600 actions",
    exact: true,
    complete: Some("all Nash equilibria, up to what players do where their own plans do not lead"),
    cost: "exponential in the actions that may be taken in equilibrium, with exact pruning",
    source: "Romanovskii 1962; Koller, Megiddo and von Stengel 1996; Audet, Hansen, Jaumard and Savard 2001",
};

/// The most actions of both players together: a dictionary grows with their square.
const MOST_ACTIONS: usize = 600;

/// Searches all Nash equilibria, mixed ones included.
///
/// Pieces of continua are listed by the vertices of their sets of realization plans: mixtures of
/// corners are mixtures of whole plans (Kuhn 1953), in which behaviour at two of a player's own
/// situations in sequence is not mixed separately.
///
/// # Errors
/// A part of a sentence if the game or the concept is not of the kind that [`CARD`] names.
pub fn solve(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Result<Found, String> {
    complementary::check(instance, &question.concept)?;
    let actions = instance.form().action_count();
    if actions > MOST_ACTIONS {
        return Err(format!("the players have {actions} actions, more than {MOST_ACTIONS}"));
    }
    let players = [PlayerId(0), PlayerId(1)];
    let form = Sequences::of(instance, GameForm::ROOT, &players, &|_| None);
    let sides = [&form.sides[0], &form.sides[1]];
    let view = |_: usize, plan: Vec<Rational>| plan;
    let game = Game {
        sides,
        payoffs: [&form.payoffs[0], &form.payoffs[1]],
        view: &view,
        keeps_vertices: sides.iter().all(|side| side.choices.len() < 2),
    };
    let question = complementary::with_limits(question, &game);
    let mut budget = Budget::new(&question, progress);
    let listed = complementary::solve(&game, &mut budget);
    Ok(complementary::answer(instance, sides, &listed, &budget, &CARD))
}
