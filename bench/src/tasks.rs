//! Single games, each task once exactly and once in the peer's floating point: all equilibria, all
//! pure ones, one, a quantal response. Sizes at which one side stops are said.

use crate::compare::seconds;
use crate::peer::Peer;
use crate::scenarios::{Scenario, as_efg};
use crate::strategic::Form;
use crate::table::{Table, Told};
use detente::game::claim::Concept;
use detente::game::exchange::{ImportLimits, read_efg, read_nfg};
use detente::game::{GameInstance, Rational};
use detente::solve::{Candidate, Found, Question, solve};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Seconds after which a side is stopped; the peer's process keeps the same limit.
const PATIENCE: f64 = 20.0;
/// Rounds in which both sides run one after the other; the medians are told.
const ROUNDS: usize = 5;

/// What is asked of both sides.
#[derive(Clone, Copy)]
enum Task {
    All,
    Pure,
    One,
    Response,
}

impl Task {
    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Pure => "all pure",
            Self::One => "one",
            Self::Response => "logit at 1",
        }
    }

    /// The peer's methods, the exact one first.
    fn peers(self, players: usize) -> Vec<(&'static str, bool)> {
        match self {
            Self::All if players == 2 => vec![("enummixed", true), ("enummixed", false)],
            Self::All => vec![("enumpoly", false)],
            Self::Pure => vec![("enumpure", true)],
            Self::One if players == 2 => vec![("lcp", true), ("lcp", false)],
            Self::One => vec![("gnm", false)],
            Self::Response => vec![("logit", false)],
        }
    }

    fn question(self, players: usize) -> Question {
        match self {
            Self::All => Question::mixed(Concept::Nash),
            Self::Pure => {
                Question { method: Some("pure".to_owned()), ..Question::pure(Concept::Nash) }
            }
            Self::One if players == 2 => {
                Question { method: Some("lemke".to_owned()), ..Question::mixed(Concept::Nash) }
            }
            // As `solve --one` begins: a pure one, if there is any.
            Self::One => {
                let mut question =
                    Question { method: Some("pure".to_owned()), ..Question::pure(Concept::Nash) };
                question.limit.candidates = 1;
                question
            }
            Self::Response => Question::mixed(Concept::Qre(Rational::ONE)),
        }
    }
}

/// One line of the table.
pub struct Line {
    name: String,
    /// Seconds and how many were found; none: not in time.
    ours: Option<(f64, usize)>,
    theirs: Option<(f64, u64)>,
    method: String,
    /// The ratio that is aimed at.
    target: f64,
}

impl Told for Line {
    /// `game, task   method   ratio   target`.
    fn text(&self) -> String {
        let (ratio, verdict) = match (self.ours, self.theirs) {
            (Some((ours, _)), Some((theirs, _))) => {
                let reached = theirs >= self.target * ours;
                (format!("{:.2}x", theirs / ours), if reached { "reached" } else { "missed" })
            }
            (Some((ours, _)), None) => (format!("over {:.0}x", PATIENCE / ours), "it stops"),
            (None, Some(_)) => (String::new(), "we stop"),
            (None, None) => (String::new(), "both stop"),
        };
        let told = |time: Option<f64>| {
            time.map_or("stopped".to_owned(), |seconds| format!("{:.3} ms", 1_000.0 * seconds))
        };
        format!(
            "{:<34} {:>12} ({:>3})  {:>12} ({:>3}) {:<12} {ratio:>12}  {:>4} {}",
            self.name,
            told(self.ours.map(|(time, _)| time)),
            self.ours.map_or(0, |(_, count)| count),
            told(self.theirs.map(|(time, _)| time)),
            self.theirs.map_or(0, |(_, count)| count),
            self.method,
            self.target,
            verdict,
        )
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "method": self.method, "target": self.target,
                "ours": self.ours.map(|(time, _)| time), "theirs": self.theirs.map(|(time, _)| time) })
    }
}

/// Small games, all tasks.
pub fn all(peer: &mut Peer, table: &mut Table) -> Result<(), String> {
    use Task::{All, One, Pure, Response};
    let shipped = |slug: &str, peer: &mut Peer| peer.shipped(slug);
    let scenario = |name: &str| as_efg(&Scenario::of_catalog(name)?.compile()?);
    let stengel = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/peers/vonstengel_1999.nfg");
    let stengel = std::fs::read_to_string(Path::new(stengel)).map_err(|error| error.to_string())?;
    let games = [
        ("beer-quiche", scenario("journals/cho_kreps_1987_beer_quiche.dtn")?),
        ("Spence, fig29_1", shipped("books/watson2013/fig29_1", peer)?),
        ("Myerson, fig2_1", shipped("books/myerson1991/fig2_1", peer)?),
        ("Selten's horse", shipped("journals/ijgt/selten1975/fig1", peer)?),
        ("Kuhn poker", scenario("books/kuhn_1950_poker.dtn")?),
        ("8 x 8", Form::random(8, -999, 999, 8).nfg()),
        ("von Stengel 6 x 6", stengel),
    ];
    for (name, text) in &games {
        for task in [All, Pure, One, Response] {
            compared(peer, table, name, text, task, 20.0)?;
        }
    }
    Ok(())
}

/// Signalling games of 2 to 5 types, as many messages and replies.
pub fn signalling_games(peer: &mut Peer, table: &mut Table) -> Result<(), String> {
    for size in 2..=5 {
        let (name, text) = (format!("signalling {size}"), signalling(size));
        let target = if size < 4 { 20.0 } else { 100.0 };
        for task in [Task::All, Task::Pure, Task::One, Task::Response] {
            compared(peer, table, &name, &text, task, target)?;
        }
    }
    Ok(())
}

fn compared(
    peer: &mut Peer,
    table: &mut Table,
    name: &str,
    text: &str,
    task: Task,
    target: f64,
) -> Result<(), String> {
    let instance = instance(text)?;
    let players = instance.form().players().len();
    let question = task.question(players);
    for (method, exact) in task.peers(players) {
        let (mut ours, mut theirs) = (Some(Vec::new()), Some(Vec::new()));
        for _ in 0..ROUNDS {
            once(&mut ours, || Ok(by_us(&instance, &question)))?;
            once(&mut theirs, || peer.method(text, method, exact))?;
        }
        table.tell(&Line {
            name: format!("{name}: {}", task.name()),
            ours: ours.and_then(median),
            theirs: theirs.and_then(median),
            method: format!("{method} {}", if exact { "q" } else { "d" }),
            target,
        });
    }
    Ok(())
}

/// A further round of one side, unless it has been stopped or is slow.
fn once<T>(
    times: &mut Option<Vec<(f64, T)>>,
    measure: impl FnOnce() -> Result<Option<(f64, T)>, String>,
) -> Result<(), String> {
    let Some(known) = times else { return Ok(()) };
    if known.last().is_some_and(|(time, _)| *time > 1.0) {
        return Ok(());
    }
    match measure()? {
        Some(measured) => known.push(measured),
        None => *times = None,
    }
    Ok(())
}

fn median<T>(mut times: Vec<(f64, T)>) -> Option<(f64, T)> {
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    let middle = times.len() / 2;
    times.into_iter().nth(middle)
}

fn instance(text: &str) -> Result<Arc<GameInstance>, String> {
    let read = if text.starts_with("NFG") { read_nfg } else { read_efg };
    let imported = read(text, &ImportLimits::default()).map_err(|error| error.to_string())?;
    Ok(Arc::new(imported.game.base().map_err(|error| error.to_string())?))
}

/// Seconds for an answer and how many it lists; none if it is not finished in time, or not whole.
fn by_us(instance: &Arc<GameInstance>, question: &Question) -> Option<(f64, usize)> {
    let stop = Arc::new(AtomicBool::new(false));
    let (flag, alarm) = (Arc::clone(&stop), Duration::from_secs_f64(PATIENCE));
    let question = Question { stop: Some(stop), ..question.clone() };
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let timer = std::thread::spawn(move || {
        if wait.recv_timeout(alarm).is_err() {
            flag.store(true, Ordering::Relaxed);
        }
    });
    let mut found = None;
    let first = seconds(1, || {
        found = Some(solve(instance, &question, &mut |_| {}));
        Ok(())
    });
    let _ = done.send(());
    let _ = timer.join();
    let (first, found) = (first.ok()?, found?);
    if first > PATIENCE || !answers(&found, &question) {
        return None;
    }
    let question = Question { stop: None, ..question };
    let times = (0.05 / first).clamp(0.0, 1_000.0) as u32;
    let again = seconds(times.max(1), || {
        std::hint::black_box(solve(instance, &question, &mut |_| {}));
        Ok(())
    });
    let count = found.candidates.iter().map(|one| one.corners().len().max(1)).sum();
    Some((if times > 1 { again.ok()? } else { first }, count))
}

/// Whether an answer is what was asked for.
fn answers(found: &Found, question: &Question) -> bool {
    let open = |one: &Candidate| matches!(one, Candidate::Open { .. });
    match (&question.method, &question.concept) {
        (_, Concept::Qre(_)) => !found.candidates.is_empty(),
        (Some(method), _) if method == "pure" && question.limit.candidates > 1 => found.all_pure,
        (Some(_), _) => !found.candidates.is_empty(),
        // A continuum of three players is left open, which the table says elsewhere.
        (None, _) => found.complete || found.candidates.iter().any(open),
    }
}

/// A signalling game with so many types, messages and replies, its payoffs between 0 and 99.
fn signalling(size: usize) -> String {
    let chances: Vec<String> = (1..=size).map(|kind| format!("\"t{kind}\" 1/{size}")).collect();
    let options = |letter: char| -> String {
        let list: Vec<String> = (1..=size).map(|one| format!("\"{letter}{one}\"")).collect();
        list.join(" ")
    };
    let mut text = format!(
        "EFG 2 R \"signalling\" {{ \"S\" \"R\" }}\n\nc \"\" 1 \"\" {{ {} }} 0\n",
        chances.join(" ")
    );
    let payoffs = Form::random(size * size, 0, 99, size as u64);
    let mut end = 0;
    for kind in 1..=size {
        let _ = writeln!(text, "p \"\" 1 {kind} \"\" {{ {} }} 0", options('m'));
        for message in 1..=size {
            let _ = writeln!(text, "p \"\" 2 {message} \"\" {{ {} }} 0", options('r'));
            for _ in 0..size {
                let [first, second] = payoffs.cell(end);
                end += 1;
                let _ = writeln!(text, "t \"\" {end} \"\" {{ {first} {second} }}");
            }
        }
    }
    text
}
