//! `ask`: the questions that the scenario's author asks, each answered by what is worked out for it.

use crate::arguments::{Ask, Search};
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::{files, output, page, scenario};
use detente::Options;
use detente::game::GameInstance;
use detente::questions::{Asked, Asker, Help, Sister};
use detente::report::formats::{json, text};
use detente::report::numbers::Numbers;
use detente::report::question::Answered;
use detente::road::{Opened, Solved};
use detente::solve::Limits;
use std::path::Path;
use std::sync::Arc;

/// Answers the questions and prints them.
pub fn run(ask: &Ask) -> Result<Exit, Failure> {
    let subject = scenario::subject(&ask.input)?;
    let Some(opened) = &subject.opened else {
        return Err(Failure::told("only scenarios ask questions"));
    };
    let count = subject.game.questions.len();
    let chosen = chosen(&ask.numbers, count)?;
    let wanted = Wanted {
        options: &scenario::options(&ask.input.set, ask.input.max_nodes)?,
        search: &ask.search,
        numbers: page::numbers(ask.form.exact, ask.form.decimal),
        path: &ask.input.file,
        file: &ask.input.file.display().to_string(),
        quiet: ask.input.quiet,
    };
    let answered = answers(opened, &chosen, None, &wanted);
    if ask.form.json {
        let all: Vec<Answered> = answered.iter().map(|(_, one)| one.clone()).collect();
        let title = &subject.game.meta.title;
        let answer = json::questions(title, &all, progress::stopped());
        output::print(&super::show::pretty(&answer)?)?;
    } else {
        if progress::stopped() {
            output::print(text::solve::STOPPED)?;
        }
        output::print(&text::questions::screen(&answered, &page::look(&ask.form)))?;
    }
    let whole = answered.iter().all(|(_, question)| question.is_whole());
    let complete =
        answered.iter().flat_map(|(_, question)| &question.answers).all(|answer| answer.complete);
    Ok(match (whole, ask.search.require_complete && !complete) {
        (false, _) => Exit::NotMet,
        (true, true) => Exit::Incomplete,
        (true, false) => Exit::Fine,
    })
}

/// The positions of the questions asked for.
fn chosen(numbers: &[usize], count: usize) -> Result<Vec<usize>, Failure> {
    if count == 0 {
        return Err(Failure::told("the file asks no question")
            .help("add a section  question \"…\",  see docs/language.md"));
    }
    if let Some(odd) = numbers.iter().find(|number| !(1..=count).contains(number)) {
        return Err(Failure::told(format!("there is no question {odd}"))
            .help(format!("they are numbered from 1 to {count}")));
    }
    Ok(match numbers {
        [] => (0..count).collect(),
        some => some.iter().map(|number| number - 1).collect(),
    })
}

/// What questions are answered with.
pub struct Wanted<'a> {
    pub options: &'a Options,
    pub search: &'a Search,
    pub numbers: Numbers,
    /// Where the scenario is, so that files beside it are found.
    pub path: &'a Path,
    /// How it is shown.
    pub file: &'a str,
    pub quiet: bool,
}

/// Answers questions of a scenario, each with its number from 1; those that a signal leaves are left
/// out. `base` is what is known of the scenario as it is.
pub fn answers(
    opened: &Opened,
    chosen: &[usize],
    base: Option<(&Arc<GameInstance>, &Solved)>,
    wanted: &Wanted,
) -> Vec<(usize, Answered)> {
    let asked = Asked {
        options: wanted.options.clone(),
        file: wanted.file.to_owned(),
        flags: wanted.search.flags(),
        numbers: wanted.numbers,
        search: detente::thresholds::Search {
            pure: wanted.search.pure,
            limits: Limits { profiles: wanted.search.max_trials, ..Limits::default() },
            stop: Some(progress::stop_flag()),
        },
    };
    let mut asker = Asker::new(opened, asked);
    if let Some((instance, solved)) = base {
        asker = asker.knowing(instance, solved);
    }
    let line = Progress::new("answering questions", chosen.len() as u64, wanted.quiet);
    let mut all = Vec::new();
    for (done, &position) in chosen.iter().enumerate() {
        line.at(done as u64, "questions");
        let mut solve =
            |instance: &Arc<GameInstance>| scenario::found(instance, wanted.search, None, true);
        let mut open = |file: &str| sister(file, wanted);
        let answered = asker.answer(position, &mut Help { solve: &mut solve, open: &mut open });
        if progress::stopped() {
            break;
        }
        all.push((position + 1, answered));
    }
    all
}

/// Another scenario, named as seen from this one.
fn sister(file: &str, wanted: &Wanted) -> Result<Sister, String> {
    let path = files::beside(wanted.path, file);
    let told = |failure: Failure| {
        failure.problem().map_or_else(|| "it cannot be read".to_owned(), |problem| problem.error)
    };
    let bytes = files::read_bytes(&path).map_err(told)?;
    let options = Options { max_nodes: wanted.options.max_nodes, ..Options::default() };
    let opened = scenario::open(&path, bytes, &options, true).map_err(told)?;
    let shown = files::beside(Path::new(wanted.file), file);
    Ok(Sister { opened, file: shown.display().to_string() })
}
