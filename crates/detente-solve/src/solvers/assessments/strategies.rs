//! A player's strategies inside a face, as a polytope: the weights of his plan, and where it never
//! leads, those of the plans that begin there.

use super::cell::Scene;
use super::place::Place;
use super::search::Face;
use detente_game::{ActionId, InfoSetId, NodeId, PlayerId, Profile, Rational};
use detente_linear::{Program, RowRelation, is_mixture, vertices_up_to};
use std::collections::BTreeSet;

/// The most vertices of one player's polytope.
const MOST_VERTICES: usize = 256;
/// The most own plans that are compared after a situation.
const MOST_PLANS: usize = 256;

/// A weight for every action of the form; zeros at the other player's.
pub(super) type Strategy = Vec<Rational>;

impl Scene<'_> {
    /// The vertices of a player's strategies inside a face; `None` if there are too many.
    pub fn strategies(&self, face: &Face, player: PlayerId) -> Option<Vec<Strategy>> {
        let form = self.instance.form();
        let mut all: Vec<Strategy> =
            self.vertices(face, player).iter().map(|at| self.plan(player, *at)).collect();
        for set in self.in_order(player).filter(|set| !self.is_told(face, *set)) {
            let before = self.before(form.members(set)[0], player);
            let options = super::place::actions(form, set, face.options[set.index()]);
            let options: Vec<ActionId> = options.collect();
            if all.len() * options.len() > MOST_VERTICES {
                return None;
            }
            let lead = |strategy: &Strategy| self.weight(face, before, strategy);
            let with = |strategy: &Strategy, option: &ActionId| {
                let mut next = strategy.clone();
                next[option.index()] = lead(strategy);
                next
            };
            all =
                all.iter().flat_map(|one| options.iter().map(|option| with(one, option))).collect();
        }
        let distinct: BTreeSet<Strategy> = all.into_iter().collect();
        Some(distinct.into_iter().collect())
    }

    /// A player's situations, earlier ones first.
    fn in_order(&self, player: PlayerId) -> impl Iterator<Item = InfoSetId> + '_ {
        self.sides[player.index()].sets.iter().copied()
    }

    fn plan(&self, player: PlayerId, vertex: usize) -> Strategy {
        let form = self.instance.form();
        let (side, plan) = (self.sides[player.index()], &self.points[player.index()].list[vertex]);
        let mut strategy = vec![Rational::ZERO; form.action_count()];
        for (choice, set) in side.choices.iter().zip(&side.sets) {
            for (action, sequence) in form.actions(*set).zip(choice.sequences()) {
                strategy[action.index()] = plan[sequence].clone();
            }
        }
        strategy
    }

    /// The last action of a player before a node.
    fn before(&self, mut node: NodeId, player: PlayerId) -> Option<ActionId> {
        let form = self.instance.form();
        loop {
            let parent = form.parent(node)?;
            let action = form.action_into(node);
            if let Some(action) = action
                && form.info_set(form.set_of_action(action)).player == player
            {
                return Some(action);
            }
            node = parent;
        }
    }

    /// What leads on from an action: its weight, and 1 where plans begin anew after it because it
    /// is never taken.
    fn weight(&self, face: &Face, action: Option<ActionId>, strategy: &Strategy) -> Rational {
        match action {
            Some(action) if self.is_taken(face, action) => strategy[action.index()].clone(),
            _ => Rational::ONE,
        }
    }

    fn is_taken(&self, face: &Face, action: ActionId) -> bool {
        let form = self.instance.form();
        let set = form.set_of_action(action);
        let at = form.actions(set).position(|own| own == action).expect("one of its actions");
        face.options[set.index()] >> at & 1 == 1
    }

    /// The vertices of those strategies of a player under which the other one's options at some
    /// situations of single members are best; none if not all options can be taken under them,
    /// `None` if there is too much to compute.
    pub fn cut(
        &self,
        face: &Face,
        strategies: Vec<Strategy>,
        places: &[&Place],
        player: PlayerId,
    ) -> Option<Vec<Strategy>> {
        if places.is_empty() {
            return Some(strategies);
        }
        let form = self.instance.form();
        let mut program = Program::new(strategies.len());
        let all: Vec<_> = (0..strategies.len()).map(|at| (at, Rational::ONE)).collect();
        program.row(&all, RowRelation::Eq, Rational::ONE);
        for place in places {
            self.write_best(face, &strategies, place, &mut program)?;
        }
        let mixtures = vertices_up_to(&program, MOST_VERTICES).ok()?;
        let points: BTreeSet<Strategy> =
            mixtures.iter().map(|mixture| mixed(&strategies, mixture)).collect();
        let points: Vec<Strategy> = points.into_iter().collect();
        let is_met = |action: &ActionId| points.iter().any(|one| !one[action.index()].is_zero());
        let own = self.in_order(player).flat_map(|set| form.actions(set));
        if !own.filter(|action| self.is_taken(face, *action)).all(|action| is_met(&action)) {
            return Some(Vec::new());
        }
        Some(extreme(points))
    }

    /// Writes down that a situation's options are best, in weights of the other player's strategies.
    fn write_best(
        &self,
        face: &Face,
        strategies: &[Strategy],
        place: &Place,
        program: &mut Program,
    ) -> Option<()> {
        let form = self.instance.form();
        let other = PlayerId::from_index(1 - place.player.index());
        let lead = self.before(form.members(place.set)[0], other);
        let plans = place.plans(form, MOST_PLANS)?;
        let worth = |plan: &Vec<ActionId>, strategy: &Strategy| {
            let weight = |action: Option<ActionId>| match action {
                Some(action) if !self.is_played(face, place, action) => Rational::ZERO,
                Some(action) => strategy[action.index()].clone(),
                None => self.weight(face, lead, strategy),
            };
            place.worth(plan, &weight)
        };
        let keeps = |plan: &&Vec<ActionId>| plan.iter().all(|own| self.is_taken(face, *own));
        let kept = plans.iter().find(keeps).expect("an option everywhere");
        for plan in &plans {
            let gains = strategies.iter().map(|one| worth(kept, one) - worth(plan, one));
            let row: Vec<(usize, Rational)> = gains.enumerate().collect();
            let relation = if keeps(&plan) { RowRelation::Eq } else { RowRelation::Ge };
            program.row(&row, relation, Rational::ZERO);
        }
        Some(())
    }

    /// Whether the other player may take an action after a situation, and those on the way to it.
    fn is_played(&self, face: &Face, place: &Place, action: ActionId) -> bool {
        let set = self.instance.form().set_of_action(action);
        self.is_taken(face, action)
            && place.between(set).is_none_or(|before| self.is_played(face, place, before))
    }

    /// A pair of strategies as behaviour; what they do not tell is done as in `rest`.
    pub fn behaviour(&self, strategies: [&Strategy; 2], rest: &Profile) -> Profile {
        let form = self.instance.form();
        let mut profile = rest.clone();
        for set in form.info_set_ids() {
            let strategy = strategies[form.info_set(set).player.index()];
            let total: Rational = form.actions(set).map(|own| &strategy[own.index()]).sum();
            if total.is_zero() {
                continue;
            }
            for action in form.actions(set) {
                profile.probability[action.index()] = &strategy[action.index()] / &total;
            }
        }
        profile
    }
}

/// The mean of some strategies.
pub(super) fn mean(strategies: &[Strategy]) -> Strategy {
    let share = Rational::new(1, strategies.len() as i64);
    mixed(strategies, &vec![share; strategies.len()])
}

fn mixed(strategies: &[Strategy], mixture: &[Rational]) -> Strategy {
    let mut sum = vec![Rational::ZERO; strategies[0].len()];
    for (strategy, share) in strategies.iter().zip(mixture).filter(|(_, share)| !share.is_zero()) {
        for (total, weight) in sum.iter_mut().zip(strategy) {
            *total += weight * share;
        }
    }
    sum
}

/// The points that are no mixtures of others.
fn extreme(points: Vec<Strategy>) -> Vec<Strategy> {
    let is_extreme = |point: &&Strategy| {
        let others: Vec<&Strategy> = points.iter().filter(|other| other != point).collect();
        others.is_empty() || !is_mixture(point, &others)
    };
    points.iter().filter(is_extreme).cloned().collect()
}
