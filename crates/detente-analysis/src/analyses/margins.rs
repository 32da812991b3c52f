//! How narrowly each choice is preferred.

use detente_game::{ActionId, InfoSetId, Rational};
use detente_verify::{Equilibrium, Margin};

/// The margins of situations that are reached, the tightest first; ties (margin 0) between
/// actions that are both played are left out, as the equilibrium itself asks for them.
#[must_use]
pub fn tightest(equilibrium: &Equilibrium) -> Vec<Margin> {
    let mut margins: Vec<Margin> = equilibrium
        .margins()
        .iter()
        .filter(|margin| margin.reached && !is_mixed_tie(equilibrium, margin))
        .cloned()
        .collect();
    // A stable sort keeps the order of situations and actions among equals.
    margins.sort_by(|a, b| a.margin.cmp(&b.margin));
    margins
}

fn is_mixed_tie(equilibrium: &Equilibrium, margin: &Margin) -> bool {
    margin.margin.is_zero() && equilibrium.profile().of(margin.against).is_positive()
}

/// A tie: two actions are equally good where one of them, or both, is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Where.
    pub set: InfoSetId,
    /// An action that is played.
    pub played: ActionId,
    /// The other one.
    pub other: ActionId,
    /// The probability of the first.
    pub probability: Rational,
    /// Whether the other one is played too.
    pub mixed: bool,
}

/// All ties at situations that are reached.
#[must_use]
pub fn ties(equilibrium: &Equilibrium) -> Vec<Tie> {
    equilibrium
        .margins()
        .iter()
        .filter(|margin| margin.reached && margin.margin.is_zero())
        .map(|margin| Tie {
            set: margin.set,
            played: margin.chosen,
            other: margin.against,
            probability: equilibrium.profile().of(margin.chosen).clone(),
            mixed: equilibrium.profile().of(margin.against).is_positive(),
        })
        .collect()
}
