//! Reading and writing files, with messages that say what to do.

use crate::exit::Failure;
use std::io::Read;
use std::path::{Path, PathBuf};

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
    let file = std::fs::File::open(path).map_err(told)?;
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

/// Writes a file whole or not at all: first beside it, then in its place. A link is followed, and
/// what is not a plain file (a device, a pipe) is written to, never replaced.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let told = |error: std::io::Error| {
        Failure::told(format!("'{}' cannot be written: {error}", path.display()))
            .help("choose a folder that you may write to")
    };
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if std::fs::metadata(&target).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return std::fs::write(&target, bytes).map_err(told);
    }
    let mut beside = target.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, bytes).map_err(told)?;
    std::fs::rename(&beside, &target).map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        told(error)
    })
}

/// Reads the files that a scenario names, relative to its folder.
pub fn reader_beside(path: &Path) -> impl FnMut(&str) -> Result<String, String> + use<> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    move |name: &str| {
        let path = folder.join(name);
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
