//! Weights of trembles for given supports: the one step of the search that is not linear.
//!
//! A group's density is the product of the weights of the trembles before it. Densities under
//! which every choice is best are known; first they are taken apart into weights exactly, which
//! works whenever the groups' products are independent of each other. If they are not, the
//! conditions are linear in the weights of any trembles no two of which lie on one path: blocks
//! of such weights are improved in turn by linear programs, or all of them at once by their
//! logarithms. What comes out is accepted only if every choice is best under the beliefs it gives.

use crate::beliefs::Situation;
use crate::concepts::logarithms::{self, Told};
use crate::concepts::programs::density_row;
use crate::concepts::supports::{Ending, Model, Solution};
use crate::lp::{self, Broken};
use detente_game::Rational;
use detente_linear::{Program, RowRelation};
use std::collections::BTreeMap;

/// Rounds of block-wise improvement.
const ROUNDS: u32 = 6;
/// Largest and, inverted, smallest weight tried in a block.
const WIDEST: i64 = 1 << 20;

/// Weights per tremble, or why there are none.
pub(crate) fn find(
    situations: &mut [Situation],
    model: &Model,
    solution: &Solution,
) -> Result<Ending<Vec<Rational>>, Broken> {
    let mut weight = taken_apart(model, solution);
    if supports_all(situations, model, solution, &weight) {
        return Ok(Ending::Accepted(weight));
    }
    for _ in 0..ROUNDS {
        match logarithms::tell(situations, model, solution)? {
            Told::Weights(better) => {
                if supports_all(situations, model, solution, &better) {
                    return Ok(Ending::Accepted(better));
                }
            }
            Told::Contradiction(conflict) => return Ok(Ending::Contradiction(conflict)),
            Told::Nothing => break,
        }
    }
    let blocks = blocks(model.variables, &model.monomials);
    for _ in 0..ROUNDS {
        for block in &blocks {
            let task = Task { model, solution };
            let Some(better) = task.improve(situations, block, &weight)? else { continue };
            weight = better;
            if supports_all(situations, model, solution, &weight) {
                return Ok(Ending::Accepted(weight));
            }
        }
    }
    Ok(Ending::Open)
}

fn densities(monomials: &[Vec<usize>], weight: &[Rational]) -> Vec<Rational> {
    let product = |trembles: &Vec<usize>| {
        trembles.iter().fold(Rational::ONE, |product, tremble| product * &weight[*tremble])
    };
    monomials.iter().map(product).collect()
}

fn supports_all(
    situations: &mut [Situation],
    model: &Model,
    solution: &Solution,
    weight: &[Rational],
) -> bool {
    let density = densities(&model.monomials, weight);
    let mut all = true;
    for ((situation, place), support) in
        situations.iter_mut().zip(&model.places).zip(&solution.supports)
    {
        let shares: Vec<Rational> = support.iter().map(|group| density[*group].clone()).collect();
        let belief = place.belief(support, &shares);
        // No early return: every gain found is a new inequality for the next attempt.
        all &= !situation.challenge(&belief).0.is_positive();
    }
    all
}

/// `product of weight^exponent = value`.
#[derive(Clone)]
struct Equation {
    exponents: BTreeMap<usize, i32>,
    value: Rational,
}

/// Weights whose products are in the proportions of the densities inside every support, as far
/// as elimination with exponents 1 and -1 gets; weights left free are 1.
fn taken_apart(model: &Model, solution: &Solution) -> Vec<Rational> {
    let mut solved: Vec<(usize, Equation)> = Vec::new();
    for support in &solution.supports {
        let shares = model.shares(support, &solution.density);
        for (group, share) in support.iter().zip(&shares).skip(1) {
            let mut equation = Equation { exponents: BTreeMap::new(), value: share / &shares[0] };
            equation.multiply_trembles(&model.monomials[*group], 1);
            equation.multiply_trembles(&model.monomials[support[0]], -1);
            for (tremble, by) in &solved {
                equation.substitute(*tremble, by);
            }
            let pivot = equation.exponents.iter().find(|(_, power)| power.abs() == 1);
            let Some(pivot) = pivot.map(|(tremble, _)| *tremble) else { continue };
            let by = equation.solved_for(pivot);
            for (_, other) in &mut solved {
                other.substitute_right(pivot, &by);
            }
            solved.push((pivot, by));
        }
    }
    let mut weight = vec![Rational::ONE; model.variables];
    for (tremble, by) in solved {
        // All that stands on the right is free, hence 1.
        weight[tremble] = by.value;
    }
    weight
}

impl Equation {
    fn multiply(&mut self, tremble: usize, power: i32) {
        let entry = self.exponents.entry(tremble).or_insert(0);
        *entry += power;
        if *entry == 0 {
            self.exponents.remove(&tremble);
        }
    }

    fn multiply_trembles(&mut self, trembles: &[usize], power: i32) {
        for tremble in trembles {
            self.multiply(*tremble, power);
        }
    }

    /// As `tremble = value * product`, the product being what `exponents` holds.
    fn solved_for(&self, tremble: usize) -> Self {
        let sign = self.exponents[&tremble];
        let value = self.value.pow(sign).expect("densities are not zero");
        let others = self.exponents.iter().filter(|(other, _)| **other != tremble);
        Self { exponents: others.map(|(other, power)| (*other, -power * sign)).collect(), value }
    }

    /// Puts a solved tremble into the left side.
    fn substitute(&mut self, tremble: usize, by: &Self) {
        let Some(power) = self.exponents.remove(&tremble) else { return };
        for (other, exponent) in &by.exponents {
            self.multiply(*other, exponent * power);
        }
        self.value = &self.value / &by.value.pow(power).expect("densities are not zero");
    }

    /// Puts a solved tremble into the right side of a solved equation.
    fn substitute_right(&mut self, tremble: usize, by: &Self) {
        let Some(power) = self.exponents.remove(&tremble) else { return };
        for (other, exponent) in &by.exponents {
            self.multiply(*other, exponent * power);
        }
        self.value = &self.value * &by.value.pow(power).expect("densities are not zero");
    }
}

/// Trembles cut into blocks, no two of one block before the same group.
fn blocks(variables: usize, monomials: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let together = |a: usize, b: usize| {
        monomials.iter().any(|trembles| trembles.contains(&a) && trembles.contains(&b))
    };
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for tremble in 0..variables {
        match blocks.iter_mut().find(|block| !block.iter().any(|other| together(*other, tremble))) {
            Some(block) => block.push(tremble),
            None => blocks.push(vec![tremble]),
        }
    }
    blocks
}

struct Task<'a> {
    model: &'a Model,
    solution: &'a Solution,
}

impl Task<'_> {
    /// New weights for one block that make the least slack of all known inequalities largest.
    fn improve(
        &self,
        situations: &[Situation],
        block: &[usize],
        weight: &[Rational],
    ) -> Result<Option<Vec<Rational>>, Broken> {
        let mut rest = weight.to_vec();
        for tremble in block {
            rest[*tremble] = Rational::ONE;
        }
        let constant = densities(&self.model.monomials, &rest);
        // Columns: the block's weights, then the slack's positive and negative part.
        let (plus, minus) = (block.len(), block.len() + 1);
        let mut program = Program::new(block.len() + 2);
        for at in 0..block.len() {
            let one = [(at, Rational::ONE)];
            program.row(&one, RowRelation::Ge, Rational::new(1, WIDEST));
            program.row(&one, RowRelation::Le, Rational::int(WIDEST));
        }
        program.row(&[(plus, Rational::ONE)], RowRelation::Le, Rational::ONE);
        let places = self.model.places.iter().zip(&self.solution.supports);
        for (situation, (place, support)) in situations.iter().zip(places) {
            for cut in &situation.cuts {
                let mut row = BTreeMap::from([(plus, -Rational::ONE), (minus, Rational::ONE)]);
                let mut fixed = Rational::ZERO;
                for (at, factor) in density_row(place, support, cut) {
                    let group = support[at];
                    let amount = factor * &constant[group];
                    let inside = |at: &usize| self.model.monomials[group].contains(&block[*at]);
                    match (0..block.len()).find(inside) {
                        Some(at) => *row.entry(at).or_insert(Rational::ZERO) += amount,
                        None => fixed += amount,
                    }
                }
                let row: Vec<_> = row.into_iter().collect();
                program.row(&row, RowRelation::Ge, -fixed);
            }
        }
        let slack = [(plus, Rational::ONE), (minus, -Rational::ONE)];
        let Some((_, point)) = lp::maximum(&program, &slack)? else { return Ok(None) };
        let mut better = weight.to_vec();
        for (at, tremble) in block.iter().enumerate() {
            better[*tremble] = point[at].clone();
        }
        Ok(Some(better))
    }
}
