//! Warnings that need solving: what an author would want to know before the results.

mod idle_sight;
mod never_chosen;
mod places;
mod resting_ties;
mod thin_sources;

use crate::road::{self, Asked, Opened, Solved};
use detente_lang::{Diagnostic, Options};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Larger trees are solved when asked, not while they are checked.
const MOST_NODES: usize = 2_000;

/// Set from outside to stop early.
pub type Stop = Option<Arc<AtomicBool>>;

/// Warnings about a scenario without errors; none for large trees, where they would take long, or
/// after `stop` is set.
#[must_use]
pub fn warnings(opened: &Opened, options: &Options, stop: &Stop) -> Vec<Diagnostic> {
    let Some(game) = opened.game() else { return Vec::new() };
    if game.form.node_count() > MOST_NODES {
        return Vec::new();
    }
    let Some(solved) = solved(game, stop) else { return Vec::new() };
    let mut found = never_chosen::warnings(opened, &solved);
    found.extend(idle_sight::warnings(opened, options, &solved, stop));
    found.extend(thin_sources::warnings(opened, &solved));
    found.extend(resting_ties::warnings(opened, &solved));
    found
}

/// All perfect Bayesian kinds of equilibria at the base; `None` if they were not all found.
fn solved(game: &detente_game::Game, stop: &Stop) -> Option<Solved> {
    let instance = Arc::new(game.base().ok()?);
    let limits = detente_solve::Limits { profiles: 200_000, candidates: 500 };
    let asked =
        Asked { bounds: false, mixed: false, limits, stop: stop.clone(), ..Asked::default() };
    let solved = road::equilibria(&instance, &asked, &mut |_| {});
    solved.all_pure.then_some(solved)
}
