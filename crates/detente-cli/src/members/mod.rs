//! Members of an ensemble on disk, as CSV and as Parquet.
//!
//! Rows are appended to a journal of lines, chunk by chunk, so that a run killed at any moment goes
//! on with none lost and none twice. The journal is the CSV file, or, where none is asked for, a
//! file beside the Parquet file that is removed at the end. A Parquet file has its index behind
//! its rows and cannot be appended to, so it is made of the whole journal and put in its place at
//! once.

mod journal;
mod lines;
mod parquet;

pub use journal::Job;

use crate::arguments::Ensemble as Wanted;
use crate::exit::Failure;
use crate::{files, progress};
use detente::analysis::analyses::ensemble::Member;
use detente::ensemble::{Ensemble, Standing};
use detente::game::Game;
use journal::{Journal, Resumed};
use lines::Column;
use std::path::{Path, PathBuf};

/// Where the members of a run go.
pub struct Output {
    /// None if all rows are in a Parquet file and the journal is gone.
    journal: Option<Journal>,
    job: Job,
    columns: Vec<Column>,
    parquet: Option<PathBuf>,
    keeps_journal: bool,
}

impl Output {
    /// The files that a command names, new or gone on with, and where the run stood before.
    pub fn open(
        wanted: &Wanted,
        job: Job,
        ensemble: &Ensemble,
        game: &Game,
    ) -> Result<Option<(Self, Option<Standing>)>, Failure> {
        let Some(rows) = rows_of(wanted)? else { return Ok(None) };
        for path in [&wanted.csv, &wanted.parquet].into_iter().flatten() {
            is_for_rows(path)?;
        }
        if let Some(parquet) = &wanted.parquet {
            files::can_write(parquet)?;
        }
        let columns = lines::columns(ensemble, game);
        let (journal, standing) = if wanted.resume {
            let finished = wanted.csv.is_none().then_some(wanted.parquet.as_deref()).flatten();
            match Journal::resume(&rows, &job, wanted.draws, finished)? {
                Resumed::Rows(journal, standing) => (Some(journal), Some(standing)),
                Resumed::Finished(standing) => (None, Some(standing)),
            }
        } else {
            let head = lines::head(&job, &columns);
            (Some(Journal::create(&rows, &job, &head, ensemble.standing())?), None)
        };
        // Nobody else writes here now, so what a killed run left half-written is nobody's.
        files::sweep_beside(&rows.progress);
        let (parquet, keeps_journal) = (wanted.parquet.clone(), wanted.csv.is_some());
        if let Some(parquet) = &parquet {
            files::sweep_beside(parquet);
        }
        Ok(Some((Self { journal, job, columns, parquet, keeps_journal }, standing)))
    }

    /// Appends a chunk to the journal, and then puts on record that it is there.
    pub fn append(&mut self, members: &[Member], ensemble: &Ensemble) -> Result<(), Failure> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        let mut text = String::new();
        for member in members {
            lines::line(&mut text, member, ensemble.quantities().len());
        }
        journal.append(text.as_bytes(), &self.job, ensemble.standing())
    }

    /// Makes the Parquet file, if one is asked for and all members are there.
    pub fn finish(
        &mut self,
        ensemble: &Ensemble,
        game: &Game,
        wanted: &Wanted,
    ) -> Result<(), Failure> {
        let (Some(journal), Some(path)) = (&self.journal, &self.parquet) else { return Ok(()) };
        let members = ensemble.totals().members;
        if members == 0 || progress::stopped() {
            return Ok(());
        }
        let facts = parquet::facts(&self.job, ensemble, game, wanted.draws);
        let line = progress::Progress::new("writing", members, wanted.input.quiet);
        let made = files::write_with(path, |file| {
            let rows = parquet::write(file, &journal.path, &self.columns, facts, &line)?;
            let name = journal.path.display();
            let lacks = || Failure::told(format!("'{name}' has {rows} draws of {members}"));
            if rows == members { Ok(()) } else { Err(lacks()) }
        });
        drop(line);
        if progress::stopped() {
            return Ok(());
        }
        made?;
        if !self.keeps_journal
            && let Some(journal) = self.journal.take()
        {
            journal.remove()?;
        }
        Ok(())
    }

    /// Says what there is after a signal to stop, and how to go on.
    pub fn tell_stop(&self, done: u64, draws: u64) {
        if let Some(journal) = &self.journal {
            crate::output::complain(&format!(
                "stopped: {} of {} draws are in '{}'; the same command with --resume goes on",
                indicatif::HumanCount(done),
                indicatif::HumanCount(draws),
                journal.path.display()
            ));
        }
    }
}

/// The journal and the record of how far it is.
struct Rows {
    journal: PathBuf,
    progress: PathBuf,
}

/// Whether rows can be kept there: a device or a pipe cannot be gone on with.
fn is_for_rows(path: &Path) -> Result<(), Failure> {
    let about = std::fs::metadata(path);
    let is_device = about.is_ok_and(|about| !about.is_file() && !about.is_dir());
    if path != Path::new("-") && !is_device {
        return Ok(());
    }
    Err(Failure::told(format!("draws cannot be written to '{}'", path.display()))
        .help("name a plain file: a run that is stopped goes on with it"))
}

fn rows_of(wanted: &Wanted) -> Result<Option<Rows>, Failure> {
    let both = wanted.csv.as_deref().zip(wanted.parquet.as_deref());
    if both.is_some_and(|(csv, parquet)| files::are_same(csv, parquet)) {
        return Err(Failure::told("--csv and --parquet name the same file")
            .help("give them different names"));
    }
    let behind = |path: &Path, ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    Ok(match (&wanted.csv, &wanted.parquet) {
        (Some(csv), _) => Some(Rows { journal: csv.clone(), progress: behind(csv, ".progress") }),
        (None, Some(parquet)) => {
            Some(Rows { journal: behind(parquet, ".rows"), progress: behind(parquet, ".progress") })
        }
        (None, None) => None,
    })
}
