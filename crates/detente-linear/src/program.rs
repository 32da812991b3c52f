//! A linear program and its answers.

use crate::simplex;
use crate::sparse::{self, Entry};
use detente_game::Rational;

/// How a row's sum compares with its right-hand side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRelation {
    /// At most.
    Le,
    /// At least.
    Ge,
    /// Equal.
    Eq,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) entries: Vec<Entry>,
    pub(crate) relation: RowRelation,
    pub(crate) rhs: Rational,
}

/// Linear constraints on variables `x_0 .. x_{n-1}`, each at least 0 unless it was freed.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) free: Vec<bool>,
    pub(crate) rows: Vec<Row>,
}

/// The answer to a maximisation, with its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Optimum {
    /// A best point exists.
    Optimal {
        /// The greatest value of the objective.
        value: Rational,
        /// A point that attains it (a vertex of the tableau), one entry per variable.
        point: Vec<Rational>,
        /// One multiplier per row: at least 0 on `Le` rows, at most 0 on `Ge` rows; the rows'
        /// combination bounds the objective by `value`. Check with [`crate::is_optimal`].
        dual: Vec<Rational>,
    },
    /// No point satisfies the rows.
    Infeasible {
        /// One multiplier per row, a contradiction. Check with [`crate::is_farkas`].
        farkas: Vec<Rational>,
    },
    /// The objective grows without bound.
    Unbounded {
        /// A direction of growth, one entry per variable. Check with [`crate::is_ray`].
        ray: Vec<Rational>,
    },
}

/// Whether the constraints can be met, with its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feasibility {
    /// A point that satisfies all rows.
    Feasible(Vec<Rational>),
    /// None does.
    Infeasible {
        /// One multiplier per row, a contradiction. Check with [`crate::is_farkas`].
        farkas: Vec<Rational>,
    },
}

impl Feasibility {
    /// The point, if there is one.
    #[must_use]
    pub fn point(self) -> Option<Vec<Rational>> {
        match self {
            Self::Feasible(point) => Some(point),
            Self::Infeasible { .. } => None,
        }
    }
}

impl Program {
    /// A program of `variables` variables, all at least 0, without rows.
    #[must_use]
    pub fn new(variables: usize) -> Self {
        Self { free: vec![false; variables], rows: Vec::new() }
    }

    /// Adds a variable, at least 0; returns its index.
    pub fn variable(&mut self) -> usize {
        self.free.push(false);
        self.free.len() - 1
    }

    /// Lets variable `variable` take negative values.
    ///
    /// # Panics
    /// If there is no such variable.
    pub fn free(&mut self, variable: usize) {
        self.free[variable] = true;
    }

    /// Adds the constraint `sum of coefficient * variable  relation  rhs`; returns the row's
    /// index. Coefficients of the same variable add up.
    ///
    /// # Panics
    /// If a coefficient names no variable.
    pub fn row(
        &mut self,
        coefficients: &[(usize, Rational)],
        relation: RowRelation,
        rhs: Rational,
    ) -> usize {
        assert!(
            coefficients.iter().all(|(variable, _)| *variable < self.free.len()),
            "a coefficient of no variable"
        );
        self.rows.push(Row { entries: sparse::from_entries(coefficients), relation, rhs });
        self.rows.len() - 1
    }

    /// Takes back the last rows, down to the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.rows.truncate(count);
    }

    /// Number of variables.
    #[must_use]
    pub fn variable_count(&self) -> usize {
        self.free.len()
    }

    /// Number of rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Maximises `sum of coefficient * variable` exactly; the same program always gives the same
    /// answer.
    ///
    /// Two-phase simplex method (Dantzig 1951), made finite by an infinitesimal perturbation and,
    /// where even that ties, by Bland's rule (1977).
    ///
    /// # Panics
    /// If a coefficient names no variable.
    #[must_use]
    pub fn maximize(&self, objective: &[(usize, Rational)]) -> Optimum {
        assert!(
            objective.iter().all(|(variable, _)| *variable < self.free.len()),
            "a coefficient of no variable"
        );
        simplex::maximize(self, objective)
    }

    /// Minimises instead: `value` is the least value, and `dual` certifies the maximum of the
    /// negated objective.
    #[must_use]
    pub fn minimize(&self, objective: &[(usize, Rational)]) -> Optimum {
        let negated: Vec<_> =
            objective.iter().map(|(variable, value)| (*variable, -value)).collect();
        match self.maximize(&negated) {
            Optimum::Optimal { value, point, dual } => {
                Optimum::Optimal { value: -value, point, dual }
            }
            other => other,
        }
    }

    /// Whether the rows can be met at all.
    #[must_use]
    pub fn feasible(&self) -> Feasibility {
        simplex::feasible(self)
    }
}

/// Whether a point is a mixture (a convex combination) of some points.
///
/// ```
/// use detente_game::Rational;
/// let square = [[0, 0], [2, 0], [0, 2], [2, 2]].map(|at| at.map(Rational::int).to_vec());
/// let square: Vec<&Vec<Rational>> = square.iter().collect();
/// assert!(detente_linear::is_mixture(&[Rational::ONE, Rational::ONE], &square));
/// assert!(!detente_linear::is_mixture(&[Rational::ONE, Rational::int(3)], &square));
/// ```
#[must_use]
pub fn is_mixture(point: &[Rational], of: &[&Vec<Rational>]) -> bool {
    let mut program = Program::new(of.len());
    let ones: Vec<(usize, Rational)> = (0..of.len()).map(|at| (at, Rational::ONE)).collect();
    program.row(&ones, RowRelation::Eq, Rational::ONE);
    for (coordinate, value) in point.iter().enumerate() {
        let entries: Vec<(usize, Rational)> =
            of.iter().map(|other| other[coordinate].clone()).enumerate().collect();
        program.row(&entries, RowRelation::Eq, value.clone());
    }
    matches!(program.feasible(), Feasibility::Feasible(_))
}
