//! The hall: the main road from a scenario's text to verified equilibria, and the public API.
//!
//! ```
//! use detente::{Options, road};
//! let text = r#"
//! game "Entry"
//! players
//!   Entrant
//!   Incumbent
//! story
//!   Entrant chooses entry: enter | stay_out
//!   if entry is enter
//!     Incumbent chooses reply: fight | share
//! stakes of Entrant
//!   market:  1  when reply is share
//!   market: -1  when reply is fight
//! stakes of Incumbent
//!   market: 2  when entry is stay_out
//!   market: 1  when reply is share
//! "#;
//! let opened = road::open("entry.dtn", text, &mut |_| Err("no files here".into()),
//!                         &Options::default(), &mut |_| true);
//! let game = opened.game().expect("the scenario has no mistake");
//! let solved = road::equilibria(&game.base().unwrap().into(), &road::Asked::default(),
//!                               &mut |_| {});
//! assert_eq!(solved.equilibria.len(), 1);
//! assert!(solved.complete);
//! ```

pub mod claims;
pub mod ensemble;
pub mod lints;
pub mod map;
pub mod qre;
pub mod questions;
pub mod road;
pub mod thresholds;
pub mod value;
pub mod what_if;

pub use detente_analysis as analysis;
pub use detente_game as game;
pub use detente_lang as lang;
pub use detente_report as report;
pub use detente_solve as solve;
pub use detente_verify as verify;

pub use detente_lang::Options;
