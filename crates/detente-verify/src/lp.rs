//! Linear programs whose answers are checked before they are used: the judge trusts no solver,
//! not even its own.

use detente_game::Rational;
use detente_linear::{Optimum, Program, is_farkas, is_feasible_point, is_optimal};

/// An answer did not pass its check (a bug in the linear programming, never in the game).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

impl Broken {
    /// What to tell the reader.
    pub const SENTENCE: &'static str =
        "a linear program's answer did not pass its exact check, so nothing is concluded";
}

/// An optimum: its value and a point.
pub(crate) type Best = (Rational, Vec<Rational>);

/// The optimal value, a point and the rows' multipliers, of a program that has an optimum.
pub(crate) fn maximum_and_dual(
    program: &Program,
    objective: &[(usize, Rational)],
) -> Result<(Rational, Vec<Rational>, Vec<Rational>), Broken> {
    match program.maximize(objective) {
        Optimum::Optimal { value, point, dual }
            if is_optimal(program, objective, &point, &dual) =>
        {
            Ok((value, point, dual))
        }
        _ => Err(Broken),
    }
}

/// The optimal value and a point, checked by its dual; `None` if infeasible, checked by Farkas.
pub(crate) fn maximum(
    program: &Program,
    objective: &[(usize, Rational)],
) -> Result<Option<Best>, Broken> {
    Ok(maximum_or_conflict(program, objective)?.ok())
}

/// The same; if infeasible, the rows that contradict each other, checked by Farkas.
fn maximum_or_conflict(
    program: &Program,
    objective: &[(usize, Rational)],
) -> Result<Result<Best, Vec<usize>>, Broken> {
    match program.maximize(objective) {
        Optimum::Optimal { value, point, dual } => {
            let checked = is_optimal(program, objective, &point, &dual);
            let reached: Rational = objective.iter().map(|(at, factor)| factor * &point[*at]).sum();
            if checked && reached == value { Ok(Ok((value, point))) } else { Err(Broken) }
        }
        Optimum::Infeasible { farkas } => {
            if is_farkas(program, &farkas) {
                let rows = farkas.iter().enumerate().filter(|(_, factor)| !factor.is_zero());
                Ok(Err(rows.map(|(row, _)| row).collect()))
            } else {
                Err(Broken)
            }
        }
        // All programs posed here are bounded in the direction asked.
        Optimum::Unbounded { .. } => Err(Broken),
    }
}

/// A point that satisfies all rows and makes `objective` small, or `None`, both checked.
pub(crate) fn minimum(
    program: &Program,
    objective: &[(usize, Rational)],
) -> Result<Option<Best>, Broken> {
    Ok(minimum_or_conflict(program, objective)?.ok())
}

/// The same; if infeasible, the rows that contradict each other.
pub(crate) fn minimum_or_conflict(
    program: &Program,
    objective: &[(usize, Rational)],
) -> Result<Result<Best, Vec<usize>>, Broken> {
    let negated: Vec<_> = objective.iter().map(|(at, factor)| (*at, -factor)).collect();
    let found = maximum_or_conflict(program, &negated)?;
    debug_assert!(found.as_ref().map_or(true, |(_, point)| is_feasible_point(program, point)));
    Ok(found.map(|(value, point)| (-value, point)))
}
