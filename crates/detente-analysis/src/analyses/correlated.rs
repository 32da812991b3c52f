//! Correlated equilibria of the strategic form, and what all of them agree on.
//!
//! A correlated equilibrium (Aumann, Journal of Mathematical Economics 1, 1974; Econometrica 55,
//! 1987) is a distribution over profiles of pure strategies, drawn by someone who tells each
//! player his own strategy only, so that nobody gains by another strategy than the one he is
//! told. In a coarse one (Moulin and Vial, International Journal of Game Theory 7, 1978) nobody
//! gains by leaving the draw aside before he is told anything. Both sets are polytopes that hold
//! every Nash equilibrium, and the bounds over them are exact linear programs; each bound comes
//! with a distribution that attains it and is checked by its dual, by multiplication alone.

use super::dominance::{self, NoAnswer, Sense};
use super::profiles::{combinations, turned};
use detente_game::exchange::{StrategicForm, StrategicLimits, strategic_form};
use detente_game::{ActionId, Card, GameForm, GameInstance, NodeId, OutcomeId, PlayerId, Rational};
use detente_linear::{Optimum, Program, RowRelation, is_optimal};

/// What the bounds say of themselves.
pub const CARD: Card = Card {
    name: "correlated",
    line: "least and greatest probabilities and payoffs over all (coarse) correlated equilibria",
    accepts: "any game whose reduced strategic form is small enough",
    exact: true,
    complete: Some("bounds that are attained"),
    cost: "two linear programs for each line: a variable for each profile of pure strategies",
    source: "Aumann, Journal of Mathematical Economics 1, 1974; Moulin and Vial, International \
             Journal of Game Theory 7, 1978",
};

/// Which distributions are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nobody gains after he is told his strategy.
    Correlated,
    /// Nobody gains before he is told anything.
    Coarse,
}

/// How large the work may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the search for dominated strategies, which are never told in a correlated equilibrium.
    pub dominance: dominance::Limits,
    /// Profiles times constraints of the linear program.
    pub program: usize,
    /// Ends whose probability is bounded, where no outcome is named.
    pub ends: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { dominance: dominance::Limits::default(), program: 12_000_000, ends: 40 }
    }
}

/// Something whose expectation is bounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// The probability of a named outcome.
    Outcome(OutcomeId),
    /// The probability of all ends that no outcome describes.
    NoOutcome,
    /// The probability of an end.
    End(NodeId),
    /// The expected payoff of a player, in his own eyes.
    Payoff(PlayerId),
}

/// A distribution over profiles: what is told (one strategy's position for each player) with
/// positive probabilities.
pub type Distribution = Vec<(Vec<usize>, Rational)>;

/// The least and the greatest value of a quantity over all equilibria of the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Of what.
    pub quantity: Quantity,
    /// The least value.
    pub low: Rational,
    /// A distribution that attains it.
    pub low_at: Distribution,
    /// The greatest value.
    pub high: Rational,
    /// A distribution that attains it.
    pub high_at: Distribution,
}

/// What all correlated equilibria agree on.
#[derive(Debug, Clone)]
pub struct Correlated {
    /// The strategies and their payoffs.
    pub form: StrategicForm,
    /// Which distributions are meant.
    pub kind: Kind,
    /// The bounds: outcomes or ends, then players.
    pub ranges: Vec<Range>,
    /// How many profiles can be told: those of strategies that survive strict dominance, and all
    /// under [`Kind::Coarse`].
    pub profiles: usize,
    /// How many quantities have no range, because the work was stopped.
    pub left_out: usize,
    /// How many ends were left out, because there are too many.
    pub ends_left_out: usize,
}

/// Bounds every outcome (every end if none is named) and every player's payoff over all
/// correlated equilibria of a kind. Outcomes have the common probabilities of chance; a player's
/// payoffs and gains are those in his own eyes. `progress` hears how many bounds are known and
/// of how many, and answers whether to go on.
///
/// # Errors
/// If the strategic form or the linear program is beyond the limits, or a certificate does not
/// pass its check.
pub fn bounds(
    instance: &GameInstance,
    kind: Kind,
    limits: &Limits,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Correlated, NoAnswer> {
    let (form, told) = told(instance, kind, limits, &mut || progress(0, 0))?;
    let profiles: Vec<Vec<usize>> = combinations(&told).collect();
    let program = program(&form, &told, &profiles, kind, limits.program)?;
    let (quantities, ends_left_out) = quantities(instance.form(), limits.ends);
    let of = quantities.len();
    let mut ranges = Vec::new();
    for quantity in quantities {
        if !progress(ranges.len() as u64, of as u64) {
            break;
        }
        let weights = weights(instance, &form, &profiles, &quantity);
        let (low, low_at) = least(&program, &profiles, &weights)?;
        let negated: Vec<Rational> = weights.iter().map(|weight| -weight).collect();
        let (high, high_at) = least(&program, &profiles, &negated)?;
        let fit = |at: &Distribution| is_equilibrium(&form, kind, at);
        if !fit(&low_at) || !fit(&high_at) {
            return Err(NoAnswer::Unproved);
        }
        ranges.push(Range { quantity, low, low_at, high: -high, high_at });
    }
    let left_out = of - ranges.len();
    Ok(Correlated { form, kind, ranges, profiles: profiles.len(), left_out, ends_left_out })
}

/// The strategic form, and which strategies of each player can be told at all.
fn told(
    instance: &GameInstance,
    kind: Kind,
    limits: &Limits,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(StrategicForm, Vec<Vec<usize>>), NoAnswer> {
    if kind == Kind::Coarse {
        let most: &StrategicLimits = &limits.dominance.form;
        let form =
            strategic_form(instance, most).map_err(|error| NoAnswer::TooLarge(error.message))?;
        let all = form.strategies.iter().map(|list| (0..list.len()).collect()).collect();
        return Ok((form, all));
    }
    // What was removed before the work was stopped or became too large is dominated all the same.
    let strict =
        dominance::eliminate(instance, Sense::Strict, &limits.dominance, &mut |_| go_on())?;
    let left = instance.form().player_ids().map(|player| strict.left(player).collect()).collect();
    Ok((strict.form, left))
}

/// One variable for each profile; one row for each temptation, and one for the sum.
fn program(
    form: &StrategicForm,
    told: &[Vec<usize>],
    profiles: &[Vec<usize>],
    kind: Kind,
    most: usize,
) -> Result<Program, NoAnswer> {
    let rows_of = |list: &Vec<usize>| match kind {
        Kind::Correlated => list.len() * (list.len() - 1),
        Kind::Coarse => list.len(),
    };
    let rows: usize = told.iter().map(rows_of).sum();
    if rows.saturating_mul(profiles.len()) > most {
        return Err(NoAnswer::TooLarge(format!(
            "the linear program of {} profiles and {rows} constraints is too large",
            profiles.len()
        )));
    }
    let mut program = Program::new(profiles.len());
    for (player, list) in told.iter().enumerate() {
        for instead in list {
            match kind {
                Kind::Coarse => tempt(&mut program, form, profiles, (player, None, *instead)),
                Kind::Correlated => {
                    for heard in list.iter().filter(|heard| *heard != instead) {
                        let temptation = (player, Some(*heard), *instead);
                        tempt(&mut program, form, profiles, temptation);
                    }
                }
            }
        }
    }
    let all: Vec<_> = (0..profiles.len()).map(|profile| (profile, Rational::ONE)).collect();
    program.row(&all, RowRelation::Eq, Rational::ONE);
    Ok(program)
}

/// A player who is told something (or anything), and what he might do instead.
type Temptation = (usize, Option<usize>, usize);

fn tempt(
    program: &mut Program,
    form: &StrategicForm,
    profiles: &[Vec<usize>],
    (player, heard, instead): Temptation,
) {
    let row: Vec<(usize, Rational)> = profiles
        .iter()
        .enumerate()
        .filter(|(_, profile)| heard.is_none_or(|heard| profile[player] == heard))
        .map(|(at, profile)| (at, gain(form, profile, player, instead)))
        .filter(|(_, gain)| !gain.is_zero())
        .collect();
    program.row(&row, RowRelation::Le, Rational::ZERO);
}

/// What a player gains by another strategy than the profile's.
fn gain(form: &StrategicForm, profile: &[usize], player: usize, instead: usize) -> Rational {
    let who = PlayerId::from_index(player);
    form.payoff(&turned(profile, player, instead), who) - form.payoff(profile, who)
}

/// The least value of a sum over all points of the program, with a point that attains it.
fn least(
    program: &Program,
    profiles: &[Vec<usize>],
    weights: &[Rational],
) -> Result<(Rational, Distribution), NoAnswer> {
    let objective: Vec<(usize, Rational)> =
        weights.iter().map(|weight| -weight).enumerate().filter(|(_, w)| !w.is_zero()).collect();
    match program.maximize(&objective) {
        Optimum::Optimal { value, point, dual }
            if is_optimal(program, &objective, &point, &dual) =>
        {
            let told = profiles.iter().cloned().zip(point);
            Ok((-value, told.filter(|(_, share)| share.is_positive()).collect()))
        }
        _ => Err(NoAnswer::Unproved),
    }
}

/// Outcomes, or the first ends if none is named, then payoffs; and how many ends are left out.
fn quantities(form: &GameForm, most_ends: usize) -> (Vec<Quantity>, usize) {
    let ends: Vec<NodeId> = form.ends().collect();
    let payoffs = form.player_ids().map(Quantity::Payoff);
    if form.outcomes().is_empty() {
        let left_out = ends.len().saturating_sub(most_ends);
        let ends = ends.into_iter().take(most_ends).map(Quantity::End);
        return (ends.chain(payoffs).collect(), left_out);
    }
    let outcomes = (0..form.outcomes().len()).map(OutcomeId::from_index).map(Quantity::Outcome);
    let nameless = |end: &NodeId| outcome_of(form, *end).is_none();
    let other = ends.iter().any(nameless).then_some(Quantity::NoOutcome);
    (outcomes.chain(other).chain(payoffs).collect(), 0)
}

fn outcome_of(form: &GameForm, end: NodeId) -> Option<OutcomeId> {
    form.row(end).and_then(|row| form.outcome_of(row))
}

/// What each profile contributes to a quantity.
fn weights(
    instance: &GameInstance,
    strategic: &StrategicForm,
    profiles: &[Vec<usize>],
    quantity: &Quantity,
) -> Vec<Rational> {
    let form = instance.form();
    if let Quantity::Payoff(player) = quantity {
        let payoffs = profiles.iter().map(|profile| strategic.payoff(profile, *player).clone());
        return payoffs.collect();
    }
    let wanted = |end: &NodeId| match quantity {
        Quantity::Outcome(outcome) => outcome_of(form, *end) == Some(*outcome),
        Quantity::NoOutcome => outcome_of(form, *end).is_none(),
        Quantity::End(wanted) => end == wanted,
        Quantity::Payoff(_) => false,
    };
    let mut weights = vec![Rational::ZERO; profiles.len()];
    for end in form.ends().filter(wanted) {
        let (chance, needed) = way(instance, end);
        for (weight, profile) in weights.iter_mut().zip(profiles) {
            let takes = |(player, action): &(PlayerId, ActionId)| {
                let strategy = &strategic.strategies[player.index()][profile[player.index()]];
                strategy.actions.binary_search(action).is_ok()
            };
            if needed.iter().all(takes) {
                *weight += &chance;
            }
        }
    }
    weights
}

/// The common probability of the chances before an end, and the actions that lead to it.
fn way(instance: &GameInstance, end: NodeId) -> (Rational, Vec<(PlayerId, ActionId)>) {
    let form = instance.form();
    let (mut chance, mut needed) = (Rational::ONE, Vec::new());
    let mut here = Some(end);
    while let Some(node) = here {
        if let Some(branch) = form.branch_into(node) {
            chance *= instance.branch(branch);
        }
        if let Some(action) = form.action_into(node) {
            needed.push((form.info_set(form.set_of_action(action)).player, action));
        }
        here = form.parent(node);
    }
    (chance, needed)
}

/// Whether a distribution over profiles is an equilibrium of the kind: every temptation of every
/// player weighed one by one, strategies that are never told among them. It uses neither the
/// linear program nor what is known of dominated strategies.
#[must_use]
pub fn is_equilibrium(form: &StrategicForm, kind: Kind, distribution: &Distribution) -> bool {
    let total: Rational = distribution.iter().map(|(_, share)| share).sum();
    if !total.is_one() || distribution.iter().any(|(_, share)| share.is_negative()) {
        return false;
    }
    let expected = |player: usize, heard: Option<usize>, instead: usize| -> Rational {
        let concerned =
            distribution.iter().filter(|(told, _)| heard.is_none_or(|one| told[player] == one));
        concerned.map(|(told, share)| share * &gain(form, told, player, instead)).sum()
    };
    form.strategies.iter().enumerate().all(|(player, list)| {
        let heard: Vec<Option<usize>> = match kind {
            Kind::Coarse => vec![None],
            Kind::Correlated => (0..list.len()).map(Some).collect(),
        };
        heard.iter().all(|heard| {
            (0..list.len()).all(|instead| !expected(player, *heard, instead).is_positive())
        })
    })
}
