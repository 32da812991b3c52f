//! How a page looks on this terminal, and the cards that several verbs show.

use crate::arguments::{Form, Search};
use crate::exit::Failure;
use crate::output;
use detente::game::Game;
use detente::report::cards::{Card, Member, deal};
use detente::report::look::{Look, Style};
use detente::report::numbers::Numbers;
use detente::report::sentences::SearchClaim;
use detente::road::Solved;

/// How numbers are written under `--exact` or `--decimal`.
pub fn numbers(exact: bool, decimal: bool) -> Numbers {
    match (exact, decimal) {
        (true, _) => Numbers::Exact,
        (_, true) => Numbers::Decimal,
        _ => Numbers::Both,
    }
}

/// The look asked for.
pub fn look(form: &Form) -> Look {
    let numbers = numbers(form.exact, form.decimal);
    let style = if output::colours() { Style::Ansi } else { Style::Plain };
    Look { width: output::width(), style, numbers }
}

/// The titles that the author's claims give, one for each equilibrium.
pub fn titles(game: &Game, solved: &Solved) -> Vec<Option<String>> {
    solved.equilibria.iter().map(|verified| detente::claims::title(game, verified)).collect()
}

/// The equilibria as cards, with the titles that the author's claims give.
pub fn cards<'s>(titles: &'s [Option<String>], solved: &'s Solved) -> Vec<Card<'s>> {
    let members: Vec<Member<'s>> = solved
        .equilibria
        .iter()
        .zip(titles)
        .map(|(verified, title)| Member {
            equilibrium: &verified.equilibrium,
            corners: &verified.corners,
            title: title.as_deref(),
        })
        .collect();
    deal(&members)
}

/// What can be said of the search.
pub fn claim(solved: &Solved) -> SearchClaim<'_> {
    SearchClaim {
        method: solved.method.name,
        complete: solved.complete,
        searched: &solved.searched,
        enclosed: &solved.enclosed,
    }
}

/// The card of a letter.
pub fn card<'c, 's>(cards: &'c [Card<'s>], letter: &str) -> Result<&'c Card<'s>, Failure> {
    if let Some(card) = cards.iter().find(|card| card.label.eq_ignore_ascii_case(letter)) {
        return Ok(card);
    }
    let known: Vec<&str> = cards.iter().map(|card| card.label.as_str()).collect();
    Err(if known.is_empty() {
        Failure::told("no equilibrium is known exactly, so there is nothing to explain")
            .help("detente solve FILE  says what was searched")
    } else {
        Failure::told(format!("there is no equilibrium '{letter}'"))
            .help(format!("there are {}", known.join(", ")))
    })
}

/// Candidates whose verdict is open, as sentences without repetition.
pub fn undecided(solved: &Solved) -> Vec<String> {
    let mut reasons: Vec<String> = solved.undecided.iter().map(|open| open.why.clone()).collect();
    reasons.sort();
    reasons.dedup();
    reasons
}

/// Options of the search are refused where nothing is searched for: they would say nothing.
pub fn search_needs_a_letter(search: &Search, letter: Option<&str>) -> Result<(), Failure> {
    if letter.is_some() || !search.asks_something() {
        return Ok(());
    }
    Err(Failure::told("nothing is searched for without --equilibrium, so how does not matter")
        .help("add  -e A,  or leave the options of the search away"))
}
