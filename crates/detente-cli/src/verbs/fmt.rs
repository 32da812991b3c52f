//! `fmt`: one layout for all.

use crate::arguments::Fmt;
use crate::exit::{Exit, Failure};
use crate::{files, output};
use detente::lang::diagnostics::{SourceFile, render_all};
use std::path::Path;

/// Formats files in place, or checks that they are formatted.
pub fn run(fmt: &Fmt) -> Result<Exit, Failure> {
    let mut unformatted = false;
    let mut broken = false;
    for path in &fmt.files {
        let text = String::from_utf8(files::read_bytes(path)?)
            .map_err(|_| Failure::told(format!("'{}' is not text in UTF-8", path.display())))?;
        match detente::lang::format::format(&text) {
            Ok(formatted) if path == Path::new("-") => output::print(&formatted)?,
            Ok(formatted) if formatted == text => {}
            Ok(_) if fmt.check => {
                output::complain(&format!("{} is not formatted", path.display()));
                unformatted = true;
            }
            Ok(formatted) => files::write(path, formatted.as_bytes())?,
            Err(diagnostics) => {
                let name = path.display().to_string();
                let source = [SourceFile { name: &name, text: &text }];
                let said = render_all(&diagnostics, &source, output::colours_of_errors());
                output::complain(said.trim_end());
                broken = true;
            }
        }
    }
    if broken {
        return Err(Failure::Scenario);
    }
    Ok(if unformatted { Exit::NotMet } else { Exit::Fine })
}
