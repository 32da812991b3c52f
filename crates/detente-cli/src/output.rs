//! Writing to the terminal: colours only where they are wanted, and no panic on a closed pipe.

use std::io::{IsTerminal, Write};

/// What decides about colours, for help and the manual.
pub const COLOURS: &str = "\
Environment:
  NO_COLOR        no colours, if it is not empty
  CLICOLOR_FORCE  colours in pipes and files too, if it is neither empty nor 0
  CLICOLOR        no colours, if it is 0
  TERM            no colours, if it is dumb
  COLUMNS         the width of what is printed";

/// Whether standard output wants colours.
pub fn colours() -> bool {
    wanted(std::io::stdout().is_terminal(), &|name| std::env::var(name).ok())
}

/// Whether standard error wants colours.
pub fn colours_of_errors() -> bool {
    wanted(std::io::stderr().is_terminal(), &|name| std::env::var(name).ok())
}

/// See [`COLOURS`], and no-color.org and bixense.com/clicolors.
fn wanted(terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, word: &str| variable(name).is_some_and(|value| value == word);
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return false;
    }
    let forced = set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0");
    forced || terminal && !is("CLICOLOR", "0") && !is("TERM", "dumb")
}

/// Columns of the terminal, or 100 for pipes and files.
pub fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(terminal).map_or(100, |columns: usize| columns.clamp(40, 240))
}

/// Prints a text with a line end. That the reader went away changes nothing of what is found, so
/// the command goes on to its exit code.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes()));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints a line to standard error; a closed one is nobody's concern.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn colours_where_they_are_wanted() {
        let with = |terminal: bool, set: &[(&str, &str)]| {
            wanted(terminal, &|name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(with(true, &[]) && !with(false, &[]));
        assert!(with(true, &[("NO_COLOR", "")]) && !with(true, &[("NO_COLOR", "1")]));
        assert!(!with(true, &[("TERM", "dumb")]) && !with(true, &[("CLICOLOR", "0")]));
        assert!(
            with(false, &[("CLICOLOR_FORCE", "1")]) && !with(false, &[("CLICOLOR_FORCE", "0")])
        );
        assert!(!with(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    }
}
