//! Continua of equilibria: what claims say of them, and under which concept they are listed.

use detente::Options;
use detente::claims::Checker;
use detente::game::GameInstance;
use detente::game::claim::Concept;
use detente::game::exchange::{ImportLimits, read_efg};
use detente::road::{self, Asked, Opened, Solved};
use std::sync::Arc;

fn opened(text: &str) -> Opened {
    let opened = road::open(
        "test.dtn",
        text,
        &mut |_| Err("no files".into()),
        &Options::default(),
        &mut |_| true,
    );
    assert!(opened.game().is_some(), "{:?}", opened.diagnostics());
    opened
}

/// Whether each claim of a scenario is met.
fn met(text: &str) -> Vec<Option<bool>> {
    let opened = opened(text);
    let claims = opened.game().expect("no error").claims.len();
    let mut checker = Checker::new(&opened, &Options::default());
    (0..claims).map(|claim| checker.check(claim).met).collect()
}

fn solved(instance: GameInstance, concept: Option<Concept>) -> Solved {
    let asked = Asked { concept, ..Asked::default() };
    road::equilibria(&Arc::new(instance), &asked, &mut |_| {})
}

fn tree(text: &str) -> GameInstance {
    let imported = read_efg(text, &ImportLimits::default()).expect("a tree");
    imported.game.base().expect("numbers")
}

const INDIFFERENT: &str = "
game \"Either\"
players
  A
story
  A chooses x: l | r
stakes of A
  same: 1 when x is l
  same: 1 when x is r
";

#[test]
fn every_point_of_a_continuum_counts() {
    let claims = "
expect pbe exists: P(x is l) = 1/4
expect pbe none: P(x is l) = 1/4 and P(x is r) = 3/4
expect pbe none: P(x is l) > 1/10 and P(x is l) < 1/5
expect pbe exists: P(x is l) > 1/10 and P(x is l) < 1/5
expect nash all: P(x is l) < 1/10 or P(x is l) > 1/5
expect nash all: P(x is l) >= 0 and P(x is l) <= 1
expect nash none: P(x is l) > 1/2 and P(x is l) < 1/3
expect nash all: P(x is l) + P(x is r) = 1
expect nash exists: x always l
expect nash all: x always l
expect nash exists: P(x is l) > 1/3 and P(x is r) > 1/3
";
    // Two quantities at once are not decided between the points known: (1/2, 1/2) decides the
    // last, nothing the second.
    assert_eq!(
        met(&format!("{INDIFFERENT}{claims}")),
        [
            Some(true),
            None,
            Some(false),
            Some(true),
            Some(false),
            Some(true),
            Some(true),
            Some(true),
            Some(true),
            Some(false),
            Some(true),
        ]
    );
}

/// A chance move that never leads to its first branch decides what is weakly Bayesian only.
const ONLY_A_CORNER_IS_SEQUENTIAL: &str = r#"EFG 2 R "g" { "P1" "P2" }
""
p "" 1 1 "" { "a0" "a1" } 0
c "" 1 "" { "c0" 1/2 "c1" 1/2 } 0
p "" 2 2 "" { "a0" "a1" } 0
t "" 1 "" { 2, 1 }
t "" 2 "" { 0, 0 }
p "" 2 2 "" { "a0" "a1" } 0
t "" 3 "" { 0, 1 }
t "" 4 "" { 2, 1 }
c "" 2 "" { "c0" 1/3 "c1" 2/3 } 0
t "" 5 "" { 2, 0 }
t "" 6 "" { 1, 1 }
"#;

#[test]
fn the_sequential_part_of_a_weaker_continuum_is_listed() {
    let all = solved(tree(ONLY_A_CORNER_IS_SEQUENTIAL), None);
    let sequential = solved(tree(ONLY_A_CORNER_IS_SEQUENTIAL), Some(Concept::Sequential));
    let profiles = |solved: &Solved| -> Vec<_> {
        let of = |e: &&road::Verified| *e.equilibrium.concept() == Concept::Sequential;
        let list = solved.equilibria.iter().filter(of);
        list.flat_map(|verified| verified.points().map(|p| p.profile().clone()).collect::<Vec<_>>())
            .collect()
    };
    assert!(!sequential.equilibria.is_empty() && all.complete && sequential.complete);
    assert_eq!(profiles(&all), profiles(&sequential));
}

#[test]
fn nobody_decides_is_an_equilibrium() {
    let alone = solved(tree("EFG 2 R \"s\" { \"A\" \"B\" } \"\" t \"\" 1 \"\" { 3 0 }"), None);
    assert_eq!(alone.equilibria.len(), 1);
    assert!(alone.complete);
    assert_eq!(alone.equilibria[0].equilibrium.values()[0], detente::game::Rational::int(3));
}

#[test]
fn what_is_undecided_is_not_complete() {
    // No signalling stage, so the criterion is not defined.
    let text = r#"EFG 2 R "three" { "A" "B" }
""
p "" 1 1 "" { "l" "r" } 0
p "" 2 1 "" { "l" "r" } 0
p "" 1 2 "" { "l" "r" } 0
t "" 1 "" { 1 1 }
t "" 2 "" { 2 1 }
t "" 3 "" { 1 2 }
t "" 4 "" { 0 0 }
"#;
    let found = solved(tree(text), Some(Concept::Intuitive));
    assert!(found.equilibria.is_empty() && !found.complete && !found.undecided.is_empty());
}

/// Both types pool on y. The replier's mixture there moves what they get, and with it whom the
/// criteria exclude; so corners do not speak for the continuum.
fn pooling(payoffs: &str) -> String {
    format!(
        "
game \"Pooling\"
players
  S
  R
types of S
  one  1/2
  two  rest
story
  S chooses m: x | y
  R chooses r: a | b | c
{payoffs}"
    )
}

fn stakes(of_one: [[(i64, i64); 3]; 2], of_two: [[(i64, i64); 3]; 2]) -> String {
    let mut lines = [String::new(), String::new()];
    for (name, table) in [("one", of_one), ("two", of_two)] {
        for (message, row) in ["x", "y"].iter().zip(table) {
            for (reply, (s, r)) in ["a", "b", "c"].iter().zip(row) {
                let when = format!("when S is {name} and m is {message} and r is {reply}\n");
                lines[0].push_str(&format!("  own: {s} {when}"));
                lines[1].push_str(&format!("  own: {r} {when}"));
            }
        }
    }
    format!("stakes of S\n{}stakes of R\n{}", lines[0], lines[1])
}

#[test]
fn a_refinement_on_a_continuum_is_not_claimed_from_its_corners() {
    let table = stakes(
        [[(0, 1), (2, 2), (2, 0)], [(2, 1), (0, 2), (1, 2)]],
        [[(1, 0), (0, 0), (0, 0)], [(0, 2), (2, 0), (2, 1)]],
    );
    let claim = "expect intuitive none: P(m is y) = 1 and P(r is a | m is y) > 1/2 and P(r is a | m is y) < 1\n";
    let text = format!("{}{claim}", pooling(&table));
    // Pooling on y with a 3/4, c 1/4 survives, so `met` would be false.
    assert_ne!(met(&text), [Some(true)]);
    let opened = opened(&text);
    let game = opened.game().expect("no error");
    assert!(!solved(game.base().expect("numbers"), Some(Concept::Intuitive)).complete);
}
