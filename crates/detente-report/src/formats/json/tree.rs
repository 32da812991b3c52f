//! The tree as a list of nodes.

use super::{Here, Tree, TreeNode, number};
use detente_analysis::{Play, names};
use detente_game::form::NodeKind;
use detente_game::{Game, GameInstance, NodeId};
use detente_verify::Equilibrium;

/// Result of `tree`, with an equilibrium's probabilities if one is given with its label.
#[must_use]
pub fn tree(
    game: &Game,
    instance: &GameInstance,
    equilibrium: Option<(&str, &Equilibrium)>,
) -> Tree {
    let play = equilibrium.map(|(_, found)| Play::new(instance, found.profile()));
    let nodes = instance.form().nodes();
    Tree {
        title: game.meta.title.clone(),
        equilibrium: equilibrium.map(|(label, _)| label.to_owned()),
        nodes: nodes.map(|node| tree_node(instance, play.as_ref(), node)).collect(),
    }
}

fn tree_node(instance: &GameInstance, play: Option<&Play>, node: NodeId) -> TreeNode {
    let form = instance.form();
    let parent = form.parent(node);
    let chance = form.branch_into(node).map(|branch| instance.branch(branch));
    let share = chance.or_else(|| parent.and(play).map(|play| play.edge(node)));
    TreeNode {
        parent: parent.map(NodeId::index),
        by: form.events_into(node).iter().map(|(_, value)| form.value(*value).to_owned()).collect(),
        probability: share.map(number),
        here: here(instance, node),
    }
}

fn here(instance: &GameInstance, node: NodeId) -> Here {
    let form = instance.form();
    match form.kind(node) {
        NodeKind::Decision(set) => Here::Decision {
            player: form.player(form.info_set(set).player).name.clone(),
            question: names::event(form, form.info_set(set).question),
            situation: set.0 + 1,
        },
        NodeKind::Chance(lottery) => {
            Here::Chance { event: names::event(form, form.lottery(lottery).event) }
        }
        NodeKind::End(row) => Here::End {
            outcome: form.outcome_of(row).map(|outcome| form.outcomes()[outcome.index()].clone()),
            payoffs: form.player_ids().map(|p| number(instance.row_payoff(row, p))).collect(),
        },
    }
}
