//! `test`: does the file still say what it is expected to say?

use super::check;
use crate::arguments::Test;
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::{files, output, scenario};
use detente::claims::{Checked, Effort};
use detente::lang::Options;
use detente::report::formats::json::{FileTest, Tests};
use std::path::{Path, PathBuf};

/// Checks all expectations of files and folders; a file with errors does not keep the others.
pub fn run(test: &Test) -> Result<Exit, Failure> {
    let mut files = Vec::new();
    for path in &test.paths {
        collect(path, &mut files);
    }
    if files.is_empty() {
        return Err(Failure::told("there is no scenario here").help("scenarios end in .dtn"));
    }
    let line = Progress::new("testing", files.len() as u64, test.quiet || test.form.json);
    let mut total = Total::default();
    let mut answers = Vec::new();
    for (place, file) in files.iter().enumerate() {
        if progress::stopped() {
            break;
        }
        line.at(place as u64, &file.display().to_string());
        let checked = line.aside(|| checked(file));
        total.add(&checked);
        if test.form.json {
            answers.push(answer(file, checked));
        } else if let Ok(checked) = checked {
            let text = told(file, &checked, test.quiet);
            if !text.is_empty() {
                line.aside(|| output::print(&text))?;
            }
        }
    }
    drop(line);
    if test.form.json {
        output::print(&super::show::pretty(&total.for_programs(answers))?)?;
    } else {
        output::print(&total.told(files.len()))?;
    }
    if total.broken > 0 {
        return Err(Failure::Known);
    }
    Ok(if total.met < total.all { Exit::NotMet } else { Exit::Fine })
}

/// All expectations together.
#[derive(Default)]
struct Total {
    tested: usize,
    all: usize,
    met: usize,
    open: usize,
    broken: usize,
}

impl Total {
    fn add(&mut self, checked: &Result<Vec<Checked>, Failure>) {
        self.tested += 1;
        let Ok(checked) = checked else {
            self.broken += 1;
            return;
        };
        self.all += checked.len();
        self.met += checked.iter().filter(|one| one.met == Some(true)).count();
        self.open += checked.iter().filter(|one| one.met.is_none()).count();
    }

    fn told(&self, files: usize) -> String {
        let Self { tested, all, met, open, broken } = self;
        let noun = if files == 1 { "file" } else { "files" };
        let files = match *tested == files {
            true => format!("{files} {noun}"),
            false => format!("stopped after {tested} of {files} {noun}"),
        };
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

    fn for_programs(&self, files: Vec<FileTest>) -> Tests {
        let Self { all, met, open, .. } = *self;
        Tests { total: all, met, unknown: open, stopped: progress::stopped(), files }
    }
}

fn answer(file: &Path, checked: Result<Vec<Checked>, Failure>) -> FileTest {
    let file = file.display().to_string();
    match checked {
        Ok(all) => {
            let expectations = all.into_iter().map(check::expectation).collect();
            FileTest { file, problem: None, expectations }
        }
        Err(failure) => FileTest { file, problem: failure.problem(), expectations: Vec::new() },
    }
}

/// The expectations of one file, checked; what keeps them from being so has been printed.
fn checked(file: &Path) -> Result<Vec<Checked>, Failure> {
    let options = Options::default();
    let opened = files::read_bytes(file)
        .and_then(|bytes| scenario::open(file, bytes, &options, true))
        .inspect_err(Failure::complain)?;
    if opened.game().is_none() {
        scenario::print_diagnostics(&opened, opened.diagnostics(), true);
        return Err(scenario::errors(&opened, opened.diagnostics()));
    }
    Ok(check::expectations(&opened, &options, Effort::default(), true))
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

/// The scenarios of a folder and its folders, in the order of their names. What cannot be read is
/// listed too and told when its turn comes. A link to a folder in which it lies itself leads nowhere new.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    collect_below(path, &mut Vec::new(), files);
}

fn collect_below(path: &Path, above: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        files.push(path.to_path_buf());
        return;
    };
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if above.contains(&place) {
        return;
    }
    above.push(place);
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "dtn") {
            collect_below(&entry, above, files);
        }
    }
    above.pop();
}
