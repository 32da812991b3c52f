//! What may follow a situation, or the start of the game, as one player sees it.

use detente_game::form::{GameForm, NodeKind};
use detente_game::{ActionId, BranchId, InfoSetId, NodeId, PlayerId};

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
    /// What chance draws on the way from the member.
    pub branches: Vec<BranchId>,
}

/// Where the walk below a member has come to.
struct Visit {
    member: usize,
    node: NodeId,
    own: Option<ActionId>,
    other: Option<ActionId>,
    branches: Vec<BranchId>,
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
            let (own, other, branches) = (None, None, Vec::new());
            let mut open = vec![Visit { member, node: *node, own, other, branches }];
            while let Some(visit) = open.pop() {
                start.visit(form, visit, &mut open);
            }
        }
        start
    }

    fn visit(&mut self, form: &GameForm, visit: Visit, open: &mut Vec<Visit>) {
        let Visit { member, node, own, other, branches } = visit;
        match form.kind(node) {
            NodeKind::End(_) => {
                let close = own.map(|own| Close { own, member, other, end: node, branches });
                self.ends.extend(close);
            }
            NodeKind::Chance(lottery) => {
                open.extend(form.children(node).zip(form.branches(lottery)).map(
                    |(node, branch)| {
                        let branches = branches.iter().copied().chain([branch]).collect();
                        Visit { member, node, own, other, branches }
                    },
                ));
            }
            NodeKind::Decision(set) => {
                let is_own = form.info_set(set).player == self.player;
                self.meet(member, set, is_own, if is_own { own } else { other });
                open.extend(form.children(node).zip(form.actions(set)).map(|(node, action)| {
                    let (own, other) =
                        if is_own { (Some(action), other) } else { (own, Some(action)) };
                    Visit { member, node, own, other, branches: branches.clone() }
                }));
            }
        }
    }

    /// Notes a situation, with its owner's last action.
    fn meet(&mut self, member: usize, set: InfoSetId, is_own: bool, before: Option<ActionId>) {
        if is_own {
            if self.own.iter().all(|known| known.set != set) {
                self.own.push(Own { set, before });
            }
        } else if !self.others.iter().any(|known| (known.member, known.set) == (member, set)) {
            self.others.push(Other { member, set, before });
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
