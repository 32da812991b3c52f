//! The linear programs of the search for consistent beliefs (see [`super::supports`]).

use crate::beliefs::Situation;
use crate::best_response::Plan;
use crate::concepts::supports::{Densities, Expression, Model, Place};
use crate::lp::{self, Broken};
use detente_game::Rational;
use detente_linear::{Program, RowRelation};
use std::collections::BTreeMap;

/// Orders and densities that do for the places decided so far.
#[derive(Debug)]
pub(crate) struct Point {
    /// Per variable of the model.
    pub order: Vec<Rational>,
    /// At least 1.
    pub density: Densities,
}

impl Point {
    /// The least orders, and equal densities.
    pub fn start(model: &Model) -> Result<Self, Broken> {
        let order = orders(model, &[], &[])?.map_err(|_| Broken)?;
        Ok(Self { order, density: Densities::new() })
    }
}

/// An expression's value.
pub(crate) fn value(expression: &Expression, order: &[Rational]) -> Rational {
    expression.iter().map(|(at, factor)| &order[*at] * &Rational::int(*factor)).sum()
}

/// What was sought, or the places whose supports contradict each other.
pub(crate) type Sought<T> = Result<T, Conflict>;

/// Places whose supports contradict each other, in order.
pub(crate) type Conflict = Vec<usize>;

/// The places of some rows; those of no place bind everywhere.
fn places_of(rows: &[usize], place_of_row: &[Option<usize>]) -> Conflict {
    let mut places: Vec<usize> = rows.iter().filter_map(|row| place_of_row[*row]).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Orders that make exactly the supports most plausible at the decided places.
pub(crate) fn orders(
    model: &Model,
    decided: &[usize],
    supports: &[Vec<usize>],
) -> Result<Sought<Vec<Rational>>, Broken> {
    let mut program = Program::new(model.variables);
    let mut place_of_row = vec![None; model.at_least_one.len()];
    for row in &model.at_least_one {
        program.row(&terms(row, &[]), RowRelation::Ge, Rational::ONE);
    }
    for &place in decided {
        let support = &supports[place];
        let first = &model.order[support[0]];
        for group in model.places[place].groups() {
            let row = terms(&model.order[group], first);
            if !support.contains(&group) {
                program.row(&row, RowRelation::Ge, Rational::ONE);
                place_of_row.push(Some(place));
            } else if group != support[0] {
                program.row(&row, RowRelation::Eq, Rational::ZERO);
                place_of_row.push(Some(place));
            }
        }
    }
    let all: Vec<_> = (0..model.variables).map(|at| (at, Rational::ONE)).collect();
    let found = lp::minimum_or_conflict(&program, &all)?;
    Ok(found.map(|(_, point)| point).map_err(|rows| places_of(&rows, &place_of_row)))
}

/// `left - right` as a row, equal variables put together.
fn terms(left: &Expression, right: &[(usize, i64)]) -> Vec<(usize, Rational)> {
    let mut sum = BTreeMap::new();
    for (at, factor) in left {
        *sum.entry(*at).or_insert(0) += factor;
    }
    for (at, factor) in right {
        *sum.entry(*at).or_insert(0) -= factor;
    }
    sum.into_iter()
        .filter(|(_, factor)| *factor != 0)
        .map(|(at, factor)| (at, Rational::int(factor)))
        .collect()
}

/// The unknown densities of the decided places, numbered, and per place those of its support.
struct Columns {
    parts: Vec<Vec<usize>>,
    of: BTreeMap<usize, Vec<usize>>,
}

impl Columns {
    fn new(model: &Model, decided: &[usize], supports: &[Vec<usize>]) -> Self {
        let mut columns = Self { parts: Vec::new(), of: BTreeMap::new() };
        let mut known = BTreeMap::new();
        for &place in decided {
            let mut number = |part: Vec<usize>| {
                *known.entry(part).or_insert_with_key(|part| {
                    columns.parts.push(part.clone());
                    columns.parts.len() - 1
                })
            };
            let of = model.parts(&supports[place]).into_iter().map(&mut number).collect();
            columns.of.insert(place, of);
        }
        columns
    }

    /// An inequality on a place's beliefs as a row.
    fn row(
        &self,
        model: &Model,
        at: usize,
        support: &[usize],
        cut: &[Rational],
    ) -> Vec<(usize, Rational)> {
        let row = density_row(&model.places[at], support, cut);
        row.into_iter().map(|(group, factor)| (self.of[&at][group], factor)).collect()
    }

    /// The densities of a place's support.
    fn shares(&self, place: usize, point: &[Rational]) -> Vec<Rational> {
        self.of[&place].iter().map(|column| point[*column].clone()).collect()
    }
}

/// Densities, at least 1, under which every choice at the decided places is best.
pub(crate) fn densities(
    model: &Model,
    situations: &mut [Situation],
    decided: &[usize],
    supports: &[Vec<usize>],
) -> Result<Sought<Densities>, Broken> {
    let columns = Columns::new(model, decided, supports);
    let count = columns.parts.len();
    let excess: Vec<_> = (0..count).map(|at| (at, Rational::ONE)).collect();
    loop {
        // Variables are the densities' excess over 1.
        let mut program = Program::new(count);
        let mut place_of_row = Vec::new();
        for &place in decided {
            for cut in &situations[place].cuts {
                let row = columns.row(model, place, &supports[place], cut);
                let sum: Rational = row.iter().map(|(_, factor)| factor).sum();
                program.row(&row, RowRelation::Ge, -sum);
                place_of_row.push(Some(place));
            }
        }
        let mut density = match lp::minimum_or_conflict(&program, &excess)? {
            Ok((_, density)) => density,
            Err(rows) => return Ok(Err(places_of(&rows, &place_of_row))),
        };
        for value in &mut density {
            *value += Rational::ONE;
        }
        let mut best = true;
        for &place in decided {
            let shares = columns.shares(place, &density);
            let belief = model.places[place].belief(&supports[place], &shares);
            best &= !situations[place].challenge(&belief).0.is_positive();
        }
        if best {
            return Ok(Ok(columns.parts.into_iter().zip(density).collect()));
        }
    }
}

/// The least gain at the last decided place over all densities under which the choices at the
/// others are best; densities may vanish here, so this is an infimum. `None` if the others alone
/// are impossible.
pub(crate) fn least_gain(
    model: &Model,
    situations: &mut [Situation],
    decided: &[usize],
    supports: &[Vec<usize>],
) -> Result<Option<(Rational, Plan)>, Broken> {
    let (&last, others) = decided.split_last().expect("a place is being decided");
    let columns = Columns::new(model, decided, supports);
    let bound = columns.parts.len();
    loop {
        let mut program = Program::new(bound + 1);
        let every = vec![Rational::ONE; model.places[last].factor.len()];
        let scale = columns.row(model, last, &supports[last], &every);
        program.row(&scale, RowRelation::Eq, Rational::ONE);
        for &place in decided {
            for cut in &situations[place].cuts {
                let mut row = columns.row(model, place, &supports[place], cut);
                if place == last {
                    row.push((bound, Rational::ONE));
                }
                program.row(&row, RowRelation::Ge, Rational::ZERO);
            }
        }
        let Some((least, density)) = lp::minimum(&program, &[(bound, Rational::ONE)])? else {
            return Ok(None);
        };
        let mut closed = true;
        for &place in others {
            let shares = columns.shares(place, &density);
            if shares.iter().any(Rational::is_positive) {
                let belief = model.places[place].belief(&supports[place], &shares);
                closed &= !situations[place].challenge(&belief).0.is_positive();
            }
        }
        let shares = columns.shares(last, &density);
        let belief = model.places[last].belief(&supports[last], &shares);
        let (gain, plan) = situations[last].challenge(&belief);
        if closed && gain <= least {
            return Ok(Some((least, plan)));
        }
    }
}

/// An inequality on beliefs as one on the densities of the supporting groups, these by their
/// places in the support.
pub(crate) fn density_row(
    place: &Place,
    support: &[usize],
    cut: &[Rational],
) -> Vec<(usize, Rational)> {
    let mut sum = BTreeMap::new();
    for ((group, factor), loss) in place.group.iter().zip(&place.factor).zip(cut) {
        let at = support.iter().position(|one| Some(one) == group.as_ref());
        if let Some(at) = at {
            *sum.entry(at).or_insert(Rational::ZERO) += factor * loss;
        }
    }
    sum.into_iter().filter(|(_, factor)| !factor.is_zero()).collect()
}

/// Orders scaled to integers; all conditions on them survive scaling up. `None` if they grow
/// beyond 32 bits.
pub(crate) fn integers(orders: &[Rational]) -> Option<Vec<u32>> {
    let mut common = 1_i64;
    for order in orders {
        let (_, denominator) = order.small_parts()?;
        common = common.checked_mul(denominator / gcd(common, denominator))?;
    }
    let scale = Rational::int(common);
    orders.iter().map(|order| u32::try_from((order * &scale).to_i64()?).ok()).collect()
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
