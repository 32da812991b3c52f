//! Members of ensembles against solving each draw on its own.
#![allow(clippy::disallowed_methods, reason = "the catalogue is read from files")]

use detente::analysis::analyses::draws::Draws;
use detente::ensemble::{Asked, Ensemble};
use detente::game::claim::Concept;
use detente::game::game::Distribution;
use detente::game::{Game, Profile, Rational};
use detente::solve::Question;
use detente::solve::solvers::pure::parametric::{Cells, Found};
use detente::{Options, road};
use std::collections::BTreeSet;
use std::path::Path;

fn game(name: &str) -> Game {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog").join(name);
    let text = std::fs::read_to_string(&path).expect("the catalogue has it");
    let folder = path.parent().expect("a folder").to_owned();
    let mut reader =
        |part: &str| std::fs::read_to_string(folder.join(part)).map_err(|error| error.to_string());
    let opened = road::open(name, &text, &mut reader, &Options::default(), &mut |_| true);
    opened.game().expect("it has no mistake").clone()
}

fn draw(game: &mut Game, param: &str, low: Rational, high: Rational) {
    let id = game.param(param).expect("the parameter");
    let arguments = vec![low, high];
    game.params[id.index()].distribution = Some(Distribution { name: "uniform".into(), arguments });
}

fn reply_game() -> Game {
    let mut game = game("new_start/reply_game.dtn");
    for param in ["p_serious", "p_resolved", "detection", "secret_share"] {
        draw(&mut game, param, Rational::ZERO, Rational::ONE);
    }
    game
}

/// Every draw has in its cell exactly the profiles that pure search finds there alone.
fn agrees(game: &Game, concept: &Concept, members: u64) -> (usize, u64) {
    let draws = Draws::new(game, 3, false).expect("it can be drawn");
    let mut cells = Cells::new(game, &draws.params, Question::pure(concept.clone()));
    let mut alone = 0;
    for number in 0..members {
        let values = draws.member(number);
        cells.learn(&values);
        let cell = cells.place(&values).cell.expect("it was learnt");
        let instance = game.at(&cells.point(&values));
        match (&cells.known()[cell].found, instance) {
            (Found::Equilibria { profiles, .. }, Ok(instance)) => {
                let found = cells.solve_alone(&instance);
                let of = |all: &[Profile]| all.iter().cloned().collect::<BTreeSet<Profile>>();
                assert_eq!(of(profiles), of(&found.profiles), "{concept:?} at {values:?}");
            }
            (Found::NoGame(_), instance) => assert!(instance.is_err(), "{values:?}"),
            (Found::Alone(why), _) => {
                alone += 1;
                eprintln!("{why}");
            }
            (_, Err(error)) => panic!("{error} at {values:?}"),
        }
    }
    (cells.known().len(), alone)
}

#[test]
fn the_reply_game_is_what_it_is_alone() {
    for (concept, members) in
        [(Concept::WeakPbe, 300), (Concept::Nash, 40), (Concept::SubgamePerfect, 40)]
    {
        let (cells, alone) = agrees(&reply_game(), &concept, members);
        assert!(alone == 0 && cells > 2, "{concept:?}: {cells} cells, {alone} alone");
    }
}

#[test]
fn the_treaty_gesture_is_what_it_is_alone() {
    let (cells, alone) = agrees(&game("new_start/treaty_gesture.dtn"), &Concept::WeakPbe, 120);
    assert!(alone == 0 && cells > 2, "{cells} cells, {alone} alone");
}

#[test]
fn threads_change_nothing() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let asked = Asked { concept: Concept::WeakPbe, seed: 5, random: false, members: 3000 };
            let mut ensemble = Ensemble::new(&reply_game(), asked).expect("it can be drawn");
            let members = ensemble.next_chunk();
            (members, ensemble.totals().clone())
        })
    };
    assert!(run(1) == run(3));
}
