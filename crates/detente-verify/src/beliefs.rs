//! Which beliefs at one information set make it best to follow the profile from there on.
//!
//! They form a polytope: one inequality for each continuation plan. There are too many plans to
//! write down, so inequalities are generated: take a belief, find the best plan against it, and
//! if that plan gains, its inequality cuts the belief off. There are finitely many plans, so this
//! ends, and the answer is exact.

use crate::best_response::{self, Plan, weighted};
use crate::lp::{self, Broken};
use crate::reach::{View, normalised};
use detente_game::{InfoSetId, NodeId, Rational};
use detente_linear::{Program, RowRelation};

/// One information set with the inequalities generated for it so far.
#[derive(Debug)]
pub(crate) struct Situation<'v, 'a> {
    pub view: &'v View<'a>,
    pub set: InfoSetId,
    /// Payoff of following the profile, per member.
    pub stay: Vec<Rational>,
    /// Per plan met so far and member: payoff of following the profile less the plan's.
    pub cuts: Vec<Vec<Rational>>,
}

/// The belief under which the best departure gains least.
#[derive(Debug)]
pub(crate) struct Least {
    pub gain: Rational,
    pub belief: Vec<Rational>,
    pub plan: Plan,
}

impl<'v, 'a> Situation<'v, 'a> {
    pub fn new(view: &'v View<'a>, set: InfoSetId) -> Self {
        let members = view.form.members(set);
        let stay = members.iter().map(|member| view.value[member.index()].clone()).collect();
        Self { view, set, stay, cuts: Vec::new() }
    }

    pub fn size(&self) -> usize {
        self.stay.len()
    }

    /// The best plan under a belief, and what it gains. A gain becomes a cut.
    pub fn challenge(&mut self, belief: &[Rational]) -> (Rational, Plan) {
        let plan = best_response::at_set(self.view, self.set, belief);
        let gain = &plan.total - &weighted(belief, &self.stay);
        if gain.is_positive() {
            let cut = self.stay.iter().zip(&plan.values).map(|(stay, go)| stay - go).collect();
            // Searches come back to beliefs that were cut off before.
            if !self.cuts.contains(&cut) {
                self.cuts.push(cut);
            }
        }
        (gain, plan)
    }

    /// Certainty of the member at which some plan met so far gains most.
    pub fn tempting(&self) -> Vec<Rational> {
        let losses = self.cuts.iter().flat_map(|cut| cut.iter().enumerate());
        let member = losses.min_by_key(|(_, loss)| *loss).map_or(0, |(member, _)| member);
        let certain = |at| if at == member { Rational::ONE } else { Rational::ZERO };
        (0..self.size()).map(certain).collect()
    }

    /// Per member, the product of the positive probabilities of all moves before it.
    pub fn factors(&self) -> Vec<Rational> {
        let product = |member: &NodeId| {
            let mut product = Rational::ONE;
            let mut here = Some(*member);
            while let Some(node) = here {
                let edge = self.view.edge(node);
                if !edge.is_zero() {
                    product *= &edge;
                }
                here = self.view.form.parent(node);
            }
            product
        };
        self.view.form.members(self.set).iter().map(product).collect()
    }

    /// What one thinks who has learnt nothing from moves of probability 0: members weighted by
    /// all other moves.
    fn unmoved(&self) -> Vec<Rational> {
        normalised(self.factors()).expect("every weight is positive")
    }

    /// Minimises the best departure's gain over all beliefs.
    pub fn least_gain(&mut self) -> Result<Least, Broken> {
        let first = self.unmoved();
        let (gain, plan) = self.challenge(&first);
        if !gain.is_positive() {
            return Ok(Least { gain: Rational::ZERO, belief: first, plan });
        }
        let size = self.size();
        loop {
            let mut program = self.simplex(size + 1);
            for cut in &self.cuts {
                let mut row = sparse(cut);
                row.push((size, Rational::ONE));
                program.row(&row, RowRelation::Ge, Rational::ZERO);
            }
            let (bound, mut belief) =
                lp::minimum(&program, &[(size, Rational::ONE)])?.ok_or(Broken)?;
            belief.truncate(size);
            let (gain, plan) = self.challenge(&belief);
            if gain <= bound {
                return Ok(Least { gain: bound, belief, plan });
            }
        }
    }

    /// Per member, the least and greatest belief in it over the whole polytope, which must not
    /// be empty.
    pub fn bounds(&mut self) -> Result<Vec<(Rational, Rational)>, Broken> {
        if self.size() == 1 {
            return Ok(vec![(Rational::ONE, Rational::ONE)]);
        }
        let mut found = Vec::with_capacity(self.size());
        for member in 0..self.size() {
            let low = self.extreme(member, -Rational::ONE)?;
            let high = self.extreme(member, Rational::ONE)?;
            found.push((low, high));
        }
        Ok(found)
    }

    fn extreme(&mut self, member: usize, sign: Rational) -> Result<Rational, Broken> {
        loop {
            let mut program = self.simplex(self.size());
            for cut in &self.cuts {
                program.row(&sparse(cut), RowRelation::Ge, Rational::ZERO);
            }
            let (_, belief) = lp::maximum(&program, &[(member, sign.clone())])?.ok_or(Broken)?;
            let (gain, _) = self.challenge(&belief);
            if !gain.is_positive() {
                return Ok(belief[member].clone());
            }
        }
    }

    fn simplex(&self, variables: usize) -> Program {
        let mut program = Program::new(variables);
        let ones: Vec<_> = (0..self.size()).map(|at| (at, Rational::ONE)).collect();
        program.row(&ones, RowRelation::Eq, Rational::ONE);
        program
    }
}

/// The entries that are not zero, with their places.
pub(crate) fn sparse(row: &[Rational]) -> Vec<(usize, Rational)> {
    row.iter().cloned().enumerate().filter(|(_, value)| !value.is_zero()).collect()
}
