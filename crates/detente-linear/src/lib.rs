//! Exact linear algebra and exact linear programming over the rationals.
//!
//! Every answer of [`Program::maximize`] carries a certificate (a dual point, a Farkas vector or
//! a ray) that [`is_optimal`], [`is_farkas`] and [`is_ray`] check by multiplication alone, so
//! whoever judges a result need not trust the simplex method that found it.

mod check;
mod dictionary;
mod factor;
mod program;
mod revised;
mod scalar;
mod settle;
mod simplex;
mod sparse;
mod square;
mod standard;
mod system;
mod vertices;
mod warm;

pub use check::{is_farkas, is_feasible_point, is_optimal, is_ray};
pub use dictionary::{Always, Dictionary, whole_factor};
pub use factor::Factor;
pub use program::{Feasibility, Optimum, Program, RowRelation, is_mixture};
pub use settle::{Basic, Believed, Ending, Settled, Sketch};
pub use system::{SystemSolution, solve_system};
pub use vertices::{NoVertices, vertices, vertices_up_to};
