//! ARCHITECTURE.md is tested against the tree: the rooms exist, and nobody knows whom he may not.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

fn known(room: &str) -> BTreeSet<String> {
    let manifest = root().join("crates").join(room).join("Cargo.toml");
    let text = std::fs::read_to_string(manifest).expect("every room has a manifest");
    let (_, rest) = text.split_once("[dependencies]").expect("every room lists what it knows");
    let own = rest.split("\n[").next().unwrap_or_default();
    own.lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| name.starts_with("detente"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn arrows() {
    let allowed: &[(&str, &[&str])] = &[
        ("detente-game", &[]),
        ("detente-linear", &["detente-game"]),
        ("detente-lang", &["detente-game"]),
        ("detente-solve", &["detente-game", "detente-linear"]),
        ("detente-verify", &["detente-game", "detente-linear"]),
        (
            "detente-analysis",
            &["detente-game", "detente-linear", "detente-solve", "detente-verify"],
        ),
        ("detente-report", &["detente-game", "detente-verify", "detente-analysis"]),
        (
            "detente",
            &[
                "detente-game",
                "detente-lang",
                "detente-solve",
                "detente-verify",
                "detente-analysis",
                "detente-report",
            ],
        ),
        ("detente-cli", &["detente"]),
    ];
    let rooms: BTreeSet<String> = std::fs::read_dir(root().join("crates"))
        .expect("there are rooms")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = allowed.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(rooms, listed, "a room is missing in this test");
    for (room, may) in allowed {
        for name in known(room) {
            assert!(may.contains(&name.as_str()), "{room} must not know {name}");
        }
    }
}

#[test]
fn the_page_names_what_is_there() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the page");
    let named: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|rest| rest.split('`').next())
        .filter(|name| name.chars().next().is_some_and(char::is_lowercase))
        .collect();
    assert!(named.len() >= 14, "{named:?}");
    for name in &named {
        assert!(root().join(name).is_dir(), "ARCHITECTURE.md names {name}, which is not there");
    }
    for entry in std::fs::read_dir(root().join("crates")).expect("there are rooms") {
        let name = format!("crates/{}", entry.expect("readable").file_name().to_string_lossy());
        assert!(named.contains(&name.as_str()), "ARCHITECTURE.md does not name {name}");
    }
}

#[test]
fn nouns_stay_few() {
    let lines = |folder: PathBuf| -> usize {
        let mut open = vec![folder];
        let mut total = 0;
        while let Some(path) = open.pop() {
            for entry in std::fs::read_dir(path).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let count = std::fs::read_to_string(&path).expect("text").lines().count();
                    let shown = path.display();
                    assert!(count <= 800, "{shown} has {count} lines; the ceiling is 800");
                    total += count;
                }
            }
        }
        total
    };
    let all = lines(root().join("crates"));
    // Exchange formats are doors of their own kind; the nouns are what is left.
    let nouns = lines(root().join("crates/detente-game/src"))
        - lines(root().join("crates/detente-game/src/exchange"));
    assert!(nouns * 5 < all, "detente-game has {nouns} of {all} lines");
}
