//! What is said when a path of the story goes wrong.

use super::{Halt, Runner};
use crate::compile::evaluate::Trouble;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::Span;
use detente_game::form::EventKind;
use detente_game::{EventId, NodeId, PlayerId, ValueId};

/// Most steps of a path that a message shows.
const LONGEST_SHOWN: usize = 12;

/// How many of them from the beginning.
const BEGINNING_SHOWN: usize = 4;

impl Runner<'_, '_, '_> {
    /// What has happened so far, in words.
    pub(super) fn path(&self) -> String {
        let happened = self.world.order().iter();
        let mut steps: Vec<String> = happened
            .filter_map(|event| Some(self.happened(*event, self.world.value(*event)?)))
            .collect();
        if steps.is_empty() {
            return "the start".to_owned();
        }
        // The beginning says which case it is, the end what has just happened.
        if steps.len() > LONGEST_SHOWN {
            steps.splice(
                BEGINNING_SHOWN..steps.len() - (LONGEST_SHOWN - BEGINNING_SHOWN),
                ["…".to_owned()],
            );
        }
        steps.join(", ")
    }

    fn happened(&self, event: EventId, value: ValueId) -> String {
        let form = self.compiler.builder.form.form();
        let event = form.event(event);
        let index = event.index.map(|index| format!("[{index}]")).unwrap_or_default();
        let text = form.value(value);
        match (event.kind, event.owner) {
            (EventKind::Choice, Some(owner)) => {
                format!("{}: {}{index} is {text}", form.player(owner).name, event.name)
            }
            _ => format!("{}{index} is {text}", event.name),
        }
    }

    pub(super) fn trouble<T>(&mut self, trouble: Trouble) -> Result<T, Halt> {
        let path = self.path();
        let diagnostic = match trouble {
            Trouble::NotHappened(event, span) => {
                let name = self.compiler.event_name(event);
                Diagnostic::at(
                    Code::E044,
                    span,
                    format!("'{name}' is read where it has not happened"),
                )
                .note(format!("for example here: {path}"))
                .help(format!("ask first:  if {name} happened then … else …"))
            }
            Trouble::NotANumber(event, value, span) => {
                let name = self.compiler.event_name(event);
                let text = self.compiler.builder.form.form().value(value).to_owned();
                Diagnostic::at(
                    Code::E036,
                    span,
                    format!("'{name}' is {text} here, which is no number and stands on no scale"),
                )
                .help("ask  … is …,  or put its values in order:  scale s: low < high")
            }
            Trouble::TooMuch => Diagnostic::new(
                Code::E018,
                "running this story takes more steps than a tree of its size can need",
            )
            .note(format!("it was given up here: {path}"))
            .help("shorten the loops, or simplify the stakes"),
            Trouble::DivisionByZero(span) => {
                Diagnostic::at(Code::E045, span, "this divides by zero")
                    .note(format!("for example here: {path}"))
                    .help("guard it:  if x = 0 then … else …")
            }
        };
        self.halt(diagnostic)
    }

    pub(super) fn asked_twice<T>(
        &mut self,
        player: PlayerId,
        question: EventId,
        span: Span,
    ) -> Result<T, Halt> {
        let form = self.compiler.builder.form.form();
        let (player, name) = (form.player(player).name.clone(), form.event(question).name.clone());
        let path = self.path();
        self.halt(
            Diagnostic::at(
                Code::E051,
                span,
                format!("{player} already chose '{name}' earlier on this path: {path}"),
            )
            .help("give the later choice another name, or an index:  move[t]"),
        )
    }

    pub(super) fn no_case<T>(&mut self, event: EventId, span: Span) -> Result<T, Halt> {
        let name = self.compiler.builder.form.form().event(event).name.clone();
        let path = self.path();
        self.halt(
            Diagnostic::at(
                Code::E043,
                span,
                format!("signal '{name}' has no line for this case: {path}"),
            )
            .help("add a line, or 'otherwise:'"),
        )
    }

    pub(super) fn leaking_menu<T>(
        &mut self,
        here: NodeId,
        first: NodeId,
        player: PlayerId,
        question: EventId,
        menus: [&[ValueId]; 2],
        span: Span,
    ) -> Result<T, Halt> {
        let form = self.compiler.builder.form.form();
        let who = form.player(player).name.clone();
        let asked = form.event(question).name.clone();
        let menu = |values: &[ValueId]| {
            values.iter().map(|value| form.value(*value)).collect::<Vec<_>>().join(" | ")
        };
        let hidden = |node: NodeId| {
            let steps: Vec<String> = form
                .history(node)
                .into_iter()
                .map(|(event, value)| self.happened(event, value))
                .collect();
            let from = steps.len().saturating_sub(3);
            let dots = if from > 0 { "… " } else { "" };
            format!("{dots}{}", steps[from..].join(", "))
        };
        let seen: Vec<String> = form
            .logs()
            .entries(self.logs[player.index()])
            .into_iter()
            .map(|entry| crate::compile::entry_text(form, player, entry))
            .collect();
        let seen = if seen.is_empty() { "nothing".to_owned() } else { seen.join(", ") };
        let diagnostic = Diagnostic::at(
            Code::E060,
            span,
            format!("the menu gives away something {who} has not seen"),
        )
        .note(format!(
            "at '{asked}' {who} may choose  {}  after: {}",
            menu(menus[0]),
            hidden(first)
        ))
        .note(format!("at '{asked}' {who} may choose  {}  after: {}", menu(menus[1]), hidden(here)))
        .note(format!("{who} has seen the same in both: {seen}"))
        .help(format!("let {who} see the difference, or offer the same options in both"));
        self.halt(diagnostic)
    }
}
