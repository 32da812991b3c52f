//! The story in prose, from the form alone: who chooses what, who sees it. Nothing is said of
//! what anybody will choose.

use detente_analysis::analyses::visibility::never_seen;
use detente_analysis::names;
use detente_game::form::{EventKind, NodeKind};
use detente_game::{EventId, Game, GameForm, InfoSetId, LotteryId, PlayerId};
use std::collections::BTreeMap;

/// The story: players and types, then every event in the order in which it can happen, then what
/// is at stake. One paragraph per line.
#[must_use]
pub fn story(game: &Game) -> String {
    let form = &game.form;
    let mut lines = vec![format!("{}.", game.meta.title.trim_end_matches('.'))];
    if !game.meta.about.is_empty() {
        lines.push(game.meta.about.clone());
    }
    lines.push(players(form));
    for event in in_order(form) {
        lines.extend(told(form, event));
    }
    lines.extend(unseen(form));
    lines.extend(at_stake(form));
    lines.extend(outcomes(form));
    lines.join("\n") + "\n"
}

fn players(form: &GameForm) -> String {
    let one = |player: PlayerId| {
        let player = form.player(player);
        if player.label.is_empty() {
            player.name.clone()
        } else {
            format!("{} ({})", player.name, player.label)
        }
    };
    format!("The players are {}.", list(&form.player_ids().map(one).collect::<Vec<_>>(), "and"))
}

/// `a, b and c`.
fn list(items: &[String], joint: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} {joint} {last}", all.join(", ")),
    }
}

/// The events by the least number of moves before them, then in the order of the file.
fn in_order(form: &GameForm) -> Vec<EventId> {
    let mut depth: Vec<usize> = vec![0; form.node_count()];
    // The deepest place of an event: what can happen before it on some path comes before it.
    let mut last: BTreeMap<EventId, usize> = BTreeMap::new();
    for node in form.nodes() {
        if let Some(parent) = form.parent(node) {
            depth[node.index()] = depth[parent.index()] + 1;
        }
        let event = match form.kind(node) {
            NodeKind::Decision(set) => form.info_set(set).question,
            NodeKind::Chance(lottery) => form.lottery(lottery).event,
            NodeKind::End(_) => continue,
        };
        let here = depth[node.index()];
        let known = last.entry(event).or_insert(here);
        *known = (*known).max(here);
    }
    let mut events: Vec<(usize, EventId)> =
        last.into_iter().map(|(event, depth)| (depth, event)).collect();
    events.sort_unstable();
    events.into_iter().map(|(_, event)| event).collect()
}

fn told(form: &GameForm, event: EventId) -> Option<String> {
    let described = form.event(event);
    let name = names::event(form, event);
    let values: Vec<String> = names::values_of(form, event)
        .into_iter()
        .map(|value| form.value(value).to_owned())
        .collect();
    let text = match (described.kind, described.owner) {
        (EventKind::Type, Some(owner)) => {
            let player = &form.player(owner).name;
            format!("{player} is {}; {player} knows which.", list(&values, "or"))
        }
        (EventKind::Choice, Some(owner)) => {
            let player = &form.player(owner).name;
            let when = if always_asked(form, event) { "" } else { ", if it comes to that" };
            format!("{player} chooses {name}: {}{when}.", list(&values, "or"))
        }
        _ => format!("Chance decides {name}: {}{}.", list(&values, "or"), odds(form, event)),
    };
    let seen = readers(form, event);
    if seen.is_empty() { Some(text) } else { Some(format!("{text} {seen}")) }
}

/// Whether every path through the tree asks the question.
fn always_asked(form: &GameForm, question: EventId) -> bool {
    form.ends().all(|end| form.history(end).iter().any(|(event, _)| *event == question))
}

/// The odds depend on what happened before if the event has several lotteries.
fn odds(form: &GameForm, event: EventId) -> &'static str {
    let lotteries = (0..form.lotteries().len())
        .map(LotteryId::from_index)
        .filter(|lottery| form.lottery(*lottery).event == event)
        .count();
    if lotteries > 1 { ", with odds that depend on what happened before" } else { "" }
}

/// Who decides later knowing of it.
fn readers(form: &GameForm, event: EventId) -> String {
    let owner = form.event(event).owner;
    let knows = |player: PlayerId| {
        form.info_set_ids()
            .filter(|set: &InfoSetId| form.info_set(*set).player == player)
            .any(|set| names::log(form, set).iter().any(|entry| entry.event == event))
    };
    let players: Vec<String> = form
        .player_ids()
        .filter(|player| Some(*player) != owner)
        .filter(|player| knows(*player))
        .map(|player| form.player(player).name.clone())
        .collect();
    if players.is_empty() {
        return String::new();
    }
    let verb = if players.len() == 1 { "sees" } else { "see" };
    format!("{} {verb} it.", list(&players, "and"))
}

fn unseen(form: &GameForm) -> Vec<String> {
    never_seen(form)
        .into_iter()
        .filter(|unseen| !unseen.events.is_empty())
        .map(|unseen| {
            let events: Vec<String> = unseen
                .events
                .iter()
                .map(|event| match form.event(*event).kind {
                    EventKind::Type => format!("the type of {}", names::event(form, *event)),
                    _ => names::clear_event(form, *event),
                })
                .collect();
            format!("{} never sees {}.", form.player(unseen.player).name, list(&events, "or"))
        })
        .collect()
}

fn at_stake(form: &GameForm) -> Vec<String> {
    form.player_ids()
        .filter_map(|player| {
            let stakes: Vec<String> = form
                .stakes()
                .iter()
                .filter(|stake| stake.player == player)
                .map(|stake| stake.name.clone())
                .collect();
            if stakes.is_empty() {
                return None;
            }
            Some(format!("At stake for {}: {}.", form.player(player).name, list(&stakes, "and")))
        })
        .collect()
}

fn outcomes(form: &GameForm) -> Option<String> {
    if form.outcomes().is_empty() {
        return None;
    }
    let names: Vec<String> = form.outcomes().iter().map(|name| format!("\"{name}\"")).collect();
    Some(format!("It can end as {}.", list(&names, "or")))
}
