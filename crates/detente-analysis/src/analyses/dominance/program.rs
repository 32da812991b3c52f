//! The linear program of mixed dominance: is there a conjecture to which a strategy is a best
//! reply, or a mixture that dominates it? Exactly one of the two exists (Pearce 1984, lemmas 3
//! and 4).

use super::{Sense, Table};
use detente_game::Rational;
use detente_linear::{Optimum, Program, RowRelation};

/// What becomes of a strategy.
pub(super) enum Answer {
    /// It is dominated by these rows of the table, with their probabilities.
    Dominated(Vec<(usize, Rational)>),
    /// It is a best reply if the columns have these probabilities.
    Supported(Vec<Rational>),
    /// The question was not asked.
    TooLarge,
}

/// Asks about the strategy of one row.
///
/// Over conjectures `p`, the least of the greatest gain of any other strategy, `v`, is sought.
/// Strict: `p` adds up to 1; if `v` is positive, the multipliers of the rows are a mixture that
/// gains `v` at the least. Weak: `p = 1 + q` with `q` at least 0, so every column has a weight,
/// and `v` is at least 0; if it is positive, the mixture loses nowhere and gains `v` in sum.
pub(super) fn ask(table: &Table, at: usize, sense: Sense) -> Answer {
    let columns = table.columns.len();
    let value = columns;
    let mut program = Program::new(columns + 1);
    let others: Vec<usize> = (0..table.rows.len()).filter(|row| *row != at).collect();
    for other in &others {
        let gains: Vec<Rational> =
            (0..columns).map(|column| table.gain(at, *other, column)).collect();
        let everywhere = match sense {
            Sense::Strict => Rational::ZERO,
            Sense::Weak => -gains.iter().sum::<Rational>(),
        };
        let mut row: Vec<(usize, Rational)> = gains.into_iter().enumerate().collect();
        row.retain(|(_, gain)| !gain.is_zero());
        row.push((value, -Rational::ONE));
        program.row(&row, RowRelation::Le, everywhere);
    }
    if sense == Sense::Strict {
        program.free(value);
        let all: Vec<_> = (0..columns).map(|column| (column, Rational::ONE)).collect();
        program.row(&all, RowRelation::Eq, Rational::ONE);
    }
    match program.minimize(&[(value, Rational::ONE)]) {
        Optimum::Optimal { value, dual, .. } if value.is_positive() => {
            let shares = shares(dual.into_iter().take(others.len()).collect());
            let mixture = others.into_iter().zip(shares).filter(|(_, share)| !share.is_zero());
            Answer::Dominated(mixture.collect())
        }
        Optimum::Optimal { mut point, .. } => {
            point.truncate(columns);
            let one = if sense == Sense::Weak { Rational::ONE } else { Rational::ZERO };
            Answer::Supported(shares(point.iter().map(|weight| weight + &one).collect()))
        }
        // The program has a point and its value is bounded, so this is never taken; a strategy
        // without a proof would be called undecided, not wrongly one or the other.
        Optimum::Infeasible { .. } | Optimum::Unbounded { .. } => Answer::TooLarge,
    }
}

/// Weights divided by their sum.
fn shares(weights: Vec<Rational>) -> Vec<Rational> {
    let sum: Rational = weights.iter().sum();
    weights.iter().map(|weight| weight / &sum).collect()
}
