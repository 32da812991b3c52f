//! The solvers, one folder or file each.

use detente_game::card::Card;

pub mod assessments;
pub mod backward_induction;
pub mod bimatrix;
mod complementary;
mod dense;
pub mod lemke;
pub mod polynomial;
mod products;
pub mod pure;
pub mod qre;
pub mod regions;
pub mod sequence;
mod sequence_form;
pub mod signalling;
pub mod zero_sum;

/// The cards of all solvers.
pub static CARDS: &[&Card] = &[
    &pure::CARD,
    &backward_induction::CARD,
    &signalling::CARD,
    &assessments::CARD,
    &zero_sum::CARD,
    &bimatrix::CARD,
    &sequence::CARD,
    &lemke::CARD,
    &polynomial::CARD,
];
