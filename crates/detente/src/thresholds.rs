//! Between which values of a parameter an equilibrium, an outcome or an expectation holds.

use crate::claims;
use crate::road::{self, Asked, Verified};
use detente_analysis::Play;
use detente_analysis::analyses::thresholds::{
    Known, Threshold, Walk, is_played_alike, is_played_within,
};
use detente_game::claim::{Concept, Query};
use detente_game::form::NodeKind;
use detente_game::{Game, GameInstance, OutcomeId, ParamId};
use detente_solve::Limits;
use detente_verify::Equilibrium;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What is to hold.
#[derive(Debug, Clone, Copy)]
pub enum Goal<'g> {
    /// The same way of playing: the ends come up that come up in the equilibrium that was begun
    /// with; of a continuum, in one of its points.
    Play,
    /// An equilibrium in which this outcome comes up.
    Outcome(OutcomeId),
    /// An equilibrium that satisfies these queries.
    Queries(&'g [Query]),
}

impl Goal<'_> {
    /// Whether the points of a continuum, or one equilibrium, go on what was begun with.
    fn is_same(&self, starts: &[Equilibrium], points: &[Equilibrium]) -> bool {
        match self {
            Self::Play => points.iter().any(|point| is_played_alike(point, &starts[0])),
            Self::Outcome(_) | Self::Queries(_) => true,
        }
    }

    /// Whether an equilibrium is a witness; `starts` are those that were begun with.
    #[must_use]
    pub fn is_met(&self, game: &Game, starts: &[Equilibrium], by: &Equilibrium) -> bool {
        match self {
            Self::Play => starts.iter().any(|start| is_played_within(by, start)),
            Self::Outcome(outcome) => leads_to(by, *outcome),
            Self::Queries(queries) => claims::is_witness(game, by, queries),
        }
    }
}

fn leads_to(equilibrium: &Equilibrium, outcome: OutcomeId) -> bool {
    let play = Play::new(equilibrium.instance(), equilibrium.profile());
    let form = play.form();
    form.ends().any(|end| match form.kind(end) {
        NodeKind::End(row) => {
            form.outcome_of(row) == Some(outcome) && play.reach(end).is_positive()
        }
        _ => false,
    })
}

/// Where payoffs tie, thousands of equilibria may differ off the path alone; of more candidates than
/// this not all are judged, and what is said of such a point names that not everything was searched.
const MOST_JUDGED: u64 = 512;

/// How equilibria are searched for beyond an end.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Whether mixed equilibria are left out.
    pub pure: bool,
    /// Where each search stops.
    pub limits: Limits,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

impl Search {
    /// All equilibria of a concept at a point; of a continuum, every point known of it.
    #[must_use]
    pub fn at(&self, instance: &Arc<GameInstance>, concept: &Concept) -> Known {
        let asked = Asked {
            concept: Some(concept.clone()),
            mixed: !self.pure,
            bounds: false,
            limits: self.limits,
            most_judged: MOST_JUDGED,
            stop: self.stop.clone(),
            ..Asked::default()
        };
        let solved = road::equilibria(instance, &asked, &mut |_| {});
        let points = |one: &Verified| one.points().cloned().collect();
        let open = solved.undecided.is_empty();
        Known {
            equilibria: solved.equilibria.iter().map(points).collect(),
            complete: solved.complete,
            all_pure: solved.all_pure && open,
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

/// The interval of each of some parameters in which a goal holds. `starts` are equilibria that
/// meet it, several if they are points of a continuum, one inside it first. Parameters are shared out
/// among the threads there are; `progress` hears how many are done. Those that are not done when the
/// work is stopped do not come back.
///
/// # Panics
/// If there is no equilibrium to start from, or it is of another game.
pub fn thresholds(
    game: &Game,
    starts: &[Equilibrium],
    params: &[ParamId],
    goal: Goal<'_>,
    search: &Search,
    progress: &mut (dyn FnMut(usize) + Send),
) -> Vec<Threshold> {
    let concept = starts[0].concept();
    let wanted = |other: &Equilibrium| goal.is_met(game, starts, other);
    let accepted = |points: &[Equilibrium]| goal.is_same(starts, points);
    let told = Mutex::new((0, progress));
    let one = |param: &ParamId| {
        let mut solve = |instance: &Arc<GameInstance>| search.at(instance, concept);
        let mut walk = Walk {
            game,
            formulas: true,
            solve: &mut solve,
            wanted: &wanted,
            accepted: &accepted,
            stopped: &|| search.is_stopped(),
        };
        let found = (!search.is_stopped()).then(|| walk.threshold(starts, *param));
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        told.0 += 1;
        let done = told.0;
        (told.1)(done);
        found.filter(|_| !search.is_stopped())
    };
    params.par_iter().filter_map(one).collect()
}
