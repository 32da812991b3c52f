//! All mixed equilibria of two-stage games: published ones, and an independent search.

mod support;

use detente_game::claim::Concept;
use detente_game::form::NodeKind;
use detente_game::ids::{InfoSetId, NodeId};
use detente_game::{GameInstance, Profile, Rational};
use detente_solve::solvers::signalling;
use detente_solve::{Candidate, Question};
use std::collections::HashMap;
use support::{Tree, instance};

fn q(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn find(game: &GameInstance, concept: Concept) -> Vec<Candidate> {
    let found =
        signalling::solve(game, &Question::mixed(concept), &mut |_| {}).expect("two stages");
    assert!(found.complete);
    found.candidates
}

fn vertices(candidate: &Candidate) -> Vec<Profile> {
    candidate.corners().into_iter().cloned().collect()
}

/// Beer-quiche (Cho and Kreps 1987): answers 0 beer, 1 quiche; replies 0 duel, 1 none.
fn beer_quiche(strong: Rational) -> (std::sync::Arc<GameInstance>, HashMap<String, InfoSetId>) {
    let meal = |strong: bool, beer: bool| {
        let likes = i64::from(strong == beer);
        let name = if beer { "after beer" } else { "after quiche" };
        let duel = Tree::End([Rational::int(likes), Rational::int(i64::from(!strong))]);
        let none = Tree::End([Rational::int(likes + 2), Rational::int(i64::from(strong))]);
        Tree::Decide(1, name.into(), vec![duel, none])
    };
    let breakfast = |strong: bool, name: &str| {
        Tree::Decide(0, name.into(), vec![meal(strong, true), meal(strong, false)])
    };
    let weak = Rational::ONE - &strong;
    instance(&Tree::Chance(vec![
        (strong, breakfast(true, "strong")),
        (weak, breakfast(false, "weak")),
    ]))
}

#[test]
fn beer_quiche_with_many_strong_types_pools_twice() {
    let (game, sets) = beer_quiche(q(9, 10));
    for concept in [Concept::WeakPbe, Concept::Pbe, Concept::Sequential] {
        let found = find(&game, concept);
        assert_eq!(found.len(), 2);
        for candidate in &found {
            let ends = vertices(candidate);
            assert_eq!(ends.len(), 2, "the reply to the unexpected meal is a continuum");
            let first = |name: &str, at: usize| {
                ends[at].of(game.form().info_set(sets[name]).first_action).clone()
            };
            let beer = first("strong", 0);
            assert_eq!(beer, first("weak", 0));
            let unexpected = if beer.is_one() { "after quiche" } else { "after beer" };
            let mut duel = vec![first(unexpected, 0), first(unexpected, 1)];
            duel.sort();
            assert_eq!(duel, [q(1, 2), Rational::ONE]);
        }
    }
    // Without beliefs, replies off the path need only deter: the same two components.
    assert_eq!(find(&game, Concept::Nash).len(), 2);
}

#[test]
fn beer_quiche_with_few_strong_types_mixes() {
    let (game, sets) = beer_quiche(q(1, 10));
    let found = find(&game, Concept::Sequential);
    let [Candidate::Point(profile)] = &found[..] else {
        panic!("one isolated equilibrium: {found:?}")
    };
    let first = |name: &str| profile.of(game.form().info_set(sets[name]).first_action).clone();
    assert_eq!(first("strong"), Rational::ONE);
    assert_eq!(first("weak"), q(1, 9));
    assert_eq!(first("after beer"), q(1, 2));
    assert_eq!(first("after quiche"), Rational::ONE);
}

/// The reply game: recipient C or D answers an offer by freezing (0), building in secret (1) or
/// refusing (2); the offerer, resolved or weak, sees a clean record, an alarm or a refusal.
fn reply_game(resolved: Rational) -> (std::sync::Arc<GameInstance>, HashMap<String, InfoSetId>) {
    let (d, rho, y, h, c) = (q(2, 5), q(7, 10), q(3, 10), q(2, 1), q(4, 5));
    let (v, e, x, l, l_a, z) = (q(1, 1), q(1, 2), q(1, 1), q(3, 5), q(3, 10), q(3, 10));
    let reply = |name: String, first: [Rational; 2], second: [Rational; 2]| {
        Tree::Decide(1, name, vec![Tree::End(first), Tree::End(second)])
    };
    let after_offer = |dominant: bool, resolved: bool| {
        let (a, w) = if dominant { (q(1, 5), q(8, 5)) } else { (q(1, 1), q(3, 5)) };
        let n = if resolved { q(1, 5) } else { q(-2, 5) };
        let who = if resolved { "resolved" } else { "weak" };
        let frozen = reply(format!("{who} clean"), [&a + &y, &v + &e], [a.clone(), v.clone()]);
        let gained = &a + &(&rho * &w);
        let undetected =
            reply(format!("{who} clean"), [&gained + &y, -(&l + &x)], [gained.clone(), -&l]);
        let caught = reply(format!("{who} alarm"), [&(&w - &c) - &h, &n - &l_a], [&w - &c, -&l_a]);
        let refused = reply(format!("{who} refused"), [&w - &h, &n - &z], [w.clone(), -&z]);
        let secret = Tree::Chance(vec![(Rational::ONE - &d, undetected), (d.clone(), caught)]);
        let name = if dominant { "D" } else { "C" };
        Tree::Decide(0, name.into(), vec![frozen, secret, refused])
    };
    let types = |resolved: bool| {
        Tree::Chance(vec![
            (q(1, 2), after_offer(false, resolved)),
            (q(1, 2), after_offer(true, resolved)),
        ])
    };
    let weak = Rational::ONE - &resolved;
    instance(&Tree::Chance(vec![(resolved, types(true)), (weak, types(false))]))
}

#[test]
fn reply_game_mixes_at_three_tenths() {
    let (game, sets) = reply_game(q(3, 10));
    for concept in [Concept::WeakPbe, Concept::Pbe, Concept::Sequential] {
        let found = find(&game, concept);
        let action = |name: &str, at: u32| {
            let first = game.form().info_set(sets[name]).first_action;
            detente_game::ids::ActionId(first.0 + at)
        };
        // The continuum in which D builds in secret with probability 5/6.
        let mixed: Vec<&Candidate> =
            found.iter().filter(|one| *vertices(one)[0].of(action("D", 1)) == q(5, 6)).collect();
        let [mixed] = mixed[..] else { panic!("one mixed component") };
        let ends = vertices(mixed);
        assert_eq!(ends.len(), 2);
        for end in &ends {
            assert_eq!(*end.of(action("C", 0)), Rational::ONE);
            assert_eq!(*end.of(action("D", 1)), q(5, 6));
            assert_eq!(*end.of(action("D", 2)), q(1, 6));
            let engaged = q(3, 10) * end.of(action("resolved clean", 0))
                + q(7, 10) * end.of(action("weak clean", 0));
            assert_eq!(engaged, q(32, 45));
            assert_eq!(*end.of(action("resolved refused", 0)), Rational::ONE);
            assert_eq!(*end.of(action("weak refused", 0)), Rational::ZERO);
        }
    }
}

#[test]
fn reply_game_pure_regions() {
    // Separating up to 77/300; mixed up to 61/150; then duping with distrust (MODELS, section 2).
    for (resolved, built) in [(q(1, 5), q(0, 1)), (q(3, 10), q(5, 6)), (q(1, 2), q(1, 1))] {
        let (game, sets) = reply_game(resolved.clone());
        let found = find(&game, Concept::Sequential);
        assert_eq!(found.len(), 1, "at {resolved}: {found:?}");
        let first = game.form().info_set(sets["D"]).first_action;
        for profile in vertices(&found[0]) {
            assert_eq!(profile.probability[first.index() + 1], built, "at {resolved}");
        }
    }
}

/// Expected payoff of `player` below `node` when everybody follows `profile`.
fn value(game: &GameInstance, node: NodeId, player: usize, profile: &Profile) -> Rational {
    let form = game.form();
    let id = detente_game::ids::PlayerId(player as u32);
    match form.kind(node) {
        NodeKind::End(_) => game.payoff(node, id).clone(),
        NodeKind::Chance(lottery) => form
            .children(node)
            .zip(form.branches(lottery))
            .map(|(child, branch)| game.branch(branch) * value(game, child, player, profile))
            .sum(),
        NodeKind::Decision(set) => form
            .children(node)
            .zip(form.actions(set))
            .map(|(child, action)| profile.of(action) * value(game, child, player, profile))
            .sum(),
    }
}

fn reach(game: &GameInstance, node: NodeId, profile: &Profile) -> Rational {
    let form = game.form();
    let Some(parent) = form.parent(node) else { return Rational::ONE };
    let here = match (form.action_into(node), form.branch_into(node)) {
        (Some(action), _) => profile.of(action).clone(),
        (_, Some(branch)) => game.branch(branch).clone(),
        _ => Rational::ONE,
    };
    here * reach(game, parent, profile)
}

/// A direct check of weak perfect Bayesian equilibrium for sets of at most two members: where a
/// set is not reached, it is enough that some mix of its two members' payoffs makes play best,
/// which is decided by the crossing points of lines.
fn is_weak_pbe(game: &GameInstance, profile: &Profile) -> bool {
    let form = game.form();
    form.info_set_ids().all(|set| {
        let player = form.info_set(set).player.index();
        let members = form.members(set);
        let worth = |member: NodeId| -> Vec<Rational> {
            form.children(member).map(|child| value(game, child, player, profile)).collect()
        };
        let weights: Vec<Rational> = members.iter().map(|m| reach(game, *m, profile)).collect();
        let played: Vec<usize> = (0..form.actions(set).len())
            .filter(|at| {
                profile.probability[form.info_set(set).first_action.index() + at].is_positive()
            })
            .collect();
        let best_at = |weights: &[Rational]| {
            let mut totals = vec![Rational::ZERO; form.actions(set).len()];
            for (member, weight) in members.iter().zip(weights) {
                for (total, value) in totals.iter_mut().zip(worth(*member)) {
                    *total += weight * &value;
                }
            }
            let most = totals.iter().max().expect("actions").clone();
            played.iter().all(|at| totals[*at] == most)
        };
        if weights.iter().any(Rational::is_positive) {
            return best_at(&weights);
        }
        if members.len() == 1 {
            return best_at(&[Rational::ONE]);
        }
        assert_eq!(members.len(), 2);
        let (one, two) = (worth(members[0]), worth(members[1]));
        let mut candidates = vec![Rational::ZERO, Rational::ONE];
        for a in 0..one.len() {
            for b in 0..a {
                let (gap_one, gap_two) = (&one[a] - &one[b], &two[a] - &two[b]);
                let crossing = gap_two.checked_div(&(&gap_two - &gap_one));
                candidates.extend(crossing.filter(|p| !p.is_negative() && *p <= Rational::ONE));
            }
        }
        candidates.iter().any(|p| best_at(&[p.clone(), Rational::ONE - p]))
    })
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64).rem_euclid(sides)
    }
}

/// Two types, `messages` messages and `replies` replies with payoffs from a small range, so that
/// ties are common.
fn random_game(
    dice: &mut Dice,
    types: usize,
    messages: usize,
    replies: usize,
    range: i64,
) -> std::sync::Arc<GameInstance> {
    let branches = (0..types).map(|kind| {
        let answers = (0..messages).map(|message| {
            let ends = (0..replies).map(|_| {
                Tree::End([Rational::int(dice.roll(range)), Rational::int(dice.roll(range))])
            });
            Tree::Decide(1, format!("reply {message}"), ends.collect())
        });
        (q(1, types as i64), Tree::Decide(0, format!("type {kind}"), answers.collect()))
    });
    instance(&Tree::Chance(branches.collect())).0
}

#[test]
fn every_vertex_and_interior_point_is_an_equilibrium() {
    let mut dice = Dice(7);
    for round in 0..150 {
        let range = if round % 2 == 0 { 3 } else { 20 };
        let game = random_game(&mut dice, 2, 2 + round % 2, 2 + round % 3, range);
        let found = find(&game, Concept::WeakPbe);
        assert!(!found.is_empty(), "every finite game has an equilibrium");
        for candidate in &found {
            for profile in vertices(candidate) {
                assert!(profile.fits(game.form()));
                assert!(is_weak_pbe(&game, &profile), "{profile:?}");
            }
            if let Candidate::Component(pieces) = candidate {
                for piece in pieces {
                    assert!(is_weak_pbe(&game, &piece.inside), "{:?}", piece.inside);
                }
            }
        }
    }
}

/// Whether a profile lies in the list: an isolated point, or in the box of a component's
/// vertices, action by action.
fn is_covered(found: &[Candidate], profile: &Profile) -> bool {
    found.iter().any(|candidate| {
        let ends = vertices(candidate);
        (0..profile.probability.len()).all(|at| {
            let values = || ends.iter().map(|end| &end.probability[at]);
            *values().min().unwrap() <= profile.probability[at]
                && profile.probability[at] <= *values().max().unwrap()
        })
    })
}

#[test]
fn no_equilibrium_of_a_fine_grid_is_missed() {
    let mut dice = Dice(11);
    let steps = 6;
    let mut seen = 0;
    for _ in 0..40 {
        // Payoffs 0, 1 and 2 put mixed equilibria at halves and thirds, which the grid holds.
        let game = random_game(&mut dice, 2, 2, 2, 3);
        let found = find(&game, Concept::WeakPbe);
        for code in 0..(steps + 1i64).pow(4) {
            let mut rest = code;
            let mut probability = Vec::new();
            for _ in 0..4 {
                let p = q(rest % (steps + 1), steps);
                rest /= steps + 1;
                probability.push(p.clone());
                probability.push(Rational::ONE - p);
            }
            let profile = Profile { probability };
            if is_weak_pbe(&game, &profile) {
                seen += 1;
                assert!(is_covered(&found, &profile), "missed {profile:?} of {found:?}");
            }
        }
    }
    assert!(seen > 1000, "the grid must hold equilibria, it held {seen}");
}

#[test]
fn larger_games_are_finished() {
    let mut dice = Dice(5);
    let game = random_game(&mut dice, 3, 3, 3, 100);
    let found = find(&game, Concept::Sequential);
    assert!(!found.is_empty());
}

/// Both choose at once: the second mover's one set holds all nodes after the first's choice.
fn bimatrix(one: &[&[i64]], two: &[&[i64]]) -> std::sync::Arc<GameInstance> {
    let row = |(a, b): (&&[i64], &&[i64])| {
        let ends = a.iter().zip(*b);
        let ends = ends.map(|(a, b)| Tree::End([Rational::int(*a), Rational::int(*b)]));
        Tree::Decide(1, "column".into(), ends.collect())
    };
    instance(&Tree::Decide(0, "row".into(), one.iter().zip(two).map(row).collect())).0
}

#[test]
fn coordination_has_an_equilibrium_for_every_set_of_choices() {
    let identity: [&[i64]; 4] = [&[1, 0, 0, 0], &[0, 1, 0, 0], &[0, 0, 1, 0], &[0, 0, 0, 1]];
    let found = find(&bimatrix(&identity, &identity), Concept::Nash);
    assert_eq!(found.len(), 15);
    assert!(found.iter().all(|one| matches!(one, Candidate::Point(_))));
}

#[test]
fn degenerate_bimatrix_game_has_a_segment_and_a_point() {
    // The second mover is indifferent against the first row.
    let game = bimatrix(&[&[3, 3], &[2, 5], &[0, 6]], &[&[3, 3], &[2, 6], &[3, 1]]);
    let found = find(&game, Concept::Nash);
    assert_eq!(found.len(), 2, "{found:?}");
    let probabilities = |profile: &Profile| profile.probability.clone();
    let point = [q(0, 1), q(1, 3), q(2, 3), q(1, 3), q(2, 3)];
    let segment = [
        vec![q(1, 1), q(0, 1), q(0, 1), q(2, 3), q(1, 3)],
        vec![q(1, 1), q(0, 1), q(0, 1), q(1, 1), q(0, 1)],
    ];
    for candidate in &found {
        match candidate {
            Candidate::Point(profile) => assert_eq!(probabilities(profile), point),
            Candidate::Component(pieces) => {
                let [piece] = pieces.as_slice() else { panic!("{pieces:?}") };
                assert_eq!(piece.corners.iter().map(probabilities).collect::<Vec<_>>(), segment);
                assert_eq!(piece.inside.probability[3], q(5, 6));
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A sender of two types and a receiver of two types. Message 1, which never pays, is followed by
/// a clean record (type 0: 2/3, type 1: 1/3) or an alarm. Reply 0 is best where type 0 is at
/// least as likely as type 1, reply 1 where it is at most as likely.
fn linked_game() -> (std::sync::Arc<GameInstance>, HashMap<String, InfoSetId>) {
    let reply = |name: &str, kind: usize| {
        let right = |reply: usize| Rational::int(i64::from(reply == kind));
        let ends = (0..2).map(|reply| Tree::End([Rational::int(-1), right(reply)]));
        Tree::Decide(1, name.into(), ends.collect())
    };
    let sender = |kind: usize, receiver: &str| {
        let noisy = Tree::Chance(vec![
            (q(2 - kind as i64, 3), reply(&format!("{receiver} clean"), kind)),
            (q(1 + kind as i64, 3), reply(&format!("{receiver} alarm"), kind)),
        ]);
        let safe = Tree::End([Rational::ZERO, Rational::ZERO]);
        Tree::Decide(0, format!("type {kind}"), vec![safe, noisy])
    };
    let types = |receiver: &str| {
        Tree::Chance(vec![(q(1, 2), sender(0, receiver)), (q(1, 2), sender(1, receiver))])
    };
    instance(&Tree::Chance(vec![(q(1, 2), types("one")), (q(1, 2), types("other"))]))
}

#[test]
fn beliefs_hang_together_as_the_concept_asks() {
    let (game, sets) = linked_game();
    let first = |name: &str| game.form().info_set(sets[name]).first_action.index();
    let all = ["one clean", "one alarm", "other clean", "other alarm"];
    // Nobody sends message 1; which pure replies may be held at the four unreached sets?
    let held = |concept: Concept| -> Vec<Vec<bool>> {
        let found = find(&game, concept);
        let mut held: Vec<Vec<bool>> = found
            .iter()
            .flat_map(vertices)
            .filter(Profile::is_pure)
            .map(|profile| all.iter().map(|set| profile.probability[first(set)].is_one()).collect())
            .collect();
        held.sort();
        held.dedup();
        held
    };
    // Own beliefs at each set: anything.
    assert_eq!(held(Concept::WeakPbe).len(), 16);
    // With odds l before the record they are 2l if it is clean and l/2 after an alarm, so each
    // receiver's (1 if clean, 0 after an alarm) is impossible: 3 of 4 combinations each.
    assert_eq!(held(Concept::Pbe).len(), 9);
    // Trembles do not depend on the receiver's type: both have the same odds, and one cannot
    // always play 0 while the other always plays 1.
    assert_eq!(held(Concept::Sequential).len(), 7);
}

#[test]
fn a_continuum_of_too_many_corners_is_said_not_to_be_listed() {
    // Eleven messages that nobody sends, each followed by one of three replies of no importance.
    let replies = |message: usize| {
        let ends = (0..3).map(|_| Tree::End([Rational::int(-1), Rational::ZERO]));
        Tree::Decide(1, format!("reply {message}"), ends.collect())
    };
    let safe = Tree::End([Rational::ONE, Rational::ZERO]);
    let answers = std::iter::once(safe).chain((0..11).map(replies));
    let game = instance(&Tree::Decide(0, "choice".into(), answers.collect())).0;
    let question = Question::mixed(Concept::Sequential);
    let found = signalling::solve(&game, &question, &mut |_| {}).expect("two stages");
    assert!(!found.complete);
    assert_eq!(found.candidates.len(), 1);
    assert!(found.searched.contains("very many vertices"), "{}", found.searched);
}
