//! Ensembles with mixed equilibria, each draw solved on its own, against closed forms.

use detente::analysis::analyses::ensemble::{Kind, Quantity};
use detente::ensemble::{Asked, Ensemble, Rule};
use detente::game::claim::Concept;
use detente::game::{Game, PlayerId};
use detente::{Options, road};

/// Three players each choose whether to do what one is enough for, at a cost (Diekmann 1985).
const VOLUNTEERS: &str = "\
game \"Three volunteers\"
players
  A
  B
  C
params
  cost = 1/3  in 0..1  ~ uniform(1/5, 4/5)
story
  together
    A chooses a: help | wait
    B chooses b: help | wait
    C chooses c: help | wait
stakes of A
  good:   1     when a is help or b is help or c is help
  cost:  -cost  when a is help
stakes of B
  good:   1     when a is help or b is help or c is help
  cost:  -cost  when b is help
stakes of C
  good:   1     when a is help or b is help or c is help
  cost:  -cost  when c is help
outcomes
  \"nobody\"  when a is wait and b is wait and c is wait
  \"somebody\"  when a is help or b is help or c is help
";

fn game(text: &str) -> Game {
    let none = &mut |_: &str| Err(String::new());
    let opened = road::open("mixed.dtn", text, none, &Options::default(), &mut |_| true);
    opened.game().expect("it has no mistake").clone()
}

fn ensemble(game: &Game, rule: Rule, members: u64) -> Ensemble {
    let concept = Concept::Nash;
    let asked = Asked { concept, mixed: true, seed: 1, random: false, members, rule, stop: None };
    Ensemble::new(game, asked).expect("it can be drawn")
}

/// All wait with the square root of the cost: no fraction, so that equilibrium is known by a box. By
/// its numbers nobody helps with the cost to the power 3/2, the greatest there is.
#[test]
fn boxes_count_by_their_numbers() {
    let game = game(VOLUNTEERS);
    let mut ensemble = ensemble(&game, Rule::Bounds, 24);
    let nobody = ensemble.quantities()[0];
    assert_eq!(nobody.name(&game.form), "nobody");
    let payoff = ensemble
        .quantities()
        .iter()
        .position(|one| *one == Quantity::Payoff(PlayerId::from_index(0)));
    let payoff = payoff.expect("A's payoff");
    let mut count = 0;
    loop {
        let members = ensemble.next_chunk();
        if members.is_empty() {
            break;
        }
        for member in members {
            let Kind::Plays(plays) = &member.kind else { panic!("{:?}", member.kind) };
            // One helps alone: 3. Two mix and one waits: 3. All mix: 1.
            assert_eq!(plays.len(), 7, "{member:?}");
            let cost = member.values[0];
            let (least, greatest) = member.ranges[0];
            assert!(least == 0.0 && (greatest - cost.powf(1.5)).abs() < 1e-12, "{member:?}");
            let (low, high) = member.ranges[payoff];
            assert!((low - (1.0 - cost)).abs() < 1e-12 && high == 1.0, "{member:?}");
            count += 1;
        }
    }
    assert_eq!((count, ensemble.totals().unfinished), (24, 0));
}

/// A rule that compares payoffs cannot be put to a box, and such a draw counts as unknown.
#[test]
fn a_rule_of_numbers_leaves_boxes_open() {
    let game = game(VOLUNTEERS);
    let mut ensemble = ensemble(&game, Rule::BestFor(PlayerId::from_index(0)), 4);
    while !ensemble.next_chunk().is_empty() {}
    assert_eq!(ensemble.totals().unfinished, 4);
}
