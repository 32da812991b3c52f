//! Conditions: what must have happened, or how numbers must compare.

use super::ir::{Cond, Number};
use super::references::Indices;
use super::scope::{Compiler, Declared, Local, Locals, Setting, bound};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Expr, ExprKind, Reference, Relation, Span};
use detente_game::formula::BinaryOp;
use detente_game::{EventId, Rational, ValueId};
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
                self.expand(&define.name.text, expr.span, |compiler| {
                    compiler.condition(&define.value, &inner)
                })
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
            if let Some(Local::Argument(expr, outer, open)) = bound(locals, &name.text).cloned() {
                return self.where_it_stands(open, |compiler| compiler.condition(expr, &outer));
            }
            if let Some(define) = self.defines.get(name.text.as_str()).copied() {
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
        if let Some(known) = self.compare_words(left, relation, right) {
            return Some(Cond::Known(known));
        }
        self.same_unit(left, right, span);
        let (a, b) =
            match (self.scale_word(right, left, locals), self.scale_word(left, right, locals)) {
                (Some(right), _) => (self.number(left, locals)?, right?),
                (_, Some(left)) => (left?, self.number(right, locals)?),
                _ => {
                    let (a, b) = (self.number(left, locals), self.number(right, locals));
                    (a?, b?)
                }
            };
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
    fn compare_words(&mut self, left: &Expr, relation: Relation, right: &Expr) -> Option<bool> {
        let word = |expr: &Expr| match &expr.unparenthesised().kind {
            ExprKind::Reference(reference) => {
                reference.as_bare_name().map(|name| name.text.clone())
            }
            _ => None,
        };
        let (left, right) = (word(left)?, word(right)?);
        let meant = |word: &String| match self.settings.get(word) {
            Some(Setting::Name(value)) => Some(value.clone()),
            _ => None,
        };
        let same = match (meant(&left), meant(&right)) {
            (None, None) => return None,
            (left_value, right_value) => left_value.unwrap_or(left) == right_value.unwrap_or(right),
        };
        match relation {
            Relation::Equal => Some(same),
            Relation::NotEqual => Some(!same),
            _ => None,
        }
    }

    /// The place of `word` in the scale of the event it is compared with: `card >= Q`. `None` if
    /// this is no such comparison, `Some(None)` if the word does not stand on the scale.
    fn scale_word(
        &mut self,
        word: &'a Expr,
        event: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Option<Number>> {
        let (word, word_locals) = self.through_arguments(word.unparenthesised(), locals);
        let (event, event_locals) = self.through_arguments(event.unparenthesised(), locals);
        let (ExprKind::Reference(word), ExprKind::Reference(event)) = (&word.kind, &event.kind)
        else {
            return None;
        };
        let name = word.as_bare_name()?;
        if self.is_event_name(&name.text, &word_locals) || event.column.is_some() {
            return None;
        }
        let named = &event.name.text;
        let is_event = self.events.contains_key(named)
            || matches!(named.as_str(), "me" | "other")
            || self.players.contains_key(named);
        if !is_event {
            return None;
        }
        let Some(events) = self.events(event, &event_locals, Indices::One) else {
            return Some(None);
        };
        let scale = self.scale_of(&events.found.first()?.values)?;
        let value = self.value(&name.text);
        if let Some(place) = scale.iter().position(|entry| *entry == value) {
            return Some(Some(self.constant(Rational::int(place as i64))));
        }
        if self.means_a_number(&name.text) {
            return None;
        }
        self.not_on_scale(name, &scale);
        Some(None)
    }

    fn means_a_number(&self, name: &str) -> bool {
        self.param_ids.contains_key(name)
            || self.settings.contains_key(name)
            || self.defines.contains_key(name)
    }

    fn not_on_scale(&mut self, name: &crate::syntax::ast::Name, scale: &[ValueId]) {
        let form = self.builder.form.form();
        let known: Vec<&str> = scale.iter().map(|value| form.value(*value)).collect();
        let diagnostic = Diagnostic::at(
            Code::E011,
            name.span,
            format!("'{}' does not stand on the scale", name.text),
        )
        .help_opt(did_you_mean(&name.text, known.iter().copied()))
        .note(format!("it has {}", known.join(" < ")));
        self.complain(diagnostic);
    }

    fn is(
        &mut self,
        subject: &'a Reference,
        negated: bool,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        if let Some(name) = subject.as_bare_name()
            && let Some(setting) = self.settings.get(&name.text).cloned()
        {
            return self.setting_is(&setting, negated, value, locals);
        }
        let events = self.events(subject, locals, Indices::One)?;
        self.is_condition(&events.found, negated, value, locals)
    }

    fn setting_is(
        &mut self,
        setting: &Setting,
        negated: bool,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        let same = match setting {
            Setting::Number(number) => self.base_value(value, locals)? == *number,
            Setting::Name(word) => match &self.through_arguments(value, locals).0.kind {
                ExprKind::Reference(reference) => match self.settings.get(&reference.name.text) {
                    Some(Setting::Name(other)) => other == word,
                    _ => reference.name.text == *word,
                },
                _ => false,
            },
        };
        Some(Cond::Known(same != negated))
    }

    /// `event is value` for events found already; no events at all mean that it never happens.
    pub(crate) fn is_condition(
        &mut self,
        events: &[Declared],
        negated: bool,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        let Some(first) = events.first() else {
            self.spend(value.span)?;
            return Some(Cond::Known(false));
        };
        let mut domain: Vec<ValueId> = Vec::new();
        for value in events.iter().flat_map(|event| &event.values) {
            if !domain.contains(value) {
                domain.push(*value);
            }
        }
        let (value_expr, value_locals) = self.through_arguments(value, locals);
        if let Some(found) = self.value_in(&domain, value_expr, &value_locals) {
            let (events, values) = (ids(events), Rc::from([found]));
            return Some(if negated {
                Cond::IsNot(events, values)
            } else {
                Cond::Is(events, values)
            });
        }
        if let ExprKind::Reference(other) = &value_expr.kind
            && (self.events.contains_key(&other.name.text)
                || self.players.contains_key(&other.name.text))
        {
            let other = self.events(other, &value_locals, Indices::One)?;
            let second = other.found.first()?.id;
            let same = Cond::Same(first.id, second);
            let not = Cond::And(Rc::from([
                Cond::Happened(Rc::from([first.id])),
                Cond::Not(Rc::new(same.clone())),
            ]));
            return Some(if negated { not } else { same });
        }
        self.no_such_value(first.id, &domain, value_expr);
        None
    }

    pub(crate) fn through_arguments(
        &self,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> (&'a Expr, Locals<'a>) {
        let (mut value, mut locals) = (value, locals.clone());
        while let ExprKind::Reference(reference) = &value.kind
            && let Some(name) = reference.as_bare_name()
            && let Some(Local::Argument(inner, outer, _)) = bound(&locals, &name.text).cloned()
        {
            (value, locals) = (inner, outer);
        }
        (value, locals)
    }

    /// The value of the domain that an expression names.
    fn value_in(
        &mut self,
        domain: &[ValueId],
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<ValueId> {
        let name = match &value.kind {
            ExprKind::Reference(reference) => reference.as_bare_name().map(|name| &name.text),
            _ => None,
        };
        if let Some(name) = name
            && !matches!(bound(locals, name), Some(Local::Number(_)))
        {
            let text = name.as_str();
            let form = self.builder.form.form();
            return domain.iter().copied().find(|entry| form.value(*entry) == text);
        }
        let wanted = match &value.kind {
            ExprKind::Reference(reference) if reference.as_bare_name().is_none() => return None,
            _ => self.number(value, locals)?,
        };
        let wanted = self.known(&wanted)?;
        domain.iter().copied().find(|entry| {
            self.numbers
                .get(entry)
                .and_then(|formula| self.builder.formulas.constant(*formula))
                .is_some_and(|number| *number == wanted)
        })
    }

    fn no_such_value(&mut self, event: EventId, domain: &[ValueId], value: &Expr) {
        let form = self.builder.form.form();
        let known: Vec<&str> = domain.iter().map(|value| form.value(*value)).collect();
        let written = match &value.kind {
            ExprKind::Reference(reference) => reference.name.text.clone(),
            ExprKind::Number(text) => text.clone(),
            _ => "this".to_owned(),
        };
        let event = form.event(event);
        let diagnostic = Diagnostic::at(
            Code::E011,
            value.span,
            format!("'{written}' is not a value of '{}'", event.name),
        )
        .help_opt(did_you_mean(&written, known.iter().copied()))
        .note(format!("it can be {}", known.join(", ")));
        self.complain(super::scope::with_script_note(diagnostic, &written));
    }
}

fn ids(events: &[Declared]) -> Rc<[EventId]> {
    events.iter().map(|event| event.id).collect()
}
