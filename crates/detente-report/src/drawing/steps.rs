//! At which step each node stands: after the node above it, and the members of a situation at one
//! step, so that the line that joins them crosses as little as can be.
//!
//! Where situations lie crosswise (one has a member above and a member below another), not all
//! of them can stand at one step; as few as are found are taken apart.

use super::view::{Content, Seen};
use std::collections::BTreeMap;

/// Nodes that are to stand at one step.
struct Groups {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

/// The step of each node; nodes are listed depth first.
pub(super) fn steps(nodes: &[Seen]) -> Vec<usize> {
    let mut groups = Groups::by_situation(nodes);
    loop {
        let placed = groups.longest_paths(nodes);
        let Some(stuck) = placed.iter().position(Option::is_none) else {
            let step = |group: &usize| placed[*group].unwrap_or(0);
            return groups.of.iter().map(step).collect();
        };
        groups.take_apart(stuck, &placed, nodes);
    }
}

impl Groups {
    fn by_situation(nodes: &[Seen]) -> Self {
        let mut groups = Self { of: Vec::new(), members: Vec::new() };
        let mut known = BTreeMap::new();
        for (index, seen) in nodes.iter().enumerate() {
            let new = groups.members.len();
            let group = match seen.content {
                Content::Decision(set) => *known.entry(set).or_insert(new),
                _ => new,
            };
            if group == new {
                groups.members.push(Vec::new());
            }
            groups.of.push(group);
            groups.members[group].push(index);
        }
        groups
    }

    /// The length of the longest path to each group; none for those on a cycle or after one.
    fn longest_paths(&self, nodes: &[Seen]) -> Vec<Option<usize>> {
        let mut waiting: Vec<usize> = self
            .members
            .iter()
            .map(|members| members.iter().filter(|node| nodes[**node].parent.is_some()).count())
            .collect();
        let mut least = vec![0; self.members.len()];
        let mut placed = vec![None; self.members.len()];
        let mut open: Vec<usize> =
            (0..waiting.len()).filter(|group| waiting[*group] == 0).collect();
        while let Some(group) = open.pop() {
            placed[group] = Some(least[group]);
            for child in self.members[group].iter().flat_map(|node| &nodes[*node].children) {
                let below = self.of[*child];
                least[below] = least[below].max(least[group] + 1);
                waiting[below] -= 1;
                if waiting[below] == 0 {
                    open.push(below);
                }
            }
        }
        placed
    }

    /// Takes one situation on a cycle apart, found by going up from a group that has no place.
    fn take_apart(&mut self, stuck: usize, placed: &[Option<usize>], nodes: &[Seen]) {
        let above = |group: usize| {
            let parents = self.members[group].iter().filter_map(|node| nodes[*node].parent);
            parents.map(|parent| self.of[parent]).find(|above| placed[*above].is_none())
        };
        let mut group = stuck;
        // After so many steps the way up has entered a cycle; on it some group has two members,
        // for a tree alone has no cycle.
        for _ in 0..self.members.len() {
            group = above(group).unwrap_or(group);
        }
        while self.members[group].len() < 2 {
            group = above(group).unwrap_or(group);
        }
        for node in self.members[group].split_off(1) {
            self.of[node] = self.members.len();
            self.members.push(vec![node]);
        }
    }
}
