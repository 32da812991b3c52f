//! The published types of what goes wrong, of runs over several files, and of lists.

use super::results::{Expectation, Message, Number, Solve, Verify, Why};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Printed instead of a result by every verb that fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What is wrong.
    pub error: String,
    /// What would mend it.
    pub help: Option<String>,
    /// The errors and warnings of the scenario, if those are the reason.
    pub messages: Vec<Message>,
}

/// Result of `test`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tests {
    /// How many expectations there are.
    pub total: usize,
    /// How many of them are met.
    pub met: usize,
    /// How many are not known to be met or not.
    pub unknown: usize,
    /// Whether the tests were stopped before the last file.
    pub stopped: bool,
    /// File by file.
    pub files: Vec<FileTest>,
}

/// The expectations of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileTest {
    /// The file.
    pub file: String,
    /// Why it could not be tested, if so.
    pub problem: Option<Problem>,
    /// Its expectations.
    pub expectations: Vec<Expectation>,
}

/// Result of `verify`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verification {
    /// The file of the game.
    pub scenario: String,
    /// Whether its text is still the one that was solved.
    pub unchanged: bool,
    /// How many certificates hold.
    pub hold: usize,
    /// All of them.
    pub certificates: Vec<Verify>,
}

/// Result of `import`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Import {
    /// Title of the game.
    pub title: String,
    /// The players.
    pub players: Vec<String>,
    /// Number of nodes of the tree.
    pub nodes: usize,
    /// Number of ends.
    pub ends: usize,
    /// Number of situations.
    pub situations: usize,
    /// Whether nobody forgets what he knew or did.
    pub perfect_recall: bool,
    /// What is unusual in it.
    pub notes: Vec<String>,
    /// The file that was written, if one was asked for.
    pub written: Option<String>,
}

/// Result of `tree`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tree {
    /// Title of the game.
    pub title: String,
    /// The equilibrium whose play is shown, if one is.
    pub equilibrium: Option<String>,
    /// The nodes; a node comes after its parent.
    pub nodes: Vec<TreeNode>,
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TreeNode {
    /// The position of its parent in the list, from 0; the root has none.
    pub parent: Option<usize>,
    /// What happened on the way from the parent.
    pub by: Vec<String>,
    /// The probability of that, if chance decides or an equilibrium is shown.
    pub probability: Option<Number>,
    /// What is here.
    pub here: Here,
}

/// What is at a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Here {
    /// A player decides.
    Decision {
        /// Who.
        player: String,
        /// What is asked.
        question: String,
        /// Number of the situation.
        situation: u32,
    },
    /// Chance decides.
    Chance {
        /// What is drawn.
        event: String,
    },
    /// The game is over.
    End {
        /// The outcome, if it has a name.
        outcome: Option<String>,
        /// The payoffs, in the order of the players.
        payoffs: Vec<Number>,
    },
}

/// Result of `new`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Models {
    /// The files that were written.
    pub written: Vec<String>,
    /// The model that was asked for, or all models.
    pub models: Vec<Model>,
}

/// A model to start from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Its text, unless it was written to a file or is one of a list.
    pub text: Option<String>,
}

/// Result of `fmt`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Formatted {
    /// File by file.
    pub files: Vec<FileFormat>,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileFormat {
    /// The file.
    pub file: String,
    /// Whether it was formatted already.
    pub was_formatted: bool,
    /// Why it could not be formatted, if so.
    pub problem: Option<Problem>,
    /// The formatted text of standard input.
    pub text: Option<String>,
}

/// Result of `explain`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Codes {
    /// The code asked about, or all.
    pub codes: Vec<CodeResult>,
}

/// A code of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodeResult {
    /// The code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What it is about.
    pub summary: String,
}

/// Result of `show methods`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Methods {
    /// The methods.
    pub methods: Vec<Method>,
}

/// A method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// What it does.
    pub line: String,
    /// The games it accepts.
    pub accepts: String,
    /// Whether its numbers are exact.
    pub exact: bool,
    /// What it finds in full, if its search is complete.
    pub complete: Option<String>,
    /// How its cost grows.
    pub cost: String,
    /// Where it comes from.
    pub source: String,
}

/// Result of `show findings`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// The equilibria.
    pub equilibria: Solve,
    /// Each of them explained.
    pub why: Vec<Why>,
}

/// Result of the stations of `show` that print the program's own form, and of `export --json` and
/// `--syntax`: an object whose fields are those of the Rust types and may change with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inner(pub serde_json::Map<String, serde_json::Value>);
