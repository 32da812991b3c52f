//! détente and its peers side by side in one run: ratios, never times, since a machine's speed is
//! nobody's merit. `bench/run` installs pygambit and starts this. The part `growth` needs valgrind and
//! compares the program with itself.

mod compare;
mod ensemble;
mod growth;
mod memory;
mod peer;
mod ratio;
mod scenarios;
mod strategic;
mod table;
mod tasks;

use peer::Peer;
use table::Table;

/// What runs one part of the benchmark: the product's program, the peer, and where rows go.
type Part = fn(&str, &mut Peer, &mut Table) -> Result<(), String>;

/// The parts, in the order in which they run; names on the command line choose among them.
const PARTS: [(&str, Part); 8] = [
    ("tasks", |_, peer, table| tasks::all(peer, table)),
    ("signalling", |_, peer, table| tasks::signalling_games(peer, table)),
    ("scenarios", compare::all),
    ("ensembles", |_, peer, table| ensemble::all(peer, table)),
    ("gambit", |_, peer, table| strategic::against_gambit(peer, table)),
    ("lrsnash", |detente, _, table| strategic::against_lrsnash(detente, table)),
    ("memory", |_, _, table| memory::all(table)),
    ("growth", |detente, _, table| growth::all(detente, table)),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--memory", kind, moves] => moves
            .parse()
            .map_err(|_| "the number of moves is no number".to_owned())
            .and_then(|moves| memory::child(kind, moves)),
        [detente, python, "--json", parts @ ..] => run(detente, python, parts, true),
        [detente, python, parts @ ..] => run(detente, python, parts, false),
        _ => Err("usage: detente-bench DETENTE PYTHON [--json] [PART]…".to_owned()),
    };
    if let Err(why) = done {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

fn run(detente: &str, python: &str, parts: &[&str], as_json: bool) -> Result<(), String> {
    let known: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = parts.iter().find(|part| !known.contains(part)) {
        return Err(format!("no part '{unknown}'; the parts are {}", known.join(", ")));
    }
    let mut peer = Peer::start(python)?;
    let mut table = Table::new(as_json);
    let chosen = PARTS.iter().filter(|(name, _)| parts.is_empty() || parts.contains(name));
    for (name, part) in chosen {
        table.part(name);
        part(detente, &mut peer, &mut table)?;
    }
    Ok(())
}
