//! Warnings that need solving: what an author would want to know before the results.

mod idle_sight;
mod missing_scenarios;
mod never_chosen;
mod places;
mod resting_ties;
mod thin_sources;

pub use missing_scenarios::missing_scenarios;

use crate::road::{self, Asked, Opened, Solved};
use detente_lang::{Diagnostic, Options};
use detente_solve::Limits;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Larger trees are solved when asked, not while they are checked.
const MOST_NODES: usize = 2_000;

/// Set from outside to stop early.
pub type Stop = Option<Arc<AtomicBool>>;

/// Trials of the search, more than scenarios of this size need.
const LIMITS: Limits = Limits { profiles: 200_000, candidates: 500 };

/// With more candidates than this, verifying them would take long.
const MOST_JUDGED: u64 = 160;

/// What was found, and what was not looked for.
#[derive(Debug, Clone, Default)]
pub struct Linted {
    /// The warnings.
    pub warnings: Vec<Diagnostic>,
    /// What was not looked for, and why; each a sentence without a full stop.
    pub left_out: Vec<String>,
}

impl Linted {
    fn without(why: impl Into<String>) -> Self {
        Self { warnings: Vec::new(), left_out: vec![why.into()] }
    }
}

/// Warnings about a scenario without errors; fewer where they would take long, or after `stop` is
/// set.
#[must_use]
pub fn warnings(opened: &Opened, options: &Options, stop: &Stop) -> Linted {
    let Some(game) = opened.game() else { return Linted::default() };
    if game.form.node_count() > MOST_NODES {
        return Linted::without(format!(
            "warnings that need equilibria (W102, W105, W106, W107) are not looked for beyond {MOST_NODES} nodes"
        ));
    }
    let Some(solved) = solved(game, stop) else {
        return Linted::without(
            "warnings that need all equilibria (W102, W105, W106, W107) are not looked for: finding these takes long",
        );
    };
    let mut linted = Linted::default();
    linted.warnings.extend(never_chosen::warnings(opened, &solved));
    linted.warnings.extend(idle_sight::warnings(opened, options, &solved, stop));
    if thin_sources::is_short(game) {
        linted.warnings.extend(thin_sources::warnings(opened, &solved));
    } else {
        linted.left_out.push(
            "numbers that turn a choice nearby (W106) are not looked for: the formulas are too many or too long".to_owned(),
        );
    }
    linted.warnings.extend(resting_ties::warnings(opened, &solved));
    linted
}

/// All perfect Bayesian kinds of equilibria at the base; `None` if they were not all found and
/// verified within the limits.
fn solved(game: &detente_game::Game, stop: &Stop) -> Option<Solved> {
    let instance = Arc::new(game.base().ok()?);
    let asked = Asked {
        bounds: false,
        mixed: false,
        limits: LIMITS,
        most_judged: MOST_JUDGED,
        stop: stop.clone(),
        ..Asked::default()
    };
    let solved = road::equilibria(&instance, &asked, &mut |_| {});
    let cut_short = solved.undecided.iter().any(|open| open.why == super::road::NOT_REACHED);
    (solved.all_pure && !cut_short).then_some(solved)
}
