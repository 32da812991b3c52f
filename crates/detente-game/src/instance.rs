//! A game at a point: numbers for every branch and every end, sharing the form.

use crate::form::GameForm;
use crate::formula::Undefined;
use crate::game::Game;
use crate::ids::{BranchId, FormulaId, LotteryId, NodeId, ParamId, PlayerId, RowId, StakeId};
use crate::number::Rational;
use std::fmt;
use std::sync::Arc;

/// Numbers at a point; the form is shared with the game.
#[derive(Debug, Clone)]
pub struct GameInstance {
    form: Arc<GameForm>,
    point: Vec<Rational>,
    branch: Vec<Rational>,
    /// Per player, his own probabilities if they differ from the common ones.
    private: Vec<Option<Vec<Rational>>>,
    /// Total payoffs, row after row, one per player.
    payoff: Vec<Rational>,
    row_start: Vec<u32>,
    stakes: Vec<(StakeId, Rational)>,
    exact: bool,
}

/// Why a game has no instance at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstanceError {
    /// The point has the wrong number of coordinates.
    WrongPoint {
        /// Number of parameters of the game.
        expected: usize,
        /// Number of values given.
        given: usize,
    },
    /// A probability is undefined.
    UndefinedProbability(BranchId, Undefined),
    /// A stake is undefined.
    UndefinedStake(RowId, StakeId, Undefined),
    /// A probability is below 0 or above 1.
    NotAProbability(BranchId, Rational),
    /// The probabilities of a lottery do not add up to 1.
    SumNotOne(LotteryId, Rational),
    /// A value lies outside its parameter's range.
    OutsideRange(ParamId, Rational),
}

impl fmt::Display for InstanceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongPoint { expected, given } => {
                write!(out, "the game has {expected} parameters, {given} values were given")
            }
            Self::UndefinedProbability(_, why) => {
                write!(out, "a probability is undefined here: {why}")
            }
            Self::UndefinedStake(_, _, why) => write!(out, "a stake is undefined here: {why}"),
            Self::NotAProbability(_, value) => {
                write!(out, "a probability is {value}, which is not between 0 and 1")
            }
            Self::SumNotOne(_, sum) => write!(out, "probabilities add up to {sum}, not 1"),
            Self::OutsideRange(_, value) => {
                write!(out, "{value} lies outside the parameter's range")
            }
        }
    }
}

impl std::error::Error for InstanceError {}

impl Game {
    /// The game at the base values of all parameters.
    ///
    /// # Errors
    /// See [`Game::at`].
    pub fn base(&self) -> Result<GameInstance, InstanceError> {
        self.at(&self.base_point())
    }

    /// The game at a point: `point[k]` is the value of parameter `k`. Ranges are not enforced
    /// here, so that thresholds can be looked for on both sides of an end.
    ///
    /// # Errors
    /// If a formula is undefined at the point, or probabilities are not probabilities there.
    pub fn at(&self, point: &[Rational]) -> Result<GameInstance, InstanceError> {
        if point.len() != self.params.len() {
            return Err(InstanceError::WrongPoint {
                expected: self.params.len(),
                given: point.len(),
            });
        }
        let values = self.formulas.values_at(point);
        let branch = self.probabilities(&values, &self.branch_probability)?;
        let mut private = vec![None; self.form.players().len()];
        for player in self.form.player_ids() {
            private[player.index()] = self.private_probabilities(player, &values)?;
        }
        let (payoff, stakes) = self.payoffs(&values)?;
        let exact = self
            .branch_probability
            .iter()
            .chain(self.row_items.iter().map(|(_, formula)| formula))
            .all(|formula| self.formulas.is_exact(*formula));
        Ok(GameInstance {
            form: Arc::clone(&self.form),
            point: point.to_vec(),
            branch,
            private,
            payoff,
            row_start: self.row_start.clone(),
            stakes,
            exact,
        })
    }

    fn private_probabilities(
        &self,
        player: PlayerId,
        values: &[Result<Rational, Undefined>],
    ) -> Result<Option<Vec<Rational>>, InstanceError> {
        let mut formulas: Option<Vec<FormulaId>> = None;
        for (owner, branch, formula) in &self.private_probability {
            if *owner == player {
                let own = formulas.get_or_insert_with(|| self.branch_probability.clone());
                own[branch.index()] = *formula;
            }
        }
        formulas.map(|formulas| self.probabilities(values, &formulas)).transpose()
    }

    fn probabilities(
        &self,
        values: &[Result<Rational, Undefined>],
        formulas: &[FormulaId],
    ) -> Result<Vec<Rational>, InstanceError> {
        let mut found = Vec::with_capacity(formulas.len());
        for (index, formula) in formulas.iter().enumerate() {
            let branch = BranchId::from_index(index);
            let value = values[formula.index()]
                .clone()
                .map_err(|why| InstanceError::UndefinedProbability(branch, why))?;
            if value.is_negative() || value > Rational::ONE {
                return Err(InstanceError::NotAProbability(branch, value));
            }
            found.push(value);
        }
        for index in 0..self.form.lotteries().len() {
            let lottery = LotteryId::from_index(index);
            let sum: Rational =
                self.form.branches(lottery).map(|branch| &found[branch.index()]).sum();
            if !sum.is_one() {
                return Err(InstanceError::SumNotOne(lottery, sum));
            }
        }
        Ok(found)
    }

    #[allow(clippy::type_complexity, reason = "two tables filled in one pass")]
    fn payoffs(
        &self,
        values: &[Result<Rational, Undefined>],
    ) -> Result<(Vec<Rational>, Vec<(StakeId, Rational)>), InstanceError> {
        let players = self.form.players().len();
        let mut payoff = vec![Rational::ZERO; self.form.row_count() * players];
        let mut stakes = Vec::with_capacity(self.row_items.len());
        for row in (0..self.form.row_count()).map(RowId::from_index) {
            for (stake, formula) in self.row_items(row) {
                let value = values[formula.index()]
                    .clone()
                    .map_err(|why| InstanceError::UndefinedStake(row, *stake, why))?;
                let player = self.form.stake(*stake).player.index();
                payoff[row.index() * players + player] += &value;
                stakes.push((*stake, value));
            }
        }
        Ok((payoff, stakes))
    }
}

impl GameInstance {
    /// The tree.
    #[must_use]
    pub fn form(&self) -> &GameForm {
        &self.form
    }

    /// The tree, shared.
    #[must_use]
    pub fn shared_form(&self) -> Arc<GameForm> {
        Arc::clone(&self.form)
    }

    /// The values of the parameters.
    #[must_use]
    pub fn point(&self) -> &[Rational] {
        &self.point
    }

    /// Whether every number is exact (no `approx` was involved).
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The probability of a branch.
    #[must_use]
    pub fn branch(&self, branch: BranchId) -> &Rational {
        &self.branch[branch.index()]
    }

    /// The probability of a branch in the eyes of one player.
    #[must_use]
    pub fn branch_for(&self, player: PlayerId, branch: BranchId) -> &Rational {
        match &self.private[player.index()] {
            Some(own) => &own[branch.index()],
            None => &self.branch[branch.index()],
        }
    }

    /// Whether some player's probabilities differ from the common ones.
    #[must_use]
    pub fn has_private_beliefs(&self) -> bool {
        self.private.iter().any(Option::is_some)
    }

    /// What a row pays to a player in all.
    #[must_use]
    pub fn row_payoff(&self, row: RowId, player: PlayerId) -> &Rational {
        &self.payoff[row.index() * self.form.players().len() + player.index()]
    }

    /// What an end pays to a player in all.
    ///
    /// # Panics
    /// If `end` is no end.
    #[must_use]
    pub fn payoff(&self, end: NodeId, player: PlayerId) -> &Rational {
        self.row_payoff(self.form.row(end).expect("payoffs are paid at ends"), player)
    }

    /// The stakes a row pays, with their amounts.
    #[must_use]
    pub fn row_stakes(&self, row: RowId) -> &[(StakeId, Rational)] {
        let (from, to) = (self.row_start[row.index()], self.row_start[row.index() + 1]);
        &self.stakes[from as usize..to as usize]
    }
}
