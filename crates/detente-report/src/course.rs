//! How behaviour changes along a branch of quantal responses: numbers for looking at, in floating
//! point, with the scale on which they are shown.

use detente_game::{ActionId, GameForm, InfoSetId};
use libm::{expm1, log1p};

/// A point of a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct CoursePoint {
    /// The precision.
    pub lambda: f64,
    /// The probability of every action.
    pub probability: Vec<f64>,
}

/// A branch with its scale: near lambda 0 even, then by orders of magnitude. It turns from one to
/// the other where behaviour begins to change, so payoffs may be in any unit.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    points: &'a [CoursePoint],
    unit: f64,
}

impl<'a> Course<'a> {
    /// A branch; `None` if it has no point.
    #[must_use]
    pub fn new(points: &'a [CoursePoint]) -> Option<Self> {
        let first = points.first()?;
        let moved = |point: &&CoursePoint| {
            let pairs = point.probability.iter().zip(&first.probability);
            pairs.map(|(now, then)| (now - then).abs()).fold(0.0, f64::max) > 0.05
        };
        let most = points.iter().map(|point| point.lambda).fold(0.0, f64::max);
        let unit = points.iter().find(moved).map_or(most / 4.0, |point| point.lambda);
        Some(Self { points, unit: if unit > 0.0 { unit } else { 1.0 } })
    }

    /// Its points in the order of the curve.
    #[must_use]
    pub fn points(&self) -> &'a [CoursePoint] {
        self.points
    }

    /// Where a precision stands on the scale.
    #[must_use]
    pub fn position(&self, lambda: f64) -> f64 {
        log1p(lambda / self.unit)
    }

    /// The greatest precision on the branch.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.points.iter().map(|point| point.lambda).fold(0.0, f64::max)
    }

    /// About `count` points evenly along the curve, first and last included.
    #[must_use]
    pub fn samples(&self, count: usize) -> Vec<&'a CoursePoint> {
        let steps = self.points.windows(2);
        let step = |pair: &[CoursePoint]| {
            (self.position(pair[1].lambda) - self.position(pair[0].lambda)).abs()
        };
        let mut along = vec![0.0];
        along.extend(steps.scan(0.0, |sum, pair| {
            *sum += step(pair);
            Some(*sum)
        }));
        let total = along.last().copied().unwrap_or(0.0);
        (0..count)
            .map(|at| {
                let target = total * at as f64 / (count.max(2) - 1) as f64;
                let distance = |place: &usize| (along[*place] - target).abs();
                let nearest = (0..along.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
                &self.points[nearest.unwrap_or(0)]
            })
            .collect()
    }

    /// Round precisions for the marks of an axis, 0 first.
    #[must_use]
    pub fn marks(&self, count: usize) -> Vec<f64> {
        let total = self.position(self.greatest());
        let mut marks = vec![0.0];
        for at in 1..=count {
            let value = self.unit * expm1(total * at as f64 / count as f64);
            let round = rounded(value);
            if round > *marks.last().expect("0 is there") && round <= self.greatest() {
                marks.push(round);
            }
        }
        marks
    }
}

/// The greatest of 1, 2 and 5 times a power of ten that is not above a positive number.
fn rounded(value: f64) -> f64 {
    let mut unit = 1e-12;
    while unit * 10.0 <= value && unit < 1e12 {
        unit *= 10.0;
    }
    let steps = [5.0, 2.0, 1.0];
    let whole = steps.into_iter().find(|step| step * unit <= value * (1.0 + 1e-9));
    let number = whole.unwrap_or(1.0) * unit;
    // Written and read again, a power of ten that was built up by products is a round number.
    format!("{number:.3e}").parse().unwrap_or(number)
}

/// A precision in few digits.
#[must_use]
pub fn lambda_text(lambda: f64) -> String {
    if lambda == 0.0 {
        return "0".to_owned();
    }
    if !(1e-3..1e5).contains(&lambda) {
        return format!("{lambda:.0e}");
    }
    let places = if lambda >= 100.0 {
        0
    } else if lambda >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{lambda:.places$}");
    let text = if lambda < 0.1 { format!("{lambda:.4}") } else { text };
    if text.contains('.') {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
}

/// The situations at which there is something to choose, with their actions.
pub(crate) fn choices(form: &GameForm) -> Vec<(InfoSetId, Vec<ActionId>)> {
    let all = form.info_set_ids().map(|set| (set, form.actions(set).collect::<Vec<_>>()));
    all.filter(|(_, actions)| actions.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_samples_keep_the_ends() {
        let point = |lambda: f64| CoursePoint {
            lambda,
            probability: vec![
                0.5 + lambda / (2.0 + 2.0 * lambda),
                0.5 - lambda / (2.0 + 2.0 * lambda),
            ],
        };
        let points: Vec<CoursePoint> = (0..200).map(|k| point(f64::from(k * k) / 100.0)).collect();
        let course = Course::new(&points).unwrap();
        let samples = course.samples(5);
        assert_eq!((samples[0].lambda, samples[4].lambda), (0.0, points[199].lambda));
        assert!(samples.windows(2).all(|pair| pair[0].lambda < pair[1].lambda));
        let marks = course.marks(5);
        assert!(marks.len() > 3 && marks[0] == 0.0, "{marks:?}");
        for mark in &marks[1..] {
            let text = lambda_text(*mark);
            assert!(text.trim_start_matches("0.").trim_matches('0').len() <= 1, "{text}");
        }
        assert!(Course::new(&[]).is_none());
    }

    #[test]
    fn precisions_in_few_digits() {
        let texts = [0.0, 0.025, 0.5, 2.0, 12.63, 43_906.6, 2e6, 3e-7].map(lambda_text);
        assert_eq!(texts, ["0", "0.025", "0.5", "2", "12.6", "43907", "2e6", "3e-7"]);
    }
}
