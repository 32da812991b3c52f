//! `tree`: the tree, in the terminal.

use crate::arguments::Tree;
use crate::exit::{Exit, Failure};
use crate::{output, page, scenario};
use detente::report::formats::text::tree::{Folding, screen};

/// Prints the tree, with an equilibrium's play if one is named.
pub fn run(tree: &Tree) -> Result<Exit, Failure> {
    let subject = scenario::subject(&tree.input)?;
    let instance = scenario::instance(&subject.game)?;
    let folding = Folding { depth: tree.depth, ..Folding::default() };
    let look = page::look(&tree.form);
    let text = match &tree.equilibrium {
        None => screen(&instance, None, &folding, &look),
        Some(letter) => {
            let solved = scenario::solve(&instance, &tree.search, tree.input.quiet);
            let titles = page::titles(&subject.game, &solved);
            let cards = page::cards(&titles, &solved);
            let card = page::card(&cards, letter)?;
            screen(&instance, Some(card.lead()), &folding, &look)
        }
    };
    output::print(&text)?;
    Ok(Exit::Fine)
}
