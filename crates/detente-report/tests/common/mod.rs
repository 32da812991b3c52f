//! Scenarios solved and verified, for the tests of screens and sentences.
#![allow(dead_code, reason = "each test uses its part")]

use detente_game::claim::Concept;
use detente_game::{Game, GameInstance, Profile};
use detente_solve::{Found, Question, solve};
use detente_verify::{Equilibrium, verify};
use std::sync::Arc;

#[allow(clippy::disallowed_methods)]
pub fn game(name: &str) -> Game {
    let path = format!("{}/../detente-lang/tests/fixtures/{name}.dtn", env!("CARGO_MANIFEST_DIR"));
    compiled(&std::fs::read_to_string(path).expect("the fixture is there"))
}

pub fn compiled(text: &str) -> Game {
    let loaded = detente_lang::Loaded::new("test.dtn", text, &mut |path| Err(path.to_owned()));
    let options = detente_lang::Options::default();
    detente_lang::compile(&loaded, &options, &mut |_| true).game.expect("it compiles")
}

pub fn strongest(instance: &Arc<GameInstance>, profile: &Profile) -> Option<Equilibrium> {
    [Concept::Sequential, Concept::Pbe, Concept::WeakPbe]
        .iter()
        .find_map(|concept| verify(instance, concept, profile).into_equilibrium())
}

/// All equilibria found, each under the strongest concept that holds.
pub fn equilibria(game: &Game) -> (Vec<Equilibrium>, Found) {
    let instance = Arc::new(game.base().expect("the base point is fine"));
    let question = Question { mixed: true, ..Question::pure(Concept::WeakPbe) };
    let found = solve(&instance, &question, &mut |_| {});
    let equilibria = found
        .candidates
        .iter()
        .filter_map(|candidate| strongest(&instance, candidate.inside()?))
        .collect();
    (equilibria, found)
}
