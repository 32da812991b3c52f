//! Second pass over the story: statements become steps, names in them ids.

use super::ir::{Audience, Branch, Case, Chance, Cond, MenuOption, Step, ViewOf};
use super::references::Indices;
use super::scope::{Compiler, Locals, Setting};
use super::story::Flat;
use super::values::Domain;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{self, ExprKind, Line, Name, Prob, Statement, Viewers, Weight};
use detente_game::form::Stake;
use detente_game::{PlayerId, Rational};
use std::rc::Rc;

/// What parameters may not decide.
const SHAPE: &str = "what happens in the story";
const SHOWN: &str = "what a player is shown";

impl<'a> Compiler<'a> {
    /// Second pass: resolves an unrolled body.
    pub(crate) fn steps(&mut self, flat: &[Flat<'a>], steps: &mut Vec<Step>) {
        for item in flat {
            match item {
                Flat::Together(inner) => {
                    let mut together = Vec::new();
                    self.steps(inner, &mut together);
                    steps.push(Step::Together(together.into()));
                }
                Flat::Branch(branch, arms, locals) => self.branch(branch, arms, locals, 0, steps),
                Flat::Line(line, locals) => {
                    // A line that does not resolve has been complained about.
                    let _ = self.step(line, locals, steps);
                }
            }
        }
    }

    fn branch(
        &mut self,
        branch: &'a ast::Branch,
        arms: &[Vec<Flat<'a>>],
        locals: &Locals<'a>,
        place: usize,
        steps: &mut Vec<Step>,
    ) {
        let (Some(arm), Some(inner)) = (branch.arms.get(place), arms.get(place)) else { return };
        let mut then = Vec::new();
        self.steps(inner, &mut then);
        let Some(condition) = &arm.condition else {
            steps.extend(then);
            return;
        };
        let cond = self.shaping_condition(condition, locals, SHAPE);
        let mut otherwise = Vec::new();
        self.branch(branch, arms, locals, place + 1, &mut otherwise);
        match cond {
            Some(Cond::Known(true)) => steps.extend(then),
            Some(Cond::Known(false)) => steps.extend(otherwise),
            Some(cond) => {
                let id = self.branch_spans.len();
                self.branch_spans.push(condition.span);
                steps.push(Step::If { id, cond, then: then.into(), otherwise: otherwise.into() });
            }
            None => {}
        }
    }

    /// A condition that may not read parameters, because it decides `what`.
    pub(crate) fn shaping_condition(
        &mut self,
        condition: &'a ast::Expr,
        locals: &Locals<'a>,
        what: &str,
    ) -> Option<Cond> {
        let cond = self.condition(condition, locals)?;
        let formulas = &self.builder.formulas;
        if cond.reads(&|formula| formulas.constant(formula).is_none()) {
            let culprit = self.param_in(condition);
            self.complain(
                Diagnostic::at(
                    Code::E071,
                    condition.span,
                    format!("'{culprit}' may not decide {what}"),
                )
                .help("make it a setting, or a signal that is seen")
                .note("the tree is the same at every value of the parameters"),
            );
            return None;
        }
        Some(cond)
    }

    fn param_in(&self, expr: &ast::Expr) -> String {
        let mut names = Vec::new();
        super::lints::names_in(expr, &mut names);
        names
            .into_iter()
            .map(|name| &name.text)
            .find(|name| {
                self.param_ids.contains_key(*name) || self.defines.contains_key(name.as_str())
            })
            .cloned()
            .unwrap_or_else(|| "a parameter".to_owned())
    }

    fn step(
        &mut self,
        line: &'a Line<Statement>,
        locals: &Locals<'a>,
        steps: &mut Vec<Step>,
    ) -> Option<()> {
        match &line.item {
            Statement::Choose(choose) => self.choose(choose, line.span, locals, steps)?,
            Statement::Chance(chance) => {
                let event = self.event_id(&chance.event, None, locals)?;
                let audience = self.chance_audience(
                    chance.audience.as_ref(),
                    &chance.event,
                    line.span,
                    locals,
                );
                let branches = self.branches(&chance.probabilities, locals)?;
                let span = span_of(&chance.probabilities, line.span);
                let cases = vec![Case { condition: Cond::Known(true), branches, span }];
                steps.push(Step::Lottery { event, cases, audience: audience?, span: line.span });
            }
            Statement::Draw(draw) => {
                let event = self.event_id(&draw.event, None, locals)?;
                let audience =
                    self.chance_audience(draw.audience.as_ref(), &draw.event, line.span, locals);
                let values: Option<Vec<_>> =
                    draw.values.iter().map(|value| self.value_meant(value, locals)).collect();
                let values = values?;
                let mut except = Vec::new();
                for reference in &draw.except {
                    let events = self.events(reference, locals, Indices::All)?;
                    except.extend(events.found.iter().map(|event| event.id));
                }
                let audience = audience?;
                steps.push(Step::Draw { event, values, except, audience, span: line.span });
            }
            Statement::Signal(signal) => self.signal(signal, line.span, locals, steps)?,
            Statement::Reveal(reveal) => {
                let events = self.events(&reveal.subject, locals, Indices::One)?;
                let to = match reveal.to.as_slice() {
                    [] => self.builder.form.form().player_ids().collect(),
                    names => self.player_list(names, locals)?,
                };
                if events.found.is_empty() {
                    self.complain(
                        Diagnostic::at(
                            Code::E044,
                            reveal.subject.span,
                            "what is revealed never happens",
                        )
                        .help("reveal what has an index of the loop"),
                    );
                    return None;
                }
                let events = events.found.iter().map(|event| event.id).collect();
                steps.push(Step::Reveal { events, to, span: line.span });
            }
            Statement::Gain(gain) => {
                let players = self.player_list(std::slice::from_ref(&gain.player), locals)?;
                let mut amount = self.number(&gain.amount, locals)?;
                if gain.loses {
                    let zero = self.constant(Rational::ZERO);
                    let op = detente_game::formula::BinaryOp::Sub;
                    amount = self.binary(op, zero, amount, gain.amount.span)?;
                }
                let stake_name = self.meant(&gain.stake, locals)?.text.clone();
                for player in players {
                    let name = stake_name.clone();
                    let stake = self.builder.form.stake(Stake { player, name });
                    let (amount, span) = (amount.clone(), gain.amount.span);
                    steps.push(Step::Gain { stake, amount, span });
                }
            }
            Statement::Stop => steps.push(Step::Stop),
            Statement::Branch(_)
            | Statement::Repeat(_)
            | Statement::Together(_)
            | Statement::Call(_) => unreachable!("unrolled in the first pass"),
        }
        Some(())
    }

    fn choose(
        &mut self,
        choose: &'a ast::Choose,
        span: ast::Span,
        locals: &Locals<'a>,
        steps: &mut Vec<Step>,
    ) -> Option<()> {
        let mut menu = Vec::new();
        let mut met = Domain::default();
        for option in &choose.options {
            let value = self.value_meant(&option.value, locals)?;
            if !met.insert(value) {
                self.complain(Diagnostic::at(
                    Code::E019,
                    option.value.span,
                    format!("the option '{}' stands twice", option.value.text),
                ));
                return None;
            }
            let condition = match &option.condition {
                Some(condition) => Some(self.shaping_condition(condition, locals, SHAPE)?),
                None => None,
            };
            menu.push(MenuOption { value, condition });
        }
        let everybody: Vec<PlayerId> = self.builder.form.form().player_ids().collect();
        let mut choices = Vec::new();
        for name in &choose.players {
            let player = self.player(name, locals)?;
            let question = self.event_id(&choose.event, Some(player), locals)?;
            let audience = match &choose.audience {
                Some(said) => self.audience(said, locals)?,
                None => Audience {
                    players: if choose.secretly.is_some() { Vec::new() } else { everybody.clone() },
                    view: ViewOf::Value,
                },
            };
            choices.push(Step::Choose { player, question, menu: menu.clone(), audience, span });
        }
        if choices.len() == 1 {
            steps.append(&mut choices);
        } else {
            steps.push(Step::Together(choices.into()));
        }
        Some(())
    }

    fn signal(
        &mut self,
        signal: &'a ast::Signal,
        span: ast::Span,
        locals: &Locals<'a>,
        steps: &mut Vec<Step>,
    ) -> Option<()> {
        let event = self.event_id(&signal.event, None, locals)?;
        let audience = self.chance_audience(signal.audience.as_ref(), &signal.event, span, locals);
        let mut cases = Vec::new();
        for case in &signal.cases {
            let cond = match &case.condition {
                Some(condition) => self.shaping_condition(condition, locals, SHAPE),
                None => Some(Cond::Known(true)),
            };
            let branches = self.branches(&case.probabilities, locals);
            let (condition, branches) = (cond?, branches?);
            cases.push(Case { condition, branches, span: span_of(&case.probabilities, span) });
        }
        steps.push(Step::Lottery { event, cases, audience: audience?, span });
        Some(())
    }

    pub(crate) fn branches(
        &mut self,
        written: &'a [Prob],
        locals: &Locals<'a>,
    ) -> Option<Vec<Branch>> {
        let mut rests = 0;
        let mut branches = Vec::new();
        let mut met = Domain::default();
        for prob in written {
            let value = self.value_meant(&prob.value, locals)?;
            if !met.insert(value) {
                self.complain(Diagnostic::at(
                    Code::E019,
                    prob.value.span,
                    format!("'{}' stands twice", prob.value.text),
                ));
                return None;
            }
            let chance = match &prob.weight {
                Weight::Rest(span) => {
                    rests += 1;
                    if rests > 1 {
                        self.complain(
                            Diagnostic::at(Code::E042, *span, "'rest' can stand once only")
                                .help("give all the others a number"),
                        );
                        return None;
                    }
                    Chance::Rest
                }
                Weight::Expr(expr) => Chance::Number(self.number(expr, locals)?),
            };
            branches.push(Branch { value, chance, span: prob.weight.span() });
        }
        Some(branches)
    }

    fn chance_audience(
        &mut self,
        said: Option<&'a ast::Audience>,
        event: &ast::Event,
        span: ast::Span,
        locals: &Locals<'a>,
    ) -> Option<Audience> {
        if let Some(said) = said {
            return self.audience(said, locals);
        }
        self.complain(
            Diagnostic::at(Code::E020, span.after(), format!("who sees '{}'?", event.name.text))
                .help("end the line with  seen by all,  seen by nobody,  or  seen by <players>")
                .note(
                    "a choice is public unless it says 'secretly'; for chance there is no default",
                ),
        );
        None
    }

    fn audience(&mut self, said: &'a ast::Audience, locals: &Locals<'a>) -> Option<Audience> {
        let players = match &said.viewers {
            Viewers::All => self.builder.form.form().player_ids().collect(),
            Viewers::Nobody => Vec::new(),
            Viewers::Players(names) => self.player_list(names, locals)?,
        };
        let view = match &said.view {
            None => ViewOf::Value,
            Some(expr) => self.view(expr, locals)?,
        };
        Some(Audience { players, view })
    }

    fn view(&mut self, expr: &'a ast::Expr, locals: &Locals<'a>) -> Option<ViewOf> {
        self.deeper(expr.span, |compiler| {
            let (expr, locals) = compiler.through_arguments(expr.unparenthesised(), locals);
            match &expr.kind {
                ExprKind::Reference(reference) => compiler.named_view(expr, reference, &locals),
                ExprKind::If { condition, then, otherwise } => {
                    let cond = compiler.shaping_condition(condition, &locals, SHOWN)?;
                    let then = compiler.view(then, &locals)?;
                    let otherwise = compiler.view(otherwise, &locals)?;
                    Some(ViewOf::If(cond, Rc::new(then), Rc::new(otherwise)))
                }
                _ => compiler.number_view(expr, &locals),
            }
        })
    }

    /// What one name shows: an event's value, a number, a text, or that it happened.
    fn named_view(
        &mut self,
        expr: &'a ast::Expr,
        reference: &'a ast::Reference,
        locals: &Locals<'a>,
    ) -> Option<ViewOf> {
        let name = &reference.name.text;
        if let Some(bare) = reference.as_bare_name() {
            if bare.text == "happened" {
                return Some(ViewOf::Happened);
            }
            let is_free = super::scope::bound(locals, name).is_none();
            if is_free && let Some(Setting::Name(word)) = self.settings.get(name).cloned() {
                return Some(ViewOf::Text(self.value(&word)));
            }
            if is_free
                && let Some(define) = self.defines.get(name.as_str()).copied()
                && define.parameters.is_empty()
            {
                return self.expand(&define.name.text, bare.span, |compiler| {
                    compiler.view(&define.value, &None)
                });
            }
            if !self.is_event_name(name, locals)
                && !self.param_ids.contains_key(name)
                && !self.settings.contains_key(name)
            {
                self.word_shown(reference);
                return Some(ViewOf::Text(self.value(name)));
            }
        }
        let is_local =
            reference.as_bare_name().is_some_and(|_| super::scope::bound(locals, name).is_some());
        let is_event = |compiler: &Self, name: &str| {
            compiler.events.contains_key(name)
                || compiler.players.contains_key(name)
                || matches!(name, "me" | "other")
        };
        if is_local || !is_event(self, &self.argument_name(&reference.name, locals).text) {
            return self.number_view(expr, locals);
        }
        let events = self.events(reference, locals, Indices::One)?;
        match events.found.as_slice() {
            [event] => Some(ViewOf::Event(event.id, reference.span)),
            _ => {
                self.complain(
                    Diagnostic::at(
                        Code::E033,
                        reference.span,
                        "one event can be shown, this may mean several or none",
                    )
                    .help("name the player and the index"),
                );
                None
            }
        }
    }

    fn number_view(&mut self, expr: &'a ast::Expr, locals: &Locals<'a>) -> Option<ViewOf> {
        let number = self.number(expr, locals)?;
        let formulas = &self.builder.formulas;
        if number.reads(&|formula| formulas.constant(formula).is_none()) {
            let culprit = self.param_in(expr);
            self.complain(
                Diagnostic::at(
                    Code::E071,
                    expr.span,
                    format!("'{culprit}' may not decide {SHOWN}"),
                )
                .help("show a setting, an event or a word"),
            );
            return None;
        }
        Some(ViewOf::Number(number, expr.span))
    }

    fn player_list(&mut self, names: &'a [Name], locals: &Locals<'a>) -> Option<Vec<PlayerId>> {
        let mut players = Vec::new();
        for name in names {
            let meant = self.argument_name(name, locals);
            match self.teams.get(&meant.text) {
                Some(team) => players.extend(team.iter().copied()),
                None => players.push(self.player(name, locals)?),
            }
        }
        players.sort_unstable();
        players.dedup();
        Some(players)
    }
}

/// From the first value to the last probability.
fn span_of(probabilities: &[Prob], line: ast::Span) -> ast::Span {
    match (probabilities.first(), probabilities.last()) {
        (Some(first), Some(last)) => first.value.span.to(last.weight.span()),
        _ => line,
    }
}
