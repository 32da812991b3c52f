//! Which assumption turns an equilibrium soonest.

use super::{doubts, turned};
use crate::formats::text::words;
use crate::numbers::Numbers;
use detente_analysis::algebra::Root;
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
        return "No turn was found inside the ranges, each parameter moved alone.".to_owned();
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
            turn.flip.side.word(),
            words::root(&turn.flip.at, numbers),
            turned(&game.form, turn)
        ))
    });
    let measure = if found.iter().all(|one| game.params[one.param.index()].range.is_some()) {
        "of its range"
    } else {
        "of its range (of its size, without a range)"
    };
    let is_rounded = found.iter().any(|one| {
        let turn = one.nearer(&point[one.param.index()]);
        turn.is_some_and(|turn| matches!(turn.flip.at, Root::Enclosed(_)))
    });
    let share = if is_rounded {
        format!("About {}", Numbers::Decimal.share(distance))
    } else {
        numbers.share(distance)
    };
    format!("{share} {measure} is enough. {}.", turns.collect::<Vec<_>>().join("; equally soon "))
}
