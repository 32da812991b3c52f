//! Pure strategies and ends in the scenario's words.

use crate::formats::text::words;
use crate::numbers::Numbers;
use crate::plans::{Behaviour, answers};
use detente_analysis::names;
use detente_game::exchange::ReducedStrategy;
use detente_game::{GameForm, InfoSetId, NodeId, Profile, Rational, ValueId};

/// Situations that are named before the rest is counted.
const NAMED: usize = 6;

/// `gesture extend; reply accept after likely, reject after unlikely`; a player with types says
/// it for each of them: `firm: gesture extend | soft: gesture let_lapse`.
#[must_use]
pub fn strategy(form: &GameForm, strategy: &ReducedStrategy) -> String {
    let mut profile = Profile { probability: vec![Rational::ZERO; form.action_count()] };
    for action in &strategy.actions {
        profile.probability[action.index()] = Rational::ONE;
    }
    let mut sets: Vec<InfoSetId> =
        strategy.actions.iter().map(|action| form.set_of_action(*action)).collect();
    // Several options of a situation are a mixture.
    sets.dedup();
    by_types(form, &profile, &sets)
}

/// The same where several options of a situation may be taken with positive probability:
/// `reply mixes accept and reject after likely`.
#[must_use]
pub fn supports(form: &GameForm, supports: &[(InfoSetId, Vec<u32>)]) -> String {
    let (profile, sets) = taken_at(form, supports);
    by_types(form, &profile, &sets)
}

/// The same, type by type and question by question.
#[must_use]
pub fn supports_by_question(
    form: &GameForm,
    supports: &[(InfoSetId, Vec<u32>)],
) -> Vec<(Option<ValueId>, Vec<String>)> {
    let (profile, sets) = taken_at(form, supports);
    let by_type = typed(form, &sets);
    by_type.into_iter().map(|(own, sets)| (own, behaviours(form, &profile, &sets))).collect()
}

/// A profile that takes the options alike, and the situations.
fn taken_at(form: &GameForm, supports: &[(InfoSetId, Vec<u32>)]) -> (Profile, Vec<InfoSetId>) {
    let mut profile = Profile { probability: vec![Rational::ZERO; form.action_count()] };
    for (set, options) in supports {
        let taken = |at: &usize| options.contains(&(*at as u32));
        for (_, action) in form.actions(*set).enumerate().filter(|(at, _)| taken(at)) {
            profile.probability[action.index()] = Rational::ONE;
        }
    }
    (profile, supports.iter().map(|(set, _)| *set).collect())
}

/// Situations by the types of their player.
fn typed(form: &GameForm, sets: &[InfoSetId]) -> Vec<(Option<ValueId>, Vec<InfoSetId>)> {
    let mut by_type: Vec<(Option<ValueId>, Vec<InfoSetId>)> = Vec::new();
    for set in sets {
        let own = names::own_type(form, *set);
        match by_type.iter_mut().find(|(known, _)| *known == own) {
            Some((_, sets)) => sets.push(*set),
            None => by_type.push((own, vec![*set])),
        }
    }
    by_type
}

fn by_types(form: &GameForm, profile: &Profile, sets: &[InfoSetId]) -> String {
    let texts: Vec<String> = typed(form, sets)
        .iter()
        .map(|(own, sets)| {
            let does = behaviours(form, profile, sets).join("; ");
            own.map_or(does.clone(), |own| format!("{}: {does}", form.value(own)))
        })
        .collect();
    if texts.is_empty() { "is not asked".to_owned() } else { texts.join(" | ") }
}

/// What is done, question by question.
fn behaviours(form: &GameForm, profile: &Profile, sets: &[InfoSetId]) -> Vec<String> {
    let one = |answer: &crate::plans::Answer| {
        let shown: Vec<String> = answer
            .behaviours
            .iter()
            .map(|behaviour| {
                let does = taken(form, behaviour);
                format!("{does}{}", words::when(form, behaviour, NAMED))
            })
            .collect();
        format!("{} {}", names::clear_event(form, answer.question), shown.join(", "))
    };
    answers(form, profile, sets).iter().map(one).collect()
}

/// What is done, without probabilities.
fn taken(form: &GameForm, behaviour: &Behaviour) -> String {
    let labels: Vec<&str> =
        behaviour.actions.iter().map(|(action, _)| form.action_label(*action)).collect();
    match labels.split_last() {
        Some((last, earlier)) if !earlier.is_empty() => {
            format!("mixes {} and {last}", earlier.join(", "))
        }
        _ => labels.concat(),
    }
}

/// A mixture: `1/2 [left] + 1/2 [right]`, or the one strategy it consists of.
#[must_use]
pub fn mixture(
    form: &GameForm,
    strategies: &[ReducedStrategy],
    by: &[(usize, Rational)],
    numbers: Numbers,
) -> String {
    let text = |at: usize| format!("[{}]", strategy(form, &strategies[at]));
    if let [(only, _)] = by {
        return text(*only);
    }
    let part = |(at, share): &(usize, Rational)| format!("{} {}", numbers.share(share), text(*at));
    by.iter().map(part).collect::<Vec<_>>().join(" + ")
}

/// An end by its own label or by all that happened: `gesture extend, reply accept`.
#[must_use]
pub fn end(form: &GameForm, end: NodeId) -> String {
    let step = |(event, value): &(_, _)| {
        format!("{} {}", names::clear_event(form, *event), form.value(*value))
    };
    let label = form.node_label(end).map(str::to_owned);
    label.unwrap_or_else(|| form.history(end).iter().map(step).collect::<Vec<_>>().join(", "))
}
