//! What of a form can be worked out once for all points: units, subgames and search orders.

use super::region::{self, Region};
use detente_game::form::{GameForm, NodeKind};
use detente_game::{InfoSetId, NodeId};
use std::sync::Arc;

/// A form prepared for pure search; immutable and shared by any number of threads.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) form: Arc<GameForm>,
    pub(crate) players: usize,
    /// Who decides as one: the player, or the information set itself in agent form.
    pub(crate) unit: Vec<u32>,
    /// Whether units are players.
    pub(crate) recall: bool,
    /// Whether a path meets the same information set twice.
    pub(crate) absent_minded: bool,
    /// Proper subgames, inner ones first; the last is the whole game.
    pub(crate) subgames: Vec<Region>,
    /// The whole game as one region.
    pub(crate) whole: Region,
    /// Per node, a bit for every unit (modulo 64) that decides at or below it.
    pub(crate) movers: Vec<u64>,
}

/// Numbers from here on are shown as powers of ten.
const LONG: u128 = 1_000_000_000_000;

impl Prepared {
    /// Prepares a form.
    #[must_use]
    pub fn new(form: Arc<GameForm>) -> Self {
        let recall = form.has_perfect_recall();
        let unit: Vec<u32> = form
            .info_set_ids()
            .map(|set| if recall { form.info_set(set).player.0 } else { set.0 })
            .collect();
        let movers = movers(&form, &unit);
        let layout = region::Layout::of(&form);
        let context = region::Context { form: &form, unit: &unit, recall };
        let subgames = region::subgames(&context, &layout);
        let whole = region::whole(&context);
        Self {
            players: form.players().len(),
            absent_minded: !recall && absent_minded(&form),
            recall,
            unit,
            subgames,
            whole,
            movers,
            form,
        }
    }

    /// The form this was prepared from.
    #[must_use]
    pub fn form(&self) -> &Arc<GameForm> {
        &self.form
    }

    /// Whether every player remembers what he knew and did.
    #[must_use]
    pub fn has_perfect_recall(&self) -> bool {
        self.recall
    }

    /// The number of pure profiles: as an integer, or as a power of ten if it is long.
    #[must_use]
    pub fn space(&self) -> String {
        let (mut product, mut digits): (Option<u128>, f64) = (Some(1), 0.0);
        for set in self.form.info_sets() {
            digits += f64::from(set.action_count).log10();
            product = product.and_then(|known| known.checked_mul(u128::from(set.action_count)));
        }
        match product {
            Some(count) if count < LONG => count.to_string(),
            _ => format!("10^{}", digits as u64),
        }
    }

    /// The player a set's unit belongs to.
    pub(super) fn owner(&self, set: InfoSetId) -> usize {
        self.form.info_set(set).player.index()
    }

    /// Whether a unit decides nowhere at or below a node; an approximation on the safe side.
    pub(super) fn is_idle(&self, unit: u32, node: NodeId) -> bool {
        self.movers[node.index()] >> (unit % 64) & 1 == 0
    }
}

fn movers(form: &GameForm, unit: &[u32]) -> Vec<u64> {
    let mut movers = vec![0_u64; form.node_count()];
    for node in form.nodes().rev() {
        if let NodeKind::Decision(set) = form.kind(node) {
            movers[node.index()] |= 1 << (unit[set.index()] % 64);
        }
        if let Some(parent) = form.parent(node) {
            movers[parent.index()] |= movers[node.index()];
        }
    }
    movers
}

fn absent_minded(form: &GameForm) -> bool {
    form.info_set_ids().any(|set| {
        form.members(set).iter().any(|&member| {
            let mut here = form.parent(member);
            while let Some(node) = here {
                if form.kind(node) == NodeKind::Decision(set) {
                    return true;
                }
                here = form.parent(node);
            }
            false
        })
    })
}
