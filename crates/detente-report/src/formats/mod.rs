//! The faces of a page.

pub mod json;
pub mod story;
pub mod text;
