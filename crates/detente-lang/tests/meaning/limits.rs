//! What is long or large is answered, with a result or with a limit that was hit.

use super::{TWO, complaints, game, one};
use detente_lang::Code;
use detente_lang::syntax::MOST_DIAGNOSTICS;
use std::fmt::Write;

const PLAY: &str = "story\n  Ann chooses m: l | r\nstakes of Bob\n  h: 1\nstakes of Ann\n";

/// Definitions `d0 = first`, each later one made of the one before.
fn chain(length: usize, first: &str, next: impl Fn(usize) -> String) -> String {
    (1..length).fold(format!("define d0 = {first}\n"), |mut text, k| {
        writeln!(text, "define d{k} = {}", next(k - 1)).expect("a text can be written to");
        text
    })
}

#[test]
fn definitions_are_resolved_once() {
    let doubled = chain(90, "p", |k| format!("d{k} + d{k}"));
    let text = format!("{TWO}params\n  p = 1/2 in 0..1\n{doubled}{PLAY}  g: d89 when m is l\n");
    let paid = super::payoffs(&text)[0].to_string();
    assert_eq!(paid, (1_u128 << 88).to_string());
    let long = chain(1_500, "1", |k| format!("d{k} + 1"));
    let text = format!("{TWO}{long}{PLAY}  g: d1499 when m is l\n");
    assert_eq!(super::payoffs(&text)[0].to_string(), "1500");
}

#[test]
fn what_grows_with_events_is_counted() {
    let doubled = chain(60, "if m is l then 1 else 2", |k| format!("d{k} + d{k}"));
    one(&format!("{TWO}{doubled}{PLAY}  g: d59\n"), Code::E018);
    let squared = chain(60, "p", |k| format!("d{k} * (1 - d{k})"));
    let text = format!("{TWO}params\n  p = 1/2 in 0..1\n{squared}{PLAY}  g: d59\n");
    let found = complaints(&text);
    assert!(found.iter().any(|complaint| complaint.code == Code::E018), "{found:?}");
}

#[test]
fn a_long_chain_is_refused_once() {
    let text = format!("{TWO}{}{PLAY}  g: d99999\n", chain(100_000, "1", |k| format!("d{k} + 1")));
    let errors = complaints(&text).into_iter().filter(|found| found.is_error());
    assert_eq!(errors.count(), 1);
}

#[test]
fn complaints_are_counted() {
    let lines: String = (0..20_000).map(|k| format!("  g: nobody{k} when m is l\n")).collect();
    let found = complaints(&format!("{TWO}{PLAY}{lines}"));
    let errors: Vec<_> = found.iter().filter(|complaint| complaint.is_error()).collect();
    assert_eq!(errors.len(), MOST_DIAGNOSTICS);
    assert!(errors.iter().any(|error| error.notes.iter().any(|note| note.contains("not shown"))));
}

#[test]
fn many_parameters_sources_and_cards_take_no_long_time() {
    let params: String = (0..3_000).map(|k| format!("  p{k} = 1/2 in 0..1 unit u\n")).collect();
    let stakes: String = (0..3_000).map(|k| format!("  g: 1 / p{k} when m is l\n")).collect();
    assert_eq!(game(&format!("{TWO}params\n{params}{PLAY}{stakes}")).params.len(), 3_000);
    let sources: String = (0..20_000).map(|k| format!("  s{k} \"x\"\n")).collect();
    let text = format!("{TWO}sources\n{sources}{PLAY}  g: 1 when m is l\n");
    assert_eq!(game(&text).sources.len(), 20_000);
    let cards: Vec<String> = (0..20_000).map(|k| format!("v{k}")).collect();
    let text = format!(
        "{TWO}story\n  draw c from {} seen by Ann\n  Bob chooses n: a | b\nstakes of Ann\n  g: 1 when c is v1\nstakes of Bob\n  h: 1 when n is a\n",
        cards.join(", ")
    );
    assert_eq!(game(&text).form.end_count(), 40_000);
}

#[test]
fn a_tree_too_large_is_refused_before_it_is_built() {
    let text = "players\n  Ann\nstory\n  repeat t in 1..30\n    Ann chooses m[t]: l | r\nstakes of Ann\n  g: 1\n";
    let complaint = one(text, Code::E061);
    assert!(complaint.message.contains("2147483647"), "{}", complaint.message);
}

#[test]
fn the_count_before_is_never_too_high() {
    for name in ["beer_quiche", "gesture", "inspection", "kuhn", "reassurance"] {
        let text = super::fixture(name);
        let nodes = game(&text).form.node_count();
        let options = detente_lang::Options { max_nodes: nodes, ..Default::default() };
        let compiled = detente_lang::compile(&super::load(&text, &[]), &options, &mut |_| true);
        assert!(compiled.game.is_some(), "{name}: {:?}", compiled.diagnostics);
    }
}
