//! The lines of a story.

use super::columns::Cells;
use super::expressions::{
    audience, event, expr, exprs, names, prob, probs, range, reference, text,
};
use super::writer::{Layout, Writer};
use crate::syntax::ast::{Arm, Body, ChoiceOption, Choose, Draw, Signal, SignalCase, Statement};

const LAYOUT: Layout = Layout { gaps: &[2], signs: None, single_ends_group: true };

const CASES: Layout = Layout { gaps: &[1], signs: None, single_ends_group: false };

pub(super) fn body(writer: &mut Writer, body: &Body) {
    writer.block(body, LAYOUT, statement, below);
}

/// The line of the statement itself. Draws and chance events have their audience in a second column.
fn statement(statement: &Statement) -> Cells {
    let line = match statement {
        Statement::Choose(choice) => choose(choice),
        Statement::Chance(chance) => {
            let event = event(&chance.event);
            let head = format!("chance {event}: {}", probs(&chance.probabilities));
            return with_audience(head, &chance.audience);
        }
        Statement::Draw(draw) => return with_audience(draw_head(draw), &draw.audience),
        Statement::Signal(signal) => signal_head(signal),
        Statement::Reveal(reveal) => match reveal.to.as_slice() {
            [] => format!("reveal {}", reference(&reveal.subject)),
            to => format!("reveal {} to {}", reference(&reveal.subject), names(to)),
        },
        Statement::Branch(branch) => branch.arms.first().map_or(String::new(), |a| arm(a, true)),
        Statement::Repeat(repeat) => {
            format!("repeat {} in {}", repeat.variable.text, range(&repeat.range))
        }
        Statement::Together(_) => "together".to_string(),
        Statement::Gain(gain) => {
            let verb = if gain.loses { "loses" } else { "gains" };
            let (player, stake) = (&gain.player.text, &gain.stake.text);
            format!("{player} {verb} {} as {stake}", expr(&gain.amount))
        }
        Statement::Call(call) => format!("{}({})", call.name.text, exprs(&call.arguments)),
        Statement::Stop => "stop".to_string(),
    };
    vec![line]
}

fn with_audience(head: String, seen: &Option<crate::syntax::ast::Audience>) -> Cells {
    match seen {
        Some(seen) => vec![head, audience(seen)],
        None => vec![head, String::new()],
    }
}

fn choose(choice: &Choose) -> String {
    let (who, verb) = match choice.players.as_slice() {
        [only] => (only.text.clone(), "chooses"),
        [several @ .., last] => (format!("{} and {}", names(several), last.text), "choose"),
        [] => (String::new(), "choose"),
    };
    let secretly = if choice.secretly.is_some() { "secretly " } else { "" };
    let options: Vec<String> = choice.options.iter().map(option).collect();
    let event = event(&choice.event);
    let mut line = format!("{who} {secretly}{verb} {event}: {}", options.join(" | "));
    if let Some(seen) = &choice.audience {
        line.push_str("  ");
        line.push_str(&audience(seen));
    }
    line
}

fn option(option: &ChoiceOption) -> String {
    let mut out = option.value.text.clone();
    if let Some(condition) = &option.condition {
        out.push_str(&format!(" if {}", expr(condition)));
    }
    if let Some(description) = &option.description {
        out.push_str(&format!(" {}", text(description)));
    }
    out
}

fn draw_head(draw: &Draw) -> String {
    let values: Vec<&str> = draw.values.iter().map(|value| value.text.as_str()).collect();
    let mut head = format!("draw {} from {}", event(&draw.event), values.join(", "));
    if !draw.except.is_empty() {
        let except: Vec<String> = draw.except.iter().map(reference).collect();
        head.push_str(&format!(" except {}", except.join(", ")));
    }
    head
}

fn signal_head(signal: &Signal) -> String {
    let event = event(&signal.event);
    match &signal.audience {
        Some(seen) => format!("signal {event} {}", audience(seen)),
        None => format!("signal {event}"),
    }
}

fn arm(arm: &Arm, is_first: bool) -> String {
    match (&arm.condition, is_first) {
        (Some(condition), true) => format!("if {}", expr(condition)),
        (Some(condition), false) => format!("else if {}", expr(condition)),
        (None, _) => "else".to_string(),
    }
}

/// What stands below the line of a statement.
fn below(writer: &mut Writer, statement: &Statement) {
    match statement {
        Statement::Signal(signal) => writer.leaves(&signal.cases, CASES, case),
        Statement::Repeat(repeat) => body(writer, &repeat.body),
        Statement::Together(lines) => body(writer, lines),
        Statement::Branch(branch) => {
            for (n, line) in branch.arms.iter().enumerate() {
                if n > 0 {
                    writer.line(&line.trivia, &arm(line, false));
                }
                body(writer, &line.body);
            }
        }
        Statement::Choose(_)
        | Statement::Chance(_)
        | Statement::Draw(_)
        | Statement::Reveal(_)
        | Statement::Gain(_)
        | Statement::Call(_)
        | Statement::Stop => {}
    }
}

fn case(case: &SignalCase) -> Cells {
    let head = match &case.condition {
        Some(condition) => format!("if {}:", expr(condition)),
        None => "otherwise:".to_string(),
    };
    let mut cells = vec![head];
    for (n, one) in case.probabilities.iter().enumerate() {
        let bar = if n > 0 { "| " } else { "" };
        cells.push(format!("{bar}{}", prob(one)));
    }
    cells
}
