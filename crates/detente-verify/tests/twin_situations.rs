//! Situations between which only chance decides: beliefs at both come from the same unexpected moves,
//! so they are held in the same histories. With eight such moves each belief has 255 supports; that
//! only equal ones go together must not be found out by trying all pairs.

mod common;

use common::{Small, Tree, build, chance, choose, end, number};
use detente_game::claim::Concept::{Pbe, Sequential, WeakPbe};

const TYPES: [&str; 8] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];

/// Nobody is expected to go in. The watcher hears an alarm or none, each with probability 1/2 and
/// whoever it was, and fights or yields. He gains by fighting even types and loses by fighting odd ones,
/// so that fighting is best from a belief in even types on: 2/3 after an alarm, `quiet` without one.
fn game(quiet: (i64, i64)) -> Small {
    let reply = |set: &str, even: bool, (gain, loss): (i64, i64)| {
        let fight = if even { gain } else { -loss };
        choose(1, set, vec![("fight", end(&[-1, fight])), ("yield", end(&[-1, 0]))])
    };
    let of_type = |at: usize| {
        let even = at.is_multiple_of(2);
        let heard = chance(
            "signal",
            vec![
                ("alarm", "1/2", reply("alarm", even, (1, 2))),
                ("quiet", "1/2", reply("quiet", even, quiet)),
            ],
        );
        choose(0, TYPES[at], vec![("out", end(&[0, 0])), ("in", heard)])
    };
    let branches: Vec<(&str, &str, Tree)> =
        (0..TYPES.len()).map(|at| (TYPES[at], "1/8", of_type(at))).collect();
    build(&["Entrant", "Watcher"], &chance("type", branches))
}

/// All types stay out; the watcher fights after an alarm and yields without one.
fn outs(game: &Small) -> detente_game::Profile {
    let mut play = TYPES.map(|set| (set, "out")).to_vec();
    play.extend([("alarm", "fight"), ("quiet", "yield")]);
    game.pure(&play)
}

/// Fighting needs a belief of at least 2/3, yielding one of at most 1/3; who holds one of them gains 1 at the
/// other situation.
#[test]
fn contradictory_beliefs_are_refuted() {
    let game = game((2, 1));
    let profile = outs(&game);
    assert!(game.verdict(WeakPbe, &profile).holds());
    for concept in [Pbe, Sequential] {
        let verdict = game.verdict(concept, &profile);
        let failure = verdict.failure().unwrap_or_else(|| panic!("{verdict:?}"));
        assert_eq!(failure.gain, number("1"), "{failure:?}");
    }
}

/// Fighting needs at least 2/3, yielding at most 3/4.
#[test]
fn beliefs_that_serve_both_are_found() {
    let game = game((1, 3));
    let profile = outs(&game);
    for concept in [WeakPbe, Pbe, Sequential] {
        let held = game.verdict(concept, &profile).into_equilibrium().expect("it holds");
        let [alarm, quiet] = ["alarm", "quiet"].map(|set| &held.beliefs()[game.set(set).index()]);
        let even = |belief: &[detente_game::Rational]| {
            belief.iter().step_by(2).sum::<detente_game::Rational>()
        };
        assert!(even(&alarm.belief) >= number("2/3") && even(&quiet.belief) <= number("3/4"));
    }
}
