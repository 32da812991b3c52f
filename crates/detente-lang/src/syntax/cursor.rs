//! Reading one row, token by token. Each method that can fail reports why and returns [`Reported`].

use super::ast::{Date, Name, Text, Value};
use super::lexer::{Token, TokenKind};
use super::sink::{Parse, Reported, Sink};
use super::span::{FileId, Span};
use crate::constructs::keywords::{is_reserved, is_reserved_as_value};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};

/// A place in a row.
pub(crate) struct Cursor<'r> {
    source: &'r str,
    file: FileId,
    tokens: &'r [Token],
    at: usize,
    broken: bool,
    sink: &'r mut Sink,
    /// How deep the expression being read is nested.
    pub(crate) depth: usize,
}

impl<'r> Cursor<'r> {
    pub(crate) fn new(
        source: &'r str,
        file: FileId,
        tokens: &'r [Token],
        broken: bool,
        sink: &'r mut Sink,
    ) -> Cursor<'r> {
        Cursor { source, file, tokens, at: 0, broken, sink, depth: 0 }
    }

    /// The text of the `n`th token from here; empty at the end of the row.
    pub(crate) fn nth(&self, n: usize) -> &'r str {
        let token = self.tokens.get(self.at + n);
        token.map_or("", |token| self.text_of(*token))
    }

    /// The text of the next token; empty at the end of the row.
    pub(crate) fn peek(&self) -> &'r str {
        self.nth(0)
    }

    fn text_of(&self, token: Token) -> &'r str {
        &self.source[token.start as usize..token.end as usize]
    }

    pub(crate) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(crate) fn next_is(&self, kind: TokenKind) -> bool {
        self.nth_is(0, kind)
    }

    pub(crate) fn nth_is(&self, n: usize, kind: TokenKind) -> bool {
        let token = self.tokens.get(self.at + n);
        token.is_some_and(|token| token.kind == kind)
    }

    /// The next token's place; after the last token at the end of the row.
    pub(crate) fn here(&self) -> Span {
        match self.tokens.get(self.at) {
            Some(token) => Span::new(self.file, token.start, token.end),
            None => self.before().after(),
        }
    }

    /// The place of the token just read.
    pub(crate) fn before(&self) -> Span {
        match self.tokens.get(self.at.saturating_sub(1)) {
            Some(token) => Span::new(self.file, token.start, token.end),
            None => Span::new(self.file, 0, 0),
        }
    }

    /// From the start of `first` to the token just read.
    pub(crate) fn since(&self, first: Span) -> Span {
        first.to(self.before())
    }

    /// The source text of a span.
    pub(crate) fn source_text(&self, span: Span) -> &'r str {
        span.text(self.source)
    }

    /// Steps over the next token.
    pub(crate) fn skip(&mut self) -> Span {
        let here = self.here();
        self.at += 1;
        here
    }

    /// Steps over `sign` (a sign or a word) if it is next.
    pub(crate) fn eat(&mut self, sign: &str) -> bool {
        let found = self.peek() == sign && !self.next_is(TokenKind::Text);
        self.at += usize::from(found);
        found
    }

    /// Makes a complaint, unless one about this row was made before.
    pub(crate) fn fail(&mut self, complaint: Diagnostic) -> Reported {
        if !self.broken {
            self.sink.push(complaint);
            self.broken = true;
        }
        Reported
    }

    /// What the next token is, for a message.
    pub(crate) fn describe(&self) -> String {
        match self.tokens.get(self.at) {
            None => "the line ends".to_string(),
            Some(token) => match token.kind {
                TokenKind::Text => "there is a text".to_string(),
                _ => format!("there is '{}'", shortened(self.text_of(*token))),
            },
        }
    }

    /// The complaint that `what` should stand here.
    pub(crate) fn missing(&self, what: &str) -> Diagnostic {
        let message = format!("{what} should stand here, but {}", self.describe());
        Diagnostic::at(Code::E003, self.here(), message)
    }

    /// Steps over `sign`; complains, with an example of the whole line, if something else is next.
    pub(crate) fn need(&mut self, sign: &str, example: &str) -> Parse<Span> {
        let here = self.here();
        if self.eat(sign) {
            return Ok(here);
        }
        let mut complaint = self.missing(&format!("'{sign}'"));
        if self.next_is(TokenKind::Word) {
            complaint = complaint.help_opt(did_you_mean(self.peek(), [sign]));
        }
        Err(self.fail(complaint.help(format!("for instance    {example}"))))
    }

    /// A name that is not a word of the language.
    pub(crate) fn name(&mut self, what: &str, example: &str) -> Parse<Name> {
        if !self.next_is(TokenKind::Word) {
            let complaint = self.missing(what).help(format!("for instance    {example}"));
            return Err(self.fail(complaint));
        }
        let text = self.peek();
        if is_reserved(text) {
            let message =
                format!("{what} should stand here, but '{text}' is a word of the language");
            let complaint = Diagnostic::at(Code::E015, self.here(), message)
                .help(format!("use another name, such as '{text}_1'"))
                .help(format!("for instance    {example}"));
            return Err(self.fail(complaint));
        }
        let span = self.skip();
        Ok(Name { text: text.to_string(), span })
    }

    /// Names separated by commas.
    pub(crate) fn names(&mut self, what: &str, example: &str) -> Parse<Vec<Name>> {
        let mut names = vec![self.name(what, example)?];
        while self.eat(",") {
            names.push(self.name(what, example)?);
        }
        Ok(names)
    }

    /// A name or a number, with its sign, as a value.
    pub(crate) fn value(&mut self, what: &str, example: &str) -> Parse<Value> {
        let first = self.here();
        let negative = self.peek() == "-" && self.nth_is(1, TokenKind::Number);
        if negative || self.next_is(TokenKind::Number) {
            self.at += usize::from(negative);
            let number = self.peek();
            self.skip();
            let sign = if negative { "-" } else { "" };
            let below = self.denominator_opt();
            return Ok(Value {
                text: format!("{sign}{number}{below}"),
                is_number: true,
                span: self.since(first),
            });
        }
        let word = self.peek();
        if self.next_is(TokenKind::Word) && !is_reserved_as_value(word) {
            return Ok(Value { text: word.to_string(), is_number: false, span: self.skip() });
        }
        let name = self.name(what, example)?;
        Ok(Value { text: name.text, is_number: false, span: name.span })
    }

    /// `/2`, if a number that stands as a value goes on so: `1/2` is one value.
    fn denominator_opt(&mut self) -> String {
        if self.peek() != "/" || !self.nth_is(1, TokenKind::Number) {
            return String::new();
        }
        self.skip();
        let number = self.peek();
        self.skip();
        format!("/{number}")
    }

    /// A text.
    pub(crate) fn text(&mut self, what: &str, example: &str) -> Parse<Text> {
        match self.text_opt() {
            Some(text) => Ok(text),
            None => {
                let complaint = self
                    .missing(&format!("{what}, between quotation marks,"))
                    .help(format!("for instance    {example}"));
                Err(self.fail(complaint))
            }
        }
    }

    /// A text, if one is next.
    pub(crate) fn text_opt(&mut self) -> Option<Text> {
        if !self.next_is(TokenKind::Text) {
            return None;
        }
        let value = unescaped(self.peek());
        let span = self.skip();
        Some(Text { value, span })
    }

    /// A date, if one is next: three numbers joined by `-` without spaces.
    pub(crate) fn date_opt(&mut self) -> Parse<Option<Date>> {
        let Some(tokens) = self.tokens.get(self.at..self.at + 5) else {
            return Ok(None);
        };
        let joined = tokens.windows(2).all(|pair| pair[0].end == pair[1].start);
        let shape = [(0, "0"), (1, "-"), (2, "0"), (3, "-"), (4, "0")];
        let fits = shape.iter().all(|(n, like)| match *like {
            "-" => self.nth(*n) == "-",
            _ => self.nth_is(*n, TokenKind::Number),
        });
        if !joined || !fits {
            return Ok(None);
        }
        let [year, month, day] = [0, 2, 4].map(|n| self.nth(n));
        let first = self.here();
        self.at += 5;
        let span = self.since(first);
        match calendar_date(year, month, day) {
            Some((year, month, day)) => Ok(Some(Date { year, month, day, span })),
            None => {
                let message =
                    format!("there is no such date as {}", shortened(span.text(self.source)));
                let complaint = Diagnostic::at(Code::E016, span, message);
                Err(self.fail(complaint.help("dates are written year-month-day, 2025-09-22")))
            }
        }
    }

    /// A date.
    pub(crate) fn date(&mut self, example: &str) -> Parse<Date> {
        if let Some(date) = self.date_opt()? {
            return Ok(date);
        }
        let complaint =
            self.missing("a date such as 2025-09-22").help(format!("for instance    {example}"));
        Err(self.fail(complaint))
    }

    /// Whether the next token is the last of its line, but not of the row.
    fn goes_on_below(&self) -> bool {
        match self.tokens.get(self.at..self.at + 2) {
            Some([this, next]) => {
                self.source[this.end as usize..next.start as usize].contains('\n')
            }
            _ => false,
        }
    }

    /// Complains if something is left of the row.
    pub(crate) fn finish(&mut self) -> Parse<()> {
        self.finish_or(&[])
    }

    /// Complains if something is left of the row, thinking that one of `words` might have been meant.
    pub(crate) fn finish_or(&mut self, words: &[&str]) -> Parse<()> {
        if self.at_end() {
            return Ok(());
        }
        let first = self.here();
        let rest = match self.tokens.last() {
            Some(last) => first.to(Span::new(self.file, last.start, last.end)),
            None => first,
        };
        let found = self.describe();
        let message = format!("the line should end here, but {found}");
        let mut complaint = Diagnostic::at(Code::E007, first, message);
        if self.goes_on_below() {
            let note = format!("a line that ends in '{}' goes on with the next line", self.peek());
            complaint = complaint.note(note);
        }
        complaint = match did_you_mean(self.peek(), words.iter().copied()) {
            Some(help) => complaint.help(help),
            None if !words.is_empty() => {
                complaint.help(format!("what can follow: {}", words.join("  ")))
            }
            None if rest.text(self.source).contains('\n') => {
                let sign = self.peek();
                complaint.help(format!("remove '{sign}', or what follows it"))
            }
            None => complaint.help(format!("remove  {}", shortened(rest.text(self.source)))),
        };
        Err(self.fail(complaint))
    }
}

/// The text, cut if it is so long that it would drown a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_string(),
    }
}

/// The inside of a quoted text with `\"` and `\\` resolved.
fn unescaped(quoted: &str) -> String {
    let inner = quoted.strip_prefix('"').unwrap_or(quoted);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut value = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => value.extend(characters.next()),
            _ => value.push(character),
        }
    }
    value
}

fn calendar_date(year: &str, month: &str, day: &str) -> Option<(u16, u8, u8)> {
    let plain =
        |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if !plain(year, 4) || !plain(month, 2) || !plain(day, 2) {
        return None;
    }
    let (year, month, day) = (year.parse::<u16>(), month.parse::<u8>(), day.parse::<u8>());
    let (year, month, day) = (year.ok()?, month.ok()?, day.ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=longest).contains(&day).then_some((year, month, day))
}
