//! `show findings`: what the analysis finds, as JSON.

use crate::exit::Failure;
use crate::scenario::Subject;
use crate::{page, progress};
use detente::report::formats::json;
use detente::road::Solved;

/// Choices shown of each card.
const CHOICES: usize = 10;

/// The findings of every card.
pub fn text(subject: &Subject, solved: &Solved) -> Result<String, Failure> {
    let game = &subject.game;
    let titles = page::titles(game, solved);
    let cards = page::cards(&titles, solved);
    let search = page::claim(solved);
    let undecided = page::undecided(solved);
    let why: Vec<_> = (0..cards.len())
        .filter_map(|position| json::why(game, &cards, position, &search, CHOICES))
        .map(|why| json::Why { stopped: progress::stopped(), ..why })
        .collect();
    let equilibria = json::solve(game, &cards, &search, &undecided);
    let equilibria = json::Solve { stopped: progress::stopped(), ..equilibria };
    super::show::pretty(&json::Findings { equilibria, why })
}
