//! Sequential equilibrium (Kreps and Wilson, Econometrica 50, 1982): the beliefs are the limit of
//! Bayes' rule along fully mixed profiles.
//!
//! It is enough to look at trembles `weight * t^order` with integer orders as `t` goes to 0
//! (Kreps and Wilson's labellings; Kohlberg and Reny, Journal of Economic Theory 75, 1997;
//! Streufert 2006 onwards). A belief is then held in the members of lowest total order,
//! proportional to the product of the weights on the way. Orders and weights are the certificate.
//!
//! The definition has chance give every branch positive probability. Here a branch may have
//! probability 0, for instance at the end of a parameter's range; it is taken as a tremble
//! infinitely smaller than any product of players' trembles, so that nobody believes in it as long
//! as another member of the set needs fewer of them. Behind such a branch it has an order and a
//! weight like an action. With private beliefs all players share the trembles of actions and each
//! has his own branch probabilities.

use crate::beliefs::Situation;
use crate::certificate::Certificate;
use crate::concepts::supports::{self, Ending, Model, Outcome, Place, Solution};
use crate::concepts::{broken, forced, no_joint_beliefs, weights};
use crate::reach::{View, normalised};
use crate::recheck::Refusal;
use detente_game::form::NodeKind;
use detente_game::{ActionId, BranchId, NodeId, Rational};
use std::collections::BTreeMap;

/// Trembles, borrowed from a certificate.
pub(crate) struct Trembles<'a> {
    pub order: &'a [u32],
    pub weight: &'a [Rational],
    pub branch_order: &'a [u32],
    pub branch_weight: &'a [Rational],
}

/// How likely a node is as the trembles vanish: number of impossible branches, then order, then
/// weight.
#[derive(Clone)]
struct Likelihood {
    impossible: u32,
    order: u64,
    weight: Rational,
}

/// The limit beliefs of trembles, after checking that they are trembles of the profile.
pub(crate) fn derive(views: &[View], trembles: &Trembles) -> Result<Vec<Vec<Rational>>, String> {
    let Some(first) = views.first() else { return Ok(Vec::new()) };
    check(first, trembles)?;
    let likelihoods: Vec<_> = views.iter().map(|view| likelihoods(view, trembles)).collect();
    let belief = |set| {
        let own = &likelihoods[first.form.info_set(set).player.index()];
        let members = first.form.members(set);
        let key = |node: &NodeId| (own[node.index()].impossible, own[node.index()].order);
        let lowest = members.iter().map(key).min();
        let weights = members.iter().map(|node| match lowest {
            Some(lowest) if key(node) == lowest => own[node.index()].weight.clone(),
            _ => Rational::ZERO,
        });
        normalised(weights.collect()).unwrap_or_default()
    };
    Ok(first.form.info_set_ids().map(belief).collect())
}

fn check(view: &View, trembles: &Trembles) -> Result<(), String> {
    let (actions, branches) = (view.form.action_count(), view.form.branch_count());
    let sizes = trembles.order.len() == actions
        && trembles.weight.len() == actions
        && trembles.branch_order.len() == branches
        && trembles.branch_weight.len() == branches;
    if !sizes {
        return Err("its trembles are not those of this game's actions".to_owned());
    }
    let positive = trembles.weight.iter().chain(trembles.branch_weight).all(Rational::is_positive);
    if !positive || trembles.branch_order.contains(&0) {
        return Err("a tremble is not positive".to_owned());
    }
    for index in 0..actions {
        let played = view.profile.of(ActionId::from_index(index));
        let (order, weight) = (trembles.order[index], &trembles.weight[index]);
        let fits = if played.is_zero() { order > 0 } else { order == 0 && weight == played };
        if !fits {
            return Err("its trembles do not tend to the profile".to_owned());
        }
    }
    Ok(())
}

fn likelihoods(view: &View, trembles: &Trembles) -> Vec<Likelihood> {
    let start = Likelihood { impossible: 0, order: 0, weight: Rational::ONE };
    let mut found = vec![start; view.form.node_count()];
    for node in view.form.nodes().skip(1) {
        let parent = view.form.parent(node).expect("only the root has no parent");
        let mut here = found[parent.index()].clone();
        if let Some(action) = view.form.action_into(node) {
            here.order += u64::from(trembles.order[action.index()]);
            here.weight *= &trembles.weight[action.index()];
        } else if let Some(branch) = view.form.branch_into(node) {
            let edge = view.edge(node);
            if edge.is_zero() {
                here.impossible += 1;
                here.order += u64::from(trembles.branch_order[branch.index()]);
                here.weight *= &trembles.branch_weight[branch.index()];
            } else {
                here.weight *= &edge;
            }
        }
        found[node.index()] = here;
    }
    found
}

/// A move of probability 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    Action(ActionId),
    Branch(BranchId),
}

/// Finds trembles, or proves that there are none.
pub(crate) fn search(views: &[View], unreached: &mut [Situation]) -> Result<Certificate, Refusal> {
    let mut build = Build::default();
    for situation in unreached.iter() {
        build.add(situation);
    }
    let Build { model, slips, .. } = build;
    if let Some(failure) = forced(unreached, &model) {
        return Err(Refusal::Fails(failure));
    }
    let finish = &mut |situations: &mut [Situation], solution: &Solution| {
        Ok(match weights::find(situations, &model, solution)? {
            Ending::Accepted(weight) => Ending::Accepted((solution.order.clone(), weight)),
            Ending::Contradiction(conflict) => Ending::Contradiction(conflict),
            Ending::Open => Ending::Open,
        })
    };
    match supports::search(unreached, &model, finish) {
        Outcome::Found((order, weight)) => certificate(views, &slips, &order, &weight),
        Outcome::Impossible(stuck) => {
            Err(Refusal::Fails(no_joint_beliefs(unreached, stuck, "limit of trembles")))
        }
        Outcome::NoneAccepted => Err(Refusal::Senseless(
            "orders of trembles were found, and beliefs of the right supports under which every \
             choice is best, but no weights of trembles that give such beliefs"
                .to_owned(),
        )),
        Outcome::Stopped => Err(Refusal::Senseless(
            "the search for trembles was stopped before all supports of beliefs were tried"
                .to_owned(),
        )),
        Outcome::Broken => Err(broken()),
    }
}

fn certificate(
    views: &[View],
    slips: &BTreeMap<Slip, usize>,
    found_order: &[u32],
    found_weight: &[Rational],
) -> Result<Certificate, Refusal> {
    let (form, profile) = (views[0].form, views[0].profile);
    let mut order: Vec<u32> =
        profile.probability.iter().map(|played| u32::from(played.is_zero())).collect();
    let mut weight: Vec<Rational> = profile
        .probability
        .iter()
        .map(|played| if played.is_zero() { Rational::ONE } else { played.clone() })
        .collect();
    let mut branch_order = vec![1; form.branch_count()];
    let mut branch_weight = vec![Rational::ONE; form.branch_count()];
    for (slip, id) in slips {
        let (orders, weights, at) = match slip {
            Slip::Action(action) => (&mut order, &mut weight, action.index()),
            Slip::Branch(branch) => (&mut branch_order, &mut branch_weight, branch.index()),
        };
        orders[at] = found_order[*id];
        weights[at] = found_weight[*id].clone();
    }
    let trembles = Trembles {
        order: &order,
        weight: &weight,
        branch_order: &branch_order,
        branch_weight: &branch_weight,
    };
    let beliefs = derive(views, &trembles).map_err(Refusal::Certificate)?;
    Ok(Certificate::Sequential { order, weight, branch_order, branch_weight, beliefs })
}

/// Collects the slips that matter and the members' groups: members after the same slips.
#[derive(Default)]
struct Build {
    model: Model,
    slips: BTreeMap<Slip, usize>,
    groups: BTreeMap<Vec<usize>, usize>,
}

impl Build {
    fn add(&mut self, situation: &Situation) {
        let members = situation.view.form.members(situation.set);
        let found: Vec<(u32, Vec<Slip>)> =
            members.iter().map(|node| slips_before(situation.view, *node)).collect();
        let least = found.iter().map(|(impossible, _)| *impossible).min();
        let group = found
            .iter()
            .map(|(impossible, slips)| (Some(*impossible) == least).then(|| self.group(slips)))
            .collect();
        self.model.places.push(Place { group, factor: situation.factors() });
    }

    fn group(&mut self, slips: &[Slip]) -> usize {
        let mut signature: Vec<usize> = slips.iter().map(|slip| self.variable(*slip)).collect();
        signature.sort_unstable();
        let next = self.groups.len();
        let id = *self.groups.entry(signature.clone()).or_insert(next);
        if id == next {
            self.model.order.push(signature.iter().map(|variable| (*variable, 1)).collect());
            self.model.monomials.push(signature);
        }
        id
    }

    fn variable(&mut self, slip: Slip) -> usize {
        let next = self.slips.len();
        let id = *self.slips.entry(slip).or_insert(next);
        if id == next {
            self.model.variables += 1;
            self.model.at_least_one.push(vec![(id, 1)]);
        }
        id
    }
}

/// The moves of probability 0 before a node, and how many of them are chance's.
fn slips_before(view: &View, node: NodeId) -> (u32, Vec<Slip>) {
    let mut impossible = 0;
    let mut slips = Vec::new();
    let mut here = node;
    while let Some(parent) = view.form.parent(here) {
        if view.edge(here).is_zero() {
            if let NodeKind::Chance(_) = view.form.kind(parent) {
                impossible += 1;
                slips.extend(view.form.branch_into(here).map(Slip::Branch));
            } else {
                slips.extend(view.form.action_into(here).map(Slip::Action));
            }
        }
        here = parent;
    }
    (impossible, slips)
}
