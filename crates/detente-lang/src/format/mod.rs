//! The one layout of a scenario: two spaces a step, columns aligned, comments and the author's groups kept.

mod claims;
mod columns;
mod expressions;
mod sections;
mod story;
mod writer;

use crate::diagnostics::Diagnostic;
use crate::syntax::ast::Scenario;

/// The text in its standard layout. Formatting the result changes nothing, and it reads as the same tree.
///
/// # Errors
/// The complaints, if the text has mistakes: lines that could not be read would be lost.
///
/// ```
/// let tidy = detente_lang::format::format("players\n    Ann   \"A\"\n    Barbara \"B\" # b\n").unwrap();
/// assert_eq!(tidy, "players\n  Ann      \"A\"\n  Barbara  \"B\"  # b\n");
/// ```
pub fn format(source: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = crate::syntax::parse(source);
    match parsed.diagnostics.is_empty() {
        true => Ok(write(&parsed.scenario)),
        false => Err(parsed.diagnostics),
    }
}

/// A tree as text, in the standard layout.
pub fn write(scenario: &Scenario) -> String {
    let mut writer = writer::Writer::default();
    sections::scenario(&mut writer, scenario);
    writer.finish()
}
