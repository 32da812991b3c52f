//! What is true of the events of a form, whoever made it: found by one walk through the tree, from
//! histories and information sets alone. Logs are not asked, for imported games have none.

use detente_game::form::{NodeKind, Step};
use detente_game::{EventId, GameForm, InfoSetId, NodeId, PlayerId, ValueId};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a player knows what an event came to when he is asked a question after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Knowledge {
    /// At each situation of the question.
    Always,
    /// At some of them.
    Sometimes,
    /// At none: each holds histories that differ in it.
    Never,
}

/// What the members of a situation have in common about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Common {
    /// In all of them it has this value, or has not happened.
    Fixed(Option<ValueId>),
    /// They differ.
    Varies,
}

/// The course of a game.
#[derive(Debug)]
pub(super) struct Course<'f> {
    form: &'f GameForm,
    /// Per event, what can come of it and at how many ends it does.
    values: Vec<BTreeMap<ValueId, usize>>,
    /// Per event, the values in the order in which they are met.
    met: Vec<Vec<ValueId>>,
    /// Per event, the lists of values that are open somewhere.
    menus: Vec<BTreeSet<Vec<ValueId>>>,
    /// `before[a][b]`: on some path a happens before b.
    before: Vec<Vec<bool>>,
    /// Per event, at how many ends each value of another has come about together with it.
    together: Vec<BTreeMap<(EventId, ValueId), usize>>,
    /// Per situation and event.
    common: Vec<Vec<Option<Common>>>,
    /// Events that happen twice on some path; little can be said of them.
    twice: BTreeSet<EventId>,
    ends: usize,
}

impl<'f> Course<'f> {
    pub fn of(form: &'f GameForm) -> Self {
        let events = form.events().len();
        let mut course = Self {
            form,
            values: vec![BTreeMap::new(); events],
            met: vec![Vec::new(); events],
            menus: vec![BTreeSet::new(); events],
            before: vec![vec![false; events]; events],
            together: vec![BTreeMap::new(); events],
            common: vec![vec![None; events]; form.info_sets().len()],
            twice: BTreeSet::new(),
            ends: 0,
        };
        let mut history: Vec<(EventId, ValueId)> = Vec::new();
        let mut lengths = Vec::new();
        form.walk(&mut |step| match step {
            Step::Into(node) => {
                lengths.push(history.len());
                course.enter(node, &mut history);
            }
            Step::OutOf(_) => history.truncate(lengths.pop().unwrap_or(0)),
        });
        course
    }

    fn enter(&mut self, node: NodeId, history: &mut Vec<(EventId, ValueId)>) {
        let form = self.form;
        let silent = form.silent_before(node);
        form.each_event_into(node, &mut |event, value| {
            self.happens(history, event, value);
            history.push((event, value));
        });
        for (event, value) in silent {
            self.menus[event.index()].insert(vec![*value]);
        }
        match form.kind(node) {
            NodeKind::Decision(set) => {
                let options = form.actions(set).map(|action| form.action_value(action)).collect();
                self.menus[form.info_set(set).question.index()].insert(options);
                self.compare(set, history);
            }
            NodeKind::Chance(lottery) => {
                let options =
                    form.branches(lottery).map(|branch| form.branch_value(branch)).collect();
                self.menus[form.lottery(lottery).event.index()].insert(options);
            }
            NodeKind::End(_) => self.count(history),
        }
    }

    fn happens(&mut self, history: &[(EventId, ValueId)], event: EventId, value: ValueId) {
        if !self.met[event.index()].contains(&value) {
            self.met[event.index()].push(value);
        }
        for (earlier, _) in history {
            if *earlier == event {
                self.twice.insert(event);
            } else {
                self.before[earlier.index()][event.index()] = true;
            }
        }
    }

    fn count(&mut self, history: &[(EventId, ValueId)]) {
        self.ends += 1;
        for (place, (event, value)) in history.iter().enumerate() {
            let is_again = history[..place].iter().any(|(earlier, _)| earlier == event);
            if is_again {
                continue;
            }
            *self.values[event.index()].entry(*value).or_insert(0) += 1;
            for fact in history {
                *self.together[event.index()].entry(*fact).or_insert(0) += 1;
            }
        }
    }

    /// Notes what the members of a situation have in common.
    fn compare(&mut self, set: InfoSetId, history: &[(EventId, ValueId)]) {
        let mut now = vec![None; self.form.events().len()];
        history.iter().for_each(|(event, value)| now[event.index()] = Some(*value));
        for (known, value) in self.common[set.index()].iter_mut().zip(now) {
            *known = match known {
                Some(Common::Fixed(other)) if *other != value => Some(Common::Varies),
                Some(common) => Some(*common),
                None => Some(Common::Fixed(value)),
            };
        }
    }

    /// What can come of an event, in the order in which it is met.
    pub fn values_of(&self, event: EventId) -> &[ValueId] {
        &self.met[event.index()]
    }

    /// Whether the same values are open wherever the event happens.
    pub fn is_always_open(&self, event: EventId) -> bool {
        self.menus[event.index()].len() <= 1
    }

    fn ends_with(&self, event: EventId) -> usize {
        self.values[event.index()].values().sum()
    }

    /// Whether the event happens on every path.
    pub fn is_certain(&self, event: EventId) -> bool {
        self.ends_with(event) == self.ends
    }

    /// Whether the event happens twice on some path.
    pub fn can_recur(&self, event: EventId) -> bool {
        self.twice.contains(&event)
    }

    /// An earlier event and the values of it after which, and only after which, this one happens:
    /// the latest told before that will do.
    pub fn condition(
        &self,
        event: EventId,
        told_before: &[EventId],
    ) -> Option<(EventId, Vec<ValueId>)> {
        if self.twice.contains(&event) {
            return None;
        }
        let happens = self.ends_with(event);
        let with = &self.together[event.index()];
        told_before.iter().rev().filter(|other| !self.twice.contains(other)).find_map(|other| {
            if self.before[event.index()][other.index()] {
                return None;
            }
            let all = &self.values[other.index()];
            let count = |value: &ValueId| with.get(&(*other, *value)).copied().unwrap_or(0);
            let values: Vec<ValueId> = self
                .values_of(*other)
                .iter()
                .copied()
                .filter(|value| all.get(value).is_some_and(|ends| count(value) == *ends))
                .collect();
            let covered: usize = values.iter().map(count).sum();
            let some = !values.is_empty() && values.len() < all.len();
            (some && covered == happens).then_some((*other, values))
        })
    }

    /// The events in an order in which they can happen. Where different paths have different
    /// orders, some event stands before another that can precede it.
    pub fn in_order(&self) -> Vec<EventId> {
        let mut left: Vec<EventId> = (0..self.met.len())
            .map(EventId::from_index)
            .filter(|event| !self.met[event.index()].is_empty())
            .collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let waits = |event: &EventId| {
                left.iter().filter(|other| self.precedes(**other, *event)).count()
            };
            let Some(next) = (0..left.len()).min_by_key(|place| waits(&left[*place])) else {
                break;
            };
            order.push(left.remove(next));
        }
        order
    }

    /// Whether one event comes before another on some path.
    pub fn precedes(&self, one: EventId, other: EventId) -> bool {
        one != other && self.before[one.index()][other.index()]
    }

    /// What a player knows of an event at each of his questions after it, in the order given.
    pub fn knowledge(
        &self,
        event: EventId,
        player: PlayerId,
        order: &[EventId],
    ) -> Vec<(EventId, Knowledge)> {
        if self.twice.contains(&event) || self.values_of(event).len() < 2 {
            return Vec::new();
        }
        let verdict = |question: EventId| {
            let sets = self.form.info_set_ids().filter(|set| {
                let asked = self.form.info_set(*set);
                asked.player == player && asked.question == question
            });
            let seen: Vec<bool> = sets
                .filter_map(|set| self.common[set.index()][event.index()])
                .filter(|common| *common != Common::Fixed(None))
                .map(|common| common != Common::Varies)
                .collect();
            match (seen.contains(&true), seen.contains(&false)) {
                (true, false) => Some(Knowledge::Always),
                (true, true) => Some(Knowledge::Sometimes),
                (false, true) => Some(Knowledge::Never),
                (false, false) => None,
            }
        };
        let questions = order.iter().filter(|question| **question != event);
        questions.filter_map(|question| Some((*question, verdict(*question)?))).collect()
    }

    /// Whether a choice is made right after another by somebody else who cannot tell what it was:
    /// as if both were made at once.
    pub fn is_at_once(&self, earlier: EventId, later: EventId) -> bool {
        let form = self.form;
        let asks = |node: NodeId, event: EventId| match form.kind(node) {
            NodeKind::Decision(set) => (form.info_set(set).question == event).then_some(set),
            _ => None,
        };
        let together = |node: NodeId| {
            let first = form.children(node).next().and_then(|child| asks(child, later));
            first.is_some()
                && form.children(node).all(|child| {
                    asks(child, later) == first && form.silent_before(child).is_empty()
                })
        };
        let mut pairs = form.nodes().filter(|node| asks(*node, earlier).is_some()).peekable();
        let follows =
            |node: NodeId| form.parent(node).is_some_and(|above| asks(above, earlier).is_some());
        pairs.peek().is_some()
            && form.event(earlier).owner != form.event(later).owner
            && pairs.all(together)
            && form.nodes().filter(|node| asks(*node, later).is_some()).all(follows)
    }
}
