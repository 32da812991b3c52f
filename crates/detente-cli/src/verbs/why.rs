//! `why`: what decides each choice, and what would turn it.

use crate::arguments::Why;
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::report::formats::{json, text};

/// Explains one equilibrium.
pub fn run(why: &Why) -> Result<Exit, Failure> {
    let subject = scenario::subject(&why.input)?;
    let game = &subject.game;
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &why.search, why.input.quiet)?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let card = page::card(&cards, &why.equilibrium)?;
    let position = cards.iter().position(|other| other.label == card.label).unwrap_or_default();
    let search = page::claim(&solved);
    let exit = scenario::exit(&why.search, &solved);
    // The margins belong to the point that was asked about, not to the file's base values.
    if why.form.json {
        let answer = json::why(game, &cards, position, &search, why.tightest);
        let answer = answer.map(|why| json::Why { stopped: progress::stopped(), ..why });
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    let look = page::look(&why.form);
    if progress::stopped() {
        output::print(text::solve::STOPPED)?;
    }
    let asked = text::why::Asked { tightest: why.tightest, ..text::why::Asked::default() };
    output::print(&text::why::screen(game, card, &asked, &look))?;
    if why.sentences {
        let told = text::why::sentences(game, &cards, position, &search, &look);
        output::print(&format!("\n{told}"))?;
    }
    Ok(exit)
}
