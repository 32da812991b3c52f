//! Every verb answers programs in JSON, with good input and with bad. The published schema is made
//! from the types, so what a type reads and writes again without a difference is valid.

mod common;

use common::{EFG, Folder, GOOD, ends};
use detente::report::formats::json;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Runs; the answer must be one JSON document that is exactly of the type.
fn answers<T: DeserializeOwned + Serialize>(arguments: &[&str], code: i32) -> T {
    let (out, _) = ends(arguments, code);
    let value: Value =
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{arguments:?} {e}: {out}"));
    let read: T = serde_json::from_value(value.clone())
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}"));
    let written = serde_json::to_value(&read).expect("it can be written");
    assert_eq!(written, value, "{arguments:?}");
    read
}

#[test]
fn good_input() {
    let folder = Folder::new("programs");
    let dtn = &folder.file("good.dtn", format!("{GOOD}\nexpect pbe exists: entry always enter\n"));
    let efg = &folder.file("good.efg", EFG);
    let saved = &folder.name("saved.json");
    for file in [dtn, efg] {
        answers::<json::Check>(&["check", "--json", file], 0);
        let tree: json::Tree = answers(&["tree", "--json", file], 0);
        assert_eq!(tree.nodes.len(), if file == dtn { 5 } else { 7 });
        answers::<json::Tree>(&["tree", "--json", file, "-e", "A"], 0);
        let solved: json::Solve = answers(&["solve", "--json", file, "--save", saved], 0);
        assert!(!solved.cards.is_empty() && !solved.stopped);
        answers::<json::Why>(&["why", "--json", file], 0);
        let again: json::Verification = answers(&["verify", "--json", saved], 0);
        assert!(again.unchanged && again.hold == again.certificates.len() && again.hold > 0);
        answers::<json::Inner>(&["export", "--json", file], 0);
        for station in ["game", "instance", "candidates", "equilibria"] {
            answers::<json::Inner>(&["show", station, file], 0);
        }
        answers::<json::Findings>(&["show", "findings", file], 0);
    }
    answers::<json::Inner>(&["show", "scenario", dtn], 0);
    answers::<json::Inner>(&["export", "--syntax", dtn], 0);
    let tests: json::Tests = answers(&["test", "--json", dtn], 0);
    assert_eq!((tests.total, tests.met, tests.files.len()), (1, 1, 1));
    answers::<json::Import>(&["import", "--json", efg], 0);
    let methods: json::Methods = answers(&["show", "methods", "--json"], 0);
    assert!(methods.methods.iter().any(|method| method.name == "pure"));
    answers::<json::Formatted>(&["fmt", "--json", dtn], 0);
    let codes: json::Codes = answers(&["explain", "--json", "E060"], 0);
    assert_eq!(codes.codes[0].severity, "error");
    assert!(answers::<json::Models>(&["new", "--json"], 0).models.len() > 30);
    let made = &folder.name("made.dtn");
    let new: json::Models = answers(&["new", "--json", "--from", "poker", made], 0);
    assert_eq!(&new.written, std::slice::from_ref(made));
    let lock = &["whatif", "--json", dtn, "--lock", "Incumbent at reply: fight 1"];
    let played: json::WhatIfs = answers(lock, 0);
    assert_eq!(played.variants[0].columns.len(), 3);
    let compared: json::Compared = answers(&["compare", "--json", dtn, efg], 0);
    assert!(compared.text.is_none() && !compared.counts.is_empty());
    let same: json::Compared = answers(&["compare", "--json", dtn, dtn], 0);
    assert_eq!((same.text.as_deref(), same.counts.len()), (Some(""), 0));
    assert!(same.rows.iter().all(|row| !row.differs));
    answers::<json::Problem>(&["assumptions", "--json", dtn], 2);
    answers::<json::Problem>(&["trace", "--json", dtn], 2);
    let traced: json::TraceResult =
        answers(&["trace", "--json", dtn, "--step", "entry is enter"], 0);
    assert_eq!(traced.records[0].ways[0].likelihood[0].exact, "1");
    let schemas: json::Inner = answers(&["show", "schema"], 0);
    assert!(json::SCHEMAS.iter().all(|name| schemas.0.contains_key(*name)));
}

#[test]
fn bad_input() {
    let folder = Folder::new("programs-bad");
    let broken = &folder.file("broken.dtn", "game\n");
    let absent = &folder.name("absent.dtn");
    let game = &folder.file("bad.efg", "EFG 2 R nonsense");
    for file in [broken, absent, game] {
        for verb in ["check", "tree", "solve", "why", "export", "whatif"] {
            let problem: json::Problem = answers(&[verb, file, "--json"], 2);
            assert!(!problem.error.is_empty());
            assert_eq!(problem.messages.is_empty(), file != broken, "{verb} {file}");
        }
        answers::<json::Problem>(&["show", "instance", file, "--json"], 2);
        answers::<json::Problem>(&["verify", file, "--json"], 2);
        answers::<json::Problem>(&["import", file, "--json"], 2);
    }
    let tests: json::Tests = answers(&["test", broken, absent, "--json"], 2);
    assert!(tests.files.iter().all(|file| file.problem.is_some()));
    let formatted: json::Formatted = answers(&["fmt", broken, absent, "--json"], 2);
    assert!(formatted.files.iter().all(|file| file.problem.is_some()));
    answers::<json::Problem>(&["new", "--from", "nothing", "--json"], 2);
    answers::<json::Problem>(&["explain", "E999", "--json"], 2);
    answers::<json::Problem>(&["solve", absent, "--json", "--concept", "magic"], 2);
    answers::<json::Problem>(&["why", broken, "--json", "--method", "magic"], 2);
}
