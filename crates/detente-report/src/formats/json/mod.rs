//! Results as JSON. The types are the published schema ([`schema`]); every number stands there
//! exactly, as a text, with a decimal beside it for reading.

mod assumptions;
mod compare;
mod comparison;
mod convert;
mod correlated;
mod documents;
mod dominance;
mod enclosed;
mod ensemble;
mod qre;
mod questions;
mod record;
mod region_map;
mod results;
mod sensitivity;
mod thresholds;
mod tree;
mod value;
mod what_if;

pub use assumptions::{AssumptionEntry, Assumptions, assumptions};
pub use compare::{Compared, Crossed, ParameterChange, compared};
pub use comparison::{Comparison, comparison};
pub use convert::{check, margin, number, solve, test, verify, why};
pub use correlated::{Correlated, correlated};
pub use documents::*;
pub use dominance::{Dominance, dominance};
pub use enclosed::{enclosed, verify_enclosed};
pub use ensemble::{Bounds, Ensemble, EnsemblePlay, Estimate, ensemble};
pub use qre::{Qre, QreLimit, QreOption, QrePoint, qre};
pub use questions::{AnswerEntry, FigureEntry, FigureKind, QuestionEntry, Questions, questions};
pub use record::*;
pub use region_map::{MapAxis, MapDeed, MapPlay, MapRegion, MapThreshold, MapTile, RegionMap};
pub use results::*;
pub use sensitivity::{Influence, Sensitivity};
pub use thresholds::{EndResult, Interval, Thresholds, thresholds};
pub use tree::tree;
pub use value::{ValueResult, value};
pub use what_if::*;

/// All verbs and stations of `show` whose answers have a schema; `problem` is what every verb
/// answers that fails.
pub const SCHEMAS: [&str; 34] = [
    "problem",
    "check",
    "tree",
    "solve",
    "why",
    "thresholds",
    "qre",
    "test",
    "verify",
    "dominance",
    "correlated",
    "compare-concepts",
    "whatif",
    "assumptions",
    "trace",
    "compare",
    "ensemble",
    "sensitivity",
    "map",
    "value",
    "ask",
    "new",
    "fmt",
    "import",
    "export",
    "explain",
    "scenario",
    "game",
    "instance",
    "candidates",
    "equilibria",
    "findings",
    "methods",
    "schema",
];

/// The JSON schema of the answer of one of [`SCHEMAS`].
#[must_use]
pub fn schema(of: &str) -> Option<serde_json::Value> {
    let schema = match of {
        "problem" => schemars::schema_for!(Problem),
        "check" => schemars::schema_for!(Check),
        "tree" => schemars::schema_for!(Tree),
        "solve" => schemars::schema_for!(Solve),
        "why" => schemars::schema_for!(Why),
        "thresholds" => schemars::schema_for!(Thresholds),
        "test" => schemars::schema_for!(Tests),
        "qre" => schemars::schema_for!(Qre),
        "verify" => schemars::schema_for!(Verification),
        "dominance" => schemars::schema_for!(Dominance),
        "correlated" => schemars::schema_for!(Correlated),
        "compare-concepts" => schemars::schema_for!(Comparison),
        "whatif" => schemars::schema_for!(WhatIfs),
        "assumptions" => schemars::schema_for!(Assumptions),
        "compare" => schemars::schema_for!(Compared),
        "ensemble" => schemars::schema_for!(Ensemble),
        "trace" => schemars::schema_for!(TraceResult),
        "sensitivity" => schemars::schema_for!(Sensitivity),
        "map" => schemars::schema_for!(RegionMap),
        "value" => schemars::schema_for!(ValueResult),
        "ask" => schemars::schema_for!(Questions),
        "new" => schemars::schema_for!(Models),
        "fmt" => schemars::schema_for!(Formatted),
        "import" => schemars::schema_for!(Import),
        "explain" => schemars::schema_for!(Codes),
        "findings" => schemars::schema_for!(Findings),
        "methods" => schemars::schema_for!(Methods),
        "export" | "scenario" | "game" | "instance" | "candidates" | "equilibria" | "schema" => {
            schemars::schema_for!(Inner)
        }
        _ => return None,
    };
    Some(schema.to_value())
}
