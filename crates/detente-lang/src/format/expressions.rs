//! Expressions and the small parts of lines, as text.

use crate::syntax::ast::{
    Assignment, Audience, Date, Event, Expr, ExprKind, Name, Owner, Prob, Range, Reference, Text,
    Viewers, Weight,
};

pub(super) fn expr(expr: &Expr) -> String {
    let mut out = String::new();
    write(&mut out, expr);
    out
}

fn write(out: &mut String, expr: &Expr) {
    match &expr.kind {
        ExprKind::Number(number) => out.push_str(number),
        ExprKind::Text(value) => out.push_str(&text(value)),
        ExprKind::Reference(reference) => write_reference(out, reference),
        ExprKind::Parenthesised(inner) => {
            out.push('(');
            write(out, inner);
            out.push(')');
        }
        ExprKind::Negate(inner) => {
            out.push('-');
            write(out, inner);
        }
        ExprKind::Sum { first, rest } => {
            write(out, first);
            for addend in rest {
                out.push_str(if addend.minus { " - " } else { " + " });
                write(out, &addend.term);
            }
        }
        ExprKind::Product { first, rest } => write_product(out, first, rest),
        ExprKind::Compare { left, relation, right } => {
            write(out, left);
            out.push_str(&format!(" {} ", relation.sign()));
            write(out, right);
        }
        ExprKind::Is { subject, negated, value } => {
            write_reference(out, subject);
            out.push_str(if *negated { " is not " } else { " is " });
            write(out, value);
        }
        ExprKind::Happened(subject) => {
            write_reference(out, subject);
            out.push_str(" happened");
        }
        ExprKind::Not(inner) => {
            out.push_str("not ");
            write(out, inner);
        }
        ExprKind::And(parts) => write_all(out, parts, " and "),
        ExprKind::Or(parts) => write_all(out, parts, " or "),
        ExprKind::If { condition, then, otherwise } => {
            for (word, part) in [("if ", condition), (" then ", then), (" else ", otherwise)] {
                out.push_str(word);
                write(out, part);
            }
        }
        ExprKind::Probability { event, given } => {
            out.push_str("P(");
            write(out, event);
            if let Some(given) = given {
                out.push_str(" | ");
                write(out, given);
            }
            out.push(')');
        }
        ExprKind::Call { function, arguments } => {
            out.push_str(&function.text);
            out.push('(');
            write_all(out, arguments, ", ");
            out.push(')');
        }
    }
}

/// Fractions of two literals are numbers to their readers: `9/10`, `-1/18`, but `a / b`.
fn write_product(out: &mut String, first: &Expr, rest: &[crate::syntax::ast::Factor]) {
    let is_number = |expr: &Expr| match &expr.kind {
        ExprKind::Number(_) => true,
        ExprKind::Negate(inner) => matches!(inner.kind, ExprKind::Number(_)),
        _ => false,
    };
    write(out, first);
    let mut before = first;
    for (n, factor) in rest.iter().enumerate() {
        let fraction = n == 0 && factor.divide && is_number(before) && is_number(&factor.term);
        out.push_str(match (factor.divide, fraction) {
            (true, true) => "/",
            (true, false) => " / ",
            (false, _) => " * ",
        });
        write(out, &factor.term);
        before = &factor.term;
    }
}

fn write_all(out: &mut String, parts: &[Expr], between: &str) {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            out.push_str(between);
        }
        write(out, part);
    }
}

pub(super) fn reference(reference: &Reference) -> String {
    let mut out = String::new();
    write_reference(&mut out, reference);
    out
}

fn write_reference(out: &mut String, reference: &Reference) {
    if let Some(owner) = &reference.owner {
        out.push_str(match owner {
            Owner::Me(_) => "me",
            Owner::Other(_) => "other",
            Owner::Anyone(_) => "anyone",
            Owner::Player(name) => &name.text,
        });
        out.push('.');
    }
    out.push_str(&reference.name.text);
    if let Some(index) = &reference.index {
        out.push('[');
        write(out, index);
        out.push(']');
    }
    if let Some(column) = &reference.column {
        out.push('.');
        out.push_str(&column.text);
    }
}

pub(super) fn text(text: &Text) -> String {
    let escaped = text.value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

pub(super) fn text_opt(value: &Option<Text>) -> String {
    value.as_ref().map(text).unwrap_or_default()
}

pub(super) fn date(date: &Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

pub(super) fn names(names: &[Name]) -> String {
    let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    texts.join(", ")
}

pub(super) fn exprs(list: &[Expr]) -> String {
    list.iter().map(expr).collect::<Vec<_>>().join(", ")
}

pub(super) fn range(range: &Range) -> String {
    format!("{}..{}", expr(&range.low), expr(&range.high))
}

pub(super) fn assignment(assignment: &Assignment) -> String {
    format!("{} = {}", assignment.name.text, expr(&assignment.value))
}

pub(super) fn event(event: &Event) -> String {
    match &event.index {
        Some(index) => format!("{}[{}]", event.name.text, expr(index)),
        None => event.name.text.clone(),
    }
}

pub(super) fn weight(weight: &Weight) -> String {
    match weight {
        Weight::Rest(_) => "rest".to_string(),
        Weight::Expr(value) => expr(value),
    }
}

pub(super) fn prob(prob: &Prob) -> String {
    format!("{} {}", prob.value.text, weight(&prob.weight))
}

pub(super) fn probs(all: &[Prob]) -> String {
    all.iter().map(prob).collect::<Vec<_>>().join(" | ")
}

pub(super) fn audience(audience: &Audience) -> String {
    let viewers = match &audience.viewers {
        Viewers::All => "all".to_string(),
        Viewers::Nobody => "nobody".to_string(),
        Viewers::Players(players) => names(players),
    };
    match &audience.view {
        Some(view) => format!("seen by {viewers} as {}", expr(view)),
        None => format!("seen by {viewers}"),
    }
}
