//! Results as JSON. The types are the published schema ([`schema`]); every number stands there
//! exactly, as a text, with a decimal beside it for reading.

mod convert;
mod enclosed;
mod qre;
mod results;

pub use convert::{check, margin, number, solve, test, verify, why};
pub use enclosed::{enclosed, verify_enclosed};
pub use qre::{Qre, QreLimit, QreOption, QrePoint, qre};
pub use results::*;

/// The JSON schema of a verb's result: `check`, `solve`, `why`, `qre`, `verify` or `test`.
#[must_use]
pub fn schema(verb: &str) -> Option<serde_json::Value> {
    let schema = match verb {
        "check" => schemars::schema_for!(Check),
        "solve" => schemars::schema_for!(Solve),
        "why" => schemars::schema_for!(Why),
        "qre" => schemars::schema_for!(Qre),
        "verify" => schemars::schema_for!(Verify),
        "test" => schemars::schema_for!(Test),
        _ => return None,
    };
    Some(schema.to_value())
}
