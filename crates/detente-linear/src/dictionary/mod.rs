//! Dictionaries: the vertices of a polyhedron `{z >= 0, z_basic = b + A z_other}`, one basis at a
//! time, in whole numbers (Dantzig 1963; without fractions as in Edmonds 1967 and Bareiss 1968).

mod integer;
mod table;

use crate::program::{Program, RowRelation};
use crate::vertices::{NoVertices, corners_up_to};
use dashu_base::Gcd;
use dashu_int::{IBig, UBig};
use detente_game::Rational;
use integer::Integer;
use std::cmp::Ordering;
use table::{RowSign, Table};

/// A feasible dictionary: every variable is at least zero, and so is every right-hand side.
///
/// Variables have labels of the caller's choice. A variable that is zero throughout is dropped.
/// Numbers are kept in 64 bits as long as they fit, then in 128, then without limit.
///
/// ```
/// use detente_game::Rational;
/// use detente_linear::Dictionary;
/// // x_2 = 4 - x_0 - 2 x_1 and x_3 = 3 - x_0.
/// let rows = [[-1, -2, 4], [-1, 0, 3]].map(|row| row.map(Rational::int).to_vec());
/// let mut face = Dictionary::new(vec![2, 3], vec![0, 1], &rows);
/// assert!(face.fix(2) && face.fix(3));
/// assert_eq!(face.point(), [(0, Rational::int(3)), (1, Rational::new(1, 2))]);
/// ```
#[derive(Clone)]
pub struct Dictionary {
    table: Width,
}

#[derive(Clone)]
enum Width {
    Short(Table<i64>),
    Long(Table<i128>),
    Big(Table<IBig>),
}

/// Does the same with the table, whatever its width.
macro_rules! with {
    ($dictionary:expr, $table:ident => $do:expr) => {
        match &$dictionary.table {
            Width::Short($table) => $do,
            Width::Long($table) => $do,
            Width::Big($table) => $do,
        }
    };
    (mut $dictionary:expr, $table:ident => $do:expr) => {
        match &mut $dictionary.table {
            Width::Short($table) => $do,
            Width::Long($table) => $do,
            Width::Big($table) => $do,
        }
    };
}

/// What is true of a variable at every feasible point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Always {
    /// It is zero.
    Zero,
    /// It is positive.
    Positive,
}

impl Dictionary {
    /// The dictionary with these rows: one coefficient for each label of `other`, then the
    /// right-hand side.
    ///
    /// # Panics
    /// If a row has another length, a right-hand side is negative, or a number is not whole.
    #[must_use]
    pub fn new(basic: Vec<u32>, other: Vec<u32>, rows: &[Vec<Rational>]) -> Self {
        assert_eq!(basic.len(), rows.len(), "one row per basic variable");
        let mut entries = Vec::with_capacity(rows.len() * (other.len() + 1));
        for row in rows {
            assert_eq!(row.len(), other.len() + 1, "rows of equal length");
            assert!(!row[other.len()].is_negative(), "the first basis is feasible");
            for value in row {
                assert!(value.is_integer(), "whole numbers");
                entries.push(value.big_parts().0);
            }
        }
        let big = Table { basic, other, entries, denominator: IBig::ONE };
        let table = match (big.narrowed(), big.narrowed()) {
            (Some(short), _) => Width::Short(short),
            (None, Some(long)) => Width::Long(long),
            (None, None) => Width::Big(big),
        };
        Self { table }
    }

    /// How many variables are outside the basis: the dimension of the feasible set, unless the
    /// basis is degenerate.
    #[must_use]
    pub fn freedom(&self) -> usize {
        with!(self, table => table.other.len())
    }

    /// The labels of the basic variables, row by row.
    #[must_use]
    pub fn basic(&self) -> &[u32] {
        with!(self, table => &table.basic)
    }

    /// The labels of the variables outside the basis, column by column.
    #[must_use]
    pub fn other(&self) -> &[u32] {
        with!(self, table => &table.other)
    }

    /// The sign of a coefficient; of the right-hand side at the column after the last.
    #[must_use]
    pub fn sign(&self, row: usize, column: usize) -> Ordering {
        with!(self, table => table.at(row, column).order())
    }

    /// The basic variables' values at the basis' point, about; for choices that are all right.
    #[must_use]
    pub fn rough_values(&self) -> Vec<f64> {
        with!(self, table => {
            let scale = table.denominator.rough();
            (0..table.basic.len()).map(|row| table.constant(row).rough() / scale).collect()
        })
    }

    /// The variables that are not zero at the basis' point, with their values, by label.
    #[must_use]
    pub fn point(&self) -> Vec<(u32, Rational)> {
        with!(self, table => {
            let mut point: Vec<(u32, Rational)> = (0..table.basic.len())
                .filter(|row| !table.constant(*row).is_zero())
                .map(|row| (table.basic[row], fraction(table.constant(row), &table.denominator)))
                .collect();
            point.sort_by_key(|(label, _)| *label);
            point
        })
    }

    /// Exchanges the basic variable of a row with that of a column, whose entry is not zero.
    pub fn pivot(&mut self, row: usize, column: usize) {
        while !with!(mut self, table => table.pivot(row, column)) {
            self.widen();
        }
    }

    fn widen(&mut self) {
        self.table = match &self.table {
            Width::Short(table) => match table.narrowed() {
                Some(long) => Width::Long(long),
                None => unreachable!("64 bits fit in 128"),
            },
            Width::Long(table) => match table.narrowed() {
                Some(big) => Width::Big(big),
                None => unreachable!("everything fits without limit"),
            },
            Width::Big(_) => unreachable!("everything fits without limit"),
        };
    }

    /// The row of the variable that leaves the basis when that of a column enters, by the
    /// lexicographic rule: as if the variables of the first basis, in this order, had been moved
    /// from their values by an infinitesimal each, every one far smaller than the one before
    /// (Dantzig, Orden and Wolfe 1955). `None` if nothing ever leaves.
    #[must_use]
    pub fn leaving(&self, column: usize, first_basis: &[u32]) -> Option<usize> {
        with!(self, table => table.leaving(column, first_basis))
    }

    /// Restricts the polyhedron to the face on which a variable is zero; `false` if there is none,
    /// and then the dictionary is at a point where the variable is least. A label that is not
    /// there was dropped, and is zero already.
    pub fn fix(&mut self, label: u32) -> bool {
        if let Some(column) = self.other().iter().position(|other| *other == label) {
            with!(mut self, table => table.drop_column(column));
            return true;
        }
        let Some(row) = self.basic().iter().position(|basic| *basic == label) else { return true };
        while with!(self, table => !table.constant(row).is_zero()) {
            let Some((leaving, column)) = with!(self, table => table.step_down(row)) else {
                return false;
            };
            self.pivot(leaving, column);
            if leaving == row {
                with!(mut self, table => table.drop_column(column));
                return true;
            }
        }
        let mut columns = 0..self.freedom();
        match columns.find(|column| self.sign(row, *column) != Ordering::Equal) {
            Some(column) => {
                self.pivot(row, column);
                with!(mut self, table => table.drop_column(column));
            }
            None => with!(mut self, table => table.drop_row(row)),
        }
        true
    }

    /// Whether a variable is positive somewhere. If not, its row shows it to [`Self::notice`].
    /// The basis' point does not change. A label that is not there was dropped and is zero.
    pub fn can_rise(&mut self, label: u32) -> bool {
        if let Some(column) = self.other().iter().position(|other| *other == label) {
            match with!(self, table => table.keeps_down(column)) {
                None => return true,
                Some(row) => self.pivot(row, column),
            }
        }
        let Some(row) = self.basic().iter().position(|basic| *basic == label) else {
            return false;
        };
        if with!(self, table => !table.constant(row).is_zero()) {
            return true;
        }
        // Steps of no length, by Bland's rule (1977).
        loop {
            let rising = with!(self, table => table.rising(row));
            let Some(&column) = rising.first() else { return false };
            let kept = |column: &usize| with!(self, table => table.keeps_down(*column));
            if rising.iter().any(|column| kept(column).is_none()) {
                return true;
            }
            let leaving = kept(&column).expect("all are kept down");
            self.pivot(leaving, column);
        }
    }

    /// Tells what the signs of the rows show, and drops the variables that turn out to be zero.
    /// It need not see everything that is true.
    pub fn notice(&mut self, mut tell: impl FnMut(u32, Always)) {
        loop {
            let mut dropped = false;
            for row in (0..self.basic().len()).rev() {
                match with!(self, table => table.sign_of_row(row)) {
                    RowSign::Positive => tell(self.basic()[row], Always::Positive),
                    RowSign::Zero => {
                        dropped |= self.drop_zeros(row, &mut tell);
                    }
                    RowSign::Open => {}
                }
            }
            if !dropped {
                return;
            }
        }
    }

    /// Drops a variable that is always zero and those in its row; whether there are such.
    fn drop_zeros(&mut self, row: usize, tell: &mut impl FnMut(u32, Always)) -> bool {
        tell(self.basic()[row], Always::Zero);
        let before = self.freedom();
        for column in (0..before).rev() {
            if self.sign(row, column) == Ordering::Less {
                tell(self.other()[column], Always::Zero);
                with!(mut self, table => table.drop_column(column));
            }
        }
        with!(mut self, table => table.drop_row(row));
        self.freedom() < before
    }

    /// All vertices of the feasible set, each as in [`Self::point`], sorted; directions in which
    /// it has no end are left out.
    ///
    /// # Errors
    /// If more than `most` vertices arise on the way.
    pub fn vertices(&self, most: usize) -> Result<Vec<Vec<(u32, Rational)>>, NoVertices> {
        if self.freedom() == 0 {
            return Ok(vec![self.point()]);
        }
        let mut program = Program::new(self.freedom());
        let rows = self.rows();
        for row in &rows {
            let (last, entries) = row.split_last().expect("a right-hand side");
            if entries.iter().any(Rational::is_negative) {
                let entries: Vec<(usize, Rational)> = entries.iter().cloned().enumerate().collect();
                program.row(&entries, RowRelation::Ge, -last);
            }
        }
        let corners = corners_up_to(&program, most)?;
        let mut points: Vec<_> = corners.iter().map(|corner| self.spread(&rows, corner)).collect();
        points.sort();
        Ok(points)
    }

    /// All values at a point of the variables outside the basis.
    fn spread(&self, rows: &[Vec<Rational>], at: &[Rational]) -> Vec<(u32, Rational)> {
        let mut point: Vec<(u32, Rational)> =
            self.other().iter().copied().zip(at.iter().cloned()).collect();
        for (label, row) in self.basic().iter().zip(rows) {
            let (last, entries) = row.split_last().expect("a right-hand side");
            let moved = entries.iter().zip(at).filter(|(_, value)| !value.is_zero());
            let value = moved.fold(last.clone(), |sum, (entry, value)| sum + entry * value);
            point.push((*label, value));
        }
        point.retain(|(_, value)| !value.is_zero());
        point.sort_by_key(|(label, _)| *label);
        point
    }

    /// Coefficients and right-hand sides as fractions.
    fn rows(&self) -> Vec<Vec<Rational>> {
        with!(self, table => (0..table.basic.len())
            .map(|row| {
                table.row(row).iter().map(|value| fraction(value, &table.denominator)).collect()
            })
            .collect())
    }
}

fn fraction<T: Integer>(numerator: &T, denominator: &T) -> Rational {
    let (_, denominator): (_, UBig) = denominator.big().into_parts();
    Rational::from_big_parts(numerator.big(), denominator)
}

/// The least positive factor that makes numbers whole and leaves them without a common divisor;
/// one if all are zero.
///
/// ```
/// use detente_game::Rational;
/// let numbers = [Rational::new(2, 3), Rational::int(4)];
/// assert_eq!(detente_linear::whole_factor(numbers.iter()), Rational::new(3, 2));
/// ```
pub fn whole_factor<'a>(numbers: impl Iterator<Item = &'a Rational>) -> Rational {
    let (mut multiple, mut divisor) = (UBig::ONE, UBig::ZERO);
    for number in numbers.filter(|number| !number.is_zero()) {
        let (numerator, denominator) = number.big_parts();
        let (_, numerator) = numerator.into_parts();
        // In lowest terms, the common divisor of fractions is that of their numerators over the
        // least common multiple of their denominators.
        divisor = if divisor == UBig::ZERO { numerator } else { divisor.gcd(numerator) };
        multiple = &multiple / (&multiple).gcd(&denominator) * denominator;
    }
    if divisor == UBig::ZERO {
        return Rational::ONE;
    }
    Rational::from_big_parts(multiple.into(), divisor)
}
