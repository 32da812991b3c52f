//! `ask`: the analyst's questions, answered.

use crate::look::Look;
use crate::question::{Answer, Answered};

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
    for answer in &question.answers {
        out.push_str(&lines(answer, look));
    }
    let mut searched: Vec<&String> = Vec::new();
    for text in question.answers.iter().flat_map(|answer| &answer.searched) {
        if !searched.contains(&text) {
            searched.push(text);
        }
    }
    for text in searched {
        out.push_str(&look.labelled(0, "searched", LABEL, text));
    }
    out
}

fn lines(answer: &Answer, look: &Look) -> String {
    let mut out = String::from("\n");
    let mut label = match answer.with.as_slice() {
        [] => String::new(),
        set => format!("With {}: ", set.join(", ")),
    };
    if let Some(file) = &answer.file {
        label = format!("{label}in {file}: ");
    }
    for (place, sentence) in answer.sentences.iter().enumerate() {
        let text = if place == 0 { format!("{label}{sentence}") } else { sentence.clone() };
        out.push_str(&look.labelled(2, "", 2, &text));
    }
    out.push_str(&look.labelled(2, "again", LABEL, &answer.command));
    out
}
