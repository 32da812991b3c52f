//! `question`: what is to be worked out, resolved against the form.

use super::is_condition;
use super::scope::Compiler;
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, AnswerKind, Expr, ExprKind, Name, Span, Text};
use detente_game::ParamId;
use detente_game::question::{Ask, AskKind, Event, Question};

/// What a question may refer to beside the game.
pub(crate) struct Around<'t> {
    /// The titles of all variants.
    pub what_ifs: &'t [&'t str],
    /// The titles of all claims that some equilibrium exists.
    pub claims: &'t [&'t str],
    /// The text at a place, on one line.
    pub text_of: &'t dyn Fn(Span) -> String,
    /// Whether lines that cannot be understood are passed over: the form is not the author's own.
    pub spares: bool,
}

impl<'a> Compiler<'a> {
    /// One `question`. All its lines are looked at, also after a mistake.
    pub(crate) fn question(
        &mut self,
        question: &'a ast::Question,
        span: Span,
        around: &Around<'_>,
    ) -> Option<Question> {
        let mut asks = Vec::new();
        for line in &question.answers {
            // The line's own place has its 'with' too.
            let answer: &ast::Answer = line;
            let before = self.diagnostics.len();
            let text = (around.text_of)(answer.span);
            let ask = self.ask(answer, text.clone(), around);
            if ask.is_none() && around.spares {
                self.take_back(before);
                let kind = AskKind::Elsewhere;
                asks.push(Some(Ask { text, with: Vec::new(), kind }));
            } else {
                asks.push(ask);
            }
        }
        let asks = asks.into_iter().collect::<Option<_>>()?;
        let title = question.title.value.clone();
        Some(Question { title, span: (span.start, span.end), asks })
    }

    fn ask(&mut self, answer: &'a ast::Answer, text: String, around: &Around<'_>) -> Option<Ask> {
        let with = self.assignments(answer.with.iter())?;
        // Under other settings the line speaks of another tree; there it is resolved again.
        self.slips.elsewhere = with.iter().any(|set| self.is_elsewhere(set));
        let kind = self.ask_kind(&answer.kind, around);
        self.slips.elsewhere = false;
        Some(Ask { text, with, kind: kind? })
    }

    fn ask_kind(&mut self, kind: &'a AnswerKind, around: &Around<'_>) -> Option<AskKind> {
        Some(match kind {
            AnswerKind::Number(number) if is_condition(number) => {
                self.complain(
                    Diagnostic::at(
                        Code::E072,
                        number.span,
                        "a question asks for a number, not whether something holds",
                    )
                    .help("ask for the number itself, such as  P(…),  or claim it by  expect"),
                );
                return None;
            }
            AnswerKind::Number(number) => {
                let of = event_of(number, around);
                AskKind::Number { quantity: self.quantity(number, &None)?, of }
            }
            AnswerKind::Belief { player, about, after } => {
                let who = self.player(player, &None)?;
                let condition = self.condition(about, &None)?;
                let ends = self.ends_where(&condition, about.span)?;
                let wholly = self.after(player, after, &None)?;
                let given = after.iter().map(|one| (around.text_of)(one.span));
                let given: Vec<String> = given.collect();
                let given = (!given.is_empty()).then(|| given.join(" and "));
                let of = Event { event: (around.text_of)(about.span), given };
                AskKind::Belief { player: who, about: ends, after: wholly, of }
            }
            AnswerKind::Payoff(player) => AskKind::Payoff(self.player(player, &None)?),
            AnswerKind::Thresholds { param, claim } => {
                let id = self.param_called(param);
                let claim = match claim {
                    Some(title) => Some(self.titled(title, around.claims, "expect … exists")?),
                    None => None,
                };
                AskKind::Thresholds { param: id?, claim }
            }
            AnswerKind::Assumptions => AskKind::Assumptions,
            AnswerKind::Information(player) => AskKind::Information(self.player(player, &None)?),
            AnswerKind::WhatIf(title) => {
                AskKind::WhatIf(self.titled(title, around.what_ifs, "whatif")?)
            }
            AnswerKind::See(file) => AskKind::See(file.value.clone()),
        })
    }

    /// The parameter of a name; complains if there is none.
    pub(crate) fn param_called(&mut self, param: &Name) -> Option<ParamId> {
        if let Some(&id) = self.param_ids.get(&param.text) {
            return Some(id);
        }
        let known: Vec<&str> = self.param_ids.keys().map(String::as_str).collect();
        self.complain(
            Diagnostic::at(Code::E010, param.span, format!("no parameter called '{}'", param.text))
                .help_opt(did_you_mean(&param.text, known)),
        );
        None
    }

    /// The title of a section of a kind; complains if there is none of this title.
    fn titled(&mut self, title: &Text, known: &[&str], kind: &str) -> Option<String> {
        if known.contains(&title.value.as_str()) {
            return Some(title.value.clone());
        }
        let help = did_you_mean(&title.value, known.iter().copied());
        let message = format!("no '{kind}' has this title");
        self.complain(
            Diagnostic::at(Code::E072, title.span, message)
                .help_opt(help)
                .help("write a title as it stands elsewhere in the file"),
        );
        None
    }
}

/// What a probability is of, if the expression is `P(…)` and nothing else.
fn event_of(number: &Expr, around: &Around<'_>) -> Option<Event> {
    match &number.kind {
        ExprKind::Parenthesised(inner) => event_of(inner, around),
        ExprKind::Probability { event, given } => Some(Event {
            event: (around.text_of)(event.span),
            given: given.as_ref().map(|given| (around.text_of)(given.span)),
        }),
        _ => None,
    }
}
