//! Records as published types.

use super::number;
use super::results::Number;
use crate::record::{RecordPage, TracedWay, observer, subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `trace`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TraceResult {
    /// Title of the scenario.
    pub title: String,
    /// The records.
    pub records: Vec<RecordResult>,
    /// Whether the work was stopped, so that something may be missing.
    pub stopped: bool,
}

/// A record under several ways of play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordResult {
    /// Its title.
    pub title: String,
    /// Its steps.
    pub steps: Vec<RecordStep>,
    /// The ways of play.
    pub ways: Vec<TracedResult>,
    /// What is missing and why.
    pub notes: Vec<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordStep {
    /// Its date, if given.
    pub date: Option<String>,
    /// What was observed.
    pub text: String,
    /// Its source, if given.
    pub source: Option<String>,
}

/// A record under one way of play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TracedResult {
    /// The way of play.
    pub name: String,
    /// Whether its numbers are exact.
    pub exact: bool,
    /// The probability of the record up to each step.
    pub likelihood: Vec<Number>,
    /// What everybody thinks along it.
    pub beliefs: Vec<BeliefAlong>,
}

/// What one observer thinks along a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BeliefAlong {
    /// In what: `Partner is serious`.
    pub about: String,
    /// In whose eyes: `outside`, or a side with its type.
    pub observer: String,
    /// Before the record and after each step; absent where the record has probability 0.
    pub along: Vec<Option<Number>>,
}

/// A record.
#[must_use]
pub fn record(page: &RecordPage) -> RecordResult {
    let way = |way: &TracedWay| TracedResult {
        name: way.name.clone(),
        exact: way.exact,
        likelihood: way.trace.likelihood.iter().map(number).collect(),
        beliefs: way
            .trace
            .beliefs
            .iter()
            .map(|belief| BeliefAlong {
                about: subject(page.form, belief),
                observer: observer(page.form, belief.observer),
                along: belief.along.iter().map(|share| share.as_ref().map(number)).collect(),
            })
            .collect(),
    };
    RecordResult {
        title: page.record.title.clone(),
        steps: page
            .record
            .steps
            .iter()
            .map(|step| RecordStep {
                date: step.date.clone(),
                text: step.text.clone(),
                source: step.source.clone(),
            })
            .collect(),
        ways: page.ways.iter().map(way).collect(),
        notes: page.notes.clone(),
    }
}
