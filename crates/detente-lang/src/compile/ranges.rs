//! Are probabilities probabilities, and payoffs defined, wherever the parameters may lie?
//!
//! Constant sums are decided exactly. Sums over parameters are evaluated exactly at the base, at
//! the corners of the ranges and at points inside; a sum of products of parameters that is 1 at
//! all corners and inside points is 1 everywhere that these distinguish.

use super::scope::Compiler;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::Span;
use detente_game::{FormulaId, ParamId, Rational, ValueId};

/// Corners are tried for at most this many parameters of one formula.
const MOST_CORNERS: usize = 8;
/// Points inside the ranges, as fractions of the way from low to high, shifted per parameter.
const INSIDE: [(i64, i64); 5] = [(1, 2), (1, 3), (5, 7), (2, 11), (12, 13)];

impl<'a> Compiler<'a> {
    /// Checks the probabilities of one lottery.
    pub(crate) fn check_probabilities(
        &mut self,
        branches: &[(ValueId, FormulaId)],
        name: &str,
        span: Span,
    ) {
        let mut key: Vec<FormulaId> = branches.iter().map(|(_, formula)| *formula).collect();
        key.sort_unstable();
        key.dedup();
        if !self.checked_lotteries.insert(branches.iter().map(|(_, formula)| *formula).collect()) {
            return;
        }
        for point in self.sample_points(&key) {
            if !self.probabilities_hold(branches, name, span, &point) {
                return;
            }
        }
    }

    fn probabilities_hold(
        &mut self,
        branches: &[(ValueId, FormulaId)],
        name: &str,
        span: Span,
        point: &[Rational],
    ) -> bool {
        let mut sum = Rational::ZERO;
        let formulas: Vec<FormulaId> = branches.iter().map(|(_, formula)| *formula).collect();
        let place = self.place_text(&formulas, point);
        for (value, formula) in branches {
            let Ok(interval) = self.builder.formulas.interval_at(*formula, point) else {
                self.complain(Diagnostic::at(
                    Code::E045,
                    span,
                    format!("a probability of '{name}' is undefined{place}"),
                ));
                return false;
            };
            let probability = interval.middle();
            if probability.is_negative() || probability > Rational::ONE {
                let value = self.builder.form.form().value(*value).to_owned();
                self.complain(
                    Diagnostic::at(
                        Code::E041,
                        span,
                        format!("the probability of '{value}' is {probability}{place}, not between 0 and 1"),
                    )
                    .help("narrow the range of the parameter, or bound it by min( ) and max( )"),
                );
                return false;
            }
            sum += probability;
        }
        let exact = formulas.iter().all(|formula| self.builder.formulas.is_exact(*formula));
        if exact && !sum.is_one() {
            let correction = Rational::ONE - &sum;
            let sign = if correction.is_positive() { "+" } else { "" };
            self.complain(
                Diagnostic::at(
                    Code::E040,
                    span,
                    format!("the probabilities of '{name}' add up to {sum}{place}, not 1"),
                )
                .help(format!(
                    "write 'rest' for the last one, or correct them by {sign}{correction}"
                )),
            );
            return false;
        }
        true
    }

    /// ` at p = 1/2, q = 1`, or nothing if no parameter matters.
    fn place_text(&self, formulas: &[FormulaId], point: &[Rational]) -> String {
        let mut named: Vec<String> = Vec::new();
        for param in self.params_of(formulas) {
            named.push(format!("{} = {}", self.params[param.index()].name, point[param.index()]));
        }
        if named.is_empty() { String::new() } else { format!(" at {}", named.join(", ")) }
    }

    fn params_of(&self, formulas: &[FormulaId]) -> Vec<ParamId> {
        let mut params: Vec<ParamId> =
            formulas.iter().flat_map(|formula| self.builder.formulas.params_of(*formula)).collect();
        params.sort_unstable();
        params.dedup();
        params
    }

    /// The base point first, then corners and points inside the ranges of what the formulas read.
    pub(crate) fn sample_points(&self, formulas: &[FormulaId]) -> Vec<Vec<Rational>> {
        let base: Vec<Rational> = self.params.iter().map(|param| param.base.clone()).collect();
        let ranged: Vec<(usize, &(Rational, Rational))> = self
            .params_of(formulas)
            .into_iter()
            .filter_map(|param| Some((param.index(), self.params[param.index()].range.as_ref()?)))
            .collect();
        let mut points = vec![base.clone()];
        if ranged.is_empty() {
            return points;
        }
        let cornered = ranged.len().min(MOST_CORNERS);
        for mask in 0..1_u32 << cornered {
            let mut point = base.clone();
            for (bit, (param, (low, high))) in ranged.iter().take(cornered).enumerate() {
                point[*param] = if mask >> bit & 1 == 1 { high.clone() } else { low.clone() };
            }
            points.push(point);
        }
        for shift in 0..INSIDE.len() {
            let mut point = base.clone();
            for (place, (param, (low, high))) in ranged.iter().enumerate() {
                let (numer, denom) = INSIDE[(place + shift) % INSIDE.len()];
                point[*param] = low + &((high - low) * Rational::new(numer, denom));
            }
            points.push(point);
        }
        points
    }

    /// Complains of stakes that are undefined at the base, and warns of those that are undefined
    /// somewhere in the ranges.
    pub(crate) fn check_amount(&mut self, formula: FormulaId, name: &str, span: Span) {
        if !self.checked_amounts.insert(formula)
            || self.builder.formulas.constant(formula).is_some()
        {
            return;
        }
        for (place, point) in self.sample_points(&[formula]).into_iter().enumerate() {
            if let Err(why) = self.builder.formulas.interval_at(formula, &point) {
                let at = self.place_text(&[formula], &point);
                let code = if place == 0 { Code::E045 } else { Code::W108 };
                self.complain(
                    Diagnostic::at(code, span, format!("'{name}' has no value{at}: {why}"))
                        .help("guard it:  if x = 0 then … else …,  or narrow the range"),
                );
                return;
            }
        }
    }
}
