//! What an equilibrium is worth to each player and to each of its types.

use super::play::Play;
use crate::names;
use detente_game::{GameForm, GameInstance, NodeId, PlayerId, Profile, Rational, ValueId};
use detente_verify::Equilibrium;

/// Worth of an equilibrium to one player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// Who.
    pub player: PlayerId,
    /// Expected payoff, in his own eyes.
    pub value: Rational,
    /// The same for each of his types, if he has types.
    pub by_type: Vec<TypeWorth>,
}

/// Worth to one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeWorth {
    /// The type.
    pub value: ValueId,
    /// Its probability, in the player's own eyes.
    pub probability: Rational,
    /// Expected payoff given the type; `None` if its probability is 0.
    pub expected: Option<Rational>,
}

/// What an equilibrium is worth to each player.
#[must_use]
pub fn worth(equilibrium: &Equilibrium) -> Vec<Worth> {
    worths(equilibrium.instance(), equilibrium.profile())
}

/// What play under any profile is worth to each player.
#[must_use]
pub fn worths(instance: &GameInstance, profile: &Profile) -> Vec<Worth> {
    let form = instance.form();
    form.player_ids()
        .map(|player| {
            let play = Play::seen_by(instance, profile, Some(player));
            let payoff = play.payoffs(player);
            Worth {
                player,
                value: payoff[GameForm::ROOT.index()].clone(),
                by_type: by_type(&play, player, &payoff),
            }
        })
        .collect()
}

fn by_type(play: &Play, player: PlayerId, payoff: &[Rational]) -> Vec<TypeWorth> {
    let form = play.form();
    let Some(event) = names::type_event(form, player) else { return Vec::new() };
    // Nodes into which the type is drawn: from there on it is fixed.
    let drawn: Vec<(NodeId, ValueId)> = form
        .nodes()
        .filter_map(|node| {
            let into = form.events_into(node);
            into.iter().find(|(other, _)| *other == event).map(|(_, value)| (node, *value))
        })
        .collect();
    names::values_of(form, event)
        .into_iter()
        .map(|value| {
            let mine = || drawn.iter().filter(|(_, other)| *other == value).map(|(node, _)| *node);
            let probability: Rational = mine().map(|node| play.reach(node)).sum();
            let total: Rational = mine().map(|node| play.reach(node) * &payoff[node.index()]).sum();
            let expected = total.checked_div(&probability);
            TypeWorth { value, probability, expected }
        })
        .collect()
}
