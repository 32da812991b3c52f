//! The published JSON schema of all answers.

use crate::exit::Failure;
use detente::report::formats::json::{SCHEMAS, schema};

/// One JSON object with a schema for each verb and each station of `show`.
pub fn text() -> Result<String, Failure> {
    let all: serde_json::Map<String, serde_json::Value> =
        SCHEMAS.iter().filter_map(|of| Some(((*of).to_owned(), schema(of)?))).collect();
    super::show::pretty(&all)
}
