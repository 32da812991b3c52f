//! The search: options for every situation, the last ones first, that may be best for some belief
//! and leave some Nash equilibrium.

use super::place::{Options, Place};
use crate::Budget;
use crate::solvers::products::{Points, Product};
use crate::solvers::sequence_form::Side;
use detente_game::InfoSetId;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use std::collections::{BTreeMap, BTreeSet};

/// A face of a product of Nash equilibria with options that are taken there: at every situation
/// that its owner's plans lead to, all of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Face {
    pub product: Product,
    /// Per situation.
    pub options: Vec<Options>,
}

pub(super) struct Search<'a, 'b> {
    form: &'a GameForm,
    places: &'a [Place],
    /// Situations in the order in which their options are decided.
    order: Vec<InfoSetId>,
    /// Per step, the situations of which all that matters is decided then.
    due: Vec<Vec<InfoSetId>>,
    /// Per player and vertex, the options taken at each situation; none where the plan never leads.
    taken: [Vec<Vec<Options>>; 2],
    options: Vec<Options>,
    known: BTreeMap<(InfoSetId, Vec<Options>), bool>,
    budget: &'a mut Budget<'b>,
    pub faces: BTreeSet<Face>,
}

impl<'a, 'b> Search<'a, 'b> {
    pub fn new(
        instance: &'a GameInstance,
        places: &'a [Place],
        sides: [&Side; 2],
        points: [&Points; 2],
        budget: &'a mut Budget<'b>,
    ) -> Self {
        let form = instance.form();
        let order = last_first(form);
        let mut due = vec![Vec::new(); order.len()];
        for place in places {
            let step = order.iter().rposition(|set| place.below.contains(set));
            due[step.expect("a situation is below itself")].push(place.set);
        }
        let taken = [0, 1].map(|player| {
            let list = &points[player].list;
            list.iter().map(|plan| options_taken(form, sides[player], plan)).collect()
        });
        let options = vec![0; order.len()];
        let faces = BTreeSet::new();
        Self { form, places, order, due, taken, options, known: BTreeMap::new(), budget, faces }
    }

    /// Decides options from step `step` on, with the faces of products that are left.
    pub fn run(&mut self, step: usize, alive: &[Product]) {
        let Some(&set) = self.order.get(step) else { return self.keep(alive) };
        let count = self.form.info_set(set).action_count;
        for options in 1..1u64 << count {
            if !self.budget.touch_slowly() {
                return;
            }
            let alive: Vec<Product> =
                alive.iter().filter_map(|product| self.within(product, set, options)).collect();
            if alive.is_empty() {
                continue;
            }
            self.options[set.index()] = options;
            if (0..self.due[step].len()).all(|at| self.may_be_best(self.due[step][at])) {
                self.run(step + 1, &alive);
            }
        }
    }

    /// The face of a product on which only these options are taken.
    fn within(&self, product: &Product, set: InfoSetId, options: Options) -> Option<Product> {
        let owner = self.form.info_set(set).player.index();
        let fits = |vertex: &usize| self.taken[owner][*vertex][set.index()] & !options == 0;
        let mut product = product.clone();
        let side = if owner == 0 { &mut product.first } else { &mut product.second };
        side.retain(fits);
        (!side.is_empty()).then_some(product)
    }

    /// Whether a situation's options may be best: a set of options only if each of them may.
    fn may_be_best(&mut self, set: InfoSetId) -> bool {
        let all = self.options[set.index()];
        let single = (0..64).map(|at| 1 << at).filter(|one: &Options| all & one != 0);
        let possible = all.is_power_of_two()
            || single.into_iter().all(|one| {
                self.options[set.index()] = one;
                self.is_known_best(set)
            });
        self.options[set.index()] = all;
        possible && self.is_known_best(set)
    }

    fn is_known_best(&mut self, set: InfoSetId) -> bool {
        let place = &self.places[set.index()];
        let below: Vec<Options> = place.below.iter().map(|set| self.options[set.index()]).collect();
        let (form, options) = (self.form, &self.options);
        *self.known.entry((set, below)).or_insert_with(|| place.may_be_best(form, options, None))
    }

    /// Keeps the faces inside which exactly the chosen options are taken.
    fn keep(&mut self, alive: &[Product]) {
        for product in alive {
            let exact = self.form.info_set_ids().all(|set| {
                let taken = self.taken_in(product, set);
                taken == 0 || taken == self.options[set.index()]
            });
            let face = Face { product: product.clone(), options: self.options.clone() };
            if exact && !self.faces.contains(&face) && self.budget.find() {
                self.faces.insert(face);
            }
        }
    }

    /// The options taken at a situation inside a face; none if its owner's plans never lead there.
    pub fn taken_in(&self, product: &Product, set: InfoSetId) -> Options {
        let owner = self.form.info_set(set).player.index();
        let vertices = if owner == 0 { &product.first } else { &product.second };
        let taken = vertices.iter().map(|vertex| self.taken[owner][*vertex][set.index()]);
        taken.fold(0, |all, one| all | one)
    }
}

/// The situations, those with the longest histories first.
fn last_first(form: &GameForm) -> Vec<InfoSetId> {
    let mut depth = vec![0; form.node_count()];
    for node in form.nodes().skip(1) {
        let parent = form.parent(node).expect("only the root has no parent");
        depth[node.index()] = depth[parent.index()] + 1;
    }
    let depth = |set: &InfoSetId| form.members(*set).iter().map(|node| depth[node.index()]).max();
    let mut order: Vec<InfoSetId> = form.info_set_ids().collect();
    order.sort_by_key(|set| (std::cmp::Reverse(depth(set)), *set));
    order
}

fn options_taken(form: &GameForm, side: &Side, plan: &[detente_game::Rational]) -> Vec<Options> {
    let mut taken = vec![0; form.info_sets().len()];
    for (choice, set) in side.choices.iter().zip(&side.sets) {
        for (at, sequence) in choice.sequences().enumerate() {
            if plan[sequence].is_positive() {
                taken[set.index()] |= 1 << at;
            }
        }
    }
    taken
}
