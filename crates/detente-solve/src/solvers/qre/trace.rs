//! Following a curve of solutions by predictor and corrector (Allgower and Georg 1990; for logit
//! responses Turocy 2005), by its arc length, so that it may turn back.

use super::map::LogitMap;
use super::system::{Equations, System};

/// A place on the curve.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub lambda: f64,
    pub odds: Vec<f64>,
}

/// The curve at one place, with the direction to go on in.
pub(super) struct Curve<'a> {
    pub map: &'a LogitMap,
    pub place: Place,
    equations: Equations,
    /// Along the odds, then along lambda; of length 1.
    tangent: Vec<f64>,
    /// The sign of the determinant of slopes and tangent: it is the same along a whole curve, and
    /// another one where two curves nearly cross and a step has led from one to the other.
    orientation: f64,
    step: f64,
}

const FIRST_STEP: f64 = 0.03;
const LEAST_STEP: f64 = 1e-11;
/// The least cosine of the angle between two directions.
const STRAIGHT: f64 = 0.97;
const MOST_CORRECTIONS: usize = 6;
/// Corrections end when the last was this small, per size of the unknowns: the error that is left
/// is of the order of its square.
const CLOSE: f64 = 1e-8;
/// The same for a point that is asked for.
const EXACT: f64 = 1e-12;

impl<'a> Curve<'a> {
    /// At lambda 0, where everything is equally likely.
    pub fn new(map: &'a LogitMap) -> Option<Self> {
        let place = Place { lambda: 0.0, odds: vec![0.0; map.count] };
        let mut forwards = vec![0.0; map.count + 1];
        forwards[map.count] = 1.0;
        let mut curve = Self {
            map,
            place,
            equations: Equations::default(),
            tangent: forwards,
            orientation: 1.0,
            step: FIRST_STEP,
        };
        curve.equations.evaluate(map, 0.0, &curve.place.odds);
        let system = curve.equations.across(&curve.tangent)?;
        (curve.tangent, curve.orientation) = curve.tangent_of(&system)?;
        Some(curve)
    }

    /// Whether lambda grows from here on.
    pub fn is_rising(&self) -> bool {
        self.tangent[self.map.count] > 0.0
    }

    /// Goes on by a step of a length that fits; `false` if no step is short enough.
    pub fn advance(&mut self) -> bool {
        while self.step > LEAST_STEP * (1.0 + self.place.lambda) {
            if let Some((place, corrections, system)) = self.corrected()
                && let Some((tangent, orientation)) = self.tangent_of(&system)
                && orientation == self.orientation
                && product(&tangent, &self.tangent) > STRAIGHT
            {
                self.place = place;
                self.tangent = tangent;
                self.step *= match corrections {
                    0..=2 => 1.6,
                    3 => 1.1,
                    _ => 0.6,
                };
                return true;
            }
            self.step /= 2.0;
        }
        false
    }

    /// The place a step ahead, brought back to the curve across the tangent, with the corrections
    /// that it took and the system of the last one.
    fn corrected(&mut self) -> Option<(Place, usize, System)> {
        let count = self.map.count;
        let ahead = |at: usize, from: f64| from + self.step * self.tangent[at];
        let mut place = Place {
            lambda: ahead(count, self.place.lambda),
            odds: self.place.odds.iter().enumerate().map(|(at, odds)| ahead(at, *odds)).collect(),
        };
        if place.lambda < 0.0 {
            return None;
        }
        let start = place.clone();
        let mut last = self.step / 2.0;
        for correction in 0..=MOST_CORRECTIONS {
            self.equations.evaluate(self.map, place.lambda, &place.odds);
            let away = place.odds.iter().zip(&start.odds).map(|(now, then)| now - then);
            let away: f64 = away.zip(&self.tangent).map(|(away, along)| away * along).sum();
            let mut rhs = self.equations.values.clone();
            rhs.push(away + (place.lambda - start.lambda) * self.tangent[count]);
            let system = self.equations.across(&self.tangent)?;
            let step = system.solve(rhs)?;
            let size = size(&place.odds);
            let largest = step.iter().map(|step| step.abs()).fold(0.0, f64::max);
            // Corrections that do not shrink at once may land on another curve.
            if largest > last.max(CLOSE * size) {
                return None;
            }
            last = largest / 2.0;
            place.odds.iter_mut().zip(&step).for_each(|(odds, step)| *odds -= step);
            place.lambda -= step[count];
            if largest < CLOSE * size {
                return Some((place, correction, system));
            }
        }
        None
    }

    /// The direction of the curve on the side of the last one, with its orientation.
    fn tangent_of(&self, system: &System) -> Option<(Vec<f64>, f64)> {
        let mut rhs = vec![0.0; self.map.count + 1];
        rhs[self.map.count] = 1.0;
        let mut tangent = system.solve(rhs)?;
        let length = product(&tangent, &tangent).sqrt();
        tangent.iter_mut().for_each(|entry| *entry /= length);
        length.is_finite().then_some((tangent, system.sign()))
    }

    /// The greatest gain at the present place, from the equations evaluated last.
    pub fn regret(&self) -> f64 {
        self.map.regret(&self.place.odds, &self.equations.worths.differences)
    }
}

/// One and the greatest of the unknowns.
fn size(odds: &[f64]) -> f64 {
    1.0 + odds.iter().map(|odds| odds.abs()).fold(0.0, f64::max)
}

/// The solution at a given lambda near a guess, by Newton's method.
pub(super) fn at_lambda(map: &LogitMap, lambda: f64, guess: &[f64]) -> Option<Vec<f64>> {
    let mut odds = guess.to_vec();
    let mut equations = Equations::default();
    for _ in 0..30 {
        equations.evaluate(map, lambda, &odds);
        let step = equations.at_lambda()?.solve(equations.values.clone())?;
        odds.iter_mut().zip(&step).for_each(|(odds, step)| *odds -= step);
        let close = EXACT * size(&odds);
        if step.iter().all(|step| step.abs() < close) {
            return Some(odds);
        }
    }
    None
}

fn product(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
