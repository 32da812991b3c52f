//! A game in which one player is told something that he is not told in the game as it is: what
//! came up, or a report of it that is right with a given probability.
//!
//! Whether the others know that he is told is a question for whoever plays the new game: its form
//! is that in which everybody knows it.

use crate::form::{BuildError, Event, EventKind, GameForm, LogEntry, NodeKind, View};
use crate::formula::FormulaPool;
use crate::game::{Game, GameBuilder};
use crate::ids::{
    EventId, FormulaId, InfoSetId, LogId, LotteryId, NodeId, PlayerId, RowId, ValueId,
};
use crate::locked::copy_names;
use crate::number::Rational;
use crate::play::Profile;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;

/// A game in which a player is told of an event. Players, events, values, stakes, outcomes, rows
/// and lotteries keep their ids; a report's lotteries come behind them.
#[derive(Debug, Clone)]
pub struct Informed {
    /// The game. What the author expected, observed or varied is not carried over.
    pub game: Game,
    /// The situation that each of its situations was before; several were the same.
    pub origin: Vec<InfoSetId>,
    /// Whether the player can tell apart what he could not before.
    pub splits: bool,
}

/// Why nothing can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InformError {
    /// The event is his own doing or his own type.
    Own,
    /// A report of it cannot be right so often: at least by chance alone, at most always.
    Accuracy {
        /// How often a report is right that tells nothing.
        least: Rational,
    },
    /// The tree cannot be built.
    Build(BuildError),
}

impl fmt::Display for InformError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => out.write_str("it is the player's own"),
            Self::Accuracy { least } => write!(
                out,
                "a report of it is right with a probability from {least} (it tells nothing) to 1"
            ),
            Self::Build(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for InformError {}

impl Game {
    /// The game in which `player` is told of `event` as soon as it happens. With `accuracy` below 1
    /// he gets a report instead: one of the event's values, the true one with that probability, each
    /// other one equally often (a symmetric channel, Blackwell 1953).
    ///
    /// # Errors
    /// If the event is his own, the accuracy is below that of a report that tells nothing, or the
    /// tree would have more than `max_nodes` nodes.
    pub fn informed(
        &self,
        player: PlayerId,
        event: EventId,
        accuracy: &Rational,
        max_nodes: usize,
    ) -> Result<Informed, InformError> {
        if self.form.event(event).owner == Some(player) {
            return Err(InformError::Own);
        }
        let values = values_of(&self.form, event);
        let least = Rational::new(1, (values.len() as i64).max(1));
        if *accuracy < least || *accuracy > Rational::ONE {
            return Err(InformError::Accuracy { least });
        }
        let noisy = !accuracy.is_one();
        Telling::new(self, player, event, max_nodes, noisy.then(|| (values, accuracy.clone())))
            .and_then(Telling::built)
            .map_err(InformError::Build)
    }
}

impl Informed {
    /// A profile of the game as it was: what is told changes nothing of what anybody does.
    #[must_use]
    pub fn unheard(&self, before: &GameForm, profile: &Profile) -> Profile {
        let actions = self.origin.iter().flat_map(|set| before.actions(*set));
        Profile { probability: actions.map(|action| profile.of(action).clone()).collect() }
    }
}

/// The values an event can have, in the order in which the tree meets them.
fn values_of(form: &GameForm, event: EventId) -> Vec<ValueId> {
    let mut values = Vec::new();
    let mut note = |value| {
        if !values.contains(&value) {
            values.push(value);
        }
    };
    for node in form.nodes() {
        for (_, value) in form.events_into(node).iter().filter(|(other, _)| *other == event) {
            note(*value);
        }
    }
    values
}

/// What the player can tell at a place of the new tree.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Heard {
    /// What he was told.
    told: Vec<ValueId>,
    /// His last situation of the new game, and what he chose there.
    last: Option<(InfoSetId, usize)>,
    /// How long his log was when he was told.
    after: usize,
}

/// The new tree under construction.
struct Telling<'g> {
    old: &'g Game,
    player: PlayerId,
    event: EventId,
    builder: GameBuilder,
    /// Under what a log says what was told: the event, or the report of it.
    heading: EventId,
    /// The lottery of the report for each value that comes up.
    reports: BTreeMap<ValueId, LotteryId>,
    values: Vec<ValueId>,
    sets: BTreeMap<(InfoSetId, Heard), InfoSetId>,
    origin: Vec<InfoSetId>,
}

/// An open node of the new tree, the old one that it stands for, and what is known there.
type Open = (NodeId, NodeId, Heard);

impl<'g> Telling<'g> {
    fn new(
        old: &'g Game,
        player: PlayerId,
        event: EventId,
        max_nodes: usize,
        noisy: Option<(Vec<ValueId>, Rational)>,
    ) -> Result<Self, BuildError> {
        let form = &old.form;
        let mut builder = GameBuilder::new(max_nodes);
        builder.formulas = old.formulas.clone();
        copy_names(form, &mut builder);
        for lottery in (0..form.lotteries().len()).map(LotteryId::from_index) {
            let branches: Vec<_> = form
                .branches(lottery)
                .map(|b| (form.branch_value(b), old.branch_probability[b.index()]))
                .collect();
            builder.separate_lottery(form.lottery(lottery).event, &branches)?;
        }
        for row in (0..form.row_count()).map(RowId::from_index) {
            builder.separate_row(old.row_items(row), form.outcome_of(row));
        }
        let mut telling = Self {
            old,
            player,
            event,
            builder,
            heading: event,
            reports: BTreeMap::new(),
            values: Vec::new(),
            sets: BTreeMap::new(),
            origin: Vec::new(),
        };
        if let Some((values, accuracy)) = noisy {
            telling.report(values, &accuracy)?;
        }
        Ok(telling)
    }

    /// Adds the lotteries of a report.
    fn report(&mut self, values: Vec<ValueId>, accuracy: &Rational) -> Result<(), BuildError> {
        let form = &self.old.form;
        let mut name = format!("report_on_{}", form.event(self.event).name);
        while form.events().iter().any(|event| event.name == name) {
            name.push('_');
        }
        let index = form.event(self.event).index;
        let heading = Event { owner: None, name, index, kind: EventKind::Chance };
        self.heading = self.builder.form.event(heading);
        let [right, wrong] = shares(&mut self.builder.formulas, accuracy, values.len());
        for truth in &values {
            let share = |value: &ValueId| if value == truth { right } else { wrong };
            let branches: Vec<_> = values.iter().map(|value| (*value, share(value))).collect();
            let lottery = self.builder.separate_lottery(self.heading, &branches)?;
            self.reports.insert(*truth, lottery);
        }
        self.values = values;
        Ok(())
    }

    fn built(mut self) -> Result<Informed, BuildError> {
        let mut open: VecDeque<Open> = VecDeque::new();
        self.enter((GameForm::ROOT, GameForm::ROOT, Heard::default()), &mut open)?;
        while let Some(at) = open.pop_front() {
            self.fill(at, &mut open)?;
        }
        let built = self.builder.finish(&self.old.meta.title)?;
        let game = Game {
            form: built.form,
            formulas: built.formulas,
            branch_probability: built.branch_probability,
            row_start: built.row_start,
            row_items: built.row_items,
            claims: Vec::new(),
            records: Vec::new(),
            what_ifs: Vec::new(),
            questions: Vec::new(),
            inner_rows: Vec::new(),
            ..self.old.clone()
        };
        let splits = self.origin.len() > self.old.form.info_sets().len();
        Ok(Informed { game, origin: self.origin, splits })
    }

    /// Comes to a node: what has just happened there may be told, at once or by a report.
    fn enter(
        &mut self,
        (new, old, mut heard): Open,
        open: &mut VecDeque<Open>,
    ) -> Result<(), BuildError> {
        let form = &self.old.form;
        let just = form.events_into(old);
        let Some((_, value)) = just.iter().find(|(other, _)| *other == self.event) else {
            open.push_back((new, old, heard));
            return Ok(());
        };
        heard.after = self.log_length(&heard);
        match self.reports.get(value) {
            None => {
                heard.told.push(*value);
                open.push_back((new, old, heard));
            }
            Some(report) => {
                let first = self.builder.form.chance(new, *report)?;
                for (place, value) in self.values.iter().enumerate() {
                    let mut heard = heard.clone();
                    heard.told.push(*value);
                    open.push_back((NodeId::from_index(first.index() + place), old, heard));
                }
            }
        }
        Ok(())
    }

    fn log_length(&self, heard: &Heard) -> usize {
        let form = &self.old.form;
        let before = heard.last.map(|(set, _)| self.origin[set.index()]);
        let log = before.and_then(|set| form.info_set(set).log);
        log.map_or(0, |log| form.logs().entries(log).len())
    }

    fn fill(
        &mut self,
        (new, old, heard): Open,
        open: &mut VecDeque<Open>,
    ) -> Result<(), BuildError> {
        let form = &self.old.form;
        if let Some(label) = form.node_label(old) {
            self.builder.form.label_node(new, label);
        }
        for (event, value) in form.silent_before(old) {
            self.builder.form.silently(new, *event, *value);
        }
        let mut own = None;
        let first = match form.kind(old) {
            NodeKind::End(row) => return self.builder.form.end(new, row),
            NodeKind::Chance(lottery) => self.builder.form.chance(new, lottery)?,
            NodeKind::Decision(set) => {
                let set = self.set(set, &heard)?;
                own = (self.builder.form.form().info_set(set).player == self.player).then_some(set);
                self.builder.form.decide(new, set)?
            }
        };
        for (place, child) in form.children(old).enumerate() {
            let mut heard = heard.clone();
            if let Some(set) = own {
                heard.last = Some((set, place));
            }
            self.enter((NodeId::from_index(first.index() + place), child, heard), open)?;
        }
        Ok(())
    }

    /// The situation of the new game. The player tells apart what he was told and, as he forgets
    /// nothing, when he was told it.
    fn set(&mut self, old: InfoSetId, heard: &Heard) -> Result<InfoSetId, BuildError> {
        let form = &self.old.form;
        let info = form.info_set(old);
        let asked = info.player == self.player;
        let remembers = form.has_perfect_recall();
        let key = match (asked, remembers) {
            (false, _) => Heard::default(),
            (true, true) => heard.clone(),
            // He forgets what he did; what he was told he knows all the same.
            (true, false) => Heard { told: heard.told.clone(), ..Heard::default() },
        };
        if let Some(known) = self.sets.get(&(old, key.clone())) {
            return Ok(*known);
        }
        let menu: Vec<ValueId> =
            form.actions(old).map(|action| form.action_value(action)).collect();
        let log = info.log.map(|log| self.log(log, if asked { heard } else { &key }));
        let new = self.builder.form.info_set(info.player, info.question, &menu, log)?;
        if let Some(label) = form.set_label(old) {
            self.builder.form.label_set(new, label);
        }
        self.sets.insert((old, key), new);
        self.origin.push(old);
        Ok(new)
    }

    /// The log with what was told, where it was told.
    fn log(&mut self, old: LogId, heard: &Heard) -> LogId {
        let mut entries = self.old.form.logs().entries(old);
        let told = heard.told.iter().map(|value| View::Value(*value));
        let told = told.map(|view| LogEntry { event: self.heading, view });
        let place = heard.after.min(entries.len());
        entries.splice(place..place, told);
        let logs = self.builder.form.logs();
        entries.into_iter().fold(crate::form::Logs::EMPTY, |log, entry| logs.extend(log, entry))
    }
}

/// The formulas of a right report, and of each wrong one.
fn shares(formulas: &mut FormulaPool, accuracy: &Rational, values: usize) -> [FormulaId; 2] {
    let others = Rational::int((values as i64 - 1).max(1));
    let wrong = (Rational::ONE - accuracy.clone()) / others;
    [formulas.number(accuracy.clone()), formulas.number(wrong)]
}
