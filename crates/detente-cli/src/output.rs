//! Writing to the terminal: colours only where they are wanted, and no panic on a closed pipe.

use std::io::{IsTerminal, Write};

/// Whether standard output wants colours: a terminal, and NO_COLOR is not set (no-color.org).
pub fn colours() -> bool {
    wanted(std::io::stdout().is_terminal())
}

/// Whether standard error wants colours.
pub fn colours_of_errors() -> bool {
    wanted(std::io::stderr().is_terminal())
}

fn wanted(terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return false;
    }
    set("CLICOLOR_FORCE") || terminal
}

/// Columns of the terminal, or 100 for pipes and files.
pub fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(terminal).map_or(100, |columns: usize| columns.clamp(40, 240))
}

/// Prints a text with a line end.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Prints a line to standard error; a closed one is nobody's concern.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
