//! Rows of a table, drawn whole: what parameters have in common is kept.

use super::quantile::grain_within;
use detente_game::Rational;
use detente_game::game::Column;

/// How values are drawn from a column of a table.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Per row, the share of draws that are in it or in one before, and the value.
    rows: Vec<(f64, f64)>,
    /// The same by rising value.
    sorted: Vec<(f64, f64)>,
}

impl Rows {
    /// The rows of a column, values rounded to multiples of 2^-40 within a range.
    ///
    /// # Errors
    /// If weights are negative or all nothing, or a value is outside the range.
    pub fn new(column: &Column, range: Option<&(Rational, Rational)>) -> Result<Self, String> {
        let total: Rational = column.weights.iter().sum();
        let is_sound = column.values.len() == column.weights.len()
            && total.is_positive()
            && column.weights.iter().all(|weight| !weight.is_negative());
        if !is_sound {
            return Err(format!("the rows of '{}' cannot be weighted", column.table));
        }
        let is_outside =
            |value: &&Rational| range.is_some_and(|(low, high)| *value < low || *value > high);
        if let Some(value) = column.values.iter().find(is_outside) {
            return Err(format!("{value} in '{}' lies outside its range", column.table));
        }
        let ends = range.map_or((f64::NEG_INFINITY, f64::INFINITY), |(low, high)| {
            (low.to_f64(), high.to_f64())
        });
        let mut all: Vec<(&Rational, &Rational)> =
            column.values.iter().zip(&column.weights).collect();
        let rows = shares(&all, &total, ends);
        all.sort();
        Ok(Self { rows, sorted: shares(&all, &total, ends) })
    }

    /// The value in the row that a share `u` of the draws comes to.
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        find(&self.rows, u)
    }

    /// The value that a share `u` of the draws stays below or at.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        find(&self.sorted, u)
    }
}

fn shares(rows: &[(&Rational, &Rational)], total: &Rational, ends: (f64, f64)) -> Vec<(f64, f64)> {
    let mut sum = Rational::ZERO;
    rows.iter()
        .map(|(value, weight)| {
            sum += *weight;
            ((&sum / total).to_f64(), grain_within(value.to_f64(), ends))
        })
        .collect()
}

/// Rows of no weight have the share of the row before and are never first above `u`.
fn find(rows: &[(f64, f64)], u: f64) -> f64 {
    let place = rows.partition_point(|(share, _)| *share <= u).min(rows.len() - 1);
    rows[place].1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[i64], weights: &[i64]) -> Column {
        let numbers = |all: &[i64]| all.iter().map(|one| Rational::int(*one)).collect();
        let (table, column) = ("views".to_owned(), "p".to_owned());
        Column { table, column, values: numbers(values), weights: numbers(weights) }
    }

    #[test]
    fn rows_get_their_shares() {
        let rows = Rows::new(&column(&[5, 7, 3, 9], &[1, 0, 2, 1]), None).expect("it can be drawn");
        for (u, value) in [(0.001, 5.0), (0.249, 5.0), (0.251, 3.0), (0.749, 3.0), (0.751, 9.0)] {
            assert_eq!(rows.at(u), value, "{u}");
        }
        for (u, value) in [(0.05, 3.0), (0.499, 3.0), (0.51, 5.0), (0.76, 9.0), (0.999, 9.0)] {
            assert_eq!(rows.quantile(u), value, "{u}");
        }
    }

    #[test]
    fn what_cannot_be_drawn() {
        for weights in [&[0, 0][..], &[2, -1], &[1]] {
            assert!(Rows::new(&column(&[1, 2], weights), None).is_err());
        }
        let range = (Rational::ZERO, Rational::ONE);
        let why = Rows::new(&column(&[1, 2], &[1, 1]), Some(&range)).expect_err("2 is outside");
        assert!(why.contains("outside"), "{why}");
    }

    /// A tenth is no multiple of 2^-40; what is drawn is one, and stays below the end of the range.
    #[test]
    fn values_are_rounded_within_the_range() {
        let mut tenth = column(&[1], &[1]);
        tenth.values = vec![Rational::new(1, 10)];
        let range = (Rational::ZERO, Rational::new(1, 10));
        let value = Rows::new(&tenth, Some(&range)).expect("it can be drawn").at(0.5);
        let grains = value * (1_u64 << 40) as f64;
        assert!(value <= 0.1 && 0.1 - value < 1e-12 && grains == grains.round());
    }
}
