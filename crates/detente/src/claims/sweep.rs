//! `holds for NAME in low..high`: the claim at both ends and between, and not just outside.
//!
//! The interval is checked by solving at its two ends, at points inside, and a thousandth of its
//! length outside each end (unless the parameter's own range ends there). Solving at points
//! cannot see a gap between two of them; the answer says how many points were solved.

use super::{Case, Checker};
use detente_game::Rational;
use detente_game::claim::{Concept, HoldsFor, Quantifier, Query};

/// Points strictly inside the interval.
const INSIDE: i64 = 9;

impl Checker<'_> {
    pub(super) fn sweep(
        &mut self,
        case: &Case<'_>,
        concept: &Concept,
        quantifier: Quantifier,
        queries: &[Query],
        holds_for: &[HoldsFor],
    ) -> (Option<bool>, String) {
        let mut solved = 0;
        for holds in holds_for {
            let name = &case.game.params[holds.param.index()].name;
            let (Some(low), Some(high)) = (case.formula(holds.low), case.formula(holds.high))
            else {
                return (None, "an end of the interval has no value".to_owned());
            };
            for (value, wanted) in points(case, holds, &low, &high) {
                let mut point = case.point.clone();
                point[holds.param.index()] = value.clone();
                let settings = case.settings.clone();
                let there = Case { game: case.game, point, settings };
                let (met, found) = self.equilibria(&there, concept, quantifier, queries);
                solved += 1;
                if met.is_none() {
                    return (None, format!("at {name} = {value}: {found}"));
                }
                if met != Some(wanted) {
                    let still = if wanted { "fails inside" } else { "still holds outside" };
                    return (
                        Some(false),
                        format!("it {still} the interval, at {name} = {value}: {found}"),
                    );
                }
            }
        }
        (Some(true), format!("it holds at {solved} points inside and just outside as claimed"))
    }
}

/// The points to solve at, each with whether the claim must hold there.
fn points(
    case: &Case<'_>,
    holds: &HoldsFor,
    low: &Rational,
    high: &Rational,
) -> Vec<(Rational, bool)> {
    let width = high - low;
    let step = &width / &Rational::int(INSIDE + 1);
    let mut points: Vec<(Rational, bool)> =
        (0..=INSIDE + 1).map(|k| (low + &(&step * &Rational::int(k)), true)).collect();
    let margin = if width.is_zero() { Rational::new(1, 1000) } else { width / Rational::int(1000) };
    let range = case.game.params[holds.param.index()].range.as_ref();
    let (below, above) = (low - &margin, high + &margin);
    if range.is_none_or(|(least, _)| below >= *least) {
        points.push((below, false));
    }
    if range.is_none_or(|(_, most)| above <= *most) {
        points.push((above, false));
    }
    points
}
