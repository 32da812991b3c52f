//! Lines, comments, blank lines and indentation.

use super::columns::{Cells, align, align_signs, width};
use crate::syntax::ast::{Block, Comment, FileId, Trivia};
use crate::syntax::lexer::{Lexer, TokenKind};
use crate::syntax::sink::Sink;
use std::cmp::Reverse;

/// Widest line; longer ones are continued below, where the language allows it.
const WIDEST: usize = 140;

/// How the lines of a block are laid out.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// Spaces after each column, the last for the rest.
    pub(super) gaps: &'static [usize],
    /// A column of amounts whose signs are aligned.
    pub(super) signs: Option<usize>,
    /// Whether a line with one cell ends a group of aligned lines.
    pub(super) single_ends_group: bool,
}

impl Layout {
    pub(super) const PLAIN: Layout = Layout { gaps: &[2], signs: None, single_ends_group: false };
}

/// The text written so far.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    indent: usize,
    /// Whether nothing stands yet in the block (or file) being written: blank lines are dropped there.
    fresh: bool,
}

impl Writer {
    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn blank(&mut self) {
        let start = self.fresh || self.out.is_empty();
        if !start && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(&" ".repeat(self.indent * 2));
        self.out.push_str(text);
        self.out.push('\n');
        self.fresh = false;
    }

    pub(super) fn comments(&mut self, comments: &[Comment]) {
        for comment in comments {
            if comment.blank_before {
                self.blank();
            }
            self.raw(&comment.text);
        }
    }

    /// A line with its comments.
    pub(super) fn line(&mut self, trivia: &Trivia, text: &str) {
        self.comments(&trivia.leading);
        if trivia.blank_before {
            self.blank();
        }
        let mut pieces = wrapped(text, WIDEST.saturating_sub(self.indent * 2));
        if let (Some(comment), Some(last)) = (&trivia.trailing, pieces.last_mut()) {
            last.push_str("  ");
            last.push_str(&comment.text);
        }
        for piece in pieces {
            self.raw(&piece);
        }
    }

    /// Runs `write` one step further in.
    pub(super) fn indented(&mut self, write: impl FnOnce(&mut Writer)) {
        self.indent += 1;
        self.fresh = true;
        write(self);
        self.fresh = false;
        self.indent -= 1;
    }

    /// The lines of a block, aligned group by group, each followed by what `below` writes.
    pub(super) fn block<T>(
        &mut self,
        block: &Block<T>,
        layout: Layout,
        cells: impl Fn(&T) -> Cells,
        below: impl Fn(&mut Writer, &T),
    ) {
        let lines: Vec<Cells> = block.iter().map(|line| cells(line)).collect();
        self.indented(|writer| {
            let mut start = 0;
            while start < block.len() {
                let end = group_end(block, &lines, start, layout);
                let mut group = lines[start..end].to_vec();
                if let Some(column) = layout.signs {
                    align_signs(&mut group, column);
                }
                let texts = align(&group, layout.gaps);
                for (line, text) in block.lines[start..end].iter().zip(texts) {
                    writer.line(&line.trivia, &text);
                    below(writer, line);
                }
                start = end;
            }
            writer.comments(&block.closing);
        });
    }

    /// The lines of a block with nothing below them.
    pub(super) fn leaves<T>(
        &mut self,
        block: &Block<T>,
        layout: Layout,
        cells: impl Fn(&T) -> Cells,
    ) {
        self.block(block, layout, cells, |_, _| {});
    }
}

/// One past the last line of the group that starts at `start`: groups end at blank lines.
fn group_end<T>(block: &Block<T>, lines: &[Cells], start: usize, layout: Layout) -> usize {
    let ends = |n: usize| {
        let trivia = &block.lines[n].trivia;
        let blank = trivia.blank_before || trivia.leading.iter().any(|c| c.blank_before);
        blank || (layout.single_ends_group && (lines[n].len() == 1 || lines[n - 1].len() == 1))
    };
    (start + 1..block.len()).find(|n| ends(*n)).unwrap_or(block.len())
}

/// The text on as many lines as it needs, broken after signs of continuation.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    if width(text) <= room {
        return vec![text.to_string()];
    }
    let breaks = continuation_ends(text);
    let mut pieces: Vec<String> = Vec::new();
    let mut from = 0;
    let mut next = 0; // the first break not yet passed
    loop {
        let step = if pieces.is_empty() { "" } else { "    " };
        let fits = |end: usize| width(step) + width(text[from..end].trim()) <= room;
        let fitting = breaks[next..].iter().take_while(|at| fits(at.end)).count();
        if fits(text.len()) || next == breaks.len() {
            pieces.push(format!("{step}{}", text[from..].trim()));
            return pieces;
        }
        let candidates = &breaks[next..next + fitting.max(1)];
        // Fill at least half of the line, then break between the largest parts.
        let half = |end: usize| width(text[from..end].trim()) * 2 >= room;
        let best = (0..candidates.len())
            .max_by_key(|n| (half(candidates[*n].end), Reverse(candidates[*n].depth), *n));
        let best = best.unwrap_or(0);
        let end = candidates[best].end;
        pieces.push(format!("{step}{}", text[from..end].trim()));
        from = end;
        next += best + 1;
    }
}

/// A place where a line may be continued on the next.
struct Break {
    end: usize,
    /// How many brackets are open there.
    depth: usize,
}

fn continuation_ends(text: &str) -> Vec<Break> {
    let mut lexer = Lexer { source: text, file: FileId::MAIN, tokens: Vec::new() };
    lexer.scan(0, text.len(), &mut Sink::default());
    let mut breaks = Vec::new();
    let mut depth = 0usize;
    for token in &lexer.tokens {
        let end = token.end as usize;
        let may_break = match (token.kind, &text[token.start as usize..end]) {
            (TokenKind::Symbol, "(" | "[") => {
                depth += 1;
                false
            }
            (TokenKind::Symbol, ")" | "]") => {
                depth = depth.saturating_sub(1);
                false
            }
            (TokenKind::Symbol, "," | "|" | "+") | (TokenKind::Word, "and" | "or") => true,
            _ => false,
        };
        if may_break && !text[end..].trim_start().is_empty() {
            breaks.push(Break { end, depth });
        }
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_continued_after_signs_that_allow_it() {
        let text = "a: 1 when aaaa is bb and cccc is dd and (e or f)";
        assert_eq!(
            wrapped(text, 26),
            ["a: 1 when aaaa is bb and", "    cccc is dd and", "    (e or f)"]
        );
        assert_eq!(wrapped("nothing to break here", 5), ["nothing to break here"]);
    }
}
