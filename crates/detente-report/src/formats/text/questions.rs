//! `ask`: the analyst's questions, answered.

use crate::look::Look;
use crate::question::{Answer, Answered, distinct};
use crate::sentences::question::heading;

/// Width of the labels.
const LABEL: usize = 11;

/// The screen; `first` is the number of the first question in the file, from 1.
#[must_use]
pub fn screen(questions: &[(usize, Answered)], look: &Look) -> String {
    let all: Vec<String> =
        questions.iter().map(|(number, question)| one(*number, question, look)).collect();
    all.join("\n")
}

fn one(number: usize, question: &Answered, look: &Look) -> String {
    let mut out = look.title(&format!("{number} {}", question.title));
    for group in question.answers.chunk_by(|one, other| heading(one) == heading(other)) {
        out.push_str(&lines(group, look));
    }
    let searched = distinct(question.answers.iter().flat_map(|answer| &answer.searched));
    if !searched.is_empty() {
        out.push('\n');
    }
    for text in searched {
        out.push_str(&look.labelled(0, "searched", LABEL, text));
    }
    out
}

fn lines(group: &[Answer], look: &Look) -> String {
    let mut out = String::from("\n");
    let head = group.first().and_then(heading);
    let indent = if head.is_some() { 4 } else { 2 };
    if let Some(head) = head {
        out.push_str(&look.labelled(2, "", 2, &format!("{head}:")));
    }
    for sentence in group.iter().flat_map(|answer| &answer.sentences) {
        out.push_str(&look.labelled(indent, "", indent, sentence));
    }
    for command in distinct(group.iter().map(|answer| &answer.command)) {
        out.push_str(&look.labelled(2, "again", LABEL, command));
    }
    out
}
