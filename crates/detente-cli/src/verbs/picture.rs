//! Pictures and prose of `export`.

use crate::arguments::Export;
use crate::exit::{Exit, Failure};
use crate::scenario::{self, Subject};
use crate::{page, progress};
use detente::report::drawing::{TreeOptions, caption, draw_tree};
use detente::report::formats::story::story;

/// The tree as SVG or TikZ, with an equilibrium's play if one is named, or the story in prose.
pub fn text(export: &Export, subject: &Subject) -> Result<(String, Exit), Failure> {
    let game = &subject.game;
    if export.story {
        return Ok((story(game), Exit::Fine));
    }
    let instance = scenario::instance(game)?;
    let mut exit = Exit::Fine;
    let (profile, caption) = match &export.equilibrium {
        None => (None, String::new()),
        Some(letter) => {
            let solved = scenario::solve(&instance, &export.search, export.input.quiet)?;
            if progress::stopped() {
                return Err(Failure::told(
                    "stopped before it was clear which equilibrium is which",
                )
                .help("nothing was written"));
            }
            exit = scenario::exit(&export.search, &solved);
            let titles = page::titles(game, &solved);
            let cards = page::cards(&titles, &solved);
            let card = page::card(&cards, letter)?;
            (Some(card.lead().profile().clone()), caption(card))
        }
    };
    let numbers = page::numbers(export.exact, export.decimal);
    let options = TreeOptions { caption, numbers, ..TreeOptions::default() };
    let scene = draw_tree(game, &instance, profile.as_ref(), &options);
    Ok((if export.svg { scene.svg() } else { scene.tikz() }, exit))
}
