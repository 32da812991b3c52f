//! Small dense systems in floating point: guides only, nothing is decided by them.

/// The solution of a square system by elimination with row exchanges, and the sign of the
/// matrix's determinant; `None` if it is singular.
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, mut rhs: Vec<f64>) -> Option<(Vec<f64>, f64)> {
    let size = rhs.len();
    let mut sign = 1.0;
    for column in 0..size {
        let larger =
            |a: &usize, b: &usize| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs());
        let pivot = (column..size).max_by(larger)?;
        if pivot != column {
            matrix.swap(column, pivot);
            rhs.swap(column, pivot);
            sign = -sign;
        }
        let head = matrix[column][column];
        if head == 0.0 || !head.is_finite() {
            return None;
        }
        sign *= head.signum();
        for row in column + 1..size {
            let factor = matrix[row][column] / head;
            if factor != 0.0 {
                let (above, below) = matrix.split_at_mut(row);
                let entries = below[0][column..].iter_mut().zip(&above[column][column..]);
                entries.for_each(|(entry, above)| *entry -= factor * above);
                rhs[row] -= factor * rhs[column];
            }
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * rhs[column]).sum();
        rhs[row] = (rhs[row] - known) / matrix[row][row];
    }
    rhs.iter().all(|value| value.is_finite()).then_some((rhs, sign))
}

/// The inverse of a square matrix; `None` if it is singular.
pub(super) fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let mut inverse = vec![vec![0.0; size]; size];
    for column in 0..size {
        let unit = (0..size).map(|row| if row == column { 1.0 } else { 0.0 }).collect();
        let (solution, _) = solve(matrix.to_vec(), unit)?;
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
        let (solution, sign) = solve(matrix.clone(), vec![7.0, 1.0, 6.0]).unwrap();
        assert_eq!((solution, sign), (vec![1.0, 2.0, 3.0], -1.0));
        let inverse = inverse(&matrix).unwrap();
        let product: f64 = (0..3).map(|k| matrix[2][k] * inverse[k][2]).sum();
        assert!((product - 1.0).abs() < 1e-12);
        assert!(solve(vec![vec![1.0, 1.0], vec![1.0, 1.0]], vec![1.0, 2.0]).is_none());
    }
}
