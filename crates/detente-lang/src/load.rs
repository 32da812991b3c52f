//! Putting a scenario together from its files: includes and tables.
//!
//! This crate reads no files itself: the caller hands in a function that does. Names of files are
//! relative to the file they stand in; the caller hears them relative to the scenario.

mod paths;

use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{FileId, Line, Scenario, Section, Span};
use std::collections::BTreeMap;

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its name, as shown in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What was read of it, includes as they are written.
    pub tree: Scenario,
    /// Its path as the reader hears it, and as includes of the same file have it.
    path: String,
}

/// A scenario with everything it includes.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// All files; a [`FileId`] is a position in this list. The first is the scenario itself.
    pub files: Vec<SourceFile>,
    /// What was wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
    /// All sections, those of includes in the places of the includes: file and position.
    order: Vec<(FileId, usize)>,
    tables: BTreeMap<String, Result<String, String>>,
}

/// Reads a file that is named in a scenario: its text, or why it cannot be read. The name is
/// relative to the folder of the scenario, `.` and `..` followed as far as they go.
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
            diagnostics: Vec::new(),
            order: Vec::new(),
            tables: BTreeMap::new(),
        };
        let path = paths::base_name(name).to_owned();
        loaded.order = loaded.add(name.to_owned(), path, text, reader, &mut Vec::new());
        if loaded.order.is_empty() && loaded.diagnostics.is_empty() {
            let start = Span::new(FileId::MAIN, 0, 0);
            loaded.diagnostics.push(
                Diagnostic::at(Code::E021, start, "this scenario says nothing")
                    .help("start with  players  and  story,  or from a model:  detente new"),
            );
        }
        loaded.read_tables(reader);
        loaded
    }

    /// All sections, those of included files in the places of their includes. What a library
    /// expects of itself, and what it is called, is its own business and left out.
    pub fn sections(&self) -> impl Iterator<Item = &Line<Section>> {
        self.order.iter().map(|(file, place)| &self.files[file.0 as usize].tree.sections[*place])
    }

    fn add(
        &mut self,
        name: String,
        path: String,
        text: &str,
        reader: Reader<'_>,
        open: &mut Vec<FileId>,
    ) -> Vec<(FileId, usize)> {
        let file = FileId(self.files.len() as u32);
        let parsed = crate::syntax::parse_file(text, file);
        self.diagnostics.extend(parsed.diagnostics);
        let includes: Vec<Option<(String, Span)>> = parsed
            .scenario
            .sections
            .iter()
            .map(|line| match &line.item {
                Section::Include(include) => Some((include.value.clone(), include.span)),
                _ => None,
            })
            .collect();
        self.files.push(SourceFile { name, text: text.to_owned(), tree: parsed.scenario, path });
        open.push(file);
        let mut order = Vec::new();
        for (place, include) in includes.into_iter().enumerate() {
            match include {
                Some((written, span)) => order.extend(self.include(&written, span, reader, open)),
                None => order.push((file, place)),
            }
        }
        open.pop();
        order
    }

    fn include(
        &mut self,
        written: &str,
        span: Span,
        reader: Reader<'_>,
        open: &mut Vec<FileId>,
    ) -> Vec<(FileId, usize)> {
        let library = LIBRARY.iter().find(|(name, _)| *name == written);
        let path = match library {
            Some(_) => written.to_owned(),
            None => self.resolved(written, span.file),
        };
        if open.iter().any(|file| self.files[file.0 as usize].path == path) {
            self.circle(written, span, open);
            return Vec::new();
        }
        // A file that is included twice counts once.
        if self.files.iter().any(|file| file.path == path) {
            return Vec::new();
        }
        if self.files.len() >= MOST_FILES {
            self.diagnostics.push(
                Diagnostic::at(
                    Code::E017,
                    span,
                    format!("more than {MOST_FILES} files are too many"),
                )
                .help("put some of them together"),
            );
            return Vec::new();
        }
        let text = match library {
            Some((_, text)) => Ok((*text).to_owned()),
            None => reader(&path),
        };
        match text {
            // The same file by another name, such as an absolute path or a link.
            Ok(text) if open.iter().any(|file| self.files[file.0 as usize].text == text) => {
                self.circle(written, span, open);
                Vec::new()
            }
            Ok(text) => {
                let name = match library {
                    Some(_) => path.clone(),
                    None => paths::beside(&self.files[0].name, &path),
                };
                let mut order = self.add(name, path, &text, reader, open);
                order.retain(|(file, place)| {
                    let section = &self.files[file.0 as usize].tree.sections[*place].item;
                    !matches!(section, Section::Expect(_) | Section::Game(_))
                });
                order
            }
            Err(why) => {
                self.cannot_include(written, span, &why);
                Vec::new()
            }
        }
    }

    fn circle(&mut self, written: &str, span: Span, open: &[FileId]) {
        let names: Vec<&str> =
            open.iter().map(|file| self.files[file.0 as usize].path.as_str()).collect();
        self.diagnostics.push(
            Diagnostic::at(Code::E017, span, format!("'{written}' includes itself"))
                .note(format!("the circle is {} → {written}", names.join(" → ")))
                .help("take one of the includes away"),
        );
    }

    fn cannot_include(&mut self, written: &str, span: Span, why: &str) {
        let known: Vec<&str> = LIBRARY.iter().map(|(name, _)| *name).collect();
        self.diagnostics.push(
            Diagnostic::at(Code::E017, span, format!("'{written}' cannot be included: {why}"))
                .help_opt(did_you_mean(written, known.iter().copied()))
                .note(format!("the library has {}", known.join(", "))),
        );
    }

    /// A path written in a file, relative to the scenario.
    fn resolved(&self, written: &str, file: FileId) -> String {
        let from = self.files.get(file.0 as usize).map_or("", |file| file.path.as_str());
        paths::beside(from, written)
    }

    fn read_tables(&mut self, reader: Reader<'_>) {
        let paths: Vec<String> = self
            .sections()
            .filter_map(|line| match &line.item {
                Section::Table(table) => Some(self.resolved(&table.file.value, line.span.file)),
                _ => None,
            })
            .collect();
        for path in paths {
            self.tables.entry(path).or_insert_with_key(|path| reader(path));
        }
    }

    /// The text of a table that is named in a file, or why it cannot be read.
    pub(crate) fn table(&self, written: &str, file: FileId) -> Result<&str, String> {
        match self.tables.get(&self.resolved(written, file)) {
            Some(Ok(text)) => Ok(text),
            Some(Err(why)) => Err(why.clone()),
            None => Err("it was not read".to_owned()),
        }
    }

    /// The texts of all files that make the scenario: what is written in the language, in the order
    /// of their numbers, then tables by their paths.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let tables = self.tables.values().filter_map(|text| text.as_deref().ok());
        self.files.iter().map(|file| file.text.as_str()).chain(tables)
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
        let title = self.sections().find_map(|line| match &line.item {
            Section::Game(game) => Some(game.title.value.clone()),
            _ => None,
        });
        title.unwrap_or_else(|| self.files.first().map_or(String::new(), |file| file.name.clone()))
    }

    /// The syntax trees as JSON: that of the scenario's own file, and under `files` those of the
    /// files it includes, each with its name, in the order in which spans number them from 1.
    ///
    /// # Errors
    /// None in practice; the type is that of the serialiser.
    pub fn to_json(&self) -> Result<String, String> {
        let Some((main, included)) = self.files.split_first() else {
            return Err("no file was read".to_owned());
        };
        let included: Vec<(&str, &Scenario)> =
            included.iter().map(|file| (file.name.as_str(), &file.tree)).collect();
        crate::syntax::json::to_json_with(&main.tree, &included)
    }
}
