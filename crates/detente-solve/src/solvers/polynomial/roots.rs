//! All solutions on a face, by branch and prune: boxes are cut until each is shown to hold no
//! solution, or exactly one, or is too small to be cut (Neumaier 1990, chapter 5).

use super::face::{Face, Ground};
use super::fixed::{ONE, Span};
use super::newton::{Answer, Held, System};
use crate::Budget;
use detente_game::Rational;
use detente_game::number::Interval;

/// Boxes narrower than this (1/4096) are not cut.
const LEAST: i64 = ONE >> 12;
/// Boxes tried on one face before it is left open.
const MOST_BOXES: usize = 40_000;
/// The same where mixtures are free, so that solutions cannot be isolated anyway.
const MOST_LOOSE: usize = 200;
/// Boxes too narrow to cut on one face before it is left open: there are so many only where solutions
/// form a curve or more.
const MOST_NARROW: usize = 256;
/// Half the width of the boxes that are handed out.
const RADIUS: i32 = -80;
/// A fraction with a longer denominator is not taken for the solution.
const LONGEST: usize = 56;

/// What was found on a face.
#[derive(Debug, Default)]
pub(super) struct Solutions {
    /// Exact mixtures of all situations.
    pub exact: Vec<Vec<Vec<Rational>>>,
    /// Intervals of all situations' mixtures.
    pub enclosed: Vec<Vec<Vec<Interval>>>,
    /// A box that holds all that is not decided.
    pub open: Option<Held>,
}

/// The solutions on a face.
pub(super) fn solutions(ground: &Ground, face: &Face, budget: &mut Budget) -> Solutions {
    let system = System { face, situations: ground.situations };
    let mut search = Search { system, known: Vec::new(), found: Solutions::default() };
    if face.mixed.is_empty() {
        search.keep_exact(face.mixtures(&[]));
    } else {
        search.run(budget);
    }
    search.found
}

struct Search<'a> {
    system: System<'a>,
    /// Boxes that hold one known solution each, and narrow ones inside them that hold it.
    known: Vec<(Vec<Span>, Vec<Span>)>,
    found: Solutions,
}

impl Search<'_> {
    fn run(&mut self, budget: &mut Budget) {
        let face = self.system.face;
        let most = if face.is_square { MOST_BOXES } else { MOST_LOOSE };
        let mut open = vec![face.held.clone()];
        let (mut tried, mut narrow) = (0, 0);
        while let Some(held) = open.pop() {
            tried += 1;
            if tried > most || narrow > MOST_NARROW || !budget.touch() {
                self.leave_open(&held);
                open.iter().for_each(|rest| self.leave_open(rest));
                return;
            }
            let Some(held) = self.tightened(held) else { continue };
            if self.is_excluded(&held) {
                continue;
            }
            let narrowed = match face.is_square.then(|| self.system.test(&held)).flatten() {
                Some(Answer::None) => continue,
                Some(Answer::One { around, root }) => {
                    self.settle(around, root);
                    continue;
                }
                Some(Answer::Within(part)) => part,
                None => held,
            };
            match self.cut(&narrowed) {
                Some(halves) => open.extend(halves),
                None => {
                    narrow += 1;
                    self.leave_open(&narrowed);
                }
            }
        }
    }

    /// Uses that probabilities add up to 1; `None` if they cannot.
    fn tightened(&self, mut held: Held) -> Option<Held> {
        for (set, support) in &self.system.face.mixed {
            let spans = &mut held[set.index()];
            let low: i64 = support.iter().map(|at| spans[*at].low).sum();
            let high: i64 = support.iter().map(|at| spans[*at].high).sum();
            for at in support {
                let span = &mut spans[*at];
                let (before_low, before_high) = (span.low, span.high);
                span.low = span.low.max(ONE - (high - before_high));
                span.high = span.high.min(ONE - (low - before_low));
                if span.low > span.high {
                    return None;
                }
            }
        }
        Some(held)
    }

    fn is_excluded(&self, held: &Held) -> bool {
        let bounds = |one: &super::face::Condition| {
            self.system.situations[one.place].bounds(one.other, one.first, held)
        };
        let face = self.system.face;
        face.equations.iter().any(|one| bounds(one).is_none_or(|bounds| !bounds.holds_zero()))
            || face.inequalities.iter().any(|one| bounds(one).is_none_or(|bounds| bounds.low > 0))
    }

    /// Two halves along the widest probability; `None` if it is narrow already.
    fn cut(&self, held: &Held) -> Option<[Held; 2]> {
        let mixed = self.system.face.mixed.iter();
        let all = mixed.flat_map(|(set, support)| support.iter().map(|at| (set.index(), *at)));
        let (set, at) = all.max_by_key(|(set, at)| held[*set][*at].width())?;
        let span = held[set][at];
        if span.width() < LEAST {
            return None;
        }
        let middle = span.low + span.width() / 2;
        let mut halves = [held.clone(), held.clone()];
        halves[0][set][at].low = middle;
        halves[1][set][at].high = middle;
        Some(halves)
    }

    fn leave_open(&mut self, held: &Held) {
        match &mut self.found.open {
            None => self.found.open = Some(held.clone()),
            Some(hull) => {
                for (one, other) in hull.iter_mut().flatten().zip(held.iter().flatten()) {
                    *one = Span { low: one.low.min(other.low), high: one.high.max(other.high) };
                }
            }
        }
    }

    /// Decides about the only solution in a box: known already, outside the face, a fraction, or
    /// enclosed.
    fn settle(&mut self, around: Vec<Span>, root: Vec<Span>) {
        let root = self.system.narrowed(root);
        if self.is_known(&around, &root) {
            return;
        }
        let refined = self.system.refine(&root);
        let exact: Vec<Rational> = refined.iter().map(simplest).collect();
        let inside = |value: &Rational, span: &Span| span.probability().contains(value);
        let is_solution = exact.iter().zip(&around).all(|(value, span)| inside(value, span))
            && exact.iter().all(|value| value.bits() <= 2 * LONGEST)
            && {
                let mixtures = self.system.face.mixtures(&exact);
                let mut equations = self.system.face.equations.iter();
                equations.all(|one| self.system.exactly(one, &mixtures).is_zero())
            };
        if is_solution {
            self.known.push((around, root));
            self.keep_exact(self.system.face.mixtures(&exact));
            return;
        }
        match self.is_positive(&root) {
            Some(false) => {}
            Some(true) if refined.iter().zip(&root).all(|(value, span)| inside(value, span)) => {
                let enclosed = self.enclosed(&refined);
                self.found.enclosed.push(enclosed);
            }
            _ => self.leave_open(&self.widened(&root)),
        }
        self.known.push((around, root));
    }

    /// Whether a box's solution is one that was met in another box. Each of the wide boxes holds one
    /// solution only, so one narrow box in the other's wide box settles it; solutions that can be
    /// neither told apart nor shown to be one leave the face open.
    fn is_known(&mut self, around: &[Span], root: &[Span]) -> bool {
        let is_part =
            |one: &[Span], of: &[Span]| one.iter().zip(of).all(|(one, of)| one.is_part_of(*of));
        let meets = |other: &[Span]| {
            let pairs = root.iter().zip(other).map(|(one, other)| one.shared(*other));
            pairs.clone().all(|shared| shared.low <= shared.high)
        };
        let alike = |(wide, narrow): &&(Vec<Span>, Vec<Span>)| {
            is_part(root, wide) || is_part(narrow, around)
        };
        if self.known.iter().any(|known| alike(&known)) {
            return true;
        }
        if self.known.iter().any(|(_, narrow)| meets(narrow)) {
            self.leave_open(&self.widened(root));
        }
        false
    }

    /// Whether all probabilities are positive; `None` if the box cannot tell.
    fn is_positive(&self, root: &[Span]) -> Option<bool> {
        let mut at = 0;
        let mut sure = true;
        for (_, support) in &self.system.face.mixed {
            let mut rest = Span::point(ONE);
            for _ in &support[1..] {
                let span = root[at];
                rest = Span { low: rest.low - span.high, high: rest.high - span.low };
                at += 1;
                if span.high <= 0 {
                    return Some(false);
                }
                sure &= span.low > 0;
            }
            if rest.high <= 0 {
                return Some(false);
            }
            sure &= rest.low > 0;
        }
        sure.then_some(true)
    }

    fn widened(&self, root: &[Span]) -> Held {
        let mut held = self.system.face.held.clone();
        for ((set, at), span) in self.system.unknowns().into_iter().zip(root) {
            held[set][at] = Span { low: span.low.max(0), high: span.high.min(ONE) };
        }
        held
    }

    /// Keeps an exact solution if its probabilities are positive and no other action is better.
    fn keep_exact(&mut self, mixtures: Vec<Vec<Rational>>) {
        let face = self.system.face;
        let mixed = face.mixed.iter();
        let mut played =
            mixed.flat_map(|(set, support)| support.iter().map(|at| (set.index(), *at)));
        let positive = played.all(|(set, at)| mixtures[set][at].is_positive());
        let mut others = face.inequalities.iter();
        let best = others.all(|one| !self.system.exactly(one, &mixtures).is_positive());
        if positive && best {
            self.found.exact.push(mixtures);
        }
    }

    /// Narrow intervals round a solution that no short fraction is.
    fn enclosed(&self, refined: &[Rational]) -> Vec<Vec<Interval>> {
        let radius = Rational::int(2).pow(RADIUS).expect("a power of 2");
        let mixtures = self.system.face.mixtures(refined);
        let mut all: Vec<Vec<Interval>> = mixtures
            .iter()
            .map(|mixture| mixture.iter().cloned().map(Interval::point).collect())
            .collect();
        for (set, support) in &self.system.face.mixed {
            for (order, at) in support.iter().enumerate() {
                // The first action takes what the others leave, with all their uncertainty.
                let times = if order == 0 { support.len() as i64 } else { 1 };
                let more = &radius * &Rational::int(times);
                let value = &mixtures[set.index()][*at];
                all[set.index()][*at] = Interval { low: value - &more, high: value + &more };
            }
        }
        all
    }
}

/// The simplest fraction near a refined number.
fn simplest(value: &Rational) -> Rational {
    let near = Rational::int(2).pow(-130).expect("a power of 2");
    Interval { low: value - &near, high: value + &near }.simplest()
}
