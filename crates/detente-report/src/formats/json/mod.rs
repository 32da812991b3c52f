//! Results as JSON. The types are the published schema ([`schema`]); every number stands there
//! exactly, as a text, with a decimal beside it for reading.

mod comparison;
mod convert;
mod correlated;
mod dominance;
mod results;

pub use comparison::{Comparison, comparison};
pub use convert::{check, margin, number, solve, test, verify, why};
pub use correlated::{Correlated, correlated};
pub use dominance::{Dominance, dominance};
pub use results::*;

/// The JSON schema of a verb's result: `check`, `solve`, `why`, `verify`, `test`,
/// `dominance`, `correlated` or `compare-concepts`.
#[must_use]
pub fn schema(verb: &str) -> Option<serde_json::Value> {
    let schema = match verb {
        "check" => schemars::schema_for!(Check),
        "solve" => schemars::schema_for!(Solve),
        "why" => schemars::schema_for!(Why),
        "verify" => schemars::schema_for!(Verify),
        "test" => schemars::schema_for!(Test),
        "dominance" => schemars::schema_for!(Dominance),
        "correlated" => schemars::schema_for!(Correlated),
        "compare-concepts" => schemars::schema_for!(Comparison),
        _ => return None,
    };
    Some(schema.to_value())
}
