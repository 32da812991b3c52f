//! Scenarios solved and verified, for the tests of screens and sentences.
#![allow(dead_code, reason = "each test uses its part")]

use detente_game::claim::Concept;
use detente_game::{Game, GameInstance, Profile};
use detente_report::cards::Card;
use detente_report::formats::html::{Provenance, Report};
use detente_report::formats::json::Expectation;
use detente_report::formats::text::solve::Search;
use detente_report::numbers::Numbers;
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
    let mut profiles: Vec<&Profile> = Vec::new();
    for candidate in &found.candidates {
        let inside = candidate.inside();
        // Where a corner satisfies a stronger concept than the inside does, all points speak.
        let rank = |profile: &Profile| {
            strongest(&instance, profile).map(|found| found.concept().word().to_owned())
        };
        let alike = |corner: &&Profile| inside.is_some_and(|inside| rank(corner) == rank(inside));
        let corners = candidate.corners();
        if corners.iter().all(alike) {
            profiles.extend(inside);
        } else {
            profiles.extend(corners.into_iter().chain(inside));
        }
    }
    profiles.sort();
    profiles.dedup();
    let equilibria = profiles.iter().filter_map(|profile| strongest(&instance, profile)).collect();
    (equilibria, found)
}

/// A report with the parts that every one has.
pub fn report<'a>(
    game: &'a Game,
    cards: &'a [Card<'a>],
    expected: &'a [Expectation],
) -> Report<'a> {
    Report {
        game,
        cards,
        search: Search {
            method: "signalling",
            complete: true,
            searched: "All supports were searched.",
            open: 0,
            undecided: &[],
            enclosed: &[],
            stopped: false,
            all: false,
        },
        expectations: Some(expected),
        questions: &[],
        map: None,
        ensemble: None,
        sensitivity: None,
        value: None,
        provenance: Provenance {
            file: "gesture.dtn",
            text_hash: "0123456789abcdef",
            version: "détente 0",
            set: &[],
            command: "detente report gesture.dtn",
        },
        numbers: Numbers::Both,
        most: 6,
    }
}
