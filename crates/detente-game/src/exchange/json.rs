//! A game at a point as JSON, ids included, for programs: what is written is read back as the
//! same form with the same numbers.
//!
//! The document is flat (tables that refer to each other by position), so that deep trees do
//! not nest. It holds the game at one point; formulas, claims and records are not in it.

mod build;

use super::{ExportError, ImportError, ImportLimits, Imported};
use crate::form::{EventKind, NodeKind, View};
use crate::game::{Game, Meta};
use crate::ids::{
    BranchId, EventId, InfoSetId, LotteryId, NodeId, OutcomeId, PlayerId, RowId, StakeId,
};
use crate::instance::GameInstance;
use crate::number::Rational;
use serde::{Deserialize, Serialize};

/// Value of [`GameDocument::format`].
pub(super) const FORMAT: &str = "detente-game-1";

/// A game at a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GameDocument {
    /// Name and version of this format: `detente-game-1`.
    pub format: String,
    /// What is said about the whole.
    pub meta: Meta,
    /// The parameters' names and the values the numbers below were computed at.
    #[serde(default)]
    pub point: Vec<(String, Rational)>,
    /// The players.
    pub players: Vec<PlayerDocument>,
    /// The events of the story.
    pub events: Vec<EventDocument>,
    /// The information sets.
    pub information_sets: Vec<InfoSetDocument>,
    /// The chances.
    pub lotteries: Vec<LotteryDocument>,
    /// The stakes.
    pub stakes: Vec<StakeDocument>,
    /// The outcomes' names.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// What ends pay.
    pub rows: Vec<RowDocument>,
    /// The nodes, parents before children and the children of one node consecutive; 0 is the root.
    pub nodes: Vec<NodeDocument>,
    /// Payoffs at inner nodes, which the rows of the ends below include already.
    #[serde(default)]
    pub inner_rows: Vec<(NodeId, RowId)>,
    /// Descriptions of values.
    #[serde(default)]
    pub value_labels: Vec<ValueLabelDocument>,
}

/// A player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayerDocument {
    /// Unique name.
    pub name: String,
    /// Longer description.
    #[serde(default)]
    pub label: String,
    /// The team it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
}

/// An event of the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDocument {
    /// `type`, `choice` or `chance`.
    pub kind: String,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PlayerId>,
    /// Its name.
    pub name: String,
    /// Its index inside a `repeat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
}

/// An information set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoSetDocument {
    /// Who decides.
    pub player: PlayerId,
    /// What is asked.
    pub question: EventId,
    /// The labels of its actions.
    pub actions: Vec<String>,
    /// Its own label, if it was given one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the player has seen, oldest first; absent for games without a story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Vec<LogEntryDocument>>,
}

/// One entry of what a player has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntryDocument {
    /// What happened.
    pub event: EventId,
    /// Its value, if that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The view of it, if that was seen instead. With neither, only that it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

/// A chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotteryDocument {
    /// What happens.
    pub event: EventId,
    /// Labels and probabilities of its branches.
    pub branches: Vec<(String, Rational)>,
    /// Probabilities in the eyes of single players, where they differ: player, branch (counted
    /// from 0 in this lottery), probability.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub private: Vec<(PlayerId, u32, Rational)>,
}

/// A named stake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StakeDocument {
    /// Whose.
    pub player: PlayerId,
    /// Its name.
    pub name: String,
}

/// What an end pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDocument {
    /// The outcome that describes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeId>,
    /// The stakes paid.
    pub stakes: Vec<(StakeId, Rational)>,
    /// The sum for each player. Written for convenience; when read, it may be left out, and must
    /// agree if it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payoffs: Option<Vec<Rational>>,
}

/// A node: exactly one of `decision`, `chance` and `end` is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeDocument {
    /// The information set it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<InfoSetId>,
    /// The lottery drawn here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<LotteryId>,
    /// The row paid here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<RowId>,
    /// The first of its consecutive children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_child: Option<NodeId>,
    /// Its own label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Events that were certain on the way into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<(EventId, String)>,
}

/// The description of a value of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueLabelDocument {
    /// The event.
    pub event: EventId,
    /// The value.
    pub value: String,
    /// Its description.
    pub label: String,
}

/// Writes the game at a point as JSON.
///
/// # Errors
/// If the text cannot be made, which does not happen for documents made here.
pub fn write_json(game: &Game, instance: &GameInstance) -> Result<String, ExportError> {
    serde_json::to_string_pretty(&GameDocument::of(game, instance))
        .map_err(|error| ExportError { message: error.to_string(), hint: None })
}

/// Reads what [`write_json`] writes. The parameters' values are remembered as settings.
///
/// # Errors
/// If the text is no such document or not a consistent game.
pub fn read_json(text: &str, limits: &ImportLimits) -> Result<Imported, ImportError> {
    let document: GameDocument = serde_json::from_str(text).map_err(|error| ImportError {
        line: error.line() as u32,
        column: error.column() as u32,
        message: format!("this is no game in JSON: {error}"),
        hint: None,
    })?;
    document.to_game(limits)
}

impl GameDocument {
    /// The document of a game at a point.
    #[must_use]
    pub fn of(game: &Game, instance: &GameInstance) -> Self {
        let form = instance.form();
        let names = game.params.iter().map(|param| param.name.clone());
        Self {
            format: FORMAT.to_owned(),
            meta: game.meta.clone(),
            point: names.zip(instance.point().iter().cloned()).collect(),
            players: form
                .players()
                .iter()
                .map(|player| PlayerDocument {
                    name: player.name.clone(),
                    label: player.label.clone(),
                    team: player.team.clone(),
                })
                .collect(),
            events: events(instance),
            information_sets: form.info_set_ids().map(|set| info_set(instance, set)).collect(),
            lotteries: (0..form.lotteries().len())
                .map(|index| lottery(instance, LotteryId::from_index(index)))
                .collect(),
            stakes: form
                .stakes()
                .iter()
                .map(|stake| StakeDocument { player: stake.player, name: stake.name.clone() })
                .collect(),
            outcomes: form.outcomes().to_vec(),
            rows: (0..form.row_count())
                .map(|index| row(instance, RowId::from_index(index)))
                .collect(),
            nodes: form.nodes().map(|id| node(instance, id)).collect(),
            inner_rows: game.inner_rows.clone(),
            value_labels: game
                .value_labels
                .iter()
                .map(|(event, value, label)| ValueLabelDocument {
                    event: *event,
                    value: form.value(*value).to_owned(),
                    label: label.clone(),
                })
                .collect(),
        }
    }
}

fn events(instance: &GameInstance) -> Vec<EventDocument> {
    let kind = |kind| match kind {
        EventKind::Type => "type",
        EventKind::Choice => "choice",
        EventKind::Chance => "chance",
    };
    instance
        .form()
        .events()
        .iter()
        .map(|event| EventDocument {
            kind: kind(event.kind).to_owned(),
            owner: event.owner,
            name: event.name.clone(),
            index: event.index,
        })
        .collect()
}

fn info_set(instance: &GameInstance, set: InfoSetId) -> InfoSetDocument {
    let form = instance.form();
    let entry = |entry: crate::form::LogEntry| {
        let (value, shown) = match entry.view {
            View::Value(value) => (Some(form.value(value).to_owned()), None),
            View::Shown(value) => (None, Some(form.value(value).to_owned())),
            View::Happened => (None, None),
        };
        LogEntryDocument { event: entry.event, value, shown }
    };
    let log = form.info_set(set).log;
    InfoSetDocument {
        player: form.info_set(set).player,
        question: form.info_set(set).question,
        actions: form.actions(set).map(|action| form.action_label(action).to_owned()).collect(),
        label: form.set_label(set).map(str::to_owned),
        log: log.map(|log| form.logs().entries(log).into_iter().map(entry).collect()),
    }
}

fn lottery(instance: &GameInstance, lottery: LotteryId) -> LotteryDocument {
    let form = instance.form();
    let branches: Vec<BranchId> = form.branches(lottery).collect();
    let mut private = Vec::new();
    for player in form.player_ids() {
        for (position, branch) in branches.iter().enumerate() {
            let own = instance.branch_for(player, *branch);
            if own != instance.branch(*branch) {
                private.push((player, position as u32, own.clone()));
            }
        }
    }
    LotteryDocument {
        event: form.lottery(lottery).event,
        branches: branches
            .iter()
            .map(|b| (form.branch_label(*b).to_owned(), instance.branch(*b).clone()))
            .collect(),
        private,
    }
}

fn row(instance: &GameInstance, row: RowId) -> RowDocument {
    let form = instance.form();
    let paid = |player| instance.row_payoff(row, player).clone();
    RowDocument {
        outcome: form.outcome_of(row),
        stakes: instance.row_stakes(row).to_vec(),
        payoffs: Some(form.player_ids().map(paid).collect()),
    }
}

fn node(instance: &GameInstance, node: NodeId) -> NodeDocument {
    let form = instance.form();
    let mut document = NodeDocument {
        first_child: form.children(node).next(),
        label: form.node_label(node).map(str::to_owned),
        silent: form
            .silent_before(node)
            .iter()
            .map(|(event, value)| (*event, form.value(*value).to_owned()))
            .collect(),
        ..NodeDocument::default()
    };
    match form.kind(node) {
        NodeKind::Decision(set) => document.decision = Some(set),
        NodeKind::Chance(lottery) => document.chance = Some(lottery),
        NodeKind::End(row) => document.end = Some(row),
    }
    document
}

#[cfg(test)]
mod tests;
