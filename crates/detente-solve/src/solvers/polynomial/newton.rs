//! The interval Newton test of Krawczyk (1969) at fixed scales, and Newton's method in fractions.

use super::face::{Condition, Face};
use super::fixed::{ONE, PROBABILITY, Span, WORTH, down, up};
use super::table::Situation;
use crate::solvers::dense;
use detente_game::Rational;

/// Mixtures of all situations, enclosed.
pub(super) type Held = Vec<Vec<Span>>;

/// What the test says of a box.
pub(super) enum Answer {
    /// It holds no solution.
    None,
    /// Exactly one solution lies in `around`, and it lies in `root` (both: later actions of mixed
    /// situations).
    One { around: Vec<Span>, root: Vec<Span> },
    /// All its solutions lie in this part of it.
    Within(Held),
}

/// Scale of the preconditioner: multiples of `2^-INVERSE`.
const INVERSE: u32 = 20;

/// A face with the tables of its game.
pub(super) struct System<'a> {
    pub face: &'a Face,
    pub situations: &'a [Situation],
}

impl System<'_> {
    /// The unknowns: every mixed situation with its later actions.
    pub fn unknowns(&self) -> Vec<(usize, usize)> {
        let mixed = self.face.mixed.iter();
        mixed.flat_map(|(set, support)| support[1..].iter().map(|at| (set.index(), *at))).collect()
    }

    pub fn spans(&self, held: &Held) -> Vec<Span> {
        self.unknowns().iter().map(|(set, at)| held[*set][*at]).collect()
    }

    /// Mixtures from spans of the unknowns; first actions get what is left.
    fn held(&self, spans: &[Span]) -> Held {
        let mut held = self.face.held.clone();
        let mut at = 0;
        for (set, support) in &self.face.mixed {
            let mut rest = Span::point(ONE);
            for action in &support[1..] {
                rest = Span { low: rest.low - spans[at].high, high: rest.high - spans[at].low };
                held[set.index()][*action] = spans[at];
                at += 1;
            }
            held[set.index()][support[0]] = rest;
        }
        held
    }

    fn value(&self, condition: &Condition, held: &Held) -> Option<Span> {
        self.situations[condition.place].bounds(condition.other, condition.first, held)
    }

    /// Slopes of one equation along all unknowns.
    fn slopes(&self, condition: &Condition, held: &Held) -> Option<Vec<Span>> {
        let situation = &self.situations[condition.place];
        let (straight, difference) = situation.difference(condition.other, condition.first);
        let mut slopes = Vec::new();
        for (set, support) in &self.face.mixed {
            if !difference.spans.sets.iter().any(|(other, _)| other == set) {
                slopes.extend(support[1..].iter().map(|_| Span::point(0)));
                continue;
            }
            let by = difference.spans.bounds_by(held, Some(*set))?.entries;
            let (first, later) = (by[support[0]], &support[1..]);
            slopes.extend(later.iter().map(|at| {
                let (low, high) = (by[*at].low - first.high, by[*at].high - first.low);
                if straight { Span { low, high } } else { Span { low: -high, high: -low } }
            }));
        }
        Some(slopes)
    }

    /// Krawczyk's test on a box, widened a little so that solutions at its sides are settled too.
    pub fn test(&self, held: &Held) -> Option<Answer> {
        let own = self.spans(held);
        let around: Vec<Span> =
            own.iter().map(|span| span.widened(span.width() / 4 + 16)).collect();
        let image = self.image(&around)?;
        let mut part = Vec::with_capacity(own.len());
        for (image, own) in image.iter().zip(&own) {
            let shared = image.shared(*own);
            if shared.low > shared.high {
                return Some(Answer::None);
            }
            part.push(shared);
        }
        let is_inside =
            |(image, around): (&Span, &Span)| around.low < image.low && image.high < around.high;
        if image.iter().zip(&around).all(is_inside) {
            return Some(Answer::One { around, root: image });
        }
        let mut narrowed = held.clone();
        for ((set, at), span) in self.unknowns().into_iter().zip(part) {
            narrowed[set][at] = span;
        }
        Some(Answer::Within(narrowed))
    }

    /// The part of a box that still holds its one solution, made as small as the scale allows.
    pub fn narrowed(&self, mut root: Vec<Span>) -> Vec<Span> {
        for _ in 0..NARROWINGS {
            let wide: Vec<Span> = root.iter().map(|span| span.widened(16)).collect();
            let Some(image) = self.image(&wide) else { break };
            let part: Vec<Span> = root.iter().zip(&image).map(|(a, b)| a.shared(*b)).collect();
            // The solution lies in both, so they meet; anything else would be a mistake.
            if part.iter().any(|span| span.low > span.high) || part == root {
                break;
            }
            root = part;
        }
        root
    }

    /// `m - A f(m) + (1 - A f'(X)) (X - m)`, or `None` if the slopes cannot be inverted.
    fn image(&self, around: &[Span]) -> Option<Vec<Span>> {
        let wide = self.held(around);
        let middle: Vec<i64> = around.iter().map(|span| span.low + span.width() / 2).collect();
        let points: Vec<Span> = middle.iter().map(|at| Span::point(*at)).collect();
        let there = self.held(&points);
        let equations = &self.face.equations;
        let slopes: Vec<Vec<Span>> =
            equations.iter().map(|one| self.slopes(one, &wide)).collect::<Option<_>>()?;
        let values: Vec<Span> =
            equations.iter().map(|one| self.value(one, &there)).collect::<Option<_>>()?;
        let inverse = inverse(&slopes)?;
        let row = |at: usize| {
            let mut sum = Span128::point(0);
            for (weight, value) in inverse[at].iter().zip(&values) {
                sum = sum.minus(Span128::of(*value).times(*weight));
            }
            // A f(m): scale INVERSE + WORTH, to the scale of probabilities.
            let step = sum.shifted(INVERSE + WORTH - PROBABILITY);
            let mut image = Span { low: middle[at] + step.low, high: middle[at] + step.high };
            for (variable, span) in around.iter().enumerate() {
                let mut factor = Span128::point(0);
                if variable == at {
                    factor = Span128::point(1 << (INVERSE + WORTH));
                }
                for (weight, slopes) in inverse[at].iter().zip(&slopes) {
                    factor = factor.minus(Span128::of(slopes[variable]).times(*weight));
                }
                let away = factor.around(span.width() / 2 + 1, INVERSE + WORTH)?;
                image = Span { low: image.low - away, high: image.high + away };
            }
            Some(image)
        };
        (0..around.len()).map(row).collect()
    }

    /// Newton's method in fractions from a guess: the unknowns to about 150 binary digits.
    pub fn refine(&self, guess: &[Span]) -> Vec<Rational> {
        let mut at: Vec<Rational> = guess.iter().map(|span| span.probability().middle()).collect();
        for _ in 0..STEPS {
            let mixtures = self.face.mixtures(&at);
            let values: Vec<f64> = self
                .face
                .equations
                .iter()
                .map(|one| self.exactly(one, &mixtures).to_f64())
                .collect();
            let slopes = self.face.equations.iter().map(|one| self.slopes_at(one, &mixtures));
            let Some(step) = dense::solve(slopes.collect(), values) else { break };
            for (at, step) in at.iter_mut().zip(&step) {
                let step = Rational::from_f64(*step).unwrap_or(Rational::ZERO);
                *at = (&*at - &step).round_down(DIGITS);
            }
            if step.iter().all(|step| step.abs() < 1e-45) {
                break;
            }
        }
        at
    }

    /// The exact value of an equation.
    pub fn exactly(&self, condition: &Condition, mixtures: &[Vec<Rational>]) -> Rational {
        self.situations[condition.place].exactly(condition.other, condition.first, mixtures)
    }

    fn slopes_at(&self, condition: &Condition, mixtures: &[Vec<Rational>]) -> Vec<f64> {
        let situation = &self.situations[condition.place];
        let (straight, difference) = situation.difference(condition.other, condition.first);
        let sign = if straight { 1.0 } else { -1.0 };
        let mut slopes = Vec::new();
        for (set, support) in &self.face.mixed {
            if difference.exact.sets.iter().any(|(other, _)| other == set) {
                let by = difference.exact.at(mixtures, Some(*set)).entries;
                let along = support[1..].iter().map(|at| (&by[*at] - &by[support[0]]).to_f64());
                slopes.extend(along.map(|slope| sign * slope));
            } else {
                slopes.extend(support[1..].iter().map(|_| 0.0));
            }
        }
        slopes
    }
}

const NARROWINGS: usize = 12;
const STEPS: usize = 20;
const DIGITS: usize = 200;

/// About the inverse of the middle of a matrix of spans, at scale `INVERSE`.
fn inverse(slopes: &[Vec<Span>]) -> Option<Vec<Vec<i64>>> {
    let middle = |span: &Span| (span.low as f64 + span.high as f64) / 2.0 / (1_i64 << WORTH) as f64;
    let matrix: Vec<Vec<f64>> = slopes.iter().map(|row| row.iter().map(middle).collect()).collect();
    let scale = f64::from(1_u32 << INVERSE);
    let rounded = |entry: f64| (entry.abs() < 1e6).then(|| (entry * scale).round() as i64);
    let inverse = dense::inverse(&matrix)?;
    inverse.into_iter().map(|row| row.into_iter().map(rounded).collect()).collect()
}

/// An interval of wide integers, for sums of products.
#[derive(Clone, Copy)]
struct Span128 {
    low: i128,
    high: i128,
}

impl Span128 {
    fn point(value: i128) -> Self {
        Self { low: value, high: value }
    }

    fn of(span: Span) -> Self {
        Self { low: i128::from(span.low), high: i128::from(span.high) }
    }

    fn times(self, factor: i64) -> Self {
        let factor = i128::from(factor);
        let (one, other) = (self.low * factor, self.high * factor);
        Self { low: one.min(other), high: one.max(other) }
    }

    fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    fn shifted(self, bits: u32) -> Span {
        Span { low: down(self.low, bits), high: up(self.high, bits) }
    }

    /// The greatest size of a product with a number of at most `radius` in size; `None` if it is
    /// too large to matter.
    fn around(self, radius: i64, bits: u32) -> Option<i64> {
        let largest = self.low.abs().max(self.high.abs());
        (largest < 1 << 80).then(|| up(largest * i128::from(radius), bits))
    }
}
