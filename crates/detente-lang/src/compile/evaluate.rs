//! The value of resolved expressions, given what has happened so far.

use super::ir::{Cond, Number};
use crate::syntax::ast::Span;
use detente_game::formula::{BinaryOp, FormulaPool};
use detente_game::{EventId, FormulaId, Rational, ValueId};
use std::cell::Cell;
use std::collections::HashMap;

/// What has happened on the way to here: the value of each event.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    happened: Vec<Option<ValueId>>,
    order: Vec<EventId>,
    numbers: HashMap<ValueId, FormulaId>,
    spent: Cell<u64>,
    limit: u64,
}

/// A condition's truth: known from events, or a comparison of formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    Known(bool),
    Formula(FormulaId),
}

/// Why an expression has no value here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A number is read from an event that has not happened.
    NotHappened(EventId, Span),
    /// The event's value is no number.
    NotANumber(EventId, ValueId, Span),
    /// A division by zero whatever the parameters.
    DivisionByZero(Span),
    /// More work than any scenario of this size can need.
    TooMuch,
}

impl World {
    /// A world of `events` events in which nothing has happened; `numbers` are the values that
    /// are numbers.
    pub(crate) fn new(events: usize, numbers: HashMap<ValueId, FormulaId>) -> Self {
        Self {
            happened: vec![None; events],
            order: Vec::new(),
            numbers,
            spent: Cell::new(0),
            limit: u64::MAX,
        }
    }

    /// The same world with a limit on the work done in it.
    pub(crate) fn limited(self, limit: u64) -> Self {
        Self { limit, ..self }
    }

    /// Counts one step of work.
    pub(crate) fn spend(&self) -> Result<u64, Trouble> {
        let spent = self.spent.get() + 1;
        self.spent.set(spent);
        if spent > self.limit { Err(Trouble::TooMuch) } else { Ok(spent) }
    }

    /// The value of an event, if it has happened.
    pub(crate) fn value(&self, event: EventId) -> Option<ValueId> {
        self.happened.get(event.index()).copied().flatten()
    }

    /// What has happened, in order.
    pub(crate) fn order(&self) -> &[EventId] {
        &self.order
    }

    /// Makes an event happen.
    pub(crate) fn happen(&mut self, event: EventId, value: ValueId) {
        if self.happened[event.index()].replace(value).is_none() {
            self.order.push(event);
        }
    }

    /// Takes the latest event back.
    pub(crate) fn undo(&mut self, event: EventId) {
        self.happened[event.index()] = None;
        self.order.pop();
    }

    /// The value of a number here, as a formula over the parameters.
    pub(crate) fn number(
        &self,
        number: &Number,
        pool: &mut FormulaPool,
    ) -> Result<FormulaId, Trouble> {
        self.spend()?;
        match number {
            Number::Formula(formula) => Ok(*formula),
            Number::Event(event, span) => {
                let value = self.value(*event).ok_or(Trouble::NotHappened(*event, *span))?;
                let known = self.numbers.get(&value).copied();
                known.ok_or(Trouble::NotANumber(*event, value, *span))
            }
            Number::Rank(event, scale, span) => {
                let value = self.value(*event).ok_or(Trouble::NotHappened(*event, *span))?;
                let place = scale.rank(value).ok_or(Trouble::NotANumber(*event, value, *span))?;
                Ok(pool.number(Rational::int(place)))
            }
            Number::Binary(op, a, b, span) => {
                let (a, b) = (self.number(a, pool)?, self.number(b, pool)?);
                if *op == BinaryOp::Div && pool.constant(b).is_some_and(Rational::is_zero) {
                    return Err(Trouble::DivisionByZero(*span));
                }
                Ok(pool.binary(*op, a, b))
            }
            Number::Floor(a) => {
                let a = self.number(a, pool)?;
                Ok(pool.floor(a))
            }
            Number::Real(function, a) => {
                let a = self.number(a, pool)?;
                Ok(pool.real(*function, a))
            }
            Number::If(cond, then, otherwise) => match self.truth(cond, pool)? {
                Truth::Known(true) => self.number(then, pool),
                Truth::Known(false) => self.number(otherwise, pool),
                Truth::Formula(test) => {
                    let then = self.number(then, pool)?;
                    let otherwise = self.number(otherwise, pool)?;
                    Ok(pool.choose(test, then, otherwise))
                }
            },
            Number::Count(conds) => self.count(conds, pool),
        }
    }

    fn count(&self, conds: &[Cond], pool: &mut FormulaPool) -> Result<FormulaId, Trouble> {
        let mut total = pool.number(Rational::ZERO);
        for cond in conds {
            let one = match self.truth(cond, pool)? {
                Truth::Known(known) => pool.number(Rational::int(i64::from(known))),
                Truth::Formula(test) => test,
            };
            total = pool.binary(BinaryOp::Add, total, one);
        }
        Ok(total)
    }

    /// The truth of a condition here.
    pub(crate) fn truth(&self, cond: &Cond, pool: &mut FormulaPool) -> Result<Truth, Trouble> {
        self.spend()?;
        let seen = |events: &[EventId], wanted: &dyn Fn(ValueId) -> bool| {
            events.iter().filter_map(|event| self.value(*event)).any(wanted)
        };
        Ok(match cond {
            Cond::Known(known) => Truth::Known(*known),
            Cond::Is(events, values) => {
                Truth::Known(seen(events, &|value| values.contains(&value)))
            }
            Cond::IsNot(events, values) => Truth::Known(
                seen(events, &|_| true) && !seen(events, &|value| values.contains(&value)),
            ),
            Cond::Same(events, others) => {
                let same = |value| seen(others, &|other| other == value);
                Truth::Known(seen(events, &same))
            }
            Cond::Happened(events) => Truth::Known(seen(events, &|_| true)),
            Cond::Compare(op, a, b, _) => {
                let (a, b) = (self.number(a, pool)?, self.number(b, pool)?);
                let test = pool.binary(*op, a, b);
                match pool.constant(test) {
                    Some(value) => Truth::Known(!value.is_zero()),
                    None => Truth::Formula(test),
                }
            }
            Cond::And(all) => self.fold(all, pool, BinaryOp::Min, false)?,
            Cond::Or(all) => self.fold(all, pool, BinaryOp::Max, true)?,
            Cond::Not(inner) => match self.truth(inner, pool)? {
                Truth::Known(known) => Truth::Known(!known),
                Truth::Formula(test) => {
                    let one = pool.number(Rational::ONE);
                    Truth::Formula(pool.binary(BinaryOp::Sub, one, test))
                }
            },
        })
    }

    /// `and` is the least of its parts, `or` the greatest; `decisive` settles it at once, so
    /// that `x happened and x > 2` does not read what has not happened.
    fn fold(
        &self,
        parts: &[Cond],
        pool: &mut FormulaPool,
        op: BinaryOp,
        decisive: bool,
    ) -> Result<Truth, Trouble> {
        let mut total = None;
        for part in parts {
            match self.truth(part, pool)? {
                Truth::Known(known) if known == decisive => return Ok(Truth::Known(decisive)),
                Truth::Known(_) => {}
                Truth::Formula(test) => {
                    total = Some(match total {
                        Some(so_far) => pool.binary(op, so_far, test),
                        None => test,
                    });
                }
            }
        }
        Ok(total.map_or(Truth::Known(!decisive), Truth::Formula))
    }
}
