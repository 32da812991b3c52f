//! No text makes the compiler panic, hang or exhaust the memory, and it never fails silently.
#![allow(clippy::disallowed_methods)]

use detente_lang::{Code, Compiled, Loaded, Options, compile};
use proptest::prelude::*;
use std::path::Path;

const EXAMPLES: [&str; 6] = [
    include_str!("fixtures/kitchen_sink.dtn"),
    include_str!("fixtures/beer_quiche.dtn"),
    include_str!("fixtures/reassurance.dtn"),
    include_str!("fixtures/gesture.dtn"),
    include_str!("fixtures/kuhn.dtn"),
    include_str!("fixtures/inspection.dtn"),
];

fn check(text: &str) -> Compiled {
    let mut no_file = |_: &str| Err("there is no such file".to_owned());
    let loaded = Loaded::new("any.dtn", text, &mut no_file);
    let options = Options { max_nodes: 5_000, ..Options::default() };
    let compiled = compile(&loaded, &options, &mut |_| true);
    let failed = compiled.diagnostics.iter().any(|diagnostic| diagnostic.is_error());
    assert_eq!(compiled.game.is_none(), failed, "{:#?}\n{text}", compiled.diagnostics);
    for complaint in &compiled.diagnostics {
        if let Some(span) = complaint.span {
            let file = &loaded.files[span.file.0 as usize];
            assert!(file.text.get(span.range()).is_some(), "{complaint:?}");
        }
    }
    compiled
}

fn codes(text: &str) -> Vec<Code> {
    let mut codes: Vec<Code> = check(text).diagnostics.iter().map(|d| d.code).collect();
    codes.dedup();
    codes
}

#[test]
fn the_kitchen_sink_compiles() {
    let compiled = check(EXAMPLES[0]);
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn kept_regressions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    for entry in std::fs::read_dir(folder).expect("the folder of regressions exists") {
        let bytes = std::fs::read(entry.expect("a folder can be listed").path()).expect("a file");
        check(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_grows_without_bound_is_refused() {
    let doubled: String =
        (1..60).map(|n| format!("define a{n} = a{} * a{}\n", n - 1, n - 1)).collect();
    let nested: String =
        (1..40).map(|n| format!("define f{n}(x) = f{}(f{}(x))\n", n - 1, n - 1)).collect();
    let chain: String = (1..20_000).map(|n| format!("define c{n} = c{}\n", n - 1)).collect();
    for text in [
        format!("params\n  p = 1/3\ndefine a0 = p\n{doubled}expect that a59 > 0\n"),
        format!("define a0 = 7\n{doubled}expect that a59 > 0\n"),
        format!("define f0(x) = x + 1\n{nested}expect that f39(1) > 0\n"),
        format!("define c0 = 1\n{chain}expect that c19999 = 1\n"),
        "expect that pow(pow(pow(2, 9999), 9999), 9999) > 0\n".to_owned(),
        "params\n  p = 1/3\nexpect that pow(pow(p, 9999), 9999) > 0\n".to_owned(),
        "expect that choose(99999, 50000) > 0\n".to_owned(),
        "expect that sum(j, 1, 9000000000000000000, j) > 0\n".to_owned(),
        "players\n  A\nstory\n  repeat t in 1..1000000000\n    A chooses x[t]: a | b\n".to_owned(),
        "players\n  A\nstakes of A\n  each t in 1..1000000000\n    x: t\n".to_owned(),
    ] {
        let start: String = text.chars().take(60).collect();
        assert!(codes(&text).contains(&Code::E018), "{start}: {:?}", codes(&text));
    }
}

#[test]
fn odd_scenarios_are_answered() {
    for text in [
        "",
        "players\n  A\n",
        "story\n  stop\n",
        "players\n  A\nstory\n  A chooses x: a | b\n",
        "players\n  a\n  b\nstory\n  a chooses x: a | b\nstakes of a\n  w: 1 when x is a\n",
        "expect that 1 = 2\nexpect nodes = 1\n",
        "players\n  A\nsettings\n  n = 9223372036854775807\nstory\n  repeat t in n - 1..n\n    A chooses x[t]: a | b\n",
        "players\n  A\nstory\n  A chooses x[9223372036854775807 + 1]: a | b\n",
        "players\n  A\nstory\n  A chooses x: a | b\nexpect that x is a\n",
    ] {
        check(text);
    }
}

#[test]
fn one_name_has_one_meaning() {
    let base = "players\n  A\n  B\nparams\n  p = 1/2\nstory\n";
    for story in [
        "  A chooses p: a | b\n",
        "  A chooses B: a | b\n",
        "  A chooses x: a | b\n  chance x: a p | b rest seen by all\n",
    ] {
        assert!(codes(&format!("{base}{story}")).contains(&Code::E019), "{story}");
    }
}

#[test]
fn one_mistake_is_said_once() {
    let text =
        EXAMPLES[3].replacen("chooses reply: accept | reject", "chooses reply: accept, reject", 1);
    assert_eq!(codes(&text), [Code::E004]);
    let text = EXAMPLES[3].replacen("  signal satellites seen", "  signl satellites seen", 1);
    assert_eq!(codes(&text), [Code::E008]);
}

/// An example with lines and words left out, doubled, exchanged, or numbers put in.
fn mutated() -> impl Strategy<Value = String> {
    const WORDS: [&str; 16] = [
        "0",
        "-1",
        "1/0",
        "1e4000",
        "9223372036854775807",
        "2.5",
        "1000000",
        "Ann",
        "me",
        "other",
        "rest",
        "is",
        "happened",
        "t",
        "t - 1",
        "(",
    ];
    let edit =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..7_u8, 0..WORDS.len());
    (0..EXAMPLES.len(), prop::collection::vec(edit, 1..5)).prop_map(|(which, edits)| {
        let mut lines: Vec<String> = EXAMPLES[which].lines().map(str::to_owned).collect();
        for (line, place, kind, word) in edits {
            let (line, other) = (line.index(lines.len()), place.index(lines.len()));
            let mut words: Vec<String> = lines[line].split(' ').map(str::to_owned).collect();
            let at = place.index(words.len());
            match kind {
                0 if lines.len() > 1 => {
                    lines.remove(line);
                    continue;
                }
                1 => {
                    let copy = lines[line].clone();
                    lines.insert(other, copy);
                    continue;
                }
                2 => {
                    lines.swap(line, other);
                    continue;
                }
                3 => drop(words.remove(at)),
                4 => words.insert(at, words[at].clone()),
                5 => words.swap(at, 0),
                _ => words[at] = WORDS[word].to_owned(),
            }
            lines[line] = words.join(" ");
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_examples(text in mutated()) {
        check(&text);
    }
}
