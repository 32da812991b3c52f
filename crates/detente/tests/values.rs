//! What knowing and being bound are worth, against closed forms.
#![allow(clippy::disallowed_methods)]

use detente::analysis::analyses::commitment::commitment;
use detente::analysis::analyses::dominance::Limits;
use detente::game::claim::Concept;
use detente::game::{EventId, Game, GameInstance, PlayerId, Rational};
use detente::report::value::{Learning, Range};
use detente::road::{Asked, Solved, equilibria};
use detente::value::{Learn, found, learning};
use detente::{Options, road};
use std::sync::Arc;

fn game(text: &str, set: &[(&str, &str)]) -> Game {
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = Options { set, ..Options::default() };
    let mut reader = |_: &str| Err("no files here".to_owned());
    let opened = road::open("test.dtn", text, &mut reader, &options, &mut |_| true);
    opened.game().unwrap_or_else(|| panic!("{:?}", opened.diagnostics())).clone()
}

fn reply_game(set: &[(&str, &str)]) -> Game {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/reply_game.dtn");
    game(&std::fs::read_to_string(path).expect("the file is there"), set)
}

fn solve(instance: &Arc<GameInstance>) -> Solved {
    // Sequential ones: elsewhere a sale could be read as bad although the owner does not know it.
    let asked = Asked { concept: Some(Concept::Sequential), ..Asked::default() };
    equilibria(instance, &asked, &mut |_| {})
}

/// Player and event by their names; what all are worth before, and what being told comes to.
fn told(game: &Game, player: usize, event: &str, accuracy: Rational) -> (Vec<Range>, Learning) {
    let before = solve(&Arc::new(game.base().expect("numbers")));
    let event = game.form.events().iter().position(|one| one.name == event).expect("an event");
    let learn = Learn {
        game,
        before: &before,
        player: PlayerId::from_index(player),
        event: EventId::from_index(event),
        accuracy,
        max_nodes: 10_000,
    };
    let page = learning(&learn, &mut solve).expect("he can be told");
    (found(&game.form, &before).worth, page)
}

fn point(range: &Range) -> Rational {
    assert!(range.is_point(), "{range:?}");
    range.low.clone()
}

/// An owner knows no more than a buyer and sells; told the quality he would keep what is good, so that
/// nobody buys (Akerlof 1970; that public knowledge can destroy a trade: Hirshleifer 1971).
const LEMON: &str = r#"
game "A thing of unknown quality"
players
  Owner
  Buyer
story
  chance quality: good 1/2 | bad 1/2  seen by nobody
  Owner chooses offer: sell | keep
  if offer is sell
    Buyer chooses reply: buy | pass
stakes of Owner
  price:  2  when offer is sell and reply is buy
  kept:   3  when quality is good and (offer is keep or reply is pass)
stakes of Buyer
  price: -2  when offer is sell and reply is buy
  thing:  4  when quality is good and offer is sell and reply is buy
  thing:  1  when quality is bad and offer is sell and reply is buy
"#;

#[test]
fn knowing_hurts_its_holder_and_the_other() {
    let (before, page) = told(&game(LEMON, &[]), 0, "quality", Rational::ONE);
    let after = page.told.expect("he can tell qualities apart");
    assert!(after.complete);
    let change: Vec<Rational> =
        after.worth.iter().zip(&before).map(|(now, then)| point(&now.since(then))).collect();
    assert_eq!(change, [Rational::new(-1, 2), Rational::new(-1, 2)]);
    // In secret he keeps the good thing, worth 3, and sells the bad one for 2.
    assert_eq!(point(&page.alone.expect("perfect recall")), Rational::new(1, 2));
}

#[test]
fn learning_the_type_before_engaging_is_worth_the_smaller_stake() {
    for serious in ["1/2", "9/20", "2/5"] {
        let game = reply_game(&[("p_serious", serious), ("p_resolved", "1/2")]);
        let (before, page) = told(&game, 0, "Recipient", Rational::ONE);
        // Both would dupe or freeze under distrust; told, the offerer engages the serious one: pi e.
        let pi: Rational = serious.parse().expect("a number");
        let gain = point(&page.told.expect("told").worth[0].since(&before[0]));
        assert_eq!(gain, pi * Rational::new(1, 2));
        assert_eq!(point(&page.alone.expect("perfect recall")), gain);
    }
}

/// One player who acts on a state he does not see.
const DECISION: &str = r#"
game "A decision"
players
  Ann
params
  p = 1/2 in 0..1
story
  chance weather: dry p | wet rest  seen by nobody
  Ann chooses coat: take | leave
stakes of Ann
  dry:   1  when weather is dry and coat is leave
  dry: 3/4  when coat is take
"#;

#[test]
fn alone_one_is_never_hurt_by_a_better_report() {
    for p in ["1/10", "2/5", "3/4", "9/10"] {
        let game = game(DECISION, &[("p", p)]);
        let mut least = Rational::ZERO;
        for accuracy in [(1, 2), (3, 5), (3, 4), (19, 20), (1, 1)] {
            let accuracy = Rational::new(accuracy.0, accuracy.1);
            let (before, page) = told(&game, 0, "weather", accuracy.clone());
            let gain = point(&page.told.expect("told").worth[0].since(&before[0]));
            assert!(gain >= least, "{p} {accuracy}: {gain} after {least} (Blackwell 1951)");
            assert_eq!(point(&page.alone.expect("perfect recall")), gain);
            least = gain;
        }
        // Perfect: p + (1 - p) 3/4 instead of the greater of p and 3/4.
        let p: Rational = p.parse().expect("a number");
        let three = Rational::new(3, 4);
        let known = &p + &((Rational::ONE - p.clone()) * three.clone());
        assert_eq!(least, known - p.max(three));
    }
}

#[test]
fn what_is_known_or_own_cannot_be_told() {
    let game = reply_game(&[]);
    let own = game.form.events().iter().position(|one| one.name == "Recipient").expect("a type");
    let own = EventId::from_index(own);
    let one = PlayerId::from_index(1);
    assert!(game.informed(one, own, &Rational::ONE, 1_000).is_err());
    assert!(game.informed(PlayerId::from_index(0), own, &Rational::new(1, 3), 1_000).is_err());
    assert!(game.informed(PlayerId::from_index(0), own, &Rational::ONE, 10).is_err());
}

const PENNIES: &str = r#"
game "Matching pennies"
players
  Ann
  Bob
story
  Ann and Bob choose side: heads | tails
stakes of Ann
  match:  1  when Ann.side is Bob.side
  match: -1  when not Ann.side is Bob.side
stakes of Bob are the opposite of Ann
"#;

#[test]
fn a_pure_plan_can_cost_and_a_mixed_one_cannot() {
    let instance = game(PENNIES, &[]).base().expect("numbers");
    let found =
        commitment(&instance, PlayerId::from_index(0), &Limits::default(), &mut |_, _| true)
            .expect("small");
    assert_eq!(found.kind.worth[0], Rational::int(-1));
    assert_eq!(found.mixed.expect("small").worth[0], Rational::ZERO);
}

#[test]
fn the_best_mixed_plan_is_no_worse_than_any_equilibrium() {
    for resolved in ["1/5", "3/10", "1/2", "1"] {
        let game = reply_game(&[("p_resolved", resolved)]);
        let instance = Arc::new(game.base().expect("numbers"));
        let before = found(&game.form, &solve(&instance)).worth;
        for player in game.form.player_ids() {
            let best = commitment(&instance, player, &Limits::default(), &mut |_, _| true)
                .expect("small")
                .mixed
                .expect("small");
            // Von Stengel and Zamir 2010, Theorem 11: no less than in any equilibrium.
            assert!(best.worth[0] >= before[player.index()].high, "{resolved} {player:?}");
        }
    }
}
