//! Why a demand can be met, or cannot, wherever some polynomials keep their signs.
//!
//! The basis in which a linear program ends at one point is solved for in polynomials. Its basic
//! point meets the rows wherever no value is negative; its reduced costs show that nothing meets
//! them wherever no cost has the wrong sign. Nothing is taken from the point but the basis.

use super::elimination::{Columns, Line, Reduced, lines, reduce};
use super::family::Family;
use crate::solvers::pure::parametric::book::Book;
use crate::solvers::pure::parametric::frame::{Decision, decision};
use crate::solvers::pure::parametric::terms::Terms;
use detente_game::Rational;
use detente_linear::{Basic, Believed};
use std::cmp::Ordering;

/// What a quotient of two polynomials has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Positive,
    Negative,
    NotNegative,
    NotPositive,
    Zero,
}

impl Wanted {
    pub fn is_met(self, sign: Ordering) -> bool {
        match self {
            Self::Positive => sign == Ordering::Greater,
            Self::Negative => sign == Ordering::Less,
            Self::NotNegative => sign != Ordering::Less,
            Self::NotPositive => sign != Ordering::Greater,
            Self::Zero => sign == Ordering::Equal,
        }
    }
}

/// One condition on the sign of a product.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub factors: [Decision; 2],
    pub wanted: Wanted,
}

/// A proof wherever its conditions hold.
#[derive(Debug, Clone)]
pub(super) struct Certificate {
    /// Whether the demand is met.
    pub is_met: bool,
    pub conditions: Vec<Condition>,
}

/// What conditions are written with.
pub(super) struct Scale<'a> {
    pub book: &'a mut Book,
    /// Polynomials known to be positive.
    pub positive: &'a [Terms],
    /// The values of all variables at the point.
    pub values: &'a [Rational],
}

/// What seems no larger than this is taken for zero.
const NEGLIGIBLE: f64 = 1e-9;

/// Whether the demand seems to be met at the point.
pub(super) fn seems_met(family: &Family, believed: &Believed) -> bool {
    believed.value.is_some_and(|value| family.slack.is_none() || value > NEGLIGIBLE)
}

/// The proof that the final basis of a program gives; `None` if polynomials grow too long.
pub(super) fn certify(
    family: &Family,
    believed: &Believed,
    scale: &mut Scale<'_>,
) -> Option<Certificate> {
    if seems_met(family, believed) {
        met(family, believed, scale)
    } else {
        refuted(family, believed, scale)
    }
}

fn met(family: &Family, believed: &Believed, scale: &mut Scale<'_>) -> Option<Certificate> {
    let (columns, mut rows) = lines(family, &believed.basis, Line::default());
    let basis: Vec<usize> = believed.basis.iter().map(|basic| columns.of(*basic)).collect();
    for row in &mut rows {
        row.entries.retain(|column, _| basis.contains(column));
    }
    let reduced = reduce(rows, &basis, scale.values, scale.positive)?;
    let mut conditions = Vec::new();
    for basic in &believed.basis {
        let wanted = match basic {
            Basic::Artificial(_) => Wanted::Zero,
            Basic::Variable(at) if family.free[*at] => continue,
            Basic::Variable(at) if family.slack == Some(*at) => Wanted::Positive,
            Basic::Variable(_) | Basic::Slack(_) => Wanted::NotNegative,
        };
        let column = columns.of(*basic);
        let line = &reduced.lines[&column];
        conditions.extend(condition(scale, &line.rhs, &line.entries[&column], wanted));
    }
    // A slack outside the basis would be zero.
    let is_positive = |slack: usize| believed.basis.contains(&Basic::Variable(slack));
    family.slack.is_none_or(is_positive).then_some(Certificate { is_met: true, conditions })
}

fn refuted(family: &Family, believed: &Believed, scale: &mut Scale<'_>) -> Option<Certificate> {
    let columns = Columns { variables: family.free.len(), rows: family.rows.len() };
    let one = Terms::number(Rational::ONE);
    let mut objective = Line::default();
    objective.entries.insert(columns.objective(), one.clone());
    let is_feasible = believed.value.is_some();
    if is_feasible {
        let slack = family.slack.expect("without it a feasible demand is met");
        objective.entries.insert(slack, one.scaled(&Rational::int(-1)));
    } else {
        let lacking = believed.basis.iter().filter(|basic| matches!(basic, Basic::Artificial(_)));
        objective.entries.extend(lacking.map(|basic| (columns.of(*basic), one.clone())));
    }
    let (columns, rows) = lines(family, &believed.basis, objective);
    let basis: Vec<usize> = believed.basis.iter().map(|basic| columns.of(*basic)).collect();
    let Reduced { objective, .. } = reduce(rows, &basis, scale.values, scale.positive)?;
    let below = &objective.entries[&columns.objective()];
    let mut conditions = Vec::new();
    for (column, terms) in &objective.entries {
        if *column == columns.objective() {
            continue;
        }
        let is_free = family.free.get(*column).copied().unwrap_or(false);
        let wanted = if is_free { Wanted::Zero } else { Wanted::NotNegative };
        conditions.extend(condition(scale, terms, below, wanted));
    }
    let wanted = if is_feasible { Wanted::NotPositive } else { Wanted::Negative };
    conditions.extend(condition(scale, &objective.rhs, below, wanted));
    Some(Certificate { is_met: false, conditions })
}

/// The condition on a quotient, unless it holds everywhere. The divisor must have a sign.
fn condition(
    scale: &mut Scale<'_>,
    above: &Terms,
    below: &Terms,
    wanted: Wanted,
) -> Option<Condition> {
    if *above == Terms::default() && wanted.is_met(Ordering::Equal) {
        return None;
    }
    let factors = [above, below].map(|terms| decision(scale.book, terms, scale.positive));
    if let [Decision::Known(above), Decision::Known(below)] = factors
        && below != Ordering::Equal
        && wanted.is_met(product(above, below))
    {
        return None;
    }
    Some(Condition { factors, wanted })
}

/// The sign of a product.
pub(super) fn product(one: Ordering, other: Ordering) -> Ordering {
    match other {
        Ordering::Less => one.reverse(),
        Ordering::Equal => Ordering::Equal,
        Ordering::Greater => one,
    }
}
