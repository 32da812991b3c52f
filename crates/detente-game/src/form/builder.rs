//! The checked builder: the only way to make a [`GameForm`].

use super::{
    Event, GameForm, InfoSet, Logs, Lottery, Player, Stake, TAG_CHANCE, TAG_DECISION, TAG_END,
    TAG_SHIFT, recall,
};
use crate::ids::{
    ActionId, BranchId, EventId, InfoSetId, LogId, LotteryId, NodeId, OutcomeId, PlayerId, RowId,
    StakeId, ValueId,
};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Why a form cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildError {
    /// The tree would have more nodes than allowed.
    TooManyNodes {
        /// The limit in force.
        limit: usize,
    },
    /// A node was filled twice.
    FilledTwice(NodeId),
    /// A node was never filled.
    Unfilled(NodeId),
    /// An information set or lottery without actions or branches.
    NoActions,
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyNodes { limit } => write!(out, "the tree has more than {limit} nodes"),
            Self::FilledTwice(node) => write!(out, "node {} was given two contents", node.0),
            Self::Unfilled(node) => write!(out, "node {} was left open", node.0),
            Self::NoActions => out.write_str("an information set or lottery has no branch"),
        }
    }
}

impl std::error::Error for BuildError {}

const OPEN: u32 = u32::MAX;

/// Largest number of nodes that the coding of nodes allows.
pub(crate) const MOST_NODES: usize = 1 << TAG_SHIFT;

/// Builds a [`GameForm`] from the root down: every node starts open and is filled once by
/// [`decide`](Self::decide), [`chance`](Self::chance) or [`end`](Self::end).
#[derive(Debug)]
pub struct FormBuilder {
    form: GameForm,
    members: Vec<(InfoSetId, NodeId)>,
    limit: usize,
    event_ids: HashMap<Event, EventId>,
    value_ids: HashMap<String, ValueId>,
    stake_ids: HashMap<Stake, StakeId>,
}

impl FormBuilder {
    /// A builder with an open root, for at most `limit` nodes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        let form = GameForm {
            players: Vec::new(),
            events: Vec::new(),
            values: Vec::new(),
            parent: vec![OPEN],
            first_child: vec![OPEN],
            kind: vec![OPEN],
            info_sets: Vec::new(),
            members: Vec::new(),
            action_labels: Vec::new(),
            action_sets: Vec::new(),
            lotteries: Vec::new(),
            branch_labels: Vec::new(),
            stakes: Vec::new(),
            row_outcomes: Vec::new(),
            outcomes: Vec::new(),
            logs: Logs::new(),
            silent: BTreeMap::new(),
            set_labels: BTreeMap::new(),
            node_labels: BTreeMap::new(),
            perfect_recall: true,
        };
        Self {
            form,
            members: Vec::new(),
            limit: limit.min(MOST_NODES),
            event_ids: HashMap::new(),
            value_ids: HashMap::new(),
            stake_ids: HashMap::new(),
        }
    }

    /// Adds a player.
    pub fn player(&mut self, player: Player) -> PlayerId {
        self.form.players.push(player);
        PlayerId::from_index(self.form.players.len() - 1)
    }

    /// The id of an event, new or known.
    pub fn event(&mut self, event: Event) -> EventId {
        if let Some(&known) = self.event_ids.get(&event) {
            return known;
        }
        let id = EventId::from_index(self.form.events.len());
        self.form.events.push(event.clone());
        self.event_ids.insert(event, id);
        id
    }

    /// The id of a value's text, new or known.
    pub fn value(&mut self, text: &str) -> ValueId {
        if let Some(&known) = self.value_ids.get(text) {
            return known;
        }
        let id = ValueId::from_index(self.form.values.len());
        self.form.values.push(text.to_owned());
        self.value_ids.insert(text.to_owned(), id);
        id
    }

    /// The id of a stake, new or known.
    pub fn stake(&mut self, stake: Stake) -> StakeId {
        if let Some(&known) = self.stake_ids.get(&stake) {
            return known;
        }
        let id = StakeId::from_index(self.form.stakes.len());
        self.form.stakes.push(stake.clone());
        self.stake_ids.insert(stake, id);
        id
    }

    /// Adds a named outcome.
    pub fn outcome(&mut self, name: &str) -> OutcomeId {
        self.form.outcomes.push(name.to_owned());
        OutcomeId::from_index(self.form.outcomes.len() - 1)
    }

    /// Adds a row of stakes, described by an outcome or by none.
    pub fn row(&mut self, outcome: Option<OutcomeId>) -> RowId {
        self.form.row_outcomes.push(outcome);
        RowId::from_index(self.form.row_outcomes.len() - 1)
    }

    /// The logs under construction.
    pub fn logs(&mut self) -> &mut Logs {
        &mut self.form.logs
    }

    /// The form as far as it is built.
    #[must_use]
    pub fn form(&self) -> &GameForm {
        &self.form
    }

    /// Adds an information set.
    ///
    /// # Errors
    /// If it has no action.
    pub fn info_set(
        &mut self,
        player: PlayerId,
        question: EventId,
        actions: &[ValueId],
        log: Option<LogId>,
    ) -> Result<InfoSetId, BuildError> {
        if actions.is_empty() {
            return Err(BuildError::NoActions);
        }
        let id = InfoSetId::from_index(self.form.info_sets.len());
        self.form.info_sets.push(InfoSet {
            player,
            question,
            first_action: ActionId::from_index(self.form.action_labels.len()),
            action_count: actions.len() as u32,
            first_member: 0,
            member_count: 0,
            log,
        });
        self.form.action_labels.extend_from_slice(actions);
        self.form.action_sets.extend(std::iter::repeat_n(id, actions.len()));
        Ok(id)
    }

    /// Labels an information set.
    pub fn label_set(&mut self, set: InfoSetId, label: &str) {
        self.form.set_labels.insert(set, label.to_owned());
    }

    /// Labels a node.
    pub fn label_node(&mut self, node: NodeId, label: &str) {
        self.form.node_labels.insert(node, label.to_owned());
    }

    /// Adds a lottery.
    ///
    /// # Errors
    /// If it has no branch.
    pub fn lottery(
        &mut self,
        event: EventId,
        branches: &[ValueId],
    ) -> Result<LotteryId, BuildError> {
        if branches.is_empty() {
            return Err(BuildError::NoActions);
        }
        self.form.lotteries.push(Lottery {
            event,
            first_branch: BranchId::from_index(self.form.branch_labels.len()),
            branch_count: branches.len() as u32,
        });
        self.form.branch_labels.extend_from_slice(branches);
        Ok(LotteryId::from_index(self.form.lotteries.len() - 1))
    }

    /// Notes that an event was certain on the way into a node (a menu of one option).
    pub fn silently(&mut self, node: NodeId, event: EventId, value: ValueId) {
        self.form.silent.entry(node).or_default().push((event, value));
    }

    /// Makes an open node a member of `set` and opens its children; returns the first child.
    ///
    /// # Errors
    /// If the node is not open, or the tree would grow beyond the limit.
    pub fn decide(&mut self, node: NodeId, set: InfoSetId) -> Result<NodeId, BuildError> {
        let count = self.form.info_set(set).action_count;
        self.fill(node, TAG_DECISION, set.0)?;
        self.members.push((set, node));
        self.open(node, count)
    }

    /// Makes an open node a lottery and opens its children; returns the first child.
    ///
    /// # Errors
    /// If the node is not open, or the tree would grow beyond the limit.
    pub fn chance(&mut self, node: NodeId, lottery: LotteryId) -> Result<NodeId, BuildError> {
        let count = self.form.lottery(lottery).branch_count;
        self.fill(node, TAG_CHANCE, lottery.0)?;
        self.open(node, count)
    }

    /// Makes an open node an end that pays `row`.
    ///
    /// # Errors
    /// If the node is not open.
    pub fn end(&mut self, node: NodeId, row: RowId) -> Result<(), BuildError> {
        self.fill(node, TAG_END, row.0)
    }

    fn fill(&mut self, node: NodeId, tag: u32, index: u32) -> Result<(), BuildError> {
        let kind = &mut self.form.kind[node.index()];
        if *kind != OPEN {
            return Err(BuildError::FilledTwice(node));
        }
        *kind = tag << TAG_SHIFT | index;
        Ok(())
    }

    fn open(&mut self, node: NodeId, count: u32) -> Result<NodeId, BuildError> {
        let first = self.form.kind.len();
        if first + count as usize > self.limit {
            return Err(BuildError::TooManyNodes { limit: self.limit });
        }
        self.form.first_child[node.index()] = first as u32;
        let total = first + count as usize;
        self.form.kind.resize(total, OPEN);
        self.form.parent.resize(total, node.0);
        self.form.first_child.resize(total, OPEN);
        Ok(NodeId::from_index(first))
    }

    /// The finished form.
    ///
    /// # Errors
    /// If a node is still open.
    pub fn finish(mut self) -> Result<GameForm, BuildError> {
        if let Some(open) = self.form.kind.iter().position(|kind| *kind == OPEN) {
            return Err(BuildError::Unfilled(NodeId::from_index(open)));
        }
        self.members.sort_unstable();
        for (set, _) in &self.members {
            self.form.info_sets[set.index()].member_count += 1;
        }
        let mut first = 0;
        for set in &mut self.form.info_sets {
            set.first_member = first;
            first += set.member_count;
        }
        self.form.members = self.members.into_iter().map(|(_, node)| node).collect();
        self.form.logs.seal();
        for table in [&mut self.form.parent, &mut self.form.first_child, &mut self.form.kind] {
            table.shrink_to_fit();
        }
        self.form.perfect_recall = recall::holds(&self.form);
        Ok(self.form)
    }
}
