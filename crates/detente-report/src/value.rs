//! What knowing, being bound, or another chance is worth: what the page of `value` shows.

use detente_analysis::analyses::thresholds::Threshold;
use detente_game::Rational;
use detente_game::claim::Concept;

/// The least and the greatest of several amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub low: Rational,
    /// The greatest.
    pub high: Rational,
}

impl Range {
    /// One amount.
    #[must_use]
    pub fn of(value: Rational) -> Self {
        Self { low: value.clone(), high: value }
    }

    /// The range of all amounts; `None` if there is none.
    #[must_use]
    pub fn over(amounts: impl IntoIterator<Item = Rational>) -> Option<Self> {
        amounts.into_iter().fold(None, |range: Option<Self>, amount| match range {
            None => Some(Self::of(amount)),
            Some(Self { low, high }) => {
                Some(Self { low: low.min(amount.clone()), high: high.max(amount) })
            }
        })
    }

    /// What may be gained from an amount of `before` to one of this range.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        Self { low: &self.low - &before.high, high: &self.high - &before.low }
    }

    /// Whether it holds one amount only.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }
}

/// What the equilibria of a game are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// For each player, over all of them; empty if none is known exactly.
    pub worth: Vec<Range>,
    /// How many ways of play they are.
    pub ways: usize,
    /// The concept under which they are counted, the strongest that any satisfies; `None` if there is none.
    pub concept: Option<Concept>,
    /// Whether no other equilibrium of the kind exists.
    pub complete: bool,
    /// What was and was not searched.
    pub searched: String,
}

/// One player told of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    /// Who, by position.
    pub player: usize,
    /// Of what, as a phrase: `the type of Partner`, `assessment`.
    pub about: String,
    /// How often what he is told is right.
    pub accuracy: Rational,
    /// What the equilibria are worth if all know that he is told; `None` if he can tell nothing apart
    /// that he could not before.
    pub told: Option<Found>,
    /// What he gains if nobody else knows of it, over the equilibria without it; `None` if that was
    /// not worked out.
    pub alone: Option<Range>,
}

/// A plan to be bound to and the reply to it, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The plan.
    pub plan: String,
    /// The reply.
    pub reply: String,
    /// What they are worth to the one who is bound, and to the other.
    pub worth: [Rational; 2],
}

/// One player bound to the best plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Who is bound, by position.
    pub player: usize,
    /// The best plans, or why there is none.
    pub plans: Result<Plans, String>,
}

/// The best plans of a player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    /// The best pure plan if the other breaks ties for him.
    pub kind: Plan,
    /// The best pure plan if the other breaks ties against him.
    pub unkind: Plan,
    /// The best plan of all, ties broken for him; `None` if it was not worked out.
    pub mixed: Option<Plan>,
}

/// What equilibria are worth along a parameter.
#[derive(Debug, Clone)]
pub struct Along {
    /// Its name.
    pub parameter: String,
    /// What it stands for.
    pub label: String,
    /// Its value now.
    pub base: Rational,
    /// The ways of play at the base.
    pub ways: Vec<Way>,
    /// What the equilibria at the ends of its range are worth; empty without a range.
    pub ends: Vec<(Rational, Result<Found, String>)>,
}

impl Along {
    /// A hundredth of the parameter's range; `None` without a range.
    #[must_use]
    pub fn step(&self) -> Option<Rational> {
        let [(low, _), (high, _)] = self.ends.as_slice() else { return None };
        let width = high - low;
        (!width.is_zero()).then(|| &width / &Rational::int(100))
    }
}

/// A way of play along a parameter.
#[derive(Debug, Clone)]
pub struct Way {
    /// Its letter.
    pub label: String,
    /// What it is worth to each player.
    pub worth: Vec<Rational>,
    /// How fast that grows with the parameter; `None` where it is no function of it or has a bend.
    pub slope: Vec<Option<Rational>>,
    /// Between which values it is an equilibrium.
    pub threshold: Threshold,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Value {
    /// The scenario's title.
    pub title: String,
    /// The players.
    pub players: Vec<String>,
    /// The game as it is.
    pub before: Found,
    /// What it is worth to be told.
    pub learning: Vec<Learning>,
    /// What it is worth to be bound.
    pub commitment: Vec<Commitment>,
    /// What another chance is worth.
    pub along: Vec<Along>,
    /// What was asked for and does not apply, as sentences.
    pub left_out: Vec<String>,
    /// Whether the work was stopped, so that something is missing.
    pub stopped: bool,
}
