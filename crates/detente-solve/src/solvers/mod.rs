//! The solvers, one folder or file each.

use detente_game::card::Card;

pub mod backward_induction;
mod dense;
pub mod polynomial;
pub mod pure;
pub mod qre;
pub mod signalling;
pub mod zero_sum;

/// The cards of all solvers.
pub static CARDS: &[&Card] = &[
    &pure::CARD,
    &backward_induction::CARD,
    &signalling::CARD,
    &zero_sum::CARD,
    &polynomial::CARD,
];
