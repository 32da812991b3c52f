//! What may follow a situation, or the start of the game, as one player sees it.

use detente_game::form::{GameForm, NodeKind};
use detente_game::{ActionId, InfoSetId, NodeId, PlayerId};

/// Options of a situation, by position.
pub(super) type Options = u64;

/// The options of a set in a mask, as actions.
pub(super) fn actions(
    form: &GameForm,
    set: InfoSetId,
    options: Options,
) -> impl Iterator<Item = ActionId> + '_ {
    form.actions(set).enumerate().filter(move |(at, _)| options >> at & 1 == 1).map(|(_, a)| a)
}

/// Whether an action is among the options chosen at its set.
pub(super) fn is_in(form: &GameForm, action: ActionId, options: &[Options]) -> bool {
    let set = form.set_of_action(action);
    actions(form, set, options[set.index()]).any(|own| own == action)
}

/// An own situation from here on, with the own action before it.
pub(super) struct Own {
    pub set: InfoSetId,
    pub before: Option<ActionId>,
}

/// A situation of the other player after one member, with his action before it.
pub(super) struct Other {
    pub member: usize,
    pub set: InfoSetId,
    pub before: Option<ActionId>,
}

/// An end: the last own action before it, and the other player's last action after a member.
pub(super) struct Close {
    pub own: ActionId,
    pub member: usize,
    pub other: Option<ActionId>,
    pub end: NodeId,
}

/// A place from which a player compares what he can do: the members of a situation of his, or the
/// root alone. Earlier situations come first.
pub(super) struct Start {
    pub player: PlayerId,
    pub members: usize,
    pub own: Vec<Own>,
    pub others: Vec<Other>,
    pub ends: Vec<Close>,
}

impl Start {
    /// From some nodes on. Both players need perfect recall.
    pub fn of(form: &GameForm, player: PlayerId, members: &[NodeId]) -> Self {
        let mut start = Self {
            player,
            members: members.len(),
            own: Vec::new(),
            others: Vec::new(),
            ends: Vec::new(),
        };
        for (member, node) in members.iter().enumerate() {
            let mut open = vec![(*node, None, None)];
            while let Some((node, own, other)) = open.pop() {
                start.visit(form, member, node, [own, other], &mut open);
            }
        }
        start
    }

    fn visit(
        &mut self,
        form: &GameForm,
        member: usize,
        node: NodeId,
        [own, other]: [Option<ActionId>; 2],
        open: &mut Vec<(NodeId, Option<ActionId>, Option<ActionId>)>,
    ) {
        match form.kind(node) {
            NodeKind::End(_) => {
                self.ends.extend(own.map(|own| Close { own, member, other, end: node }));
            }
            NodeKind::Chance(_) => {
                open.extend(form.children(node).map(|child| (child, own, other)));
            }
            NodeKind::Decision(set) => {
                let is_own = form.info_set(set).player == self.player;
                if is_own {
                    if self.own.iter().all(|known| known.set != set) {
                        self.own.push(Own { set, before: own });
                    }
                } else if !self.others.iter().any(|known| (known.member, known.set) == (member, set)) {
                    self.others.push(Other { member, set, before: other });
                }
                open.extend(form.children(node).zip(form.actions(set)).map(|(child, action)| {
                    if is_own { (child, Some(action), other) } else { (child, own, Some(action)) }
                }));
            }
        }
    }

    /// The other player's situations, each once.
    pub fn other_sets(&self) -> Vec<InfoSetId> {
        let mut sets: Vec<InfoSetId> = self.others.iter().map(|other| other.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }
}
