//! Reading and writing files, with messages that say what to do.

use crate::exit::Failure;
use crate::progress;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Files beyond this size are not read at all.
const LARGEST: u64 = 1 << 30;

/// Nor are files that a scenario names beyond this size.
const LARGEST_PART: u64 = 64 << 20;

/// The bytes of a file; `-` is standard input.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().take(LARGEST).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let name = path.display();
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::told(format!("there is no file '{name}'"))
            .help("check the name, or make one:  detente new --from signalling my.dtn"),
        std::io::ErrorKind::PermissionDenied => {
            Failure::told(format!("'{name}' may not be read")).help("check its permissions")
        }
        _ => Failure::told(format!("'{name}' cannot be read: {error}")),
    };
    let file = File::open(path).map_err(told)?;
    were_read().insert(whole_name(path));
    let about = file.metadata().map_err(told)?;
    if about.is_dir() {
        return Err(Failure::told(format!("'{name}' is a folder"))
            .help("name a scenario file, such as folder/name.dtn"));
    }
    if about.len() > LARGEST {
        return Err(Failure::told(format!("'{name}' is larger than 1 GB")));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(told)?;
    Ok(bytes)
}

/// Where a file is that another one names, as seen from that one.
pub fn beside(path: &Path, name: &str) -> PathBuf {
    path.parent().map_or_else(|| path.join(name), |folder| folder.join(name))
}

/// Writes a file whole or not at all: first beside it, then in its place, with the mode that the
/// file had. A link is followed, and what is not a plain file (a device, a pipe) is written to,
/// never replaced. What was read is not written to.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    was_not_read(path)?;
    rewrite(path, bytes)
}

/// The same for a file that was read.
pub fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    put(path, |file| file.write_all(bytes).map_err(|error| refused(path, &error)))
}

/// The same as [`write`] for content that is made piece by piece.
pub fn write_with(
    path: &Path,
    content: impl FnOnce(&mut File) -> Result<(), Failure>,
) -> Result<(), Failure> {
    was_not_read(path)?;
    put(path, content)
}

/// A scenario, or its table, would be lost to what is made of it.
fn was_not_read(path: &Path) -> Result<(), Failure> {
    if !were_read().contains(&whole_name(path)) {
        return Ok(());
    }
    Err(Failure::told(format!("'{}' was read and would be lost", path.display()))
        .help("name another file"))
}

fn put(path: &Path, content: impl FnOnce(&mut File) -> Result<(), Failure>) -> Result<(), Failure> {
    refuse_dash(path)?;
    let told = |error: std::io::Error| refused(path, &error);
    let target = whole_name(path);
    if is_no_file(&target) {
        let opened = OpenOptions::new().write(true).truncate(true).open(&target);
        return content(&mut opened.map_err(told)?);
    }
    let part = Part::beside(&target).map_err(told)?;
    let mut file = part.open(&target).map_err(told)?;
    content(&mut file)?;
    file.sync_all().and_then(|()| std::fs::rename(&part.0, &target)).map_err(told)
}

/// Whether a file can be written, found out before the work whose result it is to hold.
pub fn can_write(path: &Path) -> Result<(), Failure> {
    refuse_dash(path)?;
    let told = |error: std::io::Error| refused(path, &error);
    was_not_read(path)?;
    let target = whole_name(path);
    if target.is_dir() {
        return Err(Failure::told(format!(
            "'{}' cannot be written: it is a folder",
            path.display()
        ))
        .help("name a file in it"));
    }
    if is_no_file(&target) {
        return OpenOptions::new().write(true).open(&target).map(drop).map_err(told);
    }
    Part::beside(&target).map(drop).map_err(told)
}

/// Where files are read, `-` is standard input; nothing may be written to a file of that name by
/// mistake.
fn refuse_dash(path: &Path) -> Result<(), Failure> {
    if path != Path::new("-") {
        return Ok(());
    }
    Err(Failure::told("'-' cannot be written: standard output carries the answer itself")
        .help("name a file, such as out.svg; ./- is a file called '-'"))
}

/// Whether two names are of one file, there or not.
pub fn are_same(first: &Path, second: &Path) -> bool {
    whole_name(first) == whole_name(second)
}

/// The name of a file from the root on, links followed as far as they lead.
fn whole_name(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = std::fs::canonicalize(folder.unwrap_or(Path::new(".")));
        match (folder, path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        }
    })
}

/// The files that were read.
fn were_read() -> std::sync::MutexGuard<'static, BTreeSet<PathBuf>> {
    static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    READ.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Removes the parts of a file that killed runs left beside it; for one whom no other run disturbs.
pub fn sweep_beside(path: &Path) {
    let target = whole_name(path);
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else { return };
    let is_part = |other: &str| {
        let middle = name.to_str().and_then(|name| other.strip_prefix(name));
        let number = middle.and_then(|rest| rest.strip_prefix('.')?.strip_suffix(".part"));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_part) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes what a signal left half-written.
pub fn sweep() {
    if let Some(part) = half_written().take() {
        let _ = std::fs::remove_file(part);
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    let failure = Failure::told(format!("'{}' cannot be written: {error}", path.display()));
    match error.kind() {
        std::io::ErrorKind::StorageFull => failure.help("make room, or choose another folder"),
        _ => failure.help("choose a folder that you may write to"),
    }
}

/// A device, a pipe: something that is there and no plain file.
fn is_no_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// The file that is being written; the handler of signals removes it.
fn half_written() -> std::sync::MutexGuard<'static, Option<PathBuf>> {
    static PART: Mutex<Option<PathBuf>> = Mutex::new(None);
    PART.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A file beside its place; it is removed unless it was moved there.
struct Part(PathBuf);

impl Part {
    fn beside(target: &Path) -> std::io::Result<Self> {
        progress::stop_flag();
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let part = Self(PathBuf::from(name));
        *half_written() = Some(part.0.clone());
        File::create(&part.0)?;
        Ok(part)
    }

    /// Opened for the content, for those who may read the file in whose place it goes.
    fn open(&self, target: &Path) -> std::io::Result<File> {
        // Opened first: the mode may forbid it afterwards.
        let file = OpenOptions::new().write(true).open(&self.0)?;
        if let Ok(about) = std::fs::metadata(target) {
            keep_owner(&self.0, &about);
            file.set_permissions(about.permissions())?;
        }
        Ok(file)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
        half_written().take();
    }
}

/// Only the superuser may give a file away; for all others it stays theirs.
#[cfg(unix)]
fn keep_owner(part: &Path, about: &std::fs::Metadata) {
    use std::os::unix::fs::MetadataExt;
    let _ = std::os::unix::fs::chown(part, Some(about.uid()), Some(about.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &std::fs::Metadata) {}

/// Reads the files that a scenario names, relative to its folder.
pub fn reader_beside(path: &Path) -> impl FnMut(&str) -> Result<String, String> + use<> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    move |name: &str| {
        let path = folder.join(name);
        were_read().insert(whole_name(&path));
        match std::fs::metadata(&path) {
            // A device or a pipe may never end.
            Ok(about) if !about.is_file() => Err("it is not a plain file".to_owned()),
            Ok(about) if about.len() > LARGEST_PART => {
                Err(format!("it is larger than {} MB", LARGEST_PART >> 20))
            }
            Ok(_) => std::fs::read_to_string(&path).map_err(|error| match error.kind() {
                std::io::ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
                _ => error.to_string(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err("there is no such file beside the scenario".to_owned())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}
