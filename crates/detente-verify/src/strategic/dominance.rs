//! Whether a strategy is undominated, and what beats it under every small tremble if it is not.

use super::Strategic;
use crate::best_response::weighted;
use crate::lp::{self, Broken};
use crate::verdict::Failure;
use detente_game::{PlayerId, Rational};
use detente_linear::{Program, RowRelation};
use std::collections::{BTreeMap, BTreeSet};

/// A conjecture about the others that gives every combination of their plans some probability and
/// to which the plans in `used` are all best replies; `None` if there is none, which is so exactly
/// if some mixture weakly dominates every mixture of them all.
pub(super) fn conjecture(
    strategic: &Strategic,
    player: usize,
    used: &[usize],
) -> Result<Option<Vec<Rational>>, Broken> {
    let payoffs = &strategic.payoffs[player];
    let columns = payoffs[0].len();
    // Every probability is `least` and something more.
    let least = columns;
    let mut program = Program::new(columns + 1);
    let mut whole: Vec<_> = (0..columns).map(|column| (column, Rational::ONE)).collect();
    whole.push((least, Rational::int(columns as i64)));
    program.row(&whole, RowRelation::Eq, Rational::ONE);
    let best = &payoffs[used[0]];
    for (plan, worth) in payoffs.iter().enumerate().filter(|(plan, _)| *plan != used[0]) {
        let lead: Vec<Rational> =
            best.iter().zip(worth).map(|(best, worth)| best - worth).collect();
        let total: Rational = lead.iter().sum();
        let mut row: Vec<_> = lead.into_iter().enumerate().collect();
        row.push((least, total));
        let relation = if used.contains(&plan) { RowRelation::Eq } else { RowRelation::Ge };
        program.row(&row, relation, Rational::ZERO);
    }
    let found = lp::maximum(&program, &[(least, Rational::ONE)])?;
    Ok(found
        .filter(|(value, _)| value.is_positive())
        .map(|(value, point)| point[..columns].iter().map(|more| more + &value).collect()))
}

/// A mixture that weakly dominates the player's strategy, as a failure.
pub(super) fn dominated(strategic: &Strategic, player: usize) -> Result<Option<Failure>, Broken> {
    let payoffs = &strategic.payoffs[player];
    let now = worth_now(strategic, player);
    let mut program = Program::new(payoffs.len());
    let whole: Vec<_> = (0..payoffs.len()).map(|plan| (plan, Rational::ONE)).collect();
    program.row(&whole, RowRelation::Eq, Rational::ONE);
    for (column, now) in now.iter().enumerate() {
        let row: Vec<_> = payoffs.iter().map(|row| row[column].clone()).enumerate().collect();
        program.row(&row, RowRelation::Ge, now.clone());
    }
    let total = |row: &Vec<Rational>| row.iter().sum::<Rational>();
    let objective: Vec<_> = payoffs.iter().map(total).enumerate().collect();
    let Some((value, mixture)) = lp::maximum(&program, &objective)? else { return Err(Broken) };
    if value <= now.iter().sum::<Rational>() {
        return Ok(None);
    }
    let gain = |column: usize| -> Rational {
        let worth: Vec<Rational> = payoffs.iter().map(|row| row[column].clone()).collect();
        weighted(&mixture, &worth) - &now[column]
    };
    let gains: Vec<Rational> = (0..now.len()).map(gain).collect();
    Ok(Some(failure(strategic, player, &mixture, &gains)))
}

fn failure(
    strategic: &Strategic,
    player: usize,
    mixture: &[Rational],
    gains: &[Rational],
) -> Failure {
    let most = (0..gains.len()).rev().max_by_key(|at| &gains[*at]).expect("a combination");
    let gain = gains[most].clone();
    let instead = strategic.mixture_text(player, mixture);
    let reason = format!(
        "{name}'s strategy is weakly dominated in the strategic form: by playing instead: \
         {instead}, {name} never loses, and gains {gain} if {}; so whatever the trembles, this is \
         better",
        strategic.combination_text(&strategic.combinations(player)[most]),
        name = strategic.name(player),
    );
    Failure { player: PlayerId::from_index(player), set: None, instead, gain, reason }
}

/// What a player's strategy is worth against each combination of the others' plans.
pub(super) fn worth_now(strategic: &Strategic, player: usize) -> Vec<Rational> {
    let payoffs = &strategic.payoffs[player];
    let at = |column: usize| {
        let worth: Vec<Rational> = payoffs.iter().map(|row| row[column].clone()).collect();
        weighted(&strategic.mixed[player], &worth)
    };
    (0..payoffs[0].len()).map(at).collect()
}

/// Who trembles to which plan.
type Tremble = Vec<(usize, usize)>;

/// What a deviation gains if some of the others tremble, the rest playing as expected.
#[derive(Default)]
struct Gain {
    /// On average.
    mean: Rational,
    /// Whether it loses against some of what the rest may do.
    may_lose: bool,
}

/// A plan that is better than the strategy near the profile, whatever the trembles, because
/// whenever it loses, somebody trembles besides others against whose trembles alone it gains:
/// those are infinitely likelier.
pub(super) fn beaten_nearby(strategic: &Strategic, player: usize) -> Option<Failure> {
    let now = worth_now(strategic, player);
    (0..strategic.count(player)).find_map(|plan| {
        let worth = &strategic.payoffs[player][plan];
        let gains: Vec<Rational> = worth.iter().zip(&now).map(|(worth, now)| worth - now).collect();
        let (tremble, gain) = surely_better(&by_tremble(strategic, player, &gains))?;
        Some(nearby_failure(strategic, player, plan, &tremble, gain))
    })
}

fn by_tremble(strategic: &Strategic, player: usize, gains: &[Rational]) -> BTreeMap<Tremble, Gain> {
    let mut by_tremble: BTreeMap<Tremble, Gain> = BTreeMap::new();
    for (combination, gain) in strategic.combinations(player).iter().zip(gains) {
        let (expected, tremble): (Tremble, Tremble) = combination
            .iter()
            .partition(|(other, plan)| strategic.mixed[*other][*plan].is_positive());
        let likely = expected.iter().fold(Rational::ONE, |product, (other, plan)| {
            product * &strategic.mixed[*other][*plan]
        });
        let entry = by_tremble.entry(tremble).or_default();
        entry.mean += likely * gain;
        entry.may_lose |= gain.is_negative();
    }
    by_tremble
}

/// The likeliest tremble with a gain, if all trembles with losses are less likely than one with a
/// gain.
fn surely_better(gains: &BTreeMap<Tremble, Gain>) -> Option<(Tremble, Rational)> {
    let gaining: Vec<(&Tremble, &Gain)> =
        gains.iter().filter(|(_, gain)| gain.mean.is_positive()).collect();
    let outweighed = |tremble: &Tremble| {
        let all: BTreeSet<_> = tremble.iter().collect();
        gaining.iter().any(|(other, _)| {
            other.len() < tremble.len() && other.iter().all(|one| all.contains(one))
        })
    };
    let is_safe = |(tremble, gain): (&Tremble, &Gain)| {
        gain.mean.is_positive() || !gain.may_lose || outweighed(tremble)
    };
    if !gains.iter().all(is_safe) {
        return None;
    }
    let (tremble, gain) = gaining.iter().min_by_key(|(tremble, _)| tremble.len())?;
    Some(((*tremble).clone(), gain.mean.clone()))
}

fn nearby_failure(
    strategic: &Strategic,
    player: usize,
    plan: usize,
    tremble: &Tremble,
    gain: Rational,
) -> Failure {
    let instead = strategic.text(player, plan);
    let when = if tremble.is_empty() {
        "even if nobody trembles".to_owned()
    } else {
        format!("if by a tremble {}", strategic.combination_text(tremble))
    };
    let reason = format!(
        "{} gains {gain} by playing instead: {instead}, {when}; against every other tremble this \
         loses nothing, or the tremble is infinitely less likely than one by which this gains",
        strategic.name(player),
    );
    Failure { player: PlayerId::from_index(player), set: None, instead, gain, reason }
}
