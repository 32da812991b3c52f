//! What an ensemble of draws comes to: which plays are equilibria how often, how many there are,
//! and between which bounds outcomes and payoffs lie. Nothing here is drawn or solved.

mod totals;
pub mod variance;

pub use totals::{Estimate, Ruled, Totals};

use detente_game::{GameForm, InfoSetId, OutcomeId, PlayerId};

/// The choices on the path of a pure play.
pub type Path = Vec<(InfoSetId, u32)>;

/// A number that every play has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// The probability of a named outcome.
    Outcome(OutcomeId),
    /// The probability of ends that no outcome describes.
    NoOutcome,
    /// A player's expected payoff.
    Payoff(PlayerId),
}

impl Member {
    /// The plays that are kept: those of the rule, or all.
    #[must_use]
    pub fn kept(&self) -> &[u32] {
        match (&self.kind, &self.picked) {
            (_, Some(picked)) if !picked.plays.is_empty() => &picked.plays,
            (Kind::Plays(all), _) => all,
            _ => &[],
        }
    }
}

impl Quantity {
    /// All of a game: its outcomes in order, ends without one if there are any, its players.
    #[must_use]
    pub fn all(form: &GameForm) -> Vec<Self> {
        let mut all: Vec<Self> = (0..form.outcomes().len())
            .map(|outcome| Self::Outcome(OutcomeId::from_index(outcome)))
            .collect();
        let nameless = |end| form.row(end).is_none_or(|row| form.outcome_of(row).is_none());
        if form.ends().any(nameless) {
            all.push(Self::NoOutcome);
        }
        all.extend(form.player_ids().map(Self::Payoff));
        all
    }

    /// Whether it is a probability.
    #[must_use]
    pub fn is_share(self) -> bool {
        !matches!(self, Self::Payoff(_))
    }

    /// What it is called.
    #[must_use]
    pub fn name(self, form: &GameForm) -> String {
        match self {
            Self::Outcome(outcome) => form.outcomes()[outcome.index()].clone(),
            // An outcome may be called so.
            Self::NoOutcome if form.outcomes().iter().any(|name| name == "other") => {
                "ends without an outcome".to_owned()
            }
            Self::NoOutcome => "other".to_owned(),
            Self::Payoff(player) => form.player(player).name.clone(),
        }
    }
}

/// One draw and what is found there.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its number; with the seed it makes the draw again.
    pub number: u64,
    /// The drawn values, exact multiples of 2^-40.
    pub values: Vec<f64>,
    /// What was found.
    pub kind: Kind,
    /// What a rule kept, where one was asked for and several plays are equilibria.
    pub picked: Option<Picked>,
    /// Per quantity, its least and greatest value over the equilibria that are kept, in double
    /// precision. Empty without an equilibrium.
    pub ranges: Vec<(f64, f64)>,
    /// Whether a comparison was too close for double precision and was decided by fractions.
    pub was_close: bool,
    /// Whether it was solved on its own.
    pub was_alone: bool,
}

/// What a rule kept of several plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// The plays that satisfy the rule, by number, rising. Where it is none, all are kept.
    pub plays: Vec<u32>,
    /// Whether for some of them it is not known that they satisfy it, only not that they do not.
    pub is_open: bool,
}

/// What was found at a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// These plays of pure equilibria, by their numbers in [`Totals::plays`], rising; perhaps none.
    Plays(Vec<u32>),
    /// There is no game: a probability is none, or a payoff is undefined.
    NoGame,
    /// The search was not finished there.
    Unfinished,
}
