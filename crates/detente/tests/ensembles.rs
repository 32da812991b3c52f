//! Members of ensembles against solving each draw on its own.
#![allow(clippy::disallowed_methods, reason = "the catalogue is read from files")]

use detente::analysis::Play;
use detente::analysis::analyses::draws::Draws;
use detente::analysis::analyses::ensemble::{Member, Quantity};
use detente::ensemble::{Asked, Bound, Ensemble, Rule, sensitivity};
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
    game.params[id.index()].distribution = Some(Distribution::uniform(low, high));
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

/// So many quasi-random draws of pure weak perfect Bayesian equilibria.
fn pure_draws(seed: u64, members: u64) -> Asked {
    Asked {
        concept: Concept::WeakPbe,
        mixed: false,
        seed,
        random: false,
        members,
        rule: Rule::Bounds,
        stop: None,
    }
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

/// With probability `harm - cost > 0` both mix: the visitor comes with probability 1/3, and finds a
/// violation with probability `cost / harm`.
#[test]
fn mixed_equilibria_count_if_they_are_asked_for() {
    let text = "game \"Inspection\"\nplayers\n  Inspector\n  Inspected\nparams\n  cost = 1/4 in 0..1 \
                ~ uniform(0, 1)\n  harm = 1/2 in 0..1 ~ uniform(0, 1)\nstory\n  Inspector secretly \
                chooses visit: inspect | stay\n  Inspected chooses conduct: comply | violate\nstakes \
                of Inspector\n  cost: -cost when visit is inspect\n  harm: -harm when conduct is \
                violate and visit is stay\nstakes of Inspected\n  gain: 1/2 when conduct is violate \
                and visit is stay\n  fine: -1 when conduct is violate and visit is inspect\n\
                outcomes\n  \"caught\" when visit is inspect and conduct is violate\n";
    let none = &mut |_: &str| Err("no files here".into());
    let opened = road::open("inspection.dtn", text, none, &Options::default(), &mut |_| true);
    let game = opened.game().expect("no mistake");
    for concept in [Concept::Nash, Concept::Sequential] {
        let asked = Asked {
            concept,
            mixed: true,
            seed: 1,
            random: false,
            members: 200,
            rule: Rule::Bounds,
            stop: None,
        };
        let mut ensemble = Ensemble::new(game, asked.clone()).expect("it can be drawn");
        let members = all(&mut ensemble);
        let place =
            ensemble.quantities().iter().position(|one| matches!(one, Quantity::Outcome(_)));
        let place = place.expect("an outcome");
        for member in &members {
            let (cost, harm) = (member.values[0], member.values[1]);
            let caught = if harm > cost { cost / harm / 3.0 } else { 0.0 };
            let (low, high) = member.ranges[place];
            assert!((low - caught).abs() < 1e-12 && (high - caught).abs() < 1e-12, "{member:?}");
        }
        assert_eq!(members.len(), 200);
        assert_eq!(ensemble.totals().plays.len(), 2);
        let pure = Asked { mixed: false, ..asked };
        assert!(pure.concept == Concept::Nash || Ensemble::new(game, pure).is_err());
    }
}

#[test]
fn threads_change_nothing() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let asked = pure_draws(5, 3000);
            let mut ensemble = Ensemble::new(&reply_game(), asked).expect("it can be drawn");
            let members = all(&mut ensemble);
            (members, ensemble.standing().clone())
        })
    };
    assert!(run(1) == run(3));
}

fn all(ensemble: &mut Ensemble) -> Vec<Member> {
    let chunks = std::iter::repeat_with(|| ensemble.next_chunk());
    chunks.take_while(|chunk| !chunk.is_empty()).flatten().collect()
}

/// Taken up again behind any chunk, an ensemble has the members that follow, to the last bit, and
/// has learnt and verified as much as if it had never stopped.
#[test]
fn what_stopped_goes_on_as_it_was() {
    let game = reply_game();
    let asked = pure_draws(9, 2000);
    let begun = || Ensemble::new(&game, asked.clone()).expect("it can be drawn");
    let mut whole = begun();
    let members = all(&mut whole);
    assert_eq!(members.len(), 2000);
    let mut broken = begun();
    let mut parts = broken.next_chunk();
    while parts.len() < members.len() {
        // Through text, as the command keeps it.
        let kept = serde_json::to_string(broken.standing()).expect("text");
        broken = begun().continued(serde_json::from_str(&kept).expect("what was kept"));
        let more = broken.next_chunk();
        assert!(!more.is_empty());
        parts.extend(more);
    }
    assert!(parts == members);
    let told = |ensemble: &Ensemble| serde_json::to_string(ensemble.standing()).expect("text");
    assert_eq!(told(&broken), told(&whole));
    assert!(whole.standing().learnt.len() > 4 && whole.verified() > 4);
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
    let asked = pure_draws(3, count);
    let mut ensemble = Ensemble::new(game, asked).expect("it can be drawn");
    let members = all(&mut ensemble);
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

/// Draws of rows of a table, of weights 1, 2, 1 and 0, and of one parameter on its own; the chance
/// of a type is a formula of what is drawn.
fn views() -> Game {
    let text = r#"
game "Views"
table views from "views.csv" by analyst weighted by trust
players
  Entrant
  Incumbent
params
  p_strong = 1/2 in 0..1 ~ views.p_strong
  cost = 1 in 0..2 ~ uniform(0, 2)
  gain = 2 in 0..3 ~ views.gain
define weak = 1 - p_strong
types of Incumbent
  weak weak
  strong rest
story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share
stakes of Entrant
  market: gain when reply is share
  market: -cost when reply is fight
stakes of Incumbent
  war: 1 when reply is fight and Incumbent is strong
  share: 1 when reply is share and Incumbent is weak
outcomes
  "shared" when reply is share
"#;
    let table = "analyst,p_strong,gain,trust\nhawk,1/4,3,1\nmiddle,1/2,2,2\ndove,7/8,1,1\ndoubter,3/8,5/2,0\n";
    let mut reader = |_: &str| Ok(table.to_owned());
    let opened = road::open("views", text, &mut reader, &Options::default(), &mut |_| true);
    opened.game().expect("it has no mistake").clone()
}

#[test]
fn rows_of_a_table_are_drawn_whole() {
    let game = views();
    for random in [false, true] {
        let draws = Draws::new(&game, 1, random).expect("it can be drawn");
        let mut counts = [0; 3];
        for number in 0..8000 {
            let drawn = draws.member(number);
            let rows = [(0.25, 3.0), (0.5, 2.0), (0.875, 1.0)];
            let row = rows.iter().position(|row| *row == (drawn[0], drawn[2]));
            counts[row.expect("it is a row")] += 1;
        }
        for (count, share) in counts.iter().zip([2000_i32, 4000, 2000]) {
            assert!((count - share).abs() < if random { 160 } else { 20 }, "{counts:?}");
        }
    }
    let (_, alone) = agrees(&game, &Concept::WeakPbe, 200);
    assert_eq!(alone, 0);
    // The chance of being fought is the formula of the row that was drawn.
    for member in payoffs_agree(&game, 200) {
        let (least, greatest) = member.ranges[0];
        assert!(least == greatest && (least == 0.0 || least == 1.0 - member.values[0]));
    }
}

/// Of a row and a cost the Entrant gets what entry is worth, if that is more than nothing. Rows
/// have indices as one; the figures are integrals over the cost.
#[test]
fn rows_have_indices_as_a_group() {
    let game = views();
    let asked = pure_draws(1, 1 << 14);
    let entrant = Quantity::all(&game.form).into_iter().find(|one| !one.is_share());
    let entrant = entrant.expect("a player");
    let found = sensitivity(&game, asked, entrant, Bound::Least, &mut |_| {}).expect("indices");
    // With (1 - p) gain = g, given a row: the mean and the mean square of max(g - p cost, 0).
    let moments = |p: f64, g: f64| {
        let end = (g / p).min(2.0);
        let mean = (g * end - p * end * end / 2.0) / 2.0;
        let left = g - p * end;
        (mean, (g.powi(3) - left.powi(3)) / (3.0 * p) / 2.0)
    };
    let rows = [(0.25, 0.25, 2.25), (0.5, 0.5, 1.0), (0.25, 0.875, 0.125)];
    let sum = |of: &dyn Fn((f64, f64)) -> f64| -> f64 {
        rows.iter().map(|(weight, p, g)| weight * of(moments(*p, *g))).sum()
    };
    let mean = sum(&|(mean, _)| mean);
    let variance = sum(&|(_, square)| square) - mean * mean;
    let first_order = (sum(&|(mean, _)| mean * mean) - mean * mean) / variance;
    let (got, spread) = found.moments.expect("it varies");
    assert!((got - mean).abs() < 1e-3 && (spread - variance).abs() < 1e-2, "{got} {spread}");
    for one in &found.influences {
        let name = &game.params[one.param.index()].name;
        let indices = one.indices.expect("it varies");
        let (expected, table) =
            if name == "cost" { (None, None) } else { (Some(first_order), Some("views")) };
        assert_eq!(one.table.as_deref(), table, "{name}");
        if let Some(expected) = expected {
            assert!((indices.first_order - expected).abs() < 0.02, "{name}: {indices:?}");
        } else {
            // All that rows alone do not explain.
            assert!((indices.total - (1.0 - first_order)).abs() < 0.02, "{indices:?}");
        }
    }
    let ends = |name: &str| {
        let mut all = found.influences.iter();
        all.find(|one| game.params[one.param.index()].name == name).expect("it is drawn").ends
    };
    assert_eq!((ends("p_strong"), ends("gain")), ((0.25, 0.875), (1.0, 3.0)));
}

#[test]
fn bounds_of_payoffs_are_those_of_the_equilibria() {
    payoffs_agree(&reply_game(), 60);
    payoffs_agree(&game("new_start/treaty_gesture.dtn"), 20);
}

/// At the base values both choices are as good: 3 times 1/10 is 3/10, though not of numbers that
/// are rounded. What is said of the base values is said of these.
#[test]
fn base_values_are_taken_exactly() {
    let text = "\
game \"On an edge\"
players
  A
params
  x = 0.1  in 0..1  ~ uniform(0, 1)
  y = 0.3  in 0..1  ~ uniform(0, 1)
story
  A chooses go: yes | no
stakes of A
  m:  3 * x  when go is yes
  n:  y      when go is no
outcomes
  \"went\"  when go is yes
  \"not\"   when go is no
";
    let none = &mut |_: &str| Err(String::new());
    let opened = road::open("edge.dtn", text, none, &Options::default(), &mut |_| true);
    let game = opened.game().expect("it has no mistake").clone();
    let went = Quantity::all(&game.form)[0];
    let of = |bound: Bound| {
        let asked = pure_draws(1, 1 << 14);
        sensitivity(&game, asked, went, bound, &mut |_| {}).expect("indices")
    };
    assert_eq!(of(Bound::Least).at_base, Some(0.0));
    let found = of(Bound::Greatest);
    assert_eq!(found.at_base, Some(1.0));
    // 3 x >= y: a mean of 5/6; given x it is min(3 x, 1), given y it is 1 - y / 3.
    let parts: Vec<_> =
        found.influences.iter().map(|one| one.indices.expect("it varies")).collect();
    for (part, (first_order, total)) in parts.iter().zip([(0.6, 14.0 / 15.0), (1.0 / 15.0, 0.4)]) {
        assert!((part.first_order - first_order).abs() < 0.01, "{parts:?}");
        assert!((part.total - total).abs() < 0.01, "{parts:?}");
    }
}
