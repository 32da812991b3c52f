//! Putting a scenario together from its files: includes and tables.
//!
//! This crate reads no files itself: the caller hands in a function that does.

use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{FileId, Line, Scenario, Section, Span};
use std::collections::BTreeMap;

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its name, as shown in messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A scenario with everything it includes.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// All files; a [`FileId`] is a position in this list.
    pub files: Vec<SourceFile>,
    /// The sections of all files, includes in their places.
    pub scenario: Scenario,
    /// What was wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
    tables: BTreeMap<String, Result<String, String>>,
}

/// Reads a file that is named in a scenario: its text, or why it cannot be read.
pub type Reader<'r> = &'r mut dyn FnMut(&str) -> Result<String, String>;

/// The library written in the language itself, by the name it is included by.
pub const LIBRARY: &[(&str, &str)] = &[("std/arms.dtn", include_str!("../std/arms.dtn"))];

/// Most files of one scenario.
const MOST_FILES: usize = 64;

impl Loaded {
    /// Parses a scenario and all it includes, and reads its tables.
    pub fn new(name: &str, text: &str, reader: Reader<'_>) -> Self {
        let mut loaded = Self {
            files: Vec::new(),
            scenario: Scenario::default(),
            diagnostics: Vec::new(),
            tables: BTreeMap::new(),
        };
        let sections = loaded.add(name, text, reader, &mut vec![name.to_owned()]);
        loaded.scenario.sections = sections;
        if loaded.scenario.sections.is_empty() && loaded.diagnostics.is_empty() {
            loaded.diagnostics.push(
                Diagnostic::new(Code::E021, "this scenario says nothing")
                    .help("start with  players  and  story,  or from a model:  detente new"),
            );
        }
        loaded.read_tables(reader);
        loaded
    }

    fn add(
        &mut self,
        name: &str,
        text: &str,
        reader: Reader<'_>,
        open: &mut Vec<String>,
    ) -> Vec<Line<Section>> {
        let file = FileId(self.files.len() as u32);
        let parsed = crate::syntax::parse_file(text, file);
        self.files.push(SourceFile { name: name.to_owned(), text: text.to_owned() });
        self.diagnostics.extend(parsed.diagnostics);
        let mut sections = Vec::new();
        for line in parsed.scenario.sections {
            match &line.item {
                Section::Include(path) => {
                    let included = self.include(&path.value, path.span, reader, open);
                    sections.extend(included);
                }
                _ => sections.push(line),
            }
        }
        sections
    }

    fn include(
        &mut self,
        path: &str,
        span: Span,
        reader: Reader<'_>,
        open: &mut Vec<String>,
    ) -> Vec<Line<Section>> {
        if open.iter().any(|name| name == path) {
            self.diagnostics.push(
                Diagnostic::at(Code::E017, span, format!("'{path}' includes itself"))
                    .note(format!("the circle is {} → {path}", open.join(" → ")))
                    .help("take one of the includes away"),
            );
            return Vec::new();
        }
        // A file that is included twice counts once.
        if self.files.iter().any(|file| file.name == path) {
            return Vec::new();
        }
        if self.files.len() >= MOST_FILES {
            self.diagnostics.push(Diagnostic::at(
                Code::E017,
                span,
                format!("more than {MOST_FILES} files are too many"),
            ));
            return Vec::new();
        }
        let library = LIBRARY.iter().find(|(name, _)| *name == path);
        let text = match library {
            Some((_, text)) => Ok((*text).to_owned()),
            None => reader(path),
        };
        match text {
            Ok(text) => {
                open.push(path.to_owned());
                let sections = self.add(path, &text, reader, open);
                open.pop();
                // What a library expects of itself is its own business.
                sections
                    .into_iter()
                    .filter(|line| !matches!(line.item, Section::Expect(_) | Section::Game(_)))
                    .collect()
            }
            Err(why) => {
                let known: Vec<&str> = LIBRARY.iter().map(|(name, _)| *name).collect();
                self.diagnostics.push(
                    Diagnostic::at(Code::E017, span, format!("'{path}' cannot be included: {why}"))
                        .help_opt(crate::diagnostics::did_you_mean(path, known.iter().copied()))
                        .note(format!("the library has {}", known.join(", "))),
                );
                Vec::new()
            }
        }
    }

    fn read_tables(&mut self, reader: Reader<'_>) {
        for line in &self.scenario.sections {
            if let Section::Table(table) = &line.item {
                let path = &table.file.value;
                if !self.tables.contains_key(path) {
                    self.tables.insert(path.clone(), reader(path));
                }
            }
        }
    }

    /// The text of a table, or why it cannot be read.
    pub(crate) fn table(&self, path: &str) -> Result<&str, String> {
        match self.tables.get(path) {
            Some(Ok(text)) => Ok(text),
            Some(Err(why)) => Err(why.clone()),
            None => Err("it was not read".to_owned()),
        }
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.files.get(span.file.0 as usize).map_or("", |file| span.text(&file.text))
    }

    /// The whole line that a span begins on, with what is indented below it.
    pub(crate) fn lines_of(&self, span: Span) -> &str {
        let Some(file) = self.files.get(span.file.0 as usize) else { return "" };
        let at = (span.start as usize).min(file.text.len());
        let from =
            file.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let Some(rest) = file.text.get(from..) else { return "" };
        let depth = |line: &str| line.len() - line.trim_start().len();
        let first = rest.split('\n').next().unwrap_or("");
        let below = rest
            .split('\n')
            .skip(1)
            .take_while(|line| line.trim().is_empty() || depth(line) > depth(first));
        let length = first.len() + below.map(|line| line.len() + 1).sum::<usize>();
        rest.get(..length).unwrap_or(rest)
    }

    /// The title of the scenario, or its file's name.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.scenario.sections.iter().find_map(|line| match &line.item {
            Section::Game(game) => Some(game.title.value.clone()),
            _ => None,
        });
        title.unwrap_or_else(|| self.files.first().map_or(String::new(), |file| file.name.clone()))
    }
}
