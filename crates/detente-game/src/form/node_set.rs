//! Sets of nodes (events in the sense of probability: which ends belong to them).

use crate::ids::NodeId;

/// A set of nodes of one form, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeSet {
    words: Vec<u64>,
}

impl NodeSet {
    /// The empty set for a form of `node_count` nodes.
    #[must_use]
    pub fn empty(node_count: usize) -> Self {
        Self { words: vec![0; node_count.div_ceil(64)] }
    }

    /// Puts a node in.
    pub fn insert(&mut self, node: NodeId) {
        self.words[node.index() / 64] |= 1 << (node.index() % 64);
    }

    /// Whether a node is in.
    #[must_use]
    pub fn contains(&self, node: NodeId) -> bool {
        self.words[node.index() / 64] >> (node.index() % 64) & 1 == 1
    }

    /// Whether no node is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Number of nodes in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The nodes in both sets, which must be of the same form.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self { words: self.words.iter().zip(&other.words).map(|(a, b)| a & b).collect() }
    }
}
