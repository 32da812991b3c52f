//! The peer's process: one line of JSON asks, one line answers.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running pygambit. It is killed when dropped.
pub struct Peer {
    python: String,
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts it with the interpreter given.
    pub fn start(python: &str) -> Result<Self, String> {
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/gambit.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{python}: {error}"))?;
        let asks = child.stdin.take().ok_or("no way to ask the peer")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no way to hear the peer")?);
        Ok(Self { python: python.to_owned(), child, asks, answers })
    }

    /// The interpreter that runs it.
    pub fn python(&self) -> &str {
        &self.python
    }

    /// Reads a tree `times` times: seconds, and its nodes.
    pub fn read(&mut self, text: &str, times: usize) -> Result<(f64, Value), String> {
        self.ask(&json!({ "do": "read", "text": text, "times": times }))
    }

    /// Lists the pure Nash equilibria of the tree read last `times` times: seconds.
    pub fn pure(&mut self, times: usize) -> Result<f64, String> {
        self.ask(&json!({ "do": "pure", "times": times })).map(|(seconds, _)| seconds)
    }

    /// How many outcomes the pure Nash equilibria of the tree read last have.
    pub fn outcomes(&mut self) -> Result<u64, String> {
        let (_, found) = self.ask(&json!({ "do": "outcomes", "times": 1 }))?;
        found.as_u64().ok_or_else(|| "the peer did not count".to_owned())
    }

    /// Reads a strategic form and lists all its extreme mixed equilibria in rationals: seconds for
    /// the list alone, and how many there are.
    pub fn all_mixed(&mut self, text: &str) -> Result<(f64, u64), String> {
        let (seconds, found) = self.ask(&json!({ "do": "mixed", "text": text, "times": 1 }))?;
        let count = found.as_u64().ok_or_else(|| "the peer did not count".to_owned())?;
        Ok((seconds, count))
    }

    /// The text of a game that pygambit ships.
    pub fn shipped(&mut self, slug: &str) -> Result<String, String> {
        let (_, text) = self.ask(&json!({ "do": "shipped", "slug": slug }))?;
        text.as_str().map(str::to_owned).ok_or_else(|| format!("{slug} is not shipped"))
    }

    /// One method on a game's text: seconds, and how many it lists; none if it is not finished in
    /// time or breaks down, after which a new process stands ready.
    pub fn method(
        &mut self,
        text: &str,
        method: &str,
        exact: bool,
    ) -> Result<Option<(f64, u64)>, String> {
        let task = json!({ "do": "method", "text": text, "method": method, "exact": exact });
        match self.ask(&task) {
            Ok((seconds, found)) => Ok(Some((seconds, found.as_u64().unwrap_or(0)))),
            Err(_) => {
                *self = Self::start(&self.python.clone())?;
                Ok(None)
            }
        }
    }

    fn ask(&mut self, task: &Value) -> Result<(f64, Value), String> {
        writeln!(self.asks, "{task}").map_err(|error| error.to_string())?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(|error| error.to_string())?;
        let answer: Value =
            serde_json::from_str(&line).map_err(|_| "the peer stopped; see above".to_owned())?;
        let seconds = answer["seconds"].as_f64().ok_or("the peer gave no time")?;
        Ok((seconds, answer["found"].clone()))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
