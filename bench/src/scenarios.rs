//! The scenarios that are measured, and the same trees as the peer reads them.

use detente::Options;
use detente::game::Game;
use detente::game::exchange::{EfgOptions, write_efg};
use detente::road;
use std::path::PathBuf;

/// The reply to an offer of restraint: two players with two types each, three replies.
pub const REPLY: &str = "new_start/reply_game.dtn";
/// The offer of restraint with a secret programme, of 167 nodes.
pub const GESTURE: &str = "new_start/treaty_gesture.dtn";
/// The extension offer of 2025.
pub const FLAGSHIP: &str = "new_start/extension_2025.dtn";

/// A scenario of the catalogue, with its text and its folder.
pub struct Scenario {
    pub path: PathBuf,
    pub text: String,
}

impl Scenario {
    pub fn of_catalog(name: &str) -> Result<Self, String> {
        let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog")).join(name);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, text })
    }

    /// Parses and compiles the text; files beside it are read again each time.
    pub fn compile(&self) -> Result<Game, String> {
        let folder = self.path.parent().ok_or("a scenario without a folder")?.to_owned();
        let mut reader = move |name: &str| {
            std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
        };
        compile(&self.text, &mut reader)
    }
}

/// Parses and compiles; the complaint if there is an error.
pub fn compile(
    text: &str,
    reader: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Game, String> {
    let opened = road::open("scenario.dtn", text, reader, &Options::default(), &mut |_| true);
    let complaint = opened.diagnostics().first().map(|diagnostic| diagnostic.message.clone());
    opened.compiled.game.ok_or_else(|| complaint.unwrap_or_default())
}

/// The tree at the base values in the peer's format.
pub fn as_efg(game: &Game) -> Result<String, String> {
    let instance = game.base().map_err(|error| error.to_string())?;
    write_efg(game, &instance, &EfgOptions::default())
        .map(|written| written.text)
        .map_err(|error| error.to_string())
}
