//! `solve`: what will they do?

use crate::arguments::Solve;
use crate::exit::{Exit, Failure};
use crate::saved::SavedResult;
use crate::{files, output, page, scenario};
use detente::report::formats::{json, text};
use detente::road::Solved;

/// Searches, verifies and prints.
pub fn run(solve: &Solve) -> Result<Exit, Failure> {
    let subject = scenario::subject(&solve.input)?;
    let game = &subject.game;
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &solve.search, solve.input.quiet);
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    if let Some(path) = &solve.save {
        let saved = SavedResult::new(&solve.input, subject.opened.as_ref(), &solved);
        files::write(path, super::show::pretty(&saved)?.as_bytes())?;
    }
    let undecided = page::undecided(&solved);
    let exit = exit(solve, &solved);
    if solve.form.json {
        let search = page::claim(&solved);
        let answer = json::solve(game, &cards, &search, &undecided);
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    let look = page::look(&solve.form);
    let search = text::solve::Search {
        complete: solved.complete,
        searched: &solved.searched,
        undecided: &undecided,
        enclosed: &solved.enclosed,
        all: solve.all,
    };
    output::print(&text::solve::screen(&cards, &search, &look))?;
    if solve.beliefs {
        for card in &cards {
            output::print(&format!("\n{}", text::beliefs::screen(card.lead(), &look)))?;
        }
    }
    Ok(exit)
}

/// What was searched in part only ends with a code of its own, if that is asked for.
fn exit(solve: &Solve, solved: &Solved) -> Exit {
    let decided = solved.undecided.is_empty();
    let enough = if solve.search.pure { solved.all_pure && decided } else { solved.complete };
    if solve.search.require_complete && !enough { Exit::Incomplete } else { Exit::Fine }
}
