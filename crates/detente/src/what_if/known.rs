//! Play if all know of the locks: the equilibria of the game with the locks.
//!
//! Where a reading is locked from a message on, and several cases share its probability, they share it
//! as they are likely in play. So the game with the lock depends on its own equilibrium. It is solved
//! with the shares of the play without the lock; what is found and has other shares gives the next ones
//! to try. An equilibrium is kept only if its own shares are those of the game it was verified in.

use crate::road::Solved;
use detente_analysis::Play;
use detente_game::locked::{Departure, LockError, Locked};
use detente_game::what_if::WhatIf;
use detente_game::{Game, GameInstance, Profile, Rational};
use detente_verify::Equilibrium;
use std::sync::Arc;

/// So many times other shares are tried.
const MOST_TRIED: usize = 8;

/// An equilibrium as the play from which locks depart.
#[must_use]
pub fn departure(before: &Equilibrium) -> Departure<'_> {
    let form = before.instance().form();
    let mut belief = vec![Rational::ZERO; form.node_count()];
    for (set, known) in form.info_set_ids().zip(before.beliefs()) {
        for (member, value) in form.members(set).iter().zip(&known.belief) {
            belief[member.index()] = value.clone();
        }
    }
    Departure { profile: before.profile(), likely: belief.clone(), belief }
}

/// The game with the locks in force and its equilibria.
pub(super) fn known(
    game: &Game,
    what_if: &WhatIf,
    before: &Equilibrium,
    solve: &mut dyn FnMut(&Arc<GameInstance>) -> Solved,
) -> Result<(Locked, Solved), LockError> {
    let mut start = departure(before);
    let mut tried = 0;
    loop {
        let locked = game.locked(what_if, &start)?;
        let instance = locked.at(&locked.to).map_err(LockError::Instance)?;
        let mut found = solve(&Arc::new(instance));
        if !locked.leans_on_play() {
            return Ok((locked, found));
        }
        tried += 1;
        let whole = |part: &Profile| locked.whole(before.instance().form(), part, &locked.to);
        let first = found.equilibria.first().map(|one| whole(one.equilibrium.profile()));
        found.equilibria.retain(|one| {
            one.points().all(|point| agrees(&locked, before, &whole(point.profile())))
        });
        found.complete = false;
        found.all_pure = false;
        found.searched.push_str(
            " Several cases share the locked reading as they are likely in play; of the games that \
             come of it not all were solved.",
        );
        match first {
            Some(first) if found.equilibria.is_empty() && tried < MOST_TRIED => {
                start.likely = likely(before, &first);
            }
            _ => return Ok((locked, found)),
        }
    }
}

fn agrees(locked: &Locked, before: &Equilibrium, whole: &Profile) -> bool {
    let truth = before.instance();
    let eyes: Vec<Play> =
        truth.form().player_ids().map(|player| Play::seen_by(truth, whole, Some(player))).collect();
    locked.agrees_with(&|player, node| eyes[player.index()].reach(node).clone())
}

/// How likely every decision is in its player's eyes.
fn likely(before: &Equilibrium, whole: &Profile) -> Vec<Rational> {
    let truth = before.instance();
    let form = truth.form();
    let mut likely = vec![Rational::ZERO; form.node_count()];
    for player in form.player_ids() {
        let eyes = Play::seen_by(truth, whole, Some(player));
        for set in form.info_set_ids().filter(|set| form.info_set(*set).player == player) {
            for member in form.members(set) {
                likely[member.index()] = eyes.reach(*member).clone();
            }
        }
    }
    likely
}
