//! The game form: tree, information sets, actions and lotteries, stored flat. No numbers.
//!
//! Nodes are ordered so that a parent comes before its children and the children of one node are
//! consecutive: a forward pass over the indices meets parents first, a backward pass children
//! first. A node takes 12 bytes; what many nodes share (an information set's actions, a
//! lottery's branches, a row of stakes) is stored once.

mod builder;
mod log;
mod node_set;
mod recall;

pub use builder::{BuildError, FormBuilder};
pub use log::{LogEntry, Logs, View};
pub use node_set::NodeSet;

use crate::ids::{
    ActionId, BranchId, EventId, InfoSetId, LogId, LotteryId, NodeId, OutcomeId, PlayerId, RowId,
    StakeId, ValueId,
};
use std::collections::BTreeMap;

/// A player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// Name used in the scenario, unique.
    pub name: String,
    /// Longer description, empty if none.
    pub label: String,
    /// The team it belongs to, if any.
    pub team: Option<String>,
}

/// What sort of event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A player's type, drawn before the story.
    Type,
    /// A player's choice.
    Choice,
    /// Chance, a draw or a signal.
    Chance,
}

/// An event of the story. A player's type is the event with his own name and kind `Type`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    /// Who makes it happen; for a type, whose type it is; `None` for chance.
    pub owner: Option<PlayerId>,
    /// Its name.
    pub name: String,
    /// Its index inside a `repeat`.
    pub index: Option<i64>,
    /// What sort of event it is.
    pub kind: EventKind,
}

/// What is at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A player's decision, a member of this information set.
    Decision(InfoSetId),
    /// A lottery.
    Chance(LotteryId),
    /// An end, paying this row.
    End(RowId),
}

/// An information set: a player's situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoSet {
    /// Who decides.
    pub player: PlayerId,
    /// What is asked.
    pub question: EventId,
    /// The first of its consecutive actions.
    pub first_action: ActionId,
    /// How many actions it has, at least one.
    pub action_count: u32,
    /// Position of its first member in [`GameForm::members`]'s table.
    pub first_member: u32,
    /// How many members it has.
    pub member_count: u32,
    /// Everything the player has seen, if the form came from a story.
    pub log: Option<LogId>,
}

/// A chance event with its branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lottery {
    /// What happens.
    pub event: EventId,
    /// The first of its consecutive branches.
    pub first_branch: BranchId,
    /// How many branches it has, at least one.
    pub branch_count: u32,
}

/// A named stake of one player.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stake {
    /// Whose payoff it is part of.
    pub player: PlayerId,
    /// Its name.
    pub name: String,
}

/// Tree, information sets and actions; made by [`FormBuilder`] only, which checks them.
#[derive(Debug, Clone)]
pub struct GameForm {
    pub(crate) players: Vec<Player>,
    pub(crate) events: Vec<Event>,
    pub(crate) values: Vec<String>,
    pub(crate) parent: Vec<u32>,
    pub(crate) first_child: Vec<u32>,
    pub(crate) kind: Vec<u32>,
    pub(crate) info_sets: Vec<InfoSet>,
    pub(crate) members: Vec<NodeId>,
    pub(crate) action_labels: Vec<ValueId>,
    pub(crate) action_sets: Vec<InfoSetId>,
    pub(crate) lotteries: Vec<Lottery>,
    pub(crate) branch_labels: Vec<ValueId>,
    pub(crate) stakes: Vec<Stake>,
    pub(crate) row_outcomes: Vec<Option<OutcomeId>>,
    pub(crate) outcomes: Vec<String>,
    pub(crate) logs: Logs,
    /// Events that were certain (a menu of one option), on the way into a node.
    pub(crate) silent: BTreeMap<NodeId, Vec<(EventId, ValueId)>>,
    pub(crate) set_labels: BTreeMap<InfoSetId, String>,
    pub(crate) node_labels: BTreeMap<NodeId, String>,
    pub(crate) perfect_recall: bool,
}

/// A step of a walk through the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Into a node, from its parent.
    Into(NodeId),
    /// Back out of a node, after everything below it.
    OutOf(NodeId),
}

const TAG_SHIFT: u32 = 30;
const INDEX_MASK: u32 = (1 << TAG_SHIFT) - 1;
const TAG_DECISION: u32 = 0;
const TAG_CHANCE: u32 = 1;
const TAG_END: u32 = 2;

impl GameForm {
    /// The root.
    pub const ROOT: NodeId = NodeId(0);

    /// Number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.kind.len()
    }

    /// Number of ends.
    #[must_use]
    pub fn end_count(&self) -> usize {
        self.kind.iter().filter(|kind| **kind >> TAG_SHIFT == TAG_END).count()
    }

    /// All nodes, parents before children.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator + use<> {
        (0..self.node_count()).map(NodeId::from_index)
    }

    /// All ends, in node order.
    pub fn ends(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes().filter(|node| matches!(self.kind(*node), NodeKind::End(_)))
    }

    /// What is at a node.
    #[must_use]
    pub fn kind(&self, node: NodeId) -> NodeKind {
        let coded = self.kind[node.index()];
        let index = coded & INDEX_MASK;
        match coded >> TAG_SHIFT {
            TAG_DECISION => NodeKind::Decision(InfoSetId(index)),
            TAG_CHANCE => NodeKind::Chance(LotteryId(index)),
            _ => NodeKind::End(RowId(index)),
        }
    }

    /// The node above; `None` at the root.
    #[must_use]
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        if node == Self::ROOT { None } else { Some(NodeId(self.parent[node.index()])) }
    }

    /// How many children a node has.
    #[must_use]
    pub fn child_count(&self, node: NodeId) -> usize {
        match self.kind(node) {
            NodeKind::Decision(set) => self.info_set(set).action_count as usize,
            NodeKind::Chance(lottery) => self.lottery(lottery).branch_count as usize,
            NodeKind::End(_) => 0,
        }
    }

    /// The children of a node, in the order of its actions or branches.
    pub fn children(
        &self,
        node: NodeId,
    ) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator + use<> {
        let first = self.first_child[node.index()] as usize;
        (first..first + self.child_count(node)).map(NodeId::from_index)
    }

    /// The `position`-th child of a node.
    #[must_use]
    pub fn child(&self, node: NodeId, position: usize) -> NodeId {
        debug_assert!(position < self.child_count(node));
        NodeId(self.first_child[node.index()] + position as u32)
    }

    /// Which child of its parent a node is; `None` at the root.
    #[must_use]
    pub fn position(&self, node: NodeId) -> Option<usize> {
        let parent = self.parent(node)?;
        Some((node.0 - self.first_child[parent.index()]) as usize)
    }

    /// The action that leads into a node, if its parent is a decision.
    #[must_use]
    pub fn action_into(&self, node: NodeId) -> Option<ActionId> {
        let parent = self.parent(node)?;
        match self.kind(parent) {
            NodeKind::Decision(set) => {
                let offset = node.0 - self.first_child[parent.index()];
                Some(ActionId(self.info_set(set).first_action.0 + offset))
            }
            _ => None,
        }
    }

    /// The branch that leads into a node, if its parent is a lottery.
    #[must_use]
    pub fn branch_into(&self, node: NodeId) -> Option<BranchId> {
        let parent = self.parent(node)?;
        match self.kind(parent) {
            NodeKind::Chance(lottery) => {
                let offset = node.0 - self.first_child[parent.index()];
                Some(BranchId(self.lottery(lottery).first_branch.0 + offset))
            }
            _ => None,
        }
    }

    /// The row paid at an end; `None` inside the tree.
    #[must_use]
    pub fn row(&self, node: NodeId) -> Option<RowId> {
        match self.kind(node) {
            NodeKind::End(row) => Some(row),
            _ => None,
        }
    }

    /// The players, in order.
    #[must_use]
    pub fn players(&self) -> &[Player] {
        &self.players
    }

    /// A player.
    #[must_use]
    pub fn player(&self, player: PlayerId) -> &Player {
        &self.players[player.index()]
    }

    /// All player ids.
    pub fn player_ids(&self) -> impl ExactSizeIterator<Item = PlayerId> + use<> {
        (0..self.players.len()).map(PlayerId::from_index)
    }

    /// The information sets, in order of first appearance.
    #[must_use]
    pub fn info_sets(&self) -> &[InfoSet] {
        &self.info_sets
    }

    /// One information set.
    #[must_use]
    pub fn info_set(&self, set: InfoSetId) -> &InfoSet {
        &self.info_sets[set.index()]
    }

    /// All information set ids.
    pub fn info_set_ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = InfoSetId> + ExactSizeIterator + use<> {
        (0..self.info_sets.len()).map(InfoSetId::from_index)
    }

    /// The members of an information set.
    #[must_use]
    pub fn members(&self, set: InfoSetId) -> &[NodeId] {
        let set = self.info_set(set);
        &self.members[set.first_member as usize..][..set.member_count as usize]
    }

    /// The information sets of a player that lie wholly after a condition: every end below every
    /// member belongs to `ends`. Also for a form that is still being built, with no node open.
    #[must_use]
    pub fn sets_inside(&self, player: PlayerId, ends: &NodeSet) -> Vec<InfoSetId> {
        let mut inside = vec![true; self.node_count()];
        let mut fits: BTreeMap<InfoSetId, bool> = BTreeMap::new();
        for node in self.nodes().rev() {
            inside[node.index()] = match self.kind(node) {
                NodeKind::End(_) => ends.contains(node),
                _ => self.children(node).all(|child| inside[child.index()]),
            };
            if let NodeKind::Decision(set) = self.kind(node)
                && self.info_set(set).player == player
            {
                *fits.entry(set).or_insert(true) &= inside[node.index()];
            }
        }
        fits.into_iter().filter(|(_, fits)| *fits).map(|(set, _)| set).collect()
    }

    /// Number of decision nodes: the length of a list of beliefs.
    #[must_use]
    pub fn member_count(&self) -> usize {
        self.members.len()
    }

    /// The actions of an information set.
    pub fn actions(
        &self,
        set: InfoSetId,
    ) -> impl DoubleEndedIterator<Item = ActionId> + ExactSizeIterator + use<> {
        let set = self.info_set(set);
        let first = set.first_action.index();
        (first..first + set.action_count as usize).map(ActionId::from_index)
    }

    /// Number of actions over all information sets: the length of a profile.
    #[must_use]
    pub fn action_count(&self) -> usize {
        self.action_labels.len()
    }

    /// The information set an action belongs to.
    #[must_use]
    pub fn set_of_action(&self, action: ActionId) -> InfoSetId {
        self.action_sets[action.index()]
    }

    /// The text of an action.
    #[must_use]
    pub fn action_label(&self, action: ActionId) -> &str {
        self.value(self.action_labels[action.index()])
    }

    /// The value an action gives its question.
    #[must_use]
    pub fn action_value(&self, action: ActionId) -> ValueId {
        self.action_labels[action.index()]
    }

    /// All lotteries.
    #[must_use]
    pub fn lotteries(&self) -> &[Lottery] {
        &self.lotteries
    }

    /// One lottery.
    #[must_use]
    pub fn lottery(&self, lottery: LotteryId) -> &Lottery {
        &self.lotteries[lottery.index()]
    }

    /// The branches of a lottery.
    pub fn branches(
        &self,
        lottery: LotteryId,
    ) -> impl DoubleEndedIterator<Item = BranchId> + ExactSizeIterator + use<> {
        let lottery = self.lottery(lottery);
        let first = lottery.first_branch.index();
        (first..first + lottery.branch_count as usize).map(BranchId::from_index)
    }

    /// Number of branches over all lotteries.
    #[must_use]
    pub fn branch_count(&self) -> usize {
        self.branch_labels.len()
    }

    /// The text of a branch.
    #[must_use]
    pub fn branch_label(&self, branch: BranchId) -> &str {
        self.value(self.branch_labels[branch.index()])
    }

    /// The value a branch gives its event.
    #[must_use]
    pub fn branch_value(&self, branch: BranchId) -> ValueId {
        self.branch_labels[branch.index()]
    }

    /// All events.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// One event.
    #[must_use]
    pub fn event(&self, event: EventId) -> &Event {
        &self.events[event.index()]
    }

    /// The text of a value.
    #[must_use]
    pub fn value(&self, value: ValueId) -> &str {
        &self.values[value.index()]
    }

    /// The texts of all values.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(AsRef::as_ref)
    }

    /// The named stakes of all players.
    #[must_use]
    pub fn stakes(&self) -> &[Stake] {
        &self.stakes
    }

    /// One stake.
    #[must_use]
    pub fn stake(&self, stake: StakeId) -> &Stake {
        &self.stakes[stake.index()]
    }

    /// Number of distinct rows of stakes.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.row_outcomes.len()
    }

    /// The outcome that describes an end's row, if one does.
    #[must_use]
    pub fn outcome_of(&self, row: RowId) -> Option<OutcomeId> {
        self.row_outcomes[row.index()]
    }

    /// The names of the outcomes.
    #[must_use]
    pub fn outcomes(&self) -> &[String] {
        &self.outcomes
    }

    /// What players have seen.
    #[must_use]
    pub fn logs(&self) -> &Logs {
        &self.logs
    }

    /// An information set's own label, if it was given one (imported games).
    #[must_use]
    pub fn set_label(&self, set: InfoSetId) -> Option<&str> {
        self.set_labels.get(&set).map(String::as_str)
    }

    /// A node's own label, if it was given one (imported games).
    #[must_use]
    pub fn node_label(&self, node: NodeId) -> Option<&str> {
        self.node_labels.get(&node).map(String::as_str)
    }

    /// Whether every player remembers what he knew and did.
    #[must_use]
    pub fn has_perfect_recall(&self) -> bool {
        self.perfect_recall
    }

    /// What happened on the edge into a node, and after it for certain: pairs of event and value
    /// in the order of the story.
    pub fn each_event_into(&self, node: NodeId, visit: &mut dyn FnMut(EventId, ValueId)) {
        if let Some(parent) = self.parent(node) {
            let position = node.0 - self.first_child[parent.index()];
            match self.kind(parent) {
                NodeKind::Decision(set) => {
                    let set = self.info_set(set);
                    visit(set.question, self.action_value(ActionId(set.first_action.0 + position)));
                }
                NodeKind::Chance(lottery) => {
                    let lottery = self.lottery(lottery);
                    let branch = BranchId(lottery.first_branch.0 + position);
                    visit(lottery.event, self.branch_value(branch));
                }
                NodeKind::End(_) => {}
            }
        }
        self.silent_before(node).iter().for_each(|(event, value)| visit(*event, *value));
    }

    /// The same as a list.
    #[must_use]
    pub fn events_into(&self, node: NodeId) -> Vec<(EventId, ValueId)> {
        let mut happened = Vec::new();
        self.each_event_into(node, &mut |event, value| happened.push((event, value)));
        happened
    }

    /// Walks through the tree depth first: into every node before its children, out of it after
    /// them, children in order.
    pub fn walk(&self, visit: &mut dyn FnMut(Step)) {
        let mut open = vec![Step::Into(Self::ROOT)];
        while let Some(step) = open.pop() {
            visit(step);
            if let Step::Into(node) = step {
                open.push(Step::OutOf(node));
                open.extend(self.children(node).rev().map(Step::Into));
            }
        }
    }

    /// Events that were certain (a menu of one option) just before a node.
    #[must_use]
    pub fn silent_before(&self, node: NodeId) -> &[(EventId, ValueId)] {
        self.silent.get(&node).map_or(&[], Vec::as_slice)
    }

    /// All that happened from the root to a node, in order.
    #[must_use]
    pub fn history(&self, node: NodeId) -> Vec<(EventId, ValueId)> {
        let mut steps = Vec::new();
        let mut here = Some(node);
        while let Some(node) = here {
            steps.push(self.events_into(node));
            here = self.parent(node);
        }
        steps.into_iter().rev().flatten().collect()
    }
}
