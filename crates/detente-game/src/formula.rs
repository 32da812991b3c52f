//! Formulas over parameters: a hash-consed pool, so that one compiled game serves every point.
//!
//! Equal formulas have equal ids, constants are folded exactly, and evaluation at a point is one
//! pass over the pool. Functions that leave the rationals (`sqrt`, `exp`, …) are enclosed in
//! intervals; a formula that depends on one is not exact and says so ([`FormulaPool::is_exact`]).

use crate::ids::{FormulaId, ParamId};
use crate::number::{Interval, Rational};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// One formula; operands are earlier formulas of the same pool.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Formula {
    /// A number.
    Number(Rational),
    /// The value of a parameter.
    Param(ParamId),
    /// An operation on two formulas.
    Binary(BinaryOp, FormulaId, FormulaId),
    /// The greatest integer not above the operand.
    Floor(FormulaId),
    /// `test` is 0 or 1 (a comparison); the untaken side is not evaluated.
    If {
        /// What decides, 1 for true.
        test: FormulaId,
        /// Value if the test is not 0.
        then: FormulaId,
        /// Value if the test is 0.
        otherwise: FormulaId,
    },
    /// A real function, enclosed.
    Real(RealFunction, FormulaId),
}

/// Operations on two numbers. Comparisons give 1 for true and 0 for false.
#[allow(missing_docs, reason = "the names are the operations")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    Min,
    Max,
    Equal,
    Less,
    LessOrEqual,
}

/// Functions allowed inside `approx( )` only.
#[allow(missing_docs, reason = "the names are the functions; angles are in radians")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RealFunction {
    Sqrt,
    Exp,
    Log,
    Sin,
    Cos,
    /// π times the operand.
    Pi,
}

/// Why a formula has no value at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// A division by zero.
    DivisionByZero(FormulaId),
    /// A real function outside its domain, such as `log(0)`.
    OutsideDomain(FormulaId),
    /// A comparison that the enclosures cannot decide.
    Undecided(FormulaId),
}

impl fmt::Display for Undefined {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::DivisionByZero(_) => "it divides by zero",
            Self::OutsideDomain(_) => {
                "it takes a function where it is not defined, or too large to be approximated"
            }
            Self::Undecided(_) => "it compares numbers that approx( ) cannot tell apart",
        })
    }
}

impl std::error::Error for Undefined {}

/// The formulas of one game.
#[derive(Debug, Clone, Default)]
pub struct FormulaPool {
    formulas: Vec<Formula>,
    exact: Vec<bool>,
    ids: HashMap<Formula, FormulaId>,
}

/// Smallest step of a rounded approximate value: 2^-40, the grain of drawn parameters too.
const GRAIN: i64 = 1 << 40;

impl FormulaPool {
    /// An empty pool.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of formulas.
    #[must_use]
    pub fn len(&self) -> usize {
        self.formulas.len()
    }

    /// Whether the pool has no formula.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.formulas.is_empty()
    }

    /// The formula with this id.
    #[must_use]
    pub fn get(&self, id: FormulaId) -> &Formula {
        &self.formulas[id.index()]
    }

    /// Whether the formula's value is an exact rational.
    #[must_use]
    pub fn is_exact(&self, id: FormulaId) -> bool {
        self.exact[id.index()]
    }

    /// The formula's value if it is a number that depends on no parameter.
    #[must_use]
    pub fn constant(&self, id: FormulaId) -> Option<&Rational> {
        match self.get(id) {
            Formula::Number(value) => Some(value),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&mut self, value: Rational) -> FormulaId {
        self.intern(Formula::Number(value))
    }

    /// A parameter.
    pub fn param(&mut self, param: ParamId) -> FormulaId {
        self.intern(Formula::Param(param))
    }

    /// `left op right`, folded if both are numbers and the result is defined, and simplified if
    /// one of them is neutral.
    pub fn binary(&mut self, op: BinaryOp, left: FormulaId, right: FormulaId) -> FormulaId {
        if let (Some(a), Some(b)) = (self.constant(left), self.constant(right)) {
            if let Some(value) = apply(op, a, b) {
                return self.number(value);
            }
        } else if let Some(simple) = self.neutral(op, left, right) {
            return simple;
        }
        self.intern(Formula::Binary(op, left, right))
    }

    fn neutral(&self, op: BinaryOp, left: FormulaId, right: FormulaId) -> Option<FormulaId> {
        let zero = |id| self.constant(id).is_some_and(Rational::is_zero);
        let one = |id| self.constant(id).is_some_and(Rational::is_one);
        match op {
            BinaryOp::Add if zero(left) => Some(right),
            BinaryOp::Add | BinaryOp::Sub if zero(right) => Some(left),
            BinaryOp::Mul if one(left) => Some(right),
            BinaryOp::Mul | BinaryOp::Div if one(right) => Some(left),
            _ => None,
        }
    }

    /// `-operand`.
    pub fn negate(&mut self, operand: FormulaId) -> FormulaId {
        let zero = self.number(Rational::ZERO);
        self.binary(BinaryOp::Sub, zero, operand)
    }

    /// The greatest integer not above `operand`.
    pub fn floor(&mut self, operand: FormulaId) -> FormulaId {
        match self.constant(operand).map(Rational::floor) {
            Some(value) => self.number(value),
            None => self.intern(Formula::Floor(operand)),
        }
    }

    /// `if test then … else …`, where `test` is a comparison (1 or 0).
    pub fn choose(&mut self, test: FormulaId, then: FormulaId, otherwise: FormulaId) -> FormulaId {
        match self.constant(test).map(Rational::is_zero) {
            Some(true) => otherwise,
            Some(false) => then,
            None if then == otherwise => then,
            None => self.intern(Formula::If { test, then, otherwise }),
        }
    }

    /// A real function of `operand`; never folded, so that what depends on it stays marked.
    pub fn real(&mut self, function: RealFunction, operand: FormulaId) -> FormulaId {
        self.intern(Formula::Real(function, operand))
    }

    fn intern(&mut self, formula: Formula) -> FormulaId {
        if let Some(&id) = self.ids.get(&formula) {
            return id;
        }
        let exact = match &formula {
            Formula::Number(_) | Formula::Param(_) => true,
            Formula::Binary(_, a, b) => self.is_exact(*a) && self.is_exact(*b),
            Formula::Floor(a) => self.is_exact(*a),
            Formula::If { test, then, otherwise } => {
                [test, then, otherwise].into_iter().all(|id| self.is_exact(*id))
            }
            Formula::Real(..) => false,
        };
        let id = FormulaId::from_index(self.formulas.len());
        self.formulas.push(formula.clone());
        self.exact.push(exact);
        self.ids.insert(formula, id);
        id
    }

    /// The values of all formulas at a point, each exact unless [`Self::is_exact`] says no; then
    /// it is the middle of its enclosure rounded to a multiple of 2^-40.
    ///
    /// `point[k]` is the value of parameter `k`.
    #[must_use]
    pub fn values_at(&self, point: &[Rational]) -> Vec<Result<Rational, Undefined>> {
        let mut values: Vec<Result<Rational, Undefined>> = Vec::with_capacity(self.len());
        for (index, formula) in self.formulas.iter().enumerate() {
            let value = self.value(FormulaId::from_index(index), formula, &values, point);
            values.push(value);
        }
        values
    }

    fn value(
        &self,
        id: FormulaId,
        formula: &Formula,
        earlier: &[Result<Rational, Undefined>],
        point: &[Rational],
    ) -> Result<Rational, Undefined> {
        let of = |operand: FormulaId| earlier[operand.index()].as_ref().map_err(|error| *error);
        match formula {
            Formula::Number(value) => Ok(value.clone()),
            Formula::Param(param) => Ok(point[param.index()].clone()),
            Formula::Binary(op, a, b) => {
                apply(*op, of(*a)?, of(*b)?).ok_or(Undefined::DivisionByZero(id))
            }
            Formula::Floor(a) => Ok(of(*a)?.floor()),
            Formula::If { test, then, otherwise } => {
                of(if of(*test)?.is_zero() { *otherwise } else { *then }).cloned()
            }
            Formula::Real(function, a) => {
                let enclosure = enclose(*function, &Interval::point(of(*a)?.clone()))
                    .ok_or(Undefined::OutsideDomain(id))?;
                let grain = Rational::int(GRAIN);
                Ok((&(&enclosure.middle() * &grain) + &Rational::new(1, 2)).floor() / grain)
            }
        }
    }

    /// A certain enclosure of one formula at a point; a point interval if the formula is exact.
    ///
    /// What the formula is made of is enclosed once each, so that shared parts cost no more than
    /// others and a deep formula takes no stack.
    ///
    /// # Errors
    /// If the formula is undefined there, or a comparison inside it cannot be decided.
    pub fn interval_at(&self, id: FormulaId, point: &[Rational]) -> Result<Interval, Undefined> {
        self.interval_over(id, &|param| Interval::point(point[param.index()].clone()))
    }

    /// A certain enclosure of all values of one formula while each parameter it depends on lies
    /// in an interval (interval arithmetic, Moore 1966): exact if each of them is met once, wider
    /// than need be otherwise.
    ///
    /// # Errors
    /// If the formula may be undefined there, or a comparison inside it cannot be decided.
    pub fn interval_over(
        &self,
        id: FormulaId,
        range: &dyn Fn(ParamId) -> Interval,
    ) -> Result<Interval, Undefined> {
        let mut earlier: HashMap<FormulaId, Result<Interval, Undefined>> = HashMap::new();
        // Operands have smaller ids than what is made of them.
        for part in self.parts_of(id) {
            let value = self.enclosed(part, &earlier, range);
            if part == id {
                return value;
            }
            earlier.insert(part, value);
        }
        Err(Undefined::Undecided(id))
    }

    fn enclosed(
        &self,
        id: FormulaId,
        earlier: &HashMap<FormulaId, Result<Interval, Undefined>>,
        range: &dyn Fn(ParamId) -> Interval,
    ) -> Result<Interval, Undefined> {
        let of = |operand: &FormulaId| earlier[operand].as_ref().map_err(|error| *error);
        match self.get(id) {
            Formula::Number(value) => Ok(Interval::point(value.clone())),
            Formula::Param(param) => Ok(range(*param)),
            Formula::Binary(op, a, b) => apply_interval(id, *op, of(a)?, of(b)?),
            Formula::Floor(a) => {
                let inside = of(a)?;
                Ok(Interval { low: inside.low.floor(), high: inside.high.floor() })
            }
            Formula::If { test, then, otherwise } => {
                of(if of(test)?.high.is_zero() { otherwise } else { then }).cloned()
            }
            Formula::Real(function, a) => {
                enclose(*function, of(a)?).ok_or(Undefined::OutsideDomain(id))
            }
        }
    }

    /// All formulas that a formula is made of, itself included, in order of their ids.
    fn parts_of(&self, id: FormulaId) -> std::collections::BTreeSet<FormulaId> {
        let mut found = std::collections::BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !found.insert(id) {
                continue;
            }
            match self.get(id) {
                Formula::Number(_) | Formula::Param(_) => {}
                Formula::Binary(_, a, b) => open.extend([*a, *b]),
                Formula::Floor(a) | Formula::Real(_, a) => open.push(*a),
                Formula::If { test, then, otherwise } => {
                    open.extend([*test, *then, *otherwise]);
                }
            }
        }
        found
    }

    /// Whether a formula has a value whatever the parameters: nothing in it divides by what may
    /// be zero, or is a real function.
    #[must_use]
    pub fn is_total(&self, id: FormulaId) -> bool {
        self.parts_of(id).into_iter().all(|part| match self.get(part) {
            Formula::Binary(BinaryOp::Div, _, by) => {
                self.constant(*by).is_some_and(|by| !by.is_zero())
            }
            Formula::Real(..) => false,
            _ => true,
        })
    }

    /// The parameters a formula depends on, in order.
    #[must_use]
    pub fn params_of(&self, id: FormulaId) -> Vec<ParamId> {
        let parts = self.parts_of(id).into_iter();
        let mut found: Vec<ParamId> = parts
            .filter_map(|part| match self.get(part) {
                Formula::Param(param) => Some(*param),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found
    }
}

fn truth(value: bool) -> Rational {
    if value { Rational::ONE } else { Rational::ZERO }
}

fn apply(op: BinaryOp, a: &Rational, b: &Rational) -> Option<Rational> {
    Some(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div => return a.checked_div(b),
        BinaryOp::Min => a.min(b).clone(),
        BinaryOp::Max => a.max(b).clone(),
        BinaryOp::Equal => truth(a == b),
        BinaryOp::Less => truth(a < b),
        BinaryOp::LessOrEqual => truth(a <= b),
    })
}

fn apply_interval(
    id: FormulaId,
    op: BinaryOp,
    a: &Interval,
    b: &Interval,
) -> Result<Interval, Undefined> {
    let decide = |certain: bool, impossible: bool| match (certain, impossible) {
        (true, _) => Ok(Interval::point(Rational::ONE)),
        (_, true) => Ok(Interval::point(Rational::ZERO)),
        _ => Err(Undefined::Undecided(id)),
    };
    match op {
        BinaryOp::Add => Ok(a.add(b)),
        BinaryOp::Sub => Ok(a.sub(b)),
        BinaryOp::Mul => Ok(a.mul(b)),
        BinaryOp::Div => a.div(b).ok_or(Undefined::DivisionByZero(id)),
        BinaryOp::Min => {
            Ok(Interval { low: (&a.low).min(&b.low).clone(), high: (&a.high).min(&b.high).clone() })
        }
        BinaryOp::Max => {
            Ok(Interval { low: (&a.low).max(&b.low).clone(), high: (&a.high).max(&b.high).clone() })
        }
        BinaryOp::Equal => decide(a.is_point() && a == b, a.high < b.low || b.high < a.low),
        BinaryOp::Less => decide(a.high < b.low, a.low >= b.high),
        BinaryOp::LessOrEqual => decide(a.high <= b.low, a.low > b.high),
    }
}

/// A real function over an interval. The double-precision result is widened by one part in
/// 10^12 and by 10^-14, far more than the error of `libm`; `None` outside the domain.
fn enclose(function: RealFunction, argument: &Interval) -> Option<Interval> {
    let widen = |low: f64, high: f64| {
        let slack = |value: f64| value.abs() * 1e-12 + 1e-14;
        Some(Interval {
            low: Rational::from_f64(low - slack(low))?,
            high: Rational::from_f64(high + slack(high))?,
        })
    };
    let (low, high) = (argument.low.to_f64(), argument.high.to_f64());
    match function {
        RealFunction::Exp => widen(libm::exp(low), libm::exp(high)),
        RealFunction::Sqrt if !argument.low.is_negative() => {
            widen(libm::sqrt(low), libm::sqrt(high))
        }
        RealFunction::Log if argument.low.is_positive() => widen(libm::log(low), libm::log(high)),
        RealFunction::Pi => widen(low * std::f64::consts::PI, high * std::f64::consts::PI),
        RealFunction::Sqrt | RealFunction::Log => None,
        // Sine and cosine change by no more than their argument does.
        RealFunction::Sin | RealFunction::Cos => {
            let middle = (low + high) / 2.0;
            let half = (high - low) / 2.0;
            let value =
                if function == RealFunction::Sin { libm::sin(middle) } else { libm::cos(middle) };
            // The argument itself was rounded: a double's relative error.
            let rounding = middle.abs() * 1e-15;
            widen(value - half - rounding, value + half + rounding)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_shared_and_folded() {
        let mut pool = FormulaPool::new();
        let two = pool.number(Rational::int(2));
        let p = pool.param(ParamId(0));
        let a = pool.binary(BinaryOp::Mul, p, two);
        let b = pool.binary(BinaryOp::Mul, p, two);
        assert_eq!(a, b);
        let six = pool.number(Rational::int(6));
        let three = pool.binary(BinaryOp::Div, six, two);
        assert_eq!(pool.constant(three), Some(&Rational::int(3)));
        let value = pool.values_at(&[Rational::new(1, 2)])[a.index()].clone();
        assert_eq!(value, Ok(Rational::ONE));
    }

    #[test]
    fn a_division_by_zero_stays_in_its_branch() {
        let mut pool = FormulaPool::new();
        let p = pool.param(ParamId(0));
        let one = pool.number(Rational::ONE);
        let zero = pool.number(Rational::ZERO);
        let quotient = pool.binary(BinaryOp::Div, one, p);
        let test = pool.binary(BinaryOp::Equal, p, zero);
        let guarded = pool.choose(test, zero, quotient);
        let values = pool.values_at(&[Rational::ZERO]);
        assert_eq!(values[quotient.index()], Err(Undefined::DivisionByZero(quotient)));
        assert_eq!(values[guarded.index()], Ok(Rational::ZERO));
    }

    #[test]
    fn approximations_are_enclosed_and_marked() {
        let mut pool = FormulaPool::new();
        let two = pool.number(Rational::int(2));
        let root = pool.real(RealFunction::Sqrt, two);
        assert!(!pool.is_exact(root));
        let enclosure = pool.interval_at(root, &[]).unwrap();
        let square = enclosure.mul(&enclosure);
        assert!(square.low < Rational::int(2) && square.high > Rational::int(2));
        let width = &enclosure.high - &enclosure.low;
        assert!(width < Rational::new(1, 1_000_000));
    }
}
