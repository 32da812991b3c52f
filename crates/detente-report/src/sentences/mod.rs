//! Sentences true by construction.
//!
//! Every sentence is a template, a claim and a check: the template's function recomputes what is
//! claimed from the equilibrium, exactly, and writes nothing if the claim is not so or is
//! undefined. What was not written is kept with the reason ([`Writer::absent`]). There is no
//! other source of prose, and names of players, types, actions and stakes are the author's.

mod beliefs;
mod choices;
mod found;
mod locks;
mod narrate;
mod off_path;
pub mod question;
mod soonest;
mod threshold;
pub mod value;

pub use beliefs::{BeliefClaim, belief, tells};
pub use choices::{PathClaim, binding_stake, cost, path, reason, tie, tightest_choice};
pub use found::{LockClaim, SearchClaim, lock, not_known, outcome, several};
pub use locks::{LastsClaim, doubts, exploit, holds, is_confirmed, lasts, lever, own, turned};
pub use narrate::{about_choice, first_turn, narrative};
pub use off_path::{OffPathClaim, off_path};
pub use soonest::soonest;
pub use threshold::{ThresholdClaim, threshold};

use crate::numbers::Numbers;
use detente_analysis::{MessageBelief, Play, after_messages, names};
use detente_game::{GameForm, InfoSetId, Rational};
use detente_verify::Equilibrium;

/// A sentence and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The template: `S1` to `S14`.
    pub id: &'static str,
    /// The text.
    pub text: String,
    /// The situation it speaks of, if it speaks of one.
    pub set: Option<InfoSetId>,
}

/// A sentence that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The template.
    pub id: &'static str,
    /// Why.
    pub why: String,
}

/// Writes sentences about one equilibrium and keeps a list of those it would not write.
#[derive(Debug)]
pub struct Writer<'a> {
    equilibrium: &'a Equilibrium,
    numbers: Numbers,
    play: Play<'a>,
    messages: Vec<MessageBelief>,
    absent: Vec<Absent>,
}

impl<'a> Writer<'a> {
    /// A writer about an equilibrium.
    #[must_use]
    pub fn new(equilibrium: &'a Equilibrium, numbers: Numbers) -> Self {
        let play = Play::new(equilibrium.instance(), equilibrium.profile());
        let messages = after_messages(equilibrium);
        Self { equilibrium, numbers, play, messages, absent: Vec::new() }
    }

    /// What it would not write, and why.
    #[must_use]
    pub fn absent(&self) -> &[Absent] {
        &self.absent
    }

    fn form(&self) -> &'a GameForm {
        self.equilibrium.instance().form()
    }

    /// Writes, or notes why not.
    fn settle(
        &mut self,
        id: &'static str,
        set: Option<InfoSetId>,
        text: Result<String, &str>,
    ) -> Option<Sentence> {
        match text {
            Ok(text) => Some(Sentence { id, text, set }),
            Err(why) => {
                self.absent.push(Absent { id, why: why.to_owned() });
                None
            }
        }
    }

    /// Whether a situation exists and comes up in its player's own eyes.
    fn reached(&self, set: InfoSetId) -> Result<(), &'static str> {
        match self.equilibrium.beliefs().get(set.index()) {
            None => Err("there is no such situation"),
            Some(belief) if belief.reached => Ok(()),
            Some(_) => Err("the situation is not reached"),
        }
    }

    /// `the dominance Partner`; at the start of a sentence `The dominance Partner`.
    fn who(&self, set: InfoSetId, starts: bool) -> String {
        let form = self.form();
        let player = &form.player(form.info_set(set).player).name;
        match names::own_type(form, set) {
            Some(own) => {
                let article = if starts { "The" } else { "the" };
                format!("{article} {} {player}", form.value(own))
            }
            None => player.clone(),
        }
    }

    /// `, knowing assessment is retaliation_likely`; empty if nothing is known.
    fn knowing(&self, set: InfoSetId) -> String {
        let place = names::whereabouts(self.form(), set);
        if place.is_empty() { place } else { format!(", {place}") }
    }

    /// The probability with which an action of a situation is played.
    fn played(
        &self,
        set: InfoSetId,
        action: detente_game::ActionId,
    ) -> Result<&Rational, &'static str> {
        if action.index() >= self.form().action_count() || self.form().set_of_action(action) != set
        {
            return Err("the action does not belong to the situation");
        }
        Ok(self.equilibrium.profile().of(action))
    }
}

/// Words that no template may use.
pub const FORBIDDEN: [&str; 4] = ["will", "rational", "optimal", "because"];
