//! Numbers: what an expression computes, with names resolved and constants folded.

use super::ir::{Cond, Number};
use super::references::Indices;
use super::scope::{Compiler, Defined, Local, Locals, Setting, bind, bound};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Addend, Define, Expr, ExprKind, Factor, Reference, Span};
use detente_game::formula::BinaryOp;
use detente_game::{FormulaId, Rational};
use std::rc::Rc;

/// Longest number, in bits.
const MOST_BITS: usize = 400_000;

/// Highest degree of a formula in the parameters.
const HIGHEST_DEGREE: u32 = 20_000;

impl<'a> Compiler<'a> {
    /// What an expression computes, as a number.
    pub(crate) fn number(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Number> {
        self.deeper(expr.span, |compiler| compiler.number_of(expr, locals))
    }

    fn number_of(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Number> {
        match &expr.kind {
            ExprKind::Number(text) => self.literal(text, expr.span),
            ExprKind::Parenthesised(inner) => self.number(inner, locals),
            ExprKind::Reference(reference) => self.named_number(reference, locals),
            ExprKind::Negate(inner) => {
                let zero = self.constant(Rational::ZERO);
                let inner = self.number(inner, locals)?;
                self.binary(BinaryOp::Sub, zero, inner, expr.span)
            }
            ExprKind::Sum { first, rest } => self.sum(first, rest, locals),
            ExprKind::Product { first, rest } => self.product(first, rest, locals),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition(condition, locals)?;
                match condition {
                    Cond::Known(true) => self.number(then, locals),
                    Cond::Known(false) => self.number(otherwise, locals),
                    condition => {
                        let then = self.number(then, locals)?;
                        let otherwise = self.number(otherwise, locals)?;
                        Some(Number::If(Rc::new(condition), Rc::new(then), Rc::new(otherwise)))
                    }
                }
            }
            ExprKind::Call { function, arguments } => {
                self.call(function, arguments, expr.span, locals)
            }
            ExprKind::Text(_) => self.not_a_number(expr.span, "a text"),
            ExprKind::Probability { .. } => {
                self.complain(
                    Diagnostic::at(
                        Code::E036,
                        expr.span,
                        "P( ) speaks of play, so it can stand in 'expect' only",
                    )
                    .help("a probability of chance is written as a number"),
                );
                None
            }
            // A condition as a number counts 1 if it holds.
            _ => {
                let condition = self.condition(expr, locals)?;
                Some(Number::Count(Rc::from([condition])))
            }
        }
    }

    fn literal(&mut self, text: &str, span: Span) -> Option<Number> {
        match detente_game::number::parse_literal(text) {
            Ok(value) => Some(self.constant(value)),
            Err(error) => {
                self.complain(Diagnostic::at(Code::E006, span, error.to_string()));
                None
            }
        }
    }

    /// A number that is known.
    pub(crate) fn constant(&mut self, value: Rational) -> Number {
        Number::Formula(self.builder.formulas.number(value))
    }

    /// The value of a number that is known.
    pub(crate) fn known(&self, number: &Number) -> Option<Rational> {
        match number {
            Number::Formula(formula) => self.builder.formulas.constant(*formula).cloned(),
            _ => None,
        }
    }

    fn not_a_number(&mut self, span: Span, what: &str) -> Option<Number> {
        self.complain(Diagnostic::at(
            Code::E036,
            span,
            format!("a number is wanted here, not {what}"),
        ));
        None
    }

    /// `left op right`, folded where both are formulas.
    pub(crate) fn binary(
        &mut self,
        op: BinaryOp,
        left: Number,
        right: Number,
        span: Span,
    ) -> Option<Number> {
        if op == BinaryOp::Div && self.known(&right).is_some_and(|divisor| divisor.is_zero()) {
            self.complain(
                Diagnostic::at(Code::E045, span, "this divides by zero")
                    .help("guard it:  if x = 0 then … else …"),
            );
            return None;
        }
        Some(match (left, right) {
            (Number::Formula(a), Number::Formula(b)) => {
                let result = self.builder.formulas.binary(op, a, b);
                self.not_too_large(op, [a, b], result, span)?;
                Number::Formula(result)
            }
            (a, b) => Number::Binary(op, Rc::new(a), Rc::new(b), span),
        })
    }

    /// Refuses numbers and powers that would fill the memory: definitions that square each other
    /// grow doubly exponentially.
    fn not_too_large(
        &mut self,
        op: BinaryOp,
        operands: [FormulaId; 2],
        result: FormulaId,
        span: Span,
    ) -> Option<()> {
        let [a, b] = operands.map(|operand| self.degrees.get(&operand).copied().unwrap_or(1));
        let degree = match op {
            BinaryOp::Mul | BinaryOp::Div => a + b,
            _ => a.max(b),
        };
        let (bits, degree) = match self.builder.formulas.constant(result) {
            Some(value) => (value.bits(), 1),
            None => (0, degree),
        };
        self.degrees.insert(result, degree);
        if bits <= MOST_BITS && degree <= HIGHEST_DEGREE {
            return Some(());
        }
        self.complain(
            Diagnostic::at(Code::E018, span, "this number is too large")
                .help("products of products grow beyond all bounds; take smaller ones"),
        );
        None
    }

    fn sum(&mut self, first: &'a Expr, rest: &'a [Addend], locals: &Locals<'a>) -> Option<Number> {
        let mut total = self.number(first, locals);
        for addend in rest {
            let term = self.number(&addend.term, locals);
            let op = if addend.minus { BinaryOp::Sub } else { BinaryOp::Add };
            let span = first.span.to(addend.term.span);
            self.same_unit(first, &addend.term, span, locals);
            total = match (total, term) {
                (Some(total), Some(term)) => self.binary(op, total, term, span),
                _ => None,
            };
        }
        total
    }

    fn product(
        &mut self,
        first: &'a Expr,
        rest: &'a [Factor],
        locals: &Locals<'a>,
    ) -> Option<Number> {
        let mut total = self.number(first, locals);
        for factor in rest {
            let term = self.number(&factor.term, locals);
            let op = if factor.divide { BinaryOp::Div } else { BinaryOp::Mul };
            let span = first.span.to(factor.term.span);
            total = match (total, term) {
                (Some(total), Some(term)) => self.binary(op, total, term, span),
                _ => None,
            };
        }
        total
    }

    fn named_number(&mut self, reference: &'a Reference, locals: &Locals<'a>) -> Option<Number> {
        if reference.column.is_some() {
            return self.table_entry(reference, locals);
        }
        if let Some(name) = reference.as_bare_name() {
            if let Some(local) = bound(locals, &name.text) {
                match local.clone() {
                    Local::Number(value) => return Some(self.constant(value)),
                    Local::Argument(expr, outer, open) => {
                        return self
                            .where_it_stands(open, |compiler| compiler.number(expr, &outer));
                    }
                    Local::Player(_) => {}
                }
            } else if let Some(number) = self.global_number(&name.text, name.span) {
                return number;
            }
            if !self.is_event_name(&name.text, locals) {
                self.unknown_name(&reference.name);
                return None;
            }
        }
        self.event_number(reference, locals)
    }

    /// A setting, parameter or definition; `None` if the name is none of them.
    fn global_number(&mut self, name: &str, span: Span) -> Option<Option<Number>> {
        if let Some(&param) = self.param_ids.get(name) {
            return Some(Some(Number::Formula(self.builder.formulas.param(param))));
        }
        if let Some(setting) = self.settings.get(name).cloned() {
            return Some(match setting {
                Setting::Number(value) => Some(self.constant(value)),
                Setting::Name(_) => self.not_a_number(span, "a setting that is a word"),
            });
        }
        let define = self.defines.get(name).copied()?;
        if !define.parameters.is_empty() {
            let wanted: Vec<&str> = define.parameters.iter().map(|p| p.text.as_str()).collect();
            self.complain(
                Diagnostic::at(Code::E037, span, format!("'{name}' needs arguments"))
                    .help(format!("write  {name}({})", wanted.join(", "))),
            );
            return Some(None);
        }
        Some(self.defined(define, span))
    }

    /// What a definition without parameters comes to: resolved once, since it is the same
    /// wherever it is used.
    pub(crate) fn defined(&mut self, define: &'a Define, span: Span) -> Option<Number> {
        let key = (define.name.text.as_str(), self.approximating > 0);
        self.used.insert(key.0);
        if let Some(known) = self.defined.get(&key).cloned() {
            // A tree of events is walked anew wherever it is used.
            let number = known.number?;
            if !matches!(number, Number::Formula(_)) {
                self.spend_many(known.work, span)?;
            }
            return Some(number);
        }
        let before = self.work;
        let number = self.expand(define.name.text.as_str(), span, |compiler| {
            compiler.number(&define.value, &None)
        });
        let work = self.work - before;
        self.defined.insert(key, Defined { number: number.clone(), work });
        number
    }

    /// Whether a name is an event or a player with types.
    pub(crate) fn is_event_name(&self, name: &str, locals: &Locals<'a>) -> bool {
        name == "me"
            || name == "other"
            || self.events.contains_key(name)
            || self.players.contains_key(name)
            || bound(locals, name).is_some()
    }

    /// The number that an event's value is, or its place on its scale.
    fn event_number(&mut self, reference: &'a Reference, locals: &Locals<'a>) -> Option<Number> {
        let events = self.events(reference, locals, Indices::One)?;
        let [event] = events.found.as_slice() else {
            if events.found.is_empty() {
                self.complain(
                    Diagnostic::at(
                        Code::E044,
                        reference.span,
                        "a number is read from an event that never happens",
                    )
                    .note(format!("'{}' has no such index", reference.name.text))
                    .help("ask for the index first:  if t > 1 then … else …"),
                );
                return None;
            }
            self.complain(
                Diagnostic::at(
                    Code::E033,
                    reference.span,
                    "this may mean several events, a number needs one",
                )
                .help("name the player and the index"),
            );
            return None;
        };
        if event.values.iter().all(|value| self.texts.numbers.contains_key(&value)) {
            return Some(Number::Event(event.id, reference.span));
        }
        if let Some(scale) = self.scale_of(event, reference.span) {
            return Some(Number::Rank(event.id, scale?, reference.span));
        }
        let name = self.event_name(event.id);
        self.complain(
            Diagnostic::at(
                Code::E036,
                reference.span,
                format!("the values of '{name}' are not numbers and stand on no scale"),
            )
            .help("ask  … is …,  or put the values in order:  scale s: low < high"),
        );
        None
    }

    /// An integer that is known when the scenario is compiled.
    pub(crate) fn integer(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<i64> {
        let number = self.number(expr, locals)?;
        if let Some(value) = self.known(&number).and_then(|value| value.to_i64()) {
            return Some(value);
        }
        self.complain(
            Diagnostic::at(
                Code::E035,
                expr.span,
                "a whole number is wanted here that is known before play",
            )
            .help("it may be made of integers, settings and loop counters"),
        );
        None
    }

    /// A rational that is known when the scenario is compiled: parameters stand for their base
    /// values here.
    pub(crate) fn base_value(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Rational> {
        let number = self.number(expr, locals)?;
        let Number::Formula(formula) = number else {
            self.complain(
                Diagnostic::at(Code::E035, expr.span, "this must be known before play")
                    .help("it may be made of numbers, settings, parameters and definitions"),
            );
            return None;
        };
        if let Some(value) = self.builder.formulas.constant(formula) {
            return Some(value.clone());
        }
        let point = self.base_point();
        match self.builder.formulas.interval_at(formula, &point) {
            Ok(interval) if interval.is_point() => Some(interval.low),
            Ok(interval) => {
                let grain = Rational::int(1 << 40);
                Some((interval.middle() * &grain).floor() / grain)
            }
            Err(why) => {
                self.complain(Diagnostic::at(
                    Code::E045,
                    expr.span,
                    format!("this has no value: {why}"),
                ));
                None
            }
        }
    }

    /// Expands a definition or block, refusing cycles.
    pub(crate) fn expand<T>(
        &mut self,
        name: &'a str,
        span: Span,
        inside: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.expanding.contains(&name) {
            let mut cycle: Vec<&str> =
                self.expanding.iter().skip_while(|entry| **entry != name).copied().collect();
            cycle.push(name);
            self.complain(
                Diagnostic::at(Code::E030, span, format!("'{name}' is defined by itself"))
                    .note(format!("the circle is {}", cycle.join(" → ")))
                    .help("use 'repeat' or 'each' for what happens several times"),
            );
            return None;
        }
        self.used.insert(name);
        self.expanding.push(name);
        let result = inside(self);
        self.expanding.pop();
        result
    }

    /// Looks at those arguments of a call that its definition never used.
    pub(crate) fn look_at_unused(&mut self, bound: &Locals<'a>) {
        for (argument, locals) in super::scope::unused_arguments(bound) {
            self.unused_argument(argument, &locals);
        }
    }

    /// Resolves an argument with only those definitions open that are open where it is written:
    /// `f(f(x))` is no circle, `f` defined by `g(f(x))` is one.
    pub(crate) fn where_it_stands<T>(
        &mut self,
        open: usize,
        inside: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let later = self.expanding.split_off(open.min(self.expanding.len()));
        let result = inside(self);
        self.expanding.extend(later);
        result
    }

    /// Binds the arguments of a call to names.
    pub(crate) fn bind_arguments(
        &self,
        names: &'a [crate::syntax::ast::Name],
        arguments: &'a [Expr],
        locals: &Locals<'a>,
    ) -> Locals<'a> {
        names.iter().zip(arguments).fold(None, |inner, (name, argument)| {
            let open = self.expanding.len();
            bind(&inner, &name.text, Local::Argument(argument, locals.clone(), open))
        })
    }
}
