//! Systems of linear equations.

use detente_game::Rational;

/// All solutions of a system of linear equations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemSolution {
    /// There is none.
    None,
    /// There is exactly one.
    Unique(Vec<Rational>),
    /// All points `particular + sum of weight * direction`; the directions are independent.
    Many {
        /// The solution in which every undetermined variable is zero.
        particular: Vec<Rational>,
        /// A basis of the solutions of the homogeneous system.
        directions: Vec<Vec<Rational>>,
    },
}

/// Solves `matrix * x = rhs` exactly by Gauss-Jordan elimination.
///
/// # Panics
/// If the rows differ in length or their number is not that of `rhs`. A system without rows has
/// no variables.
#[must_use]
pub fn solve_system(matrix: &[Vec<Rational>], rhs: &[Rational]) -> SystemSolution {
    assert_eq!(matrix.len(), rhs.len(), "one right-hand side per row");
    let variables = matrix.first().map_or(0, Vec::len);
    let mut rows: Vec<Vec<Rational>> = matrix
        .iter()
        .zip(rhs)
        .map(|(row, value)| {
            assert_eq!(row.len(), variables, "rows of equal length");
            row.iter().chain([value]).cloned().collect()
        })
        .collect();
    let pivots = reduce(&mut rows, variables);
    if rows[pivots.len()..].iter().any(|row| !row[variables].is_zero()) {
        return SystemSolution::None;
    }
    let mut particular = vec![Rational::ZERO; variables];
    for (row, &column) in rows.iter().zip(&pivots) {
        particular[column] = row[variables].clone();
    }
    if pivots.len() == variables {
        return SystemSolution::Unique(particular);
    }
    let loose = (0..variables).filter(|column| !pivots.contains(column));
    let directions = loose
        .map(|column| {
            let mut direction = vec![Rational::ZERO; variables];
            direction[column] = Rational::ONE;
            for (row, &pivot) in rows.iter().zip(&pivots) {
                direction[pivot] = -&row[column];
            }
            direction
        })
        .collect();
    SystemSolution::Many { particular, directions }
}

/// Brings the first `columns` columns to reduced row echelon form; returns the pivot columns,
/// one for each of the first rows.
pub(crate) fn reduce(rows: &mut [Vec<Rational>], columns: usize) -> Vec<usize> {
    let mut pivots = Vec::new();
    for column in 0..columns {
        let next = pivots.len();
        let Some(found) = (next..rows.len()).find(|&row| !rows[row][column].is_zero()) else {
            continue;
        };
        rows.swap(next, found);
        let inverse = &Rational::ONE / &rows[next][column];
        for value in &mut rows[next][column..] {
            *value *= &inverse;
        }
        let pivot_row = std::mem::take(&mut rows[next]);
        for row in rows.iter_mut().filter(|row| !row.is_empty()) {
            if row[column].is_zero() {
                continue;
            }
            let factor = row[column].clone();
            for (value, pivot) in row.iter_mut().zip(&pivot_row).skip(column) {
                if !pivot.is_zero() {
                    *value -= &factor * pivot;
                }
            }
        }
        rows[next] = pivot_row;
        pivots.push(column);
    }
    pivots
}
