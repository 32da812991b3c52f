//! Results on disk: equilibria with their certificates, and what is needed to check them again.

use crate::arguments::Input;
use crate::exit::Failure;
use detente::road::Solved;
use detente::verify::{Saved, SavedEnclosure};
use serde::{Deserialize, Serialize};

/// The form of the file; a newer détente that changes it raises this.
const VERSION: u32 = 1;

/// A result of `solve --save`.
#[derive(Debug, Serialize, Deserialize)]
pub struct SavedResult {
    /// The form of this file.
    pub version: u32,
    /// The scenario's file.
    pub scenario: String,
    /// A hash (64-bit FNV-1a) of the text of all files of the scenario or game.
    pub text_hash: String,
    /// What was set on the command line.
    pub set: Vec<String>,
    /// The limit on nodes.
    pub max_nodes: usize,
    /// What was and was not searched.
    pub searched: String,
    /// Whether all equilibria were found.
    pub complete: bool,
    /// Whether the search was stopped by a signal.
    #[serde(default)]
    pub stopped: bool,
    /// The equilibria with their certificates.
    pub equilibria: Vec<Saved>,
    /// The enclosed equilibria.
    #[serde(default)]
    pub enclosed: Vec<SavedEnclosure>,
}

impl SavedResult {
    /// How many certificates there are.
    pub fn count(&self) -> usize {
        self.equilibria.len() + self.enclosed.len()
    }

    /// What is saved of a result: of a continuum every point that was verified.
    pub fn new(input: &Input, text_hash: &str, solved: &Solved) -> Self {
        let all = solved.equilibria.iter().flat_map(detente::road::Verified::points);
        Self {
            version: VERSION,
            scenario: input.file.display().to_string(),
            text_hash: text_hash.to_owned(),
            set: input.set.clone(),
            max_nodes: input.max_nodes,
            searched: solved.searched.clone(),
            complete: solved.complete && !crate::progress::stopped(),
            stopped: crate::progress::stopped(),
            equilibria: all.map(detente::verify::Equilibrium::saved).collect(),
            enclosed: solved.enclosed.iter().map(detente::verify::Enclosed::saved).collect(),
        }
    }

    /// Refuses files of another form.
    pub fn check_version(&self) -> Result<(), Failure> {
        if self.version == VERSION {
            return Ok(());
        }
        Err(Failure::told(format!(
            "this result has form {}, this détente reads form {VERSION}",
            self.version
        ))
        .help("solve again with --save"))
    }
}

/// A hash of the text of all files of a scenario or game, to notice changes, not forgery.
pub fn hash_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
