//! The editors' grammar knows the words of the parser, and no others.

// Tests read the files they test.
#![allow(clippy::disallowed_methods)]

use detente_lang::constructs::keywords;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn grammar() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/detente.tmLanguage.json");
    let text = std::fs::read_to_string(path).expect("the grammar is in the folder 'editors'");
    serde_json::from_str(&text).expect("the grammar is JSON")
}

/// The words of all patterns that colour words: the alternatives of `(?:a|b)`.
fn words_of(grammar: &Value) -> BTreeSet<String> {
    let rules = grammar["repository"].as_object().expect("a grammar has a repository");
    let patterns = rules.values().filter(|rule| {
        let name = rule["name"].as_str().unwrap_or("");
        let scopes = [
            "keyword.control",
            "keyword.other",
            "keyword.operator.word",
            "support.type",
            "variable.language",
        ];
        scopes.iter().any(|scope| name.starts_with(scope))
    });
    let mut words = BTreeSet::new();
    for rule in patterns {
        let pattern = rule["match"].as_str().expect("a rule for words is one pattern");
        let list = pattern.split("(?:").nth(1).and_then(|rest| rest.split(')').next());
        words.extend(list.expect("words are listed in (?:…)").split('|').map(str::to_string));
    }
    words
}

#[test]
fn the_grammar_has_the_words_of_the_parser() {
    let parser: BTreeSet<String> =
        keywords::ALL.iter().flat_map(|group| group.iter()).map(|word| word.to_string()).collect();
    assert_eq!(words_of(&grammar()), parser);
}

#[test]
fn every_rule_is_used_and_exists() {
    let grammar = grammar();
    let used: BTreeSet<&str> = grammar["patterns"]
        .as_array()
        .expect("a grammar has patterns")
        .iter()
        .filter_map(|pattern| pattern["include"].as_str())
        .map(|name| name.trim_start_matches('#'))
        .collect();
    let rules = grammar["repository"].as_object().expect("a grammar has a repository");
    let defined: BTreeSet<&str> = rules.keys().map(String::as_str).collect();
    assert_eq!(used, defined);
}
