//! How far one parameter must move, all others at their base values, before a choice turns.
//!
//! The profile is held fixed and beliefs follow it by Bayes' rule. Then every margin is a
//! piecewise rational function of the parameter, and where it turns is a root, found exactly.

use super::axis::Piece;
use super::condition::{Condition, Everywhere};
use super::ends::Leaving;
use super::first_turn::{FirstTurn, Place};
use super::moving::{Moving, NoProfile};
use super::plan::{self, Plan};
use super::play::Play;
use super::symbols::Along;
use super::turn::{self, Choice, Turn};
use crate::algebra::Root;
use detente_game::{ActionId, Game, GameInstance, InfoSetId, NodeId, ParamId, PlayerId, Rational};
use detente_verify::{Equilibrium, Margin, Verdict, verify_without_bounds};
use std::sync::Arc;

pub use super::turn::Side;

/// A value of a parameter at which a choice turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// Which parameter.
    pub param: ParamId,
    /// In which direction.
    pub side: Side,
    /// The value beyond which the alternative is better.
    pub at: Root,
    /// The choice that turns.
    pub margin: Margin,
}

/// Where one choice turns along one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisFlips {
    /// Which parameter.
    pub param: ParamId,
    /// The nearest turn at smaller values.
    pub below: Option<Flip>,
    /// The nearest turn at greater values.
    pub above: Option<Flip>,
    /// Why a side is not known, if one is not.
    pub unknown: Option<&'static str>,
}

/// With more plans than this after an alternative, not all of them are followed.
const MOST_PLANS: usize = 128;

/// Follows the choices of one equilibrium of a game.
pub struct Flips<'a> {
    game: &'a Game,
    equilibrium: &'a Equilibrium,
    plays: Vec<Play<'a>>,
    first: Vec<Piece<'a>>,
    moving: Option<Moving>,
}

impl<'a> Flips<'a> {
    /// Prepares a game and one of its equilibria; the equilibrium's point is the base.
    ///
    /// # Panics
    /// If the equilibrium is of another game.
    #[must_use]
    pub fn new(game: &'a Game, equilibrium: &'a Equilibrium) -> Self {
        let instance: &'a GameInstance = equilibrium.instance();
        assert_eq!(
            (instance.point().len(), instance.form().node_count()),
            (game.params.len(), game.form.node_count()),
            "the equilibrium is of another game"
        );
        let plays = instance
            .form()
            .player_ids()
            .map(|player| Play::seen_by(instance, equilibrium.profile(), Some(player)))
            .collect();
        let point = instance.point();
        let first = (0..game.params.len())
            .map(|k| Piece::at(game, point, ParamId::from_index(k), &point[k]))
            .collect();
        Self { game, equilibrium, plays, first, moving: None }
    }

    /// The same for one parameter alone, along which the probabilities of mixed choices move so
    /// that everybody stays indifferent; what is asked about other parameters means nothing then.
    ///
    /// # Errors
    /// Why its probabilities cannot be followed, if they cannot.
    pub(super) fn along(
        game: &'a Game,
        equilibrium: &'a Equilibrium,
        param: ParamId,
    ) -> Result<Self, &'static str> {
        let mut flips = Self::new(game, equilibrium);
        let base = &flips.point()[param.index()];
        let moving = Moving::find(&flips.first[param.index()], &flips.plays, base)?;
        flips.moving = (!moving.is_still()).then_some(moving);
        Ok(flips)
    }

    pub(super) fn game(&self) -> &'a Game {
        self.game
    }

    pub(super) fn equilibrium(&self) -> &'a Equilibrium {
        self.equilibrium
    }

    pub(super) fn moving(&self) -> Option<&Moving> {
        self.moving.as_ref()
    }

    pub(super) fn piece(&self, param: ParamId) -> &Piece<'a> {
        &self.first[param.index()]
    }

    pub(super) fn point(&self) -> &'a [Rational] {
        self.equilibrium.instance().point()
    }

    /// Where a choice turns along each parameter on which it depends; only parameters with a turn
    /// inside their range, or an unknown side, are listed.
    #[must_use]
    pub fn of_margin(&self, margin: &Margin) -> Vec<AxisFlips> {
        (0..self.game.params.len())
            .map(|k| {
                let param = ParamId::from_index(k);
                let mut unknown = None;
                let mut side = |side: Side| match self.turn(margin, param, side) {
                    Turn::At(at) => Some(Flip { param, side, at, margin: margin.clone() }),
                    Turn::Never => None,
                    Turn::Unknown(why) => {
                        unknown = Some(why);
                        None
                    }
                };
                let (below, above) = (side(Side::Below), side(Side::Above));
                AxisFlips { param, below, above, unknown }
            })
            .filter(|axis| axis.below.is_some() || axis.above.is_some() || axis.unknown.is_some())
            .collect()
    }

    /// The nearest turn of one choice on one side of a parameter.
    ///
    /// The margin is the least over all plans after the alternative, and the best plan at the base
    /// need not be the best one further on. If the margins are straight lines, their least is
    /// concave, so it is enough to add plans that are best at the turn until there is none.
    /// Otherwise all plans are followed, if they are few.
    pub(super) fn turn(&self, margin: &Margin, param: ParamId, side: Side) -> Turn {
        let form = self.equilibrium.instance().form();
        let player = form.info_set(margin.set).player;
        if !form.has_perfect_recall() {
            return self.turn_of_plan(margin, param, side, &Plan::new());
        }
        let range = &self.game.params[param.index()].range;
        let end = range.as_ref().map(|(low, high)| if side == Side::Below { low } else { high });
        match end {
            Some(end) if self.moving.is_none() && self.first[param.index()].is_straight(player) => {
                self.turn_by_lines(margin, param, side, end)
            }
            _ => self.turn_by_all_plans(margin, param, side),
        }
    }

    fn turn_by_lines(&self, margin: &Margin, param: ParamId, side: Side, end: &Rational) -> Turn {
        let player = self.equilibrium.instance().form().info_set(margin.set).player;
        let mut plans = vec![self.plan(&self.plays[player.index()], margin)];
        let mut nearest = self.turn_of_plan(margin, param, side, &plans[0]);
        loop {
            let look = match &nearest {
                Turn::At(at) => at.middle(),
                Turn::Never => end.clone(),
                Turn::Unknown(_) => return nearest,
            };
            match self.better_plan(margin, param, &look, player) {
                Some(plan) if !plans.contains(&plan) => {
                    let turn = self.turn_of_plan(margin, param, side, &plan);
                    nearest = side.first(nearest, turn);
                    plans.push(plan);
                }
                _ => return nearest,
            }
        }
    }

    fn turn_by_all_plans(&self, margin: &Margin, param: ParamId, side: Side) -> Turn {
        let form = self.equilibrium.instance().form();
        let player = form.info_set(margin.set).player;
        let after: Vec<NodeId> =
            starts(&self.plays[player.index()], margin).into_iter().map(|(node, _)| node).collect();
        let Some(plans) = plan::all_after(form, player, &after, MOST_PLANS) else {
            return Turn::Unknown("its owner could go on in too many ways");
        };
        let turns = plans.iter().map(|plan| self.turn_of_plan(margin, param, side, plan));
        turns.fold(Turn::Never, |nearest, turn| side.first(nearest, turn))
    }

    pub(super) fn turn_of_plan(
        &self,
        margin: &Margin,
        param: ParamId,
        side: Side,
        plan: &Plan,
    ) -> Turn {
        let player = self.equilibrium.instance().form().info_set(margin.set).player;
        let choice = Choice {
            play: &self.plays[player.index()],
            set: margin.set,
            chosen: margin.chosen,
            against: margin.against,
            plan,
        };
        let profile = self.equilibrium.profile();
        let function = |piece: &Piece| {
            choice.value_in(&Along { piece, profile, moving: self.moving.as_ref() })
        };
        let first = Some(&self.first[param.index()]);
        turn::first_turn(self.game, self.point(), param, side, first, &function)
    }

    pub(super) fn plan(&self, play: &Play, margin: &Margin) -> Plan {
        plan::best_after(play, play.form().info_set(margin.set).player, &starts(play, margin))
    }

    /// What a choice needs, as a formula in all parameters: with the plan that makes the alternative
    /// best just beyond its turn. `None` if there is no formula, or it does not give this turn.
    pub(super) fn condition(
        &self,
        margin: &Margin,
        param: ParamId,
        side: Side,
        turn: &Root,
        beyond: &Rational,
    ) -> Option<Condition> {
        let player = self.equilibrium.instance().form().info_set(margin.set).player;
        let plan = self.better_plan(margin, param, beyond, player)?;
        if self.turn_of_plan(margin, param, side, &plan) != Turn::At(turn.clone()) {
            return None;
        }
        let choice = Choice {
            play: &self.plays[player.index()],
            set: margin.set,
            chosen: margin.chosen,
            against: margin.against,
            plan: &plan,
        };
        let moves = |action: ActionId| {
            let moving = self.moving.as_ref();
            moving.is_some_and(|moving| moving.of(action).as_constant().is_none())
        };
        let everywhere =
            Everywhere::new(self.game, self.equilibrium.profile(), self.point(), &moves);
        let condition = everywhere.condition(&choice, param)?;
        let Root::Exact(value) = turn else { return Some(condition) };
        let mut there = self.point().to_vec();
        there[param.index()] = value.clone();
        condition.slack(&there).is_zero().then_some(condition)
    }

    /// The best plan after the alternative at another value of the parameter.
    fn better_plan(
        &self,
        margin: &Margin,
        param: ParamId,
        value: &Rational,
        player: PlayerId,
    ) -> Option<Plan> {
        let instance = self.at(param, value)?;
        let play = Play::seen_by(&instance, self.equilibrium.profile(), Some(player));
        Some(self.plan(&play, margin))
    }

    pub(super) fn at(&self, param: ParamId, value: &Rational) -> Option<GameInstance> {
        let mut point = self.point().to_vec();
        point[param.index()] = value.clone();
        self.game.at(&point).ok()
    }

    /// The first turn among all choices of the equilibrium on one side of a parameter, with the
    /// judge asked on both sides of it; `None` if nothing turns inside the range.
    #[must_use]
    pub fn first(&self, param: ParamId, side: Side) -> Option<FirstTurn> {
        let mut all_followed = self.every_situation_is_followed();
        let mut turns: Vec<Flip> = Vec::new();
        for margin in self.equilibrium.margins() {
            if !self.is_followed(margin.set) {
                continue;
            }
            match self.turn_both_ways(margin, param, side) {
                Turn::At(at) => turns.push(Flip { param, side, at, margin: margin.clone() }),
                Turn::Never => {}
                Turn::Unknown(_) => all_followed = false,
            }
        }
        let mut flip = turns.first()?.clone();
        for other in &turns[1..] {
            if side.meets_first(&other.at, &flip.at) {
                flip = other.clone();
            }
        }
        let (holds_before, fails_after) = self.asked_around(&flip);
        let others = turns
            .into_iter()
            .filter(|other| other.at == flip.at && other.margin != flip.margin)
            .map(|other| other.margin);
        let leaves = std::iter::once(flip.margin.clone()).chain(others).map(Leaving::Choice);
        let leaves = leaves.collect();
        Some(FirstTurn {
            side,
            at: Place::At(flip.at),
            leaves,
            all_followed,
            holds_before,
            fails_after,
        })
    }

    /// Where both actions are played, the margin must stay zero: a turn either way counts.
    pub(super) fn turn_both_ways(&self, margin: &Margin, param: ParamId, side: Side) -> Turn {
        let forth = self.turn(margin, param, side);
        if self.equilibrium.profile().of(margin.against).is_zero() || !margin.margin.is_zero() {
            return forth;
        }
        let back = Margin { chosen: margin.against, against: margin.chosen, ..margin.clone() };
        side.first(forth, self.turn(&back, param, side))
    }

    /// Whether beliefs at a situation follow from Bayes' rule, if need be after a deviation by
    /// its own player.
    pub(super) fn is_followed(&self, set: InfoSetId) -> bool {
        let form = self.equilibrium.instance().form();
        let player = form.info_set(set).player;
        let play = &self.plays[player.index()];
        form.members(set)
            .iter()
            .any(|member| plan::contribution(play, player, *member).is_positive())
    }

    pub(super) fn every_situation_is_followed(&self) -> bool {
        let form = self.equilibrium.instance().form();
        form.has_perfect_recall()
            && form.info_set_ids().all(|set| self.is_followed(set) && self.has_margins(set))
    }

    /// Concepts without beliefs have no margins at unreached situations.
    fn has_margins(&self, set: InfoSetId) -> bool {
        let form = self.equilibrium.instance().form();
        form.actions(set).len() == 1
            || self.equilibrium.margins().iter().any(|margin| margin.set == set)
    }

    /// Whether the judge still finds the equilibrium at another value of a parameter; `None` if he
    /// does not know, or the game is not defined there.
    pub(super) fn holds(&self, param: ParamId, value: &Rational) -> Option<bool> {
        if let Some(Err(NoProfile)) = self.moving.as_ref().and_then(|moving| moving.at(value)) {
            return Some(false);
        }
        let verdict = self.judged(param, value)?;
        if verdict.holds() {
            Some(true)
        } else if verdict.fails() {
            Some(false)
        } else {
            None
        }
    }

    /// The judge's verdict at another value; `None` if the game or the profile is not defined
    /// there.
    pub(super) fn judged(&self, param: ParamId, value: &Rational) -> Option<Verdict> {
        let instance = Arc::new(self.at(param, value)?);
        let concept = self.equilibrium.concept();
        Some(match &self.moving {
            Some(moving) => verify_without_bounds(&instance, concept, &moving.at(value)?.ok()?),
            None => verify_without_bounds(&instance, concept, self.equilibrium.profile()),
        })
    }

    /// The judge's answers 1/1000 of the way before and after a turn.
    fn asked_around(&self, flip: &Flip) -> (Option<bool>, Option<bool>) {
        let base = &self.point()[flip.param.index()];
        let step = (flip.at.middle() - base) / Rational::int(1000);
        let holds = |value: Rational| self.holds(flip.param, &value);
        let (before, after) = match flip.side {
            Side::Below => (flip.at.high() - &step, flip.at.low() + &step),
            Side::Above => (flip.at.low() - &step, flip.at.high() + &step),
        };
        (holds(before), holds(after).map(|holds| !holds))
    }
}

/// The nodes after the alternative, weighted by what the others and chance contribute.
fn starts(play: &Play, margin: &Margin) -> Vec<(NodeId, Rational)> {
    let form = play.form();
    let set = form.info_set(margin.set);
    let position = margin.against.index() - set.first_action.index();
    form.members(margin.set)
        .iter()
        .map(|member| {
            let weight = plan::contribution(play, set.player, *member);
            (form.child(*member, position), weight)
        })
        .collect()
}
