//! The published JSON schema of all answers.

use crate::exit::Failure;
use detente::report::formats::json::schema;

/// Verbs whose answers have a schema.
const VERBS: [&str; 6] = ["check", "solve", "why", "qre", "verify", "test"];

/// One JSON object with a schema for each verb.
pub fn text() -> Result<String, Failure> {
    let all: serde_json::Map<String, serde_json::Value> =
        VERBS.iter().filter_map(|verb| Some(((*verb).to_owned(), schema(verb)?))).collect();
    super::show::pretty(&all)
}
