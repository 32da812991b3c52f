//! The independent judge: is a strategy profile an equilibrium, in which sense, and by which
//! proof?
//!
//! Nothing here knows how a profile was found (the crate does not depend on `detente-solve`).
//! Every verdict that something *holds* carries a [`Certificate`] that [`recheck`] tests again
//! without search and without linear programming; [`verify`] itself lets an [`Equilibrium`] out
//! only through that gate. All arithmetic is exact.
//!
//! ```
//! # use detente_game::form::{Event, EventKind, Player, Stake};
//! # use detente_game::{claim::Concept, game::GameBuilder, GameForm, NodeId, Profile, Rational};
//! use detente_verify::{Verdict, recheck, verify};
//! use std::sync::Arc;
//!
//! // One player, two roads, worth 1 and 3.
//! let mut game = GameBuilder::new(10);
//! let walker = game.form.player(Player { name: "Walker".into(), label: "".into(), team: None });
//! let road = Event { owner: Some(walker), name: "road".into(), index: None, kind: EventKind::Choice };
//! let road = game.form.event(road);
//! let labels = ["low", "high"].map(|label| game.form.value(label));
//! let set = game.form.info_set(walker, road, &labels, None)?;
//! let first = game.form.decide(GameForm::ROOT, set)?;
//! let stake = game.form.stake(Stake { player: walker, name: "view".into() });
//! for (at, worth) in [1, 3].into_iter().enumerate() {
//!     let worth = game.formulas.number(Rational::int(worth));
//!     let row = game.row(&[(stake, worth)], None);
//!     game.form.end(NodeId(first.0 + at as u32), row)?;
//! }
//! let instance = Arc::new(game.finish("Two roads")?.base()?);
//!
//! let low = Profile::pure(instance.form(), &[0]);
//! let Verdict::Fails(failure) = verify(&instance, &Concept::Sequential, &low) else { panic!() };
//! assert_eq!((failure.instead.as_str(), failure.gain), ("road is high", Rational::int(2)));
//!
//! let high = Profile::pure(instance.form(), &[1]);
//! let Verdict::Holds(held) = verify(&instance, &Concept::Sequential, &high) else { panic!() };
//! assert!(recheck(&instance, &held.saved()).holds());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs)]

mod beliefs;
mod best_response;
mod cards;
pub mod certificate;
pub mod concepts;
pub mod enclosure;
pub mod equilibrium;
mod lp;
mod reach;
mod recheck;
pub mod refinements;
mod strategic;
pub mod verdict;
mod words;

pub use cards::cards;
pub use certificate::{Certificate, Plausibility, Saved};
pub use concepts::{check_single_departures, verify, verify_without_bounds};
pub use enclosure::{
    Enclosed, SavedEnclosure, Unproved, enclose, gains, recheck_enclosure, response_gap,
};
pub use equilibrium::{Equilibrium, Margin, SetBelief};
pub use recheck::recheck;
pub use refinements::{Throughout, survives, throughout};
pub use strategic::{Face, cut_edge, is_proper_throughout, perfect_faces};
pub use verdict::{Failure, Verdict};
