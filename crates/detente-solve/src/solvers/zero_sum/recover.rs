//! From realization plans to behaviour strategies.
//!
//! Where a plan gives weight, behaviour is the ratio of weights. Where a player's own plan never
//! leads, the plan says nothing; there he gets a best reply to the other's strategy, or, where
//! the other does not lead either, to one that tries everything.

use super::program::Plans;
use crate::solvers::pure::region::Region;
use crate::solvers::sequence_form::Sequences;
use detente_game::form::NodeKind;
use detente_game::instance::GameInstance;
use detente_game::{InfoSetId, NodeId, PlayerId, Profile, Rational};
use std::collections::HashMap;

/// Writes the behaviour of a region into the profile.
pub(super) fn behaviour(
    instance: &GameInstance,
    region: &Region,
    form: &Sequences,
    plans: &Plans,
    values: &HashMap<NodeId, Rational>,
    profile: &mut Profile,
) {
    let mut silent = Vec::new();
    for (side, weights) in form.sides.iter().zip(&plans.weights) {
        silent.extend(side.behave(instance, weights, profile).into_iter().rev());
    }
    for set in silent {
        let option = best_option(instance, region, values, profile, set);
        for (position, action) in instance.form().actions(set).enumerate() {
            profile.probability[action.index()] =
                if position == option { Rational::ONE } else { Rational::ZERO };
        }
    }
}

/// The best option at a set its owner's plan never reaches.
fn best_option(
    instance: &GameInstance,
    region: &Region,
    values: &HashMap<NodeId, Rational>,
    profile: &Profile,
    set: InfoSetId,
) -> usize {
    let form = instance.form();
    let player = form.info_set(set).player;
    let members = form.members(set);
    let uniform = Profile::uniform(form);
    let weigh = |others: &Profile| -> Vec<Rational> {
        members.iter().map(|&member| weight(instance, region, others, member, player)).collect()
    };
    let mut weights = weigh(profile);
    if weights.iter().all(Rational::is_zero) {
        weights = weigh(&uniform);
    }
    let worth = |option: usize| -> Rational {
        let each = members.iter().zip(&weights).filter(|(_, weight)| !weight.is_zero());
        each.map(|(&member, weight)| {
            let child = form.child(member, option);
            value(instance, region, values, profile, child) * weight
        })
        .sum()
    };
    let mut best = (0, worth(0));
    for option in 1..form.actions(set).len() {
        let here = worth(option);
        let better = if player == PlayerId(0) { here > best.1 } else { here < best.1 };
        if better {
            best = (option, here);
        }
    }
    best.0
}

/// How likely chance and the other player make a node, whatever its owner does.
fn weight(
    instance: &GameInstance,
    region: &Region,
    profile: &Profile,
    node: NodeId,
    player: PlayerId,
) -> Rational {
    let form = instance.form();
    let (mut product, mut here) = (Rational::ONE, node);
    while here != region.root && !product.is_zero() {
        if let Some(branch) = form.branch_into(here) {
            product *= instance.branch(branch);
        } else if let Some(action) = form.action_into(here)
            && form.info_set(form.set_of_action(action)).player != player
        {
            product *= profile.of(action);
        }
        here = form.parent(here).expect("the region's root is above");
    }
    product
}

/// What a node is worth to the first player under the profile.
fn value(
    instance: &GameInstance,
    region: &Region,
    values: &HashMap<NodeId, Rational>,
    profile: &Profile,
    node: NodeId,
) -> Rational {
    let form = instance.form();
    if region.block_at(node).is_some() {
        return values[&node].clone();
    }
    let mean = |child: NodeId, probability: &Rational| {
        if probability.is_zero() {
            Rational::ZERO
        } else {
            value(instance, region, values, profile, child) * probability
        }
    };
    match form.kind(node) {
        NodeKind::End(_) => instance.payoff(node, PlayerId(0)).clone(),
        NodeKind::Decision(set) => form
            .children(node)
            .zip(form.actions(set))
            .map(|(child, action)| mean(child, profile.of(action)))
            .sum(),
        NodeKind::Chance(lottery) => form
            .children(node)
            .zip(form.branches(lottery))
            .map(|(child, branch)| mean(child, instance.branch(branch)))
            .sum(),
    }
}
