//! `assumptions`: which assumption carries the result?

use crate::arguments::Assumptions;
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::analysis::analyses::register::register;
use detente::report::formats::{json, text};

/// Measures how far every parameter is from a turn, and prints the register.
pub fn run(asked: &Assumptions) -> Result<Exit, Failure> {
    let subject = scenario::subject(&asked.input)?;
    let game = &subject.game;
    if game.params.is_empty() {
        return Err(Failure::told("the game has no parameter, so nothing is assumed by number"));
    }
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &asked.search, asked.input.quiet)?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let card = page::card(&cards, &asked.equilibrium)?;
    let exit = scenario::exit(&asked.search, &solved);
    let line = progress::Progress::new("turns", game.params.len() as u64, asked.input.quiet);
    let mut done = 0;
    let register = register(game, &card.points(), &mut || {
        line.at(done, "parameters");
        done += 1;
        !progress::stopped()
    });
    drop(line);
    let stopped = register.len() < game.params.len();
    if asked.form.json {
        let answer = json::assumptions(game, &card.label, card.lead(), &register, stopped);
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    if stopped {
        output::print(text::solve::STOPPED)?;
    }
    let look = page::look(&asked.form);
    let screen = text::assumptions::screen(game, &card.label, card.lead(), &register, &look);
    output::print(&screen)?;
    Ok(exit)
}
