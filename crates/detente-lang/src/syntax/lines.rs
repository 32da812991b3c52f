//! From text to a tree of rows: one row is a logical line with the rows indented below it.

use super::ast::{Comment, Trivia};
use super::lexer::{Lexer, Token, TokenKind};
use super::sink::Sink;
use super::span::{FileId, Span};
use crate::diagnostics::{Code, Diagnostic};

/// Deepest nesting of indented lines.
pub const DEEPEST_INDENTATION: usize = 32;

/// A logical line and the rows below it.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) indent: u32,
    /// Its tokens: first, and one past the last, in the list of all tokens. Never empty.
    pub(crate) tokens: (u32, u32),
    /// Whether a complaint has been made about it: then complaints that follow from it are kept back.
    pub(crate) broken: bool,
    trivia: Option<Box<Trivia>>,
    pub(crate) children: Vec<Row>,
    pub(crate) closing: Vec<Comment>,
}

impl Row {
    pub(crate) fn trivia(&self) -> Trivia {
        self.trivia.as_deref().cloned().unwrap_or_default()
    }
}

/// All rows of a file.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) tokens: Vec<Token>,
    pub(crate) rows: Vec<Row>,
    pub(crate) closing: Vec<Comment>,
}

/// Reads a whole file into rows.
pub(crate) fn read_rows(source: &str, file: FileId, sink: &mut Sink) -> Rows {
    let mut reader = RowReader {
        lexer: Lexer { source, file, tokens: Vec::new() },
        levels: vec![Level::default()],
        pending: Vec::new(),
        blank: false,
        open: None,
        tabs_reported: false,
        depth_reported: false,
    };
    let mut start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    while start < source.len() && !sink.is_full() {
        let length = source[start..].find('\n');
        let end = length.map_or(source.len(), |length| start + length);
        let text_end = match source[start..end].ends_with('\r') {
            true => end - 1,
            false => end,
        };
        reader.physical_line(start, text_end, sink);
        start = end + 1;
    }
    reader.finish(sink)
}

/// The rows of one indentation that are still open.
#[derive(Default)]
struct Level {
    indent: u32,
    rows: Vec<Row>,
    closing: Vec<Comment>,
}

struct PendingComment {
    indent: u32,
    comment: Comment,
}

struct RowReader<'a> {
    lexer: Lexer<'a>,
    levels: Vec<Level>,
    pending: Vec<PendingComment>,
    blank: bool,
    /// A row that ended in a sign of continuation.
    open: Option<Row>,
    tabs_reported: bool,
    depth_reported: bool,
}

impl RowReader<'_> {
    fn physical_line(&mut self, start: usize, end: usize, sink: &mut Sink) {
        let line = &self.lexer.source[start..end];
        let body = line.trim_start_matches([' ', '\t']);
        if body.trim_end().is_empty() {
            self.close_open(sink);
            self.blank = true;
            return;
        }
        let margin = line.len() - body.len();
        let indent =
            line[..margin].bytes().map(|byte| if byte == b'\t' { 2 } else { 1 }).sum::<u32>();
        let first = self.lexer.tokens.len();
        let scanned = self.lexer.scan(start + margin, end, sink);
        let comment = scanned.comment.map(|at| self.comment(at, end));
        if self.lexer.tokens.len() == first && !scanned.broken {
            self.own_line_comment(indent, comment);
            return;
        }
        if self.open.is_none() && line[..margin].contains('\t') {
            self.report_tabs(start, margin, sink);
        }
        self.tokens_of_line(indent, first, scanned.broken, comment, sink);
    }

    fn comment(&self, at: usize, end: usize) -> Comment {
        let text = self.lexer.source[at..end].trim_end();
        Comment {
            text: text.to_string(),
            span: Span::new(self.lexer.file, at as u32, (at + text.len()) as u32),
            blank_before: false,
        }
    }

    fn own_line_comment(&mut self, indent: u32, comment: Option<Comment>) {
        let Some(mut comment) = comment else { return };
        if let Some(open) = &mut self.open {
            // A comment between the lines of a continued statement: it goes in front of the statement.
            trivia_of(open).leading.push(comment);
            return;
        }
        comment.blank_before = std::mem::take(&mut self.blank);
        self.pending.push(PendingComment { indent, comment });
    }

    fn report_tabs(&mut self, start: usize, margin: usize, sink: &mut Sink) {
        if !std::mem::replace(&mut self.tabs_reported, true) {
            let span = Span::new(self.lexer.file, start as u32, (start + margin) as u32);
            let complaint = Diagnostic::at(Code::E002, span, "this line is indented with a tab")
                .help("indent with spaces, two for each step; most editors can convert the whole file");
            sink.push(complaint);
        }
    }

    fn tokens_of_line(
        &mut self,
        indent: u32,
        first: usize,
        broken: bool,
        comment: Option<Comment>,
        sink: &mut Sink,
    ) {
        let last = self.lexer.tokens.len() as u32;
        let mut row = match self.open.take() {
            Some(open) => open,
            None if first as u32 == last => return, // only rubbish, already reported
            None => self.new_row(indent, first as u32),
        };
        row.tokens.1 = last;
        row.broken |= broken;
        let goes_on = self.ends_in_continuation();
        if let Some(comment) = comment {
            match goes_on {
                true => trivia_of(&mut row).leading.push(comment),
                false => trivia_of(&mut row).trailing = Some(comment),
            }
        }
        match goes_on {
            true => self.open = Some(row),
            false => self.place(row, sink),
        }
    }

    fn new_row(&mut self, indent: u32, first: u32) -> Row {
        let mut row = Row { indent, tokens: (first, first), ..Row::default() };
        if std::mem::take(&mut self.blank) {
            trivia_of(&mut row).blank_before = true;
        }
        let leading = self.settle_comments(indent);
        if !leading.is_empty() {
            trivia_of(&mut row).leading = leading;
        }
        row
    }

    fn ends_in_continuation(&self) -> bool {
        self.lexer.tokens.last().is_some_and(|token| {
            let text = &self.lexer.source[token.start as usize..token.end as usize];
            match token.kind {
                TokenKind::Symbol => matches!(text, "," | "|" | "+"),
                TokenKind::Word => matches!(text, "and" | "or"),
                TokenKind::Number | TokenKind::Text => false,
            }
        })
    }

    fn close_open(&mut self, sink: &mut Sink) {
        if let Some(row) = self.open.take() {
            self.place(row, sink);
        }
    }

    /// Splits the waiting comments: those indented like a block that ends before a line with `indent` close that
    /// block, the others are returned and lead the line.
    fn settle_comments(&mut self, indent: u32) -> Vec<Comment> {
        let mut pending = std::mem::take(&mut self.pending).into_iter().peekable();
        while let Some(next) = pending.peek() {
            let level = self.levels.iter_mut().rev().find(|level| level.indent <= next.indent);
            match level {
                Some(level) if level.indent > indent && !level.rows.is_empty() => {
                    level.closing.extend(pending.next().map(|p| p.comment));
                }
                _ => break,
            }
        }
        pending.map(|pending| pending.comment).collect()
    }

    fn place(&mut self, mut row: Row, sink: &mut Sink) {
        let top = self.levels.last().map_or(0, |level| level.indent);
        let root_is_empty = self.levels.len() == 1 && self.levels[0].rows.is_empty();
        if root_is_empty && row.indent > 0 {
            self.report_first_line(&row, sink);
            self.levels[0].indent = row.indent;
        } else if row.indent > top {
            if self.levels.len() <= DEEPEST_INDENTATION {
                self.levels.push(Level { indent: row.indent, ..Level::default() });
            } else {
                self.report_depth(&row, sink);
                row.broken = true;
            }
        } else if row.indent < top {
            self.dedent(&mut row, sink);
        }
        if let Some(level) = self.levels.last_mut() {
            level.rows.push(row);
        }
    }

    /// Closes levels until the one that fits best is on top, with a complaint if none fits exactly.
    fn dedent(&mut self, row: &mut Row, sink: &mut Sink) {
        let fits = |level: &&Level| level.indent.abs_diff(row.indent);
        let best = self.levels.iter().rev().min_by_key(fits);
        let target = best.map_or(0, |level| level.indent);
        if target != row.indent && !self.tabs_reported {
            sink.push(indentation_mismatch(self.span(row), row.indent, target));
        }
        while self.levels.len() > 1 && self.levels.last().is_some_and(|l| l.indent > target) {
            self.close_level();
        }
    }

    fn close_level(&mut self) {
        let Some(level) = self.levels.pop() else {
            return;
        };
        let parent = self.levels.last_mut().and_then(|below| below.rows.last_mut());
        if let Some(parent) = parent {
            parent.children = level.rows;
            parent.closing = level.closing;
        }
    }

    fn span(&self, row: &Row) -> Span {
        let first = self.lexer.tokens[row.tokens.0 as usize];
        Span::new(self.lexer.file, first.start, first.end)
    }

    fn report_first_line(&self, row: &Row, sink: &mut Sink) {
        if !self.tabs_reported {
            let message = format!(
                "the first line is indented by {}; sections start at the margin",
                spaces(row.indent)
            );
            let complaint = Diagnostic::at(Code::E002, self.span(row), message);
            sink.push(complaint.help("remove the spaces in front of it"));
        }
    }

    fn report_depth(&mut self, row: &Row, sink: &mut Sink) {
        if !std::mem::replace(&mut self.depth_reported, true) {
            let message = format!("lines are nested more than {DEEPEST_INDENTATION} deep");
            let complaint = Diagnostic::at(Code::E012, self.span(row), message);
            sink.push(complaint.help("move inner lines into a 'block' of their own"));
        }
    }

    fn finish(mut self, sink: &mut Sink) -> Rows {
        self.close_open(sink);
        let root = self.levels[0].indent;
        let closing = self.settle_comments(root);
        while self.levels.len() > 1 {
            self.close_level();
        }
        let rows = self.levels.pop().map(|level| level.rows);
        Rows { tokens: self.lexer.tokens, rows: rows.unwrap_or_default(), closing }
    }
}

fn trivia_of(row: &mut Row) -> &mut Trivia {
    row.trivia.get_or_insert_default()
}

/// The complaint about a line whose indentation is not that of its neighbours.
pub(crate) fn indentation_mismatch(span: Span, found: u32, neighbours: u32) -> Diagnostic {
    let message =
        format!("this line is indented by {}, its neighbours by {neighbours}", spaces(found));
    Diagnostic::at(Code::E002, span, message).help(format!("indent it by {}", spaces(neighbours)))
}

pub(crate) fn spaces(count: u32) -> String {
    match count {
        1 => "1 space".to_string(),
        _ => format!("{count} spaces"),
    }
}
