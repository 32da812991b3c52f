//! Which searches are made, and that nothing decidable is left open.

use detente::game::claim::Concept;
use detente::game::exchange::{ImportLimits, read_efg};
use detente::road::{self, Asked, Solved};
use std::sync::Arc;

fn solved(text: &str) -> Solved {
    let imported = read_efg(text, &ImportLimits::default()).expect("a tree");
    let instance = Arc::new(imported.game.base().expect("numbers"));
    road::equilibria(&instance, &Asked::default(), &mut |_| {})
}

/// The optimal pair that the sequence form gives is not sequentially rational where nobody gets;
/// others are, and all of them are listed.
#[test]
fn a_refused_optimal_pair_is_not_the_last_word() {
    let found = solved(
        r#"EFG 2 R "g" { "P1" "P2" } ""
p "" 1 1 "" { "a0" "a1" "a2" } 0
t "" 1 "" { 1, -1 }
p "" 1 2 "" { "a0" "a1" } 0
p "" 1 3 "" { "a0" "a1" } 0
p "" 2 4 "" { "a0" "a1" } 0
t "" 2 "" { 1, -1 }
t "" 3 "" { -1, 1 }
t "" 4 "" { 0, 0 }
p "" 2 4 "" { "a0" "a1" } 0
t "" 5 "" { 0, 0 }
t "" 6 "" { -1, 1 }
t "" 7 "" { -1, 1 }
"#,
    );
    assert_eq!(*found.equilibria[0].equilibrium.concept(), Concept::Sequential);
    assert!(found.all_pure && found.complete);
}

/// Beliefs at three sets rest on two trembles and their product: some supports of beliefs need
/// weights that multiply, others contradict themselves only through the product.
#[test]
fn trembles_that_multiply_are_decided() {
    let found = solved(
        r#"EFG 2 R "g" { "P1" "P2" "P3" "P4" "P5" } ""
c "" 1 "" { "c0" 1/2 "c1" 1/4 "c2" 1/4 } 0
p "" 1 1 "" { "a0" "a1" "a2" } 0
t "" 1 "" { 1, 0, 0, 0, 0 }
p "" 3 2 "" { "a0" "a1" "a2" } 0
p "" 2 3 "" { "a0" "a1" } 0
t "" 2 "" { 0, 1, 0, 0, 0 }
p "" 4 4 "" { "a0" "a1" "a2" } 0
t "" 3 "" { 0, 0, 0, 0, 0 }
t "" 4 "" { 0, 0, 0, -1, 0 }
t "" 5 "" { 0, 0, 0, 1, 0 }
t "" 6 "" { 0, 0, -1, 0, 0 }
t "" 7 "" { 0, 0, 1, 0, 0 }
p "" 3 2 "" { "a0" "a1" "a2" } 0
p "" 2 5 "" { "a0" "a1" } 0
t "" 8 "" { 0, 1, 0, 0, 0 }
p "" 4 4 "" { "a0" "a1" "a2" } 0
t "" 9 "" { 0, 0, 0, 0, 0 }
t "" 10 "" { 0, 0, 0, 3, 0 }
t "" 11 "" { 0, 0, 0, -4, 0 }
t "" 12 "" { 0, 0, 1, 0, 0 }
t "" 13 "" { 0, 0, -2, 0, 0 }
p "" 2 3 "" { "a0" "a1" } 0
t "" 14 "" { 0, 1, 0, 0, 0 }
p "" 5 6 "" { "a0" "a1" "a2" } 0
t "" 15 "" { 0, 0, 0, 0, 0 }
t "" 16 "" { 0, 0, 0, 0, -1 }
t "" 17 "" { 0, 0, 0, 0, 1 }
p "" 2 5 "" { "a0" "a1" } 0
t "" 18 "" { 0, 1, 0, 0, 0 }
p "" 5 6 "" { "a0" "a1" "a2" } 0
t "" 19 "" { 0, 0, 0, 0, 0 }
t "" 20 "" { 0, 0, 0, 0, 1 }
t "" 21 "" { 0, 0, 0, 0, -2 }
"#,
    );
    assert!(found.undecided.is_empty(), "{:?}", found.undecided);
    let sequential =
        |verified: &&road::Verified| *verified.equilibrium.concept() == Concept::Sequential;
    assert_eq!(found.equilibria.iter().filter(sequential).count(), 20);
    assert_eq!(found.equilibria.len(), 27);
}
