//! Complaints as text, in the look that compilers have taught people to read.
//!
//! Written here rather than taken from a crate: the look of the language page has no empty gutter lines, the
//! whole is a screenful, and characters that could disturb a terminal are made harmless on the way.

use super::place::{SourceFile, file_of, floor, line_start, place, summary};
use super::{Diagnostic, Severity};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// Widest piece of a source line that is shown.
const WIDEST: usize = 140;

/// Columns shown before the carets when a long line is cut.
const BEFORE: usize = 60;

/// Escape sequences, or nothing.
struct Paint {
    head: &'static str,
    bold: &'static str,
    gutter: &'static str,
    plain: &'static str,
}

impl Paint {
    fn new(severity: Severity, colour: bool) -> Paint {
        if !colour {
            return Paint { head: "", bold: "", gutter: "", plain: "" };
        }
        Paint {
            head: match severity {
                Severity::Error => "\u{1b}[1;31m",
                Severity::Warning => "\u{1b}[1;33m",
            },
            bold: "\u{1b}[1m",
            gutter: "\u{1b}[1;34m",
            plain: "\u{1b}[0m",
        }
    }
}

/// One complaint as text, ending in a line end. `files` are numbered as in spans; `colour` asks for ANSI escapes.
///
/// ```
/// use detente_lang::diagnostics::{SourceFile, render};
/// let text = "story\n  signl satellites seen by all\n";
/// let parsed = detente_lang::parse(text);
/// let files = [SourceFile { name: "treaty.dtn", text }];
/// assert_eq!(render(&parsed.diagnostics[0], &files, false), "\
/// error[E008]: a story line cannot start with 'signl'
///  --> treaty.dtn:2:3
/// 2 |   signl satellites seen by all
///   |   ^^^^^
///   = help: did you mean 'signal'?
/// ");
/// ```
pub fn render(diagnostic: &Diagnostic, files: &[SourceFile<'_>], colour: bool) -> String {
    let paint = Paint::new(diagnostic.severity, colour);
    let mut out = String::new();
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (head, bold, plain) = (paint.head, paint.bold, paint.plain);
    let message = harmless(&diagnostic.message);
    let code = diagnostic.code;
    out += &format!("{head}{word}[{code}]{plain}{bold}: {message}{plain}\n");
    let margin = snippet(&mut out, diagnostic, files, &paint);
    let remarks = (diagnostic.helps.iter().map(|help| ("help", help)))
        .chain(diagnostic.notes.iter().map(|note| ("note", note)));
    for (kind, text) in remarks {
        let (gutter, plain) = (paint.gutter, paint.plain);
        let head = format!("{:margin$} = ", "");
        let indent = " ".repeat(head.len() + kind.len() + 2);
        let text = harmless(text).replace('\n', &format!("\n{indent}"));
        out += &format!("{gutter}{head}{plain}{bold}{kind}{plain}: {text}\n");
    }
    out
}

/// All complaints, each followed by an empty line, and how many there were.
pub fn render_all(diagnostics: &[Diagnostic], files: &[SourceFile<'_>], colour: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out += &render(diagnostic, files, colour);
        out.push('\n');
    }
    if !diagnostics.is_empty() {
        out += &summary(diagnostics);
        out.push('\n');
    }
    out
}

/// Writes the place and the source line; returns the width of the line number.
fn snippet(
    out: &mut String,
    diagnostic: &Diagnostic,
    files: &[SourceFile<'_>],
    paint: &Paint,
) -> usize {
    let Some(span) = diagnostic.span else {
        return 1;
    };
    let Some(file) = file_of(span, files) else {
        return 1;
    };
    let start = floor(file.text, span.start as usize);
    let end = floor(file.text, span.end as usize).max(start);
    let at = place(file.text, start);
    let margin = at.line.to_string().len();
    let (gutter, head, plain) = (paint.gutter, paint.head, paint.plain);
    let name = harmless(file.name);
    let _ = writeln!(out, "{:margin$}{gutter}-->{plain} {name}:{}:{}", "", at.line, at.column);
    let (line_at, _) = line_start(file.text, start);
    let line = file.text[line_at..].split('\n').next().unwrap_or("");
    let line = line.strip_suffix('\r').unwrap_or(line);
    let shown = Shown::new(line, start - line_at, end - line_at);
    let _ = writeln!(out, "{gutter}{} |{plain} {}", at.line, shown.text);
    let carets = "^".repeat(shown.width);
    let label = match &diagnostic.label {
        Some(label) => format!(" {}", harmless(label)),
        None => String::new(),
    };
    let before = " ".repeat(shown.before);
    let _ = writeln!(out, "{gutter}{:margin$} |{plain} {before}{head}{carets}{label}{plain}", "");
    margin
}

/// A source line made ready for a terminal.
struct Shown {
    text: String,
    /// Columns before the carets.
    before: usize,
    /// Number of carets.
    width: usize,
}

impl Shown {
    fn new(line: &str, start: usize, end: usize) -> Shown {
        let columns = |upto: usize| line[..floor(line, upto)].chars().map(width).sum::<usize>();
        let (first, last) = (columns(start), columns(end));
        let cut = match first + 20 > WIDEST {
            true => first - BEFORE,
            false => 0,
        };
        let mut text = String::from(if cut > 0 { "…" } else { "" });
        let mut at = 0;
        let mut skipped = None; // where the shown piece really starts: a wide character may straddle the cut
        for character in line.chars() {
            let here = at;
            at += width(character);
            if here < cut {
                continue;
            }
            skipped.get_or_insert(here);
            if at > cut + WIDEST {
                text.push('…');
                break;
            }
            push_harmless(&mut text, character);
        }
        let skipped = skipped.unwrap_or(cut);
        let before = first.saturating_sub(skipped) + usize::from(cut > 0);
        let room = (cut + WIDEST).saturating_sub(first).max(1);
        Shown { text: text.trim_end().to_string(), before, width: (last - first).clamp(1, room) }
    }
}

/// Columns a character takes once it is made harmless.
fn width(character: char) -> usize {
    match character {
        '\t' => 4,
        _ if is_harmful(character) => 1,
        _ => character.width().unwrap_or(1),
    }
}

/// Characters that would move the cursor, or turn the direction of writing, of whoever reads the message.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn push_harmless(text: &mut String, character: char) {
    match character {
        '\t' => text.push_str("    "),
        _ if is_harmful(character) => text.push('\u{fffd}'),
        _ => text.push(character),
    }
}

fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => out.push('\n'),
            _ => push_harmless(&mut out, character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;
    use crate::syntax::span::{FileId, Span};

    fn shown(text: &str, word: &str, colour: bool) -> String {
        let start = text.find(word).expect("the word is in the text") as u32;
        let span = Span::new(FileId::MAIN, start, start + word.len() as u32);
        let complaint = Diagnostic::at(Code::E011, span, "message")
            .label("here")
            .help("do this\nand that")
            .note("a note");
        render(&complaint, &[SourceFile { name: "a.dtn", text }], colour)
    }

    #[test]
    fn wide_characters_keep_the_carets_in_place() {
        let expected = "\
error[E011]: message
  --> a.dtn:10:4
10 | 日本 x 語
   |      ^ here
   = help: do this
           and that
   = note: a note
";
        assert_eq!(shown(&format!("{}日本 x 語\n", "\n".repeat(9)), "x", false), expected);
        assert!(shown("日本 x\n", "日本", false).contains("\n  | ^^^^ here\n"));
    }

    #[test]
    fn what_disturbs_a_terminal_is_replaced() {
        let text = "a \u{1b}[31m \u{202e} b\tx\r\n";
        let plain = shown(text, "x", false);
        assert!(!plain.contains('\u{1b}') && !plain.contains('\u{202e}') && !plain.contains('\t'));
        assert!(shown(text, "x", true).contains("\u{1b}[1;31merror[E011]\u{1b}[0m"));
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{}x{}", "a".repeat(5000), "b".repeat(5000));
        let shown = shown(&text, "x", false);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[2].chars().count() < 160);
        let column = |line: &str, what: char| line.chars().position(|c| c == what);
        assert_eq!(column(lines[2], 'x'), column(lines[3], '^'));
    }

    #[test]
    fn a_complaint_without_a_place_is_a_sentence() {
        let complaint = Diagnostic::new(Code::E009, "too large").help("smaller");
        assert_eq!(render(&complaint, &[], false), "error[E009]: too large\n  = help: smaller\n");
    }

    #[test]
    fn spans_that_do_not_fit_the_text_are_moved() {
        for (start, end) in [(0, 900), (900, 901), (1, 1), (2, 1)] {
            let span = Span::new(FileId::MAIN, start, end);
            let complaint = Diagnostic::at(Code::E001, span, "m");
            let text = render(&complaint, &[SourceFile { name: "a", text: "é\nx" }], false);
            assert!(text.contains("^"));
        }
    }
}
