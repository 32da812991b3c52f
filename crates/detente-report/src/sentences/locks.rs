//! What is said of locks beside S12: how far a way of play lasts as a lock grows stronger, and
//! what it is worth to know of a lock alone.

use crate::formats::text::words;
use crate::numbers::Numbers;
use detente_analysis::analyses::ends::Leaving;
use detente_analysis::analyses::first_turn::FirstTurn;
use detente_analysis::analyses::flips::Side;
use detente_analysis::names;
use detente_game::locked::Locked;
use detente_game::{GameForm, Rational};

/// A way of play under locks, and where it first turns along the lever on which they hang.
#[derive(Debug, Clone, Copy)]
pub struct LastsClaim<'a> {
    /// Its letter.
    pub label: &'a str,
    /// The game with the locks.
    pub locked: &'a Locked,
    /// The nearest turn below.
    pub below: Option<&'a FirstTurn>,
    /// The nearest turn above.
    pub above: Option<&'a FirstTurn>,
    /// Whether the judge finds it at the lower and at the upper end of the range looked at; `None`
    /// if he does not know.
    pub at_ends: [Option<bool>; 2],
}

/// `A stays an equilibrium while Partner's reading is at least 5/12 ≈ 0.417 (without the lock
/// 0.5); below, Partner (serious) …` for the play without the lock. Where the
/// turn was not confirmed by the judge on both of its sides, that is said.
#[must_use]
pub fn lasts(claim: &LastsClaim, numbers: Numbers) -> String {
    let (label, locked) = (claim.label, claim.locked);
    let Some(turn) = claim.below.or(claim.above) else {
        return match claim.at_ends[0] {
            Some(true) => format!("{label} is an equilibrium with the lock in force too."),
            Some(false) => format!(
                "{label} is no equilibrium with the lock in force; where it ceases to be one is \
                 not known."
            ),
            None => format!("Whether {label} is an equilibrium with the lock in force is open."),
        };
    };
    let at = words::place(&turn.at, numbers);
    let start = numbers.number(&locked.from);
    let (bound, beyond) = match turn.side {
        Side::Below => ("at least", "below"),
        Side::Above => ("at most", "above"),
    };
    let lever = lever(locked);
    format!(
        "{label} stays an equilibrium while {lever} is {bound} {at} (without the lock {start}); \
         {beyond}, {}{}.",
        turned(&locked.game.form, turn),
        in_brackets(&doubts(turn))
    )
}

/// `A holds while the reading of Partner is between 0 and 1/8 = 0.125.` for play under the lock. On
/// a side without a turn the end of the range is named, and what the judge says there if he does
/// not find it.
#[must_use]
pub fn holds(claim: &LastsClaim, numbers: Numbers) -> String {
    let locked = claim.locked;
    let end = |turn: Option<&FirstTurn>, range: Rational| match turn {
        Some(turn) => words::place(&turn.at, numbers),
        None => numbers.number(&range),
    };
    let low = end(claim.below, Rational::ZERO);
    let high = end(claim.above, Rational::ONE);
    let mut doubts: Vec<&str> =
        [claim.below, claim.above].into_iter().flatten().flat_map(self::doubts).collect();
    let turns = [claim.below, claim.above];
    let lost =
        turns.iter().zip(claim.at_ends).any(|(turn, end)| turn.is_none() && end != Some(true));
    if lost {
        doubts.push("the judge does not find it at an end of this range");
    }
    doubts.sort_unstable();
    doubts.dedup();
    let (label, lever, doubts) = (claim.label, lever(locked), in_brackets(&doubts));
    format!("{label} holds while {lever} is between {low} and {high}{doubts}.")
}

/// What the lever is, in words.
#[must_use]
pub fn lever(locked: &Locked) -> String {
    match locked.reader {
        Some(player) => format!("the reading of {}", locked.game.form.player(player).name),
        None if locked.fixes_behaviour() => {
            "the share of cases in which the lock is in force".to_owned()
        }
        None => "the share of the way to the locked reading".to_owned(),
    }
}

/// `Partner (serious), knowing …, would rather choose reject than accept`: what turns first.
#[must_use]
pub fn turned(form: &GameForm, turn: &FirstTurn) -> String {
    let who = |set| {
        let place = names::whereabouts(form, set);
        let knowing = if place.is_empty() { place } else { format!(", {place},") };
        format!("{}{knowing}", names::decider(form, set))
    };
    match turn.leaves.first() {
        Some(Leaving::Choice(margin)) => format!(
            "{} would rather choose {} than {}",
            who(margin.set),
            form.action_label(margin.against),
            form.action_label(margin.chosen)
        ),
        Some(Leaving::Stops(action)) => {
            let set = form.set_of_action(*action);
            format!("{} stops choosing {}", who(set), form.action_label(*action))
        }
        Some(Leaving::Form) => "a formula of the file takes another form".to_owned(),
        Some(Leaving::Beliefs) => "no consistent beliefs off the path support it beyond".to_owned(),
        Some(Leaving::Condition) | None => "something else ends it".to_owned(),
    }
}

/// What keeps a turn from being certain.
#[must_use]
pub fn doubts(turn: &FirstTurn) -> Vec<&'static str> {
    let mut doubts = Vec::new();
    if turn.holds_before != Some(true) || turn.fails_after != Some(true) {
        doubts.push("the judge did not confirm it on both sides");
    }
    if !turn.at.is_fraction() {
        doubts.push("the number is rounded");
    }
    if !turn.all_followed {
        doubts.push("some choices off the path could not be followed");
    }
    doubts
}

fn in_brackets(doubts: &[&str]) -> String {
    if doubts.is_empty() { String::new() } else { format!(" ({})", doubts.join("; ")) }
}

/// Whether a turn is known for certain: the judge finds the equilibrium before it and refuses it
/// after it, and every choice was followed.
#[must_use]
pub fn is_confirmed(turn: &FirstTurn) -> bool {
    turn.holds_before == Some(true) && turn.fails_after == Some(true) && turn.all_followed
}

/// `If Offerer alone knew, it would gain 0.3 by choosing otherwise; if it is wrong and there is no
/// lock, the same choices cost it 0.1.`
#[must_use]
pub fn exploit(player: &str, gain: &Rational, price: &Rational, numbers: Numbers) -> String {
    if gain.is_zero() {
        return format!("To know of it alone would gain {player} nothing.");
    }
    format!(
        "If {player} alone knew, replying to it best would gain {player} {}; if there is no lock, \
         the same choices cost {player} {}.",
        numbers.number(gain),
        numbers.number(price)
    )
}

/// `The lock costs Partner 0.5, by the priors without it.`
#[must_use]
pub fn own(player: &str, gain: &Rational, numbers: Numbers) -> String {
    let amount = numbers.number(&gain.abs());
    if gain.is_negative() {
        format!("With nobody else knowing, the lock costs {player} {amount}.")
    } else if gain.is_zero() {
        format!("With nobody else knowing, the lock costs {player} nothing.")
    } else {
        format!("With nobody else knowing, the lock gains {player} {amount}.")
    }
}
