//! Exact ends of intervals, against published closed forms.
#![allow(clippy::disallowed_methods)]

use detente::analysis::algebra::Root;
use detente::analysis::analyses::ends::{Leaving, Limit};
use detente::analysis::analyses::thresholds::Threshold;
use detente::game::claim::{ClaimKind, Quantifier};
use detente::game::{Game, Rational};
use detente::road;
use detente::thresholds::{Goal, Search, thresholds};
use detente::verify::Equilibrium;
use std::path::{Path, PathBuf};

fn r(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn catalogue() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = Vec::new();
    for folder in ["books", "journals", "new_start", "reports"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("the catalogue");
        files.extend(entries.map(|entry| entry.expect("readable").path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "dtn"));
    files.sort();
    files
}

fn open(path: &Path, set: &[(&str, &str)]) -> Game {
    let text = std::fs::read_to_string(path).expect("readable");
    let folder = path.parent().expect("a folder").to_owned();
    let mut reader = |name: &str| {
        std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    };
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = detente::Options { set, ..detente::Options::default() };
    let name = path.display().to_string();
    let opened = road::open(&name, &text, &mut reader, &options, &mut |_| true);
    opened.game().expect("no errors").clone()
}

#[test]
fn try_all() {
    for path in catalogue() {
        let game = open(&path, &[]);
        for claim in &game.claims {
            let ClaimKind::Equilibria { concept, quantifier: Quantifier::Exists, queries, holds_for, .. } = &claim.kind else { continue };
            if holds_for.is_empty() || claim.with.iter().any(|with| with.param.is_none()) { continue }
            let mut point = game.base_point();
            for with in &claim.with { point[with.param.unwrap().index()] = with.value.clone(); }
            let instance = std::sync::Arc::new(game.at(&point).expect("defined"));
            let search = Search::default();
            let known = search.at(&instance, concept);
            let mut start = known.equilibria; start.retain(|e| detente::claims::is_witness(&game, e, queries));
            if start.is_empty() { println!("{} no witness {}", path.display(), claim.text); continue }
            for holds in holds_for {
                let begun = std::time::Instant::now();
                let found = thresholds(&game, &start, &[holds.param], Goal::Queries(queries), &search, &mut |_| {});
                let f = |id| game.formulas.interval_at(id, &point).unwrap().middle();
                println!("{} {} {} claimed {}..{}", path.file_name().unwrap().to_string_lossy(), game.params[holds.param.index()].name, concept.word(), f(holds.low), f(holds.high));
                for side in [&found[0].below, &found[0].above] {
                    match side {
                        Ok(reach) => println!("      {:?} before {:?} at {:?} beyond {:?} all {} passed {:?} found {:?}", reach.end.limit, reach.end.holds_before, reach.end.holds_at, reach.end.holds_beyond, reach.end.all_followed, reach.passed, reach.beyond.as_ref().map(|b| (b.found, b.complete))),
                        Err(why) => println!("      {why}"),
                    }
                }
                println!("      {:?}", begun.elapsed());
            }
        }
    }
}
