//! What is done on both sides.

use crate::peer::Peer;
use crate::ratio::Row;
use crate::scenarios::{FLAGSHIP, REPLY, Scenario, as_efg, compile};
use crate::table::Table;
use detente::analysis::Play;
use detente::game::claim::Concept;
use detente::game::{Game, GameInstance, Rational};
use detente::solve::{Candidate, Question, solve};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

/// Reading, the analyst's loop and whole processes.
pub fn all(detente: &str, peer: &mut Peer, table: &mut Table) -> Result<(), String> {
    table.tell(&reading(peer, "parse and compile the reply game, or read it", REPLY)?);
    table.tell(&reading(peer, "parse and compile the flagship, or read it", FLAGSHIP)?);
    table.tell(&pure_reply(peer)?);
    analysts_loop(peer, table)?;
    table.tell(&whole_process(detente, peer.python())?);
    Ok(())
}

/// Reading: parse and compile of a scenario, against reading the same tree from memory.
fn reading(peer: &mut Peer, name: &str, scenario: &str) -> Result<Row, String> {
    let scenario = Scenario::of_catalog(scenario)?;
    let game = scenario.compile()?;
    let efg = as_efg(&game)?;
    let (_, nodes) = peer.read(&efg, 1)?;
    if nodes.as_u64() != Some(game.form.node_count() as u64) {
        return Err(format!(
            "{name}: the peer reads {nodes} nodes, not {}",
            game.form.node_count()
        ));
    }
    Row::measure(name, None, || {
        let ours = seconds(20, || scenario.compile().map(|game| drop(black_box(game))))?;
        let (theirs, _) = peer.read(&efg, 20)?;
        Ok((ours, theirs / 20.0))
    })
}

/// All pure Nash equilibria of the reply game. Ours takes a new point of the parameters each
/// time and includes putting its numbers into the form; the peer solves the base point again.
fn pure_reply(peer: &mut Peer) -> Result<Row, String> {
    let game = Scenario::of_catalog(REPLY)?.compile()?;
    peer.read(&as_efg(&game)?, 1)?;
    let base = Arc::new(game.base().map_err(|error| error.to_string())?);
    let (ours, theirs) = (outcomes(&base)?, peer.outcomes()?);
    if ours != theirs {
        return Err(format!("outcomes of pure Nash equilibria: {ours} here, {theirs} there"));
    }
    let mut points = Points::new(&game);
    Row::measure("all pure Nash equilibria of the reply game", Some(300.0), || {
        let ours = seconds(2_000, || {
            let instance = game.at(&points.next()).map_err(|error| error.to_string())?;
            black_box(pure(&Arc::new(instance))?);
            Ok(())
        })?;
        Ok((ours, peer.pure(3)? / 3.0))
    })
}

/// The analyst's loop on a small signalling game: other payoffs each time, solved again. The peer
/// solves the base point again, which spares it the changes.
fn analysts_loop(peer: &mut Peer, table: &mut Table) -> Result<(), String> {
    let game = compile(&small_signalling(), &mut |name| Err(format!("{name}: no files here")))?;
    let text = as_efg(&game)?;
    let mut points = Points::new(&game);
    for (asked, ours, theirs, exact) in [
        ("all pure", "pure", "enumpure", true),
        ("one, exact", "lemke", "lcp", true),
        ("one, the peer in doubles", "lemke", "lcp", false),
        ("all, exact", "sequence", "enummixed", true),
        ("all, the peer in doubles", "sequence", "enummixed", false),
    ] {
        let question = Question { method: Some(ours.to_owned()), ..Question::mixed(Concept::Nash) };
        let name = format!("new payoffs in 2 x 2 x 2 signalling: {asked}");
        table.tell(&Row::measure(&name, Some(20.0), || {
            let ours = seconds(200, || {
                let instance = game.at(&points.next()).map_err(|error| error.to_string())?;
                black_box(solve(&Arc::new(instance), &question, &mut |_| {}));
                Ok(())
            })?;
            let (theirs, _) = peer.method(&text, theirs, exact)?.ok_or("the peer stopped")?;
            Ok((ours, theirs))
        })?);
    }
    Ok(())
}

/// Two types, two messages, two replies; each payoff is a parameter.
fn small_signalling() -> String {
    let (mut params, mut stakes) = (String::new(), [String::new(), String::new()]);
    for end in 0..8 {
        let at = |bit: u32, names: [&'static str; 2]| names[(end >> bit) & 1];
        let (kind, message, reply) =
            (at(2, ["hawk", "dove"]), at(1, ["loud", "soft"]), at(0, ["yield", "stand"]));
        for (player, stakes) in stakes.iter_mut().enumerate() {
            params +=
                &format!("  pay_{player}_{end} = {} in 0..99\n", 7 + (end * 37 + player * 53) % 89);
            *stakes += &format!(
                "  pay: pay_{player}_{end} when Sender is {kind} and message is {message} and reply is {reply}\n"
            );
        }
    }
    format!(
        "game \"Signalling\"\nplayers\n  Sender\n  Receiver\nparams\n{params}\
         types of Sender\n  hawk 1/2\n  dove rest\nstory\n  Sender chooses message: loud | soft\n  \
         Receiver chooses reply: yield | stand\nstakes of Sender\n{}stakes of Receiver\n{}",
        stakes[0], stakes[1]
    )
}

/// From the start of a process to the answer on the flagship. Ours reads the scenario, finds the
/// equilibria, verifies each and prints its cards; the peer imports, reads the tree and lists the
/// pure Nash equilibria.
fn whole_process(detente: &str, python: &str) -> Result<Row, String> {
    let scenario = Scenario::of_catalog(FLAGSHIP)?;
    let tree = std::env::temp_dir().join(format!("detente-bench-{}.efg", std::process::id()));
    std::fs::write(&tree, as_efg(&scenario.compile()?)?).map_err(|error| error.to_string())?;
    let row = Row::measure("start to answer on the flagship, whole process", Some(20.0), || {
        let mut ours = Command::new(detente);
        ours.arg("solve").arg(&scenario.path);
        let mut theirs = Command::new(python);
        theirs.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/whole.py")).arg(&tree);
        Ok((seconds(1, || finishes(&mut ours))?, seconds(1, || finishes(&mut theirs))?))
    });
    let _ = std::fs::remove_file(tree);
    row
}

/// Runs a command to its end.
pub fn finishes(command: &mut Command) -> Result<(), String> {
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}")) }
}

/// Seconds for one of `times` repetitions.
pub fn seconds(times: u32, mut once: impl FnMut() -> Result<(), String>) -> Result<f64, String> {
    let start = Instant::now();
    for _ in 0..times {
        once()?;
    }
    Ok(start.elapsed().as_secs_f64() / f64::from(times))
}

fn pure(instance: &Arc<GameInstance>) -> Result<Vec<Candidate>, String> {
    let question = Question { method: Some("pure".to_owned()), ..Question::pure(Concept::Nash) };
    let found = solve(instance, &question, &mut |_| {});
    if found.all_pure { Ok(found.candidates) } else { Err(found.searched) }
}

/// How many outcomes (probabilities of the ends) the pure Nash equilibria have.
fn outcomes(instance: &Arc<GameInstance>) -> Result<u64, String> {
    let mut seen: BTreeSet<Vec<Rational>> = BTreeSet::new();
    for candidate in pure(instance)? {
        let Candidate::Point(profile) = candidate else {
            return Err("the pure search listed a continuum".to_owned());
        };
        let play = Play::new(instance, &profile);
        seen.insert(instance.form().ends().map(|end| play.reach(end).clone()).collect());
    }
    Ok(seen.len() as u64)
}

/// Points of a game's parameters: each parameter goes through a grid of its range at a step of
/// its own, so that no two of some thousands are alike.
struct Points {
    ranges: Vec<(Rational, Rational)>,
    count: usize,
}

/// A prime: steps of the parameters have no common period with it.
const GRID: usize = 1_009;

impl Points {
    fn new(game: &Game) -> Self {
        let ranges = game.params.iter().map(|param| {
            param.range.clone().unwrap_or_else(|| (param.base.clone(), param.base.clone()))
        });
        Self { ranges: ranges.collect(), count: 0 }
    }

    fn next(&mut self) -> Vec<Rational> {
        self.count += 1;
        let ranges = self.ranges.iter().enumerate();
        ranges
            .map(|(index, (low, high))| {
                let step = (self.count * (2 * index + 3) + index * 97) % GRID;
                low + &(&(high - low) * &Rational::new(step as i64, GRID as i64))
            })
            .collect()
    }
}
