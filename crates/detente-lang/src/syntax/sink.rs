//! Where complaints are collected.

use crate::diagnostics::Diagnostic;

/// After so many complaints a file is not worth reading on; it keeps hostile input from filling the memory.
pub const MOST_DIAGNOSTICS: usize = 100;

/// The mark that something could not be read and that a complaint about it has been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reported;

/// What reading a piece of a line gives.
pub(crate) type Parse<T> = Result<T, Reported>;

/// Collects complaints, up to [`MOST_DIAGNOSTICS`].
#[derive(Debug, Default)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
    more: bool,
}

impl Sink {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.more = true;
        }
    }

    /// Whether there is no point in reading on.
    pub(crate) fn is_full(&self) -> bool {
        self.more
    }

    /// All complaints in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
        if let (Some(last), true) = (self.diagnostics.last_mut(), self.more) {
            let note = format!(
                "there are more than {MOST_DIAGNOSTICS} complaints; the others are not shown"
            );
            last.notes.push(note);
        }
        self.diagnostics
    }
}
