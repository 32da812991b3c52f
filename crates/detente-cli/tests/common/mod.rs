//! What the tests of the command share.
#![allow(dead_code, reason = "each test uses its part")]

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A scenario that is fine.
pub const GOOD: &str = "\
game \"Entry\"

players
  Entrant
  Incumbent

story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share

stakes of Entrant
  market:  1  when reply is share
  market: -1  when reply is fight

stakes of Incumbent
  market: 2  when entry is stay_out
  market: 1  when reply is share
";

/// A game of another program, with a situation that has a label.
pub const EFG: &str = "\
EFG 2 R \"Two coins\" { \"One\" \"Two\" }
p \"\" 1 1 \"first coin\" { \"h\" \"t\" } 0
p \"\" 2 1 \"second coin\" { \"h\" \"t\" } 0
t \"\" 1 \"\" { 1 -1 }
t \"\" 2 \"\" { -1 1 }
p \"\" 2 1 \"second coin\" { \"h\" \"t\" } 0
t \"\" 3 \"\" { -1 1 }
t \"\" 4 \"\" { 1 -1 }
";

/// A game for which the search takes minutes: a tree of simultaneous choices.
pub fn long() -> String {
    let options: Vec<String> = (0..7).map(|number| format!("v{number}")).collect();
    let menu = options.join(" | ");
    let mut text = "game \"Long\"\nplayers\n".to_owned();
    let players = ["A", "B", "C"];
    for player in players {
        text += &format!("  {player}\n");
    }
    text += "story\n";
    for (place, player) in players.iter().enumerate() {
        text += &format!("  chance n{place}: x 1/2 | y rest seen by {player}\n");
        text += &format!("  {player} chooses c{place}: {menu}\n");
    }
    for (place, player) in players.iter().enumerate() {
        let other = (place + 1) % players.len();
        text += &format!("stakes of {player}\n");
        for value in 0..7 {
            text += &format!(
                "  s: {value} when c{place} is v{value} and c{other} is v{}\n",
                (value * 3 + 1) % 7
            );
        }
    }
    text + "expect pbe exists: c0 always v0\n"
}

/// A folder of its own for each test, removed with everything in it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("detente-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    /// A file with this content, and its name.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.0.join(name), content).expect("a file for the test");
        self.name(name)
    }

    /// The name of a file of the folder.
    pub fn name(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a plain path").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn detente() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.env("NO_COLOR", "1").env("COLUMNS", "100").stdin(Stdio::null());
    command
}

pub fn run(arguments: &[&str]) -> Output {
    detente().args(arguments).output().expect("the command starts")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Standard output and standard error of a command that must end with this code.
pub fn ends(arguments: &[&str], code: i32) -> (String, String) {
    let output = run(arguments);
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {out}{error}");
    assert!(!error.contains("panicked"), "{arguments:?}: {error}");
    (out, error)
}
