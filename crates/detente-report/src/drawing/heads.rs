//! Heads of columns and rows: who decides what at a step. Where one step holds questions that a
//! head could not tell apart by their marks, names stand at the nodes instead.

use super::scene::Mark;
use super::view::{Content, View};

/// Most lines of a head.
const MOST_LINES: usize = 3;

/// The head of one step.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    /// Marks with what they stand for; empty if names stand at the nodes.
    pub lines: Vec<(Mark, String)>,
    /// Whether names stand at the nodes.
    pub names_at_nodes: bool,
}

/// The heads of all steps.
pub(super) fn heads(view: &View<'_>) -> Vec<Head> {
    let mut heads = vec![Head::default(); view.deepest() + 1];
    for seen in &view.nodes {
        if !matches!(seen.content, Content::Decision(_) | Content::Chance) {
            continue;
        }
        let lines = &mut heads[seen.step].lines;
        let line = (seen.mark, seen.head.clone());
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    for head in &mut heads {
        let ambiguous =
            head.lines.iter().enumerate().any(|(index, (mark, _))| {
                head.lines[..index].iter().any(|(other, _)| other == mark)
            });
        if ambiguous || head.lines.len() > MOST_LINES {
            *head = Head { lines: Vec::new(), names_at_nodes: true };
        }
    }
    heads
}
