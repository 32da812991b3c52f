//! The scenario language: text to [`Scenario`](syntax::ast::Scenario) to game.
//!
//! The road through this crate is `text → syntax → compile → Game`. [`syntax`] reads text and never
//! looks at what names mean; `constructs` holds one file per kind of line; [`format`] writes a tree
//! back as text; [`diagnostics`] is what authors get to read.

pub mod compile;
pub mod constructs;
pub mod diagnostics;
pub mod format;
pub mod load;
pub mod syntax;

pub use compile::{Compiled, Options, compile};
pub use diagnostics::{Code, Diagnostic, Severity};
pub use load::Loaded;
pub use syntax::ast::Scenario;
pub use syntax::{Parsed, parse, parse_bytes, parse_file};
