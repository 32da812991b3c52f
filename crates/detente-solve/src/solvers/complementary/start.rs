//! The first dictionary of a player's polyhedron: he takes his first actions, the other replies
//! best.
//!
//! Outside the basis are the weights of his other actions, and by how much the other's reply at
//! each choice falls short of the best, which is zero.

use super::Game;
use crate::solvers::sequence_form::Choice;
use detente_game::Rational;
use detente_linear::{Dictionary, whole_factor};

/// A linear function of the variables outside the basis: coefficients, then the constant.
pub(crate) type Linear = Vec<Rational>;

/// The equations of a player's polyhedron, solved for some of its variables.
pub(crate) struct Equations {
    /// The labels of the variables that are given by the others.
    pub basic: Vec<u32>,
    /// The labels of the others.
    pub outside: Vec<u32>,
    /// Per basic variable its coefficients and its constant.
    pub rows: Vec<Linear>,
    /// The sequence that the other player replies with at each of his choices.
    pub replies: Vec<usize>,
}

/// The polyhedron of a player's plans.
pub(super) fn dictionary(game: &Game, player: usize) -> Dictionary {
    let first: Vec<usize> = game.sides[player].choices.iter().map(|choice| choice.first).collect();
    let Equations { basic, outside, rows, .. } = equations(game, player, &first, None);
    Dictionary::new(basic, outside, &rows)
}

/// The equations solved for the weights of `taken`, one sequence per choice of the player, and
/// for what the other's sequences fall short by, other than those of his replies: `replies`, or
/// the best ones.
pub(crate) fn equations(
    game: &Game,
    player: usize,
    taken: &[usize],
    replies: Option<&[usize]>,
) -> Equations {
    let (own, other) = (game.sides[player], game.sides[1 - player]);
    let free: usize = own.choices.iter().map(|choice| choice.actions - 1).sum();
    let width = free + other.choices.len();
    let mut found = Equations {
        basic: Vec::new(),
        outside: Vec::new(),
        rows: Vec::new(),
        replies: vec![0; other.choices.len()],
    };

    let mut weights: Vec<Linear> = vec![vec![Rational::ZERO; width + 1]; own.count];
    weights[0][width] = Rational::ONE;
    for (choice, taken) in own.choices.iter().zip(taken) {
        let mut rest = weights[choice.before].clone();
        for sequence in choice.sequences().filter(|sequence| sequence != taken) {
            let column = found.outside.len();
            found.outside.push(game.label(player, sequence));
            weights[sequence][column] = Rational::ONE;
            rest[column] -= Rational::ONE;
        }
        weights[*taken].clone_from(&rest);
        found.basic.push(game.label(player, *taken));
        found.rows.push(rest);
    }

    let mut worth: Vec<Linear> = vec![vec![Rational::ZERO; width + 1]; other.count];
    for (sequence, reply, payoff) in reply_payoffs(game, player) {
        add(&mut worth[reply], &weights[sequence], &payoff);
    }
    for (at, choice) in other.choices.iter().enumerate().rev() {
        let reply = replies.map_or_else(|| best_reply(choice, &worth, width), |given| given[at]);
        let mut value = worth[reply].clone();
        value[free + at] += Rational::ONE;
        for sequence in choice.sequences().filter(|sequence| *sequence != reply) {
            let mut short = value.clone();
            add(&mut short, &worth[sequence], &Rational::int(-1));
            found.basic.push(game.label(1 - player, sequence));
            found.rows.push(short);
        }
        found.replies[at] = reply;
        add(&mut worth[choice.before], &value, &Rational::ONE);
    }
    found.outside.extend(found.replies.iter().map(|reply| game.label(1 - player, *reply)));
    found
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
