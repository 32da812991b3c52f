//! How large a tree is at least, counted before it is built: a story that must come to more nodes
//! than allowed is refused at once, not after all of these have been made.

use super::ir::{MenuOption, Step};
use std::collections::BTreeSet;

/// A number of nodes that the tree of these steps is sure to have if the story can be run to its
/// end: of an `if` the smaller side is counted, of a menu the options that are always open.
pub(crate) fn fewest_nodes(steps: &[Step]) -> u64 {
    fewest(steps, 1)
}

/// The same for steps after which `after` nodes follow at least.
fn fewest(steps: &[Step], after: u64) -> u64 {
    steps.iter().rev().fold(after, |after, step| match step {
        Step::Choose { menu, .. } => branching(always_open(menu), after),
        Step::Draw { values, except, .. } => {
            let kinds: BTreeSet<_> = values.iter().collect();
            branching(kinds.len().saturating_sub(except.len()), after)
        }
        Step::Lottery { cases, .. } => {
            let fewest = cases.iter().map(|case| case.branches.len()).min();
            branching(fewest.unwrap_or(0), after)
        }
        Step::If { then, otherwise, .. } => fewest(then, after).min(fewest(otherwise, after)),
        Step::Together(inner) => fewest(inner, after),
        Step::Reveal { .. } | Step::Gain { .. } => after,
        Step::Stop => 1,
    })
}

fn always_open(menu: &[MenuOption]) -> usize {
    menu.iter().filter(|option| option.condition.is_none()).count()
}

/// A node with so many branches; one branch is no node of its own.
fn branching(branches: usize, after: u64) -> u64 {
    if branches <= 1 { after } else { after.saturating_mul(branches as u64).saturating_add(1) }
}
