//! `compare`: how do two scenarios differ?

use crate::arguments::{Compare, Input};
use crate::exit::{Exit, Failure};
use crate::scenario::Subject;
use crate::{output, page, progress, scenario};
use detente::analysis::Play;
use detente::analysis::analyses::contrast::contrast;
use detente::report::cards::Card;
use detente::report::formats::json;
use detente::report::formats::text::compare::{self, Pair, screen};
use detente::road::Solved;
use std::path::Path;

/// Solves both and prints what differs.
pub fn run(asked: &Compare) -> Result<Exit, Failure> {
    let read = |file: &Path| {
        let input = Input {
            file: file.to_owned(),
            set: Vec::new(),
            max_nodes: asked.max_nodes,
            quiet: asked.quiet,
        };
        let subject = scenario::subject(&input)?;
        let instance = scenario::instance(&subject.game)?;
        let solved = scenario::solve(&instance, &asked.search, asked.quiet)?;
        Ok::<_, Failure>((subject, solved))
    };
    if [&asked.first, &asked.second].iter().all(|file| *file == Path::new("-")) {
        return Err(Failure::told("standard input can be one of the two only"));
    }
    let sides: [(Subject, Solved); 2] = [read(&asked.first)?, read(&asked.second)?];
    let titles = [0, 1].map(|at| page::titles(&sides[at].0.game, &sides[at].1));
    let cards = [0, 1].map(|at| page::cards(&titles[at], &sides[at].1));
    let pair = pair(asked, &sides, &cards);
    let exits = sides.iter().map(|(_, solved)| scenario::exit(&asked.search, solved));
    let exit = exits.max_by_key(|exit| *exit == Exit::Incomplete).unwrap_or(Exit::Fine);
    if asked.form.json {
        let answer = json::compared(&pair, progress::stopped());
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    output::print(&screen(&pair, &page::look(&asked.form)))?;
    Ok(exit)
}

fn pair(asked: &Compare, sides: &[(Subject, Solved); 2], cards: &[Vec<Card>; 2]) -> Pair {
    let name = |path: &Path| {
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.display().to_string())
    };
    // Two files of one name are told apart by their folders.
    let (first, second) = match (name(&asked.first), name(&asked.second)) {
        (first, second) if first == second => {
            (asked.first.display().to_string(), asked.second.display().to_string())
        }
        names => names,
    };
    let [(left, _), (right, _)] = sides;
    let text = |subject: &Subject| {
        subject.opened.as_ref().map(|opened| opened.loaded.files[0].text.clone())
    };
    let text = text(left).zip(text(right)).map(|(a, b)| compare::difference(&a, &b));
    let all = cards.iter().zip([&first, &second]);
    let columns = all
        .flat_map(|(cards, file)| cards.iter().map(move |card| (file.clone(), card.label.clone())));
    let plays: Vec<Play> = cards
        .iter()
        .flatten()
        .map(|card| Play::new(card.lead().instance(), card.lead().profile()))
        .collect();
    let parameters = compare::parameters(&left.game, &right.game);
    let numbers = page::numbers(asked.form.exact, asked.form.decimal);
    let (crossed, not_crossed) = match cards[0].first() {
        Some(card) => {
            compare::crossed(&left.game, &card.label, &card.points(), &parameters, numbers)
        }
        None => (Vec::new(), Some("No equilibrium of the first is known exactly.".to_owned())),
    };
    let said = sides.iter().zip([&first, &second]);
    Pair {
        text,
        counts: compare::counts(&left.game, &right.game),
        parameters,
        crossed,
        not_crossed,
        columns: columns.collect(),
        rows: contrast(&plays),
        searched: said.map(|((_, solved), file)| format!("{file}: {}", solved.searched)).collect(),
        files: (first.clone(), second.clone()),
    }
}
