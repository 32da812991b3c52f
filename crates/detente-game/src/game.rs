//! A game: a form with formulas for its chances and stakes, and all that an author said of it.

use crate::claim::Claim;
use crate::form::{BuildError, FormBuilder, GameForm, NodeSet};
use crate::formula::FormulaPool;
use crate::ids::{
    BranchId, EventId, FormulaId, LotteryId, NodeId, OutcomeId, ParamId, PlayerId, RowId, StakeId,
    ValueId,
};
use crate::number::Rational;
use crate::question::Question;
use crate::what_if::WhatIf;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// What is said about the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Publications.
    pub cite: Vec<String>,
    /// Authors.
    pub author: Vec<String>,
    /// Licence.
    pub licence: String,
}

/// A probability distribution of an uncertain parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Distribution {
    /// One of a family; parameters with such distributions are independent.
    Family {
        /// Its name: `beta`, `uniform`, …; `to` for a range from 5th to 95th percentile.
        name: String,
        /// Its parameters.
        arguments: Vec<Rational>,
    },
    /// A column of a table of which one row is drawn, for all parameters that name the table.
    Column(Column),
}

impl Distribution {
    /// Alike between two numbers.
    #[must_use]
    pub fn uniform(low: Rational, high: Rational) -> Self {
        Self::Family { name: "uniform".to_owned(), arguments: vec![low, high] }
    }
}

/// A column of a table whose rows are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The table; columns of one table come from one row.
    pub table: String,
    /// The column.
    pub column: String,
    /// Its value in each row.
    pub values: Vec<Rational>,
    /// How likely each row is, up to a common factor; the same for all columns of a table.
    pub weights: Vec<Rational>,
}

/// A source of an assumption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Short name.
    pub name: String,
    /// Full text.
    pub text: String,
    /// Date, if given.
    pub date: Option<String>,
    /// Address, if given.
    pub address: Option<String>,
}

/// How an assumption is supported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// Names of sources, with the place in the source if given.
    pub sources: Vec<(String, Option<String>)>,
    /// `low`, `medium` or `high`.
    pub confidence: Option<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// Dates on which it was checked.
    pub checked: Vec<String>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its base value.
    pub base: Rational,
    /// Its range, both ends included.
    pub range: Option<(Rational, Rational)>,
    /// Its distribution.
    pub distribution: Option<Distribution>,
    /// Its unit.
    pub unit: Option<String>,
    /// What it means.
    pub label: String,
    /// How it is supported.
    pub support: Support,
}

/// One step of a record of what was observed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Its date.
    pub date: Option<String>,
    /// The ends that agree with it.
    pub ends: NodeSet,
    /// As written.
    pub text: String,
    /// Names of sources.
    pub source: Option<String>,
}

/// What was observed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its title.
    pub title: String,
    /// Its steps in order.
    pub steps: Vec<Observation>,
}

impl Record {
    /// The ends that agree with all of it; `None` if it has no step.
    #[must_use]
    pub fn ends(&self) -> Option<NodeSet> {
        let (first, rest) = self.steps.split_first()?;
        Some(rest.iter().fold(first.ends.clone(), |ends, step| ends.and(&step.ends)))
    }
}

/// A form with formulas for its chances and stakes.
#[derive(Debug, Clone)]
pub struct Game {
    /// What is said about the whole.
    pub meta: Meta,
    /// The tree.
    pub form: Arc<GameForm>,
    /// All formulas.
    pub formulas: FormulaPool,
    /// The parameters.
    pub params: Vec<Param>,
    /// The values of settings the form was compiled with.
    pub settings: Vec<(String, String)>,
    /// The sources.
    pub sources: Vec<Source>,
    /// The probability of each branch.
    pub branch_probability: Vec<FormulaId>,
    /// Probabilities as one player privately believes them, where they differ.
    pub private_probability: Vec<(PlayerId, BranchId, FormulaId)>,
    /// Rows of stakes: `row_start[r]..row_start[r + 1]` in `row_items`.
    pub row_start: Vec<u32>,
    /// The stakes paid, row after row.
    pub row_items: Vec<(StakeId, FormulaId)>,
    /// What the author expects.
    pub claims: Vec<Claim>,
    /// What was observed.
    pub records: Vec<Record>,
    /// Variants of the game.
    pub what_ifs: Vec<WhatIf>,
    /// What its analyst asks.
    pub questions: Vec<Question>,
    /// Payoffs at inner nodes of an imported game, kept for export; `row_items` of the ends
    /// below already include them.
    pub inner_rows: Vec<(NodeId, RowId)>,
    /// Descriptions of values: a type's or an option's text.
    pub value_labels: Vec<(EventId, ValueId, String)>,
}

impl Game {
    /// The stakes paid by a row.
    #[must_use]
    pub fn row_items(&self, row: RowId) -> &[(StakeId, FormulaId)] {
        let (from, to) = (self.row_start[row.index()], self.row_start[row.index() + 1]);
        &self.row_items[from as usize..to as usize]
    }

    /// The base value of every parameter.
    #[must_use]
    pub fn base_point(&self) -> Vec<Rational> {
        self.params.iter().map(|param| param.base.clone()).collect()
    }

    /// The parameter of this name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<ParamId> {
        self.params.iter().position(|param| param.name == name).map(ParamId::from_index)
    }
}

/// Builds a [`Game`]: a [`FormBuilder`] that also keeps formulas, sharing equal lotteries and
/// equal rows of stakes.
#[derive(Debug)]
pub struct GameBuilder {
    /// The form under construction.
    pub form: FormBuilder,
    /// The formulas.
    pub formulas: FormulaPool,
    branch_probability: Vec<FormulaId>,
    row_start: Vec<u32>,
    row_items: Vec<(StakeId, FormulaId)>,
    lottery_ids: HashMap<LotteryKey, LotteryId>,
    row_ids: HashMap<RowKey, RowId>,
}

type LotteryKey = (EventId, Vec<(ValueId, FormulaId)>);
type RowKey = (Option<OutcomeId>, Vec<(StakeId, FormulaId)>);

impl GameBuilder {
    /// A builder for at most `limit` nodes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            form: FormBuilder::new(limit),
            formulas: FormulaPool::new(),
            branch_probability: Vec::new(),
            row_start: vec![0],
            row_items: Vec::new(),
            lottery_ids: HashMap::new(),
            row_ids: HashMap::new(),
        }
    }

    /// The lottery with these branches, new or known.
    ///
    /// # Errors
    /// If it has no branch.
    pub fn lottery(
        &mut self,
        event: EventId,
        branches: &[(ValueId, FormulaId)],
    ) -> Result<LotteryId, BuildError> {
        let key = (event, branches.to_vec());
        if let Some(&known) = self.lottery_ids.get(&key) {
            return Ok(known);
        }
        let id = self.separate_lottery(event, branches)?;
        self.lottery_ids.insert(key, id);
        Ok(id)
    }

    /// A new lottery, even if an equal one is known: for games whose ids are to be kept.
    ///
    /// # Errors
    /// If it has no branch.
    pub fn separate_lottery(
        &mut self,
        event: EventId,
        branches: &[(ValueId, FormulaId)],
    ) -> Result<LotteryId, BuildError> {
        let labels: Vec<ValueId> = branches.iter().map(|(value, _)| *value).collect();
        let id = self.form.lottery(event, &labels)?;
        self.branch_probability.extend(branches.iter().map(|(_, formula)| *formula));
        Ok(id)
    }

    /// The row that pays these stakes, new or known.
    pub fn row(&mut self, items: &[(StakeId, FormulaId)], outcome: Option<OutcomeId>) -> RowId {
        let key = (outcome, items.to_vec());
        if let Some(&known) = self.row_ids.get(&key) {
            return known;
        }
        let id = self.separate_row(items, outcome);
        self.row_ids.insert(key, id);
        id
    }

    /// A new row, even if an equal one is known: for games whose ids are to be kept.
    pub fn separate_row(
        &mut self,
        items: &[(StakeId, FormulaId)],
        outcome: Option<OutcomeId>,
    ) -> RowId {
        let id = self.form.row(outcome);
        self.row_items.extend_from_slice(items);
        self.row_start.push(self.row_items.len() as u32);
        id
    }

    /// The finished game, with nothing said about it yet but its title.
    ///
    /// # Errors
    /// If a node of the form is still open.
    pub fn finish(self, title: &str) -> Result<Game, BuildError> {
        Ok(Game {
            meta: Meta { title: title.to_owned(), ..Meta::default() },
            form: Arc::new(self.form.finish()?),
            formulas: self.formulas,
            params: Vec::new(),
            settings: Vec::new(),
            sources: Vec::new(),
            branch_probability: self.branch_probability,
            private_probability: Vec::new(),
            row_start: self.row_start,
            row_items: self.row_items,
            claims: Vec::new(),
            records: Vec::new(),
            what_ifs: Vec::new(),
            questions: Vec::new(),
            inner_rows: Vec::new(),
            value_labels: Vec::new(),
        })
    }
}
