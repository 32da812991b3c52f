//! Subgame-perfect equilibrium: Nash in every subgame (Selten 1965, 1975).

use crate::concepts::nash;
use crate::reach::View;
use crate::verdict::Failure;
use crate::words;
use detente_game::form::NodeKind;
use detente_game::{GameForm, InfoSetId, NodeId};

/// The roots of all subgames, in node order: nodes (decisions or chance) below which every
/// information set that is met lies wholly.
pub(crate) fn roots(form: &GameForm) -> Vec<NodeId> {
    let mut depth = vec![0_u32; form.node_count()];
    for node in form.nodes().skip(1) {
        let parent = form.parent(node).expect("only the root has no parent");
        depth[node.index()] = depth[parent.index()] + 1;
    }
    // The least depth at which the members of a set below a node have come together.
    let mut joined = vec![u32::MAX; form.node_count()];
    for set in form.info_set_ids().filter(|set| !form.members(*set).is_empty()) {
        let meet = depth[meeting_point(form, &depth, set).index()];
        for member in form.members(set) {
            joined[member.index()] = joined[member.index()].min(meet);
        }
    }
    for node in form.nodes().skip(1).rev() {
        let parent = form.parent(node).expect("only the root has no parent");
        joined[parent.index()] = joined[parent.index()].min(joined[node.index()]);
    }
    form.nodes()
        .filter(|node| form.row(*node).is_none() && joined[node.index()] >= depth[node.index()])
        .collect()
}

/// The deepest node that is above or equal to all members of a set.
fn meeting_point(form: &GameForm, depth: &[u32], set: InfoSetId) -> NodeId {
    let up = |node: NodeId| form.parent(node).expect("nodes above depth 0 have a parent");
    let members = form.members(set);
    let mut here = members[0];
    for &member in &members[1..] {
        let mut other = member;
        while here != other {
            if depth[here.index()] >= depth[other.index()] {
                here = up(here);
            } else {
                other = up(other);
            }
        }
    }
    here
}

/// Fails with the first player who gains in some subgame, deepest subgames first: there the
/// complaint is simplest.
pub(crate) fn check(views: &[View], roots: &[NodeId]) -> Result<(), Failure> {
    for &root in roots.iter().rev() {
        for view in views {
            let inside = (!view.form.has_perfect_recall()).then(|| sets_below(view.form, root));
            let plan = nash::best_from(view, root, inside.as_deref());
            let measured = match view.form.kind(root) {
                _ if root == GameForm::ROOT => "over the whole game".to_owned(),
                NodeKind::Decision(set) => format!(
                    "in the subgame that begins when {} is asked {}",
                    words::player(view.form, view.form.info_set(set).player),
                    words::situation(view.form, set),
                ),
                _ => "in a subgame that begins with chance".to_owned(),
            };
            nash::fails_if_gains(view, root, &plan, &measured)?;
        }
    }
    Ok(())
}

fn sets_below(form: &GameForm, root: NodeId) -> Vec<InfoSetId> {
    let mut found = std::collections::BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let NodeKind::Decision(set) = form.kind(node) {
            found.insert(set);
        }
        open.extend(form.children(node));
    }
    found.into_iter().collect()
}
