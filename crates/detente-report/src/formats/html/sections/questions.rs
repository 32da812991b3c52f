//! The analyst's questions, each with what was worked out to answer it.

use crate::formats::html::bars::{Span, bar, bounds, span};
use crate::formats::html::prepared::Prepared;
use crate::question::{Answer, Answered, Figure, Shape, distinct};
use crate::sentences::question::{Face, heading};
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let questions = prepared.report.questions;
    if questions.is_empty() {
        return None;
    }
    Some(html! {
        p {
            "The questions of the scenario's author, with all that was worked out for them. Nothing of an answer is "
            "written in the file: each sentence was worked out on the game as it is set for that line, from equilibria "
            "that were verified there, and the command below it works it out again."
        }
        @for (place, question) in questions.iter().enumerate() {
            (one(prepared, place + 1, question))
        }
        (searched(prepared, questions))
    })
}

/// The first sentence of each answer.
pub(super) fn in_short(prepared: &Prepared) -> Option<Markup> {
    let questions = prepared.report.questions;
    if questions.is_empty() {
        return None;
    }
    Some(html! {
        table.short {
            caption { "What the scenario's author asks, and the first sentence of each answer" }
            thead { tr { th scope="col" { "question" } th scope="col" { "short answer" } } }
            tbody {
                @for (place, question) in questions.iter().enumerate() {
                    (short(prepared, place + 1, question))
                }
            }
        }
    })
}

fn short(prepared: &Prepared, number: usize, question: &Answered) -> Markup {
    let first = question.answers.first();
    html! {
        tr {
            th scope="row" { a href={ "#question-" (number) } { (number) " " (question.title) } }
            td {
                @if let Some(head) = first.and_then(heading) { (prepared.prose(&head)) ": " }
                @if let Some(said) = first.and_then(|first| first.sentences.first()) {
                    (prepared.prose(said))
                }
            }
        }
    }
}

fn one(prepared: &Prepared, number: usize, question: &Answered) -> Markup {
    html! {
        article.question id={ "question-" (number) } {
            h3 { (number) " " (question.title) }
            @for group in question.answers.chunk_by(|one, other| heading(one) == heading(other)) {
                (answers(prepared, group))
            }
        }
    }
}

/// What was searched, each text once, with the numbers of the questions.
fn searched(prepared: &Prepared, questions: &[Answered]) -> Markup {
    let of = |question: &'_ Answered, text: &String| {
        question.answers.iter().any(|answer| answer.searched.contains(text))
    };
    let all = questions.iter().flat_map(|question| &question.answers);
    let texts = distinct(all.flat_map(|answer| &answer.searched));
    html! {
        @if !texts.is_empty() {
            h3 { "What was searched" }
            dl.remark {
                @for text in texts {
                    @let numbers: Vec<String> = questions
                        .iter()
                        .enumerate()
                        .filter(|(_, question)| of(question, text))
                        .map(|(place, _)| (place + 1).to_string())
                        .collect();
                    dt { "For " (if numbers.len() == 1 { "question " } else { "questions " }) (numbers.join(", ")) }
                    dd { (prepared.prose(text)) }
                }
            }
        }
    }
}

fn answers(prepared: &Prepared, group: &[Answer]) -> Markup {
    let commands = distinct(group.iter().map(|answer| &answer.command));
    let figures: Vec<&Figure> = group.iter().flat_map(|answer| &answer.figures).collect();
    html! {
        div.answers {
            @if let Some(head) = group.first().and_then(heading) {
                p.given { (prepared.prose(&head)) ":" }
            }
            ul {
                @for answer in group {
                    li.warning[!answer.is_answered] {
                        @for (place, sentence) in answer.sentences.iter().enumerate() {
                            @if place > 0 { " " }
                            (prepared.prose(sentence))
                        }
                    }
                }
            }
            @if !figures.is_empty() { (table(prepared, &figures)) }
            p.command {
                @for (place, command) in commands.iter().enumerate() {
                    @if place > 0 { br; }
                    code { (command) }
                }
            }
        }
    }
}

fn table(prepared: &Prepared, figures: &[&Figure]) -> Markup {
    html! {
        table.bars {
            caption.unseen { "The same in figures" }
            tbody {
                @for figure in figures {
                    @let value = value(prepared, figure);
                    tr {
                        th scope="row" { (prepared.prose(&figure.name)) }
                        td { (picture(figure, &format!("{}: {value}", figure.name))) }
                        td.number { (prepared.prose(&value)) }
                    }
                }
            }
        }
    }
}

fn value(prepared: &Prepared, figure: &Figure) -> String {
    let numbers = prepared.report.numbers;
    match &figure.shape {
        Shape::Share(range) => Face { numbers, is_share: true }.range(range),
        Shape::Amount(range) => Face { numbers, is_share: false }.range(range),
        Shape::Moved { from, to } => {
            format!("{} → {}", numbers.share(from), numbers.share(to))
        }
        Shape::Span { holds: (low, high), .. } => {
            format!("{} to {}", numbers.narrow(low), numbers.narrow(high))
        }
    }
}

fn picture(figure: &Figure, says: &str) -> Markup {
    match &figure.shape {
        Shape::Share(range) => bounds(&range.low, &range.high, says),
        Shape::Moved { from, to } => bar(to, Some(from), says),
        Shape::Amount(_) => html! {},
        Shape::Span { range, holds, now } => {
            let (range, holds, now) = (range.clone(), holds.clone(), now.clone());
            span(&Span { range, holds, now }, says)
        }
    }
}
