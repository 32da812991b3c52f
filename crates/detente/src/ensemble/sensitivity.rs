//! What an outcome or payoff depends on: Sobol's indices, and the effect of each parameter alone.

use super::{Answer, Asked, Ensemble, Placed, alone};
use detente_analysis::analyses::draws::Draws;
use detente_analysis::analyses::ensemble::Quantity;
use detente_analysis::analyses::ensemble::variance::{Indices, Pair, indices};
use detente_game::{Game, ParamId, Rational};
use rayon::prelude::*;

/// Which number stands for a draw with several equilibria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The least over its equilibria.
    Least,
    /// The greatest.
    Greatest,
    /// Halfway between the two.
    Middle,
}

/// What one parameter does.
#[derive(Debug, Clone)]
pub struct Influence {
    /// The parameter.
    pub param: ParamId,
    /// Its part of the variance, or that of the table it is drawn from; none if there are no
    /// moments.
    pub indices: Option<Indices>,
    /// The table whose rows it is drawn from, if others are too.
    pub table: Option<String>,
    /// The parameter's 5th and 95th percentiles.
    pub ends: (f64, f64),
    /// The quantity there, all other parameters exactly at their base values; none where no
    /// equilibrium is known.
    pub at_ends: (Option<f64>, Option<f64>),
}

/// What a quantity depends on.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    /// Its mean and variance; none if it does not vary, or fewer than two pairs are left.
    pub moments: Option<(f64, f64)>,
    /// The quantity exactly at the base values.
    pub at_base: Option<f64>,
    /// The parameters, the greatest total index first.
    pub influences: Vec<Influence>,
    /// Pairs of points that were drawn.
    pub pairs: u64,
    /// Pairs that were left out, since no equilibrium is known at one of their points.
    pub left_out: u64,
}

/// Pairs of points in a batch, at most; few are shared out over some batches, so that progress is heard.
const BATCH: u64 = 1 << 12;
const BATCHES: u64 = 8;

/// Draws pairs of points and works out the indices of a quantity; `asked.members` counts pairs.
/// Parameters that are drawn together, as rows of a table, have indices as a group: the group is
/// independent of all others (Jacques, Lavergne and Devictor 2006), its parts are not.
/// `progress` hears how many are done.
///
/// # Errors
/// As for [`Ensemble::new`]; or if it is stopped before the end.
pub fn sensitivity(
    game: &Game,
    asked: Asked,
    quantity: Quantity,
    bound: Bound,
    progress: &mut dyn FnMut(u64),
) -> Result<Sensitivity, String> {
    let mut all = sensitivities(game, asked, &[quantity], bound, progress)?;
    all.pop().ok_or_else(|| "nothing was asked for".to_owned())
}

/// The same of several quantities, from the same pairs.
///
/// # Errors
/// As for [`sensitivity`].
pub fn sensitivities(
    game: &Game,
    asked: Asked,
    quantities: &[Quantity],
    bound: Bound,
    progress: &mut dyn FnMut(u64),
) -> Result<Vec<Sensitivity>, String> {
    let draws = Draws::with_copies(game, asked.seed, asked.random, 2)?;
    let (members, count) = (asked.members, draws.inputs().len());
    let mut ensemble = Ensemble::new(game, asked)?;
    let place = |quantity: &Quantity| ensemble.quantities.iter().position(|one| one == quantity);
    let places: Option<Vec<usize>> = quantities.iter().map(place).collect();
    let places = places.ok_or("the game has no such quantity")?;
    let mut pairs: Vec<Vec<Pair>> = vec![Vec::new(); places.len()];
    let batch = members.div_ceil(BATCHES).clamp(1, BATCH);
    for from in (0..members).step_by(batch as usize) {
        let to = (from + batch).min(members);
        let points = (from..to).flat_map(|number| points_of(&draws, number)).collect();
        let placed = ensemble.place_all(points, &mut Vec::new());
        if ensemble.is_stopped() {
            return Err("it was stopped before its end".to_owned());
        }
        for (place, pairs) in places.iter().zip(&mut pairs) {
            let values: Vec<Option<f64>> =
                placed.iter().map(|one| value(one, *place, bound)).collect();
            pairs.extend(values.chunks(count + 2).filter_map(pair));
        }
        progress(to);
    }
    let effects = effects(&ensemble, game);
    if ensemble.is_stopped() {
        return Err("it was stopped before its end".to_owned());
    }
    let of = |(place, pairs): (&usize, &Vec<Pair>)| {
        told(&ensemble, &effects, |one| value(one, *place, bound), pairs, members)
    };
    Ok(places.iter().zip(&pairs).map(of).collect())
}

/// Two independent points, then the first with each input of the second.
fn points_of(draws: &Draws, number: u64) -> Vec<Vec<f64>> {
    let (first, second) = (draws.copy(number, 0), draws.copy(number, 1));
    let mixed: Vec<Vec<f64>> = draws
        .inputs()
        .iter()
        .map(|input| {
            let mut point = first.clone();
            for &drawn in &input.drawn {
                point[drawn] = second[drawn];
            }
            point
        })
        .collect();
    [first, second].into_iter().chain(mixed).collect()
}

fn pair(values: &[Option<f64>]) -> Option<Pair> {
    let values: Vec<f64> = values.iter().copied().collect::<Option<_>>()?;
    let (first, second) = (values[0], values[1]);
    Some(Pair { first, second, mixed: values[2..].to_vec() })
}

fn value(placed: &Placed, place: usize, bound: Bound) -> Option<f64> {
    if !matches!(placed.answer, Answer::Plays(_) | Answer::Own(_)) {
        return None;
    }
    let (least, greatest) = *placed.ranges.get(place)?;
    Some(match bound {
        Bound::Least => least,
        Bound::Greatest => greatest,
        Bound::Middle => f64::midpoint(least, greatest),
    })
}

/// What is at the base values, and at either end of each parameter alone. The base values need be
/// no draws, and may be where a choice just turns, so all this is solved exactly there.
struct Effects {
    base: Placed,
    /// Per drawn parameter, its 5th and 95th percentiles and what is there.
    ends: Vec<[(f64, Placed); 2]>,
}

fn effects(ensemble: &Ensemble, game: &Game) -> Effects {
    let base = game.base_point();
    let solved = |point: &[Rational]| {
        let mut placed = Placed::new(Vec::new());
        alone::solve_at(ensemble, point, &mut placed);
        placed
    };
    let end = |drawn: usize, share: f64| {
        let value = ensemble.draws.quantile(drawn, share);
        let mut point = base.clone();
        point[ensemble.draws.params[drawn].index()] = Rational::from_f64(value).unwrap_or_default();
        (value, solved(&point))
    };
    let count = ensemble.draws.params.len();
    let ends = (0..count).into_par_iter().map(|drawn| [end(drawn, 0.05), end(drawn, 0.95)]);
    Effects { base: solved(&base), ends: ends.collect() }
}

fn told(
    ensemble: &Ensemble,
    effects: &Effects,
    value: impl Fn(&Placed) -> Option<f64>,
    pairs: &[Pair],
    members: u64,
) -> Sensitivity {
    let found = indices(pairs);
    let inputs = ensemble.draws.inputs();
    let params = ensemble.draws.params.iter().zip(&effects.ends).enumerate();
    let mut influences: Vec<Influence> = params
        .map(|(drawn, (param, [low, high]))| {
            let place = inputs.iter().position(|input| input.drawn.contains(&drawn));
            let input = place.map(|place| &inputs[place]).filter(|input| input.drawn.len() > 1);
            let parts = found.as_ref().map(|(_, _, parts)| parts);
            Influence {
                param: *param,
                indices: parts.zip(place).map(|(parts, place)| parts[place]),
                table: input.and_then(|input| input.table.clone()),
                ends: (low.0, high.0),
                at_ends: (value(&low.1), value(&high.1)),
            }
        })
        .collect();
    let total = |one: &Influence| one.indices.map_or(0.0, |indices| indices.total);
    influences.sort_by(|a, b| total(b).total_cmp(&total(a)).then(a.param.cmp(&b.param)));
    Sensitivity {
        moments: found.map(|(mean, variance, _)| (mean, variance)),
        at_base: value(&effects.base),
        influences,
        pairs: members,
        left_out: members - pairs.len() as u64,
    }
}
