//! The manual of the language names every word of it.
#![allow(clippy::disallowed_methods)]

use detente_lang::compile::BUILT_INS;
use detente_lang::constructs::keywords::CONCEPTS;
use detente_lang::constructs::{Construct, SECTIONS, STATEMENTS};
use std::collections::BTreeSet;

#[test]
fn every_word_is_in_the_manual() {
    let path = format!("{}/../../docs/language.md", env!("CARGO_MANIFEST_DIR"));
    let manual = std::fs::read_to_string(path).expect("the manual is there");
    let words: BTreeSet<&str> =
        manual.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let constructs = SECTIONS.iter().chain(STATEMENTS).map(|Construct { keyword, .. }| *keyword);
    // The card of a call bears the name of its example's block.
    let named = constructs.filter(|keyword| *keyword != "crisis");
    let missing: Vec<&str> = named
        .chain(CONCEPTS.iter().copied())
        .chain(BUILT_INS.iter().copied())
        .filter(|word| !words.contains(word))
        .collect();
    assert!(missing.is_empty(), "docs/language.md does not speak of {missing:?}");
}
