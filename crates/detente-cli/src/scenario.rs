//! Opening what a command is asked about: a scenario, or a game of another program.

use crate::arguments::{ConceptName, Input, Search};
use crate::exit::Failure;
use crate::{files, output, progress};
use detente::game::claim::Concept;
use detente::game::{Game, GameInstance};
use detente::lang::diagnostics::{Located, SourceFile, render_all};
use detente::lang::{Diagnostic, Options, parse_bytes};
use detente::road::{Asked, Opened, Solved, Step};
use std::path::Path;
use std::sync::Arc;

/// The options of a scenario from `--set` and `--max-nodes`.
pub fn options(set: &[String], max_nodes: usize) -> Result<Options, Failure> {
    let mut pairs = Vec::new();
    for entry in set {
        let Some((name, value)) = entry.split_once('=') else {
            return Err(Failure::told(format!("'{entry}' does not set anything"))
                .help("write  --set name=value"));
        };
        pairs.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(Options { set: pairs, max_nodes, only_claim: None })
}

/// What a command is about: a game, and the scenario it comes from unless it was imported.
pub struct Subject {
    /// The game.
    pub game: Game,
    /// The scenario.
    pub opened: Option<Opened>,
}

/// Opens a scenario, or a game of another program (`.efg`, `.nfg`, `.json`).
pub fn subject(input: &Input) -> Result<Subject, Failure> {
    let extension = input.file.extension().and_then(|extension| extension.to_str());
    if matches!(extension, Some("efg" | "nfg" | "json")) {
        let (game, notes) = import(&input.file)?;
        if !input.quiet {
            notes.iter().for_each(|note| output::complain(&format!("note: {note}")));
        }
        return Ok(Subject { game, opened: None });
    }
    let opened = open(input)?;
    let game = opened.game().cloned().ok_or(Failure::Scenario)?;
    Ok(Subject { game, opened: Some(opened) })
}

/// Reads a game of another program, with remarks on what is unusual in it.
pub fn import(path: &Path) -> Result<(Game, Vec<String>), Failure> {
    use detente::game::exchange::{ImportLimits, read_efg, read_json, read_nfg};
    let name = path.display();
    let text = String::from_utf8(files::read_bytes(path)?)
        .map_err(|_| Failure::told(format!("'{name}' is not text in UTF-8")))?;
    let limits = ImportLimits::default();
    let read = match path.extension().and_then(|extension| extension.to_str()) {
        Some("efg") => read_efg(&text, &limits),
        Some("nfg") => read_nfg(&text, &limits),
        Some("json") => read_json(&text, &limits),
        _ => {
            return Err(Failure::told(format!("'{name}' has no ending that says what it is"))
                .help("games end in .efg, .nfg or .json"));
        }
    };
    match read {
        Ok(imported) => Ok((imported.game, imported.notes)),
        Err(error) => Err(Failure::told(format!("{name}: {error}"))),
    }
}

/// Opens a scenario; prints its complaints. Fails if it has errors.
pub fn open(input: &Input) -> Result<Opened, Failure> {
    let opened = open_silently(&input.file, &options(&input.set, input.max_nodes)?, input.quiet)?;
    print_complaints(&opened, input.quiet);
    if opened.game().is_none() {
        return Err(Failure::Scenario);
    }
    Ok(opened)
}

/// Opens a scenario without printing what is wrong with it.
pub fn open_silently(path: &Path, options: &Options, quiet: bool) -> Result<Opened, Failure> {
    let bytes = files::read_bytes(path)?;
    let name = path.display().to_string();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            // The parser says what is wrong with bytes that are no text.
            let parsed = parse_bytes(error.as_bytes(), detente::lang::syntax::ast::FileId::MAIN);
            let files = [SourceFile { name: &name, text: "" }];
            let said = render_all(&parsed.diagnostics, &files, output::colours_of_errors());
            output::complain(said.trim_end());
            return Err(Failure::Scenario);
        }
    };
    let mut reader = files::reader_beside(path);
    let flag = progress::stop_flag();
    let mut line = progress::Progress::new("building the tree", 0, quiet);
    let opened = detente::road::open(&name, &text, &mut reader, options, &mut |nodes| {
        line.at(nodes as u64, "nodes");
        !flag.load(std::sync::atomic::Ordering::Relaxed)
    });
    line.done();
    Ok(opened)
}

/// Prints errors, and warnings unless `quiet`, to standard error.
pub fn print_complaints(opened: &Opened, quiet: bool) {
    print_diagnostics(opened, opened.diagnostics(), quiet);
}

/// Prints these errors, and warnings unless `quiet`, to standard error.
pub fn print_diagnostics(opened: &Opened, diagnostics: &[Diagnostic], quiet: bool) {
    let shown: Vec<Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.is_error() || !quiet).cloned().collect();
    if shown.is_empty() {
        return;
    }
    let said = render_all(&shown, &sources(opened), output::colours_of_errors());
    output::complain(said.trim_end());
}

/// The files of a scenario, for messages.
pub fn sources(opened: &Opened) -> Vec<SourceFile<'_>> {
    let files = opened.loaded.files.iter();
    files.map(|file| SourceFile { name: &file.name, text: &file.text }).collect()
}

/// `file:line:column` of a message, if it has a place.
pub fn place_text(located: &Located<'_>) -> Option<String> {
    let (file, from) = (located.file?, located.from?);
    Some(format!("{file}:{}:{}", from.line, from.column))
}

/// The instance at the base point.
pub fn instance(game: &Game) -> Result<Arc<GameInstance>, Failure> {
    match game.base() {
        Ok(instance) => Ok(Arc::new(instance)),
        Err(error) => Err(Failure::told(error.to_string()).help("check the values given by --set")),
    }
}

/// Searches and verifies, with progress and Ctrl-C.
pub fn solve(instance: &Arc<GameInstance>, search: &Search, quiet: bool) -> Solved {
    let asked = Asked {
        concept: search.concept.map(concept),
        method: search.method.clone(),
        mixed: !search.pure,
        limits: detente::solve::Limits { profiles: search.max_trials, ..Default::default() },
        stop: Some(progress::stop_flag()),
        ..Asked::default()
    };
    let mut searching = progress::Progress::new("searching", 0, quiet);
    let mut judging: Option<progress::Progress> = None;
    let solved = detente::road::equilibria(instance, &asked, &mut |step| match step {
        Step::Searching(at) => {
            searching.at(at.touched, &format!("trials, {} candidates", at.found));
        }
        Step::Judging { done, of } => {
            let line =
                judging.get_or_insert_with(|| progress::Progress::new("verifying", of, quiet));
            line.at(done, "profiles");
        }
    });
    searching.done();
    if let Some(line) = judging {
        line.done();
    }
    solved
}

fn concept(name: ConceptName) -> Concept {
    match name {
        ConceptName::Nash => Concept::Nash,
        ConceptName::SubgamePerfect => Concept::SubgamePerfect,
        ConceptName::WeakPbe => Concept::WeakPbe,
        ConceptName::Pbe => Concept::Pbe,
        ConceptName::Sequential => Concept::Sequential,
        ConceptName::Intuitive => Concept::Intuitive,
        ConceptName::D1 => Concept::D1,
    }
}
