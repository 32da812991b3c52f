//! The faces of a page.

pub mod html;
pub mod json;
pub mod methods;
pub mod story;
pub mod text;
