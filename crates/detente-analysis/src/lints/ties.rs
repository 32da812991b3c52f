//! W107: an equilibrium that rests on indifference at the base values.

use crate::analyses::margins::ties;
use detente_game::{ActionId, InfoSetId};
use detente_verify::Equilibrium;

/// Two options that are equally good where one of them is played for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestingTie {
    /// Where.
    pub set: InfoSetId,
    /// The options, in the order of the file.
    pub options: (ActionId, ActionId),
    /// Positions of the equilibria that rest on it.
    pub equilibria: Vec<usize>,
}

/// Ties at reached situations on which equilibria rest. Ties between options that are both played
/// are left out: mixing is indifference by its nature.
#[must_use]
pub fn resting_ties(equilibria: &[&Equilibrium]) -> Vec<RestingTie> {
    let mut found: Vec<RestingTie> = Vec::new();
    for (position, equilibrium) in equilibria.iter().enumerate() {
        for tie in ties(equilibrium).into_iter().filter(|tie| !tie.mixed) {
            let options = (tie.played.min(tie.other), tie.played.max(tie.other));
            let known =
                found.iter_mut().find(|known| (known.set, known.options) == (tie.set, options));
            match known {
                Some(known) if known.equilibria.contains(&position) => {}
                Some(known) => known.equilibria.push(position),
                None => {
                    found.push(RestingTie { set: tie.set, options, equilibria: vec![position] });
                }
            }
        }
    }
    found.sort_by_key(|tie| (tie.set, tie.options));
    found
}
