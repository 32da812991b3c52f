//! What is said of a game beside its tree: title, descriptions, log entries in words.

use super::scope::Compiler;
use crate::load::Loaded;
use crate::syntax::ast::{self, Section, Statement};
use detente_game::form::{GameForm, LogEntry, View};
use detente_game::game::Meta;
use detente_game::{EventId, PlayerId, ValueId};
use std::collections::BTreeMap;

/// What the scenario says of itself.
pub(super) fn meta(loaded: &Loaded) -> Meta {
    let mut meta = Meta { title: loaded.title(), ..Meta::default() };
    for line in &loaded.scenario.sections {
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

/// The descriptions of types and options.
pub(super) fn value_labels(
    compiler: &mut Compiler<'_>,
    loaded: &Loaded,
) -> Vec<(EventId, ValueId, String)> {
    let mut labels = BTreeMap::new();
    for line in &loaded.scenario.sections {
        match &line.item {
            Section::Types(section) => type_labels(compiler, section, &mut labels),
            Section::Story(body) => option_labels(compiler, body, &mut labels),
            Section::Block(block) => option_labels(compiler, &block.body, &mut labels),
            _ => {}
        }
    }
    labels.into_iter().map(|((event, value), text)| (event, value, text)).collect()
}

type Labels = BTreeMap<(EventId, ValueId), String>;

fn type_labels(compiler: &mut Compiler<'_>, section: &ast::TypesSection, labels: &mut Labels) {
    let of: Vec<EventId> = match &section.of {
        ast::Whose::EachPlayer(_) => compiler.types.values().map(|event| event.id).collect(),
        ast::Whose::Player(name) => {
            let team = compiler.teams.get(&name.text).cloned().unwrap_or_default();
            let players = compiler.players.get(&name.text).into_iter().chain(&team);
            players.filter_map(|player| compiler.types.get(player)).map(|event| event.id).collect()
        }
    };
    for line in &section.types {
        let Some(text) = &line.description else { continue };
        let value = compiler.value(&line.value.text);
        for event in &of {
            labels.entry((*event, value)).or_insert_with(|| text.value.clone());
        }
    }
}

fn option_labels(compiler: &mut Compiler<'_>, body: &ast::Body, labels: &mut Labels) {
    for line in body {
        match &line.item {
            Statement::Choose(choose) => choice_labels(compiler, choose, labels),
            Statement::Branch(branch) => {
                branch.arms.iter().for_each(|arm| option_labels(compiler, &arm.body, labels));
            }
            Statement::Repeat(repeat) => option_labels(compiler, &repeat.body, labels),
            Statement::Together(body) => option_labels(compiler, body, labels),
            _ => {}
        }
    }
}

fn choice_labels(compiler: &mut Compiler<'_>, choose: &ast::Choose, labels: &mut Labels) {
    for option in &choose.options {
        let Some(text) = &option.description else { continue };
        let value = compiler.value(&option.value.text);
        let family = compiler.events.get(&choose.event.name.text);
        for event in family.iter().flat_map(|family| family.all()) {
            if event.values.contains(&value) {
                labels.entry((event.id, value)).or_insert_with(|| text.value.clone());
            }
        }
    }
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
