//! Perfect Bayesian equilibrium (Bonanno, "AGM-consistency and perfect Bayesian equilibrium.
//! Part I", International Journal of Game Theory 42, 2013).
//!
//! The beliefs must be rationalised by a plausibility order of all histories: a move of positive
//! probability leads to an equally plausible history, a move of probability 0 to a less plausible
//! one, and a belief is held in exactly the most plausible members of a set. Inside each class of
//! equally plausible histories beliefs follow Bayes' rule from one common density.
//!
//! The density is asked for on every history, believed in or not, so that what follows one
//! unexpected move by positive-probability moves is tied together even where that move's own
//! history is not believed in; every sequential equilibrium satisfies this. Branches of chance of
//! probability 0 count as moves of probability 0. Players who disagree on which branches these
//! are have an order each.

use crate::beliefs::Situation;
use crate::certificate::{Certificate, Plausibility};
use crate::concepts::supports::{self, Ending, Model, Outcome, Place, Solution};
use crate::concepts::{broken, forced, no_joint_beliefs};
use crate::reach::{View, normalised};
use crate::recheck::Refusal;
use crate::words;
use detente_game::{GameForm, NodeId, PlayerId, Rational};
use std::collections::BTreeMap;

/// The beliefs that follow from plausibility orders, after checking these.
pub(crate) fn derive(
    views: &[View],
    plausibility: &[Plausibility],
) -> Result<Vec<Vec<Rational>>, String> {
    let Some(first) = views.first() else { return Ok(Vec::new()) };
    let mut order_of: Vec<Option<&Plausibility>> = vec![None; views.len()];
    for entry in plausibility {
        for player in &entry.players {
            let place = order_of.get_mut(player.index()).ok_or("it names an unknown player")?;
            if place.replace(entry).is_some() {
                return Err("it gives a player two orders".to_owned());
            }
        }
    }
    let mut checked = Vec::with_capacity(views.len());
    for (view, order) in views.iter().zip(order_of) {
        let order = order.ok_or("it leaves out a player")?;
        check_order(view, order)?;
        checked.push((order, densities(view, order)));
    }
    let belief = |set| {
        let (entry, density) = &checked[first.form.info_set(set).player.index()];
        let members = first.form.members(set);
        let rank = |node: &NodeId| entry.order[node.index()];
        let top = members.iter().map(rank).min();
        let weights = members.iter().map(|node| match top {
            Some(top) if rank(node) == top => density[node.index()].clone(),
            _ => Rational::ZERO,
        });
        normalised(weights.collect()).unwrap_or_default()
    };
    Ok(first.form.info_set_ids().map(belief).collect())
}

fn check_order(view: &View, entry: &Plausibility) -> Result<(), String> {
    let count = view.form.node_count();
    if entry.order.len() != count || entry.weight.len() != count {
        return Err("its plausibility order is not one of this game's histories".to_owned());
    }
    let root = GameForm::ROOT.index();
    if entry.order[root] != 0 || entry.weight.iter().any(|weight| !weight.is_positive()) {
        return Err("a density is not positive, or the root not most plausible".to_owned());
    }
    for node in view.form.nodes().skip(1) {
        let parent = view.form.parent(node).expect("only the root has no parent");
        let (here, above) = (entry.order[node.index()], entry.order[parent.index()]);
        let same = entry.weight[node.index()] == entry.weight[parent.index()];
        let fits = if view.edge(node).is_zero() { here > above } else { here == above && same };
        if !fits {
            let name = words::player(view.form, view.player);
            return Err(format!(
                "its plausibility order breaks a rule at node {} ({name})",
                node.0
            ));
        }
    }
    Ok(())
}

/// Weight of the stretch times the probabilities of all positive-probability moves before.
fn densities(view: &View, entry: &Plausibility) -> Vec<Rational> {
    let mut product = vec![Rational::ONE; view.form.node_count()];
    for node in view.form.nodes().skip(1) {
        let parent = view.form.parent(node).expect("only the root has no parent");
        let edge = view.edge(node);
        product[node.index()] = match edge.is_zero() {
            true => product[parent.index()].clone(),
            false => &product[parent.index()] * &edge,
        };
    }
    product.iter().zip(&entry.weight).map(|(product, weight)| product * weight).collect()
}

/// Finds an order and densities, or proves that there are none.
pub(crate) fn search(views: &[View], unreached: &mut [Situation]) -> Result<Certificate, Refusal> {
    let stretches = Stretches::new(views);
    let mut build = Build::default();
    for situation in unreached.iter() {
        build.add(&stretches, situation);
    }
    let Build { model, ids } = build;
    if let Some(failure) = forced(unreached, &model) {
        return Err(Refusal::Fails(failure));
    }
    let finish = &mut |_: &mut [Situation], solution: &Solution| {
        Ok(Ending::Accepted(stretches.plausibility(&ids, solution)))
    };
    match supports::search(unreached, &model, finish) {
        Outcome::Found(plausibility) => {
            let beliefs = derive(views, &plausibility).map_err(Refusal::Certificate)?;
            Ok(Certificate::Pbe { plausibility, beliefs })
        }
        Outcome::Impossible(stuck) => {
            Err(Refusal::Fails(no_joint_beliefs(unreached, stuck, "plausibility order")))
        }
        Outcome::NoneAccepted | Outcome::Stopped => Err(Refusal::Senseless(
            "the search for a plausibility order was stopped before all supports of beliefs were \
             tried"
                .to_owned(),
        )),
        Outcome::Broken => Err(broken()),
    }
}

/// For every group of players who agree on which branches are impossible, the stretch (its first
/// node) of positive-probability moves on which each node lies.
struct Stretches<'a> {
    form: &'a GameForm,
    players: Vec<Vec<PlayerId>>,
    start: Vec<Vec<NodeId>>,
}

impl<'a> Stretches<'a> {
    fn new(views: &'a [View]) -> Self {
        let form = views[0].form;
        let mut found = Self { form, players: Vec::new(), start: Vec::new() };
        for view in views {
            let mut start = vec![GameForm::ROOT; form.node_count()];
            for node in form.nodes().skip(1) {
                let parent = form.parent(node).expect("only the root has no parent");
                start[node.index()] =
                    if view.edge(node).is_zero() { node } else { start[parent.index()] };
            }
            match found.start.iter().position(|known| *known == start) {
                Some(at) => found.players[at].push(view.player),
                None => {
                    found.players.push(vec![view.player]);
                    found.start.push(start);
                }
            }
        }
        found
    }

    fn camp(&self, player: PlayerId) -> usize {
        self.players
            .iter()
            .position(|players| players.contains(&player))
            .expect("every player is in a camp")
    }

    /// The stretch before the one that starts at `start`; `None` for the first.
    fn before(&self, camp: usize, start: NodeId) -> Option<NodeId> {
        self.form.parent(start).map(|parent| self.start[camp][parent.index()])
    }

    fn plausibility(&self, ids: &Ids, solution: &Solution) -> Vec<Plausibility> {
        (0..self.players.len()).map(|camp| self.plausibility_of(camp, ids, solution)).collect()
    }

    fn plausibility_of(&self, camp: usize, ids: &Ids, solution: &Solution) -> Plausibility {
        let mine = ids.iter().filter(|((of, _), _)| *of == camp);
        let mut levels: Vec<u32> = mine.map(|(_, id)| solution.order[*id]).collect();
        levels.push(0);
        levels.sort_unstable();
        levels.dedup();
        let mut order = vec![0; self.form.node_count()];
        let mut weight = vec![Rational::ONE; self.form.node_count()];
        for node in self.form.nodes().skip(1) {
            let parent = self.form.parent(node).expect("only the root has no parent").index();
            let known = ids.get(&(camp, node));
            (order[node.index()], weight[node.index()]) = match known {
                _ if self.start[camp][node.index()] != node => {
                    (order[parent], weight[parent].clone())
                }
                Some(id) => {
                    let rank = levels.partition_point(|level| *level < solution.order[*id]);
                    let density = solution.density.get(&vec![*id]).cloned();
                    (rank as u32, density.unwrap_or(Rational::ONE))
                }
                // No situation depends on this stretch: anything less plausible does.
                None => (order[parent] + 1, Rational::ONE),
            };
        }
        Plausibility { players: self.players[camp].clone(), order, weight }
    }
}

/// Numbers of the stretches that matter, by camp and first node. A stretch is a group, and its
/// rank the variable of the same number.
type Ids = BTreeMap<(usize, NodeId), usize>;

#[derive(Default)]
struct Build {
    model: Model,
    ids: Ids,
}

impl Build {
    fn add(&mut self, stretches: &Stretches, situation: &Situation) {
        let view = situation.view;
        let camp = stretches.camp(view.player);
        let members = view.form.members(situation.set);
        let group = members
            .iter()
            .map(|node| Some(self.id(stretches, camp, stretches.start[camp][node.index()])))
            .collect();
        self.model.places.push(Place { group, factor: situation.factors() });
    }

    fn id(&mut self, stretches: &Stretches, camp: usize, start: NodeId) -> usize {
        if let Some(known) = self.ids.get(&(camp, start)) {
            return *known;
        }
        let before = stretches.before(camp, start);
        let after = before.map(|before| self.id(stretches, camp, before));
        let id = self.model.variables;
        self.ids.insert((camp, start), id);
        self.model.variables += 1;
        self.model.order.push(vec![(id, 1)]);
        self.model.monomials.push(vec![id]);
        if let Some(before) = after {
            self.model.at_least_one.push(vec![(id, 1), (before, -1)]);
        }
        id
    }
}
