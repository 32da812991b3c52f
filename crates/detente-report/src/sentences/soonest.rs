//! Which assumption turns an equilibrium soonest.

use super::{doubts, turned};
use crate::formats::text::words;
use crate::numbers::Numbers;
use detente_analysis::analyses::register::{self, Assumption};
use detente_game::Game;
use detente_verify::Equilibrium;

/// Which parameter has to move the least part of its range, each moved alone, until the equilibrium
/// ceases to be one, and what happens there. It speaks of the parameters in the register only.
#[must_use]
pub fn soonest(
    game: &Game,
    equilibrium: &Equilibrium,
    register: &[Assumption],
    numbers: Numbers,
) -> String {
    let found = register::soonest(register);
    let Some(distance) = found.first().and_then(|one| one.distance.as_ref()) else {
        let none = "No turn was found inside the ranges, each parameter moved alone.";
        return format!("{none}{}", not_followed(game, register));
    };
    let point = equilibrium.instance().point();
    let turns = found.iter().filter_map(|one| {
        let param = &game.params[one.param.index()];
        let turn = one.nearer(&point[one.param.index()])?;
        let doubts = doubts(turn);
        let doubt =
            if doubts.is_empty() { String::new() } else { format!(" ({})", doubts.join("; ")) };
        let support = if one.thinness.is_some() { "thinly supported" } else { "supported" };
        Some(format!(
            "{} ({support}): {} {}{doubt}, {}",
            param.name,
            turn.side.word(),
            words::place(&turn.at, numbers),
            turned(&game.form, turn)
        ))
    });
    let measure = if found.iter().all(|one| game.params[one.param.index()].range.is_some()) {
        "of its range"
    } else {
        "of its range (of its size, without a range)"
    };
    format!(
        "{} {measure} is enough. {}.{}",
        numbers.share(distance),
        turns.collect::<Vec<_>>().join("; equally soon "),
        not_followed(game, register)
    )
}

/// The parameters of which it is not known where they turn a mixed equilibrium, as a sentence.
fn not_followed(game: &Game, register: &[Assumption]) -> String {
    let unknown = register.iter().filter(|one| one.unknown.is_some());
    let names: Vec<&str> =
        unknown.map(|one| game.params[one.param.index()].name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(" Not known, since its mixed choices could not be followed: {}.", names.join(", "))
}
