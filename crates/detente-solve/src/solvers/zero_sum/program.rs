//! Optimal realization plans by linear programming (Koller, Megiddo and von Stengel 1996).
//!
//! The first player's plan `x` maximises what the second player's best reply leaves him. With a
//! variable `v` per set of the second player and one for the start,
//!
//! ```text
//! max v_0   E x = e,  x >= 0,   F' v <= A' x
//! ```
//!
//! and the multipliers of the last rows are an optimal plan of the second player.

use crate::solvers::sequence_form::Sequences;
use detente_game::Rational;
use detente_linear::{Optimum, Program, RowRelation};

/// A pair of optimal realization plans of a region.
#[derive(Debug)]
pub(super) struct Plans {
    /// What the region is worth to the first player.
    pub value: Rational,
    /// Per player, the weight of every sequence.
    pub weights: [Vec<Rational>; 2],
}

pub(super) fn optimal_plans(form: &Sequences) -> Plans {
    let [own, other] = &form.sides;
    let start = own.count;
    let mut program = Program::new(own.count + 1 + other.choices.len());
    for variable in start..program.variable_count() {
        program.free(variable);
    }
    program.row(&[(0, Rational::ONE)], RowRelation::Eq, Rational::ONE);
    for choice in &own.choices {
        let mut entries = vec![(choice.before, Rational::int(-1))];
        entries.extend(choice.sequences().map(|sequence| (sequence, Rational::ONE)));
        program.row(&entries, RowRelation::Eq, Rational::ZERO);
    }
    let first_reply = program.row_count();
    for entries in reply_rows(form, start) {
        program.row(&entries, RowRelation::Le, Rational::ZERO);
    }
    match program.maximize(&[(start, Rational::ONE)]) {
        Optimum::Optimal { value, point, dual } => {
            Plans { value, weights: [point[..own.count].to_vec(), dual[first_reply..].to_vec()] }
        }
        // Both players have a plan and payoffs are finite, so the program has an optimum.
        Optimum::Infeasible { .. } | Optimum::Unbounded { .. } => {
            unreachable!("a finite zero-sum game has a value")
        }
    }
}

/// Per sequence of the second player: the value variable of the set it belongs to, less those of
/// the sets that follow it, less what it pays against `x`.
fn reply_rows(form: &Sequences, start: usize) -> Vec<Vec<(usize, Rational)>> {
    let other = &form.sides[1];
    let mut rows: Vec<Vec<(usize, Rational)>> = vec![Vec::new(); other.count];
    rows[0].push((start, Rational::ONE));
    for (number, choice) in other.choices.iter().enumerate() {
        let variable = start + 1 + number;
        for row in &mut rows[choice.sequences()] {
            row.push((variable, Rational::ONE));
        }
        rows[choice.before].push((variable, Rational::int(-1)));
    }
    for (&(own, reply), payoff) in &form.payoffs[0] {
        rows[reply].push((own, -payoff));
    }
    rows
}
