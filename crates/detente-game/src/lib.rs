//! The nouns of détente: exact numbers, game forms, games with parameters, instances at a
//! point, strategy profiles and assessments, and claims about them.
//!
//! This crate holds no algorithm that finds or judges equilibria: solving lives in
//! `detente-solve`, judging in `detente-verify`. What stands here is shared by both and by the
//! language, so that neither has to know the other.

pub mod card;
pub mod claim;
pub mod exchange;
pub mod form;
pub mod formula;
pub mod game;
pub mod ids;
pub mod informed;
pub mod instance;
pub mod locked;
pub mod number;
pub mod play;
pub mod question;
pub mod what_if;

pub use card::Card;
pub use form::{FormBuilder, GameForm};
pub use formula::{Formula, FormulaPool};
pub use game::Game;
pub use ids::*;
pub use instance::GameInstance;
pub use number::Rational;
pub use play::{Assessment, Enclosure, Profile};
