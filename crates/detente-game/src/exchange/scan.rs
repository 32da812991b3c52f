//! The words that `.efg` and `.nfg` files are made of, with their places.

use super::{ImportError, ImportLimits};
use crate::number::{Rational, parse_literal};

/// Where a word begins; both counts start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// An error at this place.
    pub fn error(self, message: impl Into<String>) -> ImportError {
        ImportError { line: self.line, column: self.column, message: message.into(), hint: None }
    }
}

/// One word of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A text in quotation marks, without them.
    Text(String),
    /// Letters and digits: keywords and numbers.
    Word(&'t str),
    Open,
    Close,
    Comma,
    End,
}

impl Token<'_> {
    fn describe(&self) -> String {
        match self {
            Token::Text(text) => format!("the text \"{}\"", shorten(text)),
            Token::Word(word) => format!("'{}'", shorten(word)),
            Token::Open => "'{'".to_owned(),
            Token::Close => "'}'".to_owned(),
            Token::Comma => "','".to_owned(),
            Token::End => "the end of the file".to_owned(),
        }
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}

/// Reads words one ahead.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    rest: &'t str,
    here: Place,
    token: Token<'t>,
    place: Place,
    digits: usize,
}

impl<'t> Scanner<'t> {
    /// Starts at the beginning of `text`; a byte order mark is skipped.
    pub fn new(text: &'t str, limits: &ImportLimits) -> Result<Self, ImportError> {
        let here = Place { line: 1, column: 1 };
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        let digits = limits.digits;
        let mut scanner = Self { rest, here, token: Token::End, place: here, digits };
        scanner.advance()?;
        Ok(scanner)
    }

    /// The word at hand.
    pub fn peek(&self) -> &Token<'t> {
        &self.token
    }

    /// Where the word at hand begins.
    pub fn place(&self) -> Place {
        self.place
    }

    /// An error at the word at hand: "`wanted` was expected, not `found`".
    pub fn expected(&self, wanted: &str) -> ImportError {
        self.place.error(format!("{wanted} was expected, not {}", self.token.describe()))
    }

    fn step(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        if next == '\n' {
            self.here = Place { line: self.here.line.saturating_add(1), column: 1 };
        } else {
            self.here.column = self.here.column.saturating_add(1);
        }
        Some(next)
    }

    /// Moves to the next word and returns the one that was at hand.
    pub fn advance(&mut self) -> Result<Token<'t>, ImportError> {
        while self.rest.starts_with(char::is_whitespace) {
            self.step();
        }
        self.place = self.here;
        let next = match self.rest.chars().next() {
            None => Token::End,
            Some('"') => self.text()?,
            Some('{') => self.single(Token::Open),
            Some('}') => self.single(Token::Close),
            Some(',') => self.single(Token::Comma),
            Some(_) => self.word(),
        };
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn single(&mut self, token: Token<'t>) -> Token<'t> {
        self.step();
        token
    }

    fn text(&mut self) -> Result<Token<'t>, ImportError> {
        self.step();
        let mut found = String::new();
        loop {
            match self.step() {
                None => {
                    return Err(self
                        .place
                        .error("this text has no closing quotation mark")
                        .with_hint("write \\\" for a quotation mark inside a text"));
                }
                Some('"') => return Ok(Token::Text(found)),
                // Only the quotation mark is escaped in these formats; other backslashes stand
                // for themselves.
                Some('\\') if self.rest.starts_with('"') => {
                    self.step();
                    found.push('"');
                }
                Some(other) => found.push(other),
            }
        }
    }

    fn word(&mut self) -> Token<'t> {
        let before = self.rest;
        let ends = |next: char| next.is_whitespace() || matches!(next, '{' | '}' | ',' | '"');
        while self.rest.chars().next().is_some_and(|next| !ends(next)) {
            self.step();
        }
        Token::Word(&before[..before.len() - self.rest.len()])
    }

    /// Takes the given mark or refuses.
    pub fn take(&mut self, wanted: &Token<'static>, name: &str) -> Result<(), ImportError> {
        if self.token != *wanted {
            return Err(self.expected(name));
        }
        self.advance().map(|_| ())
    }

    /// Takes the mark if it is at hand.
    pub fn take_if(&mut self, wanted: &Token<'static>) -> Result<bool, ImportError> {
        if self.token != *wanted {
            return Ok(false);
        }
        self.advance()?;
        Ok(true)
    }

    /// Takes a text or refuses.
    pub fn take_text(&mut self, name: &str) -> Result<String, ImportError> {
        match self.take_text_if()? {
            Some(text) => Ok(text),
            None => Err(self.expected(name)),
        }
    }

    /// Takes a text if one is at hand.
    pub fn take_text_if(&mut self) -> Result<Option<String>, ImportError> {
        if !matches!(self.token, Token::Text(_)) {
            return Ok(None);
        }
        match self.advance()? {
            Token::Text(text) => Ok(Some(text)),
            _ => Ok(None),
        }
    }

    /// Takes a keyword or refuses.
    pub fn take_word(&mut self, name: &str) -> Result<&'t str, ImportError> {
        let Token::Word(word) = self.token else { return Err(self.expected(name)) };
        self.advance()?;
        Ok(word)
    }

    /// Takes a whole number or refuses.
    pub fn take_index(&mut self, name: &str) -> Result<i64, ImportError> {
        let place = self.place;
        let word = self.take_word(name)?;
        word.parse().map_err(|_| {
            place.error(format!("{name} is a whole number; '{}' is not", shorten(word)))
        })
    }

    /// Takes an exact number or refuses.
    pub fn take_number(&mut self, name: &str) -> Result<Rational, ImportError> {
        let place = self.place;
        let word = self.take_word(name)?;
        if word.len() > self.digits {
            let message = format!("this number has more than {} characters", self.digits);
            return Err(place.error(message));
        }
        parse_literal(word).map_err(|_| {
            place
                .error(format!("{name} is a number; '{}' is not", shorten(word)))
                .with_hint("numbers are written like 3, -0.4, 1/3 or 2e-3")
        })
    }

    /// Whether the word at hand begins a number.
    pub fn at_number(&self) -> bool {
        matches!(self.token, Token::Word(word)
            if word.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)))
    }
}
