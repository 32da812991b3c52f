//! Units: a parameter in points may not be added to a probability.
//!
//! Numbers have any unit; a product or quotient of something with a unit and something without
//! has that unit. What is not clear is not complained about.

use super::scope::{Compiler, Local, Locals, bound};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Expr, ExprKind, Span};

/// The unit of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Unit {
    /// A number, which fits anything.
    Any,
    /// A parameter without unit, such as a probability.
    None { example: String },
    /// A unit.
    Some { unit: String, example: String },
    /// Products of units, and what this simple arithmetic does not follow.
    Unclear,
}

impl<'a> Compiler<'a> {
    /// Complains if two expressions that are added or compared have different units.
    pub(crate) fn same_unit(
        &mut self,
        left: &'a Expr,
        right: &'a Expr,
        span: Span,
        locals: &Locals<'a>,
    ) {
        if !self.has_units {
            return;
        }
        let said = |unit: &Unit| match unit {
            Unit::None { example } => Some((None, format!("{example} has no unit"))),
            Unit::Some { unit, example } => {
                Some((Some(unit.clone()), format!("{example} is in {unit}")))
            }
            Unit::Any | Unit::Unclear => None,
        };
        let (Some((a, first)), Some((b, second))) =
            (said(&self.unit(left, locals)), said(&self.unit(right, locals)))
        else {
            return;
        };
        if a != b {
            self.complain(
                Diagnostic::at(Code::E070, span, "units do not fit: what is put together here is of two kinds")
                    .note(format!("{first}, {second}"))
                    .help("multiply by what turns one into the other, or correct the 'unit' of a parameter"),
            );
        }
    }

    fn unit(&self, expr: &'a Expr, locals: &Locals<'a>) -> Unit {
        let (expr, locals) = self.through_arguments(expr, locals);
        let locals = &locals;
        match &expr.kind {
            ExprKind::Number(_) => Unit::Any,
            ExprKind::Parenthesised(inner) | ExprKind::Negate(inner) => self.unit(inner, locals),
            ExprKind::Reference(reference) => match reference.as_bare_name() {
                Some(name) => self.unit_of_name(&name.text, locals),
                None => Unit::Unclear,
            },
            ExprKind::Sum { first, rest } => {
                rest.iter().fold(self.unit(first, locals), |unit, addend| match unit {
                    Unit::Any => self.unit(&addend.term, locals),
                    unit => unit,
                })
            }
            ExprKind::Product { first, rest } => {
                rest.iter().fold(self.unit(first, locals), |unit, factor| {
                    combine(unit, self.unit(&factor.term, locals), factor.divide)
                })
            }
            _ => Unit::Unclear,
        }
    }

    fn unit_of_name(&self, name: &str, locals: &Locals<'a>) -> Unit {
        match bound(locals, name) {
            Some(Local::Number(_)) => return Unit::Any,
            Some(_) => return Unit::Unclear,
            None => {}
        }
        let Some(param) = self.param_ids.get(name) else { return Unit::Unclear };
        let param = &self.params[param.index()];
        let example = param.name.clone();
        match &param.unit {
            Some(unit) => Unit::Some { unit: unit.clone(), example },
            None => Unit::None { example },
        }
    }
}

/// The unit of a product or quotient.
fn combine(left: Unit, right: Unit, divide: bool) -> Unit {
    match (left, right) {
        (Unit::Unclear, _) | (_, Unit::Unclear) => Unit::Unclear,
        (Unit::Any, Unit::Some { .. }) if divide => Unit::Unclear,
        (Unit::None { .. }, Unit::Some { .. }) if divide => Unit::Unclear,
        (Unit::Any, other) | (other, Unit::Any) => other,
        (Unit::None { .. }, other) | (other, Unit::None { .. }) => other,
        (Unit::Some { unit, example }, Unit::Some { unit: other, .. })
            if divide && unit == other =>
        {
            Unit::None { example: format!("a ratio of {example}") }
        }
        _ => Unit::Unclear,
    }
}
