//! The two-phase simplex method on a sparse exact tableau.
//!
//! Basic variables' columns are implicit: row `i` says `basic_i + sum entry * nonbasic = rhs`.
//! Every right-hand side carries a second, infinitesimal part (a fixed pseudo-random positive
//! integer), so that ties in the ratio test, which are the rule in sequence-form programs, almost
//! never occur; where they do, Bland's rule takes over until the objective moves again. The
//! perturbation is symbolic: it chooses pivots and never enters an answer.

use crate::program::{Feasibility, Optimum, Program};
use crate::revised;
use crate::scalar::Scalar;
use crate::settle::Ending;
use crate::sparse;
use crate::standard::{Kind, Standard, Tracker};
use crate::warm;
use detente_game::Rational;
use std::cmp::Ordering;

/// After this many pivots without progress Bland's rule chooses.
const PATIENCE: u32 = 20;

#[derive(Debug)]
struct Line<S> {
    basic: u32,
    entries: Vec<(u32, S)>,
    rhs: S,
    /// The infinitesimal part of the right-hand side.
    shift: S,
}

#[derive(Debug)]
struct Tableau<S> {
    variables: usize,
    lines: Vec<Line<S>>,
    kind: Vec<Kind>,
    /// Whether a free variable stands for its negative.
    negated: Vec<bool>,
    trackers: Vec<Tracker>,
    /// How the objective grows with each nonbasic variable.
    gain: Vec<S>,
    value: S,
    random: u64,
    pivots_left: u64,
}

/// How a climb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Best,
    Unbounded(u32),
    GaveUp,
}

/// What a search in doubles believes.
#[derive(Debug)]
pub(crate) struct Guess {
    /// The basic column of each row.
    pub(crate) basis: Vec<u32>,
    /// Whether the basis is the best of phase one only, with artificials that are not zero.
    pub(crate) infeasible: bool,
}

pub(crate) fn maximize(program: &Program, objective: &[(usize, Rational)]) -> Optimum {
    let standard = Standard::of(program);
    if let Some(found) = guess(&standard, Some(objective))
        .and_then(|guess| warm::optimum(program, &standard, objective, &guess))
    {
        return found;
    }
    maximize_exactly(&standard, objective)
}

/// The ending, the final basis and the point.
pub(crate) fn settle(
    program: &Program,
    standard: &Standard,
    objective: &[(usize, Rational)],
) -> (Ending, Vec<u32>, Option<Vec<Rational>>) {
    if let Some(guess) = guess(standard, Some(objective)) {
        match warm::optimum(program, standard, objective, &guess) {
            Some(Optimum::Optimal { value, point, .. }) => {
                return (Ending::Optimal(value), guess.basis, Some(point));
            }
            Some(Optimum::Infeasible { .. }) => return (Ending::Infeasible, guess.basis, None),
            Some(Optimum::Unbounded { .. }) | None => {}
        }
    }
    let basis = |tableau: &Tableau<Rational>| tableau.lines.iter().map(|line| line.basic).collect();
    let mut tableau = match Tableau::<Rational>::feasible_for(standard) {
        Ok(tableau) => tableau,
        Err(tableau) => return (Ending::Infeasible, basis(&tableau), None),
    };
    tableau.set_objective(objective);
    let ending = match tableau.climb(false) {
        End::Unbounded(_) => Ending::Unbounded,
        End::Best | End::GaveUp => Ending::Optimal(tableau.value.clone()),
    };
    (ending, basis(&tableau), Some(tableau.point()))
}

/// The value, unless there is no point, and the final basis, as doubles see them. The coefficients
/// stand in for the program's, row by row.
pub(crate) fn believe(
    standard: &Standard,
    coefficients: &[f64],
    objective: &[(usize, Rational)],
) -> Option<(Option<f64>, Vec<u32>)> {
    let mut tableau = Tableau::<f64>::start(standard);
    tableau.replace(coefficients);
    let basis = |tableau: &Tableau<f64>| tableau.lines.iter().map(|line| line.basic).collect();
    match tableau.made_feasible() {
        Err(tableau) => Some((None, basis(&tableau))),
        Ok(mut tableau) => {
            tableau.set_objective(objective);
            (tableau.climb(false) == End::Best).then(|| (Some(tableau.value), basis(&tableau)))
        }
    }
}

/// The search in fractions alone, which always comes to an end.
fn maximize_exactly(standard: &Standard, objective: &[(usize, Rational)]) -> Optimum {
    let mut tableau = match Tableau::<Rational>::feasible_for(standard) {
        Ok(tableau) => tableau,
        Err(tableau) => return Optimum::Infeasible { farkas: tableau.multipliers(true) },
    };
    tableau.set_objective(objective);
    match tableau.climb(false) {
        End::Unbounded(entering) => Optimum::Unbounded { ray: tableau.ray(entering) },
        End::Best | End::GaveUp => Optimum::Optimal {
            value: tableau.value.clone(),
            point: tableau.point(),
            dual: tableau.multipliers(false),
        },
    }
}

pub(crate) fn feasible(program: &Program) -> Feasibility {
    let standard = Standard::of(program);
    if let Some(found) =
        guess(&standard, None).and_then(|guess| warm::feasibility(program, &standard, &guess))
    {
        return found;
    }
    match Tableau::<Rational>::feasible_for(&standard) {
        Ok(tableau) => Feasibility::Feasible(tableau.point()),
        Err(tableau) => Feasibility::Infeasible { farkas: tableau.multipliers(true) },
    }
}

/// From this many rows on, a tableau of doubles fills up and the revised method is faster.
const LARGE: usize = 80;

/// The final basis as doubles see it; `None` if they do not come to an end, or find no bound.
fn guess(standard: &Standard, objective: Option<&[(usize, Rational)]>) -> Option<Guess> {
    if standard.rows.len() >= LARGE {
        return revised::guess(standard, objective);
    }
    let basis = |tableau: &Tableau<f64>| tableau.lines.iter().map(|line| line.basic).collect();
    match Tableau::<f64>::feasible_for(standard) {
        Err(tableau) => Some(Guess { basis: basis(&tableau), infeasible: true }),
        Ok(mut tableau) => {
            if let Some(objective) = objective {
                tableau.set_objective(objective);
                if tableau.climb(false) != End::Best {
                    return None;
                }
            }
            Some(Guess { basis: basis(&tableau), infeasible: false })
        }
    }
}

impl<S: Scalar> Tableau<S> {
    /// A tableau whose basic point is feasible, or one that shows that there is none.
    fn feasible_for(standard: &Standard) -> Result<Self, Box<Self>> {
        Self::start(standard).made_feasible()
    }

    fn made_feasible(self) -> Result<Self, Box<Self>> {
        let mut tableau = self;
        if tableau.lines.iter().any(|line| tableau.is_artificial(line.basic)) {
            tableau.set_phase_one();
            // The sum of artificials is bounded, so the climb ends at an optimum.
            let _ = tableau.climb(true);
            if tableau.value.sign() == Ordering::Less {
                return Err(Box::new(tableau));
            }
            tableau.drive_out_artificials();
        }
        Ok(tableau)
    }

    fn start(standard: &Standard) -> Self {
        let columns = standard.kind.len();
        let mut tableau = Self {
            variables: standard.variables,
            lines: Vec::with_capacity(standard.rows.len()),
            kind: standard.kind.clone(),
            negated: vec![false; columns],
            trackers: standard.rows.iter().map(|row| row.tracker).collect(),
            gain: Vec::new(),
            value: S::zero(),
            random: 0x9E37_79B9_7F4A_7C15,
            pivots_left: S::patience(columns + standard.rows.len()),
        };
        for row in &standard.rows {
            let entries = row.entries.iter().map(|(column, value)| (*column, S::of(value)));
            let entries = entries.collect();
            let shift = tableau.next_shift();
            tableau.lines.push(Line { basic: row.basic, entries, rhs: S::of(&row.rhs), shift });
        }
        tableau
    }

    /// A fixed pseudo-random integer from 1 to 1024 (xorshift, Marsaglia 2003).
    fn next_shift(&mut self) -> S {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        S::of(&Rational::int(1 + (self.random >> 54) as i64))
    }

    fn is_artificial(&self, column: u32) -> bool {
        self.kind[column as usize].is_artificial()
    }

    /// Sets the objective to minus the sum of the artificials, all of which are basic.
    fn set_phase_one(&mut self) {
        self.gain = vec![S::zero(); self.kind.len()];
        self.value = S::zero();
        let minus = S::of(&-Rational::ONE);
        for line in &self.lines {
            if self.kind[line.basic as usize].is_artificial() {
                add_cost(&mut self.gain, &mut self.value, &minus, line);
            }
        }
    }

    fn set_objective(&mut self, objective: &[(usize, Rational)]) {
        let mut cost = vec![Rational::ZERO; self.kind.len()];
        for (variable, value) in objective {
            if self.negated[*variable] {
                cost[*variable] -= value;
            } else {
                cost[*variable] += value;
            }
        }
        let cost: Vec<S> = cost.iter().map(S::of).collect();
        self.gain = cost.clone();
        self.value = S::zero();
        for line in &self.lines {
            let own = &cost[line.basic as usize];
            if !own.is_nothing() {
                add_cost(&mut self.gain, &mut self.value, own, line);
            }
        }
        for line in &self.lines {
            self.gain[line.basic as usize] = S::zero();
        }
    }

    /// Pivots until no nonbasic variable improves the objective or one improves it without
    /// bound. In phase one it stops as soon as the artificials are all zero.
    fn climb(&mut self, phase_one: bool) -> End {
        let mut stalled = 0;
        while !(phase_one && self.value.is_nothing()) {
            if self.pivots_left == 0 {
                return End::GaveUp;
            }
            self.pivots_left -= 1;
            let bland = stalled >= PATIENCE;
            let Some(entering) = self.entering(bland) else { return End::Best };
            if self.gain[entering as usize].sign() == Ordering::Less {
                self.negate(entering);
            }
            let Some(at) = self.leaving(entering, bland) else { return End::Unbounded(entering) };
            let moves = !self.lines[at].rhs.is_nothing() || !self.lines[at].shift.is_nothing();
            stalled = if moves { 0 } else { stalled + 1 };
            self.pivot(at, entering);
        }
        End::Best
    }

    /// The nonbasic variable that promises most per unit (Dantzig), or the first that promises
    /// anything (Bland).
    fn entering(&self, bland: bool) -> Option<u32> {
        let mut best: Option<(u32, &S)> = None;
        for (column, gain) in self.gain.iter().enumerate() {
            let improves = match self.kind[column] {
                Kind::Signed => gain.sign() == Ordering::Greater,
                Kind::Free => !gain.is_nothing(),
                Kind::Artificial | Kind::Passing => false,
            };
            if !improves {
                continue;
            }
            if bland {
                return Some(column as u32);
            }
            if best.is_none_or(|(_, most)| gain.is_larger(most)) {
                best = Some((column as u32, gain));
            }
        }
        best.map(|(column, _)| column)
    }

    /// Replaces a nonbasic free variable by its negative.
    fn negate(&mut self, column: u32) {
        self.negated[column as usize] ^= true;
        self.gain[column as usize] = self.gain[column as usize].negative();
        for line in &mut self.lines {
            if let Ok(at) = line.entries.binary_search_by_key(&column, |(index, _)| *index) {
                line.entries[at].1 = line.entries[at].1.negative();
            }
        }
    }

    /// The line whose basic variable first reaches zero as `entering` grows. Free basic
    /// variables never do. Ties beyond the infinitesimal part go to the shortest line, or under
    /// Bland's rule to the least variable.
    fn leaving(&self, entering: u32, bland: bool) -> Option<usize> {
        let mut best: Option<(usize, &S)> = None;
        for (at, line) in self.lines.iter().enumerate() {
            if self.kind[line.basic as usize] == Kind::Free {
                continue;
            }
            let Some(slope) = sparse::get(&line.entries, entering) else { continue };
            if slope.sign() != Ordering::Greater || !slope.can_divide() {
                continue;
            }
            let Some((best_at, best_slope)) = best else {
                best = Some((at, slope));
                continue;
            };
            let other = &self.lines[best_at];
            let order = S::compare_ratios(&line.rhs, slope, &other.rhs, best_slope)
                .then_with(|| S::compare_ratios(&line.shift, slope, &other.shift, best_slope))
                .then_with(|| {
                    if bland {
                        Ordering::Equal
                    } else {
                        line.entries.len().cmp(&other.entries.len())
                    }
                })
                .then_with(|| line.basic.cmp(&other.basic));
            if order == Ordering::Less {
                best = Some((at, slope));
            }
        }
        best.map(|(at, _)| at)
    }

    /// Exchanges the basic variable of line `at` with `entering`.
    fn pivot(&mut self, at: usize, entering: u32) {
        let placeholder =
            Line { basic: entering, entries: Vec::new(), rhs: S::zero(), shift: S::zero() };
        let mut line = std::mem::replace(&mut self.lines[at], placeholder);
        let pivot = sparse::take(&mut line.entries, entering).expect("the pivot is not zero");
        let inverse = S::of(&Rational::ONE).over(&pivot);
        for (_, value) in &mut line.entries {
            *value = value.times(&inverse);
        }
        line.rhs = line.rhs.times(&inverse);
        line.shift = line.shift.times(&inverse);
        let leaving = std::mem::replace(&mut line.basic, entering);
        if self.kind[leaving as usize] != Kind::Passing {
            sparse::put(&mut line.entries, leaving, inverse);
        }
        for (other, row) in self.lines.iter_mut().enumerate() {
            if other == at {
                continue;
            }
            let Some(factor) = sparse::take(&mut row.entries, entering) else { continue };
            let entries = std::mem::take(&mut row.entries);
            row.entries = sparse::subtract_multiple(entries, &factor, &line.entries);
            row.rhs.subtract_product(&factor, &line.rhs);
            row.shift.subtract_product(&factor, &line.shift);
        }
        if !self.gain.is_empty() {
            let factor = std::mem::replace(&mut self.gain[entering as usize], S::zero());
            if !factor.vanishes() {
                add_cost(&mut self.gain, &mut self.value, &factor, &line);
            }
        }
        self.lines[at] = line;
    }

    /// Exchanges artificials left in the basis, all of value zero, for other variables where the
    /// row has any; a row that has none follows from the others and stays inert.
    fn drive_out_artificials(&mut self) {
        self.gain.clear();
        for at in 0..self.lines.len() {
            if !self.is_artificial(self.lines[at].basic) {
                continue;
            }
            let other = self.lines[at].entries.iter().find(|(column, value)| {
                !self.kind[*column as usize].is_artificial() && value.can_divide()
            });
            if let Some((column, _)) = other {
                let column = *column;
                self.pivot(at, column);
            }
        }
        // The exchange may have made infinitesimal parts negative: start them afresh.
        for at in 0..self.lines.len() {
            self.lines[at].shift = self.next_shift();
        }
    }
}

impl Tableau<f64> {
    /// Puts other coefficients in the place of the program's.
    fn replace(&mut self, coefficients: &[f64]) {
        let mut rest = coefficients;
        for (line, tracker) in self.lines.iter_mut().zip(&self.trackers) {
            let sign = if tracker.flipped { -1.0 } else { 1.0 };
            let variables = self.variables as u32;
            for (_, value) in line.entries.iter_mut().filter(|(column, _)| *column < variables) {
                let (first, others) = rest.split_first().expect("one for every coefficient");
                *value = sign * first;
                rest = others;
            }
            line.entries.retain(|(_, value)| !value.vanishes());
        }
    }
}

impl Tableau<Rational> {
    fn point(&self) -> Vec<Rational> {
        let mut point = vec![Rational::ZERO; self.variables];
        for line in &self.lines {
            if let Some(value) = point.get_mut(line.basic as usize) {
                let negated = self.negated[line.basic as usize];
                *value = if negated { -&line.rhs } else { line.rhs.clone() };
            }
        }
        point
    }

    fn ray(&self, entering: u32) -> Vec<Rational> {
        let mut ray = vec![Rational::ZERO; self.variables];
        let mut set = |column: u32, value: Rational| {
            if let Some(entry) = ray.get_mut(column as usize) {
                *entry = if self.negated[column as usize] { -value } else { value };
            }
        };
        set(entering, Rational::ONE);
        for line in &self.lines {
            if let Some(slope) = sparse::get(&line.entries, entering) {
                set(line.basic, -slope);
            }
        }
        ray
    }

    /// The rows' multipliers, read off the reduced costs of their trackers.
    fn multipliers(&self, phase_one: bool) -> Vec<Rational> {
        let multiplier = |tracker: &Tracker| {
            let gain = &self.gain[tracker.column as usize];
            let own = if phase_one && self.kind[tracker.column as usize] == Kind::Artificial {
                -Rational::ONE
            } else {
                Rational::ZERO
            };
            let value = own - gain;
            if tracker.negative == tracker.flipped { value } else { -value }
        };
        self.trackers.iter().map(multiplier).collect()
    }
}

/// Adds the cost of a line's basic variable to the reduced costs and to the value.
fn add_cost<S: Scalar>(gain: &mut [S], value: &mut S, cost: &S, line: &Line<S>) {
    for (column, entry) in &line.entries {
        gain[*column as usize].subtract_product(cost, entry);
    }
    value.subtract_product(&cost.negative(), &line.rhs);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{is_farkas, is_optimal, is_ray};
    use crate::program::RowRelation;
    use proptest::prelude::*;

    fn program(rows: &[(Vec<i64>, u8, i64)], free: &[bool]) -> Program {
        let mut program = Program::new(free.len());
        for (variable, _) in free.iter().enumerate().filter(|(_, free)| **free) {
            program.free(variable);
        }
        for (row, relation, rhs) in rows {
            let relation = [RowRelation::Le, RowRelation::Ge, RowRelation::Eq][*relation as usize];
            let row: Vec<_> = row.iter().map(|value| Rational::int(*value)).enumerate().collect();
            program.row(&row, relation, Rational::int(*rhs));
        }
        program
    }

    fn value(
        program: &Program,
        objective: &[(usize, Rational)],
        found: &Optimum,
    ) -> Option<Rational> {
        match found {
            Optimum::Optimal { value, point, dual } => {
                assert!(is_optimal(program, objective, point, dual));
                Some(value.clone())
            }
            Optimum::Infeasible { farkas } => {
                assert!(is_farkas(program, farkas));
                None
            }
            Optimum::Unbounded { ray } => {
                assert!(is_ray(program, objective, ray));
                None
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn guesses_agree_with_the_exact_search(
            rows in prop::collection::vec((prop::collection::vec(-3..4i64, 5), 0..3u8, -4..5i64), 0..8),
            free in prop::collection::vec(prop::bool::weighted(0.2), 5),
            objective in prop::collection::vec(-3..4i64, 5),
        ) {
            let program = program(&rows, &free);
            let objective: Vec<_> =
                objective.iter().map(|value| Rational::int(*value)).enumerate().collect();
            let standard = Standard::of(&program);
            let exact = maximize_exactly(&standard, &objective);
            let best = value(&program, &objective, &exact);
            let guesses = [guess(&standard, Some(&objective)), revised::guess(&standard, Some(&objective))];
            for guess in guesses {
                let bounded = !matches!(exact, Optimum::Unbounded { .. });
                prop_assert_eq!(guess.is_some(), bounded, "small programs are guessed");
                if let Some(guess) = guess {
                    let warm = warm::optimum(&program, &standard, &objective, &guess);
                    let warm = warm.expect("a small program's guess is right");
                    prop_assert_eq!(value(&program, &objective, &warm), best.clone());
                }
            }
        }
    }
}
