//! Playing a variant with locks: known to all, the game with the locks is solved anew; known to
//! nobody else, the others play as before and the locked players do what is locked.
//!
//! What the ways of play are worth is measured with the numbers of the game without the locks: a
//! locked reading moves what its reader does, not how things are.

mod known;
mod page;

pub use page::{Question, variant};

use crate::road::Solved;
use detente_analysis::Flips;
use detente_analysis::analyses::first_turn::FirstTurn;
use detente_analysis::analyses::flips::Side;
use detente_analysis::analyses::replies::{best_reply, expected};
use detente_game::claim::Concept;
use detente_game::locked::{LockError, Locked};
use detente_game::what_if::WhatIf;
use detente_game::{Game, GameInstance, PlayerId, Profile, Rational};
use detente_verify::{Equilibrium, verify_without_bounds};
use std::sync::Arc;

pub use known::departure;

/// A variant's locks, played.
#[derive(Debug)]
pub struct Played {
    /// The game with the locks.
    pub locked: Locked,
    /// What everybody does if all know of the locks: the equilibria of the game with the locks.
    pub known: Solved,
    /// What everybody does if nobody else knows; `None` without perfect recall.
    pub alone: Option<Alone>,
    /// How far the equilibrium without the locks would last as the lever moves towards them.
    pub lasts: Option<Lasts>,
}

/// Play if nobody but the locked players knows of the locks.
#[derive(Debug, Clone)]
pub struct Alone {
    /// The locked players do what is locked and reply best elsewhere, by their locked readings, to
    /// the others, who play as before.
    pub profile: Profile,
    /// What each locked player gains by the lock, by the priors of the game without it; less than
    /// 0 for a loss.
    pub gains: Vec<(PlayerId, Rational)>,
    /// What knowing of the locks alone is worth to each of the others.
    pub exploits: Vec<Exploit>,
}

/// What one other player could make of the locks, if he alone knew.
#[derive(Debug, Clone)]
pub struct Exploit {
    /// Who.
    pub player: PlayerId,
    /// How much his best reply to the locked play is better than what he does without knowing.
    pub gain: Rational,
    /// How much the same reply costs him if there is no lock and all play as before.
    pub price: Rational,
}

/// How far an equilibrium holds along the lever.
#[derive(Debug, Clone)]
pub struct Lasts {
    /// The first turn towards smaller values; `None` if none was found.
    pub below: Option<FirstTurn>,
    /// The first turn towards greater values.
    pub above: Option<FirstTurn>,
    /// Whether the judge finds it at the end of the range looked at, below and above; `None` if he
    /// does not know.
    pub at_ends: [Option<bool>; 2],
}

/// Plays a variant's locks in a game in which what the variant sets is set already; `before` is
/// the equilibrium of that game that others keep to.
///
/// # Errors
/// Why the locks cannot be put in force.
pub fn play(
    game: &Game,
    what_if: &WhatIf,
    before: &Equilibrium,
    solve: &mut dyn FnMut(&Arc<GameInstance>) -> Solved,
) -> Result<Played, LockError> {
    let (locked, known) = known::known(game, what_if, before, solve)?;
    let alone = alone(game, what_if, before)?;
    // By the shares of the play whose end is looked for.
    let lasts = lasts(game, &game.locked(what_if, &departure(before))?, before);
    Ok(Played { locked, known, alone, lasts })
}

impl Played {
    /// A profile of the game with locks as one of the game without them.
    #[must_use]
    pub fn whole(&self, before: &Equilibrium, profile: &Profile) -> Profile {
        self.locked.whole(before.instance().form(), profile, &self.locked.to)
    }

    /// How far an equilibrium of the game with the locks holds on both sides of the lever.
    #[must_use]
    pub fn holds(&self, equilibrium: &Equilibrium) -> Lasts {
        let flips = Flips::new(&self.locked.game, equilibrium);
        let first = |side| flips.first(self.locked.lever, side);
        let ends = [Rational::ZERO, Rational::ONE];
        let at_ends = ends
            .map(|end| judged(&self.locked, &end, equilibrium.concept(), equilibrium.profile()));
        Lasts { below: first(Side::Below), above: first(Side::Above), at_ends }
    }
}

fn alone(game: &Game, what_if: &WhatIf, before: &Equilibrium) -> Result<Option<Alone>, LockError> {
    let truth = before.instance();
    let form = truth.form();
    let mut profile = before.profile().clone();
    let players = what_if.players();
    for player in &players {
        // Locked players do not know of each other's locks either.
        let own = game.locked(&what_if.of(*player), &known::departure(before))?;
        let eyes = own.at(&own.to).map_err(LockError::Instance)?;
        let mut part = own.part(form, before.profile());
        for decider in own.deciders_for(*player) {
            let Some(reply) = best_reply(&eyes, &part, decider) else { return Ok(None) };
            part = reply;
        }
        let reply = own.whole(form, &part, &own.to);
        for set in form.info_set_ids().filter(|set| form.info_set(*set).player == *player) {
            for action in form.actions(set) {
                profile.probability[action.index()] = reply.of(action).clone();
            }
        }
    }
    let change = |player: &PlayerId| {
        let gain = expected(truth, &profile, *player) - expected(truth, before.profile(), *player);
        (*player, gain)
    };
    let gains = players.iter().map(change).collect();
    let others = form.player_ids().filter(|player| !players.contains(player));
    let exploits =
        others.filter_map(|player| exploit(truth, before.profile(), &profile, player)).collect();
    Ok(Some(Alone { profile, gains, exploits }))
}

fn exploit(
    truth: &GameInstance,
    before: &Profile,
    locked: &Profile,
    player: PlayerId,
) -> Option<Exploit> {
    let form = truth.form();
    let reply = best_reply(truth, locked, player)?;
    let mut wrong = before.clone();
    for set in form.info_set_ids().filter(|set| form.info_set(*set).player == player) {
        for action in form.actions(set) {
            wrong.probability[action.index()] = reply.of(action).clone();
        }
    }
    Some(Exploit {
        player,
        gain: expected(truth, &reply, player) - expected(truth, locked, player),
        price: expected(truth, before, player) - expected(truth, &wrong, player),
    })
}

/// How far the equilibrium without the locks lasts; `None` if the judge does not find it in the
/// game with the lever where it starts.
fn lasts(game: &Game, locked: &Locked, before: &Equilibrium) -> Option<Lasts> {
    let part = locked.part(&game.form, before.profile());
    let instance = Arc::new(locked.at(&locked.from).ok()?);
    let start = verify_without_bounds(&instance, before.concept(), &part).into_equilibrium()?;
    let flips = Flips::new(&locked.game, &start);
    let first = |side| flips.first(locked.lever, side);
    let (below, above) = match locked.from.cmp(&locked.to) {
        std::cmp::Ordering::Greater => (first(Side::Below), None),
        std::cmp::Ordering::Less => (None, first(Side::Above)),
        std::cmp::Ordering::Equal => (None, None),
    };
    let end = judged(locked, &locked.to, before.concept(), &part);
    Some(Lasts { below, above, at_ends: [end; 2] })
}

/// Whether the judge finds a profile to be an equilibrium with the lever at a value.
fn judged(locked: &Locked, lever: &Rational, concept: &Concept, profile: &Profile) -> Option<bool> {
    let verdict = verify_without_bounds(&Arc::new(locked.at(lever).ok()?), concept, profile);
    (verdict.holds() || verdict.fails()).then(|| verdict.holds())
}
