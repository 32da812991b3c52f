//! All mixed equilibria of random strategic forms: whole processes against lrsnash, and in memory
//! against Gambit's enumeration in rationals.

use crate::compare::{finishes, seconds};
use crate::peer::Peer;
use crate::ratio::Row;
use crate::table::Table;
use detente::game::claim::Concept;
use detente::game::exchange::{ImportLimits, read_nfg};
use detente::solve::{Question, solve};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;

/// A square strategic form with whole payoffs.
pub struct Form {
    size: usize,
    /// Both players' payoffs, row by row.
    payoffs: [Vec<i64>; 2],
}

impl Form {
    /// The form of a seed; payoffs lie between `low` and `high` (SplitMix: Steele, Lea and Flood
    /// 2014).
    pub fn random(size: usize, low: i64, high: i64, mut seed: u64) -> Self {
        let mut next = || {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            low + ((z ^ (z >> 31)) % (high - low + 1) as u64) as i64
        };
        let mut matrix = || (0..size * size).map(|_| next()).collect();
        Self { size, payoffs: [matrix(), matrix()] }
    }

    pub fn nfg(&self) -> String {
        let n = self.size;
        let mut text = format!("NFG 1 R \"random\" {{ \"A\" \"B\" }} {{ {n} {n} }}\n\n");
        for cell in 0..n * n {
            let at = cell % n * n + cell / n;
            let _ = write!(text, "{} {} ", self.payoffs[0][at], self.payoffs[1][at]);
        }
        text
    }

    /// Both payoffs of a cell, counted row by row.
    pub fn cell(&self, at: usize) -> [i64; 2] {
        [self.payoffs[0][at], self.payoffs[1][at]]
    }

    fn lrs(&self) -> String {
        let mut text = format!("{} {}\n", self.size, self.size);
        for matrix in &self.payoffs {
            for row in matrix.chunks(self.size) {
                let row: Vec<String> = row.iter().map(i64::to_string).collect();
                let _ = write!(text, "\n{}", row.join(" "));
            }
            text.push('\n');
        }
        text
    }
}

/// From the start of a process to all equilibria; ours verifies and prints each. A new game each
/// round; none if lrsnash is not installed.
pub fn against_lrsnash(detente: &str, table: &mut Table) -> Result<(), String> {
    if Command::new("lrsnash").arg("-h").output().is_err() {
        eprintln!("lrsnash is not installed: not compared (Debian's package is lrslib)");
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("detente-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for (kind, low, high) in KINDS {
        for size in [5, 9, 11, 13, 15] {
            let mut games = (1..).map(|seed| Form::random(size, low, high, seed));
            let mut next = || -> Result<_, String> {
                let form = games.next().expect("seeds without end");
                let (nfg, lrs) = (folder.join("form.nfg"), folder.join("form.txt"));
                std::fs::write(&nfg, form.nfg()).map_err(|error| error.to_string())?;
                std::fs::write(&lrs, form.lrs()).map_err(|error| error.to_string())?;
                let mut ours = Command::new(detente);
                ours.arg("solve").arg(&nfg).args(["--concept", "nash", "--method", "bimatrix"]);
                let mut theirs = Command::new("lrsnash");
                theirs.arg(&lrs);
                let theirs = seconds(1, || finishes(&mut theirs))?;
                Ok((form, ours, theirs))
            };
            let name = format!("lrsnash: all equilibria, {size} x {size} {kind}, process");
            table.tell(&Row::measure(&name, None, || {
                let (_, mut ours, theirs) = next()?;
                Ok((seconds(1, || finishes(&mut ours))?, theirs))
            })?);
            let name = format!("lrsnash with its start, ours in memory: {size} x {size} {kind}");
            table.tell(&Row::measure(&name, None, || {
                let (form, _, theirs) = next()?;
                Ok((all_mixed(&form.nfg())?.0, theirs))
            })?);
        }
    }
    let _ = std::fs::remove_dir_all(folder);
    Ok(())
}

/// Kinds of forms: the least and the greatest payoff.
const KINDS: [(&str, i64, i64); 2] = [("random", -999, 999), ("with ties", 0, 3)];

/// In memory, the same game read by both before. Both must list equally many.
pub fn against_gambit(peer: &mut Peer, table: &mut Table) -> Result<(), String> {
    for (kind, low, high) in KINDS {
        for size in [5, 7] {
            let name = format!("pygambit: all equilibria, {size} x {size} {kind}, exact");
            let mut seed = 100;
            table.tell(&Row::measure(&name, None, || {
                seed += 1;
                let text = Form::random(size, low, high, seed).nfg();
                let (theirs, count) = peer.all_mixed(&text)?;
                let (ours, own) = all_mixed(&text)?;
                if own != count {
                    return Err(format!("{name}: {own} extreme equilibria here, {count} there"));
                }
                Ok((ours, theirs))
            })?);
        }
    }
    Ok(())
}

/// Seconds for all extreme equilibria of a strategic form, and their number.
fn all_mixed(text: &str) -> Result<(f64, u64), String> {
    let imported = read_nfg(text, &ImportLimits::default()).map_err(|error| error.to_string())?;
    let instance = Arc::new(imported.game.base().map_err(|error| error.to_string())?);
    let question =
        Question { method: Some("bimatrix".to_owned()), ..Question::mixed(Concept::Nash) };
    let found = solve(&instance, &question, &mut |_| {});
    if !found.complete {
        return Err(found.searched);
    }
    let extreme: BTreeSet<_> = found.candidates.iter().flat_map(|one| one.corners()).collect();
    let time = seconds(10, || {
        black_box(solve(&instance, &question, &mut |_| {}));
        Ok(())
    })?;
    Ok((time, extreme.len() as u64))
}
