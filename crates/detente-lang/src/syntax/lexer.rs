//! From the characters of one physical line to tokens.

use super::sink::Sink;
use super::span::{FileId, Span};
use crate::diagnostics::{Code, Diagnostic};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Longest number: more digits, or a larger exponent, is a slip of the finger and would cost memory later on.
const LONGEST_NUMBER: usize = 400;

/// What a token is. Its text is looked up in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Number,
    Text,
    Symbol,
}

/// A token; 12 bytes, since a file can have millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// The signs of the language, longer before shorter.
const SYMBOLS: [&str; 20] = [
    "!=", "<=", ">=", "..", "=", "<", ">", ":", "|", ",", "+", "-", "*", "/", "(", ")", "[", "]",
    "~", ".",
];

/// What people type, or their word processor makes, in place of a sign of the language.
const MISTAKEN: [(&str, &str, &str); 21] = [
    ("==", "=", "one '=' compares"),
    ("&&", "and", "write 'and'"),
    ("||", "|", "options are separated by one '|'; between conditions write 'or'"),
    ("**", "*", "write pow(base, exponent)"),
    ("<>", "!=", "write '!='"),
    ("&", "and", "write 'and'"),
    ("!", "not", "write 'not'"),
    (";", "", "a line ends where it ends; write the rest on the next line"),
    ("–", "-", "write the plain '-'"),
    ("—", "-", "write the plain '-'"),
    ("−", "-", "write the plain '-'"),
    ("×", "*", "write '*'"),
    ("·", "*", "write '*'"),
    ("÷", "/", "write '/'"),
    ("≤", "<=", "write '<='"),
    ("≥", ">=", "write '>='"),
    ("≠", "!=", "write '!='"),
    ("…", "..", "a range is written with two dots, 0..1"),
    ("^", "*", "write pow(base, exponent)"),
    ("\u{a0}", "", "this is a no-break space; write a plain one"),
    ("'", "\"", "a text stands between double quotation marks, \"…\""),
];

/// Reads physical lines into one growing list of tokens.
pub(crate) struct Lexer<'a> {
    pub(crate) source: &'a str,
    pub(crate) file: FileId,
    pub(crate) tokens: Vec<Token>,
}

/// A complaint, and where to read on; boxed, since it is rare and large.
type Slip = Box<(usize, Diagnostic)>;

fn slip(next: usize, complaint: Diagnostic) -> Slip {
    Box::new((next, complaint))
}

/// What one physical line held besides its tokens.
#[derive(Default)]
pub(crate) struct Scanned {
    /// Where its comment starts.
    pub(crate) comment: Option<usize>,
    /// Whether a complaint has been made about it.
    pub(crate) broken: bool,
}

impl Lexer<'_> {
    /// Reads the line from `start` to `end` (without its line end), after its indentation.
    pub(crate) fn scan(&mut self, start: usize, end: usize, sink: &mut Sink) -> Scanned {
        let mut scanned = Scanned::default();
        let mut at = start;
        while at < end {
            let rest = &self.source[at..end];
            let Some(first) = rest.chars().next() else {
                break;
            };
            let result = match first {
                ' ' | '\t' => Ok(at + 1),
                '#' => {
                    scanned.comment = Some(at);
                    break;
                }
                '"' => self.text(at, rest),
                '0'..='9' => self.number(at, rest),
                '.' if self.is_bare_fraction(at, rest) => self.number(at, rest),
                _ if is_xid_start(first) || first == '_' => Ok(self.word(at, rest)),
                _ => self.symbol(at, rest, first),
            };
            at = result.unwrap_or_else(|slip| {
                let (next, complaint) = *slip;
                // One complaint a line is enough: the first says what to mend.
                if !scanned.broken {
                    sink.push(complaint);
                }
                scanned.broken = true;
                next
            });
        }
        scanned
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.tokens.push(Token { kind, start: start as u32, end: end as u32 });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start as u32, end as u32)
    }

    fn word(&mut self, at: usize, rest: &str) -> usize {
        let length = rest.find(|character: char| !is_xid_continue(character)).unwrap_or(rest.len());
        self.push(TokenKind::Word, at, at + length);
        at + length
    }

    fn is_bare_fraction(&self, at: usize, rest: &str) -> bool {
        let follows_name = self.tokens.last().is_some_and(|token| token.end as usize == at);
        !follows_name && rest[1..].starts_with(|next: char| next.is_ascii_digit())
    }

    fn number(&mut self, at: usize, rest: &str) -> Result<usize, Slip> {
        let length = number_length(rest);
        let end = at + length;
        let text = &rest[..length];
        self.push(TokenKind::Number, at, end);
        let wrong = |message: &str, end: usize| {
            Diagnostic::at(Code::E006, self.span(at, end), message.to_string())
        };
        if text.starts_with('.') {
            let help = format!("write 0{text}");
            return Err(slip(end, wrong("a number starts with a digit", end).help(help)));
        }
        let exponent = text.split(['e', 'E']).nth(1).unwrap_or("0");
        let exponent = exponent.trim_end_matches('%').parse::<i32>();
        if length > LONGEST_NUMBER || !exponent.is_ok_and(|e| e.unsigned_abs() <= 400) {
            let complaint = wrong("this number is too long or its exponent too large", end)
                .help("at most 400 characters, and exponents from -400 to 400");
            return Err(slip(end, complaint));
        }
        let tail = &rest[length..];
        if tail.starts_with(is_xid_continue) {
            let more = tail.find(|c: char| !is_xid_continue(c));
            let end = end + more.unwrap_or(tail.len());
            let help = match tail.starts_with('_') {
                true => "write the digits without '_'".to_string(),
                false => {
                    format!("for a name, start with a letter: n{}; for a product, write '*'", text)
                }
            };
            let message = "a number runs into a word; names cannot start with a digit";
            return Err(slip(end, wrong(message, end).help(help)));
        }
        if tail.starts_with('.') && !tail.starts_with("..") {
            let complaint = wrong("a digit is missing after the '.'", end + 1);
            return Err(slip(end + 1, complaint.help(format!("write {text} or {text}.0"))));
        }
        Ok(end)
    }

    fn text(&mut self, at: usize, rest: &str) -> Result<usize, Slip> {
        let mut complaint = None;
        let mut characters = rest.char_indices().skip(1);
        while let Some((offset, character)) = characters.next() {
            match character {
                '"' => {
                    let end = at + offset + 1;
                    self.push(TokenKind::Text, at, end);
                    return complaint.map_or(Ok(end), |complaint| Err(slip(end, complaint)));
                }
                '\\' => {
                    let next = characters.next();
                    if !matches!(next, Some((_, '"' | '\\'))) {
                        let length = next.map_or(1, |(_, character)| 1 + character.len_utf8());
                        let span = self.span(at + offset, at + offset + length);
                        let found = "a stray '\\' in a text";
                        complaint.get_or_insert(
                            Diagnostic::at(Code::E005, span, found)
                                .help("write \\\\ for a backslash and \\\" for a quotation mark"),
                        );
                    }
                }
                _ => {}
            }
        }
        let end = at + rest.trim_end().len();
        self.push(TokenKind::Text, at, end);
        let complaint = Diagnostic::at(
            Code::E005,
            self.span(at, end),
            "the quotation mark that opens this text is not closed on the line",
        )
        .help("end the text with '\"'; a text cannot go on to the next line");
        Err(slip(at + rest.len(), complaint))
    }

    fn symbol(&mut self, at: usize, rest: &str, first: char) -> Result<usize, Slip> {
        for (wrong, right, help) in MISTAKEN {
            if rest.starts_with(wrong) && !rest.starts_with("!=") {
                let end = at + wrong.len();
                if SYMBOLS.contains(&right) {
                    self.push(TokenKind::Symbol, at, end);
                }
                let shown = if first == '\u{a0}' { " " } else { wrong };
                let message = format!("'{shown}' is not a sign of the language");
                let complaint = Diagnostic::at(Code::E001, self.span(at, end), message);
                return Err(slip(end, complaint.help(help)));
            }
        }
        for symbol in SYMBOLS {
            if rest.starts_with(symbol) {
                self.push(TokenKind::Symbol, at, at + symbol.len());
                return Ok(at + symbol.len());
            }
        }
        if let Some(end) = self.curly_text(at, rest, first) {
            let complaint = Diagnostic::at(
                Code::E001,
                self.span(at, at + first.len_utf8()),
                "texts stand between straight quotation marks",
            );
            return Err(slip(end, complaint.help("write \"…\"")));
        }
        let end = at + first.len_utf8();
        let shown = match first.is_control() || first.is_whitespace() {
            true => format!("the character U+{:04X}", u32::from(first)),
            false => format!("'{first}'"),
        };
        let message = format!("{shown} is not a sign of the language");
        let complaint = Diagnostic::at(Code::E001, self.span(at, end), message)
            .help("texts stand between quotation marks, comments after '#'");
        Err(slip(end, complaint))
    }

    /// A text between typographic quotation marks: read as one, so that its words cause no complaints.
    fn curly_text(&mut self, at: usize, rest: &str, first: char) -> Option<usize> {
        if !matches!(first, '“' | '”' | '„' | '«' | '»') {
            return None;
        }
        let inner = &rest[first.len_utf8()..];
        let close = inner.char_indices().find(|(_, c)| matches!(c, '“' | '”' | '«' | '»' | '"'));
        let length = match close {
            Some((offset, character)) => first.len_utf8() + offset + character.len_utf8(),
            None => rest.len(),
        };
        self.push(TokenKind::Text, at, at + length);
        Some(at + length)
    }
}

/// `digits [. digits] [e int] [%]`, or `. digits` for what is reported as a slip.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        let more = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit());
        from + more.count()
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign.min(bytes.len() - end - 1));
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    if bytes.get(end) == Some(&b'%') {
        end += 1;
    }
    end
}
