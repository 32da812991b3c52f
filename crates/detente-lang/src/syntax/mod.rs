//! From text to syntax tree: characters → tokens → rows (one per logical line, nested by indentation) → constructs.
//!
//! A mistake costs the line it is in and nothing else: the reader picks itself up at the next line, and makes
//! one complaint a line.

pub mod ast;
pub(crate) mod cursor;
mod expressions;
pub mod json;
pub(crate) mod lexer;
pub(crate) mod lines;
pub(crate) mod reader;
pub(crate) mod sink;
pub mod span;

pub use expressions::DEEPEST_EXPRESSION;
pub use lines::DEEPEST_INDENTATION;
pub use sink::MOST_DIAGNOSTICS;

use crate::constructs;
use crate::diagnostics::{Code, Diagnostic};
use ast::{FileId, Scenario, Span};

/// Largest file, in bytes.
pub const LARGEST_FILE: usize = 16 * 1024 * 1024;

/// What reading a text gives: as much of the tree as could be read, and the complaints in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The tree. Lines with mistakes are left out.
    pub scenario: Scenario,
    /// The complaints; the tree is complete if and only if there are none.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a scenario.
///
/// ```
/// let parsed = detente_lang::parse("players\n  Ann\n  Bob\n");
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.scenario.sections.len(), 1);
/// ```
pub fn parse(source: &str) -> Parsed {
    parse_file(source, FileId::MAIN)
}

/// Reads a file that a scenario includes; all spans point into `file`.
pub fn parse_file(source: &str, file: FileId) -> Parsed {
    if let Some(complaint) = refused(source, file) {
        return Parsed { scenario: Scenario::default(), diagnostics: vec![complaint] };
    }
    let mut sink = sink::Sink::default();
    let rows = lines::read_rows(source, file, &mut sink);
    let mut reader = reader::Reader::new(source, file, &rows.tokens, sink);
    let sections = constructs::read_sections(&mut reader, &rows.rows);
    Parsed {
        scenario: Scenario { sections, closing: rows.closing },
        diagnostics: reader.sink.finish(),
    }
}

/// Reads bytes of unknown origin: complains if they are not UTF-8 text.
pub fn parse_bytes(bytes: &[u8], file: FileId) -> Parsed {
    let complaint = match std::str::from_utf8(bytes) {
        Ok(source) => return parse_file(source, file),
        Err(_) if bytes.len() > LARGEST_FILE => too_large(bytes.len()),
        Err(error) => not_text(bytes, error.valid_up_to()),
    };
    Parsed { scenario: Scenario::default(), diagnostics: vec![complaint] }
}

fn refused(source: &str, file: FileId) -> Option<Diagnostic> {
    if source.len() > LARGEST_FILE {
        return Some(too_large(source.len()));
    }
    let nul = source.find('\0')?;
    let span = Span::new(file, nul as u32, nul as u32 + 1);
    let complaint = Diagnostic::at(Code::E009, span, "this file is not text: it holds a zero byte");
    Some(complaint.help("a scenario is a plain text file in UTF-8"))
}

fn too_large(length: usize) -> Diagnostic {
    const MEGABYTE: usize = 1024 * 1024;
    let message = format!(
        "this file has {} MB; a scenario can have {} MB",
        length.div_ceil(MEGABYTE),
        LARGEST_FILE / MEGABYTE
    );
    Diagnostic::new(Code::E009, message).help("keep data in tables beside the scenario")
}

fn not_text(bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let line = bytes[..valid_up_to].iter().filter(|byte| **byte == b'\n').count() + 1;
    let message =
        format!("this file is not text in UTF-8: line {line} holds a byte that cannot be read");
    let mut complaint = Diagnostic::new(Code::E009, message)
        .help("save it as UTF-8; editors call this 'encoding' or 'save with encoding'");
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        complaint = complaint.note("it looks like UTF-16, the 'Unicode' of some editors");
    }
    complaint
}
