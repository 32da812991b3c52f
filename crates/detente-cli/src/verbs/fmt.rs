//! `fmt`: one layout for all.

use crate::arguments::Fmt;
use crate::exit::{Exit, Failure};
use crate::{files, output, scenario};
use detente::lang::diagnostics::{SourceFile, render_all};
use detente::report::formats::json::{FileFormat, Formatted};
use std::path::Path;

/// Formats files in place, or checks that they are formatted; one with errors does not keep the
/// others.
pub fn run(fmt: &Fmt) -> Result<Exit, Failure> {
    let mut answers = Vec::new();
    for path in &fmt.files {
        answers.push(match one(fmt, path) {
            Ok(answer) => answer,
            Err(failure) => {
                failure.complain();
                let file = path.display().to_string();
                let problem = failure.problem();
                FileFormat { file, was_formatted: false, problem, text: None }
            }
        });
    }
    let broken = answers.iter().any(|answer| answer.problem.is_some());
    let unformatted = answers.iter().any(|answer| !answer.was_formatted);
    if fmt.json {
        output::print(&super::show::pretty(&Formatted { files: answers })?)?;
    }
    if broken {
        return Err(Failure::Known);
    }
    Ok(if fmt.check && unformatted { Exit::NotMet } else { Exit::Fine })
}

fn one(fmt: &Fmt, path: &Path) -> Result<FileFormat, Failure> {
    let name = path.display().to_string();
    let text = String::from_utf8(files::read_bytes(path)?)
        .map_err(|_| Failure::told(format!("'{name}' is not text in UTF-8")))?;
    let formatted = detente::lang::format::format(&text).map_err(|diagnostics| {
        let source = [SourceFile { name: &name, text: &text }];
        let said = render_all(&diagnostics, &source, output::colours_of_errors());
        output::complain(said.trim_end());
        Failure::Scenario(scenario::messages(&diagnostics, &source))
    })?;
    let was_formatted = formatted == text;
    let from_input = path == Path::new("-");
    if fmt.check {
        if !was_formatted {
            output::complain(&format!("{name} is not formatted"));
        }
    } else if from_input && !fmt.json {
        output::print(&formatted)?;
    } else if !from_input && !was_formatted {
        files::rewrite(path, formatted.as_bytes())?;
    }
    let text = (from_input && fmt.json).then_some(formatted);
    Ok(FileFormat { file: name, was_formatted, problem: None, text })
}
