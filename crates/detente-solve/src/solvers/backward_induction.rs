//! Backward induction (Zermelo 1913; Kuhn 1953): games of perfect information.

use detente_game::card::Card;
use detente_game::form::{GameForm, NodeKind};
use detente_game::instance::GameInstance;
use detente_game::{InfoSetId, NodeId, Profile, Rational};

/// The card of backward induction.
pub static CARD: Card = Card {
    name: "backward_induction",
    line: "Subgame-perfect equilibrium of a game of perfect information, from the ends backwards",
    accepts: "games in which every situation has one member",
    exact: true,
    complete: Some("the only equilibrium if no tie is met; else one of several, and it says so"),
    cost: "one pass over the tree",
    source: "Zermelo 1913; Kuhn 1953",
};

/// What backward induction finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// A subgame-perfect equilibrium; at a tie the first best action is taken.
    pub profile: Profile,
    /// Each player's payoff at the root, in his own eyes.
    pub values: Vec<Rational>,
    /// The information sets at which another action is as good. If there is none, the
    /// equilibrium is the only one, mixed ones included.
    pub ties: Vec<InfoSetId>,
}

/// Whether every information set has one member.
#[must_use]
pub fn accepts(form: &GameForm) -> bool {
    form.info_sets().iter().all(|set| set.member_count <= 1)
}

/// Solves a game of perfect information; `None` if it is none.
#[must_use]
pub fn solve(instance: &GameInstance) -> Option<Solution> {
    let form = instance.form();
    if !accepts(form) {
        return None;
    }
    let mut values: Vec<Vec<Rational>> = vec![Vec::new(); form.node_count()];
    let mut choices = vec![0; form.info_sets().len()];
    let mut ties = Vec::new();
    for node in form.nodes().rev() {
        let here = match form.kind(node) {
            NodeKind::End(_) => {
                form.player_ids().map(|player| instance.payoff(node, player).clone()).collect()
            }
            NodeKind::Chance(_) => mean(instance, node, &values),
            NodeKind::Decision(set) => {
                let player = form.info_set(set).player.index();
                let worth = |option: usize| &values[form.child(node, option).index()][player];
                let count = form.child_count(node);
                let mut best = 0;
                for option in 1..count {
                    if worth(option) > worth(best) {
                        best = option;
                    }
                }
                if (0..count).any(|option| option != best && worth(option) == worth(best)) {
                    ties.push(set);
                }
                choices[set.index()] = best;
                std::mem::take(&mut values[form.child(node, best).index()])
            }
        };
        // What lies below is not needed again, so memory stays with the frontier.
        for child in form.children(node) {
            values[child.index()] = Vec::new();
        }
        values[node.index()] = here;
    }
    ties.sort_unstable();
    let profile = Profile::pure(form, &choices);
    Some(Solution { profile, values: values.swap_remove(0), ties })
}

fn mean(instance: &GameInstance, node: NodeId, values: &[Vec<Rational>]) -> Vec<Rational> {
    let form = instance.form();
    let NodeKind::Chance(lottery) = form.kind(node) else { return Vec::new() };
    form.player_ids()
        .map(|player| {
            form.children(node)
                .zip(form.branches(lottery))
                .map(|(child, branch)| {
                    &values[child.index()][player.index()] * instance.branch_for(player, branch)
                })
                .sum()
        })
        .collect()
}
