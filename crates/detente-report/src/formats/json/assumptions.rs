//! The register of assumptions as published types.

use super::convert::{number, parameters};
use super::results::{Number, Parameter};
use super::what_if::{Turning, turning};
use crate::numbers::Numbers;
use crate::sentences::{soonest, turned};
use detente_analysis::analyses::register::Assumption;
use detente_game::Game;
use detente_verify::Equilibrium;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `assumptions`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assumptions {
    /// Title of the scenario.
    pub title: String,
    /// The letter of the equilibrium whose turns are measured.
    pub equilibrium: String,
    /// The parameters: thin support first, and nearest to a turn first.
    pub assumptions: Vec<AssumptionEntry>,
    /// Which parameter turns it after the least part of its range, and what happens there.
    pub soonest: String,
    /// Settings and their values; they change the tree and have no turn of this kind.
    pub settings: Vec<(String, String)>,
    /// Whether the work was stopped, so that parameters are missing.
    pub stopped: bool,
}

/// One assumption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssumptionEntry {
    /// The parameter with its support.
    pub parameter: Parameter,
    /// Whether it names no source, or low confidence.
    pub thin: bool,
    /// Where the equilibrium first turns at smaller values.
    pub below: Option<Turning>,
    /// The same at greater values.
    pub above: Option<Turning>,
    /// How far the nearer turn is, as a share of the range.
    pub distance: Option<Number>,
    /// Who would choose what there.
    pub turns: Option<String>,
    /// Why its turns are not known, if they are not.
    pub unknown: Option<String>,
}

/// Result of `assumptions`.
#[must_use]
pub fn assumptions(
    game: &Game,
    label: &str,
    equilibrium: &Equilibrium,
    register: &[Assumption],
    stopped: bool,
) -> Assumptions {
    let point = equilibrium.instance().point();
    let all = parameters(game, point);
    let entry = |one: &Assumption| AssumptionEntry {
        parameter: all[one.param.index()].clone(),
        thin: one.thinness.is_some(),
        below: one.below.as_ref().map(turning),
        above: one.above.as_ref().map(turning),
        distance: one.distance.as_ref().map(number),
        unknown: one.unknown.map(str::to_owned),
        turns: one.nearer(&point[one.param.index()]).map(|turn| turned(&game.form, turn)),
    };
    Assumptions {
        title: game.meta.title.clone(),
        equilibrium: label.to_owned(),
        assumptions: register.iter().map(entry).collect(),
        soonest: soonest(game, equilibrium, register, Numbers::Both),
        settings: game.settings.clone(),
        stopped,
    }
}
