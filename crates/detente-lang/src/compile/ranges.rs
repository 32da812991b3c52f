//! Are probabilities probabilities, and payoffs defined, wherever the parameters may lie?
//!
//! Constants are decided exactly. What depends on parameters is evaluated exactly at the base, at
//! corners of the ranges and at points inside: at all corners for few parameters; for many, at
//! the corner to which each parameter alone would push the number down, and up. An affine number
//! takes its extremes there. What is complained about is always a point at which it is so; where
//! no such point is found for many parameters, interval arithmetic must prove that there is none.

use super::scope::Compiler;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::Span;
use detente_game::formula::Undefined;
use detente_game::number::Interval;
use detente_game::{FormulaId, ParamId, Rational, ValueId};
use std::collections::BTreeMap;

/// All corners are tried for at most this many parameters of one formula.
const MOST_CORNERS: usize = 8;

/// Corners are searched one parameter at a time for at most this many.
const MOST_SEARCHED: usize = 200;

/// Points inside the ranges, as fractions of the way from low to high, shifted per parameter.
const INSIDE: [(i64, i64); 5] = [(1, 2), (1, 3), (5, 7), (2, 11), (12, 13)];

/// The values of those parameters that matter.
pub(crate) type Point = BTreeMap<ParamId, Rational>;

/// A branch with its probability and where that is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) value: ValueId,
    pub(crate) formula: FormulaId,
    pub(crate) span: Span,
}

/// What the probabilities are of, for messages.
pub(crate) struct Lottery<'n> {
    /// The event.
    pub(crate) name: &'n str,
    /// Whose private belief it is, if it is one.
    pub(crate) believer: Option<&'n str>,
    /// Where all of the probabilities are written.
    pub(crate) span: Span,
}

impl Lottery<'_> {
    fn as_believed(&self) -> String {
        self.believer.map_or(String::new(), |who| format!(", as {who} believes,"))
    }
}

impl<'a> Compiler<'a> {
    /// Checks the probabilities of one lottery; whether they are probabilities, as far as that
    /// was not complained about before.
    pub(crate) fn check_probabilities(&mut self, branches: &[Weighed], of: &Lottery<'_>) -> bool {
        let mut formulas: Vec<FormulaId> = branches.iter().map(|branch| branch.formula).collect();
        if !self.checked_lotteries.insert((of.span, formulas.clone())) {
            return true;
        }
        formulas.sort_unstable();
        formulas.dedup();
        let points = self.telling_points(&formulas);
        let holds = points.iter().all(|point| self.probabilities_hold(branches, of, point));
        if holds {
            for branch in branches {
                let value = self.builder.form.form().value(branch.value);
                let what = format!("the probability of '{value}'{}", of.as_believed());
                self.warn_unless_proved(branch.formula, &what, branch.span);
            }
        }
        holds
    }

    /// W113 if a formula of so many parameters that only some corners were tried is not proved
    /// to be a probability everywhere in the ranges.
    fn warn_unless_proved(&mut self, formula: FormulaId, what: &str, span: Span) {
        let formulas = &self.builder.formulas;
        if self.ranged(&[formula]).len() <= MOST_CORNERS {
            return;
        }
        let range = |param: ParamId| {
            let param = &self.params[param.index()];
            match &param.range {
                Some((low, high)) => Interval { low: low.clone(), high: high.clone() },
                None => Interval::point(param.base.clone()),
            }
        };
        let proved = formulas
            .interval_over(formula, &range)
            .is_ok_and(|all| !all.low.is_negative() && all.high <= Rational::ONE);
        if !proved {
            self.complain(
                Diagnostic::at(
                    Code::W113,
                    span,
                    format!("{what} depends on too many parameters to be checked everywhere in their ranges"),
                )
                .note("at the base, at the likeliest corners and at some points inside it is between 0 and 1")
                .help("bound it by min( ) and max( ), or make it of fewer parameters"),
            );
        }
    }

    /// The points at which formulas are looked at.
    fn telling_points(&self, formulas: &[FormulaId]) -> Vec<Point> {
        let mut points = self.sample_points(formulas);
        points.extend(formulas.iter().flat_map(|formula| self.extreme_points(*formula, formulas)));
        points
    }

    /// The value of a formula at a point.
    fn interval(&self, formula: FormulaId, point: &Point) -> Result<Interval, Undefined> {
        let formulas = &self.builder.formulas;
        formulas.interval_over(formula, &|param| Interval::point(point[&param].clone()))
    }

    /// Checks one probability that stands alone.
    pub(crate) fn check_one_probability(
        &mut self,
        formula: FormulaId,
        name: &str,
        span: Span,
    ) -> Option<()> {
        for point in self.telling_points(&[formula]) {
            let probability = self.interval(formula, &point);
            let place = self.place_text(&[formula], &point);
            let Ok(probability) = probability.map(|interval| interval.middle()) else {
                self.complain(
                    Diagnostic::at(Code::E045, span, format!("{name} is undefined{place}"))
                        .help("guard it:  if x = 0 then … else …"),
                );
                return None;
            };
            if probability.is_negative() || probability > Rational::ONE {
                let message = format!("{name} is {probability}{place}, not between 0 and 1");
                self.complain(
                    Diagnostic::at(Code::E041, span, message).help(self.way_back(&[formula])),
                );
                return None;
            }
        }
        self.warn_unless_proved(formula, name, span);
        Some(())
    }

    /// How to bring a probability back between 0 and 1.
    fn way_back(&self, formulas: &[FormulaId]) -> &'static str {
        if self.params_of(formulas).is_empty() {
            "write a number between 0 and 1"
        } else {
            "narrow the range of the parameter, or bound it by min( ) and max( )"
        }
    }

    fn probabilities_hold(
        &mut self,
        branches: &[Weighed],
        of: &Lottery<'_>,
        point: &Point,
    ) -> bool {
        let mut sum = Rational::ZERO;
        let formulas: Vec<FormulaId> = branches.iter().map(|branch| branch.formula).collect();
        let place = self.place_text(&formulas, point);
        let (name, believed) = (of.name, of.as_believed());
        for branch in branches {
            let Ok(interval) = self.interval(branch.formula, point) else {
                self.complain(
                    Diagnostic::at(
                        Code::E045,
                        branch.span,
                        format!("a probability of '{name}'{believed} is undefined{place}"),
                    )
                    .help("guard it:  if x = 0 then … else …"),
                );
                return false;
            };
            let probability = interval.middle();
            if probability.is_negative() || probability > Rational::ONE {
                let value = self.builder.form.form().value(branch.value).to_owned();
                let message = format!(
                    "the probability of '{value}'{believed} is {probability}{place}, not between 0 and 1"
                );
                self.complain(
                    Diagnostic::at(Code::E041, branch.span, message).help(self.way_back(&formulas)),
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
                    of.span,
                    format!(
                        "the probabilities of '{name}'{believed} add up to {sum}{place}, not 1"
                    ),
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
    fn place_text(&self, formulas: &[FormulaId], point: &Point) -> String {
        let mut named: Vec<String> = Vec::new();
        for param in self.params_of(formulas) {
            named.push(format!("{} = {}", self.params[param.index()].name, point[&param]));
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

    /// All parameters at their base values.
    pub(crate) fn base_point(&self) -> Vec<Rational> {
        self.params.iter().map(|param| param.base.clone()).collect()
    }

    /// The base values of the parameters that formulas read.
    fn base_of(&self, formulas: &[FormulaId]) -> Point {
        let params = self.params_of(formulas).into_iter();
        params.map(|param| (param, self.params[param.index()].base.clone())).collect()
    }

    /// The parameters with ranges that formulas read.
    fn ranged(&self, formulas: &[FormulaId]) -> Vec<(ParamId, &(Rational, Rational))> {
        let params = self.params_of(formulas).into_iter();
        params
            .filter_map(|param| Some((param, self.params[param.index()].range.as_ref()?)))
            .collect()
    }

    /// Where a formula of many parameters is likely to be least and greatest, as points of all
    /// `formulas`.
    fn extreme_points(&self, formula: FormulaId, formulas: &[FormulaId]) -> Vec<Point> {
        let ranged = self.ranged(&[formula]);
        if ranged.len() <= MOST_CORNERS {
            return Vec::new();
        }
        let base = self.base_of(formulas);
        if ranged.len() > MOST_SEARCHED {
            let corner = |high: bool| {
                let mut point = base.clone();
                for (param, (low, top)) in &ranged {
                    point.insert(*param, if high { top.clone() } else { low.clone() });
                }
                point
            };
            return vec![corner(false), corner(true)];
        }
        vec![
            self.corner_towards(formula, base.clone(), &ranged, true),
            self.corner_towards(formula, base, &ranged, false),
        ]
    }

    /// From the base, each parameter in turn is moved to the end of its range at which the
    /// formula is less (or greater), twice around.
    fn corner_towards(
        &self,
        formula: FormulaId,
        mut point: Point,
        ranged: &[(ParamId, &(Rational, Rational))],
        less: bool,
    ) -> Point {
        for _ in 0..2 {
            for (param, (low, high)) in ranged {
                let mut at = |value: &Rational| {
                    point.insert(*param, value.clone());
                    self.interval(formula, &point).ok().map(|interval| interval.middle())
                };
                let (below, above) = (at(low), at(high));
                // A formula that is undefined at one end is worth a look there.
                let take_low = below.is_none() || (above.is_some() && (below < above) == less);
                if take_low {
                    point.insert(*param, low.clone());
                }
            }
        }
        point
    }

    /// The base point first, then corners and points inside the ranges of what the formulas read.
    fn sample_points(&self, formulas: &[FormulaId]) -> Vec<Point> {
        let base = self.base_of(formulas);
        let ranged = self.ranged(formulas);
        let mut points = vec![base.clone()];
        if ranged.is_empty() {
            return points;
        }
        let cornered = ranged.len().min(MOST_CORNERS);
        for mask in 0..1_u32 << cornered {
            let mut point = base.clone();
            for (bit, (param, (low, high))) in ranged.iter().take(cornered).enumerate() {
                let end = if mask >> bit & 1 == 1 { high } else { low };
                point.insert(*param, end.clone());
            }
            points.push(point);
        }
        for shift in 0..INSIDE.len() {
            let mut point = base.clone();
            for (place, (param, (low, high))) in ranged.iter().enumerate() {
                let (numer, denom) = INSIDE[(place + shift) % INSIDE.len()];
                point.insert(*param, low + &((high - low) * Rational::new(numer, denom)));
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
            || self.builder.formulas.is_total(formula)
        {
            return;
        }
        for (place, point) in self.sample_points(&[formula]).into_iter().enumerate() {
            if let Err(why) = self.interval(formula, &point) {
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
