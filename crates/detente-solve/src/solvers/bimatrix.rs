//! All mixed equilibria of a two-player strategic form.
//!
//! A game in which each player decides once is searched as it is; a tree through its reduced
//! strategic form, in which strategies that differ only where they do not lead are one.

use super::complementary::{self, Game};
use super::sequence_form::{Choice, Payoffs, Sequences, Side};
use crate::{Budget, Found, Progress, Question};
use detente_game::card::Card;
use detente_game::exchange::{ReducedStrategy, StrategicForm, StrategicLimits, strategic_form};
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{PlayerId, Rational};
use std::collections::BTreeMap;

/// The card of the complete search in the strategic form.
pub static CARD: Card = Card {
    name: "bimatrix",
    line: "All mixed Nash equilibria of a two-player strategic form, with their connected components",
    accepts: "two players, perfect recall; chances may be private; up to 300 strategies each, in the reduced strategic form of a tree",
    exact: true,
    complete: Some("all Nash equilibria, up to what players do where their own plans do not lead"),
    cost: "exponential in the strategies, with exact pruning; 15 by 15 is practical",
    source: "Mangasarian 1964; Winkels 1979; Audet, Hansen, Jaumard and Savard 2001; Avis, Rosenberg, Savani and von Stengel 2010",
};

/// The most strategies of a player: a dictionary grows with their square.
const MOST_STRATEGIES: usize = 300;

/// Searches all Nash equilibria, mixed ones included.
///
/// # Errors
/// A part of a sentence if the game or the concept is not of the kind that [`CARD`] names.
pub fn solve(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Result<Found, String> {
    complementary::check(instance, &question.concept)?;
    let limits = StrategicLimits {
        strategies: MOST_STRATEGIES,
        payoffs: 2 * MOST_STRATEGIES * MOST_STRATEGIES,
        ..StrategicLimits::default()
    };
    let strategic = strategic_form(instance, &limits).map_err(|error| error.message)?;
    let tree = Sequences::of(instance, GameForm::ROOT, &[], &|_| None);
    let sides = [0, 1].map(|player| one_choice(strategic.strategies[player].len()));
    let payoffs = [0, 1].map(|player| payoffs(&strategic, player));
    let taken = [0, 1].map(|player| {
        strategies_by_sequence(instance, &tree.sides[player], &strategic.strategies[player])
    });
    let view = |player: usize, weights: Vec<Rational>| plan(&taken[player], &weights);
    let game = Game {
        sides: [&sides[0], &sides[1]],
        payoffs: [&payoffs[0], &payoffs[1]],
        view: &view,
        keeps_vertices: tree.sides.iter().all(|side| side.choices.len() < 2),
    };
    let question = complementary::with_limits(question, &game);
    let mut budget = Budget::new(&question, progress);
    let listed = complementary::solve(&game, &mut budget);
    let sides = [&tree.sides[0], &tree.sides[1]];
    Ok(complementary::answer(instance, sides, &listed, &budget, &CARD))
}

/// A player who chooses once.
fn one_choice(strategies: usize) -> Side {
    let choice = Choice { before: 0, first: 1, actions: strategies };
    Side { choices: vec![choice], sets: Vec::new(), count: strategies + 1 }
}

fn payoffs(form: &StrategicForm, player: usize) -> Payoffs {
    let [rows, columns] = [0, 1].map(|player| form.strategies[player].len());
    let pairs = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let paid = pairs.map(|(row, column)| {
        let payoff = form.payoff(&[row, column], PlayerId::from_index(player)).clone();
        ((row + 1, column + 1), payoff)
    });
    paid.filter(|(_, payoff)| !payoff.is_zero()).collect::<BTreeMap<_, _>>()
}

/// Per sequence of a player in the tree, the strategies that take all of its actions.
fn strategies_by_sequence(
    instance: &GameInstance,
    side: &Side,
    strategies: &[ReducedStrategy],
) -> Vec<Vec<usize>> {
    let mut taken = vec![Vec::new(); side.count];
    taken[0] = (0..strategies.len()).collect();
    for (choice, set) in side.choices.iter().zip(&side.sets) {
        for (action, sequence) in instance.form().actions(*set).zip(choice.sequences()) {
            let before = taken[choice.before].iter().copied();
            taken[sequence] =
                before.filter(|at| strategies[*at].actions.contains(&action)).collect();
        }
    }
    taken
}

/// The realization plan of a mixed strategy.
fn plan(taken: &[Vec<usize>], weights: &[Rational]) -> Vec<Rational> {
    taken.iter().map(|strategies| strategies.iter().map(|at| &weights[at + 1]).sum()).collect()
}
