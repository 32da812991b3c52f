//! `tree`: the tree, in the terminal.

use crate::arguments::Tree;
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::report::cards::Card;
use detente::report::formats::json;
use detente::report::formats::text::solve::STOPPED;
use detente::report::formats::text::tree::{Folding, screen};

/// Prints the tree, with an equilibrium's play if one is named.
pub fn run(tree: &Tree) -> Result<Exit, Failure> {
    page::search_needs_a_letter(&tree.search, tree.equilibrium.as_deref())?;
    let subject = scenario::subject(&tree.input)?;
    let instance = scenario::instance(&subject.game)?;
    let print = |card: Option<&Card>| {
        if tree.form.json {
            let played = card.map(|card| (card.label.as_str(), card.lead()));
            let answer = json::tree(&subject.game, &instance, played);
            return Ok(output::print(&super::show::pretty(&answer)?)?);
        }
        let folding = Folding { depth: tree.depth, ..Folding::default() };
        let text = screen(&instance, card.map(Card::lead), &folding, &page::look(&tree.form));
        Ok::<(), Failure>(output::print(&text)?)
    };
    let Some(letter) = &tree.equilibrium else {
        print(None)?;
        return Ok(Exit::Fine);
    };
    let solved = scenario::solve(&instance, &tree.search, tree.input.quiet)?;
    let titles = page::titles(&subject.game, &solved);
    let cards = page::cards(&titles, &solved);
    let card = page::card(&cards, letter)?;
    if progress::stopped() && !tree.form.json {
        output::print(STOPPED)?;
    }
    print(Some(card))?;
    Ok(scenario::exit(&tree.search, &solved))
}
