//! Bytes for each node of a large compiled game, measured as the process's own memory.

use crate::scenarios::compile;
use crate::table::{Table, Told};
use serde_json::{Value, json};
use std::process::Command;

/// Two bidders name one of ten prices in each of seven rounds: 11,111,111 nodes.
const OPTIONS: usize = 10;
const MOVES: usize = 7;

/// The scenario. If `sealed`, nobody sees the other's price before the end.
fn auction(moves: usize, sealed: bool) -> String {
    let prices: Vec<String> = (1..=OPTIONS).map(|price| price.to_string()).collect();
    let secretly = if sealed { "secretly " } else { "" };
    let mut story = String::new();
    for step in 1..=moves {
        let who = if step % 2 == 1 { "East" } else { "West" };
        story += &format!("  {who} {secretly}chooses bid{step}: {}\n", prices.join(" | "));
    }
    format!(
        "game \"Bids\"\nplayers\n  East\n  West\nparams\n  worth = 5 in 0..10\nstory\n{story}\
         stakes of East\n  gain: worth when bid1 > bid2\n  cost: 0 - bid3 when bid3 > 5\n\
         stakes of West\n  gain: worth when bid2 >= bid1\n"
    )
}

/// In a process of its own: compiles and tells its nodes and bytes.
pub fn child(kind: &str, moves: usize) -> Result<(), String> {
    let text = auction(moves, kind == "sealed");
    let before = status("VmRSS")?;
    let game = compile(&text, &mut |name| Err(format!("{name}: no files here")))?;
    let nodes = game.form.node_count() as u64;
    println!(
        "{}",
        json!({ "nodes": nodes, "situations": game.form.info_sets().len(),
                "kept": (status("VmRSS")? - before) as f64 / nodes as f64,
                "peak": (status("VmHWM")? - before) as f64 / nodes as f64 })
    );
    Ok(())
}

/// What a game of eleven million nodes takes.
struct Memory {
    kind: &'static str,
    figures: Value,
}

impl Told for Memory {
    fn text(&self) -> String {
        let Self { kind, figures } = self;
        let bytes = |name: &str| figures[name].as_f64().unwrap_or(f64::NAN);
        format!(
            "a game with {kind} bids: {} nodes, {} situations: {:.0} bytes a node kept, {:.0} at the peak of compiling (target 100)",
            figures["nodes"],
            figures["situations"],
            bytes("kept"),
            bytes("peak"),
        )
    }

    fn json(&self) -> Value {
        json!({ "bids": self.kind, "figures": self.figures })
    }
}

/// Games with open and with sealed bids.
pub fn all(table: &mut Table) -> Result<(), String> {
    for kind in ["open", "sealed"] {
        table.tell(&Memory { kind, figures: bytes_a_node(kind)? });
    }
    Ok(())
}

/// Bytes for each node, kept and at the peak of compiling, of a game with open or sealed bids.
fn bytes_a_node(kind: &str) -> Result<Value, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(this)
        .args(["--memory", kind, &MOVES.to_string()])
        .output()
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A figure of `/proc/self/status`, in bytes.
fn status(name: &str) -> Result<u64, String> {
    let text = std::fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = text.lines().find(|line| line.starts_with(name)).ok_or("no figure of memory")?;
    let kilobytes: u64 =
        line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).ok_or("no number")?;
    Ok(kilobytes * 1024)
}
