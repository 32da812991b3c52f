//! The story: from statements to steps, with loops unrolled and blocks put in place.
//!
//! Two passes: the first finds out which events there are and what values they can have, the
//! second resolves conditions and numbers, which may speak of events that come later in the text.

use super::scope::{Compiler, Declared, Local, Locals, bind};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, Body, Line, Name, Prob, Statement};
use detente_game::form::{Event, EventKind};
use detente_game::{EventId, PlayerId, Rational, ValueId};
use std::rc::Rc;

/// Most lines of the unrolled story.
const MOST_LINES: usize = 500_000;

/// A statement of the unrolled story.
#[derive(Debug)]
pub(crate) enum Flat<'a> {
    Line(&'a Line<Statement>, Locals<'a>),
    Branch(&'a ast::Branch, Vec<Vec<Flat<'a>>>, Locals<'a>),
    Together(Vec<Flat<'a>>),
}

impl<'a> Compiler<'a> {
    /// First pass: unrolls a body and declares its events.
    pub(crate) fn unroll(&mut self, body: &'a Body, locals: &Locals<'a>, flat: &mut Vec<Flat<'a>>) {
        if let Some(late) = after_stop(body) {
            self.never_reached(late, "nothing happens after 'stop'", "take it away, or 'stop'");
        }
        for line in body {
            self.lines += 1;
            let steps = if self.lines > MOST_LINES { usize::MAX } else { 1 };
            if self.spend_many(steps, line.span).is_none() {
                return;
            }
            match &line.item {
                Statement::Branch(branch) => {
                    let arms = branch.arms.iter().map(|arm| {
                        let mut inner = Vec::new();
                        self.unroll(&arm.body, locals, &mut inner);
                        inner
                    });
                    flat.push(Flat::Branch(branch, arms.collect(), locals.clone()));
                }
                Statement::Repeat(repeat) => self.unroll_repeat(repeat, locals, flat),
                Statement::Together(body) => {
                    let mut inner = Vec::new();
                    self.unroll(body, locals, &mut inner);
                    flat.push(Flat::Together(inner));
                }
                Statement::Call(call) => self.unroll_call(call, line.span, locals, flat),
                statement => {
                    self.declare(statement, line.span, locals);
                    flat.push(Flat::Line(line, locals.clone()));
                }
            }
        }
    }

    fn unroll_repeat(
        &mut self,
        repeat: &'a ast::Repeat,
        locals: &Locals<'a>,
        flat: &mut Vec<Flat<'a>>,
    ) {
        let low = self.integer(&repeat.range.low, locals);
        let high = self.integer(&repeat.range.high, locals);
        let (Some(low), Some(high)) = (low, high) else { return };
        // A setting may make a loop empty; numbers as written may not.
        let written = [&repeat.range.low, &repeat.range.high];
        if low > high && written.iter().all(|end| matches!(end.kind, ast::ExprKind::Number(_))) {
            self.never_reached(
                repeat.range.span,
                &format!("from {low} up to {high} there is nothing to repeat"),
                &format!("loops count upwards: write  {high}..{low}"),
            );
        }
        for value in low..=high {
            if self.spend(repeat.range.span).is_none() {
                return;
            }
            let counter = Local::Number(Rational::int(value));
            let inner = bind(locals, &repeat.variable.text, counter);
            self.unroll(&repeat.body, &inner, flat);
        }
    }

    fn unroll_call(
        &mut self,
        call: &'a ast::BlockCall,
        span: ast::Span,
        locals: &Locals<'a>,
        flat: &mut Vec<Flat<'a>>,
    ) {
        let Some(block) = self.blocks.get(call.name.text.as_str()).copied() else {
            let known: Vec<&str> = self.blocks.keys().copied().collect();
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    call.name.span,
                    format!("no block called '{}'", call.name.text),
                )
                .help_opt(did_you_mean(&call.name.text, known)),
            );
            return;
        };
        if block.parameters.len() != call.arguments.len() {
            self.complain(Diagnostic::at(
                Code::E037,
                span,
                format!(
                    "block '{}' takes {} arguments, here are {}",
                    call.name.text,
                    block.parameters.len(),
                    call.arguments.len()
                ),
            ));
            return;
        }
        let inner = self.bind_arguments(&block.parameters, &call.arguments, locals);
        self.block_arguments.push(inner.clone());
        self.expand(&block.name.text, span, |compiler| {
            compiler.unroll(&block.body, &inner, flat);
            Some(())
        });
    }

    fn declare(&mut self, statement: &'a Statement, span: ast::Span, locals: &Locals<'a>) {
        let is_choice = matches!(statement, Statement::Choose(_));
        let (owners, event, values): (Vec<Option<PlayerId>>, &'a ast::Event, Vec<&'a ast::Value>) =
            match statement {
                Statement::Choose(choose) => {
                    let owners: Vec<Option<PlayerId>> =
                        choose.players.iter().map(|name| self.player(name, locals)).collect();
                    // A misspelt player has been complained about; the event is declared all the
                    // same, so that one mistake is not said many times.
                    (owners, &choose.event, choose.options.iter().map(|o| &o.value).collect())
                }
                Statement::Chance(chance) => {
                    (vec![None], &chance.event, values_of(&chance.probabilities))
                }
                Statement::Draw(draw) => (vec![None], &draw.event, draw.values.iter().collect()),
                Statement::Signal(signal) => {
                    let cases = signal.cases.iter();
                    let values = cases.flat_map(|case| values_of(&case.probabilities)).collect();
                    (vec![None], &signal.event, values)
                }
                _ => return,
            };
        let Some(name) = self.meant(&event.name, locals) else { return };
        let known = |owner: &Option<PlayerId>| owner.is_some() || !is_choice;
        if owners.iter().all(known) {
            self.name_is_clear(name, &owners);
        }
        let values: Vec<Option<ValueId>> =
            values.into_iter().map(|value| self.value_meant(value, locals)).collect();
        for owner in owners {
            let Some(id) = self.event_id(event, owner, locals) else { continue };
            self.add_values(name, id, owner, values.iter().flatten());
            self.questions.entry(id).or_insert(span);
            if let Statement::Choose(choose) = statement {
                self.label_options(id, &values, choose);
            }
        }
    }

    /// Keeps the descriptions of options.
    fn label_options(&mut self, id: EventId, values: &[Option<ValueId>], choose: &ast::Choose) {
        for (value, option) in values.iter().zip(&choose.options) {
            if let (Some(value), Some(text)) = (value, &option.description) {
                self.labels.entry((id, *value)).or_insert_with(|| text.value.clone());
            }
        }
    }

    fn add_values<'v>(
        &mut self,
        name: &Name,
        id: EventId,
        owner: Option<PlayerId>,
        values: impl Iterator<Item = &'v ValueId>,
    ) {
        let index = self.builder.form.form().event(id).index;
        let family = self.events.entry(name.text.clone()).or_default();
        family.owners.insert(owner);
        let declared = family.by_index.entry(index).or_default();
        let place = declared.iter().position(|known| known.id == id).unwrap_or_else(|| {
            declared.push(Declared { id, owner, index, values: Rc::default() });
            declared.len() - 1
        });
        let known = Rc::make_mut(&mut declared[place].values);
        for value in values {
            known.insert(*value);
        }
    }

    /// Complains of events whose name means something else already.
    fn name_is_clear(&mut self, name: &Name, owners: &[Option<PlayerId>]) {
        let what = if self.param_ids.contains_key(&name.text) {
            "a parameter"
        } else if self.settings.contains_key(&name.text) {
            "a setting"
        } else if self.defines.contains_key(name.text.as_str()) {
            "a definition"
        } else if self.players.contains_key(&name.text) {
            "a player"
        } else {
            return self.one_sort(name, owners);
        };
        self.complain(
            Diagnostic::at(
                Code::E019,
                name.span,
                format!("'{}' is already the name of {what}", name.text),
            )
            .help("give one of them another name"),
        );
    }

    /// An event of chance and a choice of one name could not be told apart.
    fn one_sort(&mut self, name: &Name, owners: &[Option<PlayerId>]) {
        let Some(family) = self.events.get(&name.text) else { return };
        let (by_chance, by_choice) =
            (family.owners.contains(&None), family.owners.iter().any(Option::is_some));
        let mixed = owners.iter().any(|owner| if owner.is_none() { by_choice } else { by_chance });
        if mixed {
            self.complain(
                Diagnostic::at(
                    Code::E019,
                    name.span,
                    format!("'{}' is both a choice and an event of chance", name.text),
                )
                .help("give one of them another name"),
            );
        }
    }

    pub(crate) fn event_id(
        &mut self,
        event: &'a ast::Event,
        owner: Option<PlayerId>,
        locals: &Locals<'a>,
    ) -> Option<EventId> {
        let index = match &event.index {
            Some(index) => Some(self.integer(index, locals)?),
            None => None,
        };
        let kind = if owner.is_some() { EventKind::Choice } else { EventKind::Chance };
        let name = self.meant(&event.name, locals)?.text.clone();
        Some(self.builder.form.event(Event { owner, name, index, kind }))
    }
}

/// The first statement after a `stop`, if there is one.
fn after_stop(body: &Body) -> Option<ast::Span> {
    let stop = body.iter().position(|line| matches!(line.item, Statement::Stop))?;
    body.lines.get(stop + 1).map(|line| line.span)
}

fn values_of(probabilities: &[Prob]) -> Vec<&ast::Value> {
    probabilities.iter().map(|prob| &prob.value).collect()
}
