//! `batch`: the reports of all scenarios of a folder, and a page that leads to them.

use super::report::{Asked, Made, make};
use super::test::collect;
use crate::arguments::Batch;
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::scenario::Subject;
use crate::{files, output, page, saved, scenario};
use detente::Options;
use detente::report::formats::html::{Entry, Link, index};
use detente::report::formats::text::words::count;
use std::path::{Path, PathBuf};

/// Makes one report after the other; a file with errors does not keep the others.
pub fn run(batch: &Batch) -> Result<Exit, Failure> {
    let mut scenarios = Vec::new();
    collect(&batch.folder, &mut scenarios);
    if scenarios.is_empty() {
        return Err(Failure::told("there is no scenario here").help("scenarios end in .dtn"));
    }
    folder(&batch.out)?;
    files::can_write(&batch.out.join("index.html"))?;
    let line = Progress::new("reporting", scenarios.len() as u64, batch.quiet);
    let (mut entries, mut unmet) = (Vec::new(), false);
    for (place, path) in scenarios.iter().enumerate() {
        line.at(place as u64, &path.display().to_string());
        let made = line.aside(|| one(batch, path));
        if progress::stopped() {
            break;
        }
        unmet |= made.as_ref().is_ok_and(|(_, made)| made.expectations[1] > 0);
        entries.push(entry(batch, path, made));
    }
    drop(line);
    let left = scenarios.len() - entries.len();
    let failed = entries.iter().filter(|entry| entry.report.is_err()).count();
    let text = index(&name(&batch.folder), &entries, left);
    files::write(&batch.out.join("index.html"), text.as_bytes())?;
    let told = format!(
        "{}, {} with errors: {}",
        count(entries.len() - failed, "report"),
        count(failed, "file"),
        batch.out.join("index.html").display(),
    );
    output::print(&told)?;
    match (failed, unmet) {
        (1.., _) => Err(Failure::Known),
        (_, true) => Ok(Exit::NotMet),
        _ => Ok(Exit::Fine),
    }
}

/// A folder's own name, whatever way leads to it.
fn name(folder: &Path) -> String {
    let whole = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    whole.file_name().unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
}

/// Makes and writes one report; gives its place below the folder of reports.
fn one(batch: &Batch, path: &Path) -> Result<(PathBuf, Made), Failure> {
    let place = place(&batch.folder, path);
    let options = Options::default();
    let opened = files::read_bytes(path)
        .and_then(|bytes| scenario::open(path, bytes, &options, true))
        .inspect_err(Failure::complain)?;
    let Some(game) = opened.game().cloned() else {
        scenario::print_diagnostics(&opened, opened.diagnostics(), true);
        return Err(scenario::errors(&opened, opened.diagnostics()));
    };
    let text_hash = saved::hash_of(opened.loaded.texts());
    let subject = Subject { game, opened: Some(opened), text_hash };
    let asked = Asked {
        file: &shown(&batch.folder, path),
        path,
        options: &options,
        search: &batch.search,
        numbers: page::numbers(batch.exact, batch.decimal),
        most: batch.most,
        quiet: true,
    };
    let made = make(&subject, &asked).inspect_err(Failure::complain)?;
    let target = batch.out.join(&place);
    if let Some(parent) = target.parent() {
        folder(parent).inspect_err(Failure::complain)?;
    }
    files::write(&target, made.page.as_bytes()).inspect_err(Failure::complain)?;
    Ok((place, made))
}

fn entry(batch: &Batch, path: &Path, made: Result<(PathBuf, Made), Failure>) -> Entry {
    let report = match made {
        Ok((place, made)) => Ok(Link {
            address: address(&place),
            title: made.title,
            conclusion: made.conclusion,
            expectations: made.expectations,
        }),
        Err(failure) => Err(match failure.problem() {
            Some(problem) => match problem.messages.first() {
                Some(message) => format!("{}: {}", problem.error, message.text),
                None => problem.error,
            },
            None => "it cannot be read".to_owned(),
        }),
    };
    Entry { file: shown(&batch.folder, path), report }
}

/// A scenario's path below the folder, or its name if the folder is the scenario itself.
fn below<'p>(folder: &Path, path: &'p Path) -> &'p Path {
    match path.strip_prefix(folder) {
        Ok(below) if below != Path::new("") => below,
        _ => path.file_name().map_or(path, Path::new),
    }
}

fn shown(folder: &Path, path: &Path) -> String {
    below(folder, path).display().to_string()
}

/// Where a report stands: as its scenario does, but not in the index's place.
fn place(folder: &Path, path: &Path) -> PathBuf {
    let below = below(folder, path);
    match below.with_extension("html") {
        taken if taken == Path::new("index.html") => PathBuf::from("index.dtn.html"),
        free => free,
    }
}

/// A path as it stands in a link.
fn address(path: &Path) -> String {
    let parts: Vec<String> = path
        .iter()
        .map(|part| {
            let one = |byte: u8| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            };
            part.to_string_lossy().bytes().map(one).collect()
        })
        .collect();
    parts.join("/")
}

fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|error| {
        Failure::told(format!("the folder '{}' cannot be made: {error}", path.display()))
            .help("choose a folder that you may write to")
    })
}

#[cfg(test)]
mod tests {
    use super::{address, place};
    use std::path::Path;

    #[test]
    fn places_and_addresses() {
        let of = |path: &str| place(Path::new("in"), Path::new(path));
        assert_eq!(of("in/a/b.dtn"), Path::new("a/b.html"));
        assert_eq!(of("in/index.dtn"), Path::new("index.dtn.html"));
        assert_eq!(of("in/a/index.dtn"), Path::new("a/index.html"));
        assert_eq!(place(Path::new("in/a.dtn"), Path::new("in/a.dtn")), Path::new("a.html"));
        assert_eq!(address(Path::new("a b/ü#%.html")), "a%20b/%C3%BC%23%25.html");
    }
}
