//! The examples of the language page, and every other scenario of the house, are read without complaint.

// Tests read the files they test.
#![allow(clippy::disallowed_methods)]

mod common;

use common::tree;
use std::path::{Path, PathBuf};

fn dtn_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            dtn_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "dtn") {
            found.push(path);
        }
    }
}

fn house_scenarios() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests/fixtures", "std", "../../catalog"] {
        dtn_files(&here.join(folder), &mut found);
    }
    found.sort();
    found
}

#[test]
fn every_scenario_of_the_house_is_read() {
    let files = house_scenarios();
    assert!(files.len() >= 5);
    for path in files {
        let source = std::fs::read_to_string(&path).expect("a scenario is readable");
        let parsed = detente_lang::parse(&source);
        assert_eq!(parsed.diagnostics, vec![], "{}", path.display());
    }
}

#[test]
fn formatting_keeps_the_tree_and_is_idempotent() {
    for path in house_scenarios() {
        let source = std::fs::read_to_string(&path).expect("a scenario is readable");
        let once = detente_lang::format::format(&source).expect("the scenario has no mistakes");
        let twice = detente_lang::format::format(&once).expect("what is formatted can be read");
        assert_eq!(once, twice, "{}", path.display());
        assert_eq!(tree(&source), tree(&once), "{}", path.display());
    }
}

#[test]
fn the_json_form_is_lossless() {
    for path in house_scenarios() {
        let source = std::fs::read_to_string(&path).expect("a scenario is readable");
        let scenario = detente_lang::parse(&source).scenario;
        let json = detente_lang::syntax::json::to_json(&scenario).expect("a tree has a JSON form");
        let back = detente_lang::syntax::json::from_json(&json);
        assert_eq!(back.as_ref(), Ok(&scenario), "{}", path.display());
    }
}
