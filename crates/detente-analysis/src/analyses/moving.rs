//! A mixed equilibrium along one parameter: with the same actions played, their probabilities
//! move so that everybody stays indifferent.

use super::axis::Piece;
use super::plan::Plan;
use super::play::Play;
use super::symbols::{Along, Symbols};
use super::turn::Choice;
use crate::algebra::{RationalFunction, Ring, Series};
use detente_game::{ActionId, BranchId, InfoSetId, PlayerId, Profile, Rational, RowId};
use detente_linear::{SystemSolution, solve_system};

/// The probability of every action as a rational function of one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moving {
    probability: Vec<RationalFunction>,
}

/// At a value some probability would be below 0 or above 1.
pub(super) struct NoProfile;

/// Precisions tried one after the other: a rational function whose degrees are below half of one
/// is found.
const PRECISIONS: [usize; 3] = [4, 8, 16];

const NO_PATH: &str =
    "with the same actions played, its probabilities are no rational function of it";

impl Moving {
    /// Follows a profile from the base value on. On the piece, the probabilities satisfy every
    /// indifference of the profile identically: the path is guessed from its power series
    /// (Hensel's lifting, one coefficient after the other) and then proved by substitution. Where
    /// indifference leaves probabilities free, as inside a continuum, they stay as they are.
    pub fn find(
        piece: &Piece,
        plays: &[Play],
        base: &Rational,
        by_chance: &dyn Fn(InfoSetId) -> bool,
    ) -> Result<Self, &'static str> {
        let profile = plays.first().ok_or(NO_PATH)?.profile();
        let still = Self {
            probability: profile
                .probability
                .iter()
                .map(|probability| RationalFunction::constant(probability.clone()))
                .collect(),
        };
        let ties = ties(plays, by_chance);
        if ties.is_empty() || still.is_indifferent(piece, &ties) == Some(true) {
            return Ok(still);
        }
        let mut path = Path::new(piece, profile, base, ties)?;
        for precision in PRECISIONS {
            path.lift(precision)?;
            let Some(moving) = path.guess(&still, precision) else { continue };
            if moving.is_indifferent(piece, &path.ties) == Some(true) {
                return Ok(moving);
            }
        }
        Err(NO_PATH)
    }

    /// The probability of an action.
    pub fn of(&self, action: ActionId) -> &RationalFunction {
        &self.probability[action.index()]
    }

    /// Whether nothing moves.
    pub fn is_still(&self) -> bool {
        self.probability.iter().all(|function| function.as_constant().is_some())
    }

    /// The actions whose probabilities move.
    pub fn moved(&self) -> impl Iterator<Item = ActionId> + '_ {
        let moves = |at: &usize| self.probability[*at].as_constant().is_none();
        (0..self.probability.len()).filter(moves).map(ActionId::from_index)
    }

    /// The profile at a value; `None` at a pole.
    pub fn at(&self, value: &Rational) -> Option<Result<Profile, NoProfile>> {
        let probability: Option<Vec<Rational>> =
            self.probability.iter().map(|function| function.at(value)).collect();
        let probability = probability?;
        let fine = probability.iter().all(|p| !p.is_negative() && *p <= Rational::ONE);
        Some(if fine { Ok(Profile { probability }) } else { Err(NoProfile) })
    }

    fn is_indifferent(&self, piece: &Piece, ties: &[Choice]) -> Option<bool> {
        for tie in ties {
            let along = Along { piece, profile: tie.play.profile(), moving: Some(self) };
            if !tie.value_in(&along)?.is_zero() {
                return Some(false);
            }
        }
        Some(true)
    }
}

static NO_PLAN: Plan = Plan::new();

/// Per action that is played beside the first one of its set: the two are equally good.
fn ties<'p, 'a>(
    plays: &'p [Play<'a>],
    by_chance: &dyn Fn(InfoSetId) -> bool,
) -> Vec<Choice<'p, 'a>> {
    let mut ties = Vec::new();
    let Some(play) = plays.first() else { return ties };
    let form = play.form();
    for set in form.info_set_ids() {
        let play = &plays[form.info_set(set).player.index()];
        let mut played =
            form.actions(set).filter(|action| play.profile().of(*action).is_positive());
        let Some(chosen) = played.next() else { continue };
        let by_chance = by_chance(set);
        ties.extend(played.map(|against| Choice {
            play,
            set,
            chosen,
            against,
            plan: &NO_PLAN,
            by_chance,
        }));
    }
    ties
}

/// The power series of the probabilities, and what they must satisfy.
struct Path<'p, 'a> {
    piece: &'p Piece<'p>,
    profile: &'p Profile,
    base: &'p Rational,
    ties: Vec<Choice<'p, 'a>>,
    /// Per tie, the coefficients of the probability of the second action.
    series: Vec<Vec<Rational>>,
    /// Per tie, how its difference moves with each of these probabilities at the base.
    slopes: Vec<Vec<Rational>>,
}

impl<'p, 'a> Path<'p, 'a> {
    fn new(
        piece: &'p Piece<'p>,
        profile: &'p Profile,
        base: &'p Rational,
        ties: Vec<Choice<'p, 'a>>,
    ) -> Result<Self, &'static str> {
        let series = ties.iter().map(|tie| vec![profile.of(tie.against).clone()]).collect();
        let mut path = Self { piece, profile, base, ties, series, slopes: Vec::new() };
        let mut columns = Vec::new();
        for place in 0..path.ties.len() {
            let mut moved = path.series.clone();
            moved[place].push(Rational::ONE);
            columns.push(path.differences(&moved, 2, true).ok_or(NO_PATH)?);
        }
        path.slopes = (0..path.ties.len())
            .map(|row| columns.iter().map(|column| column[row].clone()).collect())
            .collect();
        Ok(path)
    }

    /// The last coefficient of every tie's difference; `frozen` leaves the parameter at the base.
    fn differences(
        &self,
        series: &[Vec<Rational>],
        precision: usize,
        frozen: bool,
    ) -> Option<Vec<Rational>> {
        let expanded = Expanded { path: self, series, precision, frozen };
        let differences = self.ties.iter().map(|tie| tie.value_in(&expanded));
        differences.map(|value| Some(value?.coefficient(precision - 1))).collect()
    }

    /// Finds coefficients until `precision` of them are known.
    fn lift(&mut self, precision: usize) -> Result<(), &'static str> {
        for known in self.series[0].len()..precision {
            let left = self.differences(&self.series, known + 1, false).ok_or(NO_PATH)?;
            let wanted: Vec<Rational> = left.iter().map(|value| -value).collect();
            let step = match solve_system(&self.slopes, &wanted) {
                SystemSolution::Unique(step) => step,
                SystemSolution::Many { particular, .. } => particular,
                SystemSolution::None => return Err(NO_PATH),
            };
            for (series, value) in self.series.iter_mut().zip(step) {
                series.push(value);
            }
        }
        Ok(())
    }

    fn guess(&self, still: &Moving, precision: usize) -> Option<Moving> {
        let mut moving = still.clone();
        for tie in &self.ties {
            moving.probability[tie.chosen.index()] = RationalFunction::constant(Rational::ONE);
        }
        for (tie, series) in self.ties.iter().zip(&self.series) {
            let function = Series::new(series.clone(), precision).rational(self.base)?;
            let first = &mut moving.probability[tie.chosen.index()];
            *first = first.sub(&function);
            moving.probability[tie.against.index()] = function;
        }
        Some(moving)
    }
}

/// The game around the base, as power series.
struct Expanded<'e, 'p, 'a> {
    path: &'e Path<'p, 'a>,
    series: &'e [Vec<Rational>],
    precision: usize,
    frozen: bool,
}

impl Expanded<'_, '_, '_> {
    fn expand(&self, function: &RationalFunction) -> Option<Series> {
        if self.frozen {
            return Some(Series::new(vec![function.at(self.path.base)?], self.precision));
        }
        Series::of(function, self.path.base, self.precision)
    }
}

impl Symbols for Expanded<'_, '_, '_> {
    type Value = Series;

    fn branch(&self, player: PlayerId, branch: BranchId) -> Option<Series> {
        self.expand(self.path.piece.branch(player, branch)?)
    }

    fn payoff(&self, player: PlayerId, row: RowId) -> Option<Series> {
        self.expand(&self.path.piece.payoff(player, row)?)
    }

    fn action(&self, action: ActionId) -> Option<Series> {
        let mut first: Option<Series> = None;
        for (tie, series) in self.path.ties.iter().zip(self.series) {
            let known = || Series::new(series.clone(), self.precision);
            if tie.against == action {
                return Some(known());
            }
            if tie.chosen == action {
                let left = first.unwrap_or_else(|| Series::constant(Rational::ONE));
                first = Some(left.sub(&known()));
            }
        }
        let fixed = || Series::constant(self.path.profile.of(action).clone());
        Some(first.unwrap_or_else(fixed))
    }
}
