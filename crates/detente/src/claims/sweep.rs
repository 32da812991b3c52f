//! `holds for NAME in low..high`: the claim at both ends and between, and not just outside.
//!
//! An equilibrium that satisfies an `exists` is followed both ways to where it ends, which must be
//! the ends claimed. Where that is not possible, and for `none` and `all`, the interval is checked
//! by solving at its two ends, at points inside, and a thousandth of its length outside each end
//! (unless the parameter's own range ends there). Solving at points cannot see a gap between two
//! of them; the answer says how many points were solved.

use super::{Case, Checker, is_witness};
use crate::road::Verified;
use detente_analysis::algebra::Root;
use detente_analysis::analyses::ends::{End, Limit};
use detente_analysis::analyses::thresholds::{Known, Passage, Threshold, Walk};
use detente_game::claim::{Concept, HoldsFor, Quantifier, Query};
use detente_game::{GameInstance, Rational};
use detente_report::formats::text::thresholds::unshown;
use detente_report::numbers::Numbers;
use detente_verify::Equilibrium;
use std::sync::Arc;
use std::sync::atomic::Ordering;

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
        let mut followed = Vec::new();
        for holds in holds_for {
            let name = &case.game.params[holds.param.index()].name;
            let (Some(low), Some(high)) = (case.formula(holds.low), case.formula(holds.high))
            else {
                return (None, "an end of the interval has no value".to_owned());
            };
            if quantifier == Quantifier::Exists
                && let Some((met, found)) =
                    self.follow(case, concept, queries, holds, [&low, &high])
            {
                if !met {
                    return (Some(false), found);
                }
                followed.push(found);
                continue;
            }
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
        if solved > 0 {
            followed
                .push(format!("it holds at {solved} points inside and just outside as claimed"));
        }
        (Some(true), followed.join("; "))
    }

    /// Whether an equilibrium that satisfies the queries, or several that follow one another
    /// without a gap, end where claimed; `None` if that cannot be told.
    fn follow(
        &mut self,
        case: &Case<'_>,
        concept: &Concept,
        queries: &[Query],
        holds: &HoldsFor,
        claimed: [&Rational; 2],
    ) -> Option<(bool, String)> {
        let threshold = self.threshold(case, concept, queries, holds)?;
        let name = &case.game.params[holds.param.index()].name;
        let reaches = [threshold.below.ok()?, threshold.above.ok()?];
        for (reach, claimed_end) in reaches.iter().zip(claimed) {
            let end = &reach.end;
            let as_followed = match &reach.beyond {
                _ if !end.is_inside() => end.holds_at == Some(true),
                Some(beyond) => {
                    reach.is_sure()
                        && self.met_at(case, concept, queries, holds, &beyond.at) == Some(false)
                }
                None => false,
            };
            let at = end_of(end).filter(|_| as_followed)?;
            if at == *claimed_end {
                continue;
            }
            // Between the two the claim and what was found say different things.
            let middle = (&at + claimed_end) / Rational::int(2);
            let inside = claimed[0] <= &middle && &middle <= claimed[1];
            let met = self.met_at(case, concept, queries, holds, &middle);
            let text = format!("followed along {name}, it ends at {at}, not at {claimed_end}");
            return (met == Some(!inside)).then_some((false, text));
        }
        let [low, high] = &reaches;
        let (from, to) = (told(&low.end), told(&high.end));
        let mut text = format!("followed along {name}, it holds from {from} to {to}");
        let passed: Vec<Passage> =
            [low, high].iter().flat_map(|reach| reach.passed.clone()).collect();
        if let Some(unasked) = unshown(&passed, Numbers::Both) {
            text.push_str(&format!(" ({unasked})"));
        }
        Some((true, text))
    }

    /// Whether some equilibrium satisfies the queries at another value of the parameter.
    fn met_at(
        &mut self,
        case: &Case<'_>,
        concept: &Concept,
        queries: &[Query],
        holds: &HoldsFor,
        value: &Rational,
    ) -> Option<bool> {
        let mut point = case.point.clone();
        point[holds.param.index()] = value.clone();
        let there = Case { game: case.game, point, settings: case.settings.clone() };
        self.equilibria(&there, concept, Quantifier::Exists, queries).0
    }

    fn threshold(
        &mut self,
        case: &Case<'_>,
        concept: &Concept,
        queries: &[Query],
        holds: &HoldsFor,
    ) -> Option<Threshold> {
        let wanted = |other: &Equilibrium| is_witness(case.game, other, queries);
        let mut starts = self.known_at(case, concept)?.equilibria.concat();
        starts.retain(|start| wanted(start));
        if starts.is_empty() {
            return None;
        }
        let stop = self.stop.clone();
        let mut solve = |instance: &Arc<GameInstance>| {
            let (point, settings) = (instance.point().to_vec(), case.settings.clone());
            let there = Case { game: case.game, point, settings };
            let nothing = Known { equilibria: Vec::new(), complete: false, all_pure: false };
            self.known_at(&there, concept).unwrap_or(nothing)
        };
        let (game, accepted) = (case.game, |_: &[Equilibrium]| true);
        let stopped = || stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed));
        let mut walk = Walk {
            game,
            formulas: false,
            solve: &mut solve,
            wanted: &wanted,
            accepted: &accepted,
            stopped: &stopped,
        };
        Some(walk.threshold(&starts, holds.param))
    }

    fn known_at(&mut self, case: &Case<'_>, concept: &Concept) -> Option<Known> {
        let solved = self.solved(case, concept).ok()?;
        let points = |one: &Verified| one.points().cloned().collect();
        Some(Known {
            equilibria: solved.equilibria.iter().map(points).collect(),
            complete: solved.complete,
            all_pure: solved.all_pure,
        })
    }
}

/// Where an end lies, if that is known exactly and is a fraction.
fn end_of(end: &End) -> Option<Rational> {
    match &end.limit {
        Limit::Range(at) | Limit::At(Root::Exact(at)) => Some(at.clone()),
        Limit::At(Root::Enclosed(_)) | Limit::Between(_) | Limit::None => None,
    }
}

fn told(end: &End) -> String {
    let at = end_of(end).unwrap_or_default();
    if end.is_inside() { format!("{at}") } else { format!("{at}, the end of its range") }
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
