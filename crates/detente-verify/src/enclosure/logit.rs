//! Logit quantal-response equilibria in a box (McKelvey and Palfrey 1998, agent form): at every
//! situation the odds of two actions are the exponential of `lambda` times the difference of what
//! they are worth there, given Bayes' rule.

use super::exponential::{exp, least};
use super::jet::{Jet, sum};
use super::newton;
use super::tree::Tree;
use crate::best_response::weighted;
use crate::reach::View;
use detente_game::number::Interval;
use detente_game::{GameInstance, InfoSetId, PlayerId, Profile, Rational};
use std::collections::BTreeMap;

/// Proves that a box of log-odds holds exactly one equilibrium; gives the probabilities.
///
/// `odds` has one interval per action: the logarithm of its probability over that of the first
/// action of its set, so `[0, 0]` for first actions.
pub(super) fn only_one(
    instance: &GameInstance,
    lambda: &Rational,
    odds: &[Interval],
) -> Result<Vec<Interval>, String> {
    let form = instance.form();
    if odds.len() != form.action_count() {
        return Err("it has not one interval for each action".to_owned());
    }
    if lambda.is_negative() {
        return Err("the precision is negative".to_owned());
    }
    let mut unknowns: Vec<usize> = Vec::new();
    for set in form.info_set_ids() {
        let mut actions = form.actions(set).map(|action| action.index());
        let first = actions.next().expect("a set has an action");
        if odds[first] != Interval::point(Rational::ZERO) {
            return Err("the odds of a first action are not 1".to_owned());
        }
        unknowns.extend(actions);
    }
    newton::affordable(form, unknowns.len())?;
    let start: Vec<Interval> = unknowns.iter().map(|at| odds[*at].clone()).collect();
    if start.iter().any(|one| one.low >= one.high) {
        return Err("the box has no inside".to_owned());
    }
    let system = |held: &[Interval]| equations(instance, lambda, held);
    let root = newton::only_root(&system, &start)?;
    Ok(moves(instance, &root)?.into_iter().map(|jet| jet.value).collect())
}

/// Probabilities from log-odds.
fn moves(instance: &GameInstance, held: &[Interval]) -> Result<Vec<Jet>, String> {
    let form = instance.form();
    let mut moves = Vec::with_capacity(form.action_count());
    let mut at = 0;
    for set in form.info_set_ids() {
        let mut parts = vec![Jet::number(Rational::ONE)];
        for _ in 1..form.actions(set).len() {
            let odds = Jet::variable(held[at].clone(), at, held.len());
            parts.push(odds.exp().ok_or("its odds are too extreme")?);
            at += 1;
        }
        let total = sum(parts.iter());
        for part in &parts {
            moves.push(part.div(&total).ok_or("its odds are too uncertain")?);
        }
    }
    Ok(moves)
}

/// Log-odds less `lambda` times the difference in worth.
fn equations(
    instance: &GameInstance,
    lambda: &Rational,
    held: &[Interval],
) -> Result<Vec<Jet>, String> {
    let form = instance.form();
    let tree = Tree { instance, form, moves: moves(instance, held)? };
    let mut known: BTreeMap<PlayerId, (Vec<Jet>, Vec<Jet>)> = BTreeMap::new();
    let mut all: Vec<Jet> = Vec::with_capacity(held.len());
    for set in form.info_set_ids() {
        let player = form.info_set(set).player;
        let (weights, values) =
            known.entry(player).or_insert_with(|| (tree.weights(player), tree.values(player)));
        let worths = tree.worths(set, weights, values);
        let members = form.members(set);
        let reach = sum(members.iter().map(|member| &weights[member.index()]));
        for worth in &worths[1..] {
            let better = given(&worth.sub(&worths[0]), &reach, members.len(), form, set)?;
            let at = all.len();
            let odds = Jet::variable(held[at].clone(), at, held.len());
            all.push(odds.sub(&better.scale(lambda)));
        }
    }
    Ok(all)
}

/// A difference given that the set is reached. Sets that chance never leads to, or that are no part
/// of the tree, have nothing to choose by.
fn given(
    difference: &Jet,
    reach: &Jet,
    members: usize,
    form: &detente_game::GameForm,
    set: InfoSetId,
) -> Result<Jet, String> {
    if members == 0 || reach.is_zero() {
        return Ok(Jet::number(Rational::ZERO));
    }
    difference.div(reach).ok_or_else(|| {
        format!("how often {} comes up is too uncertain", crate::words::situation(form, set))
    })
}

/// An upper bound of the greatest difference between a probability of a profile and that of the
/// logit response to it; `None` if the profile is not one of the game's or a situation does not come
/// up under it.
pub(super) fn gap(
    instance: &GameInstance,
    lambda: &Rational,
    profile: &Profile,
) -> Option<Rational> {
    let form = instance.form();
    if !profile.fits(form) || !form.has_perfect_recall() || lambda.is_negative() {
        return None;
    }
    let views = View::all(instance, profile);
    let mut most = Rational::ZERO;
    for set in form.info_set_ids().filter(|set| !form.members(*set).is_empty()) {
        let worths = worths_at(&views[form.info_set(set).player.index()], set)?;
        for (action, response) in form.actions(set).zip(responses(lambda, &worths)) {
            let share = profile.of(action);
            most = most.max((share - &response.low).abs()).max((share - &response.high).abs());
        }
    }
    Some(most)
}

/// What each action of a set is worth to its player, who goes on as the profile says.
fn worths_at(view: &View, set: InfoSetId) -> Option<Vec<Rational>> {
    let belief = view.bayes(set)?;
    let form = view.form;
    let worth = |position: usize| {
        let child = |member: &detente_game::NodeId| form.child(*member, position).index();
        let values: Vec<Rational> =
            form.members(set).iter().map(|member| view.value[child(member)].clone()).collect();
        weighted(&belief, &values)
    };
    Some((0..form.actions(set).len()).map(worth).collect())
}

/// Logit probabilities of options of these worths.
fn responses(lambda: &Rational, worths: &[Rational]) -> Vec<Interval> {
    let best = worths.iter().max().expect("a set has an action");
    let odds = |worth: &Rational| {
        let less = lambda * &(worth - best);
        exp(&Interval::point(less)).unwrap_or_else(least)
    };
    let odds: Vec<Interval> = worths.iter().map(odds).collect();
    let total = odds.iter().fold(Interval::point(Rational::ZERO), |sum, one| sum.add(one));
    let share =
        |one: Interval| Interval { low: one.low / &total.high, high: one.high / &total.low };
    odds.into_iter().map(share).collect()
}
