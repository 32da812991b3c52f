//! Behaviour strategy profiles and assessments: candidates, not yet judged by anyone.

use crate::form::GameForm;
use crate::ids::{ActionId, InfoSetId};
use crate::number::{Interval, Rational};
use serde::{Deserialize, Serialize};

/// A behaviour strategy for every player: a probability for every action.
///
/// `probability[a]` belongs to action `a` of the form; at each information set they are not
/// negative and add up to 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Profile {
    /// One probability per action, in the order of action ids.
    pub probability: Vec<Rational>,
}

impl Profile {
    /// The pure profile that takes the `choices[h]`-th action at information set `h`.
    ///
    /// # Panics
    /// If `choices` has not one entry per information set, or an entry is no action of its set.
    #[must_use]
    pub fn pure(form: &GameForm, choices: &[usize]) -> Self {
        assert_eq!(choices.len(), form.info_sets().len(), "one choice per information set");
        let mut probability = vec![Rational::ZERO; form.action_count()];
        for (set, &choice) in form.info_set_ids().zip(choices) {
            assert!(choice < form.actions(set).len(), "choice outside the menu");
            probability[form.info_set(set).first_action.index() + choice] = Rational::ONE;
        }
        Self { probability }
    }

    /// The profile in which every action of a set is equally likely.
    #[must_use]
    pub fn uniform(form: &GameForm) -> Self {
        let mut probability = vec![Rational::ZERO; form.action_count()];
        for set in form.info_set_ids() {
            let share = Rational::new(1, form.actions(set).len() as i64);
            for action in form.actions(set) {
                probability[action.index()] = share.clone();
            }
        }
        Self { probability }
    }

    /// The probability of an action.
    #[must_use]
    pub fn of(&self, action: ActionId) -> &Rational {
        &self.probability[action.index()]
    }

    /// Whether every action has probability 0 or 1.
    #[must_use]
    pub fn is_pure(&self) -> bool {
        self.probability.iter().all(|p| p.is_zero() || p.is_one())
    }

    /// The action taken for certain at `set`, if there is one.
    #[must_use]
    pub fn certain(&self, form: &GameForm, set: InfoSetId) -> Option<ActionId> {
        form.actions(set).find(|action| self.of(*action).is_one())
    }

    /// Whether this is a behaviour strategy profile of `form`: right length, no negative
    /// probability, adding up to 1 at each information set.
    #[must_use]
    pub fn fits(&self, form: &GameForm) -> bool {
        self.probability.len() == form.action_count()
            && self.probability.iter().all(|p| !p.is_negative())
            && form.info_set_ids().all(|set| {
                form.actions(set).map(|action| self.of(action)).sum::<Rational>().is_one()
            })
    }
}

/// A profile with beliefs over the members of every information set.
///
/// `belief[k]` belongs to the `k`-th entry of the form's list of members; the members of one set
/// are consecutive and their beliefs add up to 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What everybody does.
    pub profile: Profile,
    /// What everybody thinks at each of his situations.
    pub belief: Vec<Rational>,
}

/// A box that is claimed to hold exactly one equilibrium. It is its own certificate: whoever has it
/// can prove the claim again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Enclosure {
    /// Of behaviour strategies.
    Strategies {
        /// Per action: a point where the probability is fixed; a proper interval, away from 0,
        /// where it is free. At a free set every played action has a proper interval.
        probability: Vec<Interval>,
    },
    /// Of logit responses.
    LogOdds {
        /// Per action: the logarithm of its probability over that of its set's first action.
        odds: Vec<Interval>,
    },
}
