//! `test`: does the file still say what it is expected to say?

use crate::arguments::Test;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::{output, scenario};
use detente::claims::{Checked, Checker};
use detente::lang::Options;
use detente::report::formats::json;
use std::path::{Path, PathBuf};

/// Checks all expectations of files and folders.
pub fn run(test: &Test) -> Result<Exit, Failure> {
    let mut files = Vec::new();
    for path in &test.paths {
        collect(path, &mut files)?;
    }
    if files.is_empty() {
        return Err(Failure::told("there is no scenario here").help("scenarios end in .dtn"));
    }
    let mut progress = Progress::new("testing", files.len() as u64, test.quiet || test.form.json);
    let mut total = Total::default();
    let mut answers = serde_json::Map::new();
    for (place, file) in files.iter().enumerate() {
        progress.at(place as u64, &file.display().to_string());
        let Some(checked) = check(file)? else {
            total.broken += 1;
            continue;
        };
        total.add(&checked);
        if test.form.json {
            let all = checked.into_iter().map(super::check::expectation).collect();
            let answer = serde_json::to_value(json::test(all));
            let answer = answer.map_err(|error| Failure::told(error.to_string()))?;
            answers.insert(file.display().to_string(), answer);
        } else {
            let text = told(file, &checked, test.quiet);
            if !text.is_empty() {
                output::print(&text)?;
            }
        }
    }
    progress.done();
    if test.form.json {
        output::print(&super::show::pretty(&answers)?)?;
    } else {
        output::print(&total.told(files.len()))?;
    }
    if total.broken > 0 {
        return Err(Failure::Scenario);
    }
    Ok(if total.met < total.all { Exit::NotMet } else { Exit::Fine })
}

/// All expectations together.
#[derive(Default)]
struct Total {
    all: usize,
    met: usize,
    open: usize,
    broken: usize,
}

impl Total {
    fn add(&mut self, checked: &[Checked]) {
        self.all += checked.len();
        self.met += checked.iter().filter(|one| one.met == Some(true)).count();
        self.open += checked.iter().filter(|one| one.met.is_none()).count();
    }

    fn told(&self, files: usize) -> String {
        let Self { all, met, open, broken } = self;
        let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        let mut text = format!("{files}: {met} of {all} expectations met");
        if met < all {
            let unmet = all - met - open;
            text.push_str(&format!(", {unmet} not met, {open} not decided"));
        }
        if *broken > 0 {
            text.push_str(&format!("; {broken} with errors"));
        }
        text
    }
}

/// The expectations of one file, checked; `None` if it has errors, which are printed.
fn check(file: &Path) -> Result<Option<Vec<Checked>>, Failure> {
    let options = Options::default();
    let opened = scenario::open_silently(file, &options, true)?;
    let Some(game) = opened.game() else {
        scenario::print_complaints(&opened, true);
        return Ok(None);
    };
    let mut checker = Checker::new(&opened, &options);
    Ok(Some((0..game.claims.len()).map(|position| checker.check(position)).collect()))
}

/// One file's lines: a summary and what is not met; all of them unless `quiet`.
fn told(file: &Path, checked: &[Checked], quiet: bool) -> String {
    let met = checked.iter().filter(|one| one.met == Some(true)).count();
    if quiet && met == checked.len() {
        return String::new();
    }
    let mut lines = vec![format!("{}: {met} of {} met", file.display(), checked.len())];
    for one in checked {
        let mark = match one.met {
            Some(true) if quiet => continue,
            Some(true) => "met        ",
            Some(false) => "NOT MET    ",
            None => "NOT DECIDED",
        };
        lines.push(format!("  {mark}  {}", one.text));
        lines.push(format!("               {}", one.found));
    }
    lines.join("\n")
}

/// The scenarios of a folder and its folders, in the order of their names.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "dtn") {
            collect(&entry, files)?;
        }
    }
    Ok(())
}
