//! What scenarios mean: what is a mistake and what is not, and what comes out.
#![allow(clippy::disallowed_methods)]

mod claims;
mod explanations;
mod files;
mod limits;
mod mistakes;
mod names;
mod numbers;
mod questions;
mod values;
mod what_ifs;

use detente_game::{Game, Rational};
use detente_lang::{Code, Compiled, Diagnostic, Loaded, Options, compile};

/// A scenario of the folder of fixtures.
fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/{name}.dtn", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the fixture is there")
}

/// A text with the files it names, read.
fn load(text: &str, files: &[(&str, &str)]) -> Loaded {
    let mut reader = |path: &str| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| "there is no such file".to_owned())
    };
    Loaded::new("main.dtn", text, &mut reader)
}

fn compiled_with(text: &str, files: &[(&str, &str)]) -> Compiled {
    compile(&load(text, files), &Options::default(), &mut |_| true)
}

fn complaints_with(text: &str, files: &[(&str, &str)]) -> Vec<Diagnostic> {
    compiled_with(text, files).diagnostics
}

fn complaints(text: &str) -> Vec<Diagnostic> {
    complaints_with(text, &[])
}

/// The complaints about a text, each as `CODE "text at its span": message`.
fn said(text: &str) -> Vec<String> {
    let shown = |diagnostic: &Diagnostic| {
        let at = diagnostic.span.map_or("", |span| span.text(text));
        format!("{} {at:?}: {}", diagnostic.code, diagnostic.message)
    };
    complaints(text).iter().map(shown).collect()
}

/// The one complaint of a code; the others do not matter.
fn one(text: &str, code: Code) -> Diagnostic {
    let found = complaints(text);
    let of_code: Vec<&Diagnostic> = found.iter().filter(|d| d.code == code).collect();
    assert_eq!(of_code.len(), 1, "{code} in\n{text}\n{found:#?}");
    of_code[0].clone()
}

/// The game of a text without errors.
fn game(text: &str) -> Game {
    let compiled = compiled_with(text, &[]);
    let errors: Vec<&Diagnostic> = compiled.diagnostics.iter().filter(|d| d.is_error()).collect();
    compiled.game.unwrap_or_else(|| panic!("{errors:#?}\n{text}"))
}

/// What the first player is paid at each end, in the order of the tree, at the base values.
fn payoffs(text: &str) -> Vec<Rational> {
    let instance = game(text).base().expect("the base point is fine");
    let player = detente_game::PlayerId(0);
    instance.form().ends().map(|end| instance.payoff(end, player).clone()).collect()
}

/// Whether each `expect that` of a text holds, in order.
fn holds(text: &str) -> Vec<bool> {
    let game = game(text);
    let point = game.base_point();
    game.claims
        .iter()
        .filter_map(|claim| match claim.kind {
            detente_game::claim::ClaimKind::That(formula) => Some(formula),
            _ => None,
        })
        .map(|formula| {
            let value = game.formulas.interval_at(formula, &point).expect("it has a value");
            value.low.is_positive()
        })
        .collect()
}

fn rationals(numbers: &[(i64, i64)]) -> Vec<Rational> {
    numbers.iter().map(|(numer, denom)| Rational::new(*numer, *denom)).collect()
}

/// Two players, the first of whom makes one choice that everything else hangs on.
const TWO: &str = "players\n  Ann\n  Bob\n";
