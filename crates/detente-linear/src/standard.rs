//! The rows of a program with slack, surplus and artificial variables, and right-hand sides that
//! are not negative.

use crate::program::{Program, RowRelation};
use crate::sparse::Entry;
use detente_game::Rational;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Signed,
    Free,
    /// Artificial, kept as a column because it tracks an equality's multiplier.
    Artificial,
    /// Artificial of a `Ge` row, whose surplus column tracks the multiplier: dropped on leaving.
    Passing,
}

impl Kind {
    pub(crate) fn is_artificial(self) -> bool {
        matches!(self, Self::Artificial | Self::Passing)
    }
}

/// Where a row's multiplier can be read off the reduced costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tracker {
    /// A column that was plus or minus the row's unit column.
    pub(crate) column: u32,
    /// -1 for a surplus column.
    pub(crate) negative: bool,
    /// Whether the row was multiplied by -1.
    pub(crate) flipped: bool,
}

/// `basic + sum of entries = rhs`, with the row's first basic variable not among the entries.
#[derive(Debug)]
pub(crate) struct StandardRow {
    pub(crate) basic: u32,
    pub(crate) entries: Vec<Entry>,
    pub(crate) rhs: Rational,
    pub(crate) tracker: Tracker,
}

#[derive(Debug)]
pub(crate) struct Standard {
    /// Number of the program's own variables, which come first.
    pub(crate) variables: usize,
    pub(crate) kind: Vec<Kind>,
    pub(crate) rows: Vec<StandardRow>,
}

impl Standard {
    pub(crate) fn of(program: &Program) -> Self {
        let kind = program.free.iter().map(|free| if *free { Kind::Free } else { Kind::Signed });
        let mut standard = Self {
            variables: program.free.len(),
            kind: kind.collect(),
            rows: Vec::with_capacity(program.rows.len()),
        };
        for row in &program.rows {
            let flipped = match row.relation {
                RowRelation::Ge => !row.rhs.is_positive(),
                RowRelation::Le | RowRelation::Eq => row.rhs.is_negative(),
            };
            let relation = match (row.relation, flipped) {
                (RowRelation::Le, true) => RowRelation::Ge,
                (RowRelation::Ge, true) => RowRelation::Le,
                (other, _) => other,
            };
            let signed = |value: &Rational| if flipped { -value } else { value.clone() };
            let entries = row.entries.iter().map(|(index, value)| (*index, signed(value)));
            standard.add(entries.collect(), relation, signed(&row.rhs), flipped);
        }
        standard
    }

    fn add(
        &mut self,
        mut entries: Vec<Entry>,
        relation: RowRelation,
        rhs: Rational,
        flipped: bool,
    ) {
        let (basic, column) = match relation {
            RowRelation::Le => {
                let slack = self.column(Kind::Signed);
                (slack, slack)
            }
            RowRelation::Ge => {
                let surplus = self.column(Kind::Signed);
                entries.push((surplus, -Rational::ONE));
                (self.column(Kind::Passing), surplus)
            }
            RowRelation::Eq => {
                let artificial = self.column(Kind::Artificial);
                (artificial, artificial)
            }
        };
        let tracker = Tracker { column, negative: relation == RowRelation::Ge, flipped };
        self.rows.push(StandardRow { basic, entries, rhs, tracker });
    }

    fn column(&mut self, kind: Kind) -> u32 {
        self.kind.push(kind);
        (self.kind.len() - 1) as u32
    }
}
