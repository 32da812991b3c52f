//! Differing priors in formats that know only one: a player who gives a path another probability
//! has the payoffs at its end multiplied by the ratio. His expected payoffs stay what they are,
//! and so do all best replies (Harsanyi, Management Science 14, 1967-68, part III).

use super::ExportError;
use crate::form::GameForm;
use crate::ids::{NodeId, PlayerId};
use crate::instance::GameInstance;
use crate::number::Rational;

/// Per node and player, his probability of the chances before it over the common one.
#[derive(Debug)]
pub(super) struct PriorRatios {
    players: usize,
    /// Empty if nobody differs.
    ratio: Vec<Rational>,
}

impl PriorRatios {
    /// The ratios of all nodes.
    ///
    /// # Errors
    /// If somebody believes in what has common probability 0.
    pub fn of(instance: &GameInstance) -> Result<Self, ExportError> {
        let form = instance.form();
        let players = form.players().len();
        if !instance.has_private_beliefs() {
            return Ok(Self { players, ratio: Vec::new() });
        }
        let mut ratio = vec![Rational::ONE; form.node_count() * players];
        for node in form.nodes().skip(1) {
            let Some(parent) = form.parent(node) else { continue };
            for player in form.player_ids() {
                let above = ratio[parent.index() * players + player.index()].clone();
                let step = branch_ratio(instance, node, player)?;
                ratio[node.index() * players + player.index()] = above * step;
            }
        }
        Ok(Self { players, ratio })
    }

    /// Whether somebody differs.
    pub fn any(&self) -> bool {
        !self.ratio.is_empty()
    }

    /// A payoff at a node, as it must be written for a reader who knows only the common prior.
    pub fn scaled(&self, node: NodeId, player: PlayerId, payoff: &Rational) -> Rational {
        match self.ratio.get(node.index() * self.players + player.index()) {
            Some(ratio) => payoff * ratio,
            None => payoff.clone(),
        }
    }
}

fn branch_ratio(
    instance: &GameInstance,
    node: NodeId,
    player: PlayerId,
) -> Result<Rational, ExportError> {
    let form: &GameForm = instance.form();
    let Some(branch) = form.branch_into(node) else { return Ok(Rational::ONE) };
    let (own, common) = (instance.branch_for(player, branch), instance.branch(branch));
    if own == common {
        return Ok(Rational::ONE);
    }
    own.checked_div(common).ok_or_else(|| ExportError {
        message: format!(
            "{} gives '{}' the probability {own}, the common prior gives it 0: the format has one prior only",
            form.player(player).name,
            form.branch_label(branch),
        ),
        hint: Some("give the common prior a small positive probability there".to_owned()),
    })
}
