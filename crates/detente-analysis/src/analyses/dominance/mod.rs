//! Iterated elimination of dominated strategies in the reduced strategic form, and
//! rationalizability.
//!
//! Each round removes, for all players at once, every strategy that is dominated among those
//! left: by another strategy, or by a mixture, which a linear program finds. Under strict
//! dominance the order of elimination does not matter (Gilboa, Kalai and Zemel 1990), and what is
//! left are the strategies that are rationalizable if a player may think that the others' choices
//! are correlated (Pearce, Econometrica 52, 1984; Brandenburger and Dekel, Econometrica 55, 1987).
//! Under weak dominance the order does matter; this one, all at once in every round, is one of
//! several.
//!
//! Every elimination carries its mixture, and every strategy that is left a conjecture to which it
//! is a best reply; [`is_proved`] checks both by multiplication alone.

mod check;
mod program;

pub use check::is_proved;

use super::profiles::{combinations, turned, with_one};
use detente_game::exchange::{StrategicForm, StrategicLimits, strategic_form};
use detente_game::{Card, GameInstance, PlayerId, Rational};
use program::Answer;

/// What the elimination says of itself.
pub const CARD: Card = Card {
    name: "dominance",
    line: "iterated elimination of dominated strategies; what strict dominance leaves is rationalizable",
    accepts: "any game whose reduced strategic form is small enough",
    exact: true,
    complete: Some("all dominated strategies, by pure and by mixed ones, round by round"),
    cost: "a linear program for each strategy that is no best reply to a pure profile, each round",
    source: "Pearce, Econometrica 52, 1984; Brandenburger and Dekel, Econometrica 55, 1987",
};

/// In which sense strategies are dominated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Worse whatever the others do.
    Strict,
    /// Never better, and worse for something that the others can do.
    Weak,
}

/// How large the work may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the strategic form.
    pub form: StrategicLimits,
    /// Strategies of the player times profiles of the others in one linear program. Beyond it
    /// only domination by pure strategies is looked for.
    pub program: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let form =
            StrategicLimits { strategies: 2_000, payoffs: 400_000, ..StrategicLimits::default() };
        Self { form, program: 40_000 }
    }
}

/// A strategy that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elimination {
    /// In which round, from 1.
    pub round: usize,
    /// Whose strategy.
    pub player: PlayerId,
    /// Which, as a position in the form's list.
    pub strategy: usize,
    /// What dominates it: strategies of the same player with their probabilities.
    pub by: Vec<(usize, Rational)>,
    /// The least that is gained by it, over what was left to the others, in the player's own eyes.
    pub least: Rational,
    /// The most that is gained by it.
    pub greatest: Rational,
}

/// A strategy that is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// Whose.
    pub player: PlayerId,
    /// Which, as a position in the form's list.
    pub strategy: usize,
    /// Profiles (one position for each player, the survivor itself among them) with
    /// probabilities: what the player may think the others do, so that nothing else is better.
    /// Under weak dominance every profile that is left has a positive probability. `None` if no
    /// conjecture was looked for, because the linear program would have been too large.
    pub conjecture: Option<Vec<(Vec<usize>, Rational)>>,
}

/// What dominance leaves.
#[derive(Debug, Clone)]
pub struct Dominance {
    /// The strategies and their payoffs, in each player's own eyes.
    pub form: StrategicForm,
    /// In which sense strategies were removed.
    pub sense: Sense,
    /// What was removed, round after round.
    pub eliminations: Vec<Elimination>,
    /// What is left, player after player. Without conjectures if the work was stopped.
    pub survivors: Vec<Survivor>,
    /// Rounds that removed something.
    pub rounds: usize,
    /// Whether the work was stopped before the last round was over; only rounds that were
    /// completed count.
    pub stopped: bool,
}

impl Dominance {
    /// How many strategies are left of which it is not known whether a mixture dominates them.
    #[must_use]
    pub fn untried(&self) -> usize {
        self.survivors.iter().filter(|survivor| survivor.conjecture.is_none()).count()
    }

    /// Whether nothing that is left is dominated.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.stopped && self.untried() == 0
    }

    /// The strategies of a player that are left.
    pub fn left(&self, player: PlayerId) -> impl Iterator<Item = usize> + '_ {
        self.survivors.iter().filter(move |one| one.player == player).map(|one| one.strategy)
    }
}

/// How far the elimination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The round, from 1.
    pub round: usize,
    /// Strategies looked at in it.
    pub done: u64,
    /// Strategies to look at in it.
    pub of: u64,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// The strategic form would be too large: a sentence that says how large.
    TooLarge(String),
    /// A certificate did not pass its check: a defect of the program.
    Unproved,
}

/// Removes dominated strategies until none is left; `progress` answers whether to go on.
///
/// # Errors
/// If the strategic form is beyond the limits, or a certificate does not pass its check.
pub fn eliminate(
    instance: &GameInstance,
    sense: Sense,
    limits: &Limits,
    progress: &mut dyn FnMut(At) -> bool,
) -> Result<Dominance, NoAnswer> {
    let form = strategic_form(instance, &limits.form)
        .map_err(|error| NoAnswer::TooLarge(error.message))?;
    let dominance = reduce(form, sense, limits.program, progress);
    if is_proved(&dominance) { Ok(dominance) } else { Err(NoAnswer::Unproved) }
}

fn reduce(
    form: StrategicForm,
    sense: Sense,
    most: usize,
    progress: &mut dyn FnMut(At) -> bool,
) -> Dominance {
    let mut alive: Vec<Vec<usize>> =
        form.strategies.iter().map(|list| (0..list.len()).collect()).collect();
    let mut eliminations = Vec::new();
    for round in 1.. {
        let of = alive.iter().map(Vec::len).sum::<usize>() as u64;
        let mut go_on = |done| progress(At { round, done, of });
        let found = Round { form: &form, alive: &alive, sense, most, round }.run(&mut go_on);
        let (removed, survivors, stopped) = match found {
            Some((removed, survivors)) => (removed, survivors, false),
            None => (Vec::new(), without_conjectures(&alive), true),
        };
        if removed.is_empty() {
            let rounds = round - 1;
            return Dominance { form, sense, eliminations, survivors, rounds, stopped };
        }
        for gone in &removed {
            alive[gone.player.index()].retain(|strategy| *strategy != gone.strategy);
        }
        eliminations.extend(removed);
    }
    unreachable!("every round but the last removes a strategy")
}

fn without_conjectures(alive: &[Vec<usize>]) -> Vec<Survivor> {
    let of_player = |(player, list): (usize, &Vec<usize>)| {
        let player = PlayerId::from_index(player);
        let list = list.clone();
        list.into_iter().map(move |strategy| Survivor { player, strategy, conjecture: None })
    };
    alive.iter().enumerate().flat_map(of_player).collect()
}

/// One round: what is dominated among the strategies that are left.
struct Round<'a> {
    form: &'a StrategicForm,
    alive: &'a [Vec<usize>],
    sense: Sense,
    most: usize,
    round: usize,
}

impl Round<'_> {
    /// What is removed and what is left; `None` if it was stopped.
    fn run(&self, go_on: &mut dyn FnMut(u64) -> bool) -> Option<(Vec<Elimination>, Vec<Survivor>)> {
        let (mut removed, mut left, mut done) = (Vec::new(), Vec::new(), 0);
        for player in (0..self.alive.len()).map(PlayerId::from_index) {
            let table = Table::new(self.form, self.alive, player);
            for at in 0..table.rows.len() {
                if !go_on(done) {
                    return None;
                }
                done += 1;
                match self.judge(&table, at) {
                    Answer::Dominated(by) => removed.push(self.elimination(&table, at, by)),
                    Answer::Supported(weights) => left.push(table.survivor(at, Some(weights))),
                    Answer::TooLarge => left.push(table.survivor(at, None)),
                }
            }
        }
        Some((removed, left))
    }

    fn judge(&self, table: &Table, at: usize) -> Answer {
        if self.sense == Sense::Strict
            && let Some(column) = table.best_somewhere(at)
        {
            let mut weights = vec![Rational::ZERO; table.columns.len()];
            weights[column] = Rational::ONE;
            return Answer::Supported(weights);
        }
        if let Some(other) = table.pure_dominator(at, self.sense) {
            return Answer::Dominated(vec![(other, Rational::ONE)]);
        }
        if table.rows.len().saturating_mul(table.columns.len()) > self.most {
            return Answer::TooLarge;
        }
        program::ask(table, at, self.sense)
    }

    /// `by` names rows of the table.
    fn elimination(&self, table: &Table, at: usize, by: Vec<(usize, Rational)>) -> Elimination {
        let gain = |column: usize| -> Rational {
            by.iter().map(|(row, share)| share * &table.gain(at, *row, column)).sum()
        };
        let gains: Vec<Rational> = (0..table.columns.len()).map(gain).collect();
        let own = &self.alive[table.player.index()];
        Elimination {
            round: self.round,
            player: table.player,
            strategy: own[at],
            least: gains.iter().min().cloned().unwrap_or_default(),
            greatest: gains.iter().max().cloned().unwrap_or_default(),
            by: by.into_iter().map(|(row, share)| (own[row], share)).collect(),
        }
    }
}

/// One player's payoffs: a row for each of his strategies, a column for each profile of the
/// others, among those that are left.
struct Table<'a> {
    player: PlayerId,
    own: &'a [usize],
    /// Profiles whose entry for the player himself stands for nothing.
    columns: Vec<Vec<usize>>,
    rows: Vec<Vec<&'a Rational>>,
    /// The greatest payoff of every column.
    best: Vec<&'a Rational>,
}

impl<'a> Table<'a> {
    fn new(form: &'a StrategicForm, alive: &'a [Vec<usize>], player: PlayerId) -> Self {
        let own = &alive[player.index()];
        let columns: Vec<Vec<usize>> =
            combinations(&with_one(alive, player.index(), own[0])).collect();
        let payoff = |strategy: usize, column: &Vec<usize>| {
            form.payoff(&turned(column, player.index(), strategy), player)
        };
        let row = |strategy: &usize| columns.iter().map(|c| payoff(*strategy, c)).collect();
        let rows: Vec<Vec<&Rational>> = own.iter().map(row).collect();
        let best = |column: usize| rows.iter().map(|row| row[column]).max().expect("a strategy");
        let best = (0..columns.len()).map(best).collect();
        Self { player, own, columns, rows, best }
    }

    /// What the player gains by the strategy of row `other` over that of row `at`.
    fn gain(&self, at: usize, other: usize, column: usize) -> Rational {
        self.rows[other][column] - self.rows[at][column]
    }

    /// A column in which no row is better.
    fn best_somewhere(&self, at: usize) -> Option<usize> {
        (0..self.columns.len()).find(|column| self.rows[at][*column] == self.best[*column])
    }

    /// The row that dominates by most at the least; the first of those.
    fn pure_dominator(&self, at: usize, sense: Sense) -> Option<usize> {
        let pairs = |other: usize| self.rows[other].iter().zip(&self.rows[at]);
        let dominates = |other: &usize| match sense {
            Sense::Strict => pairs(*other).all(|(new, old)| new > old),
            Sense::Weak => {
                pairs(*other).all(|(new, old)| new >= old)
                    && pairs(*other).any(|(new, old)| new > old)
            }
        };
        let least = |other: usize| pairs(other).map(|(new, old)| *new - *old).min();
        let candidates = (0..self.rows.len()).filter(dominates);
        candidates.rev().max_by_key(|other| least(*other))
    }

    /// `weights` has one entry for each column.
    fn survivor(&self, at: usize, weights: Option<Vec<Rational>>) -> Survivor {
        let strategy = self.own[at];
        let profile = |column: &Vec<usize>| turned(column, self.player.index(), strategy);
        let conjecture = weights.map(|weights| {
            let likely = self.columns.iter().zip(weights).filter(|(_, weight)| !weight.is_zero());
            likely.map(|(column, weight)| (profile(column), weight)).collect()
        });
        Survivor { player: self.player, strategy, conjecture }
    }
}
