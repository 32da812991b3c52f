//! A game with the locks of a variant in force: locked choices become chance moves, a locked
//! reading becomes a private prior, and one that is locked from a message on a private prior over
//! imagined histories that lead there.
//!
//! The locks hang on one more parameter, the *lever*: at [`Locked::from`] the game is played as
//! without the locks, at [`Locked::to`] they are in force. So that a lock matters only beyond some
//! value is a question about a parameter like any other.

mod imagined;

use crate::form::{BuildError, NodeKind, NodeSet};
use crate::formula::BinaryOp;
use crate::game::{Game, GameBuilder, Param, Support};
use crate::ids::{ActionId, BranchId, FormulaId, InfoSetId, LotteryId, ParamId, PlayerId};
use crate::instance::{GameInstance, InstanceError};
use crate::number::Rational;
use crate::play::Profile;
use crate::what_if::{BeliefLock, WhatIf};
use crate::{GameForm, NodeId};
use std::fmt;

/// A game with locks. Lotteries, branches, rows, events and values keep their ids, and so do nodes
/// unless a reading is locked from a message on; the locked situations are gone, and the others are
/// numbered anew.
#[derive(Debug, Clone)]
pub struct Locked {
    /// The game; its last parameter is the lever.
    pub game: Game,
    /// The parameter on which the locks hang.
    pub lever: ParamId,
    /// The lever's value without the locks.
    pub from: Rational,
    /// Its value with the locks in force.
    pub to: Rational,
    /// Whose reading the lever is, if one reading is locked and nothing else; otherwise the lever
    /// is the share of the way from play without the locks (0) to the locks (1).
    pub reader: Option<PlayerId>,
    /// The situations of the game with locks, by those of the game without.
    sets: Vec<Option<InfoSetId>>,
    /// The probability of every action that is locked.
    actions: Vec<(ActionId, FormulaId)>,
    /// Who decides in whose stead after a reading that is locked from a message on: first who, then by
    /// whom.
    stand_ins: Vec<(PlayerId, PlayerId)>,
    /// How several cases of which one is read share its probability, with whose reading it is; nodes
    /// are those of the game without locks.
    shares: Vec<(PlayerId, Vec<(NodeId, Rational)>)>,
}

/// The play without locks, from which the locks depart. Beliefs and shares are by node.
#[derive(Debug, Clone)]
pub struct Departure<'a> {
    /// What everybody does.
    pub profile: &'a Profile,
    /// What its player believes at every decision, given his situation; 0 where that is open.
    pub belief: Vec<Rational>,
    /// How likely nodes are, compared to one another, where a locked reading leaves open how several
    /// cases share its probability.
    pub likely: Vec<Rational>,
}

impl Departure<'_> {
    /// How some nodes share a probability: as they are likely, else as they are believed; a single one
    /// has all of it. `None` if nothing says so.
    fn shares(&self, nodes: &[NodeId]) -> Option<Vec<(NodeId, Rational)>> {
        if let [only] = nodes {
            return Some(vec![(*only, Rational::ONE)]);
        }
        [&self.likely, &self.belief].into_iter().find_map(|weights| {
            let weight = |node: &NodeId| weights[node.index()].clone();
            let all: Rational = nodes.iter().map(weight).sum();
            nodes.iter().map(|node| Some((*node, weight(node).checked_div(&all)?))).collect()
        })
    }
}

/// Why a game cannot be locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockError {
    /// A reading is locked from some message on, and somebody forgets what he knew.
    Forgetful(PlayerId),
    /// What is read is not decided yet when its reader is asked.
    Undecided(PlayerId),
    /// The reader knows when asked whether it is so.
    Plain(PlayerId),
    /// What is read is not drawn by a single lottery of chance on every path.
    NotDrawn(PlayerId),
    /// One player's reading of the same lottery is locked twice.
    ReadTwice(PlayerId),
    /// The reader decides after another one's locked reading, but not after his own.
    Entangled(PlayerId),
    /// The event or its contrary has probability 0, and nothing says how to divide the reading.
    Nothing(PlayerId),
    /// The game has no numbers at its base values.
    Instance(InstanceError),
    /// The tree with locks cannot be built.
    Build(BuildError),
}

impl LockError {
    /// The reason as a sentence without its full stop.
    #[must_use]
    pub fn text(&self, form: &GameForm) -> String {
        let name = |player: &PlayerId| form.player(*player).name.clone();
        match self {
            Self::Forgetful(player) => format!(
                "somebody forgets what he knew, and then a reading of {} cannot be locked from a \
                 message on",
                name(player)
            ),
            Self::Undecided(player) => format!(
                "what {} reads is not decided yet when {0} is first asked after this",
                name(player)
            ),
            Self::Plain(player) => format!(
                "{} knows when asked whether what is read is so; name in 'after' only situations \
                 in which it is open",
                name(player)
            ),
            Self::NotDrawn(player) => format!(
                "{} reads something that no single draw of chance decides, so no prior can be \
                 locked",
                name(player)
            ),
            Self::ReadTwice(player) => {
                format!(
                    "two locks fix what {} thinks of the same thing or at the same situation",
                    name(player)
                )
            }
            Self::Entangled(player) => format!(
                "{} decides after another player's locked reading where none of {0} is locked; play \
                 the locks one by one",
                name(player)
            ),
            Self::Nothing(player) => format!(
                "the event that {} reads has probability 0 or 1, and nothing says how its cases \
                 share the locked reading",
                name(player)
            ),
            Self::Instance(error) => error.to_string(),
            Self::Build(error) => error.to_string(),
        }
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forgetful(_) => out.write_str("somebody forgets what he knew"),
            Self::Undecided(_) => out.write_str("what is read is not decided yet"),
            Self::Plain(_) => out.write_str("what is read is known"),
            Self::NotDrawn(_) => out.write_str("no single draw decides what is read"),
            Self::ReadTwice(_) => out.write_str("a reading is locked twice"),
            Self::Entangled(_) => out.write_str("two locked readings get in each other's way"),
            Self::Nothing(_) => out.write_str("what is read is certain or impossible"),
            Self::Instance(error) => error.fmt(out),
            Self::Build(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for LockError {}

/// A locked reading, resolved to a lottery.
struct Reading {
    player: PlayerId,
    lottery: LotteryId,
    /// For every branch, whether it belongs to what is read.
    inside: Vec<bool>,
    before: Rational,
    locked: FormulaId,
}

impl Game {
    /// The game with the locks of a variant; `before` is the play without them, from which they
    /// depart as the lever moves. What the variant sets must have been set already.
    ///
    /// # Errors
    /// Why the locks cannot be put in force.
    pub fn locked(&self, what_if: &WhatIf, before: &Departure<'_>) -> Result<Locked, LockError> {
        let instance = self.base().map_err(LockError::Instance)?;
        let is_from_start =
            |lock: &&BeliefLock| self.form.ends().all(|end| lock.after.contains(end));
        let (early, late): (Vec<&BeliefLock>, Vec<&BeliefLock>) =
            what_if.beliefs.iter().partition(is_from_start);
        if let Some(both) =
            late.iter().find(|lock| early.iter().any(|other| other.player == lock.player))
        {
            return Err(LockError::ReadTwice(both.player));
        }
        let readings = self.readings(&early, &instance)?;
        let mut game = self.clone();
        let lever = ParamId::from_index(game.params.len());
        let alone = what_if.behaviour.is_empty() && late.is_empty() && readings.len() == 1;
        let reader = alone.then(|| readings[0].player);
        let (from, to) = if alone {
            (readings[0].before.clone(), self.value(readings[0].locked)?)
        } else {
            (Rational::ZERO, Rational::ONE)
        };
        game.params.push(lever_of(&from));
        let strength = game.formulas.param(lever);
        for reading in &readings {
            let value = if alone {
                strength
            } else {
                let start = game.formulas.number(reading.before.clone());
                game.between(strength, start, reading.locked)
            };
            game.read_as(reading, value)?;
        }
        let mut actions = Vec::new();
        for (set, locked) in what_if.behaviour.iter().flat_map(|lock| &lock.situations) {
            for (action, formula) in self.form.actions(*set).zip(locked) {
                let start = game.formulas.number(before.profile.of(action).clone());
                actions.push((action, game.between(strength, start, *formula)));
            }
        }
        let (mut game, sets) = game.with_fixed(&actions).map_err(LockError::Build)?;
        let fixed = game.fixed_readings(&late, before)?;
        let mut stand_ins = Vec::new();
        if !fixed.is_empty() {
            (game, stand_ins) = game.with_imagined(&fixed, strength).map_err(LockError::Build)?;
        }
        let shares = imagined::shares(fixed);
        Ok(Locked { game, lever, from, to, reader, sets, actions, stand_ins, shares })
    }

    fn value(&self, formula: FormulaId) -> Result<Rational, LockError> {
        let values = self.formulas.values_at(&self.base_point());
        values[formula.index()].clone().map_err(|why| {
            LockError::Instance(InstanceError::UndefinedProbability(BranchId::from_index(0), why))
        })
    }

    /// `(1 - t) start + t end`.
    fn between(&mut self, t: FormulaId, start: FormulaId, end: FormulaId) -> FormulaId {
        let way = self.formulas.binary(BinaryOp::Sub, end, start);
        let gone = self.formulas.binary(BinaryOp::Mul, t, way);
        self.formulas.binary(BinaryOp::Add, start, gone)
    }

    fn readings(
        &self,
        locks: &[&BeliefLock],
        instance: &GameInstance,
    ) -> Result<Vec<Reading>, LockError> {
        let mut found: Vec<Reading> = Vec::new();
        for lock in locks {
            let reading = self.reading(lock, instance)?;
            let same = |other: &Reading| {
                (other.player, other.lottery) == (reading.player, reading.lottery)
            };
            if found.iter().any(same) {
                return Err(LockError::ReadTwice(lock.player));
            }
            found.push(reading);
        }
        Ok(found)
    }

    fn reading(&self, lock: &BeliefLock, instance: &GameInstance) -> Result<Reading, LockError> {
        let player = lock.player;
        let (lottery, inside) =
            deciding_lottery(&self.form, &lock.event).ok_or(LockError::NotDrawn(player))?;
        let shares = |wanted: bool| -> Vec<Rational> {
            let branches = self.form.branches(lottery).zip(&inside);
            let wanted = branches.filter(|(_, inside)| **inside == wanted);
            wanted.map(|(branch, _)| instance.branch_for(player, branch).clone()).collect()
        };
        for side in [shares(true), shares(false)] {
            if side.len() > 1 && side.iter().all(Rational::is_zero) {
                return Err(LockError::Nothing(player));
            }
        }
        let before = shares(true).iter().sum();
        Ok(Reading { player, lottery, inside, before, locked: lock.probability })
    }

    /// Makes a player believe that the event of a reading has this probability; within the event
    /// and outside it, shares keep their proportions (Jeffrey 1965).
    fn read_as(&mut self, reading: &Reading, value: FormulaId) -> Result<(), LockError> {
        let branches: Vec<BranchId> = self.form.branches(reading.lottery).collect();
        let own: Vec<FormulaId> =
            branches.iter().map(|branch| self.belief_formula(reading.player, *branch)).collect();
        let one = self.formulas.number(Rational::ONE);
        let rest = self.formulas.binary(BinaryOp::Sub, one, value);
        for side in [true, false] {
            let total = if side { value } else { rest };
            let places: Vec<usize> =
                (0..branches.len()).filter(|at| reading.inside[*at] == side).collect();
            let mut sum = self.formulas.number(Rational::ZERO);
            for at in &places {
                sum = self.formulas.binary(BinaryOp::Add, sum, own[*at]);
            }
            for at in &places {
                let formula = if places.len() == 1 {
                    total
                } else {
                    let share = self.formulas.binary(BinaryOp::Div, own[*at], sum);
                    self.formulas.binary(BinaryOp::Mul, total, share)
                };
                let entry = (reading.player, branches[*at]);
                self.private_probability.retain(|(player, branch, _)| (*player, *branch) != entry);
                self.private_probability.push((entry.0, entry.1, formula));
            }
        }
        Ok(())
    }

    /// The probability of a branch in a player's eyes.
    fn belief_formula(&self, player: PlayerId, branch: BranchId) -> FormulaId {
        let own = self.private_probability.iter().find(|(p, b, _)| (*p, *b) == (player, branch));
        own.map_or(self.branch_probability[branch.index()], |(_, _, formula)| *formula)
    }

    /// The game in which these actions are no choices but drawn by chance; all actions of a set
    /// are listed, or none. Nodes are made in the order in which they were made before, so they
    /// keep their ids.
    fn with_fixed(
        self,
        fixed: &[(ActionId, FormulaId)],
    ) -> Result<(Self, Vec<Option<InfoSetId>>), BuildError> {
        let form = std::sync::Arc::clone(&self.form);
        let mut builder = GameBuilder::new(form.node_count());
        builder.formulas = self.formulas.clone();
        copy_names(&form, &mut builder);
        for lottery in (0..form.lotteries().len()).map(LotteryId::from_index) {
            let branches: Vec<_> = form
                .branches(lottery)
                .map(|b| (form.branch_value(b), self.branch_probability[b.index()]))
                .collect();
            builder.separate_lottery(form.lottery(lottery).event, &branches)?;
        }
        for row in (0..form.row_count()).map(crate::ids::RowId::from_index) {
            builder.separate_row(self.row_items(row), form.outcome_of(row));
        }
        let mut places = Vec::new();
        let mut sets = Vec::new();
        for set in form.info_set_ids() {
            let locked: Vec<_> = form
                .actions(set)
                .filter_map(|action| fixed.iter().find(|(other, _)| *other == action))
                .map(|(action, formula)| (form.action_value(*action), *formula))
                .collect();
            let info = form.info_set(set);
            if locked.is_empty() {
                let menu: Vec<_> = form.actions(set).map(|a| form.action_value(a)).collect();
                let new = builder.form.info_set(info.player, info.question, &menu, info.log)?;
                if let Some(label) = form.set_label(set) {
                    builder.form.label_set(new, label);
                }
                places.push(Place::Asked(new));
                sets.push(Some(new));
            } else {
                places.push(Place::Drawn(builder.separate_lottery(info.question, &locked)?));
                sets.push(None);
            }
        }
        copy_nodes(&form, &mut builder, &places)?;
        let built = builder.finish(&self.meta.title)?;
        let game = Self {
            form: built.form,
            branch_probability: built.branch_probability,
            row_start: built.row_start,
            row_items: built.row_items,
            what_ifs: Vec::new(),
            questions: Vec::new(),
            ..self
        };
        Ok((game, sets))
    }
}

/// What becomes of a situation.
enum Place {
    Asked(InfoSetId),
    Drawn(LotteryId),
}

fn lever_of(from: &Rational) -> Param {
    Param {
        name: "strength of the lock".to_owned(),
        base: from.clone(),
        range: Some((Rational::ZERO, Rational::ONE)),
        distribution: None,
        unit: None,
        label: String::new(),
        support: Support::default(),
    }
}

/// Names and logs, each with the id it had.
pub(crate) fn copy_names(form: &GameForm, builder: &mut GameBuilder) {
    for player in form.players() {
        builder.form.player(player.clone());
    }
    for event in form.events() {
        builder.form.event(event.clone());
    }
    for value in 0..form.values.len() {
        builder.form.value(&form.values[value]);
    }
    for stake in form.stakes() {
        builder.form.stake(stake.clone());
    }
    for outcome in form.outcomes() {
        builder.form.outcome(outcome);
    }
    *builder.form.logs() = form.logs().clone();
}

fn copy_nodes(
    form: &GameForm,
    builder: &mut GameBuilder,
    places: &[Place],
) -> Result<(), BuildError> {
    let mut inner: Vec<NodeId> = form.nodes().filter(|node| form.child_count(*node) > 0).collect();
    inner.sort_by_key(|node| form.child(*node, 0));
    for node in inner {
        match form.kind(node) {
            NodeKind::Decision(set) => match places[set.index()] {
                Place::Asked(set) => builder.form.decide(node, set)?,
                Place::Drawn(lottery) => builder.form.chance(node, lottery)?,
            },
            NodeKind::Chance(lottery) => builder.form.chance(node, lottery)?,
            NodeKind::End(_) => continue,
        };
    }
    for end in form.ends() {
        builder.form.end(end, form.row(end).expect("an end pays a row"))?;
    }
    for node in form.nodes() {
        if let Some(label) = form.node_label(node) {
            builder.form.label_node(node, label);
        }
        for (event, value) in form.silent_before(node) {
            builder.form.silently(node, *event, *value);
        }
    }
    Ok(())
}

/// The lottery that alone decides an event on every path, and which of its branches are inside.
fn deciding_lottery(form: &GameForm, event: &NodeSet) -> Option<(LotteryId, Vec<bool>)> {
    let mut decided: Vec<Option<bool>> = vec![None; form.node_count()];
    for node in form.nodes().rev() {
        decided[node.index()] = match form.kind(node) {
            NodeKind::End(_) => Some(event.contains(node)),
            _ => {
                let mut below = form.children(node).map(|child| decided[child.index()]);
                let first = below.next().flatten();
                if below.all(|other| other == first) { first } else { None }
            }
        };
    }
    let deciders =
        |lottery| form.nodes().filter(move |node| form.kind(*node) == NodeKind::Chance(lottery));
    (0..form.lotteries().len()).map(LotteryId::from_index).find_map(|lottery| {
        let at = |node: NodeId| -> Option<Vec<bool>> {
            form.children(node).map(|child| decided[child.index()]).collect()
        };
        let inside = deciders(lottery).next().and_then(at)?;
        let agree = deciders(lottery).all(|node| at(node).as_ref() == Some(&inside));
        let both = inside.contains(&true) && inside.contains(&false);
        let everywhere = || form.ends().all(|end| is_below(form, end, lottery));
        (agree && both && everywhere()).then_some((lottery, inside))
    })
}

fn is_below(form: &GameForm, node: NodeId, lottery: LotteryId) -> bool {
    let mut above = form.parent(node);
    while let Some(at) = above {
        if form.kind(at) == NodeKind::Chance(lottery) {
            return true;
        }
        above = form.parent(at);
    }
    false
}

impl Locked {
    /// The game with the lever at a value, all other parameters at their base values.
    ///
    /// # Errors
    /// If the game has no numbers there.
    pub fn at(&self, lever: &Rational) -> Result<GameInstance, InstanceError> {
        let mut point = self.game.base_point();
        point[self.lever.index()] = lever.clone();
        self.game.at(&point)
    }

    /// The players who decide for a locked player: those in his stead first.
    #[must_use]
    pub fn deciders_for(&self, player: PlayerId) -> Vec<PlayerId> {
        let stands = self.stand_ins.iter().filter(|(reader, _)| *reader == player);
        stands.map(|(_, stand_in)| *stand_in).chain([player]).collect()
    }

    /// Whether a locked reading leaves open how several cases share its probability, so that it depends
    /// on play.
    #[must_use]
    pub fn leans_on_play(&self) -> bool {
        self.shares.iter().any(|(_, shares)| shares.len() > 1)
    }

    /// Whether the cases of locked readings share their probabilities as they are likely in some play;
    /// `likely` tells, by node of the game without locks, in the eyes of a player. Cases that are all
    /// unlikely may share as they like.
    #[must_use]
    pub fn agrees_with(&self, likely: &dyn Fn(PlayerId, NodeId) -> Rational) -> bool {
        self.shares.iter().all(|(player, shares)| {
            let all: Rational = shares.iter().map(|(node, _)| likely(*player, *node)).sum();
            all.is_zero()
                || shares.iter().all(|(node, share)| likely(*player, *node) == share * &all)
        })
    }

    /// Whether behaviour is locked anywhere.
    #[must_use]
    pub fn fixes_behaviour(&self) -> bool {
        !self.actions.is_empty()
    }

    /// What a profile of the game without locks says of the situations that are left.
    #[must_use]
    pub fn part(&self, before: &GameForm, whole: &Profile) -> Profile {
        let kept = before.info_set_ids().filter(|set| self.sets[set.index()].is_some());
        let actions = kept.flat_map(|set| before.actions(set));
        Profile { probability: actions.map(|action| whole.of(action).clone()).collect() }
    }

    /// A profile of the game without locks: the locked choices as they are with the lever at a
    /// value, the others as given.
    ///
    /// # Panics
    /// If the game has no numbers there, or `before` is another form.
    #[must_use]
    pub fn whole(&self, before: &GameForm, part: &Profile, lever: &Rational) -> Profile {
        let mut point = self.game.base_point();
        point[self.lever.index()] = lever.clone();
        let values = self.game.formulas.values_at(&point);
        let mut rest = part.probability.iter();
        let mut probability = vec![Rational::ZERO; before.action_count()];
        for set in before.info_set_ids() {
            for action in before.actions(set) {
                probability[action.index()] = match self.sets[set.index()] {
                    Some(_) => rest.next().expect("a part fits the locked game").clone(),
                    None => {
                        let locked = self.actions.iter().find(|(other, _)| *other == action);
                        let (_, formula) = locked.expect("all actions of a set are locked");
                        values[formula.index()].clone().expect("the game has numbers here")
                    }
                };
            }
        }
        Profile { probability }
    }
}
