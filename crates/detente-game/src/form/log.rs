//! What players have seen, as a shared trie: equal logs have equal ids.

use crate::ids::{EventId, LogId, ValueId};
use std::collections::HashMap;

/// What of an event a player was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Its value.
    Value(ValueId),
    /// A view given by `as`: this text.
    Shown(ValueId),
    /// That it happened, no more.
    Happened,
}

/// One entry of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogEntry {
    /// What happened.
    pub event: EventId,
    /// What was seen of it.
    pub view: View,
}

/// All logs of a form. A log is its last entry and the log before it; the empty log is 0.
#[derive(Debug, Clone)]
pub struct Logs {
    parent: Vec<LogId>,
    last: Vec<LogEntry>,
    ids: HashMap<(LogId, LogEntry), LogId>,
}

impl Default for Logs {
    fn default() -> Self {
        Self::new()
    }
}

impl Logs {
    /// The log in which nothing has been seen.
    pub const EMPTY: LogId = LogId(0);

    /// A trie with the empty log only.
    #[must_use]
    pub fn new() -> Self {
        Self { parent: Vec::new(), last: Vec::new(), ids: HashMap::new() }
    }

    /// The log that continues `log` by `entry`.
    pub fn extend(&mut self, log: LogId, entry: LogEntry) -> LogId {
        if let Some(&known) = self.ids.get(&(log, entry)) {
            return known;
        }
        self.parent.push(log);
        self.last.push(entry);
        let id = LogId::from_index(self.parent.len());
        self.ids.insert((log, entry), id);
        id
    }

    /// The entries of a log, oldest first.
    #[must_use]
    pub fn entries(&self, log: LogId) -> Vec<LogEntry> {
        let mut entries = Vec::new();
        let mut here = log;
        while here != Self::EMPTY {
            entries.push(self.last[here.index() - 1]);
            here = self.parent[here.index() - 1];
        }
        entries.reverse();
        entries
    }

    /// Number of distinct logs, with the empty one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parent.len() + 1
    }

    /// Whether nothing has been seen by anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parent.is_empty()
    }

    /// Every log but the empty one, with the log it continues and by what; that log comes before.
    pub fn continued(&self) -> impl DoubleEndedIterator<Item = (LogId, LogId, LogEntry)> {
        let entries = self.parent.iter().zip(&self.last).enumerate();
        entries.map(|(place, (before, entry))| (LogId::from_index(place + 1), *before, *entry))
    }

    /// Forgets the index used for building; the logs can still be read.
    pub(crate) fn seal(&mut self) {
        self.ids = HashMap::new();
        self.parent.shrink_to_fit();
        self.last.shrink_to_fit();
    }
}
