//! Two-player zero-sum games, exactly, by the sequence form.
//!
//! Subgames are solved from the inside out and replaced by their values, so the profile put
//! together is subgame perfect and a game of many stages needs many small programs instead of a
//! large one. `program` solves the sequence form of a region as a linear program, `recover` turns
//! realization plans into behaviour strategies.

mod program;
mod recover;

use crate::solvers::pure::Prepared;
use crate::solvers::sequence_form::Sequences;
use detente_game::card::Card;
use detente_game::instance::GameInstance;
use detente_game::{NodeId, PlayerId, Profile, Rational, RowId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// The card of the sequence form.
pub static CARD: Card = Card {
    name: "zero_sum",
    line: "The value and a pair of optimal strategies of a two-player zero-sum game",
    accepts: "two players, payoffs that add up to a constant, perfect recall, common chances",
    exact: true,
    complete: Some("the value, and one subgame-perfect pair of optimal strategies"),
    cost: "one linear program per subgame, of the size of its sequences",
    source: "Koller, Megiddo and von Stengel 1996; von Stengel 1996",
};

/// Optimal strategies and what they are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The value of the game to each player.
    pub values: Vec<Rational>,
    /// One optimal strategy each; optimal in every subgame.
    pub profile: Profile,
    /// How many linear programs were solved.
    pub programs: u64,
}

/// Why a game is not solved here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It has more or fewer than two players.
    NotTwoPlayers,
    /// Payoffs do not add up to the same number at every end.
    NotConstantSum,
    /// A player forgets.
    ImperfectRecall,
    /// The players disagree about chances.
    PrivateBeliefs,
    /// The search was asked to stop.
    Stopped,
}

impl Refusal {
    /// The reason as part of a sentence.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NotTwoPlayers => "the game does not have two players",
            Self::NotConstantSum => "the payoffs do not add up to the same number at every end",
            Self::ImperfectRecall => "a player forgets what he knew",
            Self::PrivateBeliefs => "the players disagree about chances",
            Self::Stopped => "the search was asked to stop",
        }
    }
}

/// The sum of the two payoffs if it is the same at every end of a game this method accepts.
///
/// # Errors
/// The first reason why the method does not accept the game.
pub fn constant_sum(instance: &GameInstance) -> Result<Rational, Refusal> {
    let form = instance.form();
    if form.players().len() != 2 {
        return Err(Refusal::NotTwoPlayers);
    }
    if !form.has_perfect_recall() {
        return Err(Refusal::ImperfectRecall);
    }
    if instance.has_private_beliefs() {
        return Err(Refusal::PrivateBeliefs);
    }
    let mut used = vec![false; form.row_count()];
    for end in form.ends() {
        used[form.row(end).expect("an end has a row").index()] = true;
    }
    let sum =
        |row: RowId| instance.row_payoff(row, PlayerId(0)) + instance.row_payoff(row, PlayerId(1));
    let mut sums =
        (0..form.row_count()).filter(|row| used[*row]).map(|row| sum(RowId::from_index(row)));
    let first = sums.next().unwrap_or(Rational::ZERO);
    if sums.all(|other| other == first) { Ok(first) } else { Err(Refusal::NotConstantSum) }
}

/// Solves a two-player zero-sum (or constant-sum) game exactly.
///
/// # Errors
/// If the game is not of this kind, or `stop` was set.
pub fn solve(
    prepared: &Prepared,
    instance: &GameInstance,
    stop: Option<&AtomicBool>,
) -> Result<Solution, Refusal> {
    let total = constant_sum(instance)?;
    let mut profile = Profile::uniform(instance.form());
    let mut values: HashMap<NodeId, Rational> = HashMap::new();
    let mut value = Rational::ZERO;
    for region in &prepared.subgames {
        if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(Refusal::Stopped);
        }
        let inner = |node: NodeId| {
            region.block_at(node).and_then(|_| values.get(&node)).map(|value| vec![value.clone()])
        };
        let form = Sequences::of(instance, region.root, &[PlayerId(0)], &inner);
        let plans = program::optimal_plans(&form);
        recover::behaviour(instance, region, &form, &plans, &values, &mut profile);
        value = plans.value;
        values.insert(region.root, value.clone());
    }
    let programs = prepared.subgames.len() as u64;
    Ok(Solution { values: vec![value.clone(), total - value], profile, programs })
}
