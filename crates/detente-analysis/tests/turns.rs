//! Turns along parameters that enter as squares, quotients, pieces and private beliefs.

use detente_analysis::algebra::Root;
use detente_analysis::analyses::first_turn::Place;
use detente_analysis::{Flips, Side, tightest};
use detente_game::claim::Concept;
use detente_game::{Game, Profile, Rational};
use detente_verify::{Equilibrium, verify};
use std::sync::Arc;

fn r(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

/// One player takes a sure 1 or something else, whose worth is `worth`.
fn one_choice(params: &str, worth: &str) -> (Game, Equilibrium) {
    let text = format!(
        "game \"One choice\"\nplayers\n  Ann\nparams\n{params}\nstory\n  Ann chooses way: sure | risky\n\
         stakes of Ann\n  gain: 1  when way is sure\n  gain: {worth}  when way is risky\n"
    );
    solved(&text, &[0])
}

fn solved(text: &str, choices: &[usize]) -> (Game, Equilibrium) {
    let loaded = detente_lang::Loaded::new("test.dtn", text, &mut |path| Err(path.to_owned()));
    let options = detente_lang::Options::default();
    let compiled = detente_lang::compile(&loaded, &options, &mut |_| true);
    let game = compiled.game.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let instance = Arc::new(game.base().expect("the base point is fine"));
    let profile = Profile::pure(instance.form(), choices);
    let verdict = verify(&instance, &Concept::Sequential, &profile);
    let equilibrium = verdict.into_equilibrium().expect("it is an equilibrium");
    (game, equilibrium)
}

fn turns(game: &Game, equilibrium: &Equilibrium, param: &str) -> (Option<Root>, Option<Root>) {
    let flips = Flips::new(game, equilibrium);
    let param = game.param(param).expect("a parameter");
    let margin = &tightest(equilibrium)[0];
    let found = flips.of_margin(margin).into_iter().find(|axis| axis.param == param);
    let Some(axis) = found else { return (None, None) };
    assert_eq!(axis.unknown, None);
    let side = |side: Side| {
        let first = flips.first(param, side)?;
        assert_eq!((first.holds_before, first.fails_after), (Some(true), Some(true)), "{side:?}");
        match first.at {
            Place::At(root) => Some(root),
            Place::Between(_) => None,
        }
    };
    let (below, above) = (axis.below.map(|flip| flip.at), axis.above.map(|flip| flip.at));
    assert_eq!((side(Side::Below), side(Side::Above)), (below.clone(), above.clone()));
    (below, above)
}

#[test]
fn a_square_turns_at_an_irrational_number() {
    let (game, equilibrium) = one_choice("  x = 1 in -5..5", "x * x / 2");
    let (below, above) = turns(&game, &equilibrium, "x");
    let Some(Root::Enclosed(interval)) = above else { panic!("{above:?}") };
    assert!(&interval.low * &interval.low < r(2, 1) && &interval.high * &interval.high > r(2, 1));
    let Some(Root::Enclosed(interval)) = below else { panic!("{below:?}") };
    assert!(interval.high.is_negative());
}

#[test]
fn touching_is_not_turning() {
    let (game, equilibrium) = one_choice("  x = 1 in 0..10", "1 - (x - 3) * (x - 3)");
    assert_eq!(turns(&game, &equilibrium, "x"), (None, None));
}

#[test]
fn quotients_and_poles() {
    // Right of the pole at 2 the other way is worth more than 1 up to 3.
    let (game, equilibrium) = one_choice("  x = 1 in 0..10", "if x = 2 then 0 else 1 / (x - 2)");
    let (below, above) = turns(&game, &equilibrium, "x");
    assert_eq!((below, above), (None, Some(Root::Exact(r(2, 1)))));
}

#[test]
fn pieces() {
    let (game, equilibrium) =
        one_choice("  x = 1 in 0..10", "max(0, min(x - 4, 1/2)) + max(0, x - 7)");
    assert_eq!(turns(&game, &equilibrium, "x"), (None, Some(Root::Exact(r(15, 2)))));
    // A jump: nothing is zero there, but the choice turns.
    let (game, equilibrium) = one_choice("  x = 1 in 0..10", "if x < 5 then 0 else 3");
    assert_eq!(turns(&game, &equilibrium, "x"), (None, Some(Root::Exact(r(5, 1)))));
    // The base lies on a boundary.
    let (game, equilibrium) = one_choice("  x = 5 in 0..10", "max(x, 5) - 4 - 1/2");
    assert_eq!(turns(&game, &equilibrium, "x"), (None, Some(Root::Exact(r(11, 2)))));
}

#[test]
fn without_a_range() {
    let (game, equilibrium) = one_choice("  x = 1", "x / 1000000 - 3");
    assert_eq!(turns(&game, &equilibrium, "x"), (None, Some(Root::Exact(r(4_000_000, 1)))));
}

#[test]
fn the_best_reply_after_the_alternative_may_change() {
    // Leaving (1) or staying, then left (x) or right (2 - x): the best of both after staying.
    let text = "game \"Plans\"\nplayers\n  Ann\nparams\n  x = 9/10 in 0..2\n  y = 1/2 in 0..2\nstory\n  \
                Ann chooses first: leave | stay\n  if first is stay\n    Ann chooses second: left | right\n\
                stakes of Ann\n  gain: 3/2  when first is leave\n  gain: x  when second is left\n  \
                gain: 2 - x - y when second is right\n";
    let (game, equilibrium) = solved(text, &[0, 0]);
    // At the base left is better after staying (9/10 against 6/10), but below 0 … right would be
    // worth 3/2 at x = 0 only, which does not turn; above 3/2 left is.
    let (below, above) = turns_of_first(&game, &equilibrium, "x");
    assert_eq!((below, above), (None, Some(Root::Exact(r(3, 2)))));
    let cheaper = text.replace("y = 1/2 in 0..2", "y = 1/4 in 0..2");
    let (game, equilibrium) = solved(&cheaper, &[0, 0]);
    let (below, above) = turns_of_first(&game, &equilibrium, "x");
    assert_eq!((below, above), (Some(Root::Exact(r(1, 4))), Some(Root::Exact(r(3, 2)))));
}

/// Turns of the choice to leave alone: what is done after staying turns elsewhere.
fn turns_of_first(
    game: &Game,
    equilibrium: &Equilibrium,
    param: &str,
) -> (Option<Root>, Option<Root>) {
    let flips = Flips::new(game, equilibrium);
    let param = game.param(param).expect("a parameter");
    let margin = &tightest(equilibrium)[0];
    assert_eq!(margin.set, detente_game::InfoSetId(0));
    let found = flips.of_margin(margin).into_iter().find(|axis| axis.param == param);
    found.map_or((None, None), |axis| (axis.below.map(|f| f.at), axis.above.map(|f| f.at)))
}

#[test]
fn private_beliefs_have_their_own_turn() {
    // Bob thinks Ann is strong with probability q, whatever p is.
    let text = "game \"Private\"\nplayers\n  Ann\n  Bob\nparams\n  p = 1/10 in 0..1\n  q = 4/5 in 0..1\n\
                types of Ann\n  strong p, Bob believes q\n  weak rest\nstory\n  \
                Bob chooses reply: yield | fight\n\
                stakes of Ann\n  win: 1 when reply is yield\n\
                stakes of Bob\n  fight: 1 when reply is fight and Ann is weak\n  \
                fight: -1 when reply is fight and Ann is strong\n";
    let (game, equilibrium) = solved(text, &[0]);
    assert_eq!(turns(&game, &equilibrium, "q"), (Some(Root::Exact(r(1, 2))), None));
    assert_eq!(turns(&game, &equilibrium, "p"), (None, None));
}

/// The alternative is followed by another choice, whose best answer changes on the way.
fn two_steps(params: &str, chance: &str, home: &str, bold: &str) -> (Game, Equilibrium) {
    let text = format!(
        "game \"Two steps\"\nplayers\n  Walker\nparams\n{params}\nstory\n{chance}  Walker chooses \
         enter: out | go\n  if enter is go\n    Walker chooses way: safe | bold\nstakes of \
         Walker\n  home: {home}  when enter is out\n  safe: 0.9  when way is safe\n{bold}"
    );
    solved(&text, &[0, 0])
}

/// Where going rather than staying out becomes better, above the base of the only parameter.
fn entry_turns_above(game: &Game, equilibrium: &Equilibrium) -> Option<Root> {
    let margin = equilibrium.margins().iter().find(|margin| margin.reached).expect("it is reached");
    let axis = Flips::new(game, equilibrium).of_margin(margin).remove(0);
    assert_eq!((axis.below, axis.unknown), (None, None));
    axis.above.map(|flip| flip.at)
}

#[test]
fn another_plan_takes_over_beyond_all_ranges() {
    let (game, equilibrium) =
        two_steps("  prize = 0.1", "", "1", "  bold: prize  when way is bold\n");
    assert_eq!(entry_turns_above(&game, &equilibrium), Some(Root::Exact(r(1, 1))));
}

#[test]
fn another_plan_dips_on_the_way_and_comes_back() {
    let chance = "  chance first: heads p | tails rest  seen by nobody\n  chance second: heads p | \
                  tails rest  seen by nobody\n";
    let bold = "  bold: 3  when way is bold and first is heads and second is tails\n  bold: 3  \
                when way is bold and first is tails and second is heads\n";
    let (game, equilibrium) = two_steps("  p = 0.1 in 0..1", chance, "1", bold);
    let above = entry_turns_above(&game, &equilibrium);
    // 6 p (1 - p) = 1 at (3 - sqrt 3) / 6.
    let Some(Root::Enclosed(interval)) = above else { panic!("{above:?}") };
    assert!(r(21, 100) < interval.low && interval.high < r(212, 1000));
}
