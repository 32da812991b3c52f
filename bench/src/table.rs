//! Rows are told as soon as they are measured: a run that is stopped has said what it knew.

use serde_json::Value;

/// Something measured.
pub trait Told {
    /// A line for people.
    fn text(&self) -> String;
    /// An object for programs.
    fn json(&self) -> Value;
}

/// Prints rows: lines of text, or one JSON object a line.
pub struct Table {
    as_json: bool,
}

impl Table {
    pub fn new(as_json: bool) -> Self {
        Self { as_json }
    }

    /// The rows that follow belong to this part.
    pub fn part(&mut self, name: &str) {
        if !self.as_json {
            println!("\n{name}");
        }
    }

    pub fn tell(&mut self, row: &impl Told) {
        if self.as_json { println!("{}", row.json()) } else { println!("  {}", row.text()) }
    }
}
