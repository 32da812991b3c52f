//! détente and its peers side by side in one run: ratios, never times, since a machine's speed is
//! nobody's merit. `bench/run` installs pygambit and starts this.

mod compare;
mod ensemble;
mod memory;
mod peer;
mod ratio;
mod scenarios;
mod strategic;
mod tasks;

use peer::Peer;
use serde_json::{Value, json};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--memory", kind, moves] => moves
            .parse()
            .map_err(|_| "the number of moves is no number".to_owned())
            .and_then(|moves| memory::child(kind, moves)),
        [detente, python] => all(detente, python, false),
        [detente, python, "--json"] => all(detente, python, true),
        _ => Err("usage: detente-bench DETENTE PYTHON [--json]".to_owned()),
    };
    if let Err(why) = done {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

fn all(detente: &str, python: &str, as_json: bool) -> Result<(), String> {
    let mut peer = Peer::start(python)?;
    let lines = tasks::lines(&mut peer)?;
    if !as_json {
        println!("game: task, ours, the peer's method (q exact, d doubles), ratio, target");
        lines.iter().for_each(|line| println!("{}", line.text()));
    }
    let mut rows = vec![
        compare::reading(
            &mut peer,
            "parse and compile the reply game, or read it",
            scenarios::REPLY,
        )?,
        compare::reading(
            &mut peer,
            "parse and compile the flagship, or read it",
            scenarios::FLAGSHIP,
        )?,
        compare::pure_reply(&mut peer)?,
        compare::whole_process(detente, python)?,
    ];
    rows.extend(strategic::against_gambit(&mut peer)?);
    rows.extend(ensemble::rows(&mut peer)?);
    drop(peer);
    rows.extend(strategic::against_lrsnash(detente)?);
    let memory =
        [("open", memory::bytes_a_node("open")?), ("sealed", memory::bytes_a_node("sealed")?)];
    if as_json {
        let ratios: Vec<Value> = rows.iter().map(ratio::Row::json).collect();
        println!(
            "{:#}",
            json!({ "tasks": lines.iter().map(tasks::Line::json).collect::<Vec<_>>(), "ratios": ratios, "memory": memory.map(|(kind, figures)| json!({ "bids": kind, "figures": figures })) })
        );
        return Ok(());
    }
    println!(
        "{:<56} {:>9}   {:>16}   target",
        "the peer's time over ours (pygambit, unless named)", "median", "least to most"
    );
    rows.iter().for_each(|row| println!("{}", row.text()));
    println!();
    for (kind, figures) in &memory {
        println!(
            "a game with {kind} bids: {} nodes, {} situations: {:.0} bytes a node kept, {:.0} at the peak of compiling (target 100)",
            figures["nodes"],
            figures["situations"],
            figures["kept"].as_f64().unwrap_or(f64::NAN),
            figures["peak"].as_f64().unwrap_or(f64::NAN),
        );
    }
    Ok(())
}
