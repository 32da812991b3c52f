//! `report`: a page that is handed to those who were not at the keyboard.

mod parts;

use super::{ask, check};
use crate::arguments::{MOST_TOLD, Report, Search};
use crate::browser::Browser;
use crate::exit::{Exit, Failure};
use crate::scenario::Subject;
use crate::{files, output, page, progress, scenario};
use detente::Options;
use detente::claims::Effort;
use detente::game::GameInstance;
use detente::report::formats::html::{self, Provenance};
use detente::report::formats::json::Expectation;
use detente::report::formats::text;
use detente::report::numbers::Numbers;
use detente::report::question::Answered;
use detente::road::{Opened, Solved};
use std::path::Path;
use std::sync::Arc;

/// Makes the report and writes it.
pub fn run(report: &Report) -> Result<Exit, Failure> {
    for path in report.out.iter().chain(&report.pdf) {
        files::can_write(path)?;
    }
    let browser = report.pdf.as_ref().map(|_| Browser::find("a PDF")).transpose()?;
    let input = &report.input;
    let subject = scenario::subject(input)?;
    let asked = Asked {
        file: &input.file.display().to_string(),
        options: &scenario::options(&input.set, input.max_nodes)?,
        search: &report.search,
        numbers: page::numbers(report.exact, report.decimal),
        most: report.most,
        path: &input.file,
        quiet: input.quiet,
    };
    let made = make(&subject, &asked)?;
    if let Some(path) = &report.out {
        files::write(path, made.page.as_bytes())?;
    }
    if let (Some(path), Some(browser)) = (&report.pdf, browser) {
        let line = progress::Progress::new("printing", 0, input.quiet);
        let pdf = browser.print(&made.page)?;
        drop(line);
        files::write(path, &pdf)?;
    }
    if report.out.is_none() && report.pdf.is_none() {
        output::print(&made.page)?;
    }
    Ok(made.exit)
}

/// What a report is made with.
pub struct Asked<'a> {
    /// The scenario's file, as it is shown.
    pub file: &'a str,
    pub options: &'a Options,
    pub search: &'a Search,
    pub numbers: Numbers,
    pub most: usize,
    /// Where the scenario is, so that files beside it are found.
    pub path: &'a Path,
    pub quiet: bool,
}

/// A report, and what a list of reports says of it.
pub struct Made {
    pub page: String,
    pub title: String,
    pub conclusion: String,
    /// How many expectations are met, not met and not decided.
    pub expectations: [usize; 3],
    pub exit: Exit,
}

/// Searches, checks what is expected, and makes the page. What a signal stops is not made: a page
/// that is handed on must not be partial.
pub fn make(subject: &Subject, asked: &Asked) -> Result<Made, Failure> {
    let game = &subject.game;
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, asked.search, asked.quiet)?;
    unstopped()?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let undecided = page::undecided(&solved);
    let expectations: Option<Vec<Expectation>> = subject.opened.as_ref().map(|opened| {
        let all = check::expectations(opened, asked.options, Effort::default(), asked.quiet);
        all.into_iter().map(check::expectation).collect()
    });
    unstopped()?;
    let questions: Vec<Answered> = match &subject.opened {
        Some(opened) => answered(opened, (&instance, &solved), asked),
        None => Vec::new(),
    };
    unstopped()?;
    let map = parts::map(game, &cards, asked);
    unstopped()?;
    let ensemble = parts::ensemble(game, &subject.text_hash, asked.quiet);
    unstopped()?;
    let sensitivity = parts::drivers(game, &cards, asked.quiet);
    unstopped()?;
    let value = parts::value(game, &solved, asked);
    unstopped()?;
    let text_hash = format!("{} (64-bit FNV-1a)", subject.text_hash);
    let report = html::Report {
        game,
        cards: &cards,
        search: text::solve::Search {
            method: solved.method.name,
            complete: solved.complete,
            searched: &solved.searched,
            open: solved.undecided.len(),
            undecided: &undecided,
            enclosed: &solved.enclosed,
            stopped: false,
            all: false,
        },
        expectations: expectations.as_deref(),
        questions: &questions,
        map: map.as_ref(),
        ensemble: ensemble.as_ref(),
        sensitivity: sensitivity.as_ref(),
        value: value.as_ref(),
        provenance: Provenance {
            file: asked.file,
            text_hash: &text_hash,
            command: &command(asked),
            version: concat!("détente ", env!("CARGO_PKG_VERSION")),
            set: &asked.options.set.iter().map(|(a, b)| format!("{a} = {b}")).collect::<Vec<_>>(),
        },
        numbers: asked.numbers,
        most: asked.most,
    };
    let page = {
        let _line = progress::Progress::new("writing the page", 0, asked.quiet);
        html::page(&report)
    };
    unstopped()?;
    let expectations = counted(expectations.as_deref().unwrap_or_default());
    let exit = match scenario::exit(asked.search, &solved) {
        Exit::Fine if expectations[1] > 0 => Exit::NotMet,
        other => other,
    };
    let (title, conclusion) = (game.meta.title.clone(), html::conclusion(&report));
    Ok(Made { page, title, conclusion, expectations, exit })
}

/// The scenario's questions, answered.
fn answered(
    opened: &Opened,
    (instance, solved): (&Arc<GameInstance>, &Solved),
    asked: &Asked,
) -> Vec<Answered> {
    let wanted = ask::Wanted {
        options: asked.options,
        search: asked.search,
        numbers: asked.numbers,
        path: asked.path,
        file: asked.file,
        quiet: asked.quiet,
    };
    let all: Vec<usize> = (0..opened.game().map_or(0, |game| game.questions.len())).collect();
    let answered = ask::answers(opened, &all, Some((instance, solved)), &wanted);
    answered.into_iter().map(|(_, question)| question).collect()
}

/// What makes the page again.
fn command(asked: &Asked) -> String {
    let sets = asked.options.set.iter().map(|(name, value)| format!(" --set {name}={value}"));
    let sets: String = sets.collect();
    let numbers = match asked.numbers {
        Numbers::Both => "",
        Numbers::Exact => " --exact",
        Numbers::Decimal => " --decimal",
    };
    let most = match asked.most {
        MOST_TOLD => String::new(),
        most => format!(" --most {most}"),
    };
    let file = detente::questions::quoted(asked.file);
    format!("detente report {file}{sets}{}{most}{numbers}", asked.search.flags())
}

fn unstopped() -> Result<(), Failure> {
    match progress::stopped() {
        true => Err(Failure::told("stopped, so no report was written")),
        false => Ok(()),
    }
}

fn counted(all: &[Expectation]) -> [usize; 3] {
    [Some(true), Some(false), None].map(|met| all.iter().filter(|one| one.met == met).count())
}
