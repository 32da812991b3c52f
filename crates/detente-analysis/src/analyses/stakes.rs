//! Which stakes decide a choice: its margin, stake by stake.

use super::plan::{self, Plan};
use super::play::Play;
use detente_game::form::NodeKind;
use detente_game::{ActionId, GameForm, NodeId, Rational, StakeId};
use detente_verify::{Equilibrium, Margin};

/// A margin taken apart. The differences add up to it exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// Expected payoff of the action that is played, given the situation.
    pub chosen: Rational,
    /// Expected payoff of the alternative, followed by the best continuation.
    pub against: Rational,
    /// Per stake, by how much the played action has more of it in expectation; stakes without
    /// difference are left out, the largest differences come first.
    pub stakes: Vec<(StakeId, Rational)>,
}

/// Takes the margin of a reached situation apart. `None` if it is not reached, or if the parts do
/// not add up to what the judge found (then something is not as it should be, and nothing is
/// claimed).
#[must_use]
pub fn breakdown(equilibrium: &Equilibrium, margin: &Margin) -> Option<Breakdown> {
    let belief = &equilibrium.beliefs().get(margin.set.index()).filter(|b| b.reached)?.belief;
    let form = equilibrium.instance().form();
    let player = form.info_set(margin.set).player;
    let play = Play::seen_by(equilibrium.instance(), equilibrium.profile(), Some(player));
    let side = |action: ActionId| -> Vec<Rational> {
        let starts: Vec<(NodeId, Rational)> = form
            .members(margin.set)
            .iter()
            .zip(belief)
            .map(|(member, share)| (below(form, *member, action), share.clone()))
            .collect();
        let continued = if form.has_perfect_recall() {
            plan::best_after(&play, player, &starts)
        } else {
            Plan::new()
        };
        expected_stakes(&play, &starts, &continued)
    };
    let (mine, other) = (side(margin.chosen), side(margin.against));
    let of_player = |amounts: &[Rational]| -> Rational {
        let own = form.stakes().iter().zip(amounts).filter(|(stake, _)| stake.player == player);
        own.map(|(_, amount)| amount).sum()
    };
    let (chosen, against) = (of_player(&mine), of_player(&other));
    if &chosen - &against != margin.margin {
        return None;
    }
    let mut stakes: Vec<(StakeId, Rational)> = mine
        .iter()
        .zip(&other)
        .enumerate()
        .filter(|(index, (a, b))| form.stakes()[*index].player == player && a != b)
        .map(|(index, (a, b))| (StakeId::from_index(index), a - b))
        .collect();
    stakes.sort_by(|(a_id, a), (b_id, b)| b.abs().cmp(&a.abs()).then(a_id.cmp(b_id)));
    Some(Breakdown { chosen, against, stakes })
}

fn below(form: &GameForm, member: NodeId, action: ActionId) -> NodeId {
    let first = form.info_set(form.set_of_action(action)).first_action;
    form.child(member, action.index() - first.index())
}

/// The expected amount of every stake of the game below weighted starts.
fn expected_stakes(play: &Play, starts: &[(NodeId, Rational)], plan: &Plan) -> Vec<Rational> {
    let form = play.form();
    let mut amounts = vec![Rational::ZERO; form.stakes().len()];
    let mut open: Vec<(NodeId, Rational)> = starts.to_vec();
    while let Some((node, weight)) = open.pop() {
        if weight.is_zero() {
            continue;
        }
        if let NodeKind::End(row) = form.kind(node) {
            for (stake, amount) in play.instance().row_stakes(row) {
                amounts[stake.index()] += &(&weight * amount);
            }
            continue;
        }
        let planned = match form.kind(node) {
            NodeKind::Decision(set) => plan.get(&set),
            _ => None,
        };
        match planned {
            Some(action) => open.push((below(form, node, *action), weight)),
            None => {
                open.extend(form.children(node).map(|child| (child, &weight * play.edge(child))))
            }
        }
    }
    amounts
}
