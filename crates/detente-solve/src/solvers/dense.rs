//! Small dense systems in floating point: guides only, nothing is decided by them.

/// A square matrix factorised by elimination with row exchanges.
pub(super) struct Factor {
    size: usize,
    /// Row by row: above the diagonal what is left, below it the multiples that were taken.
    entries: Vec<f64>,
    /// Per step, the row that came up.
    order: Vec<usize>,
    sign: f64,
}

impl Factor {
    /// Of a matrix row by row; `None` if it is singular.
    pub(super) fn of(mut entries: Vec<f64>, size: usize) -> Option<Self> {
        let (mut order, mut sign) = (Vec::with_capacity(size), 1.0);
        for column in 0..size {
            let at = |row: usize| row * size + column;
            let larger =
                |a: &usize, b: &usize| entries[at(*a)].abs().total_cmp(&entries[at(*b)].abs());
            let pivot = (column..size).max_by(larger)?;
            order.push(pivot);
            if pivot != column {
                let (above, below) = entries.split_at_mut(pivot * size);
                above[column * size..][..size].swap_with_slice(&mut below[..size]);
                sign = -sign;
            }
            let (above, below) = entries.split_at_mut((column + 1) * size);
            let above = &above[column * size + column..];
            let head = above[0];
            if head == 0.0 || !head.is_finite() {
                return None;
            }
            sign *= head.signum();
            for row in below.chunks_exact_mut(size) {
                let row = &mut row[column..];
                if row[0] != 0.0 {
                    let factor = row[0] / head;
                    row[0] = factor;
                    let pairs = row[1..].iter_mut().zip(&above[1..]);
                    pairs.for_each(|(entry, above)| *entry -= factor * above);
                }
            }
        }
        Some(Self { size, entries, order, sign })
    }

    /// The sign of the matrix's determinant.
    pub(super) fn sign(&self) -> f64 {
        self.sign
    }

    /// The solution for a right-hand side; not finite where the matrix is nearly singular.
    pub(super) fn solve(&self, mut rhs: Vec<f64>) -> Vec<f64> {
        // Rows were exchanged whole, with the multiples in them, so all exchanges come first.
        self.order.iter().enumerate().for_each(|(column, pivot)| rhs.swap(column, *pivot));
        let row = |at: usize| &self.entries[at * self.size..][..self.size];
        let product = |row: &[f64], values: &[f64]| -> f64 {
            row.iter().zip(values).map(|(entry, value)| entry * value).sum()
        };
        for at in 1..self.size {
            rhs[at] -= product(&row(at)[..at], &rhs[..at]);
        }
        for at in (0..self.size).rev() {
            let known = product(&row(at)[at + 1..], &rhs[at + 1..]);
            rhs[at] = (rhs[at] - known) / row(at)[at];
        }
        rhs
    }
}

/// The solution of a square system; `None` if it is singular.
pub(super) fn solve(matrix: Vec<Vec<f64>>, rhs: Vec<f64>) -> Option<Vec<f64>> {
    let solution = Factor::of(matrix.concat(), rhs.len())?.solve(rhs);
    solution.iter().all(|value| value.is_finite()).then_some(solution)
}

/// The inverse of a square matrix; `None` if it is singular.
pub(super) fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let factor = Factor::of(matrix.concat(), size)?;
    let mut inverse = vec![vec![0.0; size]; size];
    for column in 0..size {
        let unit = (0..size).map(|row| if row == column { 1.0 } else { 0.0 }).collect();
        let solution = factor.solve(unit);
        if solution.iter().any(|value| !value.is_finite()) {
            return None;
        }
        inverse.iter_mut().zip(solution).for_each(|(row, value)| row[column] = value);
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_systems() {
        let matrix = vec![vec![0.0, 2.0, 1.0], vec![1.0, 0.0, 0.0], vec![3.0, 0.0, 1.0]];
        let factor = Factor::of(matrix.concat(), 3).unwrap();
        assert_eq!(factor.solve(vec![7.0, 1.0, 6.0]), [1.0, 2.0, 3.0]);
        assert_eq!(factor.sign(), -1.0);
        let inverse = inverse(&matrix).unwrap();
        let product: f64 = (0..3).map(|k| matrix[2][k] * inverse[k][2]).sum();
        assert!((product - 1.0).abs() < 1e-12);
        assert!(solve(vec![vec![1.0, 1.0], vec![1.0, 1.0]], vec![1.0, 2.0]).is_none());
    }
}
