//! Sparse square systems, solved exactly by elimination in an order that keeps rows short
//! (Markowitz 1957): columns that stand in one row only need no elimination at all.

use crate::sparse::{self, Entry};
use detente_game::Rational;

struct Elimination {
    rows: Vec<Vec<Entry>>,
    rhs: Vec<Rational>,
    /// Rows without a pivot yet.
    active: Vec<bool>,
    /// Rows that may hold a column; stale entries are skipped.
    holders: Vec<Vec<u32>>,
    /// In how many active rows a column stands.
    count: Vec<u32>,
    lonely: Vec<u32>,
    pivots: Vec<(usize, u32)>,
}

/// The solution of `rows * x = rhs`; `None` if the matrix is singular.
pub(crate) fn solve(rows: Vec<Vec<Entry>>, rhs: Vec<Rational>) -> Option<Vec<Rational>> {
    let size = rows.len();
    let mut elimination = Elimination::new(rows, rhs);
    while elimination.pivots.len() < size {
        let (row, column) = elimination.next_pivot()?;
        elimination.eliminate(row, column);
    }
    Some(elimination.substitute_back())
}

impl Elimination {
    fn new(rows: Vec<Vec<Entry>>, rhs: Vec<Rational>) -> Self {
        let size = rows.len();
        let mut holders = vec![Vec::new(); size];
        let mut count = vec![0; size];
        for (at, row) in rows.iter().enumerate() {
            for (column, _) in row {
                holders[*column as usize].push(at as u32);
                count[*column as usize] += 1;
            }
        }
        let lonely = (0..size as u32).rev().filter(|c| count[*c as usize] == 1).collect();
        let active = vec![true; size];
        Self { rows, rhs, active, holders, count, lonely, pivots: Vec::with_capacity(size) }
    }

    fn next_pivot(&mut self) -> Option<(usize, u32)> {
        while let Some(column) = self.lonely.pop() {
            if self.count[column as usize] != 1 {
                continue;
            }
            let holder = self.holders[column as usize].iter().find(|row| {
                self.active[**row as usize]
                    && sparse::get(&self.rows[**row as usize], column).is_some()
            });
            return holder.map(|row| (*row as usize, column));
        }
        let shortest = (0..self.rows.len())
            .filter(|row| self.active[*row])
            .min_by_key(|row| self.rows[*row].len())?;
        let column = self.rows[shortest]
            .iter()
            .map(|(column, _)| *column)
            .min_by_key(|column| self.count[*column as usize])?;
        Some((shortest, column))
    }

    fn eliminate(&mut self, row: usize, column: u32) {
        self.active[row] = false;
        self.pivots.push((row, column));
        let pivot_row = std::mem::take(&mut self.rows[row]);
        let pivot = sparse::get(&pivot_row, column).expect("a pivot is an entry").clone();
        for (other, _) in &pivot_row {
            self.lose(*other);
        }
        for holder in std::mem::take(&mut self.holders[column as usize]) {
            let holder = holder as usize;
            if !self.active[holder] {
                continue;
            }
            let Some(value) = sparse::get(&self.rows[holder], column) else { continue };
            let factor = value / &pivot;
            let before = std::mem::take(&mut self.rows[holder]);
            let old: Vec<u32> = before.iter().map(|(column, _)| *column).collect();
            let after = sparse::subtract_multiple(before, &factor, &pivot_row);
            let amount = &factor * &self.rhs[row];
            self.rhs[holder] -= amount;
            self.account(holder, &old, &after);
            self.rows[holder] = after;
        }
        self.rows[row] = pivot_row;
    }

    /// Notes which columns a row gained and lost.
    fn account(&mut self, row: usize, before: &[u32], after: &[Entry]) {
        for column in before {
            if sparse::get(after, *column).is_none() {
                self.lose(*column);
            }
        }
        for (column, _) in after {
            if before.binary_search(column).is_err() {
                self.count[*column as usize] += 1;
                self.holders[*column as usize].push(row as u32);
            }
        }
    }

    fn lose(&mut self, column: u32) {
        self.count[column as usize] -= 1;
        if self.count[column as usize] == 1 {
            self.lonely.push(column);
        }
    }

    fn substitute_back(mut self) -> Vec<Rational> {
        let mut solution = vec![Rational::ZERO; self.rows.len()];
        for (row, column) in self.pivots.iter().rev() {
            let mut value = std::mem::take(&mut self.rhs[*row]);
            let mut pivot = Rational::ONE;
            for (other, entry) in &self.rows[*row] {
                if other == column {
                    pivot = entry.clone();
                } else if !solution[*other as usize].is_zero() {
                    value -= entry * &solution[*other as usize];
                }
            }
            solution[*column as usize] = value / pivot;
        }
        solution
    }
}
