//! Between which values of a parameter something holds, and what takes over beyond.

use super::condition::Condition;
use super::ends::{End, Follower, Limit};
use super::flips::Side;
use super::play::Play;
use crate::algebra::Root;
use detente_game::{Card, Game, GameInstance, InfoSetId, NodeId, ParamId, Rational};
use detente_verify::Equilibrium;
use std::sync::Arc;

/// The card.
pub static CARD: Card = Card {
    name: "thresholds",
    line: "the interval of a parameter in which an equilibrium, an outcome or an expectation holds",
    accepts: "games with parameters whose formulas are rational, piece by piece",
    exact: true,
    complete: None,
    cost: "for each end: the roots of all margins, and one search beyond it",
    source: "Sturm 1829, for the roots",
};

/// What is known at a point of the game.
pub struct Known {
    /// Verified equilibria; of a continuum, all points that are known, one inside first.
    pub equilibria: Vec<Vec<Equilibrium>>,
    /// Whether these are all.
    pub complete: bool,
    /// Whether at least all pure ones were looked at.
    pub all_pure: bool,
}

/// How far something holds on one side of a parameter.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Where it ends, and why.
    pub end: End,
    /// The equilibrium that ends there.
    pub last: Equilibrium,
    /// What it needs to go on, as a formula in all parameters, where there is one.
    pub condition: Option<Condition>,
    /// Where one equilibrium hands over to the next one on the way, the nearest first.
    pub passed: Vec<Limit>,
    /// What is found beyond; `None` if nothing lies beyond, or the game is not defined there.
    pub beyond: Option<Beyond>,
}

/// What is found just beyond an end.
#[derive(Debug, Clone)]
pub struct Beyond {
    /// At which value.
    pub at: Rational,
    /// The equilibrium nearest to the one that ended, fewest situations differing.
    pub nearest: Option<Equilibrium>,
    /// The situations that come up in it and in which it does something else.
    pub differs: Vec<InfoSetId>,
    /// How many were found.
    pub found: usize,
    /// Whether these are all.
    pub complete: bool,
    /// Whether at least all pure ones were looked at.
    pub all_pure: bool,
}

/// The interval of one parameter, all others as they are.
#[derive(Debug, Clone)]
pub struct Threshold {
    /// Which parameter.
    pub param: ParamId,
    /// Its value now.
    pub base: Rational,
    /// How far down, or why that is not known.
    pub below: Result<Reach, &'static str>,
    /// How far up.
    pub above: Result<Reach, &'static str>,
}

impl Threshold {
    /// Both sides that are known.
    pub fn reaches(&self) -> impl Iterator<Item = &Reach> {
        [&self.below, &self.above].into_iter().flatten()
    }

    /// The way from the base to the nearer end inside the range, as a share of the range (of the
    /// base value without one); `None` if there is no such end.
    #[must_use]
    pub fn distance(&self, game: &Game) -> Option<Rational> {
        let whole = match &game.params[self.param.index()].range {
            Some((low, high)) => high - low,
            None => self.base.abs(),
        };
        let inside = self.reaches().filter(|reach| reach.end.is_inside());
        let ways = inside.filter_map(|reach| {
            let (low, high) = reach.end.enclosure()?;
            let at = if reach.end.side == Side::Below { high } else { low };
            Some((at - &self.base).abs())
        });
        let way = ways.min()?;
        Some(way.checked_div(&whole).unwrap_or(way))
    }
}

/// At most so many equilibria hand over to one another.
const MOST_STEPS: usize = 32;

/// Walks along one parameter.
pub struct Walk<'w> {
    /// The game.
    pub game: &'w Game,
    /// Whether conditions are wanted as formulas.
    pub formulas: bool,
    /// Finds equilibria at a point of it.
    pub solve: &'w mut dyn FnMut(&Arc<GameInstance>) -> Known,
    /// Whether an equilibrium is a witness of what is looked at.
    pub wanted: &'w dyn Fn(&Equilibrium) -> bool,
    /// Whether an equilibrium found beyond an end, with the other points of its continuum, is one
    /// to go on with.
    pub accepted: &'w dyn Fn(&[Equilibrium]) -> bool,
    /// Whether the work is to stop; what it answers then is no result.
    pub stopped: &'w dyn Fn() -> bool,
}

/// Of several witnesses, so many are followed to find the one that goes furthest.
const MOST_FOLLOWED: usize = 16;

const STOPPED: &str = "the work was stopped";

impl Walk<'_> {
    /// Both ends of the interval of one parameter. `starts` are witnesses at the base, several if
    /// they are points of a continuum.
    ///
    /// # Panics
    /// If there is none.
    pub fn threshold(&mut self, starts: &[Equilibrium], param: ParamId) -> Threshold {
        let base = starts[0].instance().point()[param.index()].clone();
        let below = self.reach(starts, param, Side::Below);
        let above = self.reach(starts, param, Side::Above);
        Threshold { param, base, below, above }
    }

    /// Follows a witness to its end, then the next witness there without a gap between them,
    /// until there is none.
    ///
    /// # Errors
    /// Why no witness can be followed.
    ///
    /// # Panics
    /// If there is none to begin with.
    pub fn reach(
        &mut self,
        starts: &[Equilibrium],
        param: ParamId,
        side: Side,
    ) -> Result<Reach, &'static str> {
        let (mut end, mut last) = self.furthest(starts, param, side)?;
        let mut passed = Vec::new();
        loop {
            if (self.stopped)() {
                return Err(STOPPED);
            }
            let follower = Follower::new(self.game, &last, param)?;
            let condition = if self.formulas { follower.condition(&end) } else { None };
            let Some(outside) = end.outside.clone().filter(|_| end.holds_beyond.is_some()) else {
                return Ok(Reach { end, last, condition, passed, beyond: None });
            };
            let Some(instance) = self.at(&last, param, &outside) else {
                return Ok(Reach { end, last, condition, passed, beyond: None });
            };
            let known = (self.solve)(&instance);
            let accepted = known.equilibria.iter().filter(|points| (self.accepted)(points));
            let wanted = accepted.flatten().filter(|other| (self.wanted)(other));
            let next: Vec<Equilibrium> = wanted
                .take(MOST_FOLLOWED)
                .filter(|other| self.joins(other, param, &end))
                .cloned()
                .collect();
            if passed.len() >= MOST_STEPS && !next.is_empty() {
                return Err("too many equilibria follow one another");
            }
            if next.is_empty() {
                let beyond = Some(beyond(&last, outside, &known));
                return Ok(Reach { end, last, condition, passed, beyond });
            }
            passed.push(end.limit.clone());
            (end, last) = self.furthest(&next, param, side)?;
        }
    }

    /// The witness that goes furthest on one side, with its end, or where it is no witness any
    /// more.
    fn furthest(
        &self,
        witnesses: &[Equilibrium],
        param: ParamId,
        side: Side,
    ) -> Result<(End, Equilibrium), &'static str> {
        let mut best: Option<(End, Follower)> = None;
        let mut why = "there is nothing to follow";
        for witness in witnesses.iter().take(MOST_FOLLOWED) {
            if (self.stopped)() {
                return Err(STOPPED);
            }
            let follower = match Follower::new(self.game, witness, param) {
                Ok(follower) => follower,
                Err(reason) => {
                    why = reason;
                    continue;
                }
            };
            let end = follower.end(side);
            if best.as_ref().is_none_or(|(best, _)| goes_further(&end, best)) {
                best = Some((end, follower));
            }
        }
        let (end, follower) = best.ok_or(why)?;
        let end = follower.while_wanted(end, self.wanted);
        Ok((end, follower.equilibrium().clone()))
    }

    fn at(
        &self,
        equilibrium: &Equilibrium,
        param: ParamId,
        value: &Rational,
    ) -> Option<Arc<GameInstance>> {
        let mut point = equilibrium.instance().point().to_vec();
        point[param.index()] = value.clone();
        self.game.at(&point).ok().map(Arc::new)
    }

    /// Whether an equilibrium found beyond an end holds all the way back to it.
    fn joins(&self, other: &Equilibrium, param: ParamId, end: &End) -> bool {
        let Ok(follower) = Follower::new(self.game, other, param) else { return false };
        let back = follower.end(end.side.opposite());
        let (Some((low, high)), true) = (end.enclosure(), back.holds_before == Some(true)) else {
            return false;
        };
        match back.enclosure() {
            None => true,
            Some((least, most)) => match end.side {
                Side::Above => most <= low || same(&back.limit, &end.limit),
                Side::Below => least >= high || same(&back.limit, &end.limit),
            },
        }
    }
}

fn goes_further(end: &End, than: &End) -> bool {
    if end.is_inside() != than.is_inside() {
        return !end.is_inside();
    }
    match (end.enclosure(), than.enclosure(), end.side) {
        (Some((low, _)), Some((_, high)), Side::Above) => low > high,
        (Some((_, high)), Some((low, _)), Side::Below) => high < low,
        _ => false,
    }
}

fn same(one: &Limit, other: &Limit) -> bool {
    match (one, other) {
        (Limit::At(Root::Enclosed(a)), Limit::At(Root::Enclosed(b))) => a == b,
        (a, b) => a == b,
    }
}

fn beyond(last: &Equilibrium, at: Rational, known: &Known) -> Beyond {
    let far =
        |other: &&Equilibrium| differences(last, other).len() + differences(other, last).len();
    let nearest = known.equilibria.iter().flatten().min_by_key(far).cloned();
    Beyond {
        at,
        differs: nearest.as_ref().map(|nearest| differences(nearest, last)).unwrap_or_default(),
        nearest,
        found: known.equilibria.len(),
        complete: known.complete,
        all_pure: known.all_pure,
    }
}

/// The situations that come up in one equilibrium and in which another does something else.
fn differences(one: &Equilibrium, other: &Equilibrium) -> Vec<InfoSetId> {
    let play = Play::new(one.instance(), one.profile());
    let form = play.form();
    let differs = |set: &InfoSetId| {
        let apart = |action| one.profile().of(action) != other.profile().of(action);
        play.reach_of(*set).is_positive() && form.actions(*set).any(apart)
    };
    form.info_set_ids().filter(differs).collect()
}

/// Whether the same ends come up in two equilibria: the same way of playing, perhaps with other
/// probabilities. What chance rules out at one of their points says nothing of how it is played, so
/// such ends do not count.
#[must_use]
pub fn is_played_alike(one: &Equilibrium, other: &Equilibrium) -> bool {
    compared(one, other).all(|(one, other)| one == other)
}

/// Whether every end that comes up in one equilibrium comes up in another, unless chance rules it out
/// there.
#[must_use]
pub fn is_played_within(one: &Equilibrium, other: &Equilibrium) -> bool {
    compared(one, other).all(|(one, other)| !one || other)
}

/// Per end that chance rules out at neither point, whether it comes up.
fn compared(one: &Equilibrium, other: &Equilibrium) -> impl Iterator<Item = (bool, bool)> {
    let both = comes_up(one).into_iter().zip(comes_up(other));
    both.filter_map(|(one, other)| Some((one?, other?)))
}

/// Per end, whether it comes up; `None` if chance alone rules it out.
fn comes_up(equilibrium: &Equilibrium) -> Vec<Option<bool>> {
    let play = Play::new(equilibrium.instance(), equilibrium.profile());
    let form = play.form();
    let mut is_possible = vec![true; form.node_count()];
    for node in form.nodes().skip(1) {
        let above = form.parent(node).is_none_or(|parent| is_possible[parent.index()]);
        let is_ruled_out = form.branch_into(node).is_some() && play.edge(node).is_zero();
        is_possible[node.index()] = above && !is_ruled_out;
    }
    let of = |end: NodeId| is_possible[end.index()].then(|| play.reach(end).is_positive());
    form.ends().map(of).collect()
}
