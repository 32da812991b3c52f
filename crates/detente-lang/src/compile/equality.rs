//! `x is y`: an event has a value, or two events have the same.

use super::ir::Cond;
use super::references::Indices;
use super::scope::{Compiler, Declared, Local, Locals, Setting, bound};
use super::values::{Domain, listed};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Expr, ExprKind, Reference, Span};
use detente_game::{EventId, ValueId};
use std::rc::Rc;

impl<'a> Compiler<'a> {
    pub(crate) fn is(
        &mut self,
        subject: &'a Reference,
        negated: bool,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        if let Some(name) = subject.as_bare_name()
            && bound(locals, &name.text).is_none()
            && let Some(setting) = self.settings.get(&name.text).cloned()
        {
            return self.setting_is(&name.text, &setting, negated, value, locals);
        }
        let events = self.events(subject, locals, Indices::One)?;
        self.is_condition(&events.found, negated, value, locals)
    }

    fn setting_is(
        &mut self,
        name: &str,
        setting: &Setting,
        negated: bool,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<Cond> {
        let same = match setting {
            Setting::Number(number) => self.base_value(value, locals)? == *number,
            Setting::Name(word) => {
                let (value, locals) = self.through_arguments(value, locals);
                let bare = match &value.kind {
                    ExprKind::Reference(reference) => reference.as_bare_name(),
                    _ => None,
                };
                let Some(bare) = bare.filter(|bare| bound(&locals, &bare.text).is_none()) else {
                    self.complain(
                        Diagnostic::at(
                            Code::E036,
                            value.span,
                            format!("the setting '{name}' is a word, so it can be compared with words only"),
                        )
                        .help(format!("write  {name} is {word}")),
                    );
                    return None;
                };
                match self.settings.get(&bare.text) {
                    Some(Setting::Name(other)) => other == word,
                    _ => {
                        self.word_compared(name, bare);
                        bare.text == *word
                    }
                }
            }
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
        let domain = match events {
            [only] => Rc::clone(&only.values),
            several => Rc::new(several.iter().flat_map(|event| event.values.iter()).collect()),
        };
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
            && self.names_events(other, &value_locals)
        {
            let other = self.events(other, &value_locals, Indices::One)?;
            return self.same_value(events, &domain, &other.found, negated, value.span);
        }
        self.no_such_value(first.id, &domain, value_expr);
        None
    }

    /// Whether a reference means an event or a player's type.
    fn names_events(&self, reference: &Reference, locals: &Locals<'a>) -> bool {
        match reference.as_bare_name() {
            Some(name) => self.is_event_name(&name.text, locals),
            None => self.events.contains_key(&reference.name.text),
        }
    }

    /// Whether one of some events has the value of one of others.
    fn same_value(
        &mut self,
        events: &[Declared],
        domain: &Domain,
        others: &[Declared],
        negated: bool,
        span: Span,
    ) -> Option<Cond> {
        let ids_of = |events: &[Declared]| ids(events);
        if others.is_empty() {
            // The other event never happens.
            return Some(if negated { Cond::Happened(ids_of(events)) } else { Cond::Known(false) });
        }
        let theirs: Domain = others.iter().flat_map(|event| event.values.iter()).collect();
        if !theirs.iter().any(|value| domain.contains(value)) {
            let (one, other) = (self.event_name(events[0].id), self.event_name(others[0].id));
            let (mine, theirs) = (self.value_texts(domain), self.value_texts(&theirs));
            self.complain(
                Diagnostic::at(
                    Code::E011,
                    span,
                    format!(
                        "'{one}' and '{other}' have no value in common, so they are never the same"
                    ),
                )
                .note(format!("{one} can be {}", listed(&mine, ", ")))
                .note(format!("{other} can be {}", listed(&theirs, ", "))),
            );
            return None;
        }
        let same = Cond::Same(ids_of(events), ids_of(others));
        Some(if negated {
            let not = Cond::Not(Rc::new(same));
            Cond::And(Rc::from([Cond::Happened(ids_of(events)), not]))
        } else {
            same
        })
    }

    /// What an argument stands for, as far as it is itself a name bound to an argument.
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
            (value, locals) = (inner.unparenthesised(), outer);
        }
        (value, locals)
    }

    /// The value of the domain that an expression names.
    fn value_in(
        &mut self,
        domain: &Domain,
        value: &'a Expr,
        locals: &Locals<'a>,
    ) -> Option<ValueId> {
        if let ExprKind::Reference(reference) = &value.kind {
            let name = reference.as_bare_name()?;
            if !matches!(bound(locals, &name.text), Some(Local::Number(_))) {
                return self.value_named(domain, &name.text);
            }
        }
        let wanted = self.number(value, locals)?;
        let wanted = self.known(&wanted)?;
        self.value_numbered(domain, &wanted)
    }

    fn no_such_value(&mut self, event: EventId, domain: &Domain, value: &Expr) {
        let known = self.value_texts(domain);
        let written = match &value.kind {
            ExprKind::Reference(reference) => reference.name.text.clone(),
            ExprKind::Number(text) => text.clone(),
            _ => "this".to_owned(),
        };
        let event = self.builder.form.form().event(event);
        let diagnostic = Diagnostic::at(
            Code::E011,
            value.span,
            format!("'{written}' is not a value of '{}'", event.name),
        )
        .help_opt(did_you_mean(&written, known.iter().map(String::as_str)))
        .note(format!("it can be {}", listed(&known, ", ")));
        self.complain(super::scope::with_script_note(diagnostic, &written));
    }
}

pub(crate) fn ids(events: &[Declared]) -> Rc<[EventId]> {
    events.iter().map(|event| event.id).collect()
}
