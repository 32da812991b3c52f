//! What it is worth to be told.

use super::{counted, found};
use crate::road::Solved;
use detente_analysis::analyses::replies::{best_reply, expected};
use detente_analysis::names;
use detente_game::form::EventKind;
use detente_game::informed::Informed;
use detente_game::{EventId, Game, GameForm, GameInstance, PlayerId, Rational};
use detente_report::value::{Learning, Range};
use std::sync::Arc;

/// Who is told of what.
#[derive(Debug, Clone)]
pub struct Learn<'a> {
    /// The game as it is.
    pub game: &'a Game,
    /// Its equilibria.
    pub before: &'a Solved,
    /// Who.
    pub player: PlayerId,
    /// Of what.
    pub event: EventId,
    /// How often what he is told is right; 1 for the truth itself.
    pub accuracy: Rational,
    /// Most nodes of the new tree.
    pub max_nodes: usize,
}

/// Tells a player of an event. `solve` finds the equilibria of the new game.
///
/// # Errors
/// Why he cannot be told, as a sentence without its full stop.
pub fn learning(
    learn: &Learn,
    solve: &mut dyn FnMut(&Arc<GameInstance>) -> Solved,
) -> Result<Learning, String> {
    let informed = learn
        .game
        .informed(learn.player, learn.event, &learn.accuracy, learn.max_nodes)
        .map_err(|error| error.to_string())?;
    let mut page = Learning {
        player: learn.player.index(),
        about: about(&learn.game.form, learn.event),
        accuracy: learn.accuracy.clone(),
        told: None,
        alone: None,
    };
    if informed.splits {
        let instance = Arc::new(informed.game.base().map_err(|error| error.to_string())?);
        page.alone = alone(learn, &informed, &instance);
        page.told = Some(found(&informed.game.form, &solve(&instance)));
    }
    Ok(page)
}

/// What he gains if the others play as before, over the equilibria that are known.
fn alone(learn: &Learn, informed: &Informed, instance: &Arc<GameInstance>) -> Option<Range> {
    let gain = |before: &detente_verify::Equilibrium| {
        let unheard = informed.unheard(&learn.game.form, before.profile());
        let best = best_reply(instance, &unheard, learn.player)?;
        let worth = |profile| expected(instance, profile, learn.player);
        Some(worth(&best) - worth(&unheard))
    };
    let counted = counted(learn.before);
    let gains: Option<Vec<Rational>> =
        counted.iter().flat_map(|verified| verified.points()).map(gain).collect();
    Range::over(gains?)
}

/// Everything that a player is not told and that chance decides: the types of the others or, in a game
/// without types, what chance draws.
#[must_use]
pub fn of_others(form: &GameForm) -> Vec<(PlayerId, EventId)> {
    let events = || (0..form.events().len()).map(EventId::from_index);
    let of = |kind: EventKind| {
        let pairs = form.player_ids().flat_map(move |player| {
            let others = events().filter(move |event| form.event(*event).owner != Some(player));
            others.map(move |event| (player, event))
        });
        pairs.filter(move |(_, event)| form.event(*event).kind == kind).collect::<Vec<_>>()
    };
    let types = of(EventKind::Type);
    if types.is_empty() { of(EventKind::Chance) } else { types }
}

/// An event as a phrase: `the type of Partner`, `assessment`.
#[must_use]
pub fn about(form: &GameForm, event: EventId) -> String {
    let name = names::clear_event(form, event);
    match form.event(event).kind {
        EventKind::Type => format!("the type of {}", form.event(event).name),
        EventKind::Choice | EventKind::Chance => name,
    }
}
