//! The games of `docs/peers.md`, on which other programs go wrong: all equilibria, exactly.

use detente::road::{self, Asked, Solved};
use detente_game::claim::Concept;
use detente_game::exchange::{ImportLimits, read_efg, read_nfg};
use detente_game::{Game, Profile};
use std::sync::Arc;

fn all(game: &Game) -> Solved {
    let instance = Arc::new(game.base().unwrap());
    let asked = Asked { concept: Some(Concept::Nash), ..Asked::default() };
    let solved = road::equilibria(&instance, &asked, &mut |_| {});
    assert!(solved.refused.is_empty());
    solved
}

fn table(text: &str) -> Solved {
    all(&read_nfg(text, &ImportLimits::default()).unwrap().game)
}

/// A profile as its probabilities, one after the other.
fn told(profile: &Profile) -> String {
    let numbers: Vec<String> = profile.probability.iter().map(ToString::to_string).collect();
    numbers.join(" ")
}

/// The corners of every component, sorted.
fn components(solved: &Solved) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = solved
        .equilibria
        .iter()
        .map(|one| {
            if one.corners.is_empty() {
                vec![told(one.equilibrium.profile())]
            } else {
                one.corners.iter().map(|corner| told(corner.profile())).collect()
            }
        })
        .collect();
    all.iter_mut().for_each(|one| one.sort());
    all.sort();
    all
}

macro_rules! lists {
    ($name:ident, $file:literal, $expected:expr) => {
        #[test]
        fn $name() {
            let solved = table(include_str!(concat!("../../../docs/peers/", $file)));
            assert!(solved.complete && solved.enclosed.is_empty(), "{}", solved.searched);
            let expected: &[&[&str]] = $expected;
            assert_eq!(components(&solved), expected);
        }
    };
}

lists!(plateau, "plateau.nfg", &[&["0 1 0 1", "0 1 1 0", "1 0 0 1"]]);
lists!(an_equilibrium_of_ties, "corner.nfg", &[&["0 1 1 0"], &["1 0 0 1"]]);
lists!(one_pure_one_mixed, "mixed_with_ties.nfg", &[&["0 1 0 0 1 0"], &["1 0 0 0 1/2 1/2"]]);
lists!(segment, "segment.nfg", &[&["1 0 0 0 0 1", "1 0 0 0 1/2 1/2"]]);
lists!(
    three_equilibria,
    "three.nfg",
    &[&["0 1 0 0 1 0"], &["1 0 0 0 0 1"], &["3/5 2/5 0 0 2/5 3/5"]]
);
lists!(
    three_players,
    "cube.nfg",
    &[&["0 1 0 1 1 0"], &["11/12 1/12 1/2 1/2 10/11 1/11"], &["2/3 1/3 11/13 2/13 1/2 1/2"]]
);

#[test]
fn von_stengels_game() {
    let solved = table(include_str!("../../../docs/peers/vonstengel_1999.nfg"));
    assert!(solved.complete);
    assert_eq!(components(&solved).len(), 75);
    assert!(solved.equilibria.iter().all(|one| one.corners.is_empty()));
}

/// What is not known to be all is not called so.
#[test]
fn three_players_with_a_continuum() {
    let solved = table(include_str!("../../../docs/peers/endless.nfg"));
    assert!(solved.complete && solved.undecided.is_empty());
    let expected =
        [vec!["0 1 1 0 1 0", "0 1 1 0 8/9 1/9"], vec!["1 0 0 1 1 0"], vec!["4/5 1/5 4/5 1/5 1 0"]];
    assert_eq!(components(&solved), expected);
}

/// Off the path, too, nobody does what he would not do.
#[test]
fn credible_off_the_path() {
    let text = include_str!("../../../docs/peers/entry.efg");
    let game = read_efg(text, &ImportLimits::default()).unwrap().game;
    let instance = Arc::new(game.base().unwrap());
    let solved = road::equilibria(&instance, &Asked::default(), &mut |_| {});
    assert!(solved.complete);
    assert_eq!(components(&solved), [vec!["0 1 1 0"]]);
}
