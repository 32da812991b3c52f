//! Pictures and prose of `export`.

use crate::arguments::Export;
use crate::exit::Failure;
use crate::page;
use crate::scenario::{self, Subject};
use detente::report::drawing::{TreeOptions, draw_tree};
use detente::report::formats::story::story;

/// The tree as SVG or TikZ, with an equilibrium's play if one is named, or the story in prose.
pub fn text(export: &Export, subject: &Subject) -> Result<String, Failure> {
    let game = &subject.game;
    if export.story {
        return Ok(story(game));
    }
    let instance = scenario::instance(game)?;
    let profile = match &export.equilibrium {
        None => None,
        Some(letter) => {
            let solved = scenario::solve(&instance, &export.search, export.input.quiet);
            let titles = page::titles(game, &solved);
            let cards = page::cards(&titles, &solved);
            Some(page::card(&cards, letter)?.lead().profile().clone())
        }
    };
    let scene = draw_tree(game, &instance, profile.as_ref(), &TreeOptions::default());
    Ok(if export.svg { scene.svg() } else { scene.tikz() })
}
