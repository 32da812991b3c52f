//! Lines and columns of byte offsets.

use super::{Diagnostic, Severity};
use crate::syntax::span::Span;
use serde::Serialize;

/// A file that spans point into: its number is its place in a list of these.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// The name to print.
    pub name: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// A place for people: line and column from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The place of a byte offset; offsets beyond the end, or inside a character, are moved back.
pub fn place(text: &str, offset: usize) -> Place {
    let (start, line) = line_start(text, offset);
    let offset = floor(text, offset);
    Place { line, column: text[start..offset].chars().count() + 1 }
}

/// Where the line of a byte offset starts, and its number from 1.
pub(super) fn line_start(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..floor(text, offset)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let lines = before.bytes().filter(|byte| *byte == b'\n').count();
    (start, lines + 1)
}

/// The nearest place at or before the offset that lies between two characters of the text.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset.min(text.len()))
}

/// A complaint with its place in lines and columns: the JSON form for editors and other programs.
#[derive(Clone, Debug, Serialize)]
pub struct Located<'a> {
    /// The complaint.
    #[serde(flatten)]
    pub diagnostic: &'a Diagnostic,
    /// The file's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'a str>,
    /// Where it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// Where it ends, exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Place>,
}

/// Adds lines and columns to complaints.
pub fn locate<'a>(diagnostics: &'a [Diagnostic], files: &[SourceFile<'a>]) -> Vec<Located<'a>> {
    let locate_one = |diagnostic: &'a Diagnostic| {
        let found = diagnostic.span.and_then(|span| Some((span, file_of(span, files)?)));
        Located {
            diagnostic,
            file: found.map(|(_, file)| file.name),
            from: found.map(|(span, file)| place(file.text, span.start as usize)),
            to: found.map(|(span, file)| place(file.text, span.end as usize)),
        }
    };
    diagnostics.iter().map(locate_one).collect()
}

/// The file a span points into.
pub(super) fn file_of<'a>(span: Span, files: &[SourceFile<'a>]) -> Option<SourceFile<'a>> {
    files.get(span.file.0 as usize).copied()
}

/// `2 errors, 1 warning`; empty if there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity, word: &str| {
        let found = diagnostics.iter().filter(|d| d.severity == severity).count();
        match found {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{found} {word}s")),
        }
    };
    let parts = [count(Severity::Error, "error"), count(Severity::Warning, "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
