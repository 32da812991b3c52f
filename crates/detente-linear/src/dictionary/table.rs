//! A dictionary in integers of one width.

use super::integer::Integer;
use std::cmp::Ordering;

/// `denominator * basic_r = rhs_r + sum of entry_rc * other_c`; a row of `entries` is its
/// coefficients and then its right-hand side.
#[derive(Clone)]
pub(super) struct Table<T> {
    pub basic: Vec<u32>,
    pub other: Vec<u32>,
    pub entries: Vec<T>,
    /// Positive.
    pub denominator: T,
}

impl<T: Integer> Table<T> {
    pub fn width(&self) -> usize {
        self.other.len() + 1
    }

    pub fn row(&self, row: usize) -> &[T] {
        &self.entries[row * self.width()..][..self.width()]
    }

    pub fn at(&self, row: usize, column: usize) -> &T {
        &self.entries[row * self.width() + column]
    }

    pub fn constant(&self, row: usize) -> &T {
        self.at(row, self.other.len())
    }

    pub fn narrowed<U: Integer>(&self) -> Option<Table<U>> {
        Some(Table {
            basic: self.basic.clone(),
            other: self.other.clone(),
            entries: self.entries.iter().map(|entry| U::of(&entry.big())).collect::<Option<_>>()?,
            denominator: U::of(&self.denominator.big())?,
        })
    }

    /// Exchanges a basic variable with another one (Edmonds 1967: every entry stays a minor of the
    /// first matrix, so divisions leave no remainder). `false` if a number does not fit; then
    /// nothing has changed.
    #[must_use]
    pub fn pivot(&mut self, row: usize, column: usize) -> bool {
        let width = self.width();
        let falls = self.at(row, column).order() == Ordering::Less;
        let signed = |value: &T| if falls { value.negative() } else { value.clone() };
        let pivot = signed(self.at(row, column));
        let divisor = self.denominator.divisor();
        let top = self.row(row);
        let mut entries = Vec::with_capacity(self.entries.len());
        for (at, old) in self.entries.chunks_exact(width).enumerate() {
            if at == row {
                entries.extend(old.iter().map(|value| signed(&value.negative())));
                entries[row * width + column] = signed(&self.denominator);
                continue;
            }
            let factor = signed(&old[column]);
            for (value, above) in old.iter().zip(top) {
                let Some(value) = T::combine(value, &pivot, &factor, above, &divisor) else {
                    return false;
                };
                entries.push(value);
            }
            entries[at * width + column] = factor;
        }
        self.entries = entries;
        self.denominator = pivot;
        std::mem::swap(&mut self.basic[row], &mut self.other[column]);
        true
    }

    pub fn drop_column(&mut self, column: usize) {
        let width = self.width();
        let mut at = 0;
        self.entries.retain(|_| {
            at += 1;
            (at - 1) % width != column
        });
        self.other.remove(column);
    }

    pub fn drop_row(&mut self, row: usize) {
        let width = self.width();
        self.entries.drain(row * width..(row + 1) * width);
        self.basic.remove(row);
    }

    /// The row with the least label that keeps a variable at zero: one that is zero and would
    /// fall.
    pub fn keeps_down(&self, column: usize) -> Option<usize> {
        let keeps = |row: &usize| {
            self.constant(*row).is_zero() && self.at(*row, column).order() == Ordering::Less
        };
        (0..self.basic.len()).filter(keeps).min_by_key(|row| self.basic[*row])
    }

    /// The columns in which a row rises, those with the least label first.
    pub fn rising(&self, row: usize) -> Vec<usize> {
        let rises = |column: &usize| self.at(row, *column).order() == Ordering::Greater;
        let mut columns: Vec<usize> = (0..self.other.len()).filter(rises).collect();
        columns.sort_by_key(|column| self.other[*column]);
        columns
    }

    /// The rows that first reach zero when a variable rises, those with the least label first;
    /// empty if none ever does.
    pub fn first_to_fall(&self, column: usize) -> Vec<usize> {
        let mut first: Vec<usize> = Vec::new();
        for row in 0..self.basic.len() {
            if self.at(row, column).order() != Ordering::Less {
                continue;
            }
            let order =
                first.first().map_or(Ordering::Less, |best| self.ratios(row, *best, column));
            if order == Ordering::Less {
                first.clear();
            }
            if order != Ordering::Greater {
                first.push(row);
            }
        }
        first.sort_by_key(|row| self.basic[*row]);
        first
    }

    /// Compares how far a variable can rise before one row falls to zero, and another.
    fn ratios(&self, row: usize, other: usize, column: usize) -> Ordering {
        let (a, p) = (self.constant(row), self.at(row, column));
        let (b, q) = (self.constant(other), self.at(other, column));
        // Both coefficients are negative: a / -p < b / -q as b p < a q.
        T::compare_products(b, p, a, q)
    }

    /// The row that falls first when all variables of the first basis are moved by infinitesimals
    /// in this order.
    pub fn leaving(&self, column: usize, first_basis: &[u32]) -> Option<usize> {
        let mut tied = self.first_to_fall(column);
        for moved in first_basis {
            if tied.len() < 2 {
                break;
            }
            let place = self.other.iter().position(|label| label == moved);
            let shift = |row: usize| match place {
                Some(place) => self.at(row, place).negative(),
                None if self.basic[row] == *moved => self.denominator.clone(),
                None => T::of(&0.into()).expect("zero fits"),
            };
            let slope = |row: usize| self.at(row, column).negative();
            let order = |a: usize, b: usize| {
                T::compare_products(&shift(a), &slope(b), &shift(b), &slope(a))
            };
            let least = tied.iter().copied().min_by(|a, b| order(*a, *b))?;
            tied.retain(|row| order(*row, least) == Ordering::Equal);
        }
        tied.first().copied()
    }

    /// The exchange that brings the basic variable of a row down: its own, if it can reach zero at
    /// once; else the one after which it is least; if none moves it, that of Bland's rule (1977),
    /// which cannot go round in a circle. `None` if the variable is at its least.
    pub fn step_down(&self, row: usize) -> Option<(usize, usize)> {
        let mut best: Option<(f64, usize, usize)> = None;
        let mut standing: Option<(usize, usize)> = None;
        for column in 0..self.other.len() {
            if self.at(row, column).order() != Ordering::Less {
                continue;
            }
            let first = self.first_to_fall(column);
            if first.contains(&row) {
                return Some((row, column));
            }
            let leaving = first[0];
            if self.constant(leaving).is_zero() {
                if standing.is_none_or(|(_, known)| self.other[column] < self.other[known]) {
                    standing = Some((leaving, column));
                }
                continue;
            }
            let rise = self.constant(leaving).rough() / self.at(leaving, column).rough().abs();
            let fall = rise * self.at(row, column).rough().abs();
            if best.is_none_or(|(known, _, _)| fall > known) {
                best = Some((fall, leaving, column));
            }
        }
        best.map(|(_, leaving, column)| (leaving, column)).or(standing)
    }

    /// What the signs of a row tell of its variable, wherever all variables are at least zero.
    pub fn sign_of_row(&self, row: usize) -> RowSign {
        let (mut rises, mut falls) = (false, false);
        for value in &self.row(row)[..self.other.len()] {
            match value.order() {
                Ordering::Less => falls = true,
                Ordering::Equal => {}
                Ordering::Greater => rises = true,
            }
        }
        match (self.constant(row).is_zero(), rises, falls) {
            (true, false, _) => RowSign::Zero,
            (false, _, false) => RowSign::Positive,
            _ => RowSign::Open,
        }
    }
}

/// What is known of a basic variable by the signs of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowSign {
    /// Zero at every feasible point, and so are the variables in its row.
    Zero,
    /// Positive at every feasible point.
    Positive,
    Open,
}
