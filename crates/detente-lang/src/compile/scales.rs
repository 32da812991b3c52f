//! Scales: orders of values, which make events comparable.

use super::ir::Number;
use super::scope::{Compiler, Declared, Locals};
use super::values::{Domain, listed};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, Expr, ExprKind, Name, Span};
use detente_game::formula::BinaryOp;
use detente_game::{Rational, ValueId};
use std::collections::HashMap;
use std::rc::Rc;

/// An order of values.
#[derive(Debug, PartialEq)]
pub(crate) struct Scale {
    name: String,
    values: Vec<ValueId>,
    ranks: HashMap<ValueId, i64>,
}

impl Scale {
    /// The place of a value, from 0.
    pub(crate) fn rank(&self, value: ValueId) -> Option<i64> {
        self.ranks.get(&value).copied()
    }

    fn holds(&self, domain: &Domain) -> bool {
        domain.iter().all(|value| self.ranks.contains_key(&value))
    }

    /// Whether both scales put the values of the domain in one order.
    fn agrees(&self, other: &Self, domain: &Domain) -> bool {
        let order = |scale: &Self| {
            let mut values: Vec<ValueId> = domain.iter().collect();
            values.sort_by_key(|value| scale.rank(*value));
            values
        };
        order(self) == order(other)
    }
}

impl<'a> Compiler<'a> {
    pub(crate) fn scale(&mut self, scale: &'a ast::Scale) {
        if self.scales.iter().any(|known| known.name == scale.name.text) {
            self.twice(&scale.name, "scale");
        }
        let (mut values, mut ranks) = (Vec::new(), HashMap::new());
        for value in &scale.values {
            let id = self.value(&value.text);
            if ranks.contains_key(&id) {
                self.complain(
                    Diagnostic::at(
                        Code::E019,
                        value.span,
                        format!("'{}' stands twice on the scale", value.text),
                    )
                    .help("take one of them away"),
                );
                continue;
            }
            ranks.insert(id, values.len() as i64);
            values.push(id);
        }
        let name = scale.name.text.clone();
        self.scales.push(Rc::new(Scale { name, values, ranks }));
    }

    /// The scale that an event's values stand on: the one made of just these values, or else the
    /// first that has them all. `None` if there is none, `Some(None)`, with a complaint, if two
    /// scales have them in different orders.
    pub(crate) fn scale_of(&mut self, event: &Declared, span: Span) -> Option<Option<Rc<Scale>>> {
        let domain = &event.values;
        let fitting: Vec<&Rc<Scale>> =
            self.scales.iter().filter(|scale| scale.holds(domain)).collect();
        let least = fitting.iter().map(|scale| scale.values.len()).min()?;
        let mut closest = fitting.into_iter().filter(|scale| scale.values.len() == least);
        let first = Rc::clone(closest.next()?);
        let Some(other) = closest.find(|other| !first.agrees(other, domain)) else {
            return Some(Some(first));
        };
        let (one, other) = (first.name.clone(), other.name.clone());
        let name = self.event_name(event.id);
        self.complain(
            Diagnostic::at(
                Code::E036,
                span,
                format!("the scales '{one}' and '{other}' put the values of '{name}' in different orders"),
            )
            .help("give the values of one of the scales other names"),
        );
        Some(None)
    }

    /// The scale that a number is a place on, if it is one.
    fn scale_in(number: &Number) -> Option<&Rc<Scale>> {
        match number {
            Number::Rank(_, scale, _) => Some(scale),
            Number::If(_, then, otherwise) => {
                Self::scale_in(then).or_else(|| Self::scale_in(otherwise))
            }
            Number::Binary(BinaryOp::Min | BinaryOp::Max, a, b, _) => {
                Self::scale_in(a).or_else(|| Self::scale_in(b))
            }
            _ => None,
        }
    }

    /// The two sides of a comparison. A word may stand for its place on the scale of the other
    /// side: `card >= Q`.
    pub(crate) fn sides(
        &mut self,
        left: &'a Expr,
        right: &'a Expr,
        span: Span,
        locals: &Locals<'a>,
    ) -> Option<(Number, Number)> {
        let word = |compiler: &Self, expr: &'a Expr| {
            let (expr, locals) = compiler.through_arguments(expr.unparenthesised(), locals);
            match &expr.kind {
                ExprKind::Reference(reference) => reference
                    .as_bare_name()
                    .filter(|name| !compiler.is_event_name(&name.text, &locals)),
                _ => None,
            }
        };
        let unless_number =
            |name: Option<&'a Name>| name.filter(|name| !self.means_a_number(&name.text));
        let words = match (word(self, left), word(self, right)) {
            (Some(a), Some(b)) => (unless_number(Some(a)), unless_number(Some(b))),
            words => words,
        };
        let (a, b) = match words {
            (None, Some(name)) => {
                let a = self.number(left, locals)?;
                let b = self.place_of_word(name, right, &a, locals)?;
                (a, b)
            }
            (Some(name), None) => {
                let b = self.number(right, locals)?;
                (self.place_of_word(name, left, &b, locals)?, b)
            }
            _ => {
                let (a, b) = (self.number(left, locals), self.number(right, locals));
                (a?, b?)
            }
        };
        self.on_one_scale(a, b, span)
    }

    /// The place of a word on the scale of what it is compared with, or what it means otherwise.
    fn place_of_word(
        &mut self,
        name: &Name,
        word: &'a Expr,
        compared: &Number,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        let Some(scale) = Self::scale_in(compared).cloned() else {
            return self.number(word, locals);
        };
        let value = self.value(&name.text);
        if let Some(place) = scale.rank(value) {
            return Some(self.constant(Rational::int(place)));
        }
        if self.means_a_number(&name.text) {
            return self.number(word, locals);
        }
        let domain = scale.values.iter().copied().collect();
        let known = self.value_texts(&domain);
        let scale_name = &scale.name;
        self.complain(
            Diagnostic::at(
                Code::E011,
                name.span,
                format!("'{}' does not stand on the scale '{scale_name}'", name.text),
            )
            .help_opt(did_you_mean(&name.text, known.iter().map(String::as_str)))
            .note(format!("it has {}", listed(&known, " < "))),
        );
        None
    }

    /// Refuses to compare places on two scales; events whose values stand on several scales are
    /// compared on one that they share.
    fn on_one_scale(&mut self, a: Number, b: Number, span: Span) -> Option<(Number, Number)> {
        let (Some(first), Some(second)) = (Self::scale_in(&a), Self::scale_in(&b)) else {
            return Some((a, b));
        };
        if first == second {
            return Some((a, b));
        }
        if let (Number::Rank(left, _, left_span), Number::Rank(right, _, right_span)) = (&a, &b) {
            let domain: Option<Domain> = self
                .declared(*left)
                .zip(self.declared(*right))
                .map(|(left, right)| left.values.iter().chain(right.values.iter()).collect());
            let shared = domain
                .and_then(|domain| self.scales.iter().find(|scale| scale.holds(&domain)).cloned());
            if let Some(scale) = shared {
                let left = Number::Rank(*left, Rc::clone(&scale), *left_span);
                return Some((left, Number::Rank(*right, scale, *right_span)));
            }
        }
        let (first, second) = (first.name.clone(), second.name.clone());
        self.complain(
            Diagnostic::at(
                Code::E036,
                span,
                format!("the scales '{first}' and '{second}' cannot be compared with each other"),
            )
            .help("put all the values on one scale, or compare each with values of its own scale"),
        );
        None
    }
}
