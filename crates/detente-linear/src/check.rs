//! Checks of certificates, by multiplication alone.

use crate::program::{Program, RowRelation};
use crate::sparse;
use detente_game::Rational;

/// Whether a point satisfies every row and every sign.
#[must_use]
pub fn is_feasible_point(program: &Program, point: &[Rational]) -> bool {
    point.len() == program.free.len()
        && point.iter().zip(&program.free).all(|(value, free)| *free || !value.is_negative())
        && program.rows.iter().all(|row| {
            let sum = sparse::dot(&row.entries, point);
            match row.relation {
                RowRelation::Le => sum <= row.rhs,
                RowRelation::Ge => sum >= row.rhs,
                RowRelation::Eq => sum == row.rhs,
            }
        })
}

/// Whether multipliers have the sign their rows ask for: at least 0 on `Le`, at most 0 on `Ge`.
fn signs_fit(program: &Program, multipliers: &[Rational]) -> bool {
    multipliers.len() == program.rows.len()
        && multipliers.iter().zip(&program.rows).all(|(value, row)| match row.relation {
            RowRelation::Le => !value.is_negative(),
            RowRelation::Ge => !value.is_positive(),
            RowRelation::Eq => true,
        })
}

/// The rows added up with these multipliers: coefficients and right-hand side.
fn combine(program: &Program, multipliers: &[Rational]) -> (Vec<Rational>, Rational) {
    let mut sums = vec![Rational::ZERO; program.free.len()];
    let mut rhs = Rational::ZERO;
    for (multiplier, row) in multipliers.iter().zip(&program.rows) {
        if multiplier.is_zero() {
            continue;
        }
        rhs += multiplier * &row.rhs;
        for (variable, value) in &row.entries {
            sums[*variable as usize] += multiplier * value;
        }
    }
    (sums, rhs)
}

/// Whether the combined rows bound `objective` from above wherever the signs of variables hold.
fn dominates(program: &Program, sums: &[Rational], objective: &[Rational]) -> bool {
    sums.iter()
        .zip(objective)
        .zip(&program.free)
        .all(|((sum, wanted), free)| if *free { sum == wanted } else { sum >= wanted })
}

/// Whether `farkas` proves that no point satisfies the rows: their combination says that a sum
/// which cannot be negative is negative (Farkas 1902).
#[must_use]
pub fn is_farkas(program: &Program, farkas: &[Rational]) -> bool {
    if !signs_fit(program, farkas) {
        return false;
    }
    let (sums, rhs) = combine(program, farkas);
    rhs.is_negative() && dominates(program, &sums, &vec![Rational::ZERO; sums.len()])
}

fn dense(program: &Program, objective: &[(usize, Rational)]) -> Option<Vec<Rational>> {
    let mut wanted = vec![Rational::ZERO; program.free.len()];
    for (variable, value) in objective {
        *wanted.get_mut(*variable)? += value;
    }
    Some(wanted)
}

/// Whether `point` maximises `objective`, proved by `dual`: both are feasible and their values
/// agree (strong duality).
#[must_use]
pub fn is_optimal(
    program: &Program,
    objective: &[(usize, Rational)],
    point: &[Rational],
    dual: &[Rational],
) -> bool {
    let Some(wanted) = dense(program, objective) else { return false };
    if !is_feasible_point(program, point) || !signs_fit(program, dual) {
        return false;
    }
    let (sums, rhs) = combine(program, dual);
    let value: Rational = wanted.iter().zip(point).map(|(a, b)| a * b).sum();
    dominates(program, &sums, &wanted) && value == rhs
}

/// Whether moving along `ray` keeps every row and raises `objective`.
#[must_use]
pub fn is_ray(program: &Program, objective: &[(usize, Rational)], ray: &[Rational]) -> bool {
    let Some(wanted) = dense(program, objective) else { return false };
    ray.len() == wanted.len()
        && ray.iter().zip(&program.free).all(|(value, free)| *free || !value.is_negative())
        && program.rows.iter().all(|row| {
            let sum = sparse::dot(&row.entries, ray);
            match row.relation {
                RowRelation::Le => !sum.is_positive(),
                RowRelation::Ge => !sum.is_negative(),
                RowRelation::Eq => sum.is_zero(),
            }
        })
        && wanted.iter().zip(ray).map(|(a, b)| a * b).sum::<Rational>().is_positive()
}
