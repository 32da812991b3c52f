//! Parameters drawn from a table: `p_firm = 0.5 in 0..1 ~ views.p_firm`. One row is drawn for all
//! that name the table, so what its columns have in common is kept.

use super::scope::{Compiler, TableData};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Name, Span, Table};
use detente_game::Rational;
use detente_game::game::{Column, Distribution};

impl Compiler<'_> {
    /// How likely each row of a table is: as a column says, or all alike.
    pub(crate) fn row_weights(&mut self, table: &Table, data: &TableData) -> Option<Vec<Rational>> {
        let Some(column) = &table.weight else { return Some(vec![Rational::ONE; data.rows.len()]) };
        let weights = self.column_values(&table.name, column, data)?;
        let negative = data.rows.keys().zip(&weights).find(|(_, weight)| weight.is_negative());
        let why = match negative {
            Some((key, weight)) => format!("row '{key}' has the weight {weight}"),
            None if weights.iter().all(Rational::is_zero) => "no row has a weight".to_owned(),
            None => return Some(weights),
        };
        self.complain(
            Diagnostic::at(
                Code::E048,
                column.span,
                format!("the rows of '{}' cannot be weighted: {why}", table.name.text),
            )
            .help("weights are 0 or more, and one of them is more"),
        );
        None
    }

    /// The distribution `table.column` of a parameter with this range.
    pub(crate) fn drawn_column(
        &mut self,
        table: &Name,
        column: &Name,
        range: Option<&(Rational, Rational)>,
        span: Span,
    ) -> Option<Distribution> {
        let data = self.known_table(table)?;
        let values = self.column_values(table, column, &data)?;
        if values.is_empty() {
            let message = format!("the table '{}' has no row to draw", table.text);
            self.complain(
                Diagnostic::at(Code::E048, span, message).help("write one in the CSV file"),
            );
            return None;
        }
        if let Some((low, high)) = range
            && let Some((key, value)) =
                data.rows.keys().zip(&values).find(|(_, value)| *value < low || *value > high)
        {
            let message = format!("{value} in row '{key}' lies outside the range {low}..{high}");
            self.complain(
                Diagnostic::at(Code::E046, span, message)
                    .help("widen the range or correct the CSV file"),
            );
            return None;
        }
        let (table, column) = (table.text.clone(), column.text.clone());
        Some(Distribution::Column(Column { table, column, values, weights: data.weights.clone() }))
    }

    /// All numbers of a column, in the order of the rows.
    fn column_values(
        &mut self,
        table: &Name,
        column: &Name,
        data: &TableData,
    ) -> Option<Vec<Rational>> {
        let place = self.column_of(table, column, data)?;
        let mut values = Vec::with_capacity(data.rows.len());
        for (key, row) in &data.rows {
            let text = row.get(place).map_or("", String::as_str);
            values.push(self.field(text, key, column, column.span)?);
        }
        Some(values)
    }
}
