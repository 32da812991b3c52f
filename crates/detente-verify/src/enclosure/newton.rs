//! A box that holds exactly one root (Krawczyk 1969; Moore 1977; Neumaier 1990, theorem 5.1.8).

use super::jet::Jet;
use detente_game::number::Interval;
use detente_game::{GameForm, Rational};

/// Systems of more unknowns are not proved: the work grows with the third power.
const MOST_UNKNOWNS: usize = 80;

/// Nodes times unknowns: beyond this a proof would take minutes.
const MOST_WORK: usize = 100_000;

/// Refuses systems that would take too long.
pub(super) fn affordable(form: &GameForm, unknowns: usize) -> Result<(), String> {
    if unknowns > MOST_UNKNOWNS {
        return Err(format!("more than {MOST_UNKNOWNS} probabilities are free in it"));
    }
    if unknowns * form.node_count() > MOST_WORK {
        return Err("the game is too large for a proof by intervals".to_owned());
    }
    Ok(())
}

/// The equations with their slopes, over a box of the unknowns.
pub(super) type System<'a> = dyn Fn(&[Interval]) -> Result<Vec<Jet>, String> + 'a;

/// Proves that a system of as many equations as unknowns has exactly one root in a box, and gives
/// a smaller box that holds it.
///
/// With `m` the middle of the box `X`, `A` about the inverse of the slopes, and
/// `K = m - A f(m) + (1 - A f'(X)) (X - m)`: if `K` lies inside `X`, exactly one root of `f` lies in
/// `X`, and it lies in `K`. Any `A` will do for the proof; it is computed in floating point.
pub(super) fn only_root(system: &System, held: &[Interval]) -> Result<Vec<Interval>, String> {
    let middle: Vec<Rational> = held.iter().map(Interval::middle).collect();
    let points: Vec<Interval> = middle.iter().cloned().map(Interval::point).collect();
    let there = system(&points)?;
    let slopes = there.iter().map(|jet| row(jet, held.len())).collect::<Vec<_>>();
    let inverse = inverse(&slopes).ok_or("its equations are not independent there")?;
    let over = system(held)?;
    let image: Vec<Interval> = (0..held.len())
        .map(|at| component(&inverse[at], at, &there, &over, held, &middle))
        .collect();
    let inside = image.iter().zip(held).all(|(image, held)| image.is_inside(held));
    if inside { Ok(image) } else { Err("the interval Newton test is not met".to_owned()) }
}

fn row(jet: &Jet, count: usize) -> Vec<f64> {
    (0..count).map(|at| jet.slope.get(at).map_or(0.0, |slope| slope.middle().to_f64())).collect()
}

fn component(
    inverse: &[Rational],
    at: usize,
    there: &[Jet],
    over: &[Jet],
    held: &[Interval],
    middle: &[Rational],
) -> Interval {
    let step = combination(inverse, |equation| Some(&there[equation].value));
    let mut image = Interval::point(middle[at].clone()).sub(&step);
    for (variable, held) in held.iter().enumerate() {
        let product = combination(inverse, |equation| over[equation].slope.get(variable));
        let own = if variable == at { Rational::ONE } else { Rational::ZERO };
        let factor = Interval::point(own).sub(&product);
        let away = held.sub(&Interval::point(middle[variable].clone()));
        image = image.add(&factor.mul(&away));
    }
    image.rounded(192)
}

fn combination<'a>(weights: &[Rational], of: impl Fn(usize) -> Option<&'a Interval>) -> Interval {
    let parts = weights.iter().enumerate().filter(|(_, weight)| !weight.is_zero());
    parts
        .filter_map(|(at, weight)| Some(of(at)?.scale(weight)))
        .fold(Interval::point(Rational::ZERO), |sum, part| sum.add(&part))
}

/// About the inverse of a square matrix, by Gauss and Jordan with row exchanges.
fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<Rational>>> {
    let size = matrix.len();
    let unit = |at: usize| (0..size).map(move |other| if other == at { 1.0 } else { 0.0 });
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .enumerate()
        .map(|(at, row)| row.iter().copied().chain(unit(at)).collect())
        .collect();
    for column in 0..size {
        let largest =
            |a: &usize, b: &usize| rows[*a][column].abs().total_cmp(&rows[*b][column].abs());
        let pivot = (column..size).max_by(largest)?;
        rows.swap(column, pivot);
        let head = rows[column].clone();
        if head[column] == 0.0 || !head[column].is_finite() {
            return None;
        }
        for (at, row) in rows.iter_mut().enumerate() {
            let factor =
                if at == column { 1.0 - 1.0 / head[column] } else { row[column] / head[column] };
            row.iter_mut().zip(&head).for_each(|(entry, above)| *entry -= factor * above);
        }
    }
    rows.iter()
        .map(|row| row[size..].iter().map(|entry| Rational::from_f64(*entry)).collect())
        .collect()
}
