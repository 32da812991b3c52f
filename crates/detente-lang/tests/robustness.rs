//! No text makes the parser, the renderer or the formatter panic, and what can be formatted stays the same.

// Tests read the files they test.
#![allow(clippy::disallowed_methods)]

mod common;

use detente_lang::diagnostics::{SourceFile, render_all};
use detente_lang::format::format;
use detente_lang::syntax::ast::FileId;
use detente_lang::syntax::json::{from_json, to_json};
use detente_lang::syntax::{
    DEEPEST_EXPRESSION, DEEPEST_INDENTATION, LARGEST_FILE, MOST_DIAGNOSTICS,
};
use detente_lang::{Code, Parsed, parse, parse_bytes};
use proptest::prelude::*;
use std::path::Path;

const EXAMPLES: [&str; 5] = [
    include_str!("fixtures/beer_quiche.dtn"),
    include_str!("fixtures/reassurance.dtn"),
    include_str!("fixtures/gesture.dtn"),
    include_str!("fixtures/kuhn.dtn"),
    include_str!("fixtures/inspection.dtn"),
];

/// What must hold of every text.
fn check(source: &str) -> Parsed {
    let parsed = parse(source);
    let files = [SourceFile { name: "any.dtn", text: source }];
    for colour in [false, true] {
        let text = render_all(&parsed.diagnostics, &files, colour);
        assert_eq!(text.is_empty(), parsed.diagnostics.is_empty());
        let harmful = |c: char| c.is_control() && c != '\n' && (c != '\u{1b}' || !colour);
        assert!(!text.contains(harmful), "{text:?}");
    }
    for complaint in &parsed.diagnostics {
        assert!(!complaint.helps.is_empty(), "no hint: {complaint:?}");
        if let Some(span) = complaint.span {
            assert!(source.get(span.range()).is_some(), "{complaint:?}");
        }
    }
    match format(source) {
        Ok(once) => {
            let twice = format(&once);
            assert_eq!(twice.as_ref(), Ok(&once), "of {source:?}");
            assert_eq!(common::tree(source), common::tree(&once), "of {source:?}");
            let json = to_json(&parsed.scenario).expect("a tree has a JSON form");
            assert_eq!(from_json(&json).as_ref(), Ok(&parsed.scenario));
        }
        Err(complaints) => assert_eq!(complaints, parsed.diagnostics),
    }
    parsed
}

#[test]
fn kept_regressions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of regressions exists")
        .map(|entry| entry.expect("a folder can be listed").path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for path in files {
        let bytes = std::fs::read(&path).expect("a regression can be read");
        parse_bytes(&bytes, FileId::MAIN);
        if let Ok(source) = std::str::from_utf8(&bytes) {
            check(source);
        }
    }
}

/// Runs `work` on a stack of so many megabytes; what overflows it ends the whole test run.
fn on_stack(megabytes: usize, work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(megabytes << 20);
    let running = thread.spawn(work).expect("a thread can be started");
    running.join().expect("the work does not panic");
}

fn deepest_text() -> String {
    let mut source = String::from("story\n");
    for step in 1..DEEPEST_INDENTATION {
        source += &format!("{:1$}if a is b\n", "", step * 2);
    }
    let depth = DEEPEST_EXPRESSION - 1;
    let nested =
        |open: &str, close: &str| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    source += &format!("{:1$}A gains {2} as x\n", "", DEEPEST_INDENTATION * 2, nested("(", ")"));
    for (open, close) in
        [("-", ""), ("not ", ""), ("if e then 1 else ", ""), ("f(", ")"), ("g[", "]")]
    {
        source += &format!("define a = {}\n", nested(open, close));
    }
    source += &format!("define h = 1{}\n", " + 1".repeat(20_000));
    source
}

#[test]
fn the_deepest_tree_is_read_and_written_on_a_small_stack() {
    on_stack(1, || {
        let parsed = parse(&deepest_text());
        assert_eq!(parsed.diagnostics, vec![]);
        assert!(format(&deepest_text()).is_ok());
        assert!(to_json(&parsed.scenario).is_ok());
    });
}

#[test]
fn the_deepest_tree_survives_its_json_form() {
    on_stack(8, || {
        assert_eq!(check(&deepest_text()).diagnostics, vec![]);
    });
}

#[test]
fn what_is_too_deep_is_refused_with_one_complaint() {
    for (open, text) in
        [("(", "("), ("-", "-"), ("not", "not "), ("f(", "f("), ("if", "if a then 1 else ")]
    {
        let source = format!("define a = {}\n", text.repeat(100_000));
        let parsed = check(&source);
        assert_eq!(parsed.diagnostics.len(), 1, "{open}");
        assert_eq!(parsed.diagnostics[0].code, Code::E012, "{open}");
    }
    let stairs: String = (0..300).map(|step| format!("{:1$}if a is b\n", "", step)).collect();
    let codes = parse(&format!("story\n{stairs}")).diagnostics;
    assert_eq!(codes.iter().filter(|d| d.code == Code::E012).count(), 1);
    let deep_json = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(from_json(&deep_json).is_err());
}

#[test]
fn what_is_too_large_or_no_text_is_refused() {
    let large = "a".repeat(LARGEST_FILE + 1);
    assert_eq!(parse(&large).diagnostics[0].code, Code::E009);
    assert_eq!(parse("game \"a\0b\"").diagnostics[0].code, Code::E009);
    assert_eq!(parse_bytes(&[0xff, 0xfe, b'g', 0], FileId::MAIN).diagnostics[0].code, Code::E009);
    assert_eq!(parse_bytes(b"players\n  Ann\n", FileId::MAIN).diagnostics, vec![]);
}

#[test]
fn a_file_full_of_mistakes_is_given_up() {
    let parsed = check(&"nonsense\n".repeat(10_000));
    assert_eq!(parsed.diagnostics.len(), MOST_DIAGNOSTICS);
    assert_eq!(parsed.diagnostics[MOST_DIAGNOSTICS - 1].notes.len(), 1);
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    for example in EXAMPLES {
        let windows = format!("\u{feff}{}", example.replace('\n', "\r\n"));
        assert_eq!(parse(&windows).diagnostics, vec![]);
        assert_eq!(format(&windows), format(example));
    }
}

/// A piece of text such as authors write by mistake.
fn snippet() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "#",
        "# c\n",
        "\"",
        "\\",
        "|",
        ",",
        ":",
        "(",
        ")",
        "[",
        "]",
        "..",
        ".",
        "-",
        "+",
        "*",
        "/",
        "=",
        "!=",
        "<",
        "~",
        "%",
        "0.5",
        "1e9",
        "1/3",
        "2025-09-22",
        "if ",
        "else",
        "and ",
        "or",
        "not ",
        "is ",
        "when ",
        "seen by ",
        "rest",
        "P(",
        "for each player",
        "story\n",
        "stakes of ",
        "é",
        "日本",
        "“",
        "\u{202e}",
        "\r",
        "\u{0}",
        "each t in ",
        "happened",
        "always ",
        "…",
        "−",
    ];
    prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_string),
        1 => "\\PC{0,6}",
    ]
}

/// An example with pieces put in, cut out, or moved.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0usize..12, snippet());
    (0..EXAMPLES.len(), prop::collection::vec(edit, 1..6)).prop_map(|(which, edits)| {
        let mut characters: Vec<char> = EXAMPLES[which].chars().collect();
        for (at, cut, insert) in edits {
            let start = at.index(characters.len() + 1);
            let end = (start + cut).min(characters.len());
            characters.splice(start..end, insert.chars());
        }
        characters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(source in "\\PC{0,200}") {
        check(&source);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        parse_bytes(&bytes, FileId::MAIN);
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(snippet(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn mutated_examples(source in mutated()) {
        check(&source);
    }

    #[test]
    fn examples_without_some_lines(which in 0..EXAMPLES.len(), keep in prop::collection::vec(prop::bool::weighted(0.9), 120)) {
        let lines = EXAMPLES[which].lines().zip(keep.iter().cycle());
        let kept: Vec<&str> = lines.filter(|(_, keep)| **keep).map(|(line, _)| line).collect();
        check(&kept.join("\n"));
    }
}
