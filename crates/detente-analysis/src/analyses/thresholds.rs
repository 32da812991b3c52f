//! Between which values of a parameter something holds, and what takes over beyond.

use super::condition::Condition;
use super::ends::{End, Follower, Limit};
use super::flips::Side;
use super::meeting::{self, Meeting};
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
    /// Where it ends, and why. That it holds at this very value may be owed to another equilibrium
    /// than the last one.
    pub end: End,
    /// The equilibrium that ends there.
    pub last: Equilibrium,
    /// What it needs to go on, as a formula in all parameters, where there is one.
    pub condition: Option<Condition>,
    /// Where one equilibrium hands over to the next one on the way, the nearest first.
    pub passed: Vec<Passage>,
    /// What is found beyond; `None` if nothing lies beyond, or the game is not defined there.
    pub beyond: Option<Beyond>,
}

impl Reach {
    /// Whether it is confirmed that this is an end of what is looked at: the last equilibrium holds
    /// before and not beyond, and no other one takes over there.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        let again = self.beyond.as_ref().and_then(|beyond| beyond.again.as_ref());
        self.end.is_sure() && again.is_none_or(|again| again.is_after_gap)
    }
}

/// A value at which one equilibrium hands over to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where.
    pub at: Limit,
    /// Whether what is looked at is shown to hold at this very value, not only on both sides of it;
    /// not so where both equilibria end at a value that is no fraction.
    pub is_shown_there: bool,
}

/// That what has ended holds on the other side too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// How far back towards the end it holds there.
    pub from: Limit,
    /// Whether it was found not to hold at a value before that; else there may be no gap.
    pub is_after_gap: bool,
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
    /// Where what ended holds again, if that is seen from here.
    pub again: Option<Again>,
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

/// At most so often it is looked closer to an end, for where what holds beyond begins.
const MOST_LOOKS: usize = 8;

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
            match self.onward(&last, &end, param) {
                Onward::Ended(beyond) => {
                    if end.holds_at == Some(false) && self.holds_at_end(&last, &end, param) {
                        end.holds_at = Some(true);
                    }
                    let follower = Follower::new(self.game, &last, param)?;
                    let condition = if self.formulas { follower.condition(&end) } else { None };
                    let beyond = beyond.map(|beyond| *beyond);
                    return Ok(Reach { end, last, condition, passed, beyond });
                }
                Onward::Next(..) if passed.len() >= MOST_STEPS => {
                    return Err("too many equilibria follow one another");
                }
                Onward::Next(next, passage) => {
                    passed.push(passage);
                    (end, last) = self.furthest(&next, param, side)?;
                }
            }
        }
    }

    /// What lies beyond an end: witnesses that join there, or none. Where one is found that begins
    /// further on, it is looked again before it.
    fn onward(&mut self, last: &Equilibrium, end: &End, param: ParamId) -> Onward {
        let Some(mut at) = end.outside.clone().filter(|_| end.holds_beyond.is_some()) else {
            return Onward::Ended(None);
        };
        let mut again: Option<Limit> = None;
        for looks in 1.. {
            let Some(known) = self.known_at(last, param, &at) else { break };
            let found = self.meetings(&known, param, end);
            if found.is_empty() {
                let again = again.map(|from| Again { from, is_after_gap: true });
                return Onward::Ended(Some(Box::new(beyond(last, at, &known, again))));
            }
            let joined: Vec<_> = found.iter().filter(|(_, meeting)| meeting.joins()).collect();
            if !joined.is_empty() {
                return self.joined(last, end, param, &joined);
            }
            let begins = found.iter().map(|(_, meeting)| meeting.begins.clone());
            let nearest = meeting::nearest(begins, end.side);
            let goes_on = looks < MOST_LOOKS && !(self.stopped)();
            let Some(closer) = meeting::between(end, &nearest).filter(|_| goes_on) else {
                let again = Some(Again { from: nearest, is_after_gap: false });
                return Onward::Ended(Some(Box::new(beyond(last, at, &known, again))));
            };
            (again, at) = (Some(nearest), closer);
        }
        Onward::Ended(None)
    }

    /// The witnesses that join at an end; or that what is looked at does not hold at this one value.
    fn joined(
        &mut self,
        last: &Equilibrium,
        end: &End,
        param: ParamId,
        joined: &[&(Equilibrium, Meeting)],
    ) -> Onward {
        let next: Vec<Equilibrium> = joined.iter().map(|(other, _)| other.clone()).collect();
        let passage = |is_shown_there| Passage { at: end.limit.clone(), is_shown_there };
        let is_overlapped = joined.iter().any(|(_, meeting)| meeting.is_past);
        let Limit::At(Root::Exact(value)) = &end.limit else {
            return Onward::Next(next, passage(is_overlapped));
        };
        let holds = |other: &Equilibrium| {
            let follower = Follower::new(self.game, other, param).ok();
            let there = follower.and_then(|follower| follower.equilibrium_at(value));
            there.is_some_and(|there| (self.wanted)(&there))
        };
        if holds(last) || next.iter().any(holds) {
            return Onward::Next(next, passage(true));
        }
        match self.known_at(last, param, value) {
            None => Onward::Ended(None),
            Some(known) if self.witnesses(&known).next().is_some() => {
                Onward::Next(next, passage(true))
            }
            Some(known) => {
                let again = Some(Again { from: end.limit.clone(), is_after_gap: true });
                Onward::Ended(Some(Box::new(beyond(last, value.clone(), &known, again))))
            }
        }
    }

    /// Whether some witness is found at an end that is known exactly.
    fn holds_at_end(&mut self, last: &Equilibrium, end: &End, param: ParamId) -> bool {
        let (Limit::Range(value) | Limit::At(Root::Exact(value))) = &end.limit else {
            return false;
        };
        let known = self.known_at(last, param, value);
        known.is_some_and(|known| self.witnesses(&known).next().is_some())
    }

    fn witnesses<'k>(&self, known: &'k Known) -> impl Iterator<Item = &'k Equilibrium> {
        let accepted = known.equilibria.iter().filter(|points| (self.accepted)(points));
        accepted.flatten().filter(|other| (self.wanted)(other))
    }

    fn meetings(&self, known: &Known, param: ParamId, end: &End) -> Vec<(Equilibrium, Meeting)> {
        let met = |other: &Equilibrium| {
            let follower = Follower::new(self.game, other, param).ok()?;
            Some((other.clone(), Meeting::of(&follower, end, self.wanted)))
        };
        self.witnesses(known).take(MOST_FOLLOWED).filter_map(met).collect()
    }

    fn known_at(&mut self, last: &Equilibrium, param: ParamId, value: &Rational) -> Option<Known> {
        let instance = self.at(last, param, value)?;
        Some((self.solve)(&instance))
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
}

/// What lies beyond an end.
enum Onward {
    /// These go on with it.
    Next(Vec<Equilibrium>, Passage),
    /// Nothing does; what is found there instead.
    Ended(Option<Box<Beyond>>),
}

fn goes_further(end: &End, than: &End) -> bool {
    if end.is_inside() != than.is_inside() {
        return !end.is_inside();
    }
    if let (Limit::At(root), Limit::At(other)) = (&end.limit, &than.limit) {
        return end.side.meets_first(other, root);
    }
    match (end.enclosure(), than.enclosure(), end.side) {
        (Some((low, _)), Some((_, high)), Side::Above) => low > high,
        (Some((_, high)), Some((low, _)), Side::Below) => high < low,
        _ => false,
    }
}

fn beyond(last: &Equilibrium, at: Rational, known: &Known, again: Option<Again>) -> Beyond {
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
        again,
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
