//! What goes on beyond the end of one equilibrium with another one: over fractions and other numbers,
//! with gaps too small for a grid, and where it fails at a single value.
#![allow(clippy::disallowed_methods)]

use detente::analysis::algebra::Root;
use detente::analysis::analyses::ends::Limit;
use detente::analysis::analyses::thresholds::Reach;
use detente::game::claim::{ClaimKind, Concept};
use detente::game::{Game, Rational};
use detente::road;
use detente::thresholds::{Goal, Search, thresholds};
use std::sync::Arc;

/// Ann and Bob do well together in two ways, each for its own values of p; what is asked is that Ann
/// does not give up. Her payoffs in the two ways are given.
fn game(first: &str, second: &str, queries: &str) -> Game {
    let text = format!(
        r#"
game "Two ways to go on"
players
  Ann
  Bob
params
  p = 1/4 in 0..1
story
  chance weather: rain ((2 * p - 1) * (2 * p - 1)) | sun rest seen by nobody
  together
    Ann chooses move: first | second | give_up
    Bob chooses place: here | there
stakes of Ann
  gain: {first} when move is first and place is here
  gain: {second} when move is second and place is there
  missed: -5 when move is first and place is there
  missed: -5 when move is second and place is here
stakes of Bob
  met: 1 when move is first and place is here
  met: 1 when move is second and place is there
expect nash exists "goes on":
  P(move is give_up) = 0
{queries}"#
    );
    let mut none = |_: &str| Err("no files".to_owned());
    let options = detente::Options::default();
    let opened = road::open("moves.dtn", &text, &mut none, &options, &mut |_| true);
    opened.game().unwrap_or_else(|| panic!("{:?}", opened.diagnostics())).clone()
}

/// How far up the expectation holds.
fn above(game: &Game) -> Reach {
    let ClaimKind::Equilibria { queries, .. } = &game.claims[0].kind else { panic!("exists") };
    let instance = Arc::new(game.base().expect("numbers"));
    let search = Search::default();
    let mut starts = search.at(&instance, &Concept::Nash).equilibria.concat();
    starts.retain(|start| detente::claims::is_witness(game, start, queries));
    let param = game.param("p").expect("a parameter");
    let goal = Goal::Queries(queries);
    let found = thresholds(game, &starts, &[param], goal, &search, &mut |_| {});
    found.into_iter().next().expect("it was not stopped").above.expect("it can be followed")
}

/// The square root of 1/2, of other polynomials on either side.
#[test]
fn over_a_value_that_is_no_fraction() {
    let reach = above(&game("(1/2 - p * p) * (3 - p)", "(p * p - 1/2) * (7 + p) * (p + 2)", ""));
    assert_eq!(reach.end.limit, Limit::Range(Rational::ONE));
    let [passage] = reach.passed.as_slice() else { panic!("{:?}", reach.passed) };
    assert!(matches!(&passage.at, Limit::At(Root::Enclosed(_))) && !passage.is_shown_there);
}

#[test]
fn where_both_hold_at_the_value_it_is_shown_there() {
    let reach = above(&game("1/2 - p", "p - 1/2", ""));
    assert_eq!(reach.end.limit, Limit::Range(Rational::ONE));
    assert!(reach.passed[0].is_shown_there);
}

/// Gaps in the fifth to the twenty-eighth place, all smaller than the first step beyond the end or
/// than the enclosure of a root.
#[test]
fn a_small_gap_is_seen() {
    for places in [5i32, 9, 28] {
        let small = format!("1/1{}", "0".repeat(places.unsigned_abs() as usize));
        let reach = above(&game("1/2 - p * p", &format!("p * p - 1/2 - {small}"), ""));
        let Limit::At(Root::Enclosed(end)) = &reach.end.limit else { panic!("{:?}", reach.end) };
        assert!((end.middle().to_f64() - 0.5f64.sqrt()).abs() < 1e-9);
        assert!(reach.is_sure() && reach.passed.is_empty());
        let beyond = reach.beyond.expect("it was solved there");
        let again = beyond.again.expect("it holds again");
        assert!(again.is_after_gap, "{places}");
        // In the gap: p^2 is greater than 1/2 by less than the small number.
        let over = &beyond.at * &beyond.at - Rational::new(1, 2);
        let most = Rational::int(10).pow(-places).expect("a power");
        assert!(over.is_positive() && over < most, "{places}");
    }
}

/// Both equilibria hold at 1/2, where what is asked beside them does not.
#[test]
fn what_fails_at_a_single_value_ends_there() {
    let rain = "  P(weather is rain) > 0\n";
    let reach = above(&game("1/2 - p", "p - 1/2", rain));
    let half = Limit::At(Root::Exact(Rational::new(1, 2)));
    assert_eq!(reach.end.limit, half);
    let beyond = reach.beyond.as_ref().expect("it was solved there");
    assert_eq!(beyond.at, Rational::new(1, 2));
    let again = beyond.again.as_ref().expect("it holds again");
    assert!(again.from == half && again.is_after_gap && reach.is_sure());
}
