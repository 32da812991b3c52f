//! The revised simplex method in doubles, for programs too large for a tableau: it guesses the
//! final basis, which `warm` then checks exactly.

use crate::factor::Factor;
use crate::simplex::Guess;
use crate::standard::{Kind, Standard};
use detente_game::Rational;

/// Basis changes between two factorisations.
const BETWEEN_FACTORISATIONS: usize = 64;
const NEGLIGIBLE: f64 = 1e-9;
const LEAST_PIVOT: f64 = 1e-7;

struct Revised<'a> {
    standard: &'a Standard,
    columns: Vec<Vec<(u32, f64)>>,
    basis: Vec<u32>,
    is_basic: Vec<bool>,
    factor: Factor,
    /// Values of the basic variables, and their infinitesimal parts, by position.
    value: Vec<f64>,
    shift: Vec<f64>,
    cost: Vec<f64>,
    random: u64,
    iterations_left: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Best,
    Unbounded,
    GaveUp,
}

/// The final basis of a maximisation, or of a search for any feasible point if there is no
/// objective; `None` if it is not found.
pub(crate) fn guess(standard: &Standard, objective: Option<&[(usize, Rational)]>) -> Option<Guess> {
    let mut revised = Revised::start(standard)?;
    if revised.artificial_sum() > NEGLIGIBLE {
        for (cost, kind) in revised.cost.iter_mut().zip(&standard.kind) {
            *cost = if kind.is_artificial() { -1.0 } else { 0.0 };
        }
        if revised.climb(true)? == End::GaveUp {
            return None;
        }
        if revised.artificial_sum() > NEGLIGIBLE {
            return Some(Guess { basis: revised.basis, infeasible: true });
        }
    }
    if let Some(objective) = objective {
        revised.cost = vec![0.0; standard.kind.len()];
        for (variable, value) in objective {
            revised.cost[*variable] += value.to_f64();
        }
        revised.refresh_shifts();
        if revised.climb(false)? != End::Best {
            return None;
        }
    }
    Some(Guess { basis: revised.basis, infeasible: false })
}

impl<'a> Revised<'a> {
    fn start(standard: &'a Standard) -> Option<Self> {
        let mut columns: Vec<Vec<(u32, f64)>> = vec![Vec::new(); standard.kind.len()];
        for (at, row) in standard.rows.iter().enumerate() {
            for (column, value) in &row.entries {
                columns[*column as usize].push((at as u32, value.to_f64()));
            }
            columns[row.basic as usize].push((at as u32, 1.0));
        }
        let basis: Vec<u32> = standard.rows.iter().map(|row| row.basic).collect();
        let mut is_basic = vec![false; columns.len()];
        for column in &basis {
            is_basic[*column as usize] = true;
        }
        let basic: Vec<&Vec<(u32, f64)>> = basis.iter().map(|c| &columns[*c as usize]).collect();
        let factor = Factor::of(&basic)?;
        let size = basis.len();
        let mut revised = Self {
            standard,
            cost: vec![0.0; columns.len()],
            columns,
            basis,
            is_basic,
            factor,
            value: standard.rows.iter().map(|row| row.rhs.to_f64()).collect(),
            shift: vec![0.0; size],
            random: 0x9E37_79B9_7F4A_7C15,
            iterations_left: 10_000 + 20 * size as u64,
        };
        for at in 0..size {
            revised.shift[at] = revised.next_shift();
        }
        Some(revised)
    }

    /// A fixed pseudo-random number from 1 to 2 (xorshift, Marsaglia 2003).
    fn next_shift(&mut self) -> f64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        1.0 + (self.random >> 32) as f64 / 4_294_967_296.0
    }

    fn kind(&self, column: u32) -> Kind {
        self.standard.kind[column as usize]
    }

    fn artificial_sum(&self) -> f64 {
        let artificial = |(column, _): &(&u32, &f64)| self.kind(**column).is_artificial();
        self.basis.iter().zip(&self.value).filter(artificial).map(|(_, value)| value.abs()).sum()
    }

    /// New infinitesimal parts for the second phase; artificials stay at zero.
    fn refresh_shifts(&mut self) {
        for at in 0..self.basis.len() {
            let shift = self.next_shift();
            let artificial = self.kind(self.basis[at]).is_artificial();
            self.shift[at] = if artificial { 0.0 } else { shift };
        }
    }

    fn climb(&mut self, phase_one: bool) -> Option<End> {
        loop {
            if phase_one && self.artificial_sum() < NEGLIGIBLE {
                return Some(End::Best);
            }
            if self.iterations_left == 0 {
                return Some(End::GaveUp);
            }
            self.iterations_left -= 1;
            let Some((entering, upward)) = self.entering() else { return Some(End::Best) };
            let mut rhs = vec![0.0; self.basis.len()];
            for (row, value) in &self.columns[entering as usize] {
                rhs[*row as usize] = *value;
            }
            let column = self.factor.solve(rhs);
            let direction = if upward { 1.0 } else { -1.0 };
            let Some(at) = self.leaving(&column, direction, phase_one) else {
                return Some(End::Unbounded);
            };
            self.exchange(at, entering, &column)?;
        }
    }

    /// The nonbasic variable that promises most per unit, and whether by growing.
    fn entering(&self) -> Option<(u32, bool)> {
        let basic_cost = self.basis.iter().map(|column| self.cost[*column as usize]).collect();
        let price = self.factor.solve_transposed(basic_cost);
        let mut best: Option<(u32, f64)> = None;
        for (at, column) in self.columns.iter().enumerate() {
            let kind = self.standard.kind[at];
            if self.is_basic[at] || kind.is_artificial() {
                continue;
            }
            let spent: f64 = column.iter().map(|(row, value)| price[*row as usize] * value).sum();
            let gain = self.cost[at] - spent;
            let improves = gain > NEGLIGIBLE || (kind == Kind::Free && gain < -NEGLIGIBLE);
            if improves && best.is_none_or(|(_, most)| gain.abs() > most.abs()) {
                best = Some((at as u32, gain));
            }
        }
        best.map(|(column, gain)| (column, gain > 0.0))
    }

    /// The position whose variable first reaches zero. In the second phase an artificial, which
    /// is zero, leaves at the first chance.
    fn leaving(&self, column: &[f64], direction: f64, phase_one: bool) -> Option<usize> {
        let mut best: Option<(usize, f64, f64, f64)> = None;
        for (at, entry) in column.iter().enumerate() {
            let slope = entry * direction;
            let kind = self.kind(self.basis[at]);
            if slope.abs() < LEAST_PIVOT || kind == Kind::Free {
                continue;
            }
            let (ratio, tie) = if !phase_one && kind.is_artificial() {
                (0.0, 0.0)
            } else if slope > 0.0 {
                (self.value[at].max(0.0) / slope, self.shift[at] / slope)
            } else {
                continue;
            };
            let wins = best.is_none_or(|(_, least, least_tie, size)| {
                let scale = NEGLIGIBLE * (1.0 + least.abs());
                if (ratio - least).abs() > scale {
                    return ratio < least;
                }
                if (tie - least_tie).abs() > NEGLIGIBLE * (1.0 + least_tie.abs()) {
                    return tie < least_tie;
                }
                slope.abs() > size
            });
            if wins {
                best = Some((at, ratio, tie, slope.abs()));
            }
        }
        best.map(|(at, ..)| at)
    }

    fn exchange(&mut self, at: usize, entering: u32, column: &[f64]) -> Option<()> {
        let step = self.value[at] / column[at];
        let tiny = self.shift[at] / column[at];
        for (position, entry) in column.iter().enumerate() {
            if *entry != 0.0 {
                self.value[position] -= step * entry;
                self.shift[position] -= tiny * entry;
            }
        }
        self.value[at] = step;
        self.shift[at] = tiny;
        self.is_basic[self.basis[at] as usize] = false;
        self.is_basic[entering as usize] = true;
        self.basis[at] = entering;
        self.factor.change(at, column);
        if self.factor.change_count() >= BETWEEN_FACTORISATIONS {
            self.factorise()?;
        }
        Some(())
    }

    fn factorise(&mut self) -> Option<()> {
        let basic: Vec<&Vec<(u32, f64)>> =
            self.basis.iter().map(|column| &self.columns[*column as usize]).collect();
        self.factor = Factor::of(&basic)?;
        let rhs = self.standard.rows.iter().map(|row| row.rhs.to_f64()).collect();
        self.value = self.factor.solve(rhs);
        Some(())
    }
}
