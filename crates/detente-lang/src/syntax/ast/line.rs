//! Lines, blocks, comments, and the smallest leaves: names, values, texts, dates.

use super::Span;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// A comment, from `#` to the end of its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The text with its `#`, without spaces at the end.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether blank lines stand before it (never set for a trailing comment).
    #[serde(default, skip_serializing_if = "is_false")]
    pub blank_before: bool,
}

/// What belongs to a line besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trivia {
    /// Comments on lines of their own before the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leading: Vec<Comment>,
    /// Whether blank lines stand directly before the line (after the leading comments).
    #[serde(default, skip_serializing_if = "is_false")]
    pub blank_before: bool,
    /// A comment at the end of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trailing: Option<Comment>,
}

impl Trivia {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Trivia::default()
    }
}

/// A thing that stands on a line of its own. Dereferences to the thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line<T> {
    /// The words of the line itself, without the indented lines below it.
    pub span: Span,
    /// Comments and blank lines.
    #[serde(default, skip_serializing_if = "Trivia::is_empty")]
    pub trivia: Trivia,
    /// What the line says.
    pub item: T,
}

impl<T> Deref for Line<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.item
    }
}

/// A list of lines with one indentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block<T> {
    /// The lines in the order of the text.
    pub lines: Vec<Line<T>>,
    /// Comments after the last line.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<Comment>,
}

impl<T> Block<T> {
    /// A block without lines.
    pub fn empty() -> Block<T> {
        Block { lines: Vec::new(), closing: Vec::new() }
    }

    /// The lines in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Line<T>> {
        self.lines.iter()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }
}

impl<T> Default for Block<T> {
    fn default() -> Self {
        Block::empty()
    }
}

impl<'a, T> IntoIterator for &'a Block<T> {
    type Item = &'a Line<T>;
    type IntoIter = std::slice::Iter<'a, Line<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.lines.iter()
    }
}

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A value of a choice, a chance event, a type or a scale: a name (`walk_away`) or a number (`3`, `-1`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The text, for a number with its sign: `-1`.
    pub text: String,
    /// Whether it is a number.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_number: bool,
    /// Where it stands.
    pub span: Span,
}

/// A text between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// What it says, without quotation marks and with `\"` and `\\` resolved.
    pub value: String,
    /// Where it stands, with its quotation marks.
    pub span: Span,
}

/// A date, `2025-09-22`. The parser has checked that month and day exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Where it stands.
    pub span: Span,
}

pub(crate) fn is_false(value: &bool) -> bool {
    !value
}
