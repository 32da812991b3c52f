//! When a search stops before its end, and how it reports on its way.

use crate::Question;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a search stops although it is not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many profiles, or parts of profiles, may be tried.
    pub profiles: u64,
    /// How many candidates may be listed.
    pub candidates: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { profiles: 100_000_000, candidates: 100_000 }
    }
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many profiles, or parts of profiles, were tried so far.
    pub touched: u64,
    /// How many candidates were found so far.
    pub found: u64,
}

/// Why a search stopped early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    Profiles,
    Candidates,
    Asked,
}

/// Counts what is touched and stops the search at a limit or when asked.
pub struct Budget<'a> {
    touched: u64,
    found: u64,
    limits: Limits,
    stop: Option<Arc<AtomicBool>>,
    progress: &'a mut dyn FnMut(Progress),
    stopped: Option<Stopped>,
}

/// Asking the clock of the flag at every step would cost more than the step.
const BETWEEN_LOOKS: u64 = 256;

impl<'a> Budget<'a> {
    /// The budget of a question.
    pub fn new(question: &Question, progress: &'a mut dyn FnMut(Progress)) -> Self {
        Self {
            touched: 0,
            found: 0,
            limits: question.limit,
            stop: question.stop.clone(),
            progress,
            stopped: None,
        }
    }

    /// Counts one trial; `false` if the search must stop.
    pub fn touch(&mut self) -> bool {
        if self.stopped.is_some() {
            return false;
        }
        if self.touched >= self.limits.profiles {
            self.stopped = Some(Stopped::Profiles);
            return false;
        }
        self.touched += 1;
        if self.touched.is_multiple_of(BETWEEN_LOOKS) {
            self.look();
        }
        self.stopped.is_none()
    }

    /// The same for trials that take long enough to ask after each.
    pub(crate) fn touch_slowly(&mut self) -> bool {
        if self.touch() {
            self.look();
        }
        self.stopped.is_none()
    }

    fn look(&mut self) {
        (self.progress)(Progress { touched: self.touched, found: self.found });
        if self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            self.stopped = Some(Stopped::Asked);
        }
    }

    /// Counts one candidate; `false` if the list is full and it may not be added.
    pub fn find(&mut self) -> bool {
        if self.found >= self.limits.candidates {
            self.stopped.get_or_insert(Stopped::Candidates);
            return false;
        }
        self.found += 1;
        true
    }

    /// Whether a part of the game may keep this many ways to play it.
    pub(crate) fn may_keep(&mut self, kept: u64) -> bool {
        if kept > self.limits.candidates {
            self.stopped.get_or_insert(Stopped::Candidates);
        }
        self.stopped.is_none()
    }

    /// How many trials were counted.
    #[must_use]
    pub fn touched(&self) -> u64 {
        self.touched
    }

    /// Whether the search was stopped early.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// Why the search stopped early, as the end of a sentence; `None` if it did not.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(match self.stopped? {
            Stopped::Profiles => {
                format!("the search stopped at its limit of {}", trials(self.limits.profiles))
            }
            Stopped::Candidates => {
                format!("the list stopped at its limit of {} candidates", self.limits.candidates)
            }
            Stopped::Asked => {
                format!("the search was stopped after {}", trials(self.touched))
            }
        })
    }
}

fn trials(number: u64) -> String {
    if number == 1 { "1 trial".to_owned() } else { format!("{number} trials") }
}
