//! What is done on both sides.

use crate::peer::Peer;
use crate::ratio::Row;
use crate::scenarios::{FLAGSHIP, REPLY, Scenario, as_efg};
use detente::analysis::Play;
use detente::game::claim::Concept;
use detente::game::{Game, GameInstance, Rational};
use detente::solve::{Candidate, Question, solve};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

/// Reading: parse and compile of a scenario, against reading the same tree from memory.
pub fn reading(peer: &mut Peer, name: &str, scenario: &str) -> Result<Row, String> {
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
pub fn pure_reply(peer: &mut Peer) -> Result<Row, String> {
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

/// From the start of a process to the answer on the flagship. Ours reads the scenario, finds the
/// equilibria, verifies each and prints its cards; the peer imports, reads the tree and lists the
/// pure Nash equilibria.
pub fn whole_process(detente: &str, python: &str) -> Result<Row, String> {
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
    let status = command.stdout(Stdio::null()).status().map_err(|error| error.to_string())?;
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
