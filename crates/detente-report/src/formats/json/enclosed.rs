//! Enclosed equilibria as published types.

use super::number;
use super::results::{EnclosedPlays, EnclosedResult, EnclosedShare, EnclosedWorth, Verify};
use detente_game::claim::Concept;
use detente_game::{GameForm, InfoSetId};
use detente_verify::{Enclosed, Unproved};

/// Result for one enclosed equilibrium.
#[must_use]
pub fn enclosed(enclosed: &Enclosed, label: String) -> EnclosedResult {
    let form = enclosed.instance().form();
    let worth = form.player_ids().zip(enclosed.values());
    EnclosedResult {
        label,
        concept: enclosed.concept().word().to_owned(),
        plays: form.info_set_ids().map(|set| plays(enclosed, form, set)).collect(),
        worth: worth
            .map(|(player, value)| EnclosedWorth {
                player: form.player(player).name.clone(),
                low: number(&value.low),
                high: number(&value.high),
            })
            .collect(),
        proof: serde_json::to_value(enclosed.saved()).unwrap_or_default(),
    }
}

fn plays(enclosed: &Enclosed, form: &GameForm, set: InfoSetId) -> EnclosedPlays {
    let options = form.actions(set).map(|action| {
        let probability = &enclosed.probability()[action.index()];
        EnclosedShare {
            name: form.action_label(action).to_owned(),
            low: number(&probability.low),
            high: number(&probability.high),
        }
    });
    EnclosedPlays { situation: set.0 + 1, options: options.collect() }
}

/// Result of `verify` for an enclosed equilibrium. Its payoffs are intervals and are left out.
#[must_use]
pub fn verify_enclosed(concept: &Concept, proved: &Result<Enclosed, Unproved>) -> Verify {
    let verdict = match proved {
        Ok(_) => "holds",
        Err(unproved) if unproved.fails => "fails",
        Err(_) => "undecided",
    };
    Verify {
        verdict: verdict.to_owned(),
        concept: concept.word().to_owned(),
        reason: proved.as_ref().err().map(|unproved| unproved.why.clone()),
        player: None,
        instead: None,
        gain: None,
        values: Vec::new(),
    }
}
