//! The faces of a page.

pub mod json;
pub mod methods;
pub mod story;
pub mod text;
