//! Strategies in compact form: per player and type, question by question.

use detente_analysis::{Play, names};
use detente_game::form::{EventKind, LogEntry, View};
use detente_game::{ActionId, EventId, GameForm, InfoSetId, PlayerId, Profile, Rational, ValueId};

/// What one type of a player does on the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub player: PlayerId,
    /// Its type, if it has types.
    pub own_type: Option<ValueId>,
    /// What it does, question by question in the order of the story.
    pub answers: Vec<Answer>,
}

/// What is answered to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: EventId,
    /// The different behaviours, each with when it is shown.
    pub behaviours: Vec<Behaviour>,
}

/// One behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// The actions that are played with their probabilities.
    pub actions: Vec<(ActionId, Rational)>,
    /// The situations in which it is shown.
    pub situations: Vec<InfoSetId>,
    /// What the player has seen there that tells them from situations with another behaviour:
    /// one text per situation, without doubles.
    pub when: Vec<String>,
}

/// What every player and type does at the situations that come up.
#[must_use]
pub fn seats(play: &Play) -> Vec<Seat> {
    let form = play.form();
    let mut seats: Vec<Seat> = Vec::new();
    for player in form.player_ids() {
        let types: Vec<Option<ValueId>> = match names::type_event(form, player) {
            Some(event) => names::values_of(form, event).into_iter().map(Some).collect(),
            None => vec![None],
        };
        for own_type in types {
            let sets: Vec<InfoSetId> = form
                .info_set_ids()
                .filter(|set| form.info_set(*set).player == player)
                .filter(|set| names::own_type(form, *set) == own_type)
                .filter(|set| play.reach_of(*set).is_positive())
                .collect();
            let answers = answers(form, play.profile(), &sets);
            seats.push(Seat { player, own_type, answers });
        }
    }
    seats
}

/// What is answered at some situations, question by question in the order of the story.
pub(crate) fn answers(form: &GameForm, profile: &Profile, sets: &[InfoSetId]) -> Vec<Answer> {
    let mut questions: Vec<EventId> = Vec::new();
    for set in sets {
        let question = form.info_set(*set).question;
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions
        .into_iter()
        .map(|question| {
            let asked: Vec<InfoSetId> = sets
                .iter()
                .copied()
                .filter(|set| form.info_set(*set).question == question)
                .collect();
            Answer { question, behaviours: behaviours(form, profile, &asked) }
        })
        .collect()
}

/// Actions are compared by their texts: they are other actions at other situations.
fn behaviours(form: &GameForm, profile: &Profile, asked: &[InfoSetId]) -> Vec<Behaviour> {
    let mut found: Vec<(Vec<(ValueId, Rational)>, Behaviour)> = Vec::new();
    let common = common_entries(form, asked);
    for set in asked {
        let actions: Vec<(ActionId, Rational)> = form
            .actions(*set)
            .map(|action| (action, profile.of(action).clone()))
            .filter(|(_, probability)| probability.is_positive())
            .collect();
        let key: Vec<(ValueId, Rational)> = actions
            .iter()
            .map(|(action, probability)| (form.action_value(*action), probability.clone()))
            .collect();
        let when = context(form, *set, &common);
        match found.iter_mut().find(|(other, _)| *other == key) {
            Some((_, behaviour)) => {
                behaviour.situations.push(*set);
                if !behaviour.when.contains(&when) {
                    behaviour.when.push(when);
                }
            }
            None => {
                let situations = vec![*set];
                found.push((key, Behaviour { actions, situations, when: vec![when] }));
            }
        }
    }
    let mut behaviours: Vec<Behaviour> = found.into_iter().map(|(_, b)| b).collect();
    if let [only] = behaviours.as_mut_slice() {
        only.when.clear();
    }
    behaviours
}

fn common_entries(form: &GameForm, asked: &[InfoSetId]) -> Vec<LogEntry> {
    let mut logs = asked.iter().map(|set| names::log(form, *set));
    let first = logs.next().unwrap_or_default();
    let rest: Vec<Vec<LogEntry>> = logs.collect();
    first.into_iter().filter(|entry| rest.iter().all(|log| log.contains(entry))).collect()
}

/// What was seen at a situation beyond what is common: the values, joined.
fn context(form: &GameForm, set: InfoSetId, common: &[LogEntry]) -> String {
    if form.info_set(set).log.is_none() {
        return names::numbered(form, set);
    }
    let player = form.info_set(set).player;
    let special: Vec<String> = names::log(form, set)
        .into_iter()
        .filter(|entry| !common.contains(entry))
        .filter(|entry| {
            let event = form.event(entry.event);
            !(event.kind == EventKind::Type && event.owner == Some(player))
        })
        .map(|entry| match entry.view {
            View::Value(value) | View::Shown(value) => {
                let clear = form.event(entry.event).index.is_none()
                    && form.value(value).chars().any(char::is_alphabetic);
                if clear { form.value(value).to_owned() } else { names::entry(form, player, entry) }
            }
            View::Happened => names::entry(form, player, entry),
        })
        .collect();
    special.join(" + ")
}
