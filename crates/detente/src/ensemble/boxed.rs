//! What an equilibrium comes to that is known by a box of profiles: every number as an interval.

use super::Path;
use detente_analysis::analyses::ensemble::Quantity;
use detente_game::number::Interval;
use detente_game::{GameForm, NodeId, Rational};
use detente_verify::Enclosed;

/// Binary digits of an interval's ends; far more than a double has.
const BITS: usize = 128;

/// Play under one of the profiles of a box.
pub(super) struct Boxed<'a> {
    enclosed: &'a Enclosed,
    /// Per node, the probability that it comes up.
    reach: Vec<Interval>,
}

impl<'a> Boxed<'a> {
    pub(super) fn new(enclosed: &'a Enclosed) -> Self {
        let mut boxed = Self { enclosed, reach: Vec::new() };
        let form = boxed.form();
        let mut reach = vec![Interval::point(Rational::ONE); form.node_count()];
        for node in form.nodes().skip(1) {
            let parent = form.parent(node).expect("only the root has no parent");
            reach[node.index()] = reach[parent.index()].mul(&boxed.edge(node)).rounded(BITS);
        }
        boxed.reach = reach;
        boxed
    }

    fn form(&self) -> &'a GameForm {
        self.enclosed.instance().form()
    }

    fn edge(&self, node: NodeId) -> Interval {
        let form = self.form();
        match (form.action_into(node), form.branch_into(node)) {
            (Some(action), _) => self.enclosed.probability()[action.index()].clone(),
            (_, Some(branch)) => Interval::point(self.enclosed.instance().branch(branch).clone()),
            _ => Interval::point(Rational::ONE),
        }
    }

    /// Its choices on its path. An option that is not taken has probability 0 in the whole box.
    pub(super) fn path(&self) -> Path {
        let form = self.form();
        let comes_up = |node: &NodeId| self.reach[node.index()].high.is_positive();
        form.info_set_ids()
            .filter(|set| form.members(*set).iter().any(comes_up))
            .flat_map(|set| {
                let is_taken =
                    |action: usize| self.enclosed.probability()[action].high.is_positive();
                let taken = form.actions(set).zip(0..).filter(|(own, _)| is_taken(own.index()));
                taken.map(move |(_, option)| (set, option)).collect::<Path>()
            })
            .collect()
    }

    /// The bounds of a quantity.
    pub(super) fn range(&self, quantity: &Quantity) -> (f64, f64) {
        let instance = self.enclosed.instance();
        let form = self.form();
        let mut total = Interval::point(Rational::ZERO);
        for end in form.ends() {
            let row = form.row(end).expect("an end pays a row");
            let reach = &self.reach[end.index()];
            let part = match quantity {
                Quantity::Payoff(player) => reach.scale(instance.row_payoff(row, *player)),
                Quantity::Outcome(wanted) if form.outcome_of(row) == Some(*wanted) => reach.clone(),
                Quantity::NoOutcome if form.outcome_of(row).is_none() => reach.clone(),
                _ => continue,
            };
            total = total.add(&part);
        }
        (total.low.to_f64(), total.high.to_f64())
    }
}
