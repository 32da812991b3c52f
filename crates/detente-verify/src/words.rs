//! Players, situations and plans in the scenario's own words.

use detente_game::form::{EventKind, View};
use detente_game::{ActionId, EventId, GameForm, InfoSetId, PlayerId};

/// An event's name with its index.
pub(crate) fn event(form: &GameForm, event: EventId) -> String {
    let event = form.event(event);
    match event.index {
        Some(index) => format!("{}[{index}]", event.name),
        None => event.name.clone(),
    }
}

/// A player's name.
pub(crate) fn player(form: &GameForm, player: PlayerId) -> &str {
    &form.player(player).name
}

/// "reply, knowing gesture is extend": the question and what its player has seen, without his
/// own earlier choices' owner.
pub(crate) fn situation(form: &GameForm, set: InfoSetId) -> String {
    if let Some(label) = form.set_label(set) {
        return label.to_owned();
    }
    let question = event(form, form.info_set(set).question);
    let known = known(form, set);
    if known.is_empty() { question } else { format!("{question}, knowing {}", known.join(", ")) }
}

fn known(form: &GameForm, set: InfoSetId) -> Vec<String> {
    let Some(log) = form.info_set(set).log else { return Vec::new() };
    let entries = form.logs().entries(log);
    let text = |entry: &detente_game::form::LogEntry| {
        let name = event(form, entry.event);
        match entry.view {
            View::Value(value) | View::Shown(value) => format!("{name} is {}", form.value(value)),
            View::Happened => format!("{name} happened"),
        }
    };
    let own_type =
        |entry: &&detente_game::form::LogEntry| form.event(entry.event).kind == EventKind::Type;
    let types = entries.iter().filter(own_type).map(text);
    let others = entries.iter().filter(|entry| !own_type(entry)).map(text);
    types.chain(others).collect()
}

/// "reply is reject, then programme is build".
pub(crate) fn plan(form: &GameForm, steps: &[(InfoSetId, ActionId)]) -> String {
    let step = |(set, action): &(InfoSetId, ActionId)| {
        format!("{} is {}", event(form, form.info_set(*set).question), form.action_label(*action))
    };
    let mut texts: Vec<String> = steps.iter().map(step).collect();
    texts.dedup();
    texts.join(", then ")
}
