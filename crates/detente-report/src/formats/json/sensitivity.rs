//! The answer of `sensitivity`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `sensitivity`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sensitivity {
    /// The outcome, or the player whose payoff it is.
    pub of: String,
    /// `least`, `greatest` or `middle`: which number stands for several equilibria.
    pub bound: String,
    /// The solution concept.
    pub concept: String,
    /// Whether mixed equilibria count too; otherwise pure ones alone.
    pub mixed: bool,
    /// The seed.
    pub seed: u64,
    /// Its mean; none if it does not vary, or fewer than two pairs are left.
    pub mean: Option<f64>,
    /// Its variance.
    pub variance: Option<f64>,
    /// The value exactly at the base values; none where no equilibrium is known.
    pub at_base: Option<f64>,
    /// The parameters, the greatest total index first.
    pub parameters: Vec<Influence>,
    /// Pairs of points that were drawn.
    pub pairs: u64,
    /// Pairs left out, since a point has no equilibrium or not all of its equilibria are known.
    pub left_out: u64,
}

/// What a parameter does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Influence {
    /// The parameter.
    pub name: String,
    /// Sobol's first-order index.
    pub first_order: Option<f64>,
    /// Sobol's total index.
    pub total: Option<f64>,
    /// The table whose rows it is drawn from together with other parameters; the indices are then
    /// those of the rows, the same for all of them.
    pub table: Option<String>,
    /// Its 5th and 95th percentiles.
    pub ends: [f64; 2],
    /// The value there, the other parameters at their base values; none where no equilibrium is known.
    pub at_ends: [Option<f64>; 2],
}
