//! The syntax tree: what was written, with places, comments and blank lines, and nothing of what it means.
//!
//! Shape: a [`Scenario`] is a list of sections; everything that stands on a line of its own is wrapped
//! in a [`Line`], which carries comments and blank lines and dereferences to the thing itself; lists of
//! lines are [`Block`]s, which iterate over their lines. So code that asks for meaning can ignore layout:
//!
//! ```
//! # use detente_lang::syntax::ast::*;
//! fn player_names(section: &PlayersSection) -> Vec<&str> {
//!     section.players.iter().map(|player| player.name.text.as_str()).collect()
//! }
//! ```
//!
//! Conditions and numbers share one type, [`Expr`]: `count(check is visit) < visits` mixes them freely, and
//! which of the two is wanted where is a question of meaning. Chains (`a + b - c`, `x and y and z`) are flat
//! lists, so the depth of a tree is the depth of the author's own nesting and a recursive walk is safe.
//!
//! The JSON form is the serde form of [`Scenario`].

mod claims;
mod expression;
mod line;
mod sections;
mod story;

pub use crate::syntax::span::{FileId, Span};
pub use claims::*;
pub use expression::*;
pub use line::*;
pub use sections::*;
pub use story::*;
