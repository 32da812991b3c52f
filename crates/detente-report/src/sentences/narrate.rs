//! All that can be said about one equilibrium, in reading order: each query is asked here, each
//! answer is checked by its template.

use super::{BeliefClaim, OffPathClaim, PathClaim, SearchClaim, Sentence, ThresholdClaim, Writer};
use crate::cards::Card;
use detente_analysis::analyses::ends::Leaving;
use detente_analysis::analyses::first_turn::Place;
use detente_analysis::analyses::stakes;
use detente_analysis::{Flips, Side, names, outcome_shares, tightest};
use detente_game::form::LogEntry;
use detente_game::{ActionId, EventId, Game, PlayerId, Rational};
use detente_verify::Margin;

/// The story of an equilibrium: which one it is and what was searched, what happens, who chooses
/// what, what the messages tell, what is needed off the path, and what is nearest to turning.
#[must_use]
pub fn narrative(
    writer: &mut Writer,
    game: &Game,
    cards: &[Card],
    search: &SearchClaim,
) -> Vec<Sentence> {
    let mut told: Vec<Sentence> = Vec::new();
    told.extend(super::several(writer, cards, search.enclosed));
    told.extend(super::not_known(writer, search));
    told.extend(paths(writer));
    told.extend(messages(writer));
    told.extend(outcomes(writer));
    told.extend(off_paths(writer));
    told.extend(ties(writer));
    let flips = Flips::new(game, writer.equilibrium);
    if let Some(margin) = tightest(writer.equilibrium).into_iter().find(|m| m.margin.is_positive())
    {
        // What follows speaks of "it", so it needs the sentence that names the choice.
        if let Some(tightest) = super::tightest_choice(writer, &margin) {
            told.push(tightest);
            told.extend(about_choice(writer, game, &flips, &margin));
        }
    }
    told
}

/// Why one choice is made and when it would turn.
#[must_use]
pub fn about_choice(
    writer: &mut Writer,
    game: &Game,
    flips: &Flips,
    margin: &Margin,
) -> Vec<Sentence> {
    let mut told = Vec::new();
    if let Some(parts) = stakes::breakdown(writer.equilibrium, margin) {
        told.extend(super::reason(writer, margin, &parts.stakes));
        told.extend(super::cost(writer, margin));
        if let Some((stake, _)) = parts.stakes.first() {
            told.extend(super::binding_stake(writer, margin, *stake));
        }
    }
    for axis in flips.of_margin(margin) {
        for flip in [axis.below, axis.above].into_iter().flatten() {
            let claim = ThresholdClaim {
                margin: margin.clone(),
                param: flip.param,
                side: flip.side,
                at: flip.at,
            };
            told.extend(super::threshold(writer, game, flips, &claim));
        }
    }
    told
}

/// One S8 sentence: the nearest turn of the whole equilibrium on one side of a parameter.
#[must_use]
pub fn first_turn(
    writer: &mut Writer,
    game: &Game,
    flips: &Flips,
    param: detente_game::ParamId,
    side: Side,
) -> Option<Sentence> {
    let turn = flips.first(param, side)?;
    let margin = turn.leaves.into_iter().find_map(|leaving| match leaving {
        Leaving::Choice(margin) => Some(margin),
        _ => None,
    })?;
    let Place::At(at) = turn.at else { return None };
    super::threshold(writer, game, flips, &ThresholdClaim { margin, param, side, at })
}

fn paths(writer: &mut Writer) -> Vec<Sentence> {
    let form = writer.form();
    let mut told = Vec::new();
    for set in form.info_set_ids() {
        if writer.reached(set).is_err() {
            continue;
        }
        for action in form.actions(set) {
            let probability = writer.equilibrium.profile().of(action).clone();
            if probability.is_positive() {
                told.extend(super::path(writer, &PathClaim { set, action, probability }));
            }
        }
    }
    told
}

fn messages(writer: &mut Writer) -> Vec<Sentence> {
    let mut told = Vec::new();
    let mut asked: Vec<(PlayerId, Vec<LogEntry>, EventId, EventId)> = Vec::new();
    for message in writer.messages.clone() {
        let before = message.log[..message.log.len() - 1].to_vec();
        let query = (message.reader, before, message.message().event, message.about);
        if !asked.contains(&query) {
            told.extend(super::tells(writer, query.0, &query.1, query.2, query.3));
            asked.push(query);
        }
        if message.tells_nothing() {
            continue;
        }
        let ((value, before), (_, after)) = (&message.before[0], &message.after[0]);
        let claim = BeliefClaim {
            reader: message.reader,
            log: message.log.clone(),
            about: message.about,
            value: *value,
            after: after.clone(),
            before: before.clone(),
        };
        told.extend(super::belief(writer, &claim));
    }
    told
}

fn outcomes(writer: &mut Writer) -> Vec<Sentence> {
    let shares = outcome_shares(&writer.play);
    let named = shares.into_iter().filter(|s| s.outcome.is_some() && s.probability.is_positive());
    named.filter_map(|share| super::outcome(writer, &share.name, &share.probability)).collect()
}

fn off_paths(writer: &mut Writer) -> Vec<Sentence> {
    let form = writer.form();
    let mut told = Vec::new();
    for set in form.info_set_ids() {
        let belief = &writer.equilibrium.beliefs()[set.index()];
        if belief.reached || belief.bounds.is_empty() {
            continue;
        }
        let profile = writer.equilibrium.profile();
        let actions: Vec<(ActionId, Rational)> = form
            .actions(set)
            .map(|action| (action, profile.of(action).clone()))
            .filter(|(_, probability)| probability.is_positive())
            .collect();
        let player = form.info_set(set).player;
        let others = form.player_ids().filter(|other| *other != player);
        for about in others.filter_map(|other| names::type_event(form, other)) {
            for value in names::values_of(form, about).into_iter().take(1) {
                let bounds = belief.bounds.clone();
                let at = form
                    .members(set)
                    .iter()
                    .position(|node| writer.play.value_before(*node, about) == Some(value));
                let Some((low, high)) = at.map(|at| bounds[at].clone()) else { continue };
                let actions = actions.clone();
                let claim = OffPathClaim { set, actions, about, value, low, high };
                told.extend(super::off_path(writer, &claim));
            }
        }
    }
    told
}

fn ties(writer: &mut Writer) -> Vec<Sentence> {
    let margins: Vec<Margin> = writer
        .equilibrium
        .margins()
        .iter()
        .filter(|margin| margin.reached && margin.margin.is_zero())
        .cloned()
        .collect();
    let mut told = Vec::new();
    for margin in margins {
        let probability = writer.equilibrium.profile().of(margin.chosen).clone();
        told.extend(super::tie(writer, &margin, &probability));
    }
    told
}
