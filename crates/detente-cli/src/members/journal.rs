//! A file of lines that grows chunk by chunk, and the record of how far it is.
//!
//! The record says what was asked, how many bytes of the file are whole chunks, and where the
//! ensemble stands after these. A chunk is on disk before the record names it; what the file has beyond that is cut off
//! when the run goes on. The file is locked while a run writes it, so that two runs never write the same one.

use super::Rows;
use crate::arguments::Ensemble as Wanted;
use crate::exit::Failure;
use crate::files;
use detente::ensemble::{Ensemble, Standing};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};

/// What makes two runs the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The form of the files; a newer détente that changes it raises this.
    version: u32,
    pub scenario_hash: String,
    pub set: Vec<String>,
    pub uniform: Vec<String>,
    pub concept: String,
    pub mixed: bool,
    pub select: String,
    pub seed: u64,
    random: bool,
}

impl Job {
    /// The job of a command.
    pub fn new(wanted: &Wanted, text_hash: &str, ensemble: &Ensemble) -> Self {
        Self {
            version: 5,
            scenario_hash: text_hash.to_owned(),
            set: wanted.input.set.clone(),
            uniform: wanted.drawing.uniform.clone(),
            concept: ensemble.asked().concept.name().to_owned(),
            mixed: ensemble.asked().mixed,
            select: wanted.select.trim().to_owned(),
            seed: wanted.drawing.seed,
            random: wanted.drawing.random,
        }
    }

    /// The method of the draws.
    pub fn points(&self) -> &'static str {
        if self.random { "pseudo-random" } else { "quasi-random" }
    }
}

/// How far the file is.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    job: Job,
    bytes: u64,
    standing: Standing,
}

/// A file of lines that is being written.
pub struct Journal {
    /// The file.
    pub path: PathBuf,
    progress: PathBuf,
    file: File,
    bytes: u64,
}

/// What is there of an earlier run.
pub enum Resumed {
    /// Whole chunks, and where the ensemble stood after them.
    Rows(Journal, Standing),
    /// All that is asked for, in another file.
    Finished(Standing),
}

impl Journal {
    /// A new file with its head.
    pub fn create(
        rows: &Rows,
        job: &Job,
        head: &str,
        standing: &Standing,
    ) -> Result<Self, Failure> {
        files::can_write(&rows.journal)?;
        let file =
            locked(&rows.journal, OpenOptions::new().write(true).create(true).truncate(false))?;
        // Emptied only now: another run may have been writing it.
        file.set_len(0).map_err(|error| refused(&rows.journal, &error))?;
        let (path, progress) = (rows.journal.clone(), rows.progress.clone());
        let mut made = Self { path, progress, file, bytes: 0 };
        made.append(head.as_bytes(), job, standing)?;
        Ok(made)
    }

    /// An unfinished file, cut to its whole chunks. `finished` is a file that all rows went to if
    /// this one is gone.
    pub fn resume(
        rows: &Rows,
        job: &Job,
        draws: u64,
        finished: Option<&Path>,
    ) -> Result<Resumed, Failure> {
        let done = done(&rows.progress, job)?;
        let members = done.standing.totals.members;
        if members > draws {
            return Err(Failure::told(format!("{members} draws are there, more than {draws}"))
                .help("ask for as many, or leave --resume away to start anew"));
        }
        if let Some(finished) = finished.filter(|file| file.exists() && !rows.journal.exists()) {
            if members == draws {
                return Ok(Resumed::Finished(done.standing));
            }
            let name = finished.display();
            return Err(Failure::told(format!("'{name}' is finished, with {members} draws"))
                .help("leave --resume away to start anew; what has a --csv beside it can grow"));
        }
        Self::cut(rows, done.bytes).map(|journal| Resumed::Rows(journal, done.standing))
    }

    fn cut(rows: &Rows, bytes: u64) -> Result<Self, Failure> {
        let path = &rows.journal;
        let told = |error| refused(path, &error);
        let mut file = locked(path, OpenOptions::new().write(true))?;
        if file.metadata().map_err(told)?.len() < bytes {
            return Err(Failure::told(format!("'{}' is shorter than it was", path.display()))
                .help("leave --resume away to start anew"));
        }
        file.set_len(bytes).and_then(|()| file.seek(std::io::SeekFrom::End(0))).map_err(told)?;
        Ok(Self { path: path.clone(), progress: rows.progress.clone(), file, bytes })
    }

    /// Appends whole lines, and then puts on record that they are there.
    pub fn append(&mut self, lines: &[u8], job: &Job, standing: &Standing) -> Result<(), Failure> {
        let written = self.file.write_all(lines).and_then(|()| self.file.sync_data());
        written.map_err(|error| refused(&self.path, &error))?;
        self.bytes += lines.len() as u64;
        let done = Done { job: job.clone(), bytes: self.bytes, standing: standing.clone() };
        let text = serde_json::to_string(&done)
            .map_err(|error| Failure::told(format!("progress cannot be kept: {error}")))?;
        files::write(&self.progress, text.as_bytes())
    }

    /// Removes the file; the record stays.
    pub fn remove(self) -> Result<(), Failure> {
        std::fs::remove_file(&self.path).map_err(|error| {
            Failure::told(format!("'{}' cannot be removed: {error}", self.path.display()))
        })
    }
}

/// The record of an earlier run of the same job.
fn done(progress: &Path, job: &Job) -> Result<Done, Failure> {
    let name = progress.display();
    let text = std::fs::read_to_string(progress).map_err(|error| {
        Failure::told(format!("'{name}' cannot be read: {error}"))
            .help("without it nothing can be resumed; leave --resume away to start anew")
    })?;
    let done: Done = serde_json::from_str(&text).map_err(|error| {
        Failure::told(format!("'{name}' is no record of progress: {error}"))
            .help("leave --resume away to start anew")
    })?;
    if done.job != *job {
        return Err(Failure::told(
            "the file was begun with another scenario, seed, concept, rule or set of parameters",
        )
        .help("repeat the command it was begun with, or leave --resume away to start anew"));
    }
    Ok(done)
}

/// Opens a file and keeps all other runs off it until it is closed, by a death too.
fn locked(path: &Path, how: &OpenOptions) -> Result<File, Failure> {
    let file = how.open(path).map_err(|error| refused(path, &error))?;
    let name = path.display();
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Failure::told(format!("another run is writing '{name}'"))
                .help("wait for it or stop it, or name another file"))
        }
        // Some file systems have no locks; a run alone needs none.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(refused(path, &error)),
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::told(format!("'{}' cannot be written: {error}", path.display()))
}
