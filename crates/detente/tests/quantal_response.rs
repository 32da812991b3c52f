//! Logit quantal responses: known branches, proofs of points, limits.

use detente::claims::Checker;
use detente::qre::{Asked, Limit, responses};
use detente::road::{self, Opened};
use detente_game::claim::Concept;
use detente_game::exchange::{ImportLimits, read_efg, read_nfg};
use detente_game::number::Interval;
use detente_game::{Enclosure, GameInstance, Profile, Rational};
use detente_lang::Options;
use detente_solve::solvers::qre::{End, Until, trace};
use detente_verify::{enclose, gains, recheck_enclosure, response_gap};
use std::sync::Arc;

fn table(sizes: &str, payoffs: &str) -> Arc<GameInstance> {
    let players: Vec<String> =
        (0..sizes.split(' ').count()).map(|at| format!("\"P{at}\"")).collect();
    let text = format!("NFG 1 R \"test\" {{ {} }} {{ {sizes} }}\n\n{payoffs}\n", players.join(" "));
    let game = read_nfg(&text, &ImportLimits::default()).unwrap().game;
    Arc::new(game.base().unwrap())
}

fn at(instance: &Arc<GameInstance>, lambda: Rational) -> detente_verify::Enclosed {
    let asked = Asked { lambda: Some(lambda), ..Asked::default() };
    responses(instance, &asked).unwrap().at.unwrap().unwrap()
}

#[test]
fn one_player_answers_by_the_logit_formula() {
    // Worth 1 and 0: at lambda 2 the first has probability 1 / (1 + e^-2) = 0.8807970779778823…
    let game = table("2", "1 0");
    let found = at(&game, Rational::int(2));
    let expected = Rational::from_integer_texts("880797077977882444059", "1000000000000000000000");
    let value = &found.probability()[0];
    let tiny = Rational::int(10).pow(-20).unwrap();
    assert!(value.width() < tiny);
    assert!((value.middle() - expected.unwrap()).abs() < tiny, "{value:?}");
}

#[test]
fn matching_pennies_stays_even_and_battle_of_the_sexes_goes_to_its_mixture_or_a_side() {
    let pennies = table("2 2", "1 -1 -1 1 -1 1 1 -1");
    for lambda in [1, 10, 100] {
        let found = at(&pennies, Rational::int(lambda));
        assert!(found.probability().iter().all(|one| one.contains(&Rational::new(1, 2))));
    }
    let found = responses(&pennies, &Asked::default()).unwrap();
    let Some(Limit::Exact(held)) = found.limit else { panic!("{:?}", found.limit) };
    assert!(held.profile().probability.iter().all(|one| *one == Rational::new(1, 2)));
    // An asymmetric coordination game: the branch goes to the risk-dominant side.
    let hunt = table("2 2", "5 5 4 0 0 4 2 2");
    let found = responses(&hunt, &Asked::default()).unwrap();
    assert_eq!(found.branch.end, End::Reached);
    let Some(Limit::Exact(held)) = found.limit else { panic!("{:?}", found.limit) };
    assert!(held.profile().is_pure());
}

#[test]
fn the_limit_of_a_game_without_rational_equilibria_is_enclosed() {
    let game = table("2 2 2", "3 0 2 0 1 0 0 2 0 1 0 0 1 0 0 0 3 0 0 1 0 2 0 3");
    let found = responses(&game, &Asked::default()).unwrap();
    assert!(matches!(found.limit, Some(Limit::Enclosed(_))), "{:?}", found.limit);
    let last = found.branch.points.last().unwrap();
    assert!((last.probability[0] - 0.6192).abs() < 1e-3);
}

#[test]
fn proofs_are_checked_again_and_do_not_pass_for_another_lambda() {
    let game = table("2 2", "5 5 4 0 0 4 2 2");
    let found = at(&game, Rational::new(3, 2));
    let saved = found.saved();
    assert!(recheck_enclosure(&game, &saved).is_ok());
    let other = Concept::Qre(Rational::new(8, 5));
    assert!(enclose(&game, &other, &saved.enclosure).is_err());
    let Enclosure::LogOdds { mut odds } = saved.enclosure else { panic!("log-odds") };
    odds[1] = odds[1].add(&Interval::point(Rational::new(1, 100)));
    assert!(enclose(&game, &saved.concept, &Enclosure::LogOdds { odds }).is_err());
}

#[test]
fn branches_turn_back_where_they_must() {
    let game = table("2 2 2", "4 3 6 0 4 5 0 2 9 6 3 2 2 0 4 2 0 5 2 5 7 7 6 0");
    let branch = trace(&game, Until::Limit, None).unwrap();
    assert_eq!((branch.turns, branch.end), (2, End::Reached));
    let lambdas = branch.points.windows(2);
    assert!(lambdas.clone().any(|pair| pair[1].lambda < pair[0].lambda));
    for point in &branch.points {
        for pair in point.probability.chunks(2) {
            assert!((pair[0] + pair[1] - 1.0).abs() < 1e-12);
        }
    }
}

const ENTRY: &str = r#"
game "Entry"
players
  Entrant
  Incumbent
story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share
stakes of Entrant
  market:  1  when reply is share
  market: -1  when reply is fight
stakes of Incumbent
  market: 2  when entry is stay_out
  market: 1  when reply is share

expect qre(1) exists: P(reply is share | entry is enter) > 7/10
expect qre(1) exists: P(reply is share | entry is enter) > 3/4
expect qre(1) all: P(reply is share | entry is enter) > 7/10
"#;

fn opened(text: &str) -> Opened {
    road::open("entry.dtn", text, &mut |_| Err("no files".into()), &Options::default(), &mut |_| {
        true
    })
}

#[test]
fn expectations_speak_of_logit_responses() {
    // The reply is a logit choice between 1 and 0: 0.731. Other responses were not searched, so
    // what is claimed of all, or not found, stays open.
    let opened = opened(ENTRY);
    let mut checker = Checker::new(&opened, &Options::default());
    let met: Vec<Option<bool>> = (0..3).map(|at| checker.check(at).met).collect();
    assert_eq!(met, [Some(true), None, None]);
}

#[test]
fn a_tree_is_answered_in_behaviour_strategies_to_its_limit() {
    let opened = opened(ENTRY);
    let game = Arc::new(opened.game().unwrap().base().unwrap());
    let found = responses(&game, &Asked::default()).unwrap();
    let Some(Limit::Exact(held)) = found.limit else { panic!("{:?}", found.limit) };
    assert_eq!(held.concept(), &Concept::Sequential);
    assert!(held.profile().of(detente_game::ActionId(0)).is_one());
}

#[test]
fn what_cannot_be_traced_is_said() {
    let game = table("2", "1 0");
    assert!(trace(&game, Until::Lambda(-1.0), None).is_err());
    assert!(trace(&game, Until::Lambda(f64::NAN), None).is_err());
    let asked = Asked { lambda: Some(Rational::new(-1, 2)), ..Asked::default() };
    assert!(responses(&game, &asked).is_err());
}

#[test]
fn two_branches_that_nearly_meet_are_not_confused() {
    // Near lambda = 0.0545 another branch passes by; the principal one turns back there and goes to
    // the equilibrium in pure strategies (Gambit's tracing agrees).
    let payoffs = "-46 -65 9 90 11 5 7 12 67 -40 -10 26 -82 45 39 -83 -78 -29 -13 28 28 -3 -51 24";
    let game = table("2 2 2", payoffs);
    let found = responses(&game, &Asked { lambda: Some(Rational::new(1, 10)), ..Asked::default() });
    let found = found.unwrap();
    assert_eq!(found.branch.turns, 2);
    let last = found.branch.points.last().unwrap();
    assert!((last.probability[0] - 0.98976).abs() < 1e-4, "{last:?}");
}

#[test]
fn what_can_be_gained_bounds_an_equilibrium_that_is_none() {
    let pennies = table("2 2", "1 -1 -1 1 -1 1 1 -1");
    let certain = Profile::pure(pennies.form(), &[0, 0]);
    assert_eq!(gains(&pennies, &certain), Some(vec![Rational::ZERO, Rational::int(2)]));
    let even = Profile::uniform(pennies.form());
    assert_eq!(gains(&pennies, &even), Some(vec![Rational::ZERO, Rational::ZERO]));
    assert_eq!(gains(&pennies, &Profile { probability: Vec::new() }), None);
}

#[test]
fn a_branch_past_narrow_places_ends_at_an_equilibrium() {
    let game = table("2 2 2", "3 7 6 7 0 0 9 2 0 9 9 3 5 2 9 9 2 2 8 1 5 6 2 1");
    let found = responses(&game, &Asked::default()).unwrap();
    assert!(matches!(found.limit, Some(Limit::Enclosed(_))), "{:?}", found.limit);
}

/// Chance picks one of so many games of two moves, which nobody confuses with another.
fn separate(games: usize) -> Arc<GameInstance> {
    let ways: Vec<String> = (1..=games).map(|at| format!("\"g{at}\" 1/{games}")).collect();
    let mut text =
        format!("EFG 2 R \"many\" {{ \"A\" \"B\" }}\nc \"\" 1 \"\" {{ {} }} 0\n", ways.join(" "));
    for game in 1..=games {
        text += &format!("p \"\" 1 {game} \"\" {{ \"u\" \"d\" }} 0\n");
        for (move_, payoffs) in [[3, 0, 0, 1], [0, 2, 2, game % 5]].iter().enumerate() {
            text += &format!("p \"\" 2 {game} \"\" {{ \"l\" \"r\" }} 0\n");
            for (reply, pay) in payoffs.chunks(2).enumerate() {
                let end = game * 4 + move_ * 2 + reply;
                text += &format!("t \"\" {end} \"\" {{ {} {} }}\n", pay[0], pay[1]);
            }
        }
    }
    let game = read_efg(&text, &ImportLimits::default()).unwrap().game;
    Arc::new(game.base().unwrap())
}

#[test]
fn games_side_by_side_are_answered_as_each_alone() {
    // Fifty games that have nothing to do with each other: the linear systems are sparse ones.
    let (many, few) = (separate(50), separate(5));
    let at = |instance: &GameInstance| {
        let branch = trace(instance, Until::Lambda(1.5), None).unwrap();
        assert_eq!(branch.end, End::Reached);
        branch.points.last().unwrap().probability.clone()
    };
    let (many, few) = (at(&many), at(&few));
    // Situations come in the order of the games; each fifth game is alike.
    for (action, share) in many.iter().enumerate() {
        assert!((share - few[action % few.len()]).abs() < 1e-10, "{action}");
    }
}

#[test]
fn responses_too_large_to_enclose_are_bounded() {
    let game = separate(50);
    let asked = Asked { lambda: Some(Rational::ONE), ..Asked::default() };
    let why = responses(&game, &asked).unwrap().at.unwrap().unwrap_err();
    let (_, parts) = why.split_once("by at most 1/").expect("a bound is said");
    let parts: u64 = parts.split(' ').next().unwrap().parse().unwrap();
    assert!(parts > 1_000_000_000, "{why}");
    // Half and half is 1/2 - 1/(1 + e) = 0.23105857863000487… away from the response 0.731 to it.
    let choice = table("2", "1 0");
    let even = Profile::uniform(choice.form());
    let gap = response_gap(&choice, &Rational::ONE, &even).unwrap();
    assert!((gap.to_f64() - 0.231_058_578_630_004_87).abs() < 1e-15);
    // So precise that the exponential is not computed: the better is taken with certainty.
    let gap = response_gap(&choice, &Rational::int(1_000_000), &even).unwrap();
    assert!((gap.to_f64() - 0.5).abs() < 1e-15);
}
