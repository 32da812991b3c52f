//! Conditions: what must have happened, or how numbers must compare.

use super::equality::ids;
use super::ir::{Cond, Number};
use super::references::Indices;
use super::scope::{Compiler, Local, Locals, Setting, bound};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Expr, ExprKind, Name, Reference, Relation, Span};
use detente_game::formula::BinaryOp;
use std::rc::Rc;

impl<'a> Compiler<'a> {
    /// What an expression asks, as a condition.
    pub(crate) fn condition(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Cond> {
        self.deeper(expr.span, |compiler| compiler.condition_of(expr, locals))
    }

    fn condition_of(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Cond> {
        match &expr.kind {
            ExprKind::Parenthesised(inner) => self.condition(inner, locals),
            ExprKind::Not(inner) => Some(match self.condition(inner, locals)? {
                Cond::Known(known) => Cond::Known(!known),
                inner => Cond::Not(Rc::new(inner)),
            }),
            ExprKind::And(parts) => self.join(parts, locals, false),
            ExprKind::Or(parts) => self.join(parts, locals, true),
            ExprKind::Compare { left, relation, right } => {
                self.comparison(left, *relation, right, expr.span, locals)
            }
            ExprKind::Is { subject, negated, value } => self.is(subject, *negated, value, locals),
            ExprKind::Happened(subject) => {
                let events = self.events(subject, locals, Indices::All)?;
                Some(match events.found.as_slice() {
                    // An index that no event has.
                    [] => Cond::Known(false),
                    found => Cond::Happened(ids(found)),
                })
            }
            ExprKind::If { condition, then, otherwise } => {
                self.chosen_condition(condition, then, otherwise, locals)
            }
            ExprKind::Reference(reference) => self.named_condition(reference, locals),
            ExprKind::Call { function, arguments } => {
                let Some(define) = self.defines.get(function.text.as_str()).copied() else {
                    return self.no_condition(expr.span);
                };
                if define.parameters.len() != arguments.len() {
                    return self.call(function, arguments, expr.span, locals).and(None);
                }
                let inner = self.bind_arguments(&define.parameters, arguments, locals);
                let condition = self.expand(&define.name.text, expr.span, |compiler| {
                    compiler.condition(&define.value, &inner)
                });
                self.look_at_unused(&inner);
                condition
            }
            _ => self.no_condition(expr.span),
        }
    }

    fn no_condition(&mut self, span: Span) -> Option<Cond> {
        self.complain(
            Diagnostic::at(Code::E036, span, "a condition is wanted here")
                .help("ask  x is value,  x happened,  or compare numbers:  x >= 2"),
        );
        None
    }

    fn join(&mut self, parts: &'a [Expr], locals: &Locals<'a>, decisive: bool) -> Option<Cond> {
        let mut all: Vec<Option<Cond>> = Vec::with_capacity(parts.len());
        for part in parts {
            let cond = self.condition(part, locals);
            // `t > 1 and size[t - 1] > 2` does not look at size[0].
            if cond == Some(Cond::Known(decisive)) && all.iter().all(Option::is_some) {
                return cond;
            }
            all.push(cond);
        }
        let all: Vec<Cond> = all.into_iter().collect::<Option<_>>()?;
        let all: Vec<Cond> =
            all.into_iter().filter(|cond| *cond != Cond::Known(!decisive)).collect();
        Some(match all.len() {
            0 => Cond::Known(!decisive),
            1 => all.into_iter().next()?,
            _ if decisive => Cond::Or(all.into()),
            _ => Cond::And(all.into()),
        })
    }

    fn chosen_condition(
        &mut self,
        condition: &'a Expr,
        then: &'a Expr,
        otherwise: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        match self.condition(condition, locals)? {
            Cond::Known(true) => self.condition(then, locals),
            Cond::Known(false) => self.condition(otherwise, locals),
            test => {
                let then = self.condition(then, locals)?;
                let otherwise = self.condition(otherwise, locals)?;
                let not = Cond::Not(Rc::new(test.clone()));
                Some(Cond::Or(Rc::from([
                    Cond::And(Rc::from([test, then])),
                    Cond::And(Rc::from([not, otherwise])),
                ])))
            }
        }
    }

    fn named_condition(&mut self, reference: &'a Reference, locals: &Locals<'a>) -> Option<Cond> {
        if let Some(name) = reference.as_bare_name() {
            let local = bound(locals, &name.text).cloned();
            if let Some(Local::Argument(expr, outer, open)) = local {
                return self.where_it_stands(open, |compiler| compiler.condition(expr, &outer));
            }
            if local.is_none()
                && let Some(define) = self.defines.get(name.text.as_str()).copied()
            {
                return self.expand(&define.name.text, name.span, |compiler| {
                    compiler.condition(&define.value, &None)
                });
            }
        }
        let name = &reference.name.text;
        self.complain(
            Diagnostic::at(Code::E036, reference.span, "a condition is wanted here")
                .help(format!("ask  {name} is …  or  {name} happened")),
        );
        None
    }

    fn comparison(
        &mut self,
        left: &'a Expr,
        relation: Relation,
        right: &'a Expr,
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        if let Some(known) = self.compare_words(left, relation, right, locals) {
            return Some(Cond::Known(known));
        }
        self.same_unit(left, right, span, locals);
        let (a, b) = self.sides(left, right, span, locals)?;
        Some(self.compare(relation, a, b, span))
    }

    /// `left relation right` as a condition, folded if it is known.
    pub(crate) fn compare(&mut self, relation: Relation, a: Number, b: Number, span: Span) -> Cond {
        let (op, a, b, negate) = match relation {
            Relation::Equal => (BinaryOp::Equal, a, b, false),
            Relation::NotEqual => (BinaryOp::Equal, a, b, true),
            Relation::Less => (BinaryOp::Less, a, b, false),
            Relation::LessOrEqual => (BinaryOp::LessOrEqual, a, b, false),
            Relation::Greater => (BinaryOp::Less, b, a, false),
            Relation::GreaterOrEqual => (BinaryOp::LessOrEqual, b, a, false),
        };
        if let (Number::Formula(left), Number::Formula(right)) = (&a, &b) {
            let test = self.builder.formulas.binary(op, *left, *right);
            if let Some(value) = self.builder.formulas.constant(test) {
                return Cond::Known(value.is_zero() == negate);
            }
        }
        let cond = Cond::Compare(op, Rc::new(a), Rc::new(b), span);
        if negate { Cond::Not(Rc::new(cond)) } else { cond }
    }

    /// `mode = strict`, where `mode` is a setting whose value is a word.
    fn compare_words(
        &mut self,
        left: &'a Expr,
        relation: Relation,
        right: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<bool> {
        let equal = match relation {
            Relation::Equal => true,
            Relation::NotEqual => false,
            _ => return None,
        };
        let (left, right) = (self.free_name(left, locals)?, self.free_name(right, locals)?);
        let word = |name: &Name| match self.settings.get(&name.text) {
            Some(Setting::Name(word)) => Some(word.clone()),
            _ => None,
        };
        let same = match (word(left), word(right)) {
            (None, None) => return None,
            (Some(a), Some(b)) => a == b,
            (Some(value), None) => {
                self.word_compared(&left.text, right);
                value == right.text
            }
            (None, Some(value)) => {
                self.word_compared(&right.text, left);
                value == left.text
            }
        };
        Some(same == equal)
    }

    /// The bare name that an expression is, unless the name is bound to something here.
    pub(crate) fn free_name(&self, expr: &'a Expr, locals: &Locals<'a>) -> Option<&'a Name> {
        let (expr, locals) = self.through_arguments(expr.unparenthesised(), locals);
        let ExprKind::Reference(reference) = &expr.kind else { return None };
        reference.as_bare_name().filter(|name| bound(&locals, &name.text).is_none())
    }
}
