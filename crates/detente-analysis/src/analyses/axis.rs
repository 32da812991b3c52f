//! A game along one parameter, all others held: every formula as a rational function of it.
//!
//! `min`, `max`, `floor`, comparisons and divisions cut the line into pieces on which each
//! formula is one rational function; a [`Piece`] knows the polynomials whose roots bound it.

use crate::algebra::{Polynomial, RationalFunction};
use detente_game::formula::{BinaryOp, Formula};
use detente_game::{BranchId, FormulaId, Game, ParamId, PlayerId, Rational, RowId};

/// The formulas of a game as functions of one parameter, as they are around one sample point.
pub(super) struct Piece<'g> {
    game: &'g Game,
    sample: Rational,
    functions: Vec<Option<RationalFunction>>,
    /// Wherever one of these is zero, the piece may end.
    pub boundaries: Vec<Polynomial>,
}

impl<'g> Piece<'g> {
    /// The piece that holds `sample`. `None` stands for a formula that is undefined there, or
    /// that depends on the parameter through `approx( )`.
    pub fn at(game: &'g Game, point: &[Rational], param: ParamId, sample: &Rational) -> Self {
        let mut here = point.to_vec();
        here[param.index()] = sample.clone();
        let values = game.formulas.values_at(&here);
        let needed = needed(game);
        let (functions, boundaries) = (Vec::new(), Vec::new());
        let mut piece = Self { game, sample: sample.clone(), functions, boundaries };
        for (index, needed) in needed.iter().enumerate() {
            let id = FormulaId::from_index(index);
            let function = match (&values[index], needed) {
                (Ok(value), true) => piece.function(id, param, value, &here, &values),
                _ => None,
            };
            piece.functions.push(function);
        }
        piece
    }

    fn function(
        &mut self,
        id: FormulaId,
        param: ParamId,
        value: &Rational,
        point: &[Rational],
        values: &[Result<Rational, detente_game::formula::Undefined>],
    ) -> Option<RationalFunction> {
        let of = |piece: &Self, operand: FormulaId| piece.functions[operand.index()].clone();
        Some(match self.game.formulas.get(id) {
            Formula::Number(number) => RationalFunction::constant(number.clone()),
            Formula::Param(other) if *other == param => RationalFunction::variable(),
            Formula::Param(other) => RationalFunction::constant(point[other.index()].clone()),
            Formula::Binary(op, a, b) => {
                let (a, b) = (of(self, *a)?, of(self, *b)?);
                self.binary(*op, &a, &b, value)?
            }
            Formula::Floor(a) => {
                let inside = of(self, *a)?;
                for step in [value.clone(), value + &Rational::ONE] {
                    self.bound(&inside.sub(&RationalFunction::constant(step)));
                }
                RationalFunction::constant(value.clone())
            }
            Formula::If { test, then, otherwise } => {
                let test = values[test.index()].as_ref().ok()?;
                of(self, if test.is_zero() { *otherwise } else { *then })?
            }
            Formula::Real(_, a) => {
                of(self, *a)?.as_constant()?;
                RationalFunction::constant(value.clone())
            }
        })
    }

    fn binary(
        &mut self,
        op: BinaryOp,
        a: &RationalFunction,
        b: &RationalFunction,
        value: &Rational,
    ) -> Option<RationalFunction> {
        Some(match op {
            BinaryOp::Add => a.add(b),
            BinaryOp::Sub => a.sub(b),
            BinaryOp::Mul => a.mul(b),
            BinaryOp::Div => {
                self.bound(b);
                a.div(b)?
            }
            BinaryOp::Min | BinaryOp::Max => {
                self.bound(&a.sub(b));
                // Pieces are sampled away from their boundaries, so this holds on all of it.
                if a.at(&self.sample).as_ref() == Some(value) { a.clone() } else { b.clone() }
            }
            BinaryOp::Equal | BinaryOp::Less | BinaryOp::LessOrEqual => {
                self.bound(&a.sub(b));
                RationalFunction::constant(value.clone())
            }
        })
    }

    fn bound(&mut self, function: &RationalFunction) {
        for polynomial in [function.numerator(), function.denominator()] {
            let moves = polynomial.degree().is_some_and(|degree| degree > 0);
            if moves && !self.boundaries.contains(polynomial) {
                self.boundaries.push(polynomial.clone());
            }
        }
    }

    /// Whether all that a player expects from whatever he does is a straight line, all along: no
    /// formula changes its form, no probability moves, and no payoff bends.
    pub fn is_straight(&self, player: PlayerId) -> bool {
        let form = &self.game.form;
        let still = |branch: BranchId| {
            self.branch(player, branch).is_some_and(|function| function.as_constant().is_some())
        };
        let line = |row: RowId| {
            self.payoff(player, row).is_some_and(|payoff| {
                payoff.denominator().degree() == Some(0)
                    && payoff.numerator().degree().is_none_or(|degree| degree <= 1)
            })
        };
        self.boundaries.is_empty()
            && (0..form.branch_count()).map(BranchId::from_index).all(still)
            && (0..form.row_count()).map(RowId::from_index).all(line)
    }

    /// A player's probability of a branch.
    pub fn branch(&self, player: PlayerId, branch: BranchId) -> Option<&RationalFunction> {
        let private = self.game.private_probability.iter().rev();
        let own = private.into_iter().find(|(who, which, _)| (*who, *which) == (player, branch));
        let formula = match own {
            Some((_, _, formula)) => *formula,
            None => self.game.branch_probability[branch.index()],
        };
        self.functions[formula.index()].as_ref()
    }

    /// What a row pays to a player.
    pub fn payoff(&self, player: PlayerId, row: RowId) -> Option<RationalFunction> {
        let mut sum = RationalFunction::constant(Rational::ZERO);
        for (stake, formula) in self.game.row_items(row) {
            if self.game.form.stake(*stake).player == player {
                sum = sum.add(self.functions[formula.index()].as_ref()?);
            }
        }
        Some(sum)
    }
}

/// The formulas that some probability or stake uses.
pub(super) fn needed(game: &Game) -> Vec<bool> {
    let mut needed = vec![false; game.formulas.len()];
    let private = game.private_probability.iter().map(|(_, _, formula)| formula);
    let rows = game.row_items.iter().map(|(_, formula)| formula);
    for formula in game.branch_probability.iter().chain(private).chain(rows) {
        needed[formula.index()] = true;
    }
    for index in (0..needed.len()).rev() {
        // Operands come before what uses them, so one pass from the end meets all users first.
        if needed[index] {
            mark(game, FormulaId::from_index(index), &mut needed);
        }
    }
    needed
}

fn mark(game: &Game, id: FormulaId, needed: &mut [bool]) {
    let operands = match game.formulas.get(id) {
        Formula::Number(_) | Formula::Param(_) => [None; 3],
        Formula::Binary(_, a, b) => [Some(*a), Some(*b), None],
        Formula::Floor(a) | Formula::Real(_, a) => [Some(*a), None, None],
        Formula::If { test, then, otherwise } => [Some(*test), Some(*then), Some(*otherwise)],
    };
    for operand in operands.into_iter().flatten() {
        needed[operand.index()] = true;
    }
}
