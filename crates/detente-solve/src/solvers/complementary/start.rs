//! The first dictionary of a player's polyhedron: he takes his first actions, the other replies
//! best.

use super::Game;
use crate::solvers::sequence_form::Choice;
use detente_game::Rational;
use detente_linear::{Dictionary, whole_factor};

/// A linear function of the variables outside the basis: coefficients, then the constant.
type Linear = Vec<Rational>;

/// The polyhedron of a player's plans.
///
/// Outside the basis are the weights of his actions other than the first of each choice, and by
/// how much the other's best reply at each choice falls short, which is zero.
pub(super) fn dictionary(game: &Game, player: usize) -> Dictionary {
    let (own, other) = (game.sides[player], game.sides[1 - player]);
    let replies = reply_payoffs(game, player);
    let free: usize = own.choices.iter().map(|choice| choice.actions - 1).sum();
    let width = free + other.choices.len();
    let (mut basic, mut outside, mut rows) = (Vec::new(), Vec::new(), Vec::new());

    let mut weights: Vec<Linear> = vec![vec![Rational::ZERO; width + 1]; own.count];
    weights[0][width] = Rational::ONE;
    for choice in &own.choices {
        let mut first = weights[choice.before].clone();
        for sequence in choice.sequences().skip(1) {
            let column = outside.len();
            outside.push(game.label(player, sequence));
            weights[sequence][column] = Rational::ONE;
            first[column] -= Rational::ONE;
        }
        weights[choice.first].clone_from(&first);
        basic.push(game.label(player, choice.first));
        rows.push(first);
    }

    let mut worth: Vec<Linear> = vec![vec![Rational::ZERO; width + 1]; other.count];
    for (sequence, reply, payoff) in &replies {
        add(&mut worth[*reply], &weights[*sequence], payoff);
    }
    for (at, choice) in other.choices.iter().enumerate().rev() {
        let best = best_reply(choice, &worth, width);
        let mut value = worth[best].clone();
        value[free + at] += Rational::ONE;
        for sequence in choice.sequences().filter(|sequence| *sequence != best) {
            let mut short = value.clone();
            add(&mut short, &worth[sequence], &Rational::int(-1));
            basic.push(game.label(1 - player, sequence));
            rows.push(short);
        }
        outside.push(game.label(1 - player, best));
        add(&mut worth[choice.before], &value, &Rational::ONE);
    }
    // Choices of the other were taken from the last to the first.
    outside[free..].reverse();
    Dictionary::new(basic, outside, &rows)
}

/// The other player's payoffs in whole numbers: own sequence, reply, payoff.
fn reply_payoffs(game: &Game, player: usize) -> Vec<(usize, usize, Rational)> {
    let payoffs = game.payoffs[1 - player];
    let factor = whole_factor(payoffs.values());
    let order = |(first, second): (usize, usize)| match player {
        0 => (first, second),
        _ => (second, first),
    };
    payoffs
        .iter()
        .map(|(pair, payoff)| {
            let (sequence, reply) = order(*pair);
            (sequence, reply, payoff * &factor)
        })
        .collect()
}

/// The first best reply at a choice where all variables outside the basis are zero.
fn best_reply(choice: &Choice, worth: &[Linear], width: usize) -> usize {
    let mut best = choice.first;
    for sequence in choice.sequences() {
        if worth[sequence][width] > worth[best][width] {
            best = sequence;
        }
    }
    best
}

fn add(to: &mut Linear, of: &Linear, times: &Rational) {
    for (sum, value) in to.iter_mut().zip(of) {
        if !value.is_zero() {
            *sum += value * times;
        }
    }
}
