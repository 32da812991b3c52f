//! Perfect and proper equilibria of two players, searched among all Nash equilibria: which parts of
//! a continuum they are, and that one always exists.

use detente::road::{self, Asked, Solved, Verified};
use detente_game::claim::Concept;
use detente_game::exchange::{ImportLimits, read_nfg};
use detente_game::{GameInstance, Profile, Rational};
use detente_linear::is_mixture;
use detente_verify::{recheck, verify};
use std::sync::Arc;

/// A bimatrix game of `rows` by 3, payoffs pair by pair, the row varying fastest.
fn table(rows: usize, payoffs: &[i64]) -> Arc<GameInstance> {
    let payoffs: Vec<String> = payoffs.iter().map(ToString::to_string).collect();
    let text =
        format!("NFG 1 R \"test\" {{ \"P1\" \"P2\" }} {{ {rows} 3 }}\n\n{}\n", payoffs.join(" "));
    let game = read_nfg(&text, &ImportLimits::default()).unwrap().game;
    Arc::new(game.base().unwrap())
}

fn random(seed: &mut u64, below: u64) -> i64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 33) % below) as i64
}

fn solved(instance: &Arc<GameInstance>, concept: Concept) -> Solved {
    let asked = Asked { concept: Some(concept), ..Asked::default() };
    road::equilibria(instance, &asked, &mut |_| {})
}

/// Whether a profile is a mixture, player by player, of some corners.
fn lies_in(profile: &Profile, corners: &[&Profile], rows: usize) -> bool {
    let side = |profile: &Profile, of: usize| -> Vec<Rational> {
        let (first, second) = profile.probability.split_at(rows);
        if of == 0 { first.to_vec() } else { second.to_vec() }
    };
    (0..2).all(|of| {
        let sides: Vec<Vec<Rational>> = corners.iter().map(|corner| side(corner, of)).collect();
        is_mixture(&side(profile, of), &sides.iter().collect::<Vec<_>>())
    })
}

fn is_listed(solved: &Solved, profile: &Profile, rows: usize) -> bool {
    let in_one = |verified: &Verified| {
        let pieces = verified.pieces.iter().map(|piece| {
            piece.corners.iter().map(|at| verified.corners[*at].profile()).collect::<Vec<_>>()
        });
        verified.equilibrium.profile() == profile
            || pieces.into_iter().any(|corners| lies_in(profile, &corners, rows))
    };
    solved.equilibria.iter().any(in_one)
}

/// Means of one, two and three corners of the same piece, which lie all over it.
fn samples(nash: &Solved) -> Vec<Profile> {
    let mut found = Vec::new();
    for verified in &nash.equilibria {
        found.push(verified.equilibrium.profile().clone());
        for piece in &verified.pieces {
            let corners: Vec<&Profile> =
                piece.corners.iter().map(|at| verified.corners[*at].profile()).collect();
            for one in &corners {
                for two in &corners {
                    found.push(mean(one, two));
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// A third of the first and two thirds of the second.
fn mean(one: &Profile, two: &Profile) -> Profile {
    let third = Rational::new(1, 3);
    let both = one.probability.iter().zip(&two.probability);
    let mixed = both.map(|(one, two)| (one + &(two * &Rational::int(2))) * &third);
    Profile { probability: mixed.collect() }
}

#[test]
fn the_parts_of_continua_are_the_perfect_equilibria() {
    let mut seed = 5;
    let (mut inside, mut outside, mut wide) = (0, 0, 0);
    for _ in 0..40 {
        let payoffs: Vec<i64> = (0..18).map(|_| random(&mut seed, 3)).collect();
        let game = table(3, &payoffs);
        let nash = solved(&game, Concept::Nash);
        let perfect = solved(&game, Concept::Perfect);
        assert!(nash.complete && perfect.complete, "{payoffs:?}: {:?}", perfect.undecided);
        for profile in samples(&nash) {
            let holds = verify(&game, &Concept::Perfect, &profile).holds();
            assert_eq!(holds, is_listed(&perfect, &profile, 3), "{payoffs:?} {profile:?}");
            inside += usize::from(holds);
            outside += usize::from(!holds);
        }
        for verified in &perfect.equilibria {
            assert!(verified.points().all(|point| recheck(&game, &point.saved()).holds()));
            wide += usize::from(!verified.pieces.is_empty());
        }
    }
    assert!(inside > 100 && outside > 100 && wide > 5, "{inside}, {outside}, {wide}");
}

#[test]
fn every_game_has_a_proper_equilibrium() {
    let mut seed = 9;
    let (mut found, mut wide, mut open) = (0, 0, 0);
    for round in 0..60 {
        let range = if round % 2 == 0 { 3 } else { 20 };
        let payoffs: Vec<i64> = (0..18).map(|_| random(&mut seed, range)).collect();
        let game = table(3, &payoffs);
        let proper = solved(&game, Concept::Proper);
        // If all is decided, one is found (Myerson 1978, theorem 2); what is open may be it.
        assert!(!proper.equilibria.is_empty() || !proper.undecided.is_empty(), "{payoffs:?}");
        open += usize::from(!proper.complete);
        for profile in samples(&solved(&game, Concept::Nash)) {
            let holds = verify(&game, &Concept::Proper, &profile).holds();
            let listed = is_listed(&proper, &profile, 3);
            assert!(holds || !listed, "{payoffs:?} {profile:?}");
            assert!(listed || !holds || !proper.complete, "{payoffs:?} {profile:?}");
        }
        for verified in &proper.equilibria {
            for point in verified.points() {
                assert!(recheck(&game, &point.saved()).holds());
                assert!(verify(&game, &Concept::Perfect, point.profile()).holds());
            }
            // Mixtures inside a part that holds throughout hold as well.
            for one in &verified.corners {
                if verified.pieces.len() == 1 {
                    let mixed = mean(one.profile(), verified.equilibrium.profile());
                    assert!(verify(&game, &Concept::Proper, &mixed).holds(), "{payoffs:?}");
                }
            }
            found += 1;
            wide += usize::from(!verified.pieces.is_empty());
        }
    }
    assert!(found > 80 && wide > 5 && open < 5, "{found}, {wide}, {open}");
}

/// Selten (1975), in the smallest game: a threat that is never carried out is Nash in a continuum,
/// of which no point is perfect.
#[test]
fn a_continuum_of_threats_is_not_perfect() {
    // Staying out pays 0 and 2; entering pays -1 and -1 after a fight, else 1 and 1.
    let game = table(2, &[0, 2, -1, -1, 0, 2, 1, 1, 0, 2, 1, 0]);
    let nash = solved(&game, Concept::Nash);
    assert!(nash.equilibria.iter().any(|verified| !verified.pieces.is_empty()));
    let perfect = solved(&game, Concept::Perfect);
    assert!(perfect.complete, "{:?}", perfect.undecided);
    let [only] = &perfect.equilibria[..] else { panic!("{} are listed", perfect.equilibria.len()) };
    assert_eq!(only.equilibrium.profile(), &Profile::pure(game.form(), &[1, 1]));
    assert!(perfect.refused.iter().any(|(_, failure)| failure.reason.contains("dominated")));
}
