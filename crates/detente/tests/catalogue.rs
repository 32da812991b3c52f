//! Games of the catalogue: of all Nash equilibria of two players every corner and every inner point
//! is an equilibrium for the verifier; some equilibria are told from all.
#![allow(clippy::disallowed_methods)]

use detente::Options;
use detente::game::GameInstance;
use detente::game::claim::Concept;
use detente::road::{self, Asked};
use detente::solve::{Candidate, Limits, Question, solve};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn catalog() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog")
}

fn scenarios(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(scenarios(&path));
        } else if path.extension().is_some_and(|ending| ending == "dtn") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn instance(path: &Path) -> Arc<GameInstance> {
    let text = std::fs::read_to_string(path).expect("a scenario");
    let folder = path.parent().expect("a folder").to_owned();
    let mut reader = move |name: &str| {
        std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    };
    let name = path.display().to_string();
    let opened = road::open(&name, &text, &mut reader, &Options::default(), &mut |_| true);
    let game = opened.game().unwrap_or_else(|| panic!("{name}: {:?}", opened.diagnostics()));
    Arc::new(game.base().expect("numbers"))
}

/// How much of a game with ties is worth checking here.
const MOST_CORNERS: usize = 200;

#[test]
fn the_verifier_accepts_every_corner() {
    let (mut games, mut continua) = (0, 0);
    for path in scenarios(&catalog()) {
        let instance = instance(&path);
        for method in ["sequence", "lemke"] {
            let question = Question {
                method: Some(method.to_owned()),
                limit: Limits { profiles: 500, ..Limits::default() },
                ..Question::mixed(Concept::Nash)
            };
            let found = solve(&instance, &question, &mut |_| {});
            if found.method.name == "none" {
                continue;
            }
            games += 1;
            assert!(!found.complete || !found.candidates.is_empty(), "{}", path.display());
            for candidate in &found.candidates {
                continua += usize::from(matches!(candidate, Candidate::Component(_)));
                let corners = candidate.corners().into_iter().take(MOST_CORNERS);
                for profile in corners.chain(candidate.inside()) {
                    let verdict = detente::verify::verify(&instance, &Concept::Nash, profile);
                    assert!(verdict.holds(), "{} by {method}: {verdict:?}", path.display());
                }
            }
        }
    }
    assert!(games > 20 && continua > 5, "{games} games, {continua} continua");
}

/// Asked for Nash equilibria, the whole road gives Kuhn's continuum without being told a method.
#[test]
fn kuhn_poker_by_itself() {
    let asked = Asked { concept: Some(Concept::Nash), ..Asked::default() };
    let kuhn = instance(&catalog().join("books/kuhn_1950_poker.dtn"));
    let solved = road::equilibria(&kuhn, &asked, &mut |_| {});
    assert_eq!((solved.method.name, solved.complete), ("sequence", true));
    assert_eq!(solved.equilibria.len(), 1);
    assert_eq!(solved.equilibria[0].corners.len(), 2);
    assert!(solved.refused.is_empty() && solved.undecided.is_empty());
}

#[test]
fn one_or_some_are_found_and_told_as_such() {
    let beer = instance(&catalog().join("journals/cho_kreps_1987_beer_quiche.dtn"));
    let some = |most| road::some(&beer, &Asked::default(), most, &mut |_| {});
    let one = some(1);
    assert_eq!(one.equilibria.len(), 1);
    assert!(!one.complete && one.searched.ends_with("there may be others."), "{}", one.searched);
    let all = road::equilibria(&beer, &Asked::default(), &mut |_| {});
    assert!(all.complete);
    let more = some(all.equilibria.len() + 1);
    assert!(more.complete, "{}", more.searched);
    assert_eq!(more.equilibria.len(), all.equilibria.len());
    // A game of perfect information without ties has one equilibrium, and it is said to be all.
    let centipede = instance(&catalog().join("journals/rosenthal_1981_centipede.dtn"));
    assert!(road::some(&centipede, &Asked::default(), 1, &mut |_| {}).complete);
}

#[test]
fn one_of_a_game_whose_equilibria_are_mixed() {
    let kuhn = instance(&catalog().join("books/kuhn_1950_poker.dtn"));
    let asked = Asked { concept: Some(Concept::Nash), ..Asked::default() };
    assert_eq!(road::some(&kuhn, &asked, 1, &mut |_| {}).equilibria.len(), 1);
    // None of its equilibria is pure, and no mixed one is given to who wants a pure one.
    let pure = Asked { mixed: false, ..asked };
    assert!(road::some(&kuhn, &pure, 1, &mut |_| {}).equilibria.is_empty());
}
