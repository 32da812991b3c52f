//! The equations of the curve at one place, and the linear systems of its steps.

use super::map::{LogitMap, Worths};
use crate::solvers::dense;
use detente_linear::Factor;

/// From so many unknowns on a system is factorised as a sparse one, if at most one entry in `FEW`
/// is not zero: more of them soon fill the rest.
const LARGE: usize = 64;
const FEW: usize = 16;

/// `odds - lambda * worths`, with the slopes of the worths.
#[derive(Default)]
pub(super) struct Equations {
    lambda: f64,
    pub values: Vec<f64>,
    pub worths: Worths,
}

/// A factorised system.
pub(super) enum System {
    Dense(dense::Factor),
    Sparse(Factor),
}

impl Equations {
    /// Evaluates all at a place.
    pub fn evaluate(&mut self, map: &LogitMap, lambda: f64, odds: &[f64]) {
        map.worths(odds, &mut self.worths);
        self.lambda = lambda;
        self.values.clear();
        let pairs = odds.iter().zip(&self.worths.differences);
        self.values.extend(pairs.map(|(odds, difference)| odds - lambda * difference));
    }

    /// Along the odds only.
    pub fn at_lambda(&self) -> Option<System> {
        let rows = (0..self.values.len()).map(|at| self.row(at, false)).collect();
        System::of(rows)
    }

    /// Along odds and lambda, and across a direction.
    pub fn across(&self, direction: &[f64]) -> Option<System> {
        let mut rows: Vec<_> = (0..self.values.len()).map(|at| self.row(at, true)).collect();
        rows.push(
            (0..).zip(direction.iter().copied()).filter(|(_, value)| *value != 0.0).collect(),
        );
        System::of(rows)
    }

    /// The slopes of an equation that are not zero, by ascending unknown.
    fn row(&self, own: usize, with_lambda: bool) -> Vec<(u32, f64)> {
        let slopes = &self.worths.slopes[own];
        let mut row = Vec::with_capacity(slopes.len() + 2);
        let own = own as u32;
        let place = slopes.partition_point(|(at, _)| *at < own);
        let scaled = |(at, slope): &(u32, f64)| (*at, -self.lambda * slope);
        row.extend(slopes[..place].iter().map(scaled));
        row.push((own, 1.0));
        // A worth may depend on the situation's own odds, where the player decides there again.
        for (at, slope) in slopes[place..].iter().map(scaled) {
            match row.last_mut() {
                Some((last, value)) if *last == at => *value += slope,
                _ => row.push((at, slope)),
            }
        }
        if with_lambda {
            row.push((self.values.len() as u32, -self.worths.differences[own as usize]));
        }
        row.retain(|(_, value)| *value != 0.0);
        row
    }
}

impl System {
    fn of(rows: Vec<Vec<(u32, f64)>>) -> Option<Self> {
        let size = rows.len();
        let filled: usize = rows.iter().map(Vec::len).sum();
        if size >= LARGE && filled * FEW <= size * size {
            // The rows as columns: what is factorised is the transposed matrix.
            return Factor::of(&rows.iter().collect::<Vec<_>>()).map(Self::Sparse);
        }
        let mut entries = vec![0.0; size * size];
        for (own, row) in entries.chunks_exact_mut(size.max(1)).zip(&rows) {
            row.iter().for_each(|(at, value)| own[*at as usize] = *value);
        }
        dense::Factor::of(entries, size).map(Self::Dense)
    }

    /// The solution for a right-hand side, if it is finite.
    pub fn solve(&self, rhs: Vec<f64>) -> Option<Vec<f64>> {
        let solution = match self {
            Self::Dense(factor) => factor.solve(rhs),
            Self::Sparse(factor) => factor.solve_transposed(rhs),
        };
        solution.iter().all(|value| value.is_finite()).then_some(solution)
    }

    /// The sign of the determinant.
    pub fn sign(&self) -> f64 {
        match self {
            Self::Dense(factor) => factor.sign(),
            Self::Sparse(factor) => factor.sign(),
        }
    }
}
