//! Cutting a tree where what happened is common knowledge but for chance.
//!
//! Histories with the same moves of the players, in which only chance did other things, form a
//! *start* if whoever moves at or after them can tell that he is there: every information set
//! that is met from them on lies wholly after them. How likely they are among each other then
//! depends on chance alone, not on strategies or beliefs. The root of the game is a start, and so
//! is every subgame that begins after a move. A *layer* reaches from one start to the next ones.

use detente_game::form::NodeKind;
use detente_game::{ActionId, GameForm, NodeId};
use std::collections::BTreeMap;

/// The nodes from a start to the next ones, parents first.
pub(super) struct Layer<'a> {
    pub form: &'a GameForm,
    pub nodes: Vec<NodeId>,
    /// Per node of the tree, the layer it belongs to.
    of: &'a [usize],
}

impl Layer<'_> {
    /// Whether the play ends here or passes to another layer.
    pub fn is_end(&self, node: NodeId) -> bool {
        self.form.row(node).is_some() || !self.has(node)
    }

    /// The parent, if it is in this layer.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.form.parent(node).filter(|parent| self.has(*parent))
    }

    fn has(&self, node: NodeId) -> bool {
        self.of[node.index()] == self.of[self.nodes[0].index()]
    }
}

/// Which layer each node belongs to.
pub(super) struct Layers {
    of: Vec<usize>,
}

impl Layers {
    /// The tree as a whole.
    pub fn uncut(form: &GameForm) -> Self {
        Self { of: vec![0; form.node_count()] }
    }

    /// The tree cut at every start.
    pub fn cut(form: &GameForm) -> Self {
        let moves = Moves::of(form);
        let is_start = moves.starts(form);
        // The layer of a sequence of moves is the longest start that it begins with.
        let mut layer = vec![0; is_start.len()];
        for at in 1..layer.len() {
            layer[at] = if is_start[at] { at } else { layer[moves.before[at]] };
        }
        Self { of: moves.at_node.iter().map(|at| layer[*at]).collect() }
    }

    pub fn all<'a>(&'a self, form: &'a GameForm) -> Vec<Layer<'a>> {
        let mut nodes: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
        for node in form.nodes() {
            nodes.entry(self.of[node.index()]).or_default().push(node);
        }
        nodes.into_values().map(|nodes| Layer { form, nodes, of: &self.of }).collect()
    }
}

/// The sequences of the players' moves, shorter ones first; the first is empty.
struct Moves {
    at_node: Vec<usize>,
    /// Per sequence, the same without its last move.
    before: Vec<usize>,
    length: Vec<usize>,
}

impl Moves {
    fn of(form: &GameForm) -> Self {
        let mut moves =
            Self { at_node: vec![0; form.node_count()], before: vec![0], length: vec![0] };
        let mut known: BTreeMap<(usize, ActionId), usize> = BTreeMap::new();
        for node in form.nodes().skip(1) {
            let parent = form.parent(node).expect("only the root has no parent");
            let above = moves.at_node[parent.index()];
            moves.at_node[node.index()] = match form.action_into(node) {
                None => above,
                Some(action) => *known.entry((above, action)).or_insert_with(|| {
                    moves.before.push(above);
                    moves.length.push(moves.length[above] + 1);
                    moves.before.len() - 1
                }),
            };
        }
        moves
    }

    /// Whether each sequence leads to a start: what it and all information sets after it have in
    /// common is no shorter than itself.
    fn starts(&self, form: &GameForm) -> Vec<bool> {
        let mut common = vec![usize::MAX; self.length.len()];
        for node in form.nodes() {
            if let NodeKind::Decision(set) = form.kind(node) {
                let members = form.members(set).iter().map(|node| self.at_node[node.index()]);
                let shared = members.reduce(|one, other| self.shared(one, other));
                let shared = shared.map_or(0, |shared| self.length[shared]);
                let here = &mut common[self.at_node[node.index()]];
                *here = shared.min(*here);
            }
        }
        for at in (1..common.len()).rev() {
            let above = self.before[at];
            common[above] = common[above].min(common[at]);
        }
        common.iter().zip(&self.length).map(|(common, length)| common >= length).collect()
    }

    /// The longest sequence that both begin with.
    fn shared(&self, mut one: usize, mut other: usize) -> usize {
        while one != other {
            if self.length[one] >= self.length[other] {
                one = self.before[one];
            } else {
                other = self.before[other];
            }
        }
        one
    }
}
