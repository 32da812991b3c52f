//! The course of the search as a graph: tests of signs, what is listed between them, and where
//! courses meet again.
//!
//! Between two waypoints the course depends on signs alone; at a waypoint the search says all that
//! the rest of its course depends on, so courses that pass the same waypoint are one from there
//! on. A point follows the graph through stretches that were recorded at different points.

use super::book::{Book, Outcome, Point, TestId};
use crate::solvers::pure::tables::Waypoint;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// What a record says, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Noted {
    /// A test and its outcome.
    Test(TestId, Ordering),
    /// What the search said of itself.
    Waypoint(Waypoint),
}

/// How a course ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// What was listed on the way is all there is.
    Complete,
    /// There is no game.
    NoGame,
    /// Every point that comes here must be solved on its own.
    Alone,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Ask for a test's sign; the steps for less, equal, greater.
    Test(TestId, [u32; 3]),
    /// List a solution, and go on.
    Find(u32, u32),
    /// Go on as what was listed since the last such step demands, and list anew.
    Settle,
    End(Ending),
}

/// No step yet.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Where the next step must be hung.
enum Hole {
    Start,
    Branch(u32, usize),
    Settled(u32, Vec<u32>),
}

/// How the subgames below were solved, and where the search is in the region under way.
type Key = (u32, Vec<u32>);

/// The graph.
#[derive(Debug, Default)]
pub(super) struct Course {
    pub(super) steps: Vec<Step>,
    pub(super) settled: HashMap<(u32, Vec<u32>), u32>,
    /// Per step that settles, all that it can lead to.
    pub(super) settles: HashMap<u32, Vec<u32>>,
    waypoints: HashMap<Arc<Key>, u32>,
    /// Per step, the waypoint that it stands for; of several the last on the way.
    marks: Vec<Option<Arc<Key>>>,
    contexts: HashMap<(u32, Vec<u32>), u32>,
    finds: HashMap<(u32, Vec<u32>), u32>,
}

/// What a point met on its course.
#[derive(Debug, Clone)]
pub(super) struct Walked {
    /// How it ended; `None` where the graph is not known yet.
    pub ending: Option<Ending>,
    /// The numbers of the solutions listed.
    pub finds: Vec<u32>,
    /// The step behind the last waypoint passed.
    pub behind: Option<u32>,
}

pub(super) fn branch_of(sign: Ordering) -> usize {
    match sign {
        Ordering::Less => 0,
        Ordering::Equal => 1,
        Ordering::Greater => 2,
    }
}

fn number(map: &mut HashMap<(u32, Vec<u32>), u32>, context: u32, key: &[u32]) -> u32 {
    let next = map.len() as u32;
    *map.entry((context, key.to_vec())).or_insert(next)
}

impl Course {
    /// Follows the graph.
    pub fn walk(&self, book: &Book, point: &mut Point<'_>) -> Walked {
        let mut walked = Walked { ending: None, finds: Vec::new(), behind: None };
        let mut at = if self.steps.is_empty() { NOWHERE } else { 0 };
        while at != NOWHERE {
            if self.marks[at as usize].is_some() {
                walked.behind = Some(at);
            }
            match &self.steps[at as usize] {
                Step::Test(test, next) => at = next[branch_of(book.sign(*test, point))],
                Step::Find(found, next) => {
                    walked.finds.push(*found);
                    at = *next;
                }
                Step::Settle => {
                    let key = (at, std::mem::take(&mut walked.finds));
                    at = self.settled.get(&key).copied().unwrap_or(NOWHERE);
                }
                Step::End(ending) => {
                    walked.ending = Some(*ending);
                    break;
                }
            }
        }
        walked
    }

    /// How many solutions have a number.
    pub fn found(&self) -> usize {
        self.finds.len()
    }

    /// Enters a record that begins with the first tests of a frame. The numbers of the solutions
    /// of the whole game that it lists, in order; `None` if another record was cut off on its way.
    pub fn enter(
        &mut self,
        frame: u32,
        first: &[Outcome],
        record: &[Noted],
        ending: Ending,
    ) -> Option<Vec<u32>> {
        let context = number(&mut self.contexts, NOWHERE, &[frame]);
        let at = if self.steps.is_empty() { NOWHERE } else { 0 };
        let mut entry = Entry::new(self, at, context);
        for (test, sign) in first {
            entry.test(*test, *sign);
        }
        entry.record(record, ending)
    }

    /// Enters a record that begins at the waypoint of a step, as [`Course::enter`] does.
    pub fn enter_behind(
        &mut self,
        step: u32,
        record: &[Noted],
        ending: Ending,
    ) -> Option<Vec<u32>> {
        let context = self.marks[step as usize].as_ref()?.0;
        Entry::new(self, step, context).record(record, ending)
    }

    /// Where the search was at the waypoint of a step, if nothing else matters there than the frame.
    pub fn waypoint(&self, frame: u32, step: u32) -> Option<&[u32]> {
        let key = self.marks[step as usize].as_deref()?;
        let own = self.contexts.get(&(NOWHERE, vec![frame]));
        (Some(&key.0) == own).then_some(&key.1)
    }

    /// Whether a step stands for a waypoint.
    pub fn is_mark(&self, step: u32) -> bool {
        self.marks[step as usize].is_some()
    }

    /// Whether a waypoint is known behind which nothing else matters than the frame.
    pub fn is_known(&self, frame: u32, key: &[u32]) -> bool {
        let own = self.contexts.get(&(NOWHERE, vec![frame]));
        own.is_some_and(|own| self.waypoints.contains_key(&(*own, key.to_vec())))
    }
}

/// A record on its way into the graph.
struct Entry<'a> {
    course: &'a mut Course,
    at: u32,
    hole: Hole,
    /// The waypoints that the next step will stand for.
    pending: Vec<Key>,
    /// What was listed since subgames were settled last, and before.
    finds: Vec<u32>,
    settled: Vec<u32>,
    context: u32,
}

impl<'a> Entry<'a> {
    fn new(course: &'a mut Course, at: u32, context: u32) -> Self {
        let (pending, finds, settled) = (Vec::new(), Vec::new(), Vec::new());
        Self { course, at, hole: Hole::Start, pending, finds, settled, context }
    }

    fn record(mut self, record: &[Noted], ending: Ending) -> Option<Vec<u32>> {
        for noted in record {
            let goes_on = !matches!(noted, Noted::Waypoint(Waypoint::At(_)));
            if goes_on && self.is_over() {
                return None;
            }
            match noted {
                Noted::Test(test, sign) => self.test(*test, *sign),
                Noted::Waypoint(waypoint) => self.waypoint(waypoint),
            }
        }
        if self.at == NOWHERE {
            self.add(Step::End(ending));
        }
        Some(self.finds)
    }

    fn is_over(&self) -> bool {
        self.at != NOWHERE && matches!(self.course.steps[self.at as usize], Step::End(_))
    }

    fn test(&mut self, test: TestId, sign: Ordering) {
        if self.at == NOWHERE {
            self.add(Step::Test(test, [NOWHERE; 3]));
        }
        // Records that begin alike ask alike, since what is asked next depends on the answers.
        let Step::Test(known, next) = self.course.steps[self.at as usize] else {
            unreachable!("a record tests where another one does")
        };
        assert_eq!(known, test, "records that begin alike ask alike");
        let branch = branch_of(sign);
        self.hole = Hole::Branch(self.at, branch);
        self.at = next[branch];
    }

    fn waypoint(&mut self, waypoint: &Waypoint) {
        match waypoint {
            Waypoint::Found(key) => {
                let found = number(&mut self.course.finds, self.context, key);
                self.finds.push(found);
                self.find(found);
            }
            Waypoint::At(key) if self.at == NOWHERE => {
                let key = (self.context, key.clone());
                match self.course.waypoints.get(&key) {
                    Some(&known) => self.hang(known),
                    None => self.pending.push(key),
                }
            }
            Waypoint::At(_) => {}
            Waypoint::Settled => self.settle(),
            Waypoint::Grouped(layout) => {
                let key = [self.settled.as_slice(), layout].concat();
                self.context = number(&mut self.course.contexts, self.context, &key);
            }
        }
    }

    fn find(&mut self, found: u32) {
        if self.at == NOWHERE {
            self.add(Step::Find(found, NOWHERE));
        }
        let Step::Find(known, next) = self.course.steps[self.at as usize] else {
            unreachable!("a record lists where another one does")
        };
        assert_eq!(known, found, "records that begin alike list alike");
        self.hole = Hole::Branch(self.at, 0);
        self.at = next;
    }

    fn settle(&mut self) {
        self.settled = std::mem::take(&mut self.finds);
        if self.at == NOWHERE {
            self.add(Step::Settle);
        }
        let key = (self.at, self.settled.clone());
        self.at = self.course.settled.get(&key).copied().unwrap_or(NOWHERE);
        self.hole = Hole::Settled(key.0, key.1);
    }

    fn add(&mut self, step: Step) {
        let place = self.course.steps.len() as u32;
        self.course.steps.push(step);
        self.course.marks.push(None);
        self.hang(place);
    }

    fn hang(&mut self, place: u32) {
        match &self.hole {
            Hole::Start => {}
            Hole::Branch(parent, branch) => match &mut self.course.steps[*parent as usize] {
                Step::Test(_, next) => next[*branch] = place,
                Step::Find(_, next) => *next = place,
                Step::Settle | Step::End(_) => unreachable!("they have no branches"),
            },
            Hole::Settled(step, finds) => {
                self.course.settled.insert((*step, finds.clone()), place);
                self.course.settles.entry(*step).or_default().push(place);
            }
        }
        let pending: Vec<Arc<Key>> = self.pending.drain(..).map(Arc::new).collect();
        let mark = &mut self.course.marks[place as usize];
        *mark = mark.take().or_else(|| pending.last().cloned());
        self.course.waypoints.extend(pending.into_iter().map(|key| (key, place)));
        self.at = place;
    }
}
