//! Which parts of a tree are folded. What is not reached is folded first, but never so that a
//! situation is shown in part if that can be helped: a reader would take the members he sees for
//! all there are.

use super::TreeOptions;
use detente_game::form::{GameForm, NodeKind};
use detente_game::{GameInstance, NodeId, Profile};

/// Whether each node is reached with positive probability.
pub(super) fn reached(instance: &GameInstance, profile: Option<&Profile>) -> Vec<bool> {
    let form = instance.form();
    let mut reached = vec![true; form.node_count()];
    for node in form.nodes().skip(1) {
        let Some(parent) = form.parent(node) else { continue };
        let open = match (form.branch_into(node), form.action_into(node)) {
            (Some(branch), _) => !instance.branch(branch).is_zero(),
            (_, Some(action)) => profile.is_none_or(|profile| !profile.of(action).is_zero()),
            _ => true,
        };
        reached[node.index()] = open && reached[parent.index()];
    }
    reached
}

/// How many ends are at or below each node.
pub(super) fn ends_below(form: &GameForm) -> Vec<usize> {
    let mut ends = vec![0; form.node_count()];
    for node in form.nodes().rev() {
        if matches!(form.kind(node), NodeKind::End(_)) {
            ends[node.index()] = 1;
        }
        if let Some(parent) = form.parent(node) {
            ends[parent.index()] += ends[node.index()];
        }
    }
    ends
}

/// Which nodes are drawn as folded (the nodes below them are not drawn at all): unreached ones
/// in a tree with too many ends, then whatever is below a depth that leaves few enough rows.
pub(super) fn folded(
    form: &GameForm,
    reached: &[bool],
    played: bool,
    options: &TreeOptions,
) -> Vec<bool> {
    let mut folded = vec![false; form.node_count()];
    if played && form.end_count() > options.fold_beyond {
        folded = outside(form, &with_their_situations(form, reached));
        if rows(form, &folded) > options.rows_at_most {
            folded = outside(form, reached);
        }
    }
    let cut = deepest_cut(form, &folded, options.rows_at_most);
    let depth = depths(form);
    for node in form.nodes() {
        folded[node.index()] |= depth[node.index()] >= cut && form.child_count(node) > 0;
    }
    folded
}

/// Folds each inner node that is not kept.
fn outside(form: &GameForm, kept: &[bool]) -> Vec<bool> {
    form.nodes().map(|node| !kept[node.index()] && form.child_count(node) > 0).collect()
}

/// The nodes kept, and with each decision the other members of its situation and what leads to
/// them.
fn with_their_situations(form: &GameForm, kept: &[bool]) -> Vec<bool> {
    let mut all = vec![false; form.node_count()];
    let mut whole = vec![false; form.info_sets().len()];
    let mut open: Vec<NodeId> = form.nodes().filter(|node| kept[node.index()]).collect();
    while let Some(node) = open.pop() {
        if std::mem::replace(&mut all[node.index()], true) {
            continue;
        }
        open.extend(form.parent(node));
        if let NodeKind::Decision(set) = form.kind(node)
            && !std::mem::replace(&mut whole[set.index()], true)
        {
            open.extend(form.members(set));
        }
    }
    all
}

fn depths(form: &GameForm) -> Vec<usize> {
    let mut depth = vec![0; form.node_count()];
    for node in form.nodes() {
        if let Some(parent) = form.parent(node) {
            depth[node.index()] = depth[parent.index()] + 1;
        }
    }
    depth
}

/// Which nodes are below a folded one.
fn hidden(form: &GameForm, folded: &[bool]) -> Vec<bool> {
    let mut hidden = vec![false; form.node_count()];
    for node in form.nodes() {
        if let Some(parent) = form.parent(node) {
            hidden[node.index()] = hidden[parent.index()] || folded[parent.index()];
        }
    }
    hidden
}

/// How many rows a drawing takes.
fn rows(form: &GameForm, folded: &[bool]) -> usize {
    let hidden = hidden(form, folded);
    let is_row = |node: NodeId| folded[node.index()] || form.child_count(node) == 0;
    form.nodes().filter(|node| !hidden[node.index()] && is_row(*node)).count()
}

/// The greatest depth at which folding all inner nodes leaves no more than so many rows, at least
/// one.
fn deepest_cut(form: &GameForm, folded: &[bool], rows_at_most: usize) -> usize {
    let (hidden, depth) = (hidden(form, folded), depths(form));
    // How many rows end at each depth, and how many nodes have more below.
    let levels = depth.iter().max().map_or(0, |deepest| deepest + 1);
    let (mut rows, mut inner) = (vec![0_usize; levels], vec![0_usize; levels]);
    for node in form.nodes().filter(|node| !hidden[node.index()]) {
        let last = folded[node.index()] || form.child_count(node) == 0;
        let count = if last { &mut rows } else { &mut inner };
        count[depth[node.index()]] += 1;
    }
    let mut above = 0;
    for level in 0..levels {
        if level > 0 && above + rows[level] + inner[level] > rows_at_most {
            return (level - 1).max(1);
        }
        above += rows[level];
    }
    usize::MAX
}
