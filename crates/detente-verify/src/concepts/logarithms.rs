//! Weights of trembles by their logarithms.
//!
//! Where a belief is divided between two groups, an inequality on it bounds the ratio of two
//! products of weights, so it is linear in the weights' logarithms. A linear program keeps all
//! these ratios as far inside their bounds as it can. Logarithms are rounded, so what comes out is
//! a guess: it counts only if every choice turns out best under it, exactly. So does the
//! contradiction that the program's multipliers point at, if there are no such weights.

use crate::beliefs::Situation;
use crate::concepts::programs::{Conflict, density_row, integers};
use crate::concepts::supports::{Model, Solution};
use crate::lp::{self, Broken};
use detente_game::Rational;
use detente_linear::{Program, RowRelation};
use std::collections::BTreeMap;

/// Logarithms and weights are rounded to multiples of one in this many.
const GRID: f64 = 16_777_216.0;
/// No ratio is sought further inside its bounds than by this factor's logarithm.
const DEEPEST: i64 = 8;
/// Bounds are multiplied up to this power.
const HIGHEST: i32 = 64;

/// What logarithms tell.
pub(crate) enum Told {
    /// Weights that keep all ratios inside their bounds, or nearly so.
    Weights(Vec<Rational>),
    /// These places' inequalities contradict each other, which was checked exactly.
    Contradiction(Conflict),
    /// Nothing.
    Nothing,
}

/// One bounded ratio: `second / first`, or its inverse, is at least `limit`.
struct Bound {
    place: usize,
    row: Vec<(usize, Rational)>,
    limit: Rational,
}

/// Keeps all ratios inside their bounds, or shows that this is impossible.
pub(crate) fn tell(
    situations: &[Situation],
    model: &Model,
    solution: &Solution,
) -> Result<Told, Broken> {
    let bounds = bounds(situations, model, solution);
    // Columns: the logarithms, then how far inside the bounds all ratios are.
    let depth = model.variables;
    let mut program = Program::new(model.variables + 1);
    (0..=model.variables).for_each(|column| program.free(column));
    for bound in &bounds {
        let mut row = bound.row.clone();
        row.push((depth, -Rational::ONE));
        let Some(log) = rounded(libm::log(bound.limit.to_f64())) else { return Ok(Told::Nothing) };
        program.row(&row, RowRelation::Ge, log);
    }
    program.row(&[(depth, Rational::ONE)], RowRelation::Le, Rational::int(DEEPEST));
    let (_, point, dual) = lp::maximum_and_dual(&program, &[(depth, Rational::ONE)])?;
    if let Some(conflict) = contradiction(&bounds, &dual) {
        return Ok(Told::Contradiction(conflict));
    }
    let weights = point[..depth].iter().map(|log| rounded(libm::exp(log.to_f64()))).collect();
    Ok(Option::map_or(weights, Told::Nothing, Told::Weights))
}

fn bounds(situations: &[Situation], model: &Model, solution: &Solution) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for (place, support) in solution.supports.iter().enumerate() {
        let [first, second] = support[..] else { continue };
        let ratio = exponents(&model.monomials[first], &model.monomials[second]);
        for cut in &situations[place].cuts {
            let row = density_row(&model.places[place], support, cut);
            bounds.extend(bound(&row, &ratio).map(|(row, limit)| Bound { place, row, limit }));
        }
    }
    bounds
}

/// Whether the bounds, each taken to the power of its multiplier, contradict each other: the
/// trembles cancel out, and the product of what remains would have to be at least the product of
/// the limits, which exceeds 1.
fn contradiction(bounds: &[Bound], dual: &[Rational]) -> Option<Conflict> {
    let orders: Vec<Rational> = dual[..bounds.len()].iter().map(Rational::abs).collect();
    let powers = integers(&orders)?;
    let mut left: BTreeMap<usize, Rational> = BTreeMap::new();
    let mut product = Rational::ONE;
    for (bound, power) in bounds.iter().zip(&powers) {
        for (tremble, exponent) in &bound.row {
            let sum = left.entry(*tremble).or_insert(Rational::ZERO);
            *sum += exponent * &Rational::int(i64::from(*power));
        }
        let power = i32::try_from(*power).ok().filter(|power| *power <= HIGHEST)?;
        product *= &bound.limit.pow(power)?;
    }
    if !left.values().all(Rational::is_zero) || product <= Rational::ONE {
        return None;
    }
    let used = bounds.iter().zip(&powers).filter(|(_, power)| **power > 0);
    let mut places: Conflict = used.map(|(bound, _)| bound.place).collect();
    places.dedup();
    Some(places)
}

/// How often each tremble stands in the second product, less how often in the first.
fn exponents(first: &[usize], second: &[usize]) -> Vec<(usize, Rational)> {
    let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
    second.iter().for_each(|tremble| *sum.entry(*tremble).or_default() += 1);
    first.iter().for_each(|tremble| *sum.entry(*tremble).or_default() -= 1);
    sum.into_iter().map(|(tremble, power)| (tremble, Rational::int(power))).collect()
}

/// An inequality on two densities as one on a product of weights, which is at least the limit.
/// `None` if it bounds nothing.
fn bound(
    row: &[(usize, Rational)],
    ratio: &[(usize, Rational)],
) -> Option<(Vec<(usize, Rational)>, Rational)> {
    let [(0, first), (1, second)] = row else { return None };
    let limit = (-first).checked_div(second).filter(Rational::is_positive)?;
    if second.is_positive() {
        return Some((ratio.to_vec(), limit));
    }
    let inverse = ratio.iter().map(|(tremble, power)| (*tremble, -power)).collect();
    Some((inverse, limit.pow(-1)?))
}

fn rounded(value: f64) -> Option<Rational> {
    let nearest = Rational::from_f64(libm::round(value * GRID) / GRID)?;
    // A weight too small for the grid still is one.
    if nearest.is_zero() { Rational::from_f64(value) } else { Some(nearest) }
}
