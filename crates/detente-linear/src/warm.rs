//! From a guessed basis to an exact answer: two sparse systems are solved with fractions, and the
//! answer counts only if its certificate checks.

use crate::check::{is_farkas, is_feasible_point, is_optimal};
use crate::program::{Feasibility, Optimum, Program};
use crate::simplex::Guess;
use crate::sparse::Entry;
use crate::square;
use crate::standard::Standard;
use detente_game::Rational;

pub(crate) fn optimum(
    program: &Program,
    standard: &Standard,
    objective: &[(usize, Rational)],
    guess: &Guess,
) -> Option<Optimum> {
    if guess.infeasible {
        return Some(Optimum::Infeasible { farkas: farkas(program, standard, guess)? });
    }
    let mut cost = vec![Rational::ZERO; standard.kind.len()];
    for (variable, value) in objective {
        cost[*variable] += value;
    }
    let point = point(standard, guess)?;
    let dual = multipliers(standard, guess, &cost)?;
    if !is_optimal(program, objective, &point, &dual) {
        return None;
    }
    let value = objective.iter().map(|(variable, value)| value * &point[*variable]).sum();
    Some(Optimum::Optimal { value, point, dual })
}

pub(crate) fn feasibility(
    program: &Program,
    standard: &Standard,
    guess: &Guess,
) -> Option<Feasibility> {
    if guess.infeasible {
        return Some(Feasibility::Infeasible { farkas: farkas(program, standard, guess)? });
    }
    let point = point(standard, guess)?;
    is_feasible_point(program, &point).then_some(Feasibility::Feasible(point))
}

fn farkas(program: &Program, standard: &Standard, guess: &Guess) -> Option<Vec<Rational>> {
    let cost: Vec<Rational> = standard
        .kind
        .iter()
        .map(|kind| Rational::int(if kind.is_artificial() { -1 } else { 0 }))
        .collect();
    let farkas = multipliers(standard, guess, &cost)?;
    is_farkas(program, &farkas).then_some(farkas)
}

/// The entries of a basis matrix: per row, positions in the basis.
fn basis_rows(standard: &Standard, guess: &Guess) -> Vec<Vec<Entry>> {
    let mut position = vec![u32::MAX; standard.kind.len()];
    for (at, column) in guess.basis.iter().enumerate() {
        position[*column as usize] = at as u32;
    }
    let row = |row: &crate::standard::StandardRow| {
        let own = [(row.basic, Rational::ONE)];
        let entries = row.entries.iter().chain(&own).filter_map(|(column, value)| {
            let at = position[*column as usize];
            (at != u32::MAX).then(|| (at, value.clone()))
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_by_key(|(at, _)| *at);
        entries
    };
    standard.rows.iter().map(row).collect()
}

/// The basic point.
fn point(standard: &Standard, guess: &Guess) -> Option<Vec<Rational>> {
    let rhs = standard.rows.iter().map(|row| row.rhs.clone()).collect();
    let basic = square::solve(basis_rows(standard, guess), rhs)?;
    let mut point = vec![Rational::ZERO; standard.variables];
    for (value, column) in basic.into_iter().zip(&guess.basis) {
        if let Some(entry) = point.get_mut(*column as usize) {
            *entry = value;
        }
    }
    Some(point)
}

/// The rows' multipliers at which the basic columns break even.
fn multipliers(standard: &Standard, guess: &Guess, cost: &[Rational]) -> Option<Vec<Rational>> {
    let mut columns: Vec<Vec<Entry>> = vec![Vec::new(); guess.basis.len()];
    for (at, row) in basis_rows(standard, guess).into_iter().enumerate() {
        for (position, value) in row {
            columns[position as usize].push((at as u32, value));
        }
    }
    let rhs = guess.basis.iter().map(|column| cost[*column as usize].clone()).collect();
    let solved = square::solve(columns, rhs)?;
    let signed = solved.into_iter().zip(&standard.rows);
    Some(signed.map(|(value, row)| if row.tracker.flipped { -value } else { value }).collect())
}
