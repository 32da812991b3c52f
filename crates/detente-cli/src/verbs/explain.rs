//! `explain`: what a message's code is about.

use crate::arguments::Explain;
use crate::exit::{Exit, Failure};
use crate::output;
use detente::lang::Code;
use detente::lang::diagnostics::did_you_mean;

/// Prints one code, or all of them.
pub fn run(explain: &Explain) -> Result<Exit, Failure> {
    let Some(name) = &explain.code else {
        let lines: Vec<String> =
            Code::ALL.iter().map(|code| format!("{code}  {}", code.summary())).collect();
        output::print(&lines.join("\n"))?;
        return Ok(Exit::Fine);
    };
    match Code::from_name(name) {
        Some(code) => output::print(&text(code))?,
        None => {
            let failure = Failure::told(format!("there is no code '{name}'"));
            let near = did_you_mean(name, Code::ALL.iter().map(|code| code.as_str()));
            return Err(failure.help(near.unwrap_or_else(|| "detente explain  lists all".into())));
        }
    }
    Ok(Exit::Fine)
}

/// What a code is about, why, and examples where it has some.
fn text(code: Code) -> String {
    let head = format!("{code}: {}", code.summary());
    let Some(explained) = code.explanation() else { return head };
    let indented = |example: &str| {
        example.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
    };
    let (wrong, right) = (indented(explained.wrong), indented(explained.right));
    format!("{head}\n\n{}\n\nNot so:\n\n{wrong}\n\nBut so:\n\n{right}", explained.why)
}
