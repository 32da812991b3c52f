//! Members of an ensemble on disk, chunk by chunk, so that a run killed at any moment goes on with
//! none lost and none twice.
//!
//! Beside `name.csv` stands `name.csv.progress`: what was asked, how many bytes of the file are
//! whole chunks, and the totals of these. A chunk is on disk before the progress file names it;
//! what the file has beyond that is cut off when the run goes on.

use crate::arguments::Ensemble as Wanted;
use crate::exit::Failure;
use crate::files;
use detente::analysis::analyses::ensemble::{Kind, Member, Totals};
use detente::ensemble::Ensemble;
use detente::game::Game;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

/// What makes two runs the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The form of the files; a newer détente that changes it raises this.
    version: u32,
    scenario_hash: String,
    set: Vec<String>,
    uniform: Vec<String>,
    concept: String,
    select: String,
    seed: u64,
    random: bool,
}

impl Job {
    /// The job of a command.
    pub fn new(wanted: &Wanted, text_hash: &str, ensemble: &Ensemble) -> Self {
        Self {
            version: 2,
            scenario_hash: text_hash.to_owned(),
            set: wanted.input.set.clone(),
            uniform: wanted.drawing.uniform.clone(),
            concept: ensemble.asked().concept.name().to_owned(),
            select: wanted.select.trim().to_owned(),
            seed: wanted.drawing.seed,
            random: wanted.drawing.random,
        }
    }
}

/// How far the file is.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    job: Job,
    bytes: u64,
    totals: Totals,
}

/// A file of members that is being written.
pub struct MemberFile {
    path: PathBuf,
    file: File,
    bytes: u64,
}

impl MemberFile {
    /// A new file with its head.
    pub fn create(
        path: &Path,
        job: &Job,
        ensemble: &Ensemble,
        game: &Game,
    ) -> Result<Self, Failure> {
        files::can_write(path)?;
        let file = File::create(path).map_err(|error| refused(path, &error))?;
        let mut made = Self { path: path.to_owned(), file, bytes: 0 };
        made.write(head(job, ensemble, game).as_bytes())?;
        made.note(job, ensemble.totals())?;
        Ok(made)
    }

    /// An unfinished file, cut to its whole chunks, and the totals of these.
    pub fn resume(path: &Path, job: &Job) -> Result<(Self, Option<Totals>), Failure> {
        let noted = progress_file(path);
        let text = std::fs::read_to_string(&noted).map_err(|error| {
            Failure::told(format!("'{}' cannot be read: {error}", noted.display()))
                .help("without it nothing can be resumed; leave --resume away to start anew")
        })?;
        let done: Done = serde_json::from_str(&text).map_err(|error| {
            Failure::told(format!("'{}' is no record of progress: {error}", noted.display()))
                .help("leave --resume away to start anew")
        })?;
        if done.job != *job {
            return Err(Failure::told(
                "the file was begun with another scenario, seed, concept, rule or set of parameters",
            )
            .help("repeat the command it was begun with, or leave --resume away to start anew"));
        }
        let file =
            OpenOptions::new().write(true).open(path).map_err(|error| refused(path, &error))?;
        let length = file.metadata().map_err(|error| refused(path, &error))?.len();
        if length < done.bytes {
            return Err(Failure::told(format!("'{}' is shorter than it was", path.display()))
                .help("leave --resume away to start anew"));
        }
        let mut opened = Self { path: path.to_owned(), file, bytes: done.bytes };
        let cut = opened.file.set_len(done.bytes);
        cut.and_then(|()| opened.file.seek(std::io::SeekFrom::End(0)).map(drop))
            .map_err(|error| refused(path, &error))?;
        Ok((opened, Some(done.totals)))
    }

    /// Appends a chunk, and then puts on record that it is there.
    pub fn append(
        &mut self,
        members: &[Member],
        job: &Job,
        ensemble: &Ensemble,
    ) -> Result<(), Failure> {
        let mut text = String::new();
        for member in members {
            line(&mut text, member, ensemble.quantities().len());
        }
        self.write(text.as_bytes())?;
        self.note(job, ensemble.totals())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        written.map_err(|error| refused(&self.path, &error))?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn note(&self, job: &Job, totals: &Totals) -> Result<(), Failure> {
        let done = Done { job: job.clone(), bytes: self.bytes, totals: totals.clone() };
        let text = serde_json::to_string(&done)
            .map_err(|error| Failure::told(format!("progress cannot be kept: {error}")))?;
        files::write(&progress_file(&self.path), text.as_bytes())
    }
}

fn progress_file(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".progress");
    PathBuf::from(name)
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::told(format!("'{}' cannot be written: {error}", path.display()))
}

/// A comment with the hash and the seed, then the names of the columns.
fn head(job: &Job, ensemble: &Ensemble, game: &Game) -> String {
    let mut text = format!(
        "# detente ensemble, scenario {}, seed {}, {}, {}, select {}\n",
        job.scenario_hash,
        job.seed,
        if job.random { "pseudo-random" } else { "quasi-random" },
        job.concept,
        job.select
    );
    text.push_str("draw");
    for param in &ensemble.draws().params {
        let _ = write!(text, ",{}", game.params[param.index()].name);
    }
    text.push_str(",found,plays,kept");
    for quantity in ensemble.quantities() {
        let of = if quantity.is_share() { "P" } else { "payoff" };
        let name = quantity.name(&game.form).replace('"', "\"\"");
        let _ = write!(text, ",\"{of}({name}) least\",\"{of}({name}) greatest\"");
    }
    text.push('\n');
    text
}

fn numbers(plays: &[u32]) -> String {
    let numbers: Vec<String> = plays.iter().map(|play| (play + 1).to_string()).collect();
    numbers.join(" ")
}

/// A member as a line. Plays that are kept without knowing that they satisfy the rule are marked
/// by a question mark behind them all. Values are written in the fewest digits that give the same number back;
/// where there is no equilibrium, quantities are left empty.
fn line(text: &mut String, member: &Member, quantities: usize) {
    let _ = write!(text, "{}", member.number);
    for value in &member.values {
        let _ = write!(text, ",{value}");
    }
    match &member.kind {
        Kind::Plays(plays) => {
            let open = member.picked.as_ref().is_some_and(|picked| picked.is_open);
            let (all, kept) = (numbers(plays), numbers(member.kept()));
            let _ = write!(text, ",{},{all},{kept}{}", plays.len(), if open { " ?" } else { "" });
        }
        Kind::NoGame => text.push_str(",no game,,"),
        Kind::Unfinished => text.push_str(",unfinished,,"),
    }
    for (least, greatest) in &member.ranges {
        let _ = write!(text, ",{least},{greatest}");
    }
    for _ in member.ranges.len()..quantities {
        text.push_str(",,");
    }
    text.push('\n');
}
