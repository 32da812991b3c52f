//! How far an equilibrium goes on along one parameter, and what ends it.

use super::condition::Condition;
use super::flips::{Flips, Side};
use super::turn::{self, Turn};
use crate::algebra::{RationalFunction, Root, separate};
use detente_game::number::Interval;
use detente_game::{ActionId, Game, ParamId, Rational};
use detente_verify::{Equilibrium, Margin};

/// Where an equilibrium ends on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Nowhere: it goes on to the end of the parameter's range.
    Range(Rational),
    /// Nowhere: the parameter has no range.
    None,
    /// Here, exactly.
    At(Root),
    /// Between these values: it holds at the one nearer to the base and not at the other.
    Between(Interval),
}

/// What ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// An action becomes better than one that is played.
    Choice(Margin),
    /// The probability of a mixed action reaches 0.
    Stops(ActionId),
    /// A formula takes another form, so that a mixed equilibrium goes on along another path.
    Form,
    /// No consistent beliefs are left that support it; or the refinement no longer does.
    Beliefs,
    /// It is still an equilibrium, but no longer one of the kind that is looked at.
    Condition,
}

/// The end of an equilibrium on one side of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Which side.
    pub side: Side,
    /// Where.
    pub limit: Limit,
    /// What ends it there; several if they do so at the same value.
    pub leaves: Vec<Leaving>,
    /// A value just beyond, if there is one.
    pub outside: Option<Rational>,
    /// Whether the judge finds the equilibrium just before the end.
    pub holds_before: Option<bool>,
    /// Whether he finds it at the end itself (at the simplest fraction of an interval); `None` too
    /// if that is no fraction.
    pub holds_at: Option<bool>,
    /// Whether he finds it just beyond.
    pub holds_beyond: Option<bool>,
    /// Whether every condition was followed as a function of the parameter. If not, beliefs at
    /// some situation are free, and between the base and the end the judge was asked at some
    /// values only.
    pub all_followed: bool,
}

impl End {
    /// Whether the judge confirms it: the equilibrium holds before and not beyond, or up to the
    /// range's end.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        let beyond = match self.limit {
            Limit::At(_) | Limit::Between(_) => self.holds_beyond == Some(false),
            Limit::Range(_) | Limit::None => true,
        };
        self.holds_before == Some(true) && beyond
    }

    /// Whether it lies inside the parameter's range.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        matches!(self.limit, Limit::At(_) | Limit::Between(_))
    }

    /// The least and the greatest value that it may have, if it has one.
    #[must_use]
    pub fn enclosure(&self) -> Option<(&Rational, &Rational)> {
        match &self.limit {
            Limit::Range(value) => Some((value, value)),
            Limit::At(root) => Some((root.low(), root.high())),
            Limit::Between(interval) => Some((&interval.low, &interval.high)),
            Limit::None => None,
        }
    }
}

/// Follows an equilibrium from its point along one parameter.
///
/// Pure choices stay as they are; probabilities of mixed ones move so that everybody stays
/// indifferent. Where all conditions of the equilibrium are functions of the parameter, the end is
/// a root of one of them, exactly; the judge is asked before, at and beyond it. Where beliefs are
/// free, he is asked at several values, and an end that no function explains is given as an
/// interval.
pub struct Follower<'a> {
    pub(super) flips: Flips<'a>,
    pub(super) param: ParamId,
}

/// Values between the base and the end at which the judge is asked where beliefs are free.
const SAMPLES: i64 = 8;

/// Halvings of the interval in which an end is looked for by asking the judge.
const HALVINGS: usize = 40;

impl<'a> Follower<'a> {
    /// Prepares an equilibrium of a game.
    ///
    /// # Errors
    /// Why the probabilities of its mixed choices cannot be followed.
    ///
    /// # Panics
    /// If the equilibrium is of another game.
    pub fn new(
        game: &'a Game,
        equilibrium: &'a Equilibrium,
        param: ParamId,
    ) -> Result<Self, &'static str> {
        Ok(Self { flips: Flips::along(game, equilibrium, param)?, param })
    }

    /// The probability of an action as a function of the parameter, if it moves.
    #[must_use]
    pub fn moved(&self, action: ActionId) -> Option<&RationalFunction> {
        let moving = self.flips.moving()?;
        Some(moving.of(action)).filter(|function| function.as_constant().is_none())
    }

    /// The equilibrium at another value of the parameter, if the judge finds it there.
    #[must_use]
    pub fn equilibrium_at(&self, value: &Rational) -> Option<Equilibrium> {
        self.flips.judged(self.param, value)?.into_equilibrium()
    }

    /// The equilibrium that is followed.
    #[must_use]
    pub fn equilibrium(&self) -> &'a Equilibrium {
        self.flips.equilibrium()
    }

    /// An end of this equilibrium, or the end of what is wanted of it if that comes first; looked
    /// for at some values in between, so a gap between two of them is not seen.
    #[must_use]
    pub fn while_wanted(&self, end: End, wanted: &dyn Fn(&Equilibrium) -> bool) -> End {
        let side = end.side;
        let last = match (&end.limit, end.enclosure()) {
            (Limit::None, _) | (_, None) => self.far_end(side),
            (_, Some((low, high))) => {
                let near = if side == Side::Below { high } else { low };
                near.clone()
            }
        };
        let fine =
            |value: &Rational| Some(self.equilibrium_at(value).is_some_and(|there| wanted(&there)));
        let way = &last - self.base();
        let mut good = self.base().clone();
        let before = &last - &way / Rational::int(1000);
        let samples = (1..SAMPLES).map(|k| self.base() + &way * Rational::new(k, SAMPLES));
        for value in samples.chain([before]) {
            if fine(&value) != Some(true) {
                return self.halved(side, good, value, Some(false), &fine, Leaving::Condition);
            }
            good = value;
        }
        end
    }

    fn base(&self) -> &Rational {
        &self.flips.point()[self.param.index()]
    }

    fn range_end(&self, side: Side) -> Option<&Rational> {
        let range = self.flips.game().params[self.param.index()].range.as_ref();
        range.map(|(low, high)| if side == Side::Below { low } else { high })
    }

    /// The end on one side.
    #[must_use]
    pub fn end(&self, side: Side) -> End {
        let (events, all_followed) = self.events(side);
        let mut from = 0;
        while from < events.len() {
            let same = events[from..].iter().take_while(|(at, _)| *at == events[from].0).count();
            // The last of equal ones is told apart from what comes next.
            let root = &events[from + same - 1].0;
            let next = events.get(from + same).map(|(root, _)| turn::near_end(root, side));
            let outside = self.just_beyond(root, next, side);
            let holds = self.holds(&outside);
            if holds != Some(true) {
                let leaves = events[from..from + same].iter().map(|(_, what)| what.clone());
                let found = Found { root: root.clone(), leaves: leaves.collect(), outside, holds };
                return self.settle(side, Some(found), all_followed);
            }
            // The belief behind this choice is free, and another one supports it beyond.
            from += same;
        }
        self.settle(side, None, all_followed)
    }

    /// Every value at which a condition of the equilibrium first fails, the nearest first.
    fn events(&self, side: Side) -> (Vec<(Root, Leaving)>, bool) {
        let flips = &self.flips;
        let mut events: Vec<(Root, Leaving)> = Vec::new();
        let mut all_followed = flips.every_situation_is_followed() && self.beliefs_follow_bayes();
        let mut note = |turn: Turn, what: Leaving| match turn {
            Turn::At(root) => events.push((root, what)),
            Turn::Never => {}
            Turn::Unknown(_) => all_followed = false,
        };
        for margin in flips.equilibrium().margins() {
            if self.is_tie_kept(margin) || !flips.is_followed(margin.set) {
                continue;
            }
            let turn = if flips.moving().is_some() {
                flips.turn(margin, self.param, side)
            } else {
                flips.turn_both_ways(margin, self.param, side)
            };
            note(turn, Leaving::Choice(margin.clone()));
        }
        if let Some(moving) = flips.moving() {
            for action in moving.moved() {
                note(self.stop(moving.of(action), side), Leaving::Stops(action));
            }
            let boundaries = &flips.piece(self.param).boundaries;
            let end = self.far_end(side);
            for boundary in boundaries {
                for root in turn::beyond(boundary, self.base(), &end, side) {
                    note(Turn::At(root), Leaving::Form);
                }
            }
        }
        events.sort_by(|(a, _), (b, _)| match side {
            Side::Below => b.cmp(a),
            Side::Above => a.cmp(b),
        });
        separate(&mut events);
        (events, all_followed)
    }

    /// The path keeps both actions of a tie equally good.
    fn is_tie_kept(&self, margin: &Margin) -> bool {
        let profile = self.flips.equilibrium().profile();
        self.flips.moving().is_some() && profile.of(margin.against).is_positive()
    }

    /// Under the weak concepts and refinements something else decides at unreached situations.
    fn beliefs_follow_bayes(&self) -> bool {
        use detente_game::claim::Concept;
        let equilibrium = self.flips.equilibrium();
        let all_reached = || equilibrium.beliefs().iter().all(|belief| belief.reached);
        match equilibrium.concept() {
            Concept::Sequential | Concept::Pbe => true,
            Concept::WeakPbe | Concept::SubgamePerfect | Concept::Nash => all_reached(),
            // What decides here is not Bayes' rule alone.
            _ => false,
        }
    }

    fn stop(&self, probability: &RationalFunction, side: Side) -> Turn {
        let flips = &self.flips;
        let first = Some(flips.piece(self.param));
        let function = |_: &super::axis::Piece| Some(probability.clone());
        turn::first_turn(flips.game(), flips.point(), self.param, side, first, &function)
    }

    /// The range's end or, without one, a value far out.
    fn far_end(&self, side: Side) -> Rational {
        let far = || self.base() + side.sign() * (self.base().abs() + Rational::int(1000));
        self.range_end(side).cloned().unwrap_or_else(far)
    }

    /// A value beyond a root, before the next one and inside the range.
    fn just_beyond(&self, root: &Root, next: Option<&Rational>, side: Side) -> Rational {
        let at = match side {
            Side::Below => root.low(),
            Side::Above => root.high(),
        };
        let mut step = ((at - self.base()) / Rational::int(1000)).abs();
        let thousandth = Rational::new(1, 1000);
        if step.is_zero() {
            step = thousandth;
        }
        for stop in [next, self.range_end(side)].into_iter().flatten() {
            let room = (stop - at).abs() / Rational::int(2);
            if !room.is_zero() {
                step = step.min(room);
            }
        }
        // The simplest fraction there: what is solved beyond has short numbers.
        let (near, far) = (at + side.sign() * &step / Rational::int(2), at + side.sign() * step);
        Interval { low: near.clone().min(far.clone()), high: near.max(far) }.simplest()
    }

    fn holds(&self, value: &Rational) -> Option<bool> {
        self.flips.holds(self.param, value)
    }

    /// Asks the judge on the way to the end that was found, or to the range's end.
    fn settle(&self, side: Side, found: Option<Found>, all_followed: bool) -> End {
        let target = match &found {
            Some(found) => turn::near_end(&found.root, side).clone(),
            None => self.far_end(side),
        };
        let way = &target - self.base();
        let before = &target - &way / Rational::int(1000);
        let at = |k: i64| self.base() + &way * Rational::new(k, SAMPLES);
        let mut asked: Vec<Rational> = Vec::new();
        if !all_followed {
            asked.extend((1..SAMPLES).map(at));
        }
        asked.push(before);
        if found.is_none() {
            asked.push(target.clone());
        }
        let mut last = self.base().clone();
        for value in asked {
            match self.holds(&value) {
                Some(true) => last = value,
                holds if found.is_none() && value == target => {
                    // Only the end of the range itself is not one.
                    return self.ended(side, found, holds, all_followed);
                }
                holds => return self.between(side, last, value, holds),
            }
        }
        let holds = match &found {
            Some(Found { root: Root::Exact(value), .. }) => self.holds(value),
            Some(_) => None,
            None => Some(true),
        };
        self.ended(side, found, holds, all_followed)
    }

    fn ended(
        &self,
        side: Side,
        found: Option<Found>,
        holds_at: Option<bool>,
        all_followed: bool,
    ) -> End {
        let end = self.range_end(side).cloned();
        let (limit, leaves, outside, holds_beyond) = match found {
            Some(found) => (Limit::At(found.root), found.leaves, Some(found.outside), found.holds),
            None => (end.map_or(Limit::None, Limit::Range), Vec::new(), None, None),
        };
        let holds_before = Some(true);
        End { side, limit, leaves, outside, holds_before, holds_at, holds_beyond, all_followed }
    }

    /// The judge finds it at one value and not at another, and no condition says why: halves.
    fn between(&self, side: Side, good: Rational, bad: Rational, holds: Option<bool>) -> End {
        self.halved(side, good, bad, holds, &|value| self.holds(value), Leaving::Beliefs)
    }

    fn halved(
        &self,
        side: Side,
        mut good: Rational,
        mut bad: Rational,
        mut beyond: Option<bool>,
        holds: &dyn Fn(&Rational) -> Option<bool>,
        what: Leaving,
    ) -> End {
        for _ in 0..HALVINGS {
            let middle = (&good + &bad) / Rational::int(2);
            match holds(&middle) {
                Some(true) => good = middle,
                other => (bad, beyond) = (middle, other),
            }
        }
        let outside = self.just_beyond(&Root::Exact(bad.clone()), None, side);
        let interval = match side {
            Side::Below => Interval { low: bad.clone(), high: good },
            Side::Above => Interval { low: good, high: bad.clone() },
        };
        End {
            side,
            holds_at: holds(&interval.simplest()),
            limit: Limit::Between(interval),
            leaves: vec![what],
            outside: Some(outside),
            holds_before: Some(true),
            holds_beyond: beyond,
            all_followed: false,
        }
    }

    /// What the choice that ends it needs, as a formula in all parameters; `None` if something else
    /// ends it, or the formula is not rational or depends on probabilities that move.
    #[must_use]
    pub fn condition(&self, end: &End) -> Option<Condition> {
        let (Limit::At(root), Some(beyond)) = (&end.limit, &end.outside) else { return None };
        end.leaves.iter().find_map(|leaving| match leaving {
            Leaving::Choice(margin) => {
                self.flips.condition(margin, self.param, end.side, root, beyond)
            }
            _ => None,
        })
    }
}

/// A value at which a condition fails, and what the judge says beyond.
struct Found {
    root: Root,
    leaves: Vec<Leaving>,
    outside: Rational,
    holds: Option<bool>,
}
