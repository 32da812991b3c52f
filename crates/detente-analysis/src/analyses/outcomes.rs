//! How often each outcome occurs.

use super::play::Play;
use detente_game::{OutcomeId, Rational};

/// The share of one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeShare {
    /// The outcome; `None` for ends that no outcome describes.
    pub outcome: Option<OutcomeId>,
    /// Its name; "other" for ends that no outcome describes.
    pub name: String,
    /// Its probability.
    pub probability: Rational,
}

/// The probability of every named outcome in the order of the scenario, those that do not occur
/// included, and of "other" if some end has no outcome. They add up to 1.
#[must_use]
pub fn outcome_shares(play: &Play) -> Vec<OutcomeShare> {
    let form = play.form();
    let mut named = vec![Rational::ZERO; form.outcomes().len()];
    let mut other: Option<Rational> = None;
    for end in form.ends() {
        let row = form.row(end).expect("an end pays a row");
        match form.outcome_of(row) {
            Some(outcome) => named[outcome.index()] += play.reach(end),
            None => *other.get_or_insert_default() += play.reach(end),
        }
    }
    let mut shares: Vec<OutcomeShare> = form
        .outcomes()
        .iter()
        .zip(named)
        .enumerate()
        .map(|(index, (name, probability))| OutcomeShare {
            outcome: Some(OutcomeId::from_index(index)),
            name: name.clone(),
            probability,
        })
        .collect();
    if let Some(probability) = other {
        shares.push(OutcomeShare { outcome: None, name: "other".to_owned(), probability });
    }
    shares
}
