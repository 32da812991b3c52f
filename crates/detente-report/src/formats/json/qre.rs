//! Logit responses as published types.

use super::results::{EnclosedResult, Number};
use super::{enclosed, number};
use crate::course::CoursePoint;
use crate::formats::text::qre::Goal;
use detente_game::Game;
use detente_verify::Enclosed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `qre`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Qre {
    /// Title of the scenario.
    pub title: String,
    /// The options, in the order of the probabilities of a point.
    pub options: Vec<QreOption>,
    /// The principal branch from lambda 0 on, in floating point; proved by nothing.
    pub branch: Vec<QrePoint>,
    /// How often lambda turns back or forward again along it.
    pub turns: usize,
    /// The response at the precision asked for, enclosed.
    pub at: Option<EnclosedResult>,
    /// Why the response asked for is not proved.
    pub not_proved: Option<String>,
    /// What the branch goes to, if that was asked.
    pub limit: Option<QreLimit>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QreOption {
    /// Number of the situation.
    pub situation: u32,
    /// Who decides.
    pub player: String,
    /// The option.
    pub name: String,
}

/// A point of the branch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QrePoint {
    /// The precision.
    pub lambda: f64,
    /// The probability of every option.
    pub probability: Vec<f64>,
}

/// What the branch goes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QreLimit {
    /// An equilibrium that was verified.
    Exact {
        /// `sequential` or `nash`.
        concept: String,
        /// The probability of every option.
        probability: Vec<Number>,
    },
    /// An equilibrium whose probabilities are not known as fractions.
    Enclosed {
        /// The box that holds it.
        equilibrium: EnclosedResult,
    },
    /// Not known.
    Unknown {
        /// Why.
        why: String,
    },
}

/// Result of `qre`.
#[must_use]
pub fn qre(
    game: &Game,
    points: &[CoursePoint],
    turns: usize,
    at: Option<Result<&Enclosed, &str>>,
    goal: Option<Goal>,
) -> Qre {
    let form = &game.form;
    let option = |action: detente_game::ActionId| {
        let set = form.set_of_action(action);
        QreOption {
            situation: set.0 + 1,
            player: form.player(form.info_set(set).player).name.clone(),
            name: form.action_label(action).to_owned(),
        }
    };
    let point = |point: &CoursePoint| QrePoint {
        lambda: point.lambda,
        probability: point.probability.clone(),
    };
    Qre {
        title: game.meta.title.clone(),
        options: form.info_set_ids().flat_map(|set| form.actions(set)).map(option).collect(),
        branch: points.iter().map(point).collect(),
        turns,
        at: at.and_then(Result::ok).map(|found| enclosed(found, String::new())),
        not_proved: at.and_then(Result::err).map(str::to_owned),
        limit: goal.map(|goal| match goal {
            Goal::Exact(found) => QreLimit::Exact {
                concept: found.concept().word().to_owned(),
                probability: found.profile().probability.iter().map(number).collect(),
            },
            Goal::Enclosed(found) => {
                QreLimit::Enclosed { equilibrium: enclosed(found, String::new()) }
            }
            Goal::Unknown(why) => QreLimit::Unknown { why: why.to_owned() },
        }),
    }
}
