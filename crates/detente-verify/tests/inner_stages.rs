//! Refinements of signalling stages inside larger trees: what happens to beer and quiche (Cho and
//! Kreps 1987) does not depend on what surrounds them, if everybody knows of it.

mod common;

use common::{Small, Tree, build, chance, choose, end, number};
use detente_game::Profile;
use detente_game::claim::Concept::{D1, Divine, Intuitive, UniversallyDivine};
use detente_verify::{Verdict, recheck};

/// Breakfast of one type, and the reply; `after` follows a duel or a walk away.
fn breakfast(strong: bool, after: &dyn Fn(bool, &str, bool, Tree) -> Tree) -> Tree {
    let reply = |meal: &str| {
        let taste = i64::from(strong == (meal == "beer"));
        let duel = after(strong, meal, true, end(&[taste, i64::from(!strong)]));
        let walk = after(strong, meal, false, end(&[taste + 2, i64::from(strong)]));
        choose(1, &format!("after_{meal}"), vec![("duel", duel), ("walk", walk)])
    };
    let set = if strong { "strong" } else { "weak" };
    choose(0, set, vec![("beer", reply("beer")), ("quiche", reply("quiche"))])
}

fn types(strong: Tree, weak: Tree) -> Tree {
    chance("type", vec![("strong", "9/10", strong), ("weak", "1/10", weak)])
}

fn plain(strong: bool) -> Tree {
    breakfast(strong, &|_, _, _, end| end)
}

/// All have the same meal, the other meal means a duel, and so do others' moves.
fn all_have(game: &Small, meal: &str, others: &[(&str, &str)]) -> Profile {
    let other = if meal == "beer" { "after_quiche" } else { "after_beer" };
    let this = format!("after_{meal}");
    let mut play = vec![("strong", meal), ("weak", meal), (this.as_str(), "walk"), (other, "duel")];
    play.extend(others);
    game.pure(&play)
}

/// Beer survives and quiche is left by the strong, as in the plain stage.
fn as_in_the_plain_stage(game: &Small, others: &[(&str, &str)]) {
    for concept in [Intuitive, Divine, D1, UniversallyDivine] {
        let verdict = game.verdict(concept.clone(), &all_have(game, "beer", others));
        let beer = verdict.into_equilibrium().expect("beer survives");
        assert!(recheck(&game.instance, &beer.saved()).holds());
        let verdict = game.verdict(concept, &all_have(game, "quiche", others));
        let failure = verdict.failure().unwrap_or_else(|| panic!("{verdict:?}"));
        assert_eq!((&failure.gain, failure.set), (&number("1"), Some(game.set("strong"))));
        assert_eq!(failure.instead, "strong is beer");
    }
}

#[test]
fn the_plain_stage() {
    as_in_the_plain_stage(&build(&["Sender", "Receiver"], &types(plain(true), plain(false))), &[]);
}

/// The bully stays out (both then have 1) or goes in; nature draws the type before or after that.
#[test]
fn an_entry_decision_comes_first() {
    for before in [true, false] {
        for (outside, plan) in [(0, "in"), (1, "out")] {
            let enter = |inside: Tree| {
                choose(1, "enter", vec![("in", inside), ("out", end(&[1, outside]))])
            };
            let tree = if before {
                types(enter(plain(true)), enter(plain(false)))
            } else {
                enter(types(plain(true), plain(false)))
            };
            let game = build(&["Sender", "Receiver"], &tree);
            as_in_the_plain_stage(&game, &[("enter", plan)]);
        }
    }
}

/// After a duel the sender, who knows himself, takes his payoff or throws it away.
#[test]
fn a_last_move_follows() {
    let last = |strong: bool, meal: &str, duel: bool, end_of_stage: Tree| {
        let worse = end(&[-5, 5]);
        let set = format!("last_{strong}_{meal}");
        if duel {
            choose(0, &set, vec![("keep", end_of_stage), ("spoil", worse)])
        } else {
            end_of_stage
        }
    };
    let tree = types(breakfast(true, &last), breakfast(false, &last));
    let game = build(&["Sender", "Receiver"], &tree);
    let sets = ["last_true_beer", "last_true_quiche", "last_false_beer", "last_false_quiche"];
    as_in_the_plain_stage(&game, &sets.map(|set| (set, "keep")));
}

/// What follows may turn on chance that nobody has seen.
#[test]
fn a_last_move_under_unseen_chance_follows() {
    let last = |strong: bool, meal: &str, duel: bool, end_of_stage: Tree| {
        let set = format!("last_{strong}_{meal}_{duel}");
        let choice =
            |worse: Tree| choose(0, &set, vec![("keep", end_of_stage.clone()), ("spoil", worse)]);
        let (rain, sun) = (choice(end(&[-5, 5])), choice(end(&[-1, -5])));
        if duel {
            chance("weather", vec![("rain", "1/2", rain), ("sun", "1/2", sun)])
        } else {
            end_of_stage.clone()
        }
    };
    let tree = types(breakfast(true, &last), breakfast(false, &last));
    let game = build(&["Sender", "Receiver"], &tree);
    let sets = [
        "last_true_beer_true",
        "last_true_quiche_true",
        "last_false_beer_true",
        "last_false_quiche_true",
    ];
    as_in_the_plain_stage(&game, &sets.map(|set| (set, "keep")));
}

fn undecided(game: &Small, profile: &Profile, why: &str) {
    match game.verdict(D1, profile) {
        Verdict::Undecided(says) => assert!(says.contains(why), "{says}"),
        other => panic!("{other:?}"),
    }
}

/// Whoever moves last does not see the type: his beliefs hang on those under test.
#[test]
fn beliefs_that_hang_on_those_under_test_are_refused() {
    let last = |_: bool, meal: &str, duel: bool, end_of_stage: Tree| {
        let Tree::End(of_two) = &end_of_stage else { unreachable!("a stage ends") };
        let mut payoffs = of_two.clone();
        payoffs.push(number("0"));
        let both = Tree::End(payoffs);
        choose(2, &format!("judge_{meal}_{duel}"), vec![("up", both.clone()), ("down", both)])
    };
    let tree = types(breakfast(true, &last), breakfast(false, &last));
    let game = build(&["Sender", "Receiver", "Judge"], &tree);
    let judge = ["judge_beer_true", "judge_beer_false", "judge_quiche_true", "judge_quiche_false"];
    let profile = all_have(&game, "beer", &judge.map(|set| (set, "up")));
    undecided(&game, &profile, "what follows the reply turns on more than chance");
}

/// Who goes in tells of his type before he sends the message.
#[test]
fn a_sender_who_chooses_to_go_in_is_refused() {
    let enter = |strong: bool| {
        let set = if strong { "enter_strong" } else { "enter_weak" };
        choose(0, set, vec![("in", plain(strong)), ("out", end(&[0, 0]))])
    };
    let game = build(&["Sender", "Receiver"], &types(enter(true), enter(false)));
    let profile = all_have(&game, "beer", &[("enter_strong", "in"), ("enter_weak", "in")]);
    undecided(&game, &profile, "the sender moves twice");
}
