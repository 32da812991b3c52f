//! Opening what a command is asked about: a scenario, or a game of another program.

use crate::arguments::{ConceptName, Input, Search};
use crate::exit::{Exit, Failure};
use crate::{files, output, progress, saved};
use detente::game::claim::Concept;
use detente::game::{Game, GameInstance};
use detente::lang::diagnostics::{Located, SourceFile, locate, render_all};
use detente::lang::{Diagnostic, Options, parse_bytes};
use detente::report::formats::json::Message;
use detente::road::{Asked, Opened, Solved, Step};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    Ok(Options { set: pairs, max_nodes, ..Options::default() })
}

/// What a command is about: a game, and the scenario it comes from unless it was imported.
pub struct Subject {
    /// The game.
    pub game: Game,
    /// The scenario.
    pub opened: Option<Opened>,
    /// A hash of the text of all its files.
    pub text_hash: String,
}

/// What a file turned out to be.
pub enum Read {
    /// A scenario, perhaps with errors.
    Scenario(Box<Opened>),
    /// A game of another program.
    Game(Box<Import>),
}

/// A game of another program.
pub struct Import {
    /// The game.
    pub game: Game,
    /// Remarks on what is unusual in it.
    pub notes: Vec<String>,
    /// The file's text.
    pub text: String,
}

/// The forms in which a game can come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scenario,
    Efg,
    Nfg,
    Json,
}

impl Kind {
    /// Told by the file's ending or, without one that is known, by the first word.
    fn of(path: &Path, bytes: &[u8]) -> Self {
        let start = bytes.trim_ascii_start();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("dtn") => Self::Scenario,
            Some("efg") => Self::Efg,
            Some("nfg") => Self::Nfg,
            Some("json") => Self::Json,
            _ if start.starts_with(b"EFG ") => Self::Efg,
            _ if start.starts_with(b"NFG ") => Self::Nfg,
            _ if start.starts_with(b"{") => Self::Json,
            _ => Self::Scenario,
        }
    }
}

/// Opens a scenario, or a game of another program; prints what there is to say of it.
pub fn subject(input: &Input) -> Result<Subject, Failure> {
    subject_with(input, "")
}

/// The same of a scenario with lines added at its end; a game of another program has none.
pub fn subject_with(input: &Input, more: &str) -> Result<Subject, Failure> {
    match read_with(input, more)? {
        Read::Game(import) => {
            if !input.quiet {
                import.notes.iter().for_each(|note| output::complain(&format!("note: {note}")));
            }
            let text_hash = saved::hash_of([import.text.as_str()]);
            Ok(Subject { game: import.game, opened: None, text_hash })
        }
        Read::Scenario(opened) => {
            print_diagnostics(&opened, opened.diagnostics(), input.quiet);
            let game = opened.game().cloned();
            let game = game.ok_or_else(|| errors(&opened, opened.diagnostics()))?;
            let text_hash = saved::hash_of(opened.loaded.texts());
            Ok(Subject { game, opened: Some(*opened), text_hash })
        }
    }
}

/// Reads what a file holds, whatever it is; prints nothing.
pub fn read(input: &Input) -> Result<Read, Failure> {
    read_with(input, "")
}

fn read_with(input: &Input, more: &str) -> Result<Read, Failure> {
    let mut bytes = files::read_bytes(&input.file)?;
    if Kind::of(&input.file, &bytes) == Kind::Scenario {
        let mut options = options(&input.set, input.max_nodes)?;
        options.variants_asked_from = u32::try_from(bytes.len()).ok().filter(|_| !more.is_empty());
        bytes.extend_from_slice(more.as_bytes());
        return open(&input.file, bytes, &options, input.quiet)
            .map(|opened| Read::Scenario(Box::new(opened)));
    }
    if let Some(set) = input.set.first() {
        return Err(Failure::told(format!(
            "'{}' has no parameters, so '--set {set}' sets nothing",
            input.file.display()
        ))
        .help("leave --set away; only scenarios have parameters and settings"));
    }
    import(&input.file, bytes, input.max_nodes).map(|import| Read::Game(Box::new(import)))
}

/// Reads a game of another program.
pub fn import(path: &Path, bytes: Vec<u8>, max_nodes: usize) -> Result<Import, Failure> {
    use detente::game::exchange::{ImportLimits, read_efg, read_json, read_nfg};
    let name = path.display();
    let kind = Kind::of(path, &bytes);
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::told(format!("'{name}' is not text in UTF-8")))?;
    let usual = ImportLimits::default();
    let limits = ImportLimits { nodes: usual.nodes.min(max_nodes), ..usual };
    let read = match kind {
        Kind::Efg => read_efg(&text, &limits),
        Kind::Nfg => read_nfg(&text, &limits),
        Kind::Json => read_json(&text, &limits),
        Kind::Scenario => {
            return Err(Failure::told(format!("'{name}' is no game of another program"))
                .help("games end in .efg, .nfg or .json; scenarios need no import"));
        }
    };
    match read {
        Ok(imported) => Ok(Import { game: imported.game, notes: imported.notes, text }),
        Err(error) => Err(Failure::told(format!("{name}: {error}"))),
    }
}

/// Opens a scenario without printing what is wrong with it.
pub fn open(
    path: &Path,
    bytes: Vec<u8>,
    options: &Options,
    quiet: bool,
) -> Result<Opened, Failure> {
    let name = path.display().to_string();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            // The parser says what is wrong with bytes that are no text.
            let parsed = parse_bytes(error.as_bytes(), detente::lang::syntax::ast::FileId::MAIN);
            let files = [SourceFile { name: &name, text: "" }];
            let said = render_all(&parsed.diagnostics, &files, output::colours_of_errors());
            output::complain(said.trim_end());
            return Err(Failure::Scenario(messages(&parsed.diagnostics, &files)));
        }
    };
    let mut reader = files::reader_beside(path);
    let flag = progress::stop_flag();
    let line = progress::Progress::new("building the tree", 0, quiet);
    Ok(detente::road::open(&name, &text, &mut reader, options, &mut |nodes| {
        line.at(nodes as u64, "nodes");
        !flag.load(std::sync::atomic::Ordering::Relaxed)
    }))
}

/// The failure of a scenario whose errors have been printed.
pub fn errors(opened: &Opened, diagnostics: &[Diagnostic]) -> Failure {
    Failure::Scenario(messages(diagnostics, &sources(opened)))
}

/// Errors and warnings for programs.
pub fn messages(diagnostics: &[Diagnostic], files: &[SourceFile<'_>]) -> Vec<Message> {
    let located = locate(diagnostics, files);
    let one = |(located, diagnostic): (Located<'_>, &Diagnostic)| Message {
        code: diagnostic.code.to_string(),
        text: diagnostic.message.clone(),
        place: place_text(&located),
        until: located.to.map(|to| format!("{}:{}", to.line, to.column)),
        helps: diagnostic.helps.clone(),
        notes: diagnostic.notes.clone(),
    };
    located.into_iter().zip(diagnostics).map(one).collect()
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
fn place_text(located: &Located<'_>) -> Option<String> {
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
///
/// # Errors
/// If a method is named that does not answer the question.
pub fn solve(
    instance: &Arc<GameInstance>,
    search: &Search,
    quiet: bool,
) -> Result<Solved, Failure> {
    solve_under(instance, search, None, quiet)
}

/// The same under a concept unless the search names one, or a method for Nash equilibria.
///
/// # Errors
/// If a method is named that does not answer the question.
pub fn solve_under(
    instance: &Arc<GameInstance>,
    search: &Search,
    otherwise: Option<Concept>,
    quiet: bool,
) -> Result<Solved, Failure> {
    let solved = found(instance, search, otherwise, quiet);
    match &search.method {
        Some(method) if solved.method.name == "none" => {
            Err(Failure::told(format!("method '{method}': {}", solved.searched))
                .help("leave --method away; what each accepts:  detente show methods"))
        }
        _ => Ok(solved),
    }
}

/// The same where it is no failure that a method does not answer: it says that it searched nothing.
pub fn found(
    instance: &Arc<GameInstance>,
    search: &Search,
    otherwise: Option<Concept>,
    quiet: bool,
) -> Solved {
    found_with(instance, search, otherwise, &progress::stop_flag(), quiet)
}

/// The same without progress, stopped by a flag of the caller's.
pub fn found_until(
    instance: &Arc<GameInstance>,
    search: &Search,
    stop: &Arc<AtomicBool>,
) -> Solved {
    found_with(instance, search, None, stop, true)
}

fn found_with(
    instance: &Arc<GameInstance>,
    search: &Search,
    otherwise: Option<Concept>,
    stop: &Arc<AtomicBool>,
    quiet: bool,
) -> Solved {
    let nash_only = search.method.as_deref().is_some_and(detente::solve::lists_nash_only);
    let otherwise = otherwise.or(nash_only.then_some(Concept::Nash));
    let asked = Asked {
        concept: search.concept.map(concept).or(otherwise),
        method: search.method.clone(),
        mixed: !search.pure,
        limits: detente::solve::Limits { profiles: search.max_trials, ..Default::default() },
        stop: Some(Arc::clone(stop)),
        ..Asked::default()
    };
    match search.most() {
        None => with_progress(asked, quiet, |asked, progress| {
            detente::road::equilibria(instance, asked, progress)
        }),
        Some(most) => with_progress(asked, quiet, |asked, progress| {
            detente::road::some(instance, asked, most, progress)
        }),
    }
}

/// The same for a question of any kind.
pub fn solve_as(instance: &Arc<GameInstance>, asked: Asked, quiet: bool) -> Solved {
    let asked = Asked { stop: Some(progress::stop_flag()), ..asked };
    with_progress(asked, quiet, |asked, progress| {
        detente::road::equilibria(instance, asked, progress)
    })
}

fn with_progress(
    asked: Asked,
    quiet: bool,
    solve: impl FnOnce(&Asked, &mut dyn FnMut(Step)) -> Solved,
) -> Solved {
    let mut line = progress::Progress::new("searching", 0, quiet);
    let mut before: Option<(u64, u64)> = None;
    solve(&asked, &mut |step| match step {
        Step::Searching(at) => {
            if before.take().is_some() {
                line = progress::Progress::new("searching", 0, quiet);
            }
            line.at(at.touched, &format!("trials, {} candidates", at.found));
        }
        Step::Judging { done, of } => {
            if before.is_none_or(|(earlier, all)| all != of || done < earlier) {
                line = progress::Progress::new("verifying", of, quiet);
            }
            before = Some((done, of));
            line.at(done, "profiles");
        }
    })
}

/// What was searched in part only ends with a code of its own, if that is asked for.
pub fn exit(search: &Search, solved: &Solved) -> Exit {
    let decided = solved.undecided.is_empty();
    let enough = if search.pure { solved.all_pure && decided } else { solved.complete };
    if search.require_complete && !enough { Exit::Incomplete } else { Exit::Fine }
}

/// The concept of a name.
pub fn concept(name: ConceptName) -> Concept {
    match name {
        ConceptName::Nash => Concept::Nash,
        ConceptName::SubgamePerfect => Concept::SubgamePerfect,
        ConceptName::Perfect => Concept::Perfect,
        ConceptName::Proper => Concept::Proper,
        ConceptName::WeakPbe => Concept::WeakPbe,
        ConceptName::Pbe => Concept::Pbe,
        ConceptName::Sequential => Concept::Sequential,
        ConceptName::Intuitive => Concept::Intuitive,
        ConceptName::Divine => Concept::Divine,
        ConceptName::D1 => Concept::D1,
        ConceptName::UniversallyDivine => Concept::UniversallyDivine,
    }
}
