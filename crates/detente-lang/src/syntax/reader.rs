//! What the constructs read from: rows, the blocks below them, and a cursor for each row.

use super::ast::{Block, Line};
use super::cursor::Cursor;
use super::lexer::Token;
use super::lines::{Row, indentation_mismatch};
use super::sink::{Parse, Sink};
use super::span::{FileId, Span};
use crate::diagnostics::{Code, Diagnostic};

/// The text, its tokens, and the complaints so far.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a str,
    pub(crate) file: FileId,
    pub(crate) tokens: &'a [Token],
    pub(crate) sink: Sink,
    /// The row whose own line could not be read: nothing is asked about what stands below it.
    failed: Option<u32>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        source: &'a str,
        file: FileId,
        tokens: &'a [Token],
        sink: Sink,
    ) -> Reader<'a> {
        Reader { source, file, tokens, sink, failed: None }
    }

    /// A cursor at the start of the row.
    pub(crate) fn open<'r>(&'r mut self, row: &Row) -> Cursor<'r> {
        let tokens = &self.tokens[row.tokens.0 as usize..row.tokens.1 as usize];
        Cursor::new(self.source, self.file, tokens, row.broken, &mut self.sink)
    }

    /// Reads the row with `parse` and complains about what it leaves over.
    pub(crate) fn whole<T>(
        &mut self,
        row: &Row,
        parse: impl FnOnce(&mut Cursor<'_>) -> Parse<T>,
    ) -> Parse<T> {
        let mut cursor = self.open(row);
        let item = parse(&mut cursor).and_then(|item| cursor.finish().map(|()| item));
        if item.is_err() {
            self.failed = Some(row.tokens.0);
        }
        item
    }

    /// Reads the row with `parse`; nothing may stand below it.
    pub(crate) fn leaf<T>(
        &mut self,
        row: &Row,
        parse: impl FnOnce(&mut Cursor<'_>) -> Parse<T>,
    ) -> Parse<T> {
        let item = self.whole(row, parse);
        self.refuse_children(row);
        item
    }

    /// The first word of the row, or the first token of whatever kind.
    pub(crate) fn first_text(&self, row: &Row) -> &'a str {
        self.nth_text(row, 0)
    }

    /// The text of a token of the row; empty if there are fewer.
    pub(crate) fn nth_text(&self, row: &Row, n: usize) -> &'a str {
        let tokens = &self.tokens[row.tokens.0 as usize..row.tokens.1 as usize];
        tokens.get(n).map_or("", |token| &self.source[token.start as usize..token.end as usize])
    }

    /// From the first token of the row to its last.
    pub(crate) fn span(&self, row: &Row) -> Span {
        let tokens = &self.tokens[row.tokens.0 as usize..row.tokens.1 as usize];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Span::new(self.file, first.start, last.end),
            _ => Span::new(self.file, 0, 0),
        }
    }

    /// The first token of the row.
    pub(crate) fn first_span(&self, row: &Row) -> Span {
        let first = self.tokens[row.tokens.0 as usize];
        Span::new(self.file, first.start, first.end)
    }

    /// Wraps what the row says with its comments.
    pub(crate) fn line<T>(&self, row: &Row, item: T) -> Line<T> {
        Line { span: self.span(row), trivia: row.trivia(), item }
    }

    /// Reads the rows below `row`, each with `parse`; rows that cannot be read are reported and left out.
    pub(crate) fn block<T>(
        &mut self,
        row: &Row,
        parse: impl Fn(&mut Reader<'a>, &Row) -> Parse<T>,
    ) -> Block<T> {
        let mut block = Block::empty();
        for child in &row.children {
            if self.sink.is_full() {
                break;
            }
            if let Ok(item) = parse(self, child) {
                block.lines.push(self.line(child, item));
            }
        }
        block.closing = row.closing.clone();
        block
    }

    /// Reads the rows below `row`, which have nothing below themselves.
    pub(crate) fn leaves<T>(
        &mut self,
        row: &Row,
        parse: impl Fn(&mut Cursor<'_>) -> Parse<T>,
    ) -> Block<T> {
        self.block(row, |reader, child| reader.leaf(child, &parse))
    }

    fn is_broken(&self, row: &Row) -> bool {
        row.broken || self.failed == Some(row.tokens.0)
    }

    /// Complains if nothing stands below the row, showing what should.
    pub(crate) fn need_children(&mut self, row: &Row, what: &str, example: &str) {
        if row.children.is_empty() && !self.is_broken(row) {
            let message = format!("indented lines with {what} should follow");
            let complaint = Diagnostic::at(Code::E013, self.span(row), message)
                .help(format!("for instance    {example}"));
            self.sink.push(complaint);
        }
    }

    /// Complains if something stands below a row that takes nothing below itself.
    pub(crate) fn refuse_children(&mut self, row: &Row) {
        let Some(child) = row.children.first() else {
            return;
        };
        if self.is_broken(row) {
            return;
        }
        let span = self.first_span(child);
        // A step that no author takes on purpose is a slip of the indentation.
        let complaint = if child.indent - row.indent.min(child.indent) == 1 {
            indentation_mismatch(span, child.indent, row.indent)
        } else {
            let message = format!(
                "nothing can be indented below a line that starts with '{}'",
                self.first_text(row)
            );
            let neighbours = super::lines::spaces(row.indent);
            Diagnostic::at(Code::E014, span, message)
                .help(format!("indent it like the line above it, by {neighbours}"))
        };
        self.sink.push(complaint);
    }
}
