//! What authors get to read when something is wrong.

mod codes;
mod explanations;
mod nearest;
mod place;
mod render;

pub use codes::Code;
pub use explanations::Explanation;
pub use nearest::{did_you_mean, distance, nearest};
pub use place::{Located, Place, SourceFile, locate, place, summary};
pub use render::{render, render_all};

use crate::syntax::span::Span;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The scenario can be used; the author should look.
    Warning,
    /// The scenario cannot be used.
    Error,
}

/// One complaint: a sentence, a place, and what would mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its number.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The place; none for a complaint about the scenario as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// A few words beside the carets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What would mend it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helps: Vec<String>,
    /// What else is worth knowing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// A complaint without a place; its severity is that of its code.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            span: None,
            label: None,
            helps: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A complaint about the text at `span`.
    pub fn at(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::new(code, message) }
    }

    /// The same with a few words beside the carets.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// The same with a way to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.helps.push(help.into());
        self
    }

    /// The same with a way to mend it, if there is one (as [`did_you_mean`] gives it).
    pub fn help_opt(mut self, help: Option<String>) -> Diagnostic {
        self.helps.extend(help);
        self
    }

    /// The same with a remark.
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// Whether it is an error rather than a warning.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
