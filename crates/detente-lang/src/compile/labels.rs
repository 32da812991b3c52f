//! What is said of a game beside its tree: title, log entries in words.

use crate::load::Loaded;
use crate::syntax::ast::{self, Section};
use detente_game::PlayerId;
use detente_game::form::{GameForm, LogEntry, View};
use detente_game::game::Meta;

/// What the scenario says of itself.
pub(super) fn meta(loaded: &Loaded) -> Meta {
    let mut meta = Meta { title: loaded.title(), ..Meta::default() };
    for line in loaded.sections() {
        let Section::Game(game) = &line.item else { continue };
        if line.span.file != ast::FileId::MAIN {
            continue;
        }
        for entry in &game.entries {
            let text = entry.text.value.clone();
            match entry.kind {
                ast::GameEntryKind::About if meta.about.is_empty() => meta.about = text,
                ast::GameEntryKind::About => meta.about = format!("{} {text}", meta.about),
                ast::GameEntryKind::Cite => meta.cite.push(text),
                ast::GameEntryKind::Author => meta.author.push(text),
                ast::GameEntryKind::Licence => meta.licence = text,
            }
        }
    }
    meta
}

/// One entry of a log in the words an analyst sees: `own type firm`, `gesture is extend`.
#[must_use]
pub fn entry_text(form: &GameForm, reader: PlayerId, entry: LogEntry) -> String {
    use detente_game::form::EventKind;
    let event = form.event(entry.event);
    let index = event.index.map(|index| format!("[{index}]")).unwrap_or_default();
    let several =
        form.events().iter().any(|other| other.name == event.name && other.owner != event.owner);
    let name = match (event.kind, event.owner) {
        (EventKind::Choice, Some(owner)) if several || owner != reader => {
            format!("{}.{}{index}", form.player(owner).name, event.name)
        }
        _ => format!("{}{index}", event.name),
    };
    let own_type = event.kind == EventKind::Type && event.owner == Some(reader);
    match entry.view {
        View::Value(value) if own_type => format!("own type {}", form.value(value)),
        View::Value(value) => format!("{name} is {}", form.value(value)),
        View::Shown(text) => format!("{name} is seen as {}", form.value(text)),
        View::Happened => format!("{name} happened"),
    }
}
