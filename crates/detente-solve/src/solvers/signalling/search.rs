//! The search over supports.
//!
//! A cell fixes, for every set of the first mover, exactly which messages are sent and, for every
//! set of the second mover, which replies are best. The two movers' conditions then decouple:
//! one polytope of sending strategies, one of replying strategies, both checked by exact linear
//! programs. Cells differ in what is sent or in what is best, so none is found twice.

use super::beliefs::{self, Link, Replies, positions};
use super::programs;
use super::stage::Stage;
use crate::Budget;
use detente_game::Rational;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Messages sent and replies allowed; both per information set, as bit masks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    /// Per set of the first mover, the messages sent with positive probability.
    pub(super) sent: Vec<u64>,
    /// Per set of the second mover, the replies that are best there.
    pub(super) best: Vec<Replies>,
}

/// Sets whose best replies are chosen together, with the choices.
#[derive(Debug, Clone)]
struct Slot {
    sets: Vec<usize>,
    options: Rc<Vec<Vec<Replies>>>,
}

type ReachedKey = (usize, Vec<usize>);

/// The search; [`Search::cells`] are its result.
pub(super) struct Search<'a, 'b> {
    stage: &'a Stage,
    link: Link,
    budget: &'a mut Budget<'b>,
    /// Per set of the second mover, the replies that are best under some belief.
    ever: Vec<Replies>,
    pub(super) worths: Vec<BTreeMap<Option<usize>, Vec<Rational>>>,
    reached: BTreeMap<ReachedKey, Rc<Vec<Vec<Replies>>>>,
    unreached: BTreeMap<Vec<usize>, Vec<Slot>>,
    /// By the last set of the first mover that is involved.
    conflicts: Vec<Vec<Vec<(usize, u64)>>>,
    pub(super) cells: Vec<Cell>,
}

impl<'a, 'b> Search<'a, 'b> {
    pub(super) fn new(stage: &'a Stage, link: Link, budget: &'a mut Budget<'b>) -> Self {
        let ever = (0..stage.receiver_sets.len())
            .map(|set| {
                let loose = if link == Link::Anything { link } else { Link::Alone };
                let options = beliefs::unreached_options(stage, &[set], loose);
                options.iter().fold(0, |union, option| union | option[0])
            })
            .collect();
        let worths = stage.receiver_sets.iter().map(beliefs::worth_by_message).collect();
        Self {
            stage,
            link,
            budget,
            ever,
            worths,
            reached: BTreeMap::new(),
            unreached: BTreeMap::new(),
            conflicts: vec![Vec::new(); stage.sender_sets.len()],
            cells: Vec::new(),
        }
    }

    /// Fills [`Search::cells`].
    pub(super) fn run(&mut self) {
        let stage = self.stage;
        let menus: Vec<Vec<u64>> = (0..stage.sender_sets.len())
            .map(|set| {
                let all = beliefs::all_replies(stage.sender_sets[set].messages.len());
                (1..=all).filter(|sent| may_be_sent(stage, set, *sent, &self.ever)).collect()
            })
            .collect();
        self.choose_sent(&menus, &mut Vec::new());
    }

    fn choose_sent(&mut self, menus: &[Vec<u64>], sent: &mut Vec<u64>) {
        if !self.budget.touch() {
            return;
        }
        if !sent.is_empty() && !self.may_all_be_best(sent) {
            return;
        }
        if sent.len() == menus.len() {
            self.choose_best(sent);
            return;
        }
        for &messages in &menus[sent.len()] {
            sent.push(messages);
            self.choose_sent(menus, sent);
            sent.pop();
        }
    }

    /// Whether some replies make all of `sent` best. Each conflict is remembered, since it rules
    /// out whatever sends all of its messages.
    fn may_all_be_best(&mut self, sent: &[u64]) -> bool {
        let last = sent.len() - 1;
        let clashes = |conflict: &Vec<(usize, u64)>| {
            conflict.iter().all(|(set, messages)| sent[*set] & messages == *messages)
        };
        if self.conflicts[last].iter().any(clashes) {
            return false;
        }
        match programs::conflict(self.stage, sent, &self.ever) {
            None => true,
            Some(blamed) => {
                // Without the last set there was none, so the last set is to blame.
                self.conflicts[last].push(blamed);
                false
            }
        }
    }

    fn choose_best(&mut self, sent: &[u64]) {
        let Some(slots) = self.slots(sent) else { return };
        let mut allowed = self.ever.clone();
        for slot in &slots {
            for (position, &set) in slot.sets.iter().enumerate() {
                allowed[set] =
                    slot.options.iter().fold(0, |union, option| union | option[position]);
            }
        }
        self.fill_slots(sent, &slots, 0, &allowed);
    }

    fn fill_slots(&mut self, sent: &[u64], slots: &[Slot], next: usize, allowed: &[Replies]) {
        if !self.budget.touch() || !all_may_be_sent(self.stage, sent, allowed) {
            return;
        }
        let Some(slot) = slots.get(next) else {
            self.try_cell(sent, allowed);
            return;
        };
        for option in slot.options.iter() {
            let mut narrowed = allowed.to_vec();
            for (&set, &replies) in slot.sets.iter().zip(option) {
                narrowed[set] = replies;
            }
            self.fill_slots(sent, slots, next + 1, &narrowed);
        }
    }

    fn try_cell(&mut self, sent: &[u64], best: &[Replies]) {
        let exists = programs::replies_exist(self.stage, sent, best)
            && programs::sending_exists(self.stage, &self.worths, sent, best);
        if exists && self.budget.find() {
            self.cells.push(Cell { sent: sent.to_vec(), best: best.to_vec() });
        }
    }

    /// What can be best where, given what is sent; `None` if nothing can be somewhere.
    fn slots(&mut self, sent: &[u64]) -> Option<Vec<Slot>> {
        let is_sent = programs::sent_flags(self.stage, sent);
        let (mut slots, mut unreached) = (Vec::new(), Vec::new());
        for set in 0..self.stage.receiver_sets.len() {
            let reaching: Vec<usize> = self.worths[set]
                .keys()
                .enumerate()
                .filter(|(_, message)| message.is_none_or(|message| is_sent[message]))
                .map(|(position, _)| position)
                .collect();
            if reaching.is_empty() {
                unreached.push(set);
            } else {
                let options = self.reached_options(set, reaching);
                slots.push(Slot { sets: vec![set], options });
            }
        }
        if !self.unreached.contains_key(&unreached) {
            let groups = beliefs::groups(self.stage, &unreached, self.link);
            let made = groups
                .into_iter()
                .map(|sets| Slot {
                    options: Rc::new(beliefs::unreached_options(self.stage, &sets, self.link)),
                    sets,
                })
                .collect();
            self.unreached.insert(unreached.clone(), made);
        }
        slots.extend(self.unreached[&unreached].iter().cloned());
        // The narrowest choices first: they decide most at least cost.
        slots.sort_by_key(|slot| slot.options.len());
        slots.iter().all(|slot| !slot.options.is_empty()).then_some(slots)
    }

    fn reached_options(&mut self, set: usize, reaching: Vec<usize>) -> Rc<Vec<Vec<Replies>>> {
        let key = (set, reaching);
        if let Some(known) = self.reached.get(&key) {
            return Rc::clone(known);
        }
        let all: Vec<&Vec<Rational>> = self.worths[set].values().collect();
        let carriers: Vec<_> = key.1.iter().map(|position| all[*position]).collect();
        let count = self.stage.receiver_sets[set].reply_count();
        let found = beliefs::best_sets(&carriers, count, true);
        let options: Rc<Vec<Vec<Replies>>> =
            Rc::new(found.into_iter().map(|set| vec![set]).collect());
        self.reached.insert(key, Rc::clone(&options));
        options
    }
}

/// The least and the greatest that a message can pay when only some replies are allowed.
fn bounds(stage: &Stage, message: usize, allowed: &[Replies]) -> (Rational, Rational) {
    let message = &stage.messages[message];
    let (mut low, mut high) = (message.constant.clone(), message.constant.clone());
    for (set, coefficients) in &message.through {
        let values = || positions(allowed[*set]).map(|reply| &coefficients[reply]);
        if let (Some(least), Some(most)) = (values().min(), values().max()) {
            low += least;
            high += most;
        }
    }
    (low, high)
}

/// Whether bounds leave room for all of `sent` being best messages at a set of the first mover.
fn may_be_sent(stage: &Stage, set: usize, sent: u64, allowed: &[Replies]) -> bool {
    let mut guaranteed: Option<Rational> = None;
    let mut attainable: Option<Rational> = None;
    for (position, message) in stage.sender_sets[set].messages.clone().enumerate() {
        let (low, high) = bounds(stage, message, allowed);
        if guaranteed.as_ref().is_none_or(|most| low > *most) {
            guaranteed = Some(low);
        }
        if sent >> position & 1 == 1 && attainable.as_ref().is_none_or(|least| high < *least) {
            attainable = Some(high);
        }
    }
    attainable >= guaranteed
}

fn all_may_be_sent(stage: &Stage, sent: &[u64], allowed: &[Replies]) -> bool {
    sent.iter().enumerate().all(|(set, messages)| may_be_sent(stage, set, *messages, allowed))
}
