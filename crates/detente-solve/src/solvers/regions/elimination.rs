//! Gauss and Jordan's elimination over polynomials: a system solved for the variables of a basis.

use super::family::Family;
use crate::solvers::pure::parametric::terms::Terms;
use detente_game::Rational;
use detente_linear::{Basic, RowRelation};
use std::collections::BTreeMap;

/// A row `sum of entries = rhs`, with columns numbered by [`Columns`].
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub entries: BTreeMap<usize, Terms>,
    pub rhs: Terms,
}

/// The numbers of the columns: variables, then what the rows leave, then what they lack, then the
/// objective.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub variables: usize,
    pub rows: usize,
}

impl Columns {
    pub fn of(self, basic: Basic) -> usize {
        match basic {
            Basic::Variable(at) => at,
            Basic::Slack(row) => self.variables + row,
            Basic::Artificial(row) => self.variables + self.rows + row,
        }
    }

    pub fn objective(self) -> usize {
        self.variables + 2 * self.rows
    }
}

/// A system solved for its basic columns.
pub(super) struct Reduced {
    /// Per basic column the only line that has it.
    pub lines: BTreeMap<usize, Line>,
    /// The objective's line, in which no basic column is left.
    pub objective: Line,
}

/// The lines of a family, with the columns of what is lacking in the basis only, and an objective.
pub(super) fn lines(family: &Family, basis: &[Basic], objective: Line) -> (Columns, Vec<Line>) {
    let columns = Columns { variables: family.free.len(), rows: family.rows.len() };
    let one = || Terms::number(Rational::ONE);
    let mut lines = Vec::new();
    for (at, row) in family.rows.iter().enumerate() {
        let mut line =
            Line { entries: row.entries.clone(), rhs: Terms::number(Rational::int(row.rhs)) };
        let slack = columns.of(Basic::Slack(at));
        match row.relation {
            RowRelation::Le => drop(line.entries.insert(slack, one())),
            RowRelation::Ge => {
                line.entries.insert(slack, Terms::number(Rational::int(-1)));
            }
            RowRelation::Eq => {}
        }
        if basis.contains(&Basic::Artificial(at)) {
            line.entries.insert(columns.of(Basic::Artificial(at)), one());
        }
        lines.push(line);
    }
    lines.push(objective);
    (columns, lines)
}

/// Solves for the basic columns; `None` if polynomials grow too long or the basis is singular at
/// the point. The last line is the objective's. `factors` are taken out of lines.
pub(super) fn reduce(
    mut lines: Vec<Line>,
    basis: &[usize],
    at: &[Rational],
    factors: &[Terms],
) -> Option<Reduced> {
    let objective = lines.len() - 1;
    let mut known: Vec<Terms> = factors.to_vec();
    let (mut columns, mut rows) = (basis.to_vec(), (0..objective).collect::<Vec<usize>>());
    let mut solved = Vec::new();
    while !columns.is_empty() {
        let (row, column) = pivot(&lines, &rows, &columns, at)?;
        rows.retain(|other| *other != row);
        columns.retain(|other| *other != column);
        solved.push((column, row));
        let own = lines[row].clone();
        let by = own.entries[&column].clone();
        for (other, line) in lines.iter_mut().enumerate().filter(|(other, _)| *other != row) {
            let Some(factor) = line.entries.get(&column).cloned() else { continue };
            eliminate(line, &own, &by, &factor)?;
            debug_assert!(!line.entries.contains_key(&column), "line {other} lost its column");
            lighten(line, &known);
        }
        if by.constant().is_none() && !known.contains(&by) {
            known.push(by);
        }
    }
    let taken = solved.into_iter().map(|(column, row)| (column, std::mem::take(&mut lines[row])));
    let lines_of: BTreeMap<usize, Line> = taken.collect();
    Some(Reduced { lines: lines_of, objective: lines.swap_remove(objective) })
}

/// The entry to solve for next: a number before a polynomial, and one that fills up least.
fn pivot(
    lines: &[Line],
    rows: &[usize],
    columns: &[usize],
    at: &[Rational],
) -> Option<(usize, usize)> {
    let mut candidates = Vec::new();
    for &row in rows {
        let entries = &lines[row].entries;
        for (column, terms) in entries.iter().filter(|(column, _)| columns.contains(column)) {
            let others = lines.iter().filter(|line| line.entries.contains_key(column)).count();
            let cost = (terms.len(), (entries.len() - 1) * (others - 1));
            candidates.push((cost, row, *column, terms));
        }
    }
    candidates.sort_unstable_by_key(|(cost, row, column, _)| (*cost, *row, *column));
    let is_usable = |terms: &Terms| terms.constant().is_some() || !terms.value(at).is_zero();
    let found = candidates.into_iter().find(|(.., terms)| is_usable(terms));
    found.map(|(_, row, column, _)| (row, column))
}

/// `line = by * line - factor * own`, in which a column goes.
fn eliminate(line: &mut Line, own: &Line, by: &Terms, factor: &Terms) -> Option<()> {
    // A number as the pivot need not multiply the line.
    let (by, factor) = match by.constant() {
        Some(value) => {
            let inverse = Rational::ONE.checked_div(&value)?;
            (Terms::number(Rational::ONE), factor.scaled(&inverse))
        }
        None => (by.clone(), factor.clone()),
    };
    if by.constant().is_none() {
        for terms in line.entries.values_mut() {
            *terms = terms.times(&by)?;
        }
        line.rhs = line.rhs.times(&by)?;
    }
    for (column, terms) in &own.entries {
        let entry = line.entries.entry(*column).or_default();
        subtract(entry, terms, &factor)?;
    }
    subtract(&mut line.rhs, &own.rhs, &factor)?;
    line.entries.retain(|_, terms| *terms != Terms::default());
    Some(())
}

/// `amount -= terms * factor`.
fn subtract(amount: &mut Terms, terms: &Terms, factor: &Terms) -> Option<()> {
    match (terms.constant(), factor.constant()) {
        (_, Some(number)) => amount.add(terms, &-number),
        (Some(number), None) => amount.add(factor, &-number),
        (None, None) => amount.add(&terms.times(factor)?, &Rational::int(-1)),
    }
    Some(())
}

/// Divides a line by factors that all of it has.
fn lighten(line: &mut Line, factors: &[Terms]) {
    for factor in factors {
        while let Some(lighter) = divided(line, factor) {
            *line = lighter;
        }
    }
}

fn divided(line: &Line, by: &Terms) -> Option<Line> {
    let may_be = |terms: &Terms| terms.may_be_divided_by(by);
    if line.entries.is_empty() || !may_be(&line.rhs) || !line.entries.values().all(may_be) {
        return None;
    }
    let entries = line.entries.iter().map(|(column, terms)| Some((*column, terms.divided_by(by)?)));
    Some(Line { entries: entries.collect::<Option<_>>()?, rhs: line.rhs.divided_by(by)? })
}
