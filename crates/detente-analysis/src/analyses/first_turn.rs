//! The first value of a parameter at which an equilibrium ceases to be one.

use super::ends::{End, Follower, Leaving, Limit};
use super::flips::{Flips, Side};
use crate::algebra::Root;
use detente_game::number::Interval;
use detente_game::{Game, ParamId, Rational};
use detente_verify::Equilibrium;

/// Where an equilibrium turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At a number known exactly.
    At(Root),
    /// Between these values.
    Between(Interval),
}

impl Place {
    /// The value itself if it is a fraction, else the middle of what encloses it.
    #[must_use]
    pub fn middle(&self) -> Rational {
        match self {
            Self::At(root) => root.middle(),
            Self::Between(interval) => interval.middle(),
        }
    }

    /// Whether it is known as a fraction.
    #[must_use]
    pub fn is_fraction(&self) -> bool {
        matches!(self, Self::At(Root::Exact(_)))
    }
}

/// The first turn of a whole equilibrium along one side of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstTurn {
    /// In which direction.
    pub side: Side,
    /// The value beyond which it is none.
    pub at: Place,
    /// What ends it; several if they do so at the same value, one at least.
    pub leaves: Vec<Leaving>,
    /// Whether every choice at every situation was followed. False if some situation cannot be
    /// reached even by its own player's deviation, so that beliefs there are free, or if some
    /// choice could not be followed.
    pub all_followed: bool,
    /// Whether the judge still finds the equilibrium just before the turn; `None` if he does not
    /// know or the game is not defined there.
    pub holds_before: Option<bool>,
    /// Whether the judge refuses it just after the turn.
    pub fails_after: Option<bool>,
}

impl FirstTurn {
    fn of(end: End) -> Option<Self> {
        let at = match end.limit {
            Limit::At(root) => Place::At(root),
            Limit::Between(interval) => Place::Between(interval),
            Limit::Range(_) | Limit::None => return None,
        };
        Some(Self {
            side: end.side,
            at,
            leaves: end.leaves,
            all_followed: end.all_followed,
            holds_before: end.holds_before,
            fails_after: end.holds_beyond.map(|holds| !holds),
        })
    }
}

/// Whether some choice is mixed.
#[must_use]
pub fn is_mixed(equilibrium: &Equilibrium) -> bool {
    equilibrium.profile().probability.iter().any(|one| one.is_positive() && !one.is_one())
}

/// Points of a continuum that are followed, at most.
const MOST_POINTS: usize = 12;

/// Where an equilibrium first turns below and above a parameter's value; `None` where it does not
/// inside the range. Of a continuum, `points` are several, and it is the one that lasts longest.
/// Pure choices stay as they are. With fixed probabilities a mixed equilibrium would end at once,
/// so these move along and everybody stays indifferent.
///
/// # Errors
/// Why the probabilities of its mixed choices cannot be followed.
///
/// # Panics
/// If there is no point, or it is of another game.
pub fn first_turns(
    game: &Game,
    points: &[&Equilibrium],
    param: ParamId,
) -> Result<[Option<FirstTurn>; 2], &'static str> {
    let followed = points.iter().take(MOST_POINTS).map(|point| of_one(game, point, param));
    let (known, unknown): (Vec<_>, Vec<_>) = followed.partition(Result::is_ok);
    let known = known
        .into_iter()
        .flatten()
        .reduce(|[below, above], [lower, higher]| [longer(below, lower), longer(above, higher)]);
    let why = || unknown.into_iter().find_map(Result::err).expect("a point is known or unknown");
    known.ok_or_else(why)
}

fn of_one(
    game: &Game,
    equilibrium: &Equilibrium,
    param: ParamId,
) -> Result<[Option<FirstTurn>; 2], &'static str> {
    let sides = [Side::Below, Side::Above];
    if is_mixed(equilibrium) {
        let follower = Follower::new(game, equilibrium, param)?;
        return Ok(sides.map(|side| FirstTurn::of(follower.end(side))));
    }
    let flips = Flips::new(game, equilibrium);
    Ok(sides.map(|side| flips.first(param, side)))
}

/// The one farther away; none is farthest.
fn longer(one: Option<FirstTurn>, other: Option<FirstTurn>) -> Option<FirstTurn> {
    let (one, other) = (one?, other?);
    let is_farther = one.side.nearer(&one.at.middle(), &other.at.middle());
    Some(if is_farther { other } else { one })
}
