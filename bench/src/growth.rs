//! How the work grows with nodes, types and parameters: instructions of the product's program, as
//! valgrind counts them, while one of them is multiplied and all else stays.
//!
//! Nodes are doubled by an event of chance that nobody sees, so that situations stay as they are;
//! types by one that only one player sees, so that he is in twice as many. Neither touches a payoff.

use crate::scenarios::{FLAGSHIP, GESTURE, REPLY, Scenario};
use crate::table::{Table, Told};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// A model, who gets more types, and parameters that are moved.
struct Model {
    file: &'static str,
    set: &'static [&'static str],
    player: &'static str,
    params: [&'static str; 4],
}

const MODELS: [Model; 3] = [
    Model {
        file: REPLY,
        set: &[],
        player: "Offerer",
        params: ["p_serious", "p_resolved", "detection", "secret_share"],
    },
    Model {
        file: GESTURE,
        set: &[],
        player: "Partner",
        params: ["p_serious", "p_firm", "insight", "detect"],
    },
    Model {
        file: FLAGSHIP,
        set: &["--set", "offered=1"],
        player: "UnitedStates",
        params: ["p_serious", "own_means", "insight", "kill"],
    },
];

/// What is multiplied by 1, 2, 4: `chance` lines at the beginning of the story, or parameters named.
#[derive(Clone, Copy)]
enum Axis {
    Nodes,
    Types,
    Parameters,
}

/// Verbs, what is multiplied for them, and how often it is doubled.
const RUNS: [(&str, Axis, u32); 7] = [
    ("tree", Axis::Nodes, 2),
    ("solve", Axis::Nodes, 2),
    ("assumptions", Axis::Nodes, 2),
    ("solve", Axis::Types, 1),
    ("assumptions", Axis::Types, 1),
    ("thresholds", Axis::Parameters, 2),
    ("map", Axis::Parameters, 1),
];

/// Counts every run of every model.
pub fn all(detente: &str, table: &mut Table) -> Result<(), String> {
    for model in &MODELS {
        for (verb, axis, doublings) in RUNS {
            let counts = (0..=doublings).map(|k| count(detente, model, verb, axis, k));
            let instructions = counts.collect::<Result<Vec<f64>, String>>()?;
            table.tell(&Growth { model: model.file, verb, axis, instructions });
        }
    }
    Ok(())
}

/// Millions of instructions of one run.
fn count(
    detente: &str,
    model: &Model,
    verb: &str,
    axis: Axis,
    doublings: u32,
) -> Result<f64, String> {
    let scenario = Scenario::of_catalog(model.file)?;
    let folder = scenario.path.parent().ok_or("a scenario without a folder")?;
    let (seen_by, params) = match axis {
        Axis::Nodes => ("nobody", 0),
        Axis::Types => (model.player, 0),
        Axis::Parameters => ("", 1_usize << doublings),
    };
    let lines = if params == 0 { doublings } else { 0 };
    let lines = (0..lines)
        .map(|k| format!("  chance more{k}: this 1/2 | that rest seen by {seen_by}\n"))
        .collect::<String>();
    let text =
        without_claims(&scenario.text).replacen("\nstory\n", &format!("\nstory\n{lines}"), 1);
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.args([detente, verb, "-q", "-"]).args(model.set).args(&model.params[..params]);
    if verb == "map" {
        command.args(["--cells", "8"]);
    }
    let said = answer(command.current_dir(folder), &text)?;
    let total = said.lines().find_map(|line| line.split_once("Collected :"));
    let total = total.and_then(|(_, number)| number.trim().parse::<f64>().ok());
    total.map(|total| total / 1e6).ok_or_else(|| format!("{verb}: {said}"))
}

/// Expectations are no part of the model.
fn without_claims(text: &str) -> String {
    let end = text.find("\nexpect ").map_or(text.len(), |end| end + 1);
    text[..end].to_owned()
}

/// What a command that succeeds says on standard error.
fn answer(command: &mut Command, text: &str) -> Result<String, String> {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("valgrind: {error}"))?;
    let written = child.stdin.take().ok_or("no input")?.write_all(text.as_bytes());
    written.map_err(|error| error.to_string())?;
    let done = child.wait_with_output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() { Ok(said) } else { Err(said) }
}

/// One row: instructions as one thing is doubled.
struct Growth {
    model: &'static str,
    verb: &'static str,
    axis: Axis,
    instructions: Vec<f64>,
}

impl Growth {
    fn name(&self) -> String {
        let axis = match self.axis {
            Axis::Nodes => "nodes",
            Axis::Types => "types",
            Axis::Parameters => "parameters",
        };
        format!("{} {} x {axis}", self.model, self.verb)
    }
}

impl Told for Growth {
    /// `name   millions at once, twice, four times as many`.
    fn text(&self) -> String {
        let counts = self.instructions.iter().map(|count| format!("{count:>9.1}"));
        format!("{:<56}{}", self.name(), counts.collect::<String>())
    }

    fn json(&self) -> Value {
        json!({ "name": self.name(), "million_instructions": self.instructions })
    }
}
