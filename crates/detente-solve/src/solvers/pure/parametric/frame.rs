//! What the payoffs are as polynomials, wherever some first tests have the same outcomes.
//!
//! The first tests decide what is not polynomial: which side an `if`, `min` or `max` takes, what a
//! division divides by, and which branches are possible. Behind them every chance-weighted payoff
//! is one polynomial.

use super::book::{Book, Outcome, Point, TestId};
use super::terms::Terms;
use crate::solvers::pure::prepared::Prepared;
use detente_game::form::NodeKind;
use detente_game::formula::{BinaryOp, Formula};
use detente_game::{BranchId, FormulaId, Game, LotteryId, ParamId, PlayerId, Rational, RowId};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Why payoffs are no polynomials at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// There is no game at the point.
    NoGame,
    /// There may be one, but not in this form.
    NotPolynomial,
}

/// Polynomials behind the first tests.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The first tests, with the outcomes for which this holds.
    pub first: Vec<Outcome>,
    /// What is known to be positive: factors that do not change a sign.
    pub positive: Vec<Terms>,
    /// Per node and player, at ends: the payoff times the chances on the way, where the weights
    /// start again at 1 below an impossible branch.
    pub weighted: Vec<Terms>,
    /// Per branch and player, whether the branch is impossible for him.
    pub impossible: Vec<bool>,
    /// Per node, the chance of coming there if everybody wants to, by the common probabilities.
    pub reach: Vec<Terms>,
    /// Per row and player, the payoff.
    pub payoff: Vec<Terms>,
    /// What stands in the way of all this.
    pub obstacle: Option<Obstacle>,
}

/// Formulas nested deeper than this are not expanded.
const DEEPEST: usize = 1000;

/// Reads the formulas of a game at a point.
struct Reader<'a, 'p> {
    game: &'a Game,
    drawn: &'a [ParamId],
    base: &'a [Rational],
    book: &'a mut Book,
    point: &'a mut Point<'p>,
    known: HashMap<FormulaId, Terms>,
    signs: HashMap<u32, Ordering>,
    first: Vec<Outcome>,
    positive: Vec<Terms>,
}

impl Frame {
    /// The frame that holds at a point.
    pub fn at(
        game: &Game,
        prepared: &Prepared,
        drawn: &[ParamId],
        base: &[Rational],
        book: &mut Book,
        point: &mut Point<'_>,
    ) -> Self {
        let mut reader = Reader {
            game,
            drawn,
            base,
            book,
            point,
            known: HashMap::new(),
            signs: HashMap::new(),
            first: Vec::new(),
            positive: Vec::new(),
        };
        let mut frame = Self {
            first: Vec::new(),
            positive: Vec::new(),
            weighted: Vec::new(),
            impossible: Vec::new(),
            reach: Vec::new(),
            payoff: Vec::new(),
            obstacle: None,
        };
        frame.obstacle = frame.fill(prepared, &mut reader).err();
        frame.first = reader.first;
        frame.positive = reader.positive;
        frame
    }

    fn fill(&mut self, prepared: &Prepared, reader: &mut Reader<'_, '_>) -> Result<(), Obstacle> {
        let (form, players) = (&*prepared.form, prepared.players);
        let common = reader.branches(None)?;
        self.reach = reach(prepared, &common, false)?;
        self.payoff = reader.payoffs(form.row_count(), players)?;
        self.impossible = vec![false; common.len() * players];
        self.weighted = vec![Terms::default(); form.node_count() * players];
        for player in 0..players {
            let id = PlayerId::from_index(player);
            let own = match reader.game.private_probability.iter().any(|(who, ..)| *who == id) {
                true => reader.branches(Some(id))?,
                false => common.clone(),
            };
            for (branch, chance) in own.iter().enumerate() {
                self.impossible[branch * players + player] = *chance == Terms::default();
            }
            let weights = reach(prepared, &own, true)?;
            for end in form.ends() {
                if let NodeKind::End(row) = form.kind(end) {
                    let paid = &self.payoff[row.index() * players + player];
                    self.weighted[end.index() * players + player] =
                        weights[end.index()].times(paid).ok_or_else(too_large)?;
                }
            }
        }
        Ok(())
    }
}

fn too_large() -> Obstacle {
    Obstacle::NotPolynomial
}

/// The chance of each node; `again` lets it start at 1 below a branch that is impossible.
fn reach(prepared: &Prepared, branches: &[Terms], again: bool) -> Result<Vec<Terms>, Obstacle> {
    let form = &*prepared.form;
    let one = Terms::number(Rational::ONE);
    let mut chance = vec![one.clone(); form.node_count()];
    for node in form.nodes() {
        let Some(parent) = form.parent(node) else { continue };
        chance[node.index()] = match form.branch_into(node) {
            None => chance[parent.index()].clone(),
            Some(branch) => {
                let edge = &branches[branch.index()];
                match again && *edge == Terms::default() {
                    true => one.clone(),
                    false => chance[parent.index()].times(edge).ok_or_else(too_large)?,
                }
            }
        };
    }
    Ok(chance)
}

impl Reader<'_, '_> {
    /// The probabilities of all branches, for one player or in common; those that are zero at the
    /// point are zero as polynomials too.
    fn branches(&mut self, player: Option<PlayerId>) -> Result<Vec<Terms>, Obstacle> {
        let game = self.game;
        let mut formulas = game.branch_probability.clone();
        for (owner, branch, formula) in &game.private_probability {
            if player == Some(*owner) {
                formulas[branch.index()] = *formula;
            }
        }
        let one = Terms::number(Rational::ONE);
        let mut found = Vec::with_capacity(formulas.len());
        for formula in formulas {
            let chance = self.resolved(formula, 0)?;
            let sign = self.sign(&chance);
            if sign == Ordering::Less || self.sign(&one.minus(&chance)) == Ordering::Less {
                return Err(Obstacle::NoGame);
            }
            found.push(chance);
        }
        let mut possible = found.clone();
        for (chance, possible) in found.iter().zip(&mut possible) {
            if self.sign(chance) == Ordering::Equal {
                *possible = Terms::default();
            } else if chance.constant().is_none() && !self.positive.contains(chance) {
                self.positive.push(chance.clone());
            }
        }
        self.check_sums(&found)?;
        Ok(possible)
    }

    fn check_sums(&mut self, found: &[Terms]) -> Result<(), Obstacle> {
        let form = &self.game.form;
        for lottery in (0..form.lotteries().len()).map(LotteryId::from_index) {
            let mut sum = Terms::number(Rational::int(-1));
            let branches: Vec<BranchId> = form.branches(lottery).collect();
            for branch in branches {
                sum.add(&found[branch.index()], &Rational::ONE);
            }
            if self.sign(&sum) != Ordering::Equal {
                return Err(Obstacle::NoGame);
            }
        }
        Ok(())
    }

    fn payoffs(&mut self, rows: usize, players: usize) -> Result<Vec<Terms>, Obstacle> {
        let game = self.game;
        let mut payoff = vec![Terms::default(); rows * players];
        for row in (0..rows).map(RowId::from_index) {
            for (stake, formula) in game.row_items(row) {
                let amount = self.resolved(*formula, 0)?;
                let player = game.form.stake(*stake).player.index();
                payoff[row.index() * players + player].add(&amount, &Rational::ONE);
            }
        }
        Ok(payoff)
    }

    /// The sign of a polynomial at the point, put on record as a first test.
    fn sign(&mut self, terms: &Terms) -> Ordering {
        let (test, flip) = match decision(self.book, terms, &[]) {
            Decision::Known(sign) => return sign,
            Decision::Test(test, flip) => (test, flip),
        };
        let sign = match self.signs.get(&test) {
            Some(sign) => *sign,
            None => {
                let sign = self.book.sign(test, self.point);
                self.signs.insert(test, sign);
                self.first.push((test, sign));
                sign
            }
        };
        if flip { sign.reverse() } else { sign }
    }

    fn resolved(&mut self, id: FormulaId, depth: usize) -> Result<Terms, Obstacle> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        if depth > DEEPEST {
            return Err(Obstacle::NotPolynomial);
        }
        let game = self.game;
        let terms = match game.formulas.get(id) {
            Formula::Number(value) => Terms::number(value.clone()),
            Formula::Param(param) => match self.drawn.iter().position(|drawn| drawn == param) {
                Some(variable) => Terms::variable(variable),
                None => Terms::number(self.base[param.index()].clone()),
            },
            Formula::Binary(op, left, right) => {
                let left = self.resolved(*left, depth + 1)?;
                let right = self.resolved(*right, depth + 1)?;
                self.binary(*op, left, right)?
            }
            Formula::If { test, then, otherwise } => {
                let test = self.resolved(*test, depth + 1)?;
                let taken = if self.sign(&test) == Ordering::Equal { *otherwise } else { *then };
                self.resolved(taken, depth + 1)?
            }
            Formula::Floor(_) => {
                return Err(Obstacle::NotPolynomial);
            }
            Formula::Real(..) => {
                return Err(Obstacle::NotPolynomial);
            }
        };
        self.known.insert(id, terms.clone());
        Ok(terms)
    }

    fn binary(&mut self, op: BinaryOp, left: Terms, right: Terms) -> Result<Terms, Obstacle> {
        let truth = |holds: bool| Terms::number(Rational::int(i64::from(holds)));
        Ok(match op {
            BinaryOp::Add => {
                let mut sum = left;
                sum.add(&right, &Rational::ONE);
                sum
            }
            BinaryOp::Sub => left.minus(&right),
            BinaryOp::Mul => left.times(&right).ok_or_else(too_large)?,
            BinaryOp::Div => self.quotient(&left, &right)?,
            BinaryOp::Min | BinaryOp::Max => {
                let less = self.sign(&left.minus(&right)) == Ordering::Less;
                if less == (op == BinaryOp::Min) { left } else { right }
            }
            BinaryOp::Equal => truth(self.sign(&left.minus(&right)) == Ordering::Equal),
            BinaryOp::Less => truth(self.sign(&left.minus(&right)) == Ordering::Less),
            BinaryOp::LessOrEqual => truth(self.sign(&left.minus(&right)) != Ordering::Greater),
        })
    }

    fn quotient(&mut self, left: &Terms, right: &Terms) -> Result<Terms, Obstacle> {
        if self.sign(right) == Ordering::Equal {
            return Err(Obstacle::NoGame);
        }
        if let Some(exact) = left.divided_by(right) {
            return Ok(exact);
        }
        let lead = right.leading().cloned().unwrap_or(Rational::ONE);
        let factor = Rational::ONE.checked_div(&lead).unwrap_or_default();
        let below = self.book.enter(right.scaled(&factor));
        let inverse = Terms::variable(self.book.inverse(below));
        Ok(left.times(&inverse).ok_or_else(too_large)?.scaled(&factor))
    }
}

/// What decides the sign of a polynomial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is the same everywhere.
    Known(Ordering),
    /// It is the sign of a test, or the opposite one (`true`).
    Test(TestId, bool),
}

/// The decision about a polynomial's sign. Factors known to be positive are taken out.
pub(crate) fn decision(book: &mut Book, terms: &Terms, positive: &[Terms]) -> Decision {
    let mut core = terms.clone();
    if core.constant().is_none() {
        for factor in positive {
            while let Some(quotient) = core.divided_by(factor) {
                core = quotient;
            }
        }
    }
    if let Some(value) = core.constant() {
        return Decision::Known(value.cmp(&Rational::ZERO));
    }
    let lead = core.leading().cloned().unwrap_or(Rational::ONE);
    let factor = Rational::ONE.checked_div(&lead).unwrap_or_default();
    Decision::Test(book.enter(core.scaled(&factor)), lead.is_negative())
}
