//! Built-in functions. A new one is a row in [`Compiler::call`].

use super::ir::{Cond, Number};
use super::references::Indices;
use super::scope::{Compiler, Local, Locals, bind};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Expr, ExprKind, Name, Span};
use detente_game::formula::{BinaryOp, Formula, RealFunction};
use detente_game::{FormulaId, Rational};
use std::rc::Rc;

/// Names of all built-in functions, for suggestions and for editors.
pub const BUILT_INS: &[&str] = &[
    "count", "min", "max", "sum", "product", "pow", "choose", "floor", "ceil", "abs", "approx",
    "sqrt", "exp", "log", "sin", "cos", "pi", "power",
];

/// Largest numbers that powers may make, in bits; a parameter counts as one of 32 bits.
const LARGEST_POWER: u64 = 400_000;

/// Largest upper number of a binomial.
const LARGEST_BINOMIAL: i64 = 10_000;

/// Most terms of one `sum` or `product` over a range.
const MOST_TERMS: i64 = 100_000;

impl<'a> Compiler<'a> {
    /// `function(arguments)` as a number.
    pub(crate) fn call(
        &mut self,
        function: &'a Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        if let Some(define) = self.defines.get(function.text.as_str()).copied() {
            self.arity(function, arguments.len(), define.parameters.len(), span)?;
            let inner = self.bind_arguments(&define.parameters, arguments, locals);
            let number = self
                .expand(&define.name.text, span, |compiler| compiler.number(&define.value, &inner));
            self.look_at_unused(&inner);
            return number;
        }
        match function.text.as_str() {
            "count" => self.count(arguments, locals),
            "min" => self.fold(BinaryOp::Min, function, arguments, span, locals),
            "max" => self.fold(BinaryOp::Max, function, arguments, span, locals),
            "sum" => self.over_range(BinaryOp::Add, function, arguments, span, locals),
            "product" => self.over_range(BinaryOp::Mul, function, arguments, span, locals),
            "pow" => self.integer_power(function, arguments, span, locals),
            "choose" => self.binomial(function, arguments, span, locals),
            "floor" | "ceil" | "abs" => self.one_number(function, arguments, span, locals),
            "approx" => {
                self.arity(function, arguments.len(), 1, span)?;
                self.approximating += 1;
                let inner = self.number(&arguments[0], locals);
                self.approximating -= 1;
                inner
            }
            "sqrt" | "exp" | "log" | "sin" | "cos" | "pi" | "power" => {
                self.real(function, arguments, span, locals)
            }
            _ => self.unknown_function(function),
        }
    }

    fn unknown_function<T>(&mut self, function: &Name) -> Option<T> {
        let known: Vec<&str> =
            BUILT_INS.iter().copied().chain(self.defines.keys().copied()).collect();
        self.complain(
            Diagnostic::at(
                Code::E038,
                function.span,
                format!("no function is called '{}'", function.text),
            )
            .help_opt(did_you_mean(&function.text, known))
            .help(format!("functions are {}, and those of 'define'", BUILT_INS.join(", "))),
        );
        None
    }

    fn arity(&mut self, function: &Name, given: usize, wanted: usize, span: Span) -> Option<()> {
        if given == wanted {
            return Some(());
        }
        let name = &function.text;
        let plural = if wanted == 1 { "" } else { "s" };
        self.complain(Diagnostic::at(
            Code::E037,
            span,
            format!("'{name}' takes {wanted} argument{plural}, here are {given}"),
        ));
        None
    }

    fn numbers(&mut self, arguments: &'a [Expr], locals: &Locals<'a>) -> Option<Vec<Number>> {
        let all: Vec<Option<Number>> =
            arguments.iter().map(|argument| self.number(argument, locals)).collect();
        all.into_iter().collect()
    }

    fn fold(
        &mut self,
        op: BinaryOp,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        if arguments.is_empty() {
            self.arity(function, 0, 1, span)?;
        }
        for later in arguments.iter().skip(1) {
            self.same_unit(&arguments[0], later, span, locals);
        }
        let mut numbers = self.numbers(arguments, locals)?.into_iter();
        let first = numbers.next()?;
        numbers.try_fold(first, |total, number| self.binary(op, total, number, span))
    }

    /// `sum(a, b, …)`, or `sum(j, low, high, term)`: a bare name in the first of four places is a
    /// counter of its own, whatever else bears that name, so that a library's sum means the same
    /// in every scenario.
    fn over_range(
        &mut self,
        op: BinaryOp,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        let [first, low, high, term] = arguments else {
            return self.fold(op, function, arguments, span, locals);
        };
        let ExprKind::Reference(reference) = &first.kind else {
            return self.fold(op, function, arguments, span, locals);
        };
        let Some(counter) = reference.as_bare_name() else {
            return self.fold(op, function, arguments, span, locals);
        };
        let (low, high) = (
            self.bound_of_counter(counter, low, locals),
            self.bound_of_counter(counter, high, locals),
        );
        let (low, high) = (low?, high?);
        if high.saturating_sub(low) >= MOST_TERMS {
            self.complain(
                Diagnostic::at(
                    Code::E018,
                    span,
                    format!("more than {MOST_TERMS} terms are too many"),
                )
                .help("shorten the range"),
            );
            return None;
        }
        let mut terms = Vec::new();
        for value in low..=high {
            let inner = bind(locals, &counter.text, Local::Number(Rational::int(value)));
            terms.push(self.number(term, &inner)?);
        }
        self.balanced(op, terms, span)
    }

    /// An end of the range of a counter.
    fn bound_of_counter(
        &mut self,
        counter: &Name,
        bound: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<i64> {
        let number = self.number(bound, locals)?;
        if let Some(value) = self.known(&number).and_then(|value| value.to_i64()) {
            return Some(value);
        }
        let name = &counter.text;
        self.complain(
            Diagnostic::at(
                Code::E035,
                bound.span,
                format!("'{name}' counts from one whole number to another here"),
            )
            .help("the numbers may be made of integers, settings and loop counters")
            .note(format!("to add or multiply four numbers, write the first as  ({name})")),
        );
        None
    }

    /// All terms joined two by two: exact partial sums of long ranges stay short that way.
    fn balanced(&mut self, op: BinaryOp, mut terms: Vec<Number>, span: Span) -> Option<Number> {
        if terms.is_empty() {
            let neutral = if op == BinaryOp::Add { Rational::ZERO } else { Rational::ONE };
            return Some(self.constant(neutral));
        }
        while terms.len() > 1 {
            let mut joined = Vec::with_capacity(terms.len().div_ceil(2));
            let mut rest = terms.into_iter();
            while let Some(left) = rest.next() {
                joined.push(match rest.next() {
                    Some(right) => self.binary(op, left, right, span)?,
                    None => left,
                });
            }
            terms = joined;
        }
        terms.pop()
    }

    fn integer_power(
        &mut self,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        self.arity(function, arguments.len(), 2, span)?;
        let base = self.number(&arguments[0], locals)?;
        let exponent = self.integer(&arguments[1], locals)?;
        if exponent.unsigned_abs() > 10_000 {
            self.complain(Diagnostic::at(
                Code::E018,
                span,
                "an exponent beyond 10000 is too large",
            ));
            return None;
        }
        let size = self.size(&base, 1 + LARGEST_POWER / exponent.unsigned_abs().max(1));
        if size.saturating_mul(exponent.unsigned_abs()) > LARGEST_POWER {
            self.complain(
                Diagnostic::at(Code::E018, span, "this power is too large")
                    .help("powers of powers grow beyond all bounds; take a smaller exponent"),
            );
            return None;
        }
        self.spend_many(exponent.unsigned_abs() as usize, span)?;
        let mut result = self.constant(Rational::ONE);
        for _ in 0..exponent.unsigned_abs() {
            result = self.binary(BinaryOp::Mul, result, base.clone(), span)?;
        }
        if exponent < 0 {
            let one = self.constant(Rational::ONE);
            return self.binary(BinaryOp::Div, one, result, span);
        }
        Some(result)
    }

    /// How large the values of a number may become, in bits; an upper bound, given up at `enough`.
    fn size(&self, number: &Number, enough: u64) -> u64 {
        match number {
            Number::Formula(formula) => self.formula_size(*formula, enough),
            Number::Event(..) | Number::Rank(..) | Number::Count(_) => 32,
            Number::Binary(_, a, b, _) => {
                let first = self.size(a, enough);
                if first > enough { first } else { first.saturating_add(self.size(b, enough)) }
            }
            Number::Floor(a) => self.size(a, enough),
            Number::Real(..) => 128,
            Number::If(_, a, b) => self.size(a, enough).max(self.size(b, enough)),
        }
    }

    fn formula_size(&self, formula: FormulaId, enough: u64) -> u64 {
        let (mut open, mut size) = (vec![formula], 0_u64);
        while let Some(formula) = open.pop() {
            size += match self.builder.formulas.get(formula) {
                Formula::Number(value) => value.bits() as u64,
                Formula::Param(_) => 32,
                Formula::Binary(_, a, b) => {
                    open.extend([*a, *b]);
                    1
                }
                Formula::Floor(a) => {
                    open.push(*a);
                    1
                }
                Formula::If { then, otherwise, .. } => {
                    open.extend([*then, *otherwise]);
                    1
                }
                Formula::Real(..) => 128,
            };
            if size > enough {
                break;
            }
        }
        size
    }

    fn binomial(
        &mut self,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        self.arity(function, arguments.len(), 2, span)?;
        let n = self.integer(&arguments[0], locals)?;
        let k = self.integer(&arguments[1], locals)?;
        if n > LARGEST_BINOMIAL {
            self.complain(Diagnostic::at(Code::E018, span, "this binomial is too large"));
            return None;
        }
        if k < 0 || k > n {
            return Some(self.constant(Rational::ZERO));
        }
        let k = k.min(n - k);
        let value = (1..=k).fold(Rational::ONE, |product, j| {
            product * Rational::int(n - k + j) / Rational::int(j)
        });
        Some(self.constant(value))
    }

    fn one_number(
        &mut self,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        self.arity(function, arguments.len(), 1, span)?;
        let inner = self.number(&arguments[0], locals)?;
        let zero = self.constant(Rational::ZERO);
        let negated = self.binary(BinaryOp::Sub, zero.clone(), inner.clone(), span)?;
        match function.text.as_str() {
            "floor" => Some(self.floor(inner)),
            "ceil" => {
                let floor = self.floor(negated);
                self.binary(BinaryOp::Sub, zero, floor, span)
            }
            _ => self.binary(BinaryOp::Max, inner, negated, span),
        }
    }

    fn floor(&mut self, inner: Number) -> Number {
        match inner {
            Number::Formula(formula) => Number::Formula(self.builder.formulas.floor(formula)),
            other => Number::Floor(Rc::new(other)),
        }
    }

    fn real(
        &mut self,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        let name = function.text.as_str();
        if self.approximating == 0 {
            self.complain(
                Diagnostic::at(
                    Code::E038,
                    function.span,
                    format!("'{name}' leaves the exact numbers"),
                )
                .help(format!(
                    "write  approx({name}(…));  what depends on it is marked 'not exact'"
                )),
            );
            return None;
        }
        match name {
            "pi" => {
                self.arity(function, arguments.len(), 0, span)?;
                let one = self.constant(Rational::ONE);
                Some(self.apply_real(RealFunction::Pi, one))
            }
            "power" => {
                self.arity(function, arguments.len(), 2, span)?;
                self.real_power(function, arguments, span, locals)
            }
            _ => {
                self.arity(function, arguments.len(), 1, span)?;
                let inner = self.number(&arguments[0], locals)?;
                let real = match name {
                    "sqrt" => RealFunction::Sqrt,
                    "exp" => RealFunction::Exp,
                    "log" => RealFunction::Log,
                    "sin" => RealFunction::Sin,
                    _ => RealFunction::Cos,
                };
                Some(self.apply_real(real, inner))
            }
        }
    }

    /// `exp(exponent * log(base))`, and 0 where the base is 0 and the exponent known to be
    /// positive; the exact power where the exponent is a known integer.
    fn real_power(
        &mut self,
        function: &Name,
        arguments: &'a [Expr],
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        let base = self.number(&arguments[0], locals)?;
        let exponent = self.number(&arguments[1], locals)?;
        let known = self.known(&exponent);
        if known.as_ref().is_some_and(|known| known.to_i64().is_some()) {
            return self.integer_power(function, arguments, span, locals);
        }
        let log = self.apply_real(RealFunction::Log, base.clone());
        let product = self.binary(BinaryOp::Mul, exponent, log, span)?;
        let power = self.apply_real(RealFunction::Exp, product);
        if !known.is_some_and(|known| known.is_positive()) {
            return Some(power);
        }
        let zero = self.constant(Rational::ZERO);
        Some(match (&base, &power, &zero) {
            (Number::Formula(base), Number::Formula(power), Number::Formula(zero)) => {
                let formulas = &mut self.builder.formulas;
                let test = formulas.binary(BinaryOp::Equal, *base, *zero);
                Number::Formula(formulas.choose(test, *zero, *power))
            }
            _ => {
                let test =
                    Cond::Compare(BinaryOp::Equal, Rc::new(base), Rc::new(zero.clone()), span);
                Number::If(Rc::new(test), Rc::new(zero), Rc::new(power))
            }
        })
    }

    fn apply_real(&mut self, function: RealFunction, inner: Number) -> Number {
        match inner {
            Number::Formula(formula) => {
                Number::Formula(self.builder.formulas.real(function, formula))
            }
            other => Number::Real(function, Rc::new(other)),
        }
    }

    /// `count(a, b, …)`: how many conditions hold; `count(check is visit)` counts over all
    /// indices of `check`.
    fn count(&mut self, arguments: &'a [Expr], locals: &Locals<'a>) -> Option<Number> {
        let mut conditions = Vec::new();
        for argument in arguments {
            match self.counted_events(argument, locals) {
                Some(many) => conditions.extend(many?),
                None => conditions.push(self.condition(argument, locals)?),
            }
        }
        Some(Number::Count(conditions.into()))
    }

    /// The conditions `x[i] is v` for all indices, if `argument` is `x is v` and `x` has indices.
    fn counted_events(
        &mut self,
        argument: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Option<Vec<Cond>>> {
        let ExprKind::Is { subject, negated, value } = &argument.unparenthesised().kind else {
            return None;
        };
        let name = self.argument_name(&subject.name, locals);
        let family = self.events.get(&name.text)?;
        if subject.index.is_some() || !family.is_indexed() {
            return None;
        }
        let events = self.events(subject, locals, Indices::All);
        Some(events.and_then(|events| {
            events
                .found
                .iter()
                .map(|event| {
                    self.is_condition(std::slice::from_ref(event), *negated, value, locals)
                })
                .collect()
        }))
    }
}
