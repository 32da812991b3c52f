//! The register of assumptions: every parameter with its support, and how far it is from a value at
//! which an equilibrium ceases to be one.

use super::first_turn::{FirstTurn, first_turns};
use crate::lints::{Thinness, thinness};
use detente_game::{Game, ParamId, Rational};
use detente_verify::Equilibrium;

/// One assumption.
#[derive(Debug, Clone)]
pub struct Assumption {
    /// Which parameter.
    pub param: ParamId,
    /// What is thin about its support, if it is.
    pub thinness: Option<Thinness>,
    /// Where the equilibrium first turns at smaller values.
    pub below: Option<FirstTurn>,
    /// The same at greater values.
    pub above: Option<FirstTurn>,
    /// Why its turns are not known, if they are not.
    pub unknown: Option<&'static str>,
    /// How far the nearer turn is, as a share of the range (of the value's size without a range);
    /// `None` if no turn was found, or there is nothing to measure by.
    pub distance: Option<Rational>,
}

impl Assumption {
    /// The nearer of the two turns; the lower one if both are equally far.
    #[must_use]
    pub fn nearer(&self, now: &Rational) -> Option<&FirstTurn> {
        let far = |turn: &&FirstTurn| (turn.at.middle() - now).abs();
        [self.below.as_ref(), self.above.as_ref()].into_iter().flatten().min_by_key(far)
    }
}

/// Those whose nearer turn is the least part of their range away, whatever their support; several
/// if they are equally far.
#[must_use]
pub fn soonest(register: &[Assumption]) -> Vec<&Assumption> {
    let least = register.iter().filter_map(|one| one.distance.as_ref()).min();
    register.iter().filter(|one| least.is_some() && one.distance.as_ref() == least).collect()
}

/// All parameters: those with thin support first, and among them, as among the others, the one
/// nearest to a turn of the equilibrium first; each moved alone, the others at the equilibrium's
/// point. Of a continuum, `points` are several, see [`first_turns`]. `go_on` is asked before each
/// parameter; once it says no, the rest is left out.
#[must_use]
pub fn register(
    game: &Game,
    points: &[&Equilibrium],
    go_on: &mut dyn FnMut() -> bool,
) -> Vec<Assumption> {
    let Some(point) = points.first().map(|first| first.instance().point()) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for param in (0..game.params.len()).map(ParamId::from_index) {
        if !go_on() {
            break;
        }
        let about = &game.params[param.index()];
        let now = &point[param.index()];
        let turns = first_turns(game, points, param);
        let unknown = turns.as_ref().err().copied();
        let [below, above] = turns.unwrap_or_default();
        let thinness = thinness(about);
        let mut one = Assumption { param, thinness, below, above, unknown, distance: None };
        let size = match &about.range {
            Some((low, high)) => high - low,
            None => now.abs(),
        };
        let turn = one.nearer(now).map(|turn| (turn.at.middle() - now).abs());
        one.distance = turn.and_then(|turn| turn.checked_div(&size));
        all.push(one);
    }
    all.sort_by_key(|one| {
        (one.thinness.is_none(), one.distance.is_none(), one.distance.clone(), one.param)
    });
    all
}
