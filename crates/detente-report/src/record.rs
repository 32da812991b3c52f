//! A record beside what each way of play says of it: what its page shows, on screens, for programs
//! and as a figure.

use detente_analysis::analyses::record::{Belief, Observer, Trace};
use detente_game::GameForm;
use detente_game::game::Record;

/// A record under several ways of play of one game.
#[derive(Debug, Clone)]
pub struct RecordPage<'a> {
    /// The game's tree.
    pub form: &'a GameForm,
    /// What was observed.
    pub record: &'a Record,
    /// The ways of play.
    pub ways: Vec<TracedWay>,
    /// What is missing and why, as sentences.
    pub notes: Vec<String>,
}

/// A record under one way of play.
#[derive(Debug, Clone)]
pub struct TracedWay {
    /// Its name: `equilibrium A`, `quantal responses, lambda 1.5`.
    pub name: String,
    /// Whether its numbers are exact; quantal responses are rounded.
    pub exact: bool,
    /// What follows from it.
    pub trace: Trace,
}

/// `Russia is resolved`: what a belief is in.
#[must_use]
pub fn subject(form: &GameForm, belief: &Belief) -> String {
    format!("{} is {}", form.player(belief.about).name, form.value(belief.value))
}

/// `outside`, `Partner`, `Offerer (firm)`: in whose eyes.
#[must_use]
pub fn observer(form: &GameForm, observer: Observer) -> String {
    match observer {
        Observer::Outside => "outside".to_owned(),
        Observer::Side(player, None) => form.player(player).name.clone(),
        Observer::Side(player, Some(value)) => {
            format!("{} ({})", form.player(player).name, form.value(value))
        }
    }
}

/// The beliefs of a trace, those in one thing together.
#[must_use]
pub fn grouped<'t>(form: &GameForm, trace: &'t Trace) -> Vec<(String, Vec<&'t Belief>)> {
    let mut groups: Vec<(String, Vec<&Belief>)> = Vec::new();
    for belief in &trace.beliefs {
        let name = subject(form, belief);
        match groups.last_mut().filter(|(known, _)| *known == name) {
            Some((_, all)) => all.push(belief),
            None => groups.push((name, vec![belief])),
        }
    }
    groups
}
