//! Members of ensembles against solving each draw on its own.
#![allow(clippy::disallowed_methods, reason = "the catalogue is read from files")]

use detente::analysis::Play;
use detente::analysis::analyses::draws::Draws;
use detente::analysis::analyses::ensemble::{Member, Quantity};
use detente::ensemble::{Asked, Ensemble, Rule};
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
        let place = cells.place(&values);
        let instance = game.at(&cells.point(&values));
        match (place.found, instance) {
            (Found::Listed(listed), Ok(instance)) => {
                let found = cells.solve_alone(&instance);
                let known = |number: &u32| cells.known()[*number as usize].profiles.clone();
                let all: Vec<Profile> = listed.iter().flat_map(known).collect();
                let of = |all: &[Profile]| all.iter().cloned().collect::<BTreeSet<Profile>>();
                assert_eq!(all.len(), of(&all).len(), "listed twice");
                assert_eq!(of(&all), of(&found.profiles), "{concept:?} at {values:?}");
            }
            (Found::NoGame, instance) => assert!(instance.is_err(), "{values:?}"),
            (Found::Alone, _) => alone += 1,
            (Found::Unknown, _) => panic!("it was learnt"),
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
        assert!(alone == 0 && cells > 2, "{concept:?}: {cells} solutions, {alone} alone");
    }
}

#[test]
fn the_treaty_gesture_is_what_it_is_alone() {
    for (concept, members) in [(Concept::WeakPbe, 300), (Concept::Nash, 20)] {
        let (cells, alone) = agrees(&game("new_start/treaty_gesture.dtn"), &concept, members);
        assert!(alone == 0 && cells > 2, "{concept:?}: {cells} solutions, {alone} alone");
    }
}

#[test]
fn threads_change_nothing() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let asked = Asked {
                concept: Concept::WeakPbe,
                seed: 5,
                random: false,
                members: 3000,
                rule: Rule::Bounds,
                stop: None,
            };
            let mut ensemble = Ensemble::new(&reply_game(), asked).expect("it can be drawn");
            let members = ensemble.next_chunk();
            (members, ensemble.totals().clone())
        })
    };
    assert!(run(1) == run(3));
}

/// Three worlds nobody tells apart: a belief over three members is no matter of signs, so draws
/// there are solved alone, and come out as pure search finds them.
#[test]
fn beliefs_over_three_members_are_solved_alone() {
    let text = r#"
game "Three worlds"
players
  Sender
  Receiver
params
  gain = 2 in 0..4 ~ uniform(0, 4)
types of Sender
  a 1/3
  b 1/3
  c rest
story
  Sender chooses move: stop | go
  if move is go
    Receiver chooses answer: safe | x | y | z
stakes of Sender
  s: 1 when move is stop
  s: 2 when answer is safe
stakes of Receiver
  r: 1 when answer is safe
  r: gain when answer is x and Sender is a
  r: gain when answer is y and Sender is b
  r: gain when answer is z and Sender is c
"#;
    let mut reader = |_: &str| Err("no files".to_owned());
    let opened = road::open("worlds", text, &mut reader, &Options::default(), &mut |_| true);
    let game = opened.game().expect("it has no mistake");
    let (_, alone) = agrees(game, &Concept::WeakPbe, 60);
    assert!(alone > 0);
    assert!(payoffs_agree(game, 60).iter().any(|member| member.was_alone));
}

/// The bounds of payoffs are those of the equilibria that pure search finds at each draw alone,
/// each played out in fractions.
fn payoffs_agree(game: &Game, count: u64) -> Vec<Member> {
    let asked = Asked {
        concept: Concept::WeakPbe,
        seed: 3,
        random: false,
        members: count,
        rule: Rule::Bounds,
        stop: None,
    };
    let mut ensemble = Ensemble::new(game, asked).expect("it can be drawn");
    let members = ensemble.next_chunk();
    let draws = Draws::new(game, 3, false).expect("it can be drawn");
    let cells = Cells::new(game, &draws.params, Question::pure(Concept::WeakPbe));
    for member in &members {
        let instance = game.at(&cells.point(&member.values)).expect("there is a game");
        let profiles = cells.solve_alone(&instance).profiles;
        for (quantity, (least, greatest)) in ensemble.quantities().iter().zip(&member.ranges) {
            let Quantity::Payoff(player) = quantity else { continue };
            let payoffs = profiles
                .iter()
                .map(|profile| Play::new(&instance, profile).payoffs(*player)[0].to_f64());
            let low = payoffs.clone().fold(f64::INFINITY, f64::min);
            let high = payoffs.fold(f64::NEG_INFINITY, f64::max);
            assert!((least - low).abs() < 1e-9 && (greatest - high).abs() < 1e-9, "{member:?}");
        }
        assert_eq!(member.ranges.is_empty(), profiles.is_empty());
    }
    members
}

#[test]
fn bounds_of_payoffs_are_those_of_the_equilibria() {
    payoffs_agree(&reply_game(), 60);
    payoffs_agree(&game("new_start/treaty_gesture.dtn"), 20);
}
