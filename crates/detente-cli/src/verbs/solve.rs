//! `solve`: what will they do?

use crate::arguments::Solve;
use crate::exit::{Exit, Failure};
use crate::saved::SavedResult;
use crate::{files, output, page, progress, scenario};
use detente::report::formats::{json, text};

/// Searches, verifies and prints.
pub fn run(solve: &Solve) -> Result<Exit, Failure> {
    if let Some(path) = &solve.save {
        files::can_write(path)?;
    }
    let subject = scenario::subject(&solve.input)?;
    let game = &subject.game;
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &solve.search, solve.input.quiet)?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    if let Some(path) = &solve.save {
        let saved = SavedResult::new(&solve.input, &subject.text_hash, &solved);
        files::write(path, super::show::pretty(&saved)?.as_bytes())?;
    }
    let undecided = page::undecided(&solved);
    let exit = scenario::exit(&solve.search, &solved);
    if solve.form.json {
        let search = page::claim(&solved);
        let answer = json::solve(game, &cards, &search, &undecided);
        let answer = json::Solve { stopped: progress::stopped(), ..answer };
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    let look = page::look(&solve.form);
    let search = text::solve::Search {
        method: solved.method.name,
        complete: solved.complete,
        searched: &solved.searched,
        open: solved.undecided.len(),
        undecided: &undecided,
        enclosed: &solved.enclosed,
        stopped: progress::stopped(),
        all: solve.all,
    };
    output::print(&text::solve::screen(&cards, &search, &look))?;
    if solve.beliefs {
        output::print(&format!("\n{}", text::beliefs::screens(&cards, &look)))?;
    }
    Ok(exit)
}
