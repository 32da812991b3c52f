//! Where in the text a warning about the solved game belongs.

use crate::road::Opened;
use detente_lang::syntax::ast::{Body, Choose, Section, Span, Statement};

/// The name of a parameter where it is given.
pub fn param(opened: &Opened, name: &str) -> Option<Span> {
    opened.loaded.sections().find_map(|line| {
        match &line.item {
            Section::Params(section) => {
                section.params.iter().map(|line| &line.item).find(|param| param.name.text == name)
            }
            _ => None,
        }
        .map(|param| param.name.span)
    })
}

/// An option where a player is offered it.
pub fn option(opened: &Opened, player: &str, event: &str, option: &str) -> Option<Span> {
    let of_event = choices(opened).filter(|choose| {
        choose.event.name.text == event && choose.players.iter().any(|name| name.text == player)
    });
    of_event
        .flat_map(|choose| &choose.options)
        .find(|offered| offered.value.text == option)
        .map(|offered| offered.value.span)
}

/// Every `chooses` of the story, outside blocks.
fn choices(opened: &Opened) -> impl Iterator<Item = &Choose> {
    let mut found = Vec::new();
    for line in opened.loaded.sections() {
        if let Section::Story(body) = &line.item {
            collect(body, &mut found);
        }
    }
    found.into_iter()
}

fn collect<'a>(body: &'a Body, found: &mut Vec<&'a Choose>) {
    for line in body {
        match &line.item {
            Statement::Choose(choose) => found.push(choose),
            Statement::Branch(branch) => {
                branch.arms.iter().for_each(|arm| collect(&arm.body, found));
            }
            Statement::Repeat(repeat) => collect(&repeat.body, found),
            Statement::Together(inner) => collect(inner, found),
            _ => {}
        }
    }
}
