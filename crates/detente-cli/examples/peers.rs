//! Compiles every scenario of a folder and writes, beside it, what other programs are to confirm:
//! the tree as `.efg`, its sizes, and the outcomes of all pure Nash equilibria.
//!
//! `cargo run --release --example peers -- FOLDER [nash]`

use detente::game::exchange::{EfgOptions, write_efg};
use detente::game::form::{GameForm, NodeKind};
use detente::game::{GameInstance, NodeId, Profile, Rational};
use detente::lang::Options;
use detente::solve::{Candidate, Question};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = arguments.first() else {
        eprintln!("usage: peers FOLDER [nash]");
        std::process::exit(2);
    };
    let nash = arguments.get(1).is_some_and(|word| word == "nash");
    if let Err(why) = all(Path::new(folder), nash) {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

fn all(folder: &Path, nash: bool) -> Result<(), String> {
    let told = |error: std::io::Error| error.to_string();
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|ending| ending == "dtn") {
            paths.push(path);
        }
    }
    paths.sort();
    for path in paths {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(told)?;
        let (efg, about) = one(&name, &text, nash).map_err(|why| format!("{name}: {why}"))?;
        std::fs::write(path.with_extension("efg"), efg).map_err(told)?;
        std::fs::write(path.with_extension("json"), about.to_string()).map_err(told)?;
    }
    Ok(())
}

/// The tree of a scenario, and what is claimed of it.
fn one(name: &str, text: &str, nash: bool) -> Result<(String, Value), String> {
    let mut reader = |file: &str| Err(format!("'{file}' is not to be read"));
    let opened = detente::road::open(name, text, &mut reader, &Options::default(), &mut |_| true);
    let game = opened.game().ok_or_else(|| {
        let said: Vec<&str> =
            opened.diagnostics().iter().filter(|d| d.is_error()).map(|d| &*d.message).collect();
        said.join("; ")
    })?;
    let instance = Arc::new(game.base().map_err(|error| error.to_string())?);
    let efg = write_efg(game, &instance, &EfgOptions::default()).map_err(|e| e.to_string())?.text;
    let form = &game.form;
    let situations: Vec<usize> = form
        .player_ids()
        .map(|player| form.info_sets().iter().filter(|set| set.player == player).count())
        .collect();
    let mut about = json!({
        "nodes": form.node_count(),
        "ends": form.end_count(),
        "situations": situations,
        "perfect_recall": form.has_perfect_recall(),
    });
    if nash {
        about["nash"] = outcomes(&instance)?;
    }
    Ok((efg, about))
}

/// Every pure Nash equilibrium as the probabilities of the ends, in the order of the written tree.
fn outcomes(instance: &Arc<GameInstance>) -> Result<Value, String> {
    let question = Question {
        method: Some("pure".to_owned()),
        ..Question::pure(detente::game::claim::Concept::Nash)
    };
    let found = detente::solve::solve(instance, &question, &mut |_| {});
    if !found.all_pure {
        return Err(found.searched);
    }
    let mut seen = BTreeSet::new();
    for candidate in &found.candidates {
        let Candidate::Point(profile) = candidate else {
            return Err("pure search listed a continuum".to_owned());
        };
        let verdict =
            detente::verify::verify(instance, &detente::game::claim::Concept::Nash, profile);
        if !verdict.holds() {
            return Err("the verifier refuses a pure Nash equilibrium".to_owned());
        }
        seen.insert(reached(instance, profile));
    }
    Ok(json!(seen))
}

fn reached(instance: &GameInstance, profile: &Profile) -> Vec<(usize, String)> {
    let form = instance.form();
    let mut open: Vec<(NodeId, Rational)> = vec![(GameForm::ROOT, Rational::ONE)];
    let (mut found, mut end) = (Vec::new(), 0);
    while let Some((node, probability)) = open.pop() {
        let kind = form.kind(node);
        if matches!(kind, NodeKind::End(_)) {
            if !probability.is_zero() {
                found.push((end, probability.to_string()));
            }
            end += 1;
            continue;
        }
        for (position, child) in form.children(node).enumerate().rev() {
            let share = match kind {
                NodeKind::Decision(set) => {
                    let first = form.info_set(set).first_action.index();
                    &profile.probability[first + position]
                }
                NodeKind::Chance(_) => {
                    let branch = form.branch_into(child).expect("a child of a lottery");
                    instance.branch(branch)
                }
                NodeKind::End(_) => unreachable!("ends have no children"),
            };
            open.push((child, &probability * share));
        }
    }
    found
}
