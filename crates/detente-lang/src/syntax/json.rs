//! The JSON face of the syntax tree, for programs: lossless, with places, comments and blank lines.

use super::ast::Scenario;
use serde::Serialize;

/// Deepest JSON that is read; the deepest tree the parser makes stays well below.
const DEEPEST_JSON: usize = 640;

/// The tree as JSON, indented.
///
/// # Errors
/// None in practice; the type is that of the serialiser.
pub fn to_json(scenario: &Scenario) -> Result<String, String> {
    serde_json::to_string_pretty(scenario).map_err(|error| error.to_string())
}

/// The tree of a file as JSON, with those of the files it includes under `files`.
///
/// # Errors
/// None in practice; the type is that of the serialiser.
pub fn to_json_with(scenario: &Scenario, included: &[(&str, &Scenario)]) -> Result<String, String> {
    let files = included.iter().map(|(name, tree)| Included { name, tree }).collect();
    let document = Document { scenario, files };
    serde_json::to_string_pretty(&document).map_err(|error| error.to_string())
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    scenario: &'a Scenario,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<Included<'a>>,
}

#[derive(Serialize)]
struct Included<'a> {
    name: &'a str,
    #[serde(flatten)]
    tree: &'a Scenario,
}

/// The tree from its JSON form; of several files, that of the scenario itself.
///
/// # Errors
/// A sentence with line and column, if the text is not JSON of a tree or is nested too deep.
pub fn from_json(json: &str) -> Result<Scenario, String> {
    refuse_deep(json)?;
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.disable_recursion_limit();
    let scenario =
        serde::Deserialize::deserialize(&mut reader).map_err(|error| error.to_string())?;
    reader.end().map_err(|error| error.to_string())?;
    Ok(scenario)
}

/// The reader is recursive and its own limit is too low for trees, so depth is counted beforehand.
fn refuse_deep(json: &str) -> Result<(), String> {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_JSON {
            return Err(format!("nested more than {DEEPEST_JSON} deep"));
        }
    }
    Ok(())
}
