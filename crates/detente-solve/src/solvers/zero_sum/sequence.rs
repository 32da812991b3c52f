//! The sequence form of a region (von Stengel 1996): a player's strategy as the weights of his
//! sequences of own actions, in which payoffs are linear.

use crate::solvers::pure::region::Region;
use detente_game::form::NodeKind;
use detente_game::instance::GameInstance;
use detente_game::{InfoSetId, NodeId, PlayerId, Rational};
use std::collections::{BTreeMap, HashMap};

/// One player's sequences; sequence 0 is the empty one.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// His sets in the region, earlier ones first: set, sequence before it, first own sequence,
    /// number of actions.
    pub sets: Vec<(InfoSetId, usize, usize, usize)>,
    /// Number of sequences.
    pub count: usize,
}

/// A region in sequence form.
#[derive(Debug)]
pub(super) struct Sequences {
    pub sides: [Side; 2],
    /// Chance-weighted payoff of the first player, per pair of sequences.
    pub payoff: BTreeMap<(usize, usize), Rational>,
}

struct Visit {
    node: NodeId,
    sequences: [usize; 2],
    chance: Rational,
}

impl Sequences {
    /// Writes a region in sequence form; `values` are the first player's values of the subgames
    /// inside it, by their roots.
    pub fn of(
        instance: &GameInstance,
        region: &Region,
        values: &HashMap<NodeId, Rational>,
    ) -> Self {
        let form = instance.form();
        let mut sides =
            [Side { count: 1, ..Side::default() }, Side { count: 1, ..Side::default() }];
        let mut first_sequence: HashMap<InfoSetId, usize> = HashMap::new();
        let mut payoff: BTreeMap<(usize, usize), Rational> = BTreeMap::new();
        let start = Visit { node: region.root, sequences: [0, 0], chance: Rational::ONE };
        let mut stack = vec![start];
        while let Some(Visit { node, sequences, chance }) = stack.pop() {
            let inner = if region.block_at(node).is_some() { values.get(&node) } else { None };
            let kind = form.kind(node);
            if inner.is_some() || matches!(kind, NodeKind::End(_)) {
                let value = inner.unwrap_or_else(|| instance.payoff(node, PlayerId(0)));
                let entry = payoff.entry((sequences[0], sequences[1])).or_default();
                *entry += chance * value;
                continue;
            }
            match kind {
                NodeKind::End(_) => {}
                NodeKind::Chance(lottery) => {
                    for (child, branch) in form.children(node).zip(form.branches(lottery)).rev() {
                        let chance = &chance * instance.branch(branch);
                        stack.push(Visit { node: child, sequences, chance });
                    }
                }
                NodeKind::Decision(set) => {
                    let player = form.info_set(set).player.index();
                    let first = *first_sequence.entry(set).or_insert_with(|| {
                        let side = &mut sides[player];
                        let first = side.count;
                        let actions = form.actions(set).len();
                        side.sets.push((set, sequences[player], first, actions));
                        side.count += actions;
                        first
                    });
                    for (option, child) in form.children(node).enumerate().rev() {
                        let mut after = sequences;
                        after[player] = first + option;
                        stack.push(Visit { node: child, sequences: after, chance: chance.clone() });
                    }
                }
            }
        }
        payoff.retain(|_, value| !value.is_zero());
        Self { sides, payoff }
    }
}
