//! Among what perfect and proper equilibria of the strategic form are sought, and how much of them
//! those that were found make up.

use detente_game::claim::Concept;
use detente_game::form::NodeKind;
use detente_game::{GameForm, GameInstance, InfoSetId, NodeId, PlayerId};
use detente_solve::Found;

/// The most nodes that are passed to see where one player's deviation leads.
const MOST_STEPS: usize = 20_000_000;

/// The concept whose equilibria perfect and proper ones are sought among.
///
/// Where three or more players decide at one situation each, plans are actions, and a perfect
/// equilibrium is sequential (Kreps and Wilson 1982, as every player's trembles are those of his
/// situation). That search lists what is done off the path; for two players the search for Nash
/// equilibria is complete.
pub(super) fn weaker(instance: &GameInstance) -> Concept {
    let form = instance.form();
    let once =
        |player: PlayerId| form.info_sets().iter().filter(|set| set.player == player).count() <= 1;
    let plans_are_actions = form.players().len() > 2
        && form.player_ids().all(once)
        && form.has_perfect_recall()
        && form.nodes().all(|node| is_possible(instance, node));
    if plans_are_actions { Concept::Sequential } else { Concept::Nash }
}

/// Takes back what a search for Nash equilibria says of completeness, if it filled in what is done
/// where only two players' deviations lead: for these concepts that matters.
pub(super) fn limit(instance: &GameInstance, found: &mut Found) {
    let form = instance.form();
    if form.players().len() < 3 || one_deviation_leads_everywhere(instance) {
        return;
    }
    found.complete = false;
    found.all_pure = false;
    found.searched.push_str(
        " Situations that come up only if two players deviate were filled in, and what else may be \
         done there was not judged.",
    );
}

/// Whether every situation comes up after one other player's deviation from any profile, unless
/// its own player rules it out.
fn one_deviation_leads_everywhere(instance: &GameInstance) -> bool {
    let form = instance.form();
    let steps = form.node_count() * form.info_sets().len() * form.players().len();
    steps <= MOST_STEPS
        && form
            .info_set_ids()
            .filter(|set| !form.members(*set).is_empty())
            .all(|set| form.player_ids().any(|player| leads_to(instance, player, set)))
}

/// Whether a player's deviation leads to a set whatever the others do, but for its own player, who
/// does what leads there.
fn leads_to(instance: &GameInstance, deviator: PlayerId, set: InfoSetId) -> bool {
    let form = instance.form();
    let owner = form.info_set(set).player;
    let mut leads = vec![false; form.node_count()];
    for node in form.nodes().rev() {
        let below = |child: NodeId| leads[child.index()];
        let led = match form.kind(node) {
            NodeKind::Decision(here) if here == set => true,
            NodeKind::Decision(here) => {
                let player = form.info_set(here).player;
                if player == deviator || player == owner {
                    form.children(node).any(below)
                } else {
                    form.children(node).all(below)
                }
            }
            _ => form.children(node).any(|child| below(child) && is_possible(instance, child)),
        };
        leads[node.index()] = led;
    }
    leads[GameForm::ROOT.index()]
}

/// Whether all players give the branch into a node some probability.
fn is_possible(instance: &GameInstance, node: NodeId) -> bool {
    let form = instance.form();
    form.branch_into(node).is_none_or(|branch| {
        form.player_ids().all(|player| instance.branch_for(player, branch).is_positive())
    })
}
