//! `value` on the reply game, whose values are known in closed form, and on wrong names.

mod common;

use common::{Folder, detente, ends};
use detente::report::formats::json::{Solve, ValueResult};

const REPLY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/reply_game.dtn");

#[test]
fn the_screen_says_what_it_is_worth_to_be_told() {
    let (screen, _) =
        ends(&["value", "-q", REPLY, "--of", "information", "--player", "Offerer"], 0);
    for part in [
        "1 way of play (sequential): Offerer 0.28,  Recipient 0.856",
        "Offerer is told the type of Recipient",
        "Offerer    0.28      0.53                 +0.25",
        "(Blackwell 1951)",
    ] {
        assert!(screen.contains(part), "{part} is not in\n{screen}");
    }
    assert!(!screen.contains("Recipient is told"), "{screen}");
}

#[test]
fn it_counts_the_equilibria_that_solve_shows() {
    for (set, concept) in [("p_resolved=1/2", None), ("p_resolved=1/4", Some("weak_pbe"))] {
        let mut more = vec!["-q", "--json", REPLY, "--set", set];
        more.extend(concept.iter().flat_map(|name| ["--concept", name]));
        let value = [&["value", "--of", "information"], more.as_slice()].concat();
        let value: ValueResult = serde_json::from_str(&ends(&value, 0).0).expect("a value");
        let solve = [&["solve"], more.as_slice()].concat();
        let solve: Solve = serde_json::from_str(&ends(&solve, 0).0).expect("a solution");
        let first = &solve.cards[0].concept;
        let shown = solve.cards.iter().filter(|card| card.concept == *first).count();
        assert_eq!(
            (value.before.ways, value.before.concept.as_ref()),
            (shown, Some(first)),
            "{set}"
        );
    }
}

#[test]
fn steps_are_a_hundredth_of_the_range() {
    let folder = Folder::new("value");
    let game = |name: &str, range: &str| {
        folder.file(
            name,
            format!(
                "game \"A wide range\"\nplayers\n  Sole\nparams\n  gain = 40 {range}  \"Gain\"\n\
                 story\n  Sole chooses move: act | rest\nstakes of Sole\n  \
                 gain: gain when move is act\n"
            ),
        )
    };
    let (screen, _) = ends(&["value", "-q", &game("wide.dtn", "in 0..200"), "--of", "gain"], 0);
    assert!(screen.contains("near this point +2 for each 2 of gain (a hundredth"), "{screen}");
    let (screen, _) = ends(&["value", "-q", &game("none.dtn", ""), "--of", "gain"], 0);
    assert!(screen.contains("near this point +1 for each 1 of gain\n"), "{screen}");
}

#[test]
fn wrong_names_and_qualities_are_refused_with_what_was_meant() {
    for (arguments, part) in [
        (["--of", "detektion"], "did you mean 'detection'?"),
        (["--of", "nothing_like_it"], "no parameter"),
        (["--player", "Oferer"], "did you mean 'Offerer'?"),
        (["--about", "Recipent"], "did you mean 'Recipient'?"),
        (["--quality", "3/2"], "right with a probability from 1/2"),
    ] {
        let (_, error) = ends(&[&["value", "-q", REPLY], &arguments[..]].concat(), 2);
        assert!(error.contains(part), "{part} is not in\n{error}");
    }
}

#[test]
fn it_can_do_without_colours() {
    let output = detente()
        .args(["value", "-q", REPLY, "--of", "detection"])
        .env("CLICOLOR_FORCE", "1")
        .output()
        .expect("the command runs");
    assert!(output.status.success() && !output.stdout.contains(&0x1b));
}

#[test]
fn where_no_equilibrium_is_known_nothing_is_compared() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/extension_2025.dtn");
    let (screen, _) = ends(&["value", "-q", file, "--quality", "3/4", "--player", "Russia"], 0);
    let said = "Where all know that it is told, no equilibrium is known exactly";
    assert!(screen.contains(said) && !screen.contains("all know it (0"), "{screen}");
    assert!(screen.contains("mixed strategies were not"), "{screen}");
}
