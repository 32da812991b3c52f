//! Sequential rationality at one information set: best under Bayes' rule if it is reached, best
//! under some belief if it is not; against every plan for the rest of the game.

use super::amount::{Amount, Belief};
use super::belief::{Support, supporting};
use super::region::{Check, Region};
use super::reply::{Plan, Total, Weights};
use super::tables::Tables;
use detente_game::{InfoSetId, NodeId};

impl<T: Amount> Tables<'_, T> {
    /// Runs one check of a search step. `strict` demands Bayes' rule where reach is known.
    pub(super) fn passes(&self, region: &Region, check: Check, strict: bool) -> bool {
        if check.reach_known && strict {
            let player = self.prepared.owner(check.set);
            let members = self.prepared.form.members(check.set);
            let reached: Vec<NodeId> = members
                .iter()
                .copied()
                .filter(|member| self.is_reached(region, *member, player))
                .collect();
            if !reached.is_empty() {
                return self.is_best_at(region, check.set, &reached);
            }
        }
        check.belief_known || self.has_belief(region, check.set)
    }

    /// Whether the unit still has something to decide after this set.
    fn plans_ahead(&self, set: InfoSetId) -> bool {
        let (form, unit) = (&self.prepared.form, self.prepared.unit[set.index()]);
        self.plans
            && form.members(set).iter().any(|&member| {
                form.children(member).any(|child| !self.prepared.is_idle(unit, child))
            })
    }

    /// Whether the choice at a reached set is best under Bayes' rule.
    fn is_best_at(&self, region: &Region, set: InfoSetId, reached: &[NodeId]) -> bool {
        let chosen = self.choice[set.index()] as usize;
        let player = self.prepared.owner(set);
        let earned = self.sum(reached, chosen, player);
        for option in 0..self.option_count(set) {
            if option != chosen && self.sum(reached, option, player) > earned {
                return false;
            }
        }
        if !self.plans_ahead(set) {
            return true;
        }
        let (_, best) = self.best_plan(region, set, reached, &Weights::Equal);
        best <= Total::Plain(earned)
    }

    fn sum(&self, members: &[NodeId], option: usize, player: usize) -> T {
        let mut total = T::zero();
        for &member in members {
            total.add(self.value(self.prepared.form.child(member, option), player));
        }
        total
    }

    /// Whether some belief makes the choice at a set best.
    fn has_belief(&self, region: &Region, set: InfoSetId) -> bool {
        let members = self.prepared.form.members(set);
        let mut gains = self.one_shot_gains(set, members);
        let ahead = self.plans_ahead(set);
        loop {
            let support = supporting(&gains, members.len());
            let belief = match &support {
                Support::None => return false,
                _ if !ahead => return true,
                Support::Member(member) => Weights::Only(*member),
                Support::Mixed(Belief::Shares(shares)) => Weights::Given(shares),
                Support::Mixed(Belief::Amounts(amounts)) => Weights::Amounts(amounts),
            };
            // Against this belief the best plan may gain; then it is one more row to satisfy.
            // There are finitely many plans, and none can come twice.
            match self.gaining_plan(region, set, members, &belief) {
                None => return true,
                Some(row) => gains.push(row),
            }
        }
    }

    /// What the choice earns more than each other option, member by member.
    fn one_shot_gains(&self, set: InfoSetId, members: &[NodeId]) -> Vec<Vec<T>> {
        let (form, player) = (&self.prepared.form, self.prepared.owner(set));
        let chosen = self.choice[set.index()] as usize;
        (0..self.option_count(set))
            .filter(|option| *option != chosen)
            .map(|option| {
                members
                    .iter()
                    .map(|&member| {
                        let earned = self.value(form.child(member, chosen), player);
                        earned.minus(self.value(form.child(member, option), player))
                    })
                    .collect()
            })
            .collect()
    }

    /// The row of a plan that gains under a belief, if there is one.
    fn gaining_plan(
        &self,
        region: &Region,
        set: InfoSetId,
        members: &[NodeId],
        weights: &Weights<'_, T>,
    ) -> Option<Vec<T>> {
        let player = self.prepared.owner(set);
        let mut earned = weights.zero();
        for (start, &member) in members.iter().enumerate() {
            weights.add(&mut earned, start, self.value(member, player));
        }
        let (planned, best) = self.best_plan(region, set, members, weights);
        if best <= earned {
            return None;
        }
        let gain = |(&member, planned): (&NodeId, &T)| self.value(member, player).minus(planned);
        Some(members.iter().zip(&planned).map(gain).collect())
    }

    /// The best plan from a set on: its value at each start, and in all.
    fn best_plan(
        &self,
        region: &Region,
        set: InfoSetId,
        starts: &[NodeId],
        weights: &Weights<'_, T>,
    ) -> (Vec<T>, Total<T>) {
        let (unit, player) = (self.prepared.unit[set.index()], self.prepared.owner(set));
        let later = region.own_below(set);
        let plan = Plan::best(self, region, unit, player, later, starts, weights);
        let mut best: Option<(Vec<T>, Total<T>)> = None;
        for option in 0..self.option_count(set) {
            let values: Vec<T> = starts
                .iter()
                .map(|&start| plan.value(self.prepared.form.child(start, option)))
                .collect();
            let mut total = weights.zero();
            for (start, value) in values.iter().enumerate() {
                weights.add(&mut total, start, value);
            }
            if best.as_ref().is_none_or(|(_, known)| total > *known) {
                best = Some((values, total));
            }
        }
        best.expect("a set has an option")
    }
}
