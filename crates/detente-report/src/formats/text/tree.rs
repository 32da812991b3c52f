//! `tree`: the tree as text, folded to a size that can be read.

use super::words::count;
use crate::look::{Look, Role, width};
use detente_analysis::{Play, names};
use detente_game::form::NodeKind;
use detente_game::{GameInstance, NodeId};
use detente_verify::Equilibrium;

/// How much of the tree is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    /// Moves from the root; deeper parts are folded.
    pub depth: usize,
    /// Most lines.
    pub lines: usize,
    /// With an equilibrium: whether what is never chosen is shown too.
    pub unplayed: bool,
}

impl Default for Folding {
    fn default() -> Self {
        Self { depth: 12, lines: 400, unplayed: false }
    }
}

/// A line still to be drawn.
struct Open {
    node: NodeId,
    /// The rails to the left of the node's own branch.
    rails: String,
    last: bool,
    depth: usize,
}

/// The screen, with an equilibrium's probabilities if one is given.
#[must_use]
pub fn screen(
    instance: &GameInstance,
    equilibrium: Option<&Equilibrium>,
    folding: &Folding,
    look: &Look,
) -> String {
    let play = equilibrium.map(|found| Play::new(instance, found.profile()));
    let sizes = sizes(instance);
    let root = Open { node: NodeId(0), rails: String::new(), last: true, depth: 0 };
    let mut open = vec![root];
    let mut out = String::new();
    let mut lines = 0;
    while let Some(here) = open.pop() {
        if lines == folding.lines {
            out.push_str("… the rest is not shown\n");
            break;
        }
        let idle = play.as_ref().is_some_and(|play| {
            play.reach(here.node).is_zero()
                && instance.form().parent(here.node).is_some_and(|p| play.reach(p).is_positive())
        });
        let size = sizes[here.node.index()];
        let fold = size > 1 && (here.depth >= folding.depth || idle && !folding.unplayed);
        out.push_str(&line(instance, play.as_ref(), &here, fold.then_some(size), look));
        lines += 1;
        if fold {
            continue;
        }
        let children: Vec<NodeId> = instance.form().children(here.node).collect();
        let rails = match here.depth {
            0 => String::new(),
            _ => format!("{}{}", here.rails, if here.last { "   " } else { "│  " }),
        };
        for (at, child) in children.iter().enumerate().rev() {
            let last = at + 1 == children.len();
            open.push(Open { node: *child, rails: rails.clone(), last, depth: here.depth + 1 });
        }
    }
    out
}

/// Number of nodes at and below each node.
fn sizes(instance: &GameInstance) -> Vec<usize> {
    let form = instance.form();
    let mut sizes = vec![1; form.node_count()];
    for node in form.nodes().rev() {
        if let Some(parent) = form.parent(node) {
            sizes[parent.index()] += sizes[node.index()];
        }
    }
    sizes
}

fn line(
    instance: &GameInstance,
    play: Option<&Play>,
    here: &Open,
    folded: Option<usize>,
    look: &Look,
) -> String {
    let form = instance.form();
    let mut text = String::new();
    if here.depth > 0 {
        text.push_str(&here.rails);
        text.push_str(if here.last { "└─ " } else { "├─ " });
        let into: Vec<&str> =
            form.events_into(here.node).iter().map(|(_, value)| form.value(*value)).collect();
        text.push_str(&into.join(", "));
        let share = match (form.branch_into(here.node), play) {
            (Some(branch), _) => Some(instance.branch(branch).clone()),
            (None, Some(play)) => Some(play.edge(here.node).clone()),
            (None, None) => None,
        };
        if let Some(share) = share {
            text.push_str(&format!(" {}", look.numbers.share(&share)));
        }
        text.push_str("  ");
    }
    text.push_str(&what(instance, here.node, look));
    // A line is never broken: the rails below must meet it.
    let note =
        folded.map(|size| format!(" ▸ {} folded", count(size - 1, "node"))).unwrap_or_default();
    let room = look.width.max(20).saturating_sub(width(&note));
    if width(&text) > room {
        text = shortened(&text, room);
    }
    format!("{}{}\n", text.trim_end(), look.paint(Role::Dim, &note))
}

fn shortened(text: &str, room: usize) -> String {
    let mut kept = String::new();
    for letter in text.chars() {
        if width(&kept) + 2 > room {
            break;
        }
        kept.push(letter);
    }
    format!("{kept}…")
}

fn what(instance: &GameInstance, node: NodeId, look: &Look) -> String {
    let form = instance.form();
    match form.kind(node) {
        NodeKind::Decision(set) => {
            let question = names::event(form, form.info_set(set).question);
            let player = &form.player(form.info_set(set).player).name;
            format!("{player}: {question} [situation {}]", set.0 + 1)
        }
        NodeKind::Chance(lottery) => {
            let event = form.lottery(lottery).event;
            match form.event(event).kind {
                detente_game::form::EventKind::Type => {
                    format!("type of {}", names::event(form, event))
                }
                _ => format!("chance: {}", names::event(form, event)),
            }
        }
        NodeKind::End(row) => {
            let payoffs: Vec<String> = form
                .player_ids()
                .map(|player| look.numbers.narrow(instance.row_payoff(row, player)))
                .collect();
            let outcome = form.outcome_of(row).map(|outcome| &form.outcomes()[outcome.index()]);
            let outcome = outcome.map(|name| format!("  {name}")).unwrap_or_default();
            format!("({}){outcome}", payoffs.join(", "))
        }
    }
}
