//! Games of three and more players: all isolated equilibria, fractions or enclosed.

use detente::road::{self, Asked, Doubt, Solved};
use detente_game::claim::Concept;
use detente_game::exchange::{ImportLimits, read_nfg};
use detente_game::number::Interval;
use detente_game::{GameInstance, Profile, Rational};
use detente_verify::{Verdict, enclose, recheck_enclosure, verify};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A game in strategic form; payoffs profile by profile, player 1's strategy varying fastest.
fn table(sizes: &[usize], payoffs: &[i64]) -> Arc<GameInstance> {
    let list = |items: Vec<String>| items.join(" ");
    let players = list((0..sizes.len()).map(|at| format!("\"P{}\"", at + 1)).collect());
    let sizes = list(sizes.iter().map(ToString::to_string).collect());
    let payoffs = list(payoffs.iter().map(ToString::to_string).collect());
    let text = format!("NFG 1 R \"test\" {{ {players} }} {{ {sizes} }}\n\n{payoffs}\n");
    let game = read_nfg(&text, &ImportLimits::default()).unwrap().game;
    Arc::new(game.base().unwrap())
}

/// Payoffs from a list of profiles that pay something.
fn sparse(paid: &[([usize; 3], [i64; 3])]) -> Arc<GameInstance> {
    let mut payoffs = Vec::new();
    for code in 0..8_usize {
        let profile = [code & 1, code >> 1 & 1, code >> 2];
        let found = paid.iter().find(|(at, _)| *at == profile);
        payoffs.extend(found.map_or([0; 3], |(_, payoffs)| *payoffs));
    }
    table(&[2, 2, 2], &payoffs)
}

fn solved(instance: &Arc<GameInstance>, concept: Concept) -> Solved {
    let asked = Asked { concept: Some(concept), ..Asked::default() };
    road::equilibria(instance, &asked, &mut |_| {})
}

fn profiles(solved: &Solved) -> Vec<Vec<String>> {
    let text = |profile: &Profile| profile.probability.iter().map(ToString::to_string).collect();
    let mut all: Vec<Vec<String>> = solved.every().map(|found| text(found.profile())).collect();
    all.sort();
    all
}

#[test]
fn nine_equilibria_of_a_small_game() {
    // McKelvey and McLennan (1997): nine equilibria, two of them with everybody mixing.
    let game = sparse(&[
        ([0, 0, 0], [9, 8, 12]),
        ([1, 1, 0], [9, 8, 2]),
        ([0, 1, 1], [3, 4, 6]),
        ([1, 0, 1], [3, 4, 6]),
    ]);
    let solved = solved(&game, Concept::Nash);
    assert!(solved.complete && solved.enclosed.is_empty(), "{}", solved.searched);
    let expected = [
        "0 1 0 1 1 0",
        "0 1 1 0 0 1",
        "0 1 1/4 3/4 1/3 2/3",
        "1 0 0 1 0 1",
        "1 0 1 0 1 0",
        "1/2 1/2 1/2 1/2 1 0",
        "1/2 1/2 2/5 3/5 1/4 3/4",
        "1/3 2/3 1 0 1/4 3/4",
        "2/5 3/5 1/2 1/2 1/3 2/3",
    ];
    let found: Vec<String> = profiles(&solved).iter().map(|one| one.join(" ")).collect();
    assert_eq!(found, expected);
}

/// Nau, Gomez Canovas and Hansen (2004), section 4: the only equilibrium is irrational.
fn irrational() -> Arc<GameInstance> {
    table(&[2, 2, 2], &[3, 0, 2, 0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 0, 2, 0, 3])
}

#[test]
fn the_only_equilibrium_is_no_fraction() {
    let game = irrational();
    for concept in [Concept::Nash, Concept::Sequential] {
        let solved = solved(&game, concept);
        assert!(solved.complete, "{} {:?}", solved.searched, solved.undecided);
        assert!(solved.equilibria.is_empty());
        let [only] = solved.enclosed.as_slice() else { panic!("one equilibrium is expected") };
        let narrow = Rational::int(2).pow(-60).unwrap();
        assert!(only.probability().iter().all(|one| one.width() < narrow && !one.is_point()));
        assert!(only.values().iter().all(|value| value.low < value.high));
        // Saved and read again it is proved again.
        let text = serde_json::to_string(&only.saved()).unwrap();
        let saved = serde_json::from_str(&text).unwrap();
        assert!(recheck_enclosure(&game, &saved).is_ok());
        // No fraction near it is an equilibrium.
        let near = |one: &Interval| one.middle();
        let mut probability: Vec<Rational> = only.probability().iter().map(near).collect();
        for pair in probability.chunks_mut(2) {
            pair[1] = Rational::ONE - &pair[0];
        }
        assert!(verify(&game, &Concept::Nash, &Profile { probability }).fails());
    }
}

#[test]
fn a_box_elsewhere_or_too_wide_is_refused() {
    use detente_game::Enclosure::Strategies;
    let game = irrational();
    let found = solved(&game, Concept::Nash);
    let held = found.enclosed[0].probability().to_vec();
    let moved = |by: Rational| -> Vec<Interval> {
        let shift = |at: usize| if at.is_multiple_of(2) { by.clone() } else { -&by };
        let one = |(at, one): (usize, &Interval)| one.add(&Interval::point(shift(at)));
        held.iter().enumerate().map(one).collect()
    };
    let elsewhere = Strategies { probability: moved(Rational::new(1, 1000)) };
    assert!(enclose(&game, &Concept::Nash, &elsewhere).is_err());
    let wide = held.iter().map(|_| Interval { low: Rational::new(1, 100), high: Rational::ONE });
    let wide = Strategies { probability: wide.collect() };
    assert!(enclose(&game, &Concept::Nash, &wide).is_err());
    let mut half = held;
    half[0] = Interval::point(half[0].middle());
    assert!(enclose(&game, &Concept::Nash, &Strategies { probability: half }).is_err());
}

#[test]
fn a_continuum_is_left_open_and_what_is_isolated_is_found() {
    // The same paper, section 5: three pure and two partly mixed ones, and a continuum inside. Where
    // the third player is indifferent, a segment leads from a pure to a partly mixed one.
    let game = table(
        &[2, 2, 2],
        &[0, 0, 2, 3, 0, 0, 0, 3, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3],
    );
    let found = solved(&game, Concept::Nash);
    assert!(!found.complete && found.all_pure);
    let points = found.equilibria.iter().flat_map(|one| one.points());
    let pure = points.filter(|one| one.profile().is_pure()).count();
    assert_eq!(pure, 3, "{:?}", profiles(&found));
    let segments: Vec<_> = found.equilibria.iter().filter(|one| one.corners.len() == 2).collect();
    assert_eq!(segments.len(), 2);
    for segment in segments {
        let third = |at: usize| segment.corners[at].profile().probability[4].clone();
        assert_eq!([third(0), third(1)], [Rational::new(1, 4), Rational::ONE]);
    }
    let all_mix =
        |region: &[Interval]| region.iter().all(|one| one.width() > Rational::new(1, 100));
    let inside = found.undecided.iter().any(|open| match &open.about {
        Doubt::Region(region) => all_mix(region),
        _ => false,
    });
    assert!(inside, "{:?}", found.undecided);
    // Section 6: a line segment, and nothing else.
    let game = table(
        &[2, 2, 4],
        &[
            2, 0, 0, 0, 2, 1, 0, 1, 1, 1, 0, 2, 1, 0, 2, 0, 1, 1, 0, 2, 1, 2, 0, 0, 1, 0, 1, 0, 2,
            0, 0, 1, 2, 2, 0, 1, 2, 0, 1, 0, 1, 2, 0, 2, 0, 1, 0, 1,
        ],
    );
    let found = solved(&game, Concept::Nash);
    assert!(found.equilibria.is_empty() && !found.complete && !found.undecided.is_empty());
}

/// A small reproducible generator (Steele, Lea and Flood 2014, SplitMix).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % count
    }

    fn game(&mut self, sizes: &[usize]) -> Arc<GameInstance> {
        let count = sizes.iter().product::<usize>() * sizes.len();
        let payoffs: Vec<i64> = (0..count).map(|_| self.below(199) as i64 - 99).collect();
        table(sizes, &payoffs)
    }
}

#[test]
fn random_games_have_an_odd_number_of_equilibria() {
    // Wilson (1971): almost all games have finitely many, and an odd number.
    let mut dice = Dice(7);
    let mut irrational = 0;
    for (sizes, games) in [(&[2, 2, 2][..], 24), (&[3, 2, 2], 8), (&[2, 2, 2, 2], 4)] {
        for _ in 0..games {
            let game = dice.game(sizes);
            let found = solved(&game, Concept::Nash);
            assert!(found.complete, "{sizes:?}: {} {:?}", found.searched, found.undecided);
            assert!(found.refused.is_empty(), "{:?}", found.refused);
            let number = found.equilibria.len() + found.enclosed.len();
            assert_eq!(number % 2, 1, "{sizes:?}: {number} equilibria");
            irrational += found.enclosed.len();
            // Nash equilibria of a game in which everybody moves once are sequential.
            if sizes.len() == 3 {
                let stronger = solved(&game, Concept::Sequential);
                assert_eq!(stronger.equilibria.len() + stronger.enclosed.len(), number);
            }
        }
    }
    assert!(irrational > 0, "some equilibria of random games are no fractions");
}

#[test]
fn two_players_agree_with_the_method_for_two_stages() {
    let mut dice = Dice(11);
    for _ in 0..6 {
        let game = dice.game(&[3, 3]);
        let by = |method: &str| {
            let asked = Asked {
                concept: Some(Concept::Nash),
                method: Some(method.to_owned()),
                ..Asked::default()
            };
            road::equilibria(&game, &asked, &mut |_| {})
        };
        let (one, other) = (by("supports"), by("signalling"));
        assert!(one.complete && other.complete, "{}", one.searched);
        assert_eq!(profiles(&one), profiles(&other));
    }
}

#[test]
fn every_exact_one_is_verified_as_before() {
    let mut dice = Dice(3);
    let game = dice.game(&[2, 2, 2]);
    for found in solved(&game, Concept::Nash).every() {
        assert!(matches!(verify(&game, &Concept::Nash, found.profile()), Verdict::Holds(_)));
    }
}

#[test]
fn a_solution_between_two_boxes_is_counted_once() {
    // The only mixed equilibrium of this game lies near the side of a box.
    let game = table(
        &[3, 3, 2],
        &[
            -44, -50, -36, 22, 94, 44, 74, 44, 45, 63, 66, 41, -68, -28, -20, -56, -43, -54, -40,
            -64, -72, -22, 45, -79, 86, -56, -8, 60, -29, 31, 54, 77, 31, 61, -44, -28, 74, 48, 7,
            83, 17, -60, 24, -72, 54, -57, 74, -7, 42, -46, -24, 89, -72, 72,
        ],
    );
    let found = solved(&game, Concept::Nash);
    assert!(found.complete);
    assert_eq!((found.equilibria.len(), found.enclosed.len()), (2, 1));
}

/// The game of the only irrational equilibrium after a first move, with a reply beside it that
/// does not come up.
const ENTRY: &str = r#"
game "A way in"
players
  A
  B
  C
story
  A chooses start: in | out
  if start is in
    A chooses a: top | bottom  seen by nobody
    B chooses b: left | right  seen by nobody
    C chooses c: one | two
  if start is out
    B chooses reply: good | bad
stakes of A
  tlo: 3  when a is top and b is left and c is one
  bro: 1  when a is bottom and b is right and c is one
  tlt: 1  when a is top and b is left and c is two
  brt: 2  when a is bottom and b is right and c is two
  side: 1/2  when reply is good
  loss: -1   when reply is bad
stakes of B
  blo: 1  when a is bottom and b is left and c is one
  tro: 2  when a is top and b is right and c is one
  blt: 3  when a is bottom and b is left and c is two
  trt: 1  when a is top and b is right and c is two
  thanks: 1  when reply is good
stakes of C
  tlo: 2  when a is top and b is left and c is one
  brt: 3  when a is bottom and b is right and c is two

expect sequential exists "way 1":
  start always in
  P(a is top) > 61/100
  P(a is top) < 62/100
expect sequential exists "way 2":
  start always in
  P(a is top) > 62/100
expect nash exists "way 3":
  start always in
  P(a is top) < 62/100
"#;

#[test]
fn trees_are_enclosed_with_best_choices_off_the_path() {
    let opened = road::open(
        "entry.dtn",
        ENTRY,
        &mut |_| Err("no files".into()),
        &detente::Options::default(),
        &mut |_| true,
    );
    let game = Arc::new(opened.game().expect("no mistake").base().unwrap());
    let good = |one: &detente_verify::Enclosed| {
        let form = game.form();
        let mut actions = form.info_set_ids().flat_map(|set| form.actions(set));
        let good = actions.find(|action| form.action_label(*action) == "good").unwrap();
        one.probability()[good.index()] == Interval::point(Rational::ONE)
    };
    for concept in [Concept::Sequential, Concept::SubgamePerfect] {
        let found = solved(&game, concept);
        assert_eq!(found.enclosed.len(), 1, "{:?}", found.undecided);
        assert!(good(&found.enclosed[0]));
    }
    // A Nash equilibrium may threaten with what would never be done.
    let found = solved(&game, Concept::Nash);
    assert_eq!(found.enclosed.iter().filter(|one| good(one)).count(), 1);
    assert_eq!(found.enclosed.iter().filter(|one| !good(one)).count(), 1);
    // With the threat it is not a sequential equilibrium, and the judge says who would gain.
    let threat = found.enclosed.iter().find(|one| !good(one)).unwrap().saved().enclosure;
    let refused = enclose(&game, &Concept::Sequential, &threat).unwrap_err();
    assert!(refused.fails && refused.why.contains("B gains by good"), "{refused:?}");
    let mut checker = detente::claims::Checker::new(&opened, &detente::Options::default());
    let met: Vec<Option<bool>> = (0..3).map(|at| checker.check(at).met).collect();
    assert_eq!((met[0], met[2]), (Some(true), Some(true)));
    assert_ne!(met[1], Some(true));
}

#[test]
fn the_horse_is_what_its_author_says() {
    let text = include_str!("../../../catalog/journals/selten_1975_horse.dtn");
    let opened = road::open(
        "horse.dtn",
        text,
        &mut |_| Err("no files".into()),
        &detente::Options::default(),
        &mut |_| true,
    );
    let claims = opened.game().expect("no mistake").claims.len();
    let mut checker = detente::claims::Checker::new(&opened, &detente::Options::default());
    for at in 0..claims {
        let checked = checker.check(at);
        assert_eq!(checked.met, Some(true), "{}: {}", checked.text, checked.found);
    }
}

/// Where one player mixes and the rest do not, equilibria form polytopes: a player with three equally
/// good actions, held back by what two others would do.
#[test]
fn a_player_who_is_indifferent_makes_a_polytope() {
    // The third player's payoff is always 0. The first wants to stay at his first action as long as
    // the third's first action has at least 1/3, the second as long as his second has at least 1/4.
    let mut payoffs = Vec::new();
    for third in 0..3 {
        for second in 0..2 {
            for first in 0..2 {
                let one = if first == 0 { 0 } else { 1 - 3 * i64::from(third == 0) };
                let two = if second == 0 { 0 } else { 1 - 4 * i64::from(third == 1) };
                // Whoever leaves alone ruins himself if the other leaves too.
                let ruin = if first == 1 && second == 1 { -100 } else { 0 };
                payoffs.extend([one + ruin, two + ruin, 0]);
            }
        }
    }
    let found = solved(&table(&[2, 2, 3], &payoffs), Concept::Nash);
    let corners: BTreeSet<Vec<String>> = found
        .equilibria
        .iter()
        .find(|one| one.corners.len() == 3)
        .expect("a triangle")
        .corners
        .iter()
        .map(|one| one.profile().probability.iter().map(ToString::to_string).collect())
        .collect();
    let corner = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let expected = ["1 0 1 0 3/4 1/4 0", "1 0 1 0 1/3 2/3 0", "1 0 1 0 1/3 1/4 5/12"];
    assert_eq!(corners, expected.map(corner).into_iter().collect());
}

/// In games full of ties every pure equilibrium is listed, alone or as the corner of a continuum, and
/// whatever is listed was verified.
#[test]
fn no_pure_equilibrium_is_lost_among_ties() {
    let mut state = 7_u64;
    let mut dice = move |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let mut continua = 0;
    for _ in 0..60 {
        let payoffs: Vec<i64> = (0..24).map(|_| dice(2) as i64).collect();
        let found = solved(&table(&[2, 2, 2], &payoffs), Concept::Nash);
        let listed: BTreeSet<&Profile> = found
            .equilibria
            .iter()
            .flat_map(|one| one.points().map(detente_verify::Equilibrium::profile))
            .collect();
        continua += found.equilibria.iter().filter(|one| !one.corners.is_empty()).count();
        for code in 0..8_usize {
            let worth = |code: usize, player: usize| payoffs[code * 3 + player];
            let is_nash = (0..3).all(|at| worth(code ^ (1 << at), at) <= worth(code, at));
            let bit = |at: usize| Rational::int((code >> at & 1) as i64);
            let probability = (0..3).flat_map(|at| [Rational::ONE - bit(at), bit(at)]).collect();
            let profile = Profile { probability };
            assert_eq!(listed.contains(&profile), is_nash, "{payoffs:?}: {profile:?}");
        }
    }
    assert!(continua > 20, "{continua}");
}
