//! Which basis a program ends in: for those who want to solve the same system in other numbers.

use crate::program::Program;
use crate::simplex;
use crate::standard::Standard;
use detente_game::Rational;

/// A variable of the final basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basic {
    /// One of the program's own.
    Variable(usize),
    /// What an inequality's row leaves: at least zero, and added in an `Le` row, subtracted in a
    /// `Ge` row.
    Slack(usize),
    /// What a row's sum lacks of its right-hand side; zero unless the program is infeasible. It is
    /// added where the right-hand side is not negative.
    Artificial(usize),
}

/// How a maximisation ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// A best point exists; its value.
    Optimal(Rational),
    /// No point satisfies the rows: the basis minimises the sum of the artificial variables.
    Infeasible,
    /// The objective grows without bound.
    Unbounded,
}

/// The end of a maximisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// How it ended.
    pub ending: Ending,
    /// One variable for each row, sorted.
    pub basis: Vec<Basic>,
    /// A point that satisfies the rows, one entry per variable, unless there is none.
    pub point: Option<Vec<Rational>>,
}

/// What a search in double precision believes of a maximisation, unchecked.
#[derive(Debug, Clone, PartialEq)]
pub struct Believed {
    /// The objective's greatest value, about; `None` if no point satisfies the rows.
    pub value: Option<f64>,
    /// One variable for each row, sorted.
    pub basis: Vec<Basic>,
}

impl Program {
    /// Maximises like [`Program::maximize`] and names the basis in which that ends.
    ///
    /// ```
    /// use detente_game::Rational;
    /// use detente_linear::{Basic, Ending, Program, RowRelation};
    /// // Most of x + y with x + y <= 2 and x <= 1.
    /// let one = Rational::ONE;
    /// let mut program = Program::new(2);
    /// program.row(&[(0, one.clone()), (1, one.clone())], RowRelation::Le, Rational::int(2));
    /// program.row(&[(0, one.clone())], RowRelation::Le, one.clone());
    /// let settled = program.settle(&[(0, one.clone()), (1, one)]);
    /// assert_eq!(settled.ending, Ending::Optimal(Rational::int(2)));
    /// assert_eq!(settled.basis.len(), 2);
    /// assert!(settled.basis.iter().all(|basic| !matches!(basic, Basic::Artificial(_))));
    /// ```
    ///
    /// # Panics
    /// If a coefficient names no variable.
    #[must_use]
    pub fn settle(&self, objective: &[(usize, Rational)]) -> Settled {
        let standard = Standard::of(self);
        let (ending, columns, point) = simplex::settle(self, &standard, objective);
        Settled { ending, basis: named(&standard, &columns), point }
    }

    /// The structure of the program, to be filled with other coefficients.
    #[must_use]
    pub fn sketch(&self) -> Sketch {
        Sketch { standard: Standard::of(self) }
    }
}

/// The structure of a program: which variables each row has, its relation and right-hand side.
#[derive(Debug)]
pub struct Sketch {
    standard: Standard,
}

impl Sketch {
    /// Maximises in double precision, many times as fast as exactly, for those who check what
    /// follows from the basis. The coefficients are those of the rows, one row after the other, each
    /// in the order of its variables. `None` if the search does not come to an end or finds no
    /// bound.
    ///
    /// # Panics
    /// If there are too few coefficients, or the objective names no variable.
    #[must_use]
    pub fn believe(
        &self,
        coefficients: &[f64],
        objective: &[(usize, Rational)],
    ) -> Option<Believed> {
        let (value, columns) = simplex::believe(&self.standard, coefficients, objective)?;
        Some(Believed { value, basis: named(&self.standard, &columns) })
    }
}

fn named(standard: &Standard, columns: &[u32]) -> Vec<Basic> {
    let names = names(standard);
    let mut basis: Vec<Basic> = columns.iter().map(|column| names[*column as usize]).collect();
    basis.sort_unstable();
    basis
}

/// What each column stands for.
fn names(standard: &Standard) -> Vec<Basic> {
    let mut names: Vec<Basic> = (0..standard.kind.len()).map(Basic::Variable).collect();
    for (row, line) in standard.rows.iter().enumerate() {
        for column in [line.tracker.column, line.basic] {
            let is_artificial = standard.kind[column as usize].is_artificial();
            names[column as usize] =
                if is_artificial { Basic::Artificial(row) } else { Basic::Slack(row) };
        }
    }
    names
}
