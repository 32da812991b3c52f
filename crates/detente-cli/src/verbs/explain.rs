//! `explain`: what a message's code is about.

use crate::arguments::Explain;
use crate::exit::{Exit, Failure};
use crate::output;
use detente::lang::Code;
use detente::lang::diagnostics::{Severity, did_you_mean};
use detente::report::formats::json::{CodeResult, Codes};

/// Prints one code, or all of them.
pub fn run(explain: &Explain) -> Result<Exit, Failure> {
    let codes = match &explain.code {
        None => Code::ALL.to_vec(),
        Some(name) => vec![Code::from_name(name).ok_or_else(|| unknown(name))?],
    };
    if explain.json {
        let codes = codes.into_iter().map(for_programs).collect();
        output::print(&super::show::pretty(&Codes { codes })?)?;
    } else if let ([code], true) = (codes.as_slice(), explain.code.is_some()) {
        output::print(&text(*code))?;
    } else {
        let line = |code: &Code| format!("{code}  {}", code.summary());
        output::print(&codes.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(Exit::Fine)
}

fn unknown(name: &str) -> Failure {
    let near = did_you_mean(name, Code::ALL.iter().map(|code| code.as_str()));
    Failure::told(format!("there is no code '{name}'"))
        .help(near.unwrap_or_else(|| "detente explain  lists all".into()))
}

fn for_programs(code: Code) -> CodeResult {
    CodeResult {
        code: code.to_string(),
        severity: match code.severity() {
            Severity::Error => "error".to_owned(),
            Severity::Warning => "warning".to_owned(),
        },
        summary: code.summary().to_owned(),
    }
}

/// What a code is about, why, and examples where it has some.
fn text(code: Code) -> String {
    let (kind, consequence) = match code.severity() {
        Severity::Error => ("error", "Nothing is solved until it is mended"),
        Severity::Warning => (
            "warning",
            "The results hold as they are; ask whether they are those of the scenario you \
             meant.\n`detente check --strict` ends with exit code 1 while there is one",
        ),
    };
    let head = format!("{code} ({kind}): {}\n{consequence}.", code.summary());
    let Some(explained) = code.explanation() else { return head };
    let indented = |example: &str| {
        example.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
    };
    let (wrong, right) = (indented(explained.wrong), indented(explained.right));
    format!("{head}\n\n{}\n\nNot so:\n\n{wrong}\n\nBut so:\n\n{right}", explained.why)
}
