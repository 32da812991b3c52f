//! Places in the text.

use serde::{Deserialize, Serialize};

/// Which file a [`Span`] points into: 0 is the scenario itself, higher numbers are its includes in
/// the order in which they were read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct FileId(pub u32);

impl FileId {
    /// The scenario file itself, as against a file it includes.
    pub const MAIN: FileId = FileId(0);

    /// Whether this is the scenario file itself.
    pub fn is_main(&self) -> bool {
        *self == FileId::MAIN
    }
}

/// A stretch of text: byte offsets, end exclusive. An empty span marks the place *between* two
/// characters, for instance where a word is missing.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The file, left out of the JSON form for the scenario itself.
    #[serde(default, skip_serializing_if = "FileId::is_main")]
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` to `end` (byte offsets) of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Span {
        Span { file, start, end }
    }

    /// From the start of `self` to the end of `last`.
    pub fn to(self, last: Span) -> Span {
        Span { file: self.file, start: self.start, end: last.end.max(self.start) }
    }

    /// The empty span just after `self`.
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// The byte range, for slicing the source text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the span in the source of its file; empty if the span does not fit the source.
    pub fn text(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or("")
    }
}
