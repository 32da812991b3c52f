//! The condition at an end as a formula in all parameters.

use super::axis::needed;
use super::symbols::Symbols;
use super::turn::Choice;
use crate::algebra::{Quotient, Ring, Terms};
use detente_game::formula::{BinaryOp, Formula};
use detente_game::{
    ActionId, BranchId, FormulaId, Game, ParamId, PlayerId, Profile, Rational, RowId,
};

/// What one choice needs, as a formula: true where its alternative is no better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// `parameter >= above / below`, or `<=`.
    Bound {
        /// The parameter that moves.
        param: ParamId,
        /// Whether it must be at least so great.
        least: bool,
        /// The numerator.
        above: Terms,
        /// The denominator, positive at the base.
        below: Terms,
    },
    /// `polynomial >= 0`, where it is not linear in the parameter.
    Positive(Terms),
}

impl Condition {
    /// Whether it holds at a point; `None` where the bound is not defined.
    #[must_use]
    pub fn holds(&self, point: &[Rational]) -> Option<bool> {
        Some(match self {
            Self::Bound { param, least, above, below } => {
                let bound = above.at(point).checked_div(&below.at(point))?;
                let value = &point[param.index()];
                if *least { *value >= bound } else { *value <= bound }
            }
            Self::Positive(terms) => !terms.at(point).is_negative(),
        })
    }

    /// By how much the condition is met, up to a factor: zero exactly where it just holds.
    #[must_use]
    pub fn slack(&self, point: &[Rational]) -> Rational {
        match self {
            Self::Bound { param, least, above, below } => {
                let slack = below.at(point) * &point[param.index()] - above.at(point);
                if *least { slack } else { -slack }
            }
            Self::Positive(terms) => terms.at(point),
        }
    }
}

/// The game's numbers as formulas in all parameters; where a formula has several forms, the one it
/// has at a point.
pub(super) struct Everywhere<'g> {
    game: &'g Game,
    profile: &'g Profile,
    point: &'g [Rational],
    moves: &'g dyn Fn(ActionId) -> bool,
    quotients: Vec<Option<Quotient>>,
}

impl<'g> Everywhere<'g> {
    /// `moves` tells the actions whose probabilities depend on parameters in a way not known.
    pub fn new(
        game: &'g Game,
        profile: &'g Profile,
        point: &'g [Rational],
        moves: &'g dyn Fn(ActionId) -> bool,
    ) -> Self {
        let values = game.formulas.values_at(point);
        let mut all = Self { game, profile, point, moves, quotients: Vec::new() };
        for (index, needed) in needed(game).into_iter().enumerate() {
            let value = values[index].as_ref().ok().filter(|_| needed);
            let id = FormulaId::from_index(index);
            let quotient = value.and_then(|value| all.quotient(id, value, &values));
            all.quotients.push(quotient);
        }
        all
    }

    fn quotient(
        &self,
        id: FormulaId,
        value: &Rational,
        values: &[Result<Rational, detente_game::formula::Undefined>],
    ) -> Option<Quotient> {
        let of = |operand: &FormulaId| self.quotients[operand.index()].clone();
        Some(match self.game.formulas.get(id) {
            Formula::Number(number) => Quotient::constant(number.clone()),
            Formula::Param(param) => Quotient::whole(Terms::variable(param.index())),
            Formula::Binary(op, a, b) => match op {
                BinaryOp::Add => of(a)?.add(&of(b)?),
                BinaryOp::Sub => of(a)?.sub(&of(b)?),
                BinaryOp::Mul => of(a)?.mul(&of(b)?),
                BinaryOp::Div => of(a)?.div(&of(b)?)?,
                BinaryOp::Min | BinaryOp::Max => {
                    let first = values[a.index()].as_ref().ok()? == value;
                    of(if first { a } else { b })?
                }
                BinaryOp::Equal | BinaryOp::Less | BinaryOp::LessOrEqual => {
                    Quotient::constant(value.clone())
                }
            },
            Formula::Floor(_) => Quotient::constant(value.clone()),
            Formula::If { test, then, otherwise } => {
                let test = values[test.index()].as_ref().ok()?;
                of(if test.is_zero() { otherwise } else { then })?
            }
            Formula::Real(_, a) => {
                of(a)?.above.as_constant()?;
                Quotient::constant(value.clone())
            }
        })
    }

    /// What a choice needs, solved for a parameter if it is linear in it; `None` if it is no
    /// rational formula of the parameters.
    pub fn condition(&self, choice: &Choice, param: ParamId) -> Option<Condition> {
        let gain = choice.value_in(self)?;
        let mut polynomial = gain.above;
        if gain.below.at(self.point).is_negative() {
            polynomial = polynomial.scale(&-Rational::ONE);
        }
        let polynomial = self.without_probabilities(polynomial);
        let Some((slope, rest)) = polynomial.linear_in(param.index()) else {
            let factor = polynomial.to_integers();
            return Some(Condition::Positive(polynomial.scale(&factor)));
        };
        let sign = slope.at(self.point);
        if sign.is_zero() {
            return None;
        }
        let (mut above, mut below) = (rest.scale(&-Rational::ONE), slope);
        if sign.is_negative() {
            (above, below) = (above.scale(&-Rational::ONE), below.scale(&-Rational::ONE));
        }
        let (above, below) = self.shortened(above, below);
        Some(Condition::Bound { param, least: sign.is_positive(), above, below })
    }

    /// Without factors that are probabilities or parameters that cannot be negative.
    fn without_probabilities(&self, mut polynomial: Terms) -> Terms {
        for factor in self.factors(&polynomial) {
            while let Some(shorter) = polynomial.divided_by(&factor) {
                polynomial = shorter;
            }
        }
        polynomial
    }

    /// Factors with a known sign, positive at the point.
    fn factors(&self, of: &Terms) -> Vec<Terms> {
        let params = of.common_variables().into_iter().filter(|param| {
            let range = &self.game.params[*param].range;
            range.as_ref().is_some_and(|(low, _)| !low.is_negative())
        });
        let mut factors: Vec<Terms> = params.map(Terms::variable).collect();
        for formula in &self.game.branch_probability {
            if let Some(Quotient { above, below }) = &self.quotients[formula.index()]
                && below.as_constant().is_some_and(|number| number.is_positive())
                && above.as_constant().is_none()
                && !factors.contains(above)
            {
                factors.push(above.clone());
            }
        }
        factors.retain(|factor| factor.at(self.point).is_positive());
        factors
    }

    /// The same quotient with integer coefficients and without the factors that are seen.
    fn shortened(&self, mut above: Terms, mut below: Terms) -> (Terms, Terms) {
        let mut factors = self.factors(&below);
        factors.push(below.clone());
        for factor in factors.iter().filter(|factor| factor.as_constant().is_none()) {
            while let (Some(a), Some(b)) = (above.divided_by(factor), below.divided_by(factor)) {
                (above, below) = (a, b);
            }
        }
        let factor = below.to_integers();
        let (above, below) = (above.scale(&factor), below.scale(&factor));
        // What is left of fractions in the numerator goes into the denominator.
        let left = above.to_integers();
        let whole = if left.is_integer() { left } else { Rational::ONE };
        (above.scale(&whole), below.scale(&whole))
    }
}

impl Symbols for Everywhere<'_> {
    type Value = Quotient;

    fn branch(&self, player: PlayerId, branch: BranchId) -> Option<Quotient> {
        let private = self.game.private_probability.iter().rev();
        let own = private.into_iter().find(|(who, which, _)| (*who, *which) == (player, branch));
        let shared = self.game.branch_probability[branch.index()];
        let formula = own.map_or(shared, |(_, _, formula)| *formula);
        self.quotients[formula.index()].clone()
    }

    fn payoff(&self, player: PlayerId, row: RowId) -> Option<Quotient> {
        let mut sum = Quotient::constant(Rational::ZERO);
        for (stake, formula) in self.game.row_items(row) {
            if self.game.form.stake(*stake).player == player {
                sum = sum.add(self.quotients[formula.index()].as_ref()?);
            }
        }
        Some(sum)
    }

    fn action(&self, action: ActionId) -> Option<Quotient> {
        let known = !(self.moves)(action);
        known.then(|| Quotient::constant(self.profile.of(action).clone()))
    }
}
