//! Perfect recall (Kuhn 1953): members of one information set share the player's experience,
//! that is, the sequence of his own information sets and actions before it.

use super::{GameForm, NodeKind};
use crate::ids::{ActionId, NodeId};

/// Whether every player has perfect recall.
pub(super) fn holds(form: &GameForm) -> bool {
    // The last own action before a node, per player. Equal last actions at all members of all
    // sets imply equal sequences by induction.
    let players = form.players().len();
    let mut last: Vec<Option<ActionId>> = vec![None; form.node_count() * players];
    for node in form.nodes().skip(1) {
        let parent = form.parent(node).expect("only the root has no parent");
        for player in 0..players {
            last[node.index() * players + player] = last[parent.index() * players + player];
        }
        if let NodeKind::Decision(set) = form.kind(parent) {
            let player = form.info_set(set).player.index();
            last[node.index() * players + player] = form.action_into(node);
        }
    }
    form.info_set_ids().all(|set| {
        let player = form.info_set(set).player.index();
        let of = |node: &NodeId| last[node.index() * players + player];
        let members = form.members(set);
        members.iter().all(|member| of(member) == of(&members[0]))
    })
}
