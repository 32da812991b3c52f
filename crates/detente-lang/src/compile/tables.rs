//! Tables: numbers from a CSV file beside the scenario, `costs[Persia].low`.

use super::ir::Number;
use super::scope::{Compiler, Local, Locals, TableData, bound};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Expr, ExprKind, Name, Reference, Span, Table};
use detente_game::Rational;
use std::collections::BTreeSet;
use std::rc::Rc;

impl<'a> Compiler<'a> {
    /// Takes in a table; `content` is the file's text, or why it cannot be read.
    pub(crate) fn table(&mut self, table: &Table, content: Result<&str, String>) {
        if self.tables.contains_key(&table.name.text) {
            self.twice(&table.name, "table");
            return;
        }
        // Of a table that cannot be used only that is said, not also that it is missing.
        self.tables.insert(table.name.text.clone(), None);
        let content = match content {
            Ok(content) => content,
            Err(why) => {
                self.complain(
                    Diagnostic::at(
                        Code::E048,
                        table.file.span,
                        format!("the table '{}' cannot be read: {why}", table.file.value),
                    )
                    .help("put the CSV file beside the scenario"),
                );
                return;
            }
        };
        match read(content, &table.key.text) {
            Ok(mut data) => {
                let Some(weights) = self.row_weights(table, &data) else { return };
                data.weights = weights;
                self.tables.insert(table.name.text.clone(), Some(Rc::new(data)));
            }
            Err(why) => self.complain(
                Diagnostic::at(
                    Code::E048,
                    table.key.span,
                    format!("the table '{}' cannot be used: {why}", table.file.value),
                )
                .help("correct the CSV file: a line of names, then one line for each key"),
            ),
        }
    }

    /// `table[key].column` as a number.
    pub(crate) fn table_entry(
        &mut self,
        reference: &'a Reference,
        locals: &Locals<'a>,
    ) -> Option<Number> {
        let (name, column) = (&reference.name, reference.column.as_ref()?);
        let data = self.known_table(name)?;
        let key = self.key(reference.index.as_deref()?, locals)?;
        let Some(row) = data.rows.get(&key) else {
            self.complain(
                Diagnostic::at(
                    Code::E048,
                    reference.span,
                    format!("the table '{}' has no row '{key}'", name.text),
                )
                .help_opt(did_you_mean(&key, data.rows.keys().map(String::as_str)))
                .note(format!("it has {} rows", data.rows.len())),
            );
            return None;
        };
        let place = self.column_of(name, column, &data)?;
        let text = row.get(place).map_or("", String::as_str);
        let value = self.field(text, &key, column, reference.span)?;
        Some(self.constant(value))
    }

    /// The table of a name.
    pub(crate) fn known_table(&mut self, name: &Name) -> Option<Rc<TableData>> {
        let known = self.tables.get(&name.text).cloned();
        if known.is_none() {
            let known: Vec<&str> = self.tables.keys().map(String::as_str).collect();
            self.complain(
                Diagnostic::at(Code::E010, name.span, format!("no table called '{}'", name.text))
                    .help_opt(did_you_mean(&name.text, known))
                    .help(format!("write  table {} from \"file.csv\" by column", name.text)),
            );
        }
        known?
    }

    /// The place of a column.
    pub(crate) fn column_of(
        &mut self,
        table: &Name,
        column: &Name,
        data: &TableData,
    ) -> Option<usize> {
        let place = data.columns.iter().position(|entry| *entry == column.text);
        if place.is_none() {
            self.complain(
                Diagnostic::at(
                    Code::E048,
                    column.span,
                    format!("the table '{}' has no column '{}'", table.text, column.text),
                )
                .help_opt(did_you_mean(&column.text, data.columns.iter().map(String::as_str)))
                .note(format!("it has {}", data.columns.join(", "))),
            );
        }
        place
    }

    /// A field as a number.
    pub(crate) fn field(
        &mut self,
        text: &str,
        key: &str,
        column: &Name,
        span: Span,
    ) -> Option<Rational> {
        let value = text.parse().ok();
        if value.is_none() {
            self.complain(Diagnostic::at(
                Code::E048,
                span,
                format!("'{text}' in row '{key}', column '{}' is not a number", column.text),
            ));
        }
        value
    }

    fn key(&mut self, key: &'a Expr, locals: &Locals<'a>) -> Option<String> {
        match &key.kind {
            ExprKind::Text(text) => Some(text.value.clone()),
            ExprKind::Number(text) => Some(text.clone()),
            ExprKind::Reference(reference) => {
                let name = reference.as_bare_name()?;
                match bound(locals, &name.text).cloned() {
                    Some(Local::Number(value)) => Some(value.to_string()),
                    Some(Local::Argument(inner, outer, _)) => self.key(inner, &outer),
                    _ => Some(match self.settings.get(&name.text) {
                        Some(super::scope::Setting::Number(value)) => value.to_string(),
                        Some(super::scope::Setting::Name(word)) => word.clone(),
                        None => name.text.clone(),
                    }),
                }
            }
            _ => self.integer(key, locals).map(|value| value.to_string()),
        }
    }
}

/// The line of a quotation mark that opens a field and is never closed: the reader of CSV would
/// take all that follows for one field.
fn unclosed_quote(content: &str) -> Option<usize> {
    let (mut line, mut opened, mut at_start) = (1, None, true);
    let mut characters = content.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, opened) {
            ('"', Some(_)) if characters.peek() == Some(&'"') => drop(characters.next()),
            ('"', Some(_)) => opened = None,
            ('"', None) if at_start => opened = Some(line),
            _ => {}
        }
        at_start = opened.is_none() && matches!(character, ',' | '\n');
        line += usize::from(character == '\n');
    }
    opened
}

fn read(content: &str, key: &str) -> Result<TableData, String> {
    let content = content.trim_start_matches('\u{feff}');
    if let Some(line) = unclosed_quote(content) {
        return Err(format!("the quotation mark in line {line} is never closed"));
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(content.as_bytes());
    let columns: Vec<String> =
        reader.headers().map_err(|error| error.to_string())?.iter().map(str::to_owned).collect();
    let mut met = BTreeSet::new();
    if let Some(twice) = columns.iter().find(|name| !name.is_empty() && !met.insert(*name)) {
        return Err(format!("it has two columns '{twice}'"));
    }
    let Some(place) = columns.iter().position(|column| column == key) else {
        return Err(format!("it has no column '{key}'; it has {}", columns.join(", ")));
    };
    let mut data = TableData { columns, ..TableData::default() };
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let row: Vec<String> = record.iter().map(str::to_owned).collect();
        let name = row.get(place).cloned().unwrap_or_default();
        if data.rows.insert(name.clone(), row).is_some() {
            return Err(format!("the key '{name}' stands in two rows"));
        }
    }
    Ok(data)
}
