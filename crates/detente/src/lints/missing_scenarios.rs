//! W117: a question points to a scenario that is not there.

use crate::road::Opened;
use detente_lang::syntax::ast::{AnswerKind, Section, Text};
use detente_lang::{Code, Diagnostic};

/// Warnings about `see "file"` lines of questions. `is_there` says whether a file of this name can be
/// found beside the scenario.
#[must_use]
pub fn missing_scenarios(
    opened: &Opened,
    is_there: &mut dyn FnMut(&str) -> bool,
) -> Vec<Diagnostic> {
    seen(opened).into_iter().filter(|file| !is_there(&file.value)).map(warning).collect()
}

/// The files to which questions point, where they are named.
fn seen(opened: &Opened) -> Vec<&Text> {
    let questions = opened.loaded.sections().filter_map(|line| match &line.item {
        Section::Question(question) => Some(question),
        _ => None,
    });
    let lines = questions.flat_map(|question| &question.answers);
    lines
        .filter_map(|line| match &line.item.kind {
            AnswerKind::See(file) => Some(file),
            _ => None,
        })
        .collect()
}

fn warning(file: &Text) -> Diagnostic {
    let message = format!("there is no scenario '{}' beside this one", file.value);
    Diagnostic::at(Code::W117, file.span, message)
        .help("the name is read from where this file is; without it 'ask' leaves the line open")
}
