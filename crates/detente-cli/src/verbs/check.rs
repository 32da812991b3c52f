//! `check`: did I write what I meant? Who knows what?

use crate::arguments::Check;
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::scenario::{Import, Read};
use crate::{files, output, page, scenario};
use detente::claims::{Checked, Checker, Effort};
use detente::report::formats::json::{Expectation, Message};
use detente::report::formats::{json, text};
use detente::road::Opened;
use detente::solve::Limits;

/// Expectations of larger trees are left to `detente test`.
const MOST_NODES: usize = 20_000;

/// What takes longer is left to `detente test` too, so what stays open is no failure here.
const EFFORT: Effort =
    Effort { limits: Limits { profiles: 200_000, candidates: 2_000 }, judged: 160 };

/// Reads the scenario or game and says what it means.
pub fn run(check: &Check) -> Result<Exit, Failure> {
    match scenario::read(&check.input)? {
        Read::Scenario(opened) => of_scenario(check, &opened),
        Read::Game(import) => of_import(check, &import),
    }
}

fn of_scenario(check: &Check, opened: &Opened) -> Result<Exit, Failure> {
    let quiet = check.input.quiet;
    let options = scenario::options(&check.input.set, check.input.max_nodes)?;
    let mut diagnostics = opened.diagnostics().to_vec();
    let mut is_there = |file: &str| files::beside(&check.input.file, file).is_file();
    diagnostics.extend(detente::lints::missing_scenarios(opened, &mut is_there));
    let linted = {
        let _line = Progress::new("looking for what may be a mistake", 0, quiet);
        detente::lints::warnings(opened, &options, &Some(progress::stop_flag()))
    };
    diagnostics.extend(linted.warnings);
    if !check.form.json || opened.game().is_none() {
        scenario::print_diagnostics(opened, &diagnostics, quiet);
        if !quiet {
            linted.left_out.iter().for_each(|what| output::complain(&format!("note: {what}")));
        }
    }
    let game = opened.game().ok_or_else(|| scenario::errors(opened, &diagnostics))?;
    let small = game.form.node_count() <= MOST_NODES;
    let checked = small.then(|| expectations(opened, &options, EFFORT, quiet));
    let unmet = checked.iter().flatten().any(|checked| checked.met == Some(false));
    if check.form.json {
        let messages = scenario::messages(&diagnostics, &scenario::sources(opened));
        let tested = checked.map(|all| json::test(all.into_iter().map(expectation).collect()));
        output::print(&super::show::pretty(&json::check(
            game,
            messages,
            tested,
            linted.left_out,
        ))?)?;
    } else {
        let look = page::look(&check.form);
        output::print(&text::check::screen(game, checked.as_deref().map(counted), &look))?;
    }
    let strict = check.strict && !diagnostics.is_empty();
    Ok(if strict || unmet { Exit::NotMet } else { Exit::Fine })
}

/// A game of another program has no expectations, parameters or sources; its remarks stand where
/// a scenario's warnings stand.
fn of_import(check: &Check, import: &Import) -> Result<Exit, Failure> {
    if check.form.json {
        let note = |text: &String| Message {
            code: "note".to_owned(),
            text: text.clone(),
            place: None,
            until: None,
            helps: Vec::new(),
            notes: Vec::new(),
        };
        let messages = import.notes.iter().map(note).collect();
        output::print(&super::show::pretty(&json::check(
            &import.game,
            messages,
            None,
            Vec::new(),
        ))?)?;
    } else {
        if !check.input.quiet {
            import.notes.iter().for_each(|note| output::complain(&format!("note: {note}")));
        }
        output::print(&text::check::imported(&import.game, &page::look(&check.form)))?;
    }
    let strict = check.strict && !import.notes.is_empty();
    Ok(if strict { Exit::NotMet } else { Exit::Fine })
}

fn counted(all: &[Checked]) -> text::check::Expectations {
    text::check::Expectations {
        total: all.len(),
        met: all.iter().filter(|checked| checked.met == Some(true)).count(),
        unknown: all.iter().filter(|checked| checked.met.is_none()).count(),
        conditions: all.iter().map(|checked| checked.conditions).sum(),
    }
}

/// The expectations of a scenario without errors, checked one after the other; what a signal
/// leaves is open.
pub fn expectations(
    opened: &Opened,
    options: &detente::Options,
    effort: Effort,
    quiet: bool,
) -> Vec<Checked> {
    let count = opened.game().map_or(0, |game| game.claims.len());
    let line = Progress::new("checking expectations", count as u64, quiet);
    let mut checker =
        Checker::new(opened, options).stopped_by(progress::stop_flag()).with_effort(effort);
    (0..count)
        .map(|position| {
            line.at(position as u64, "");
            checker.check(position)
        })
        .collect()
}

/// An expectation for programs.
pub fn expectation(checked: Checked) -> Expectation {
    Expectation { text: checked.text, met: checked.met, found: checked.found }
}
