//! Certificates prove by themselves: they survive being written down, and every change to one is
//! noticed.

mod common;

use common::gesture::{Numbers, both_extend, gesture};
use common::{Small, beer_quiche, build, chance, choose, end, entry, number};
use detente_game::claim::Concept::{self, Nash, Pbe, Sequential, SubgamePerfect, WeakPbe};
use detente_game::{NodeId, PlayerId, Profile, Rational};
use detente_verify::{Certificate, Saved, recheck};

fn games() -> Vec<(Small, Profile)> {
    let beer = beer_quiche();
    let pooling = beer.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    let treaty = gesture(&Numbers::default());
    let both = both_extend(&treaty);
    let entered = entry();
    let threat = entered.pure(&[("enter", "in"), ("reply", "yield")]);
    let hidden = two_slips();
    let stay = hidden.pure(&[("begin", "stay"), ("second", "l"), ("guess", "L")]);
    vec![(beer, pooling), (treaty, both), (entered, threat), (hidden, stay)]
}

/// Two slips before a guess: orders and weights both matter.
fn two_slips() -> Small {
    let guess = |left: i64| {
        choose(2, "guess", vec![("L", end(&[0, 0, left])), ("R", end(&[0, 0, 1 - left]))])
    };
    let second = |name: &str| choose(1, "second", vec![("l", guess(1)), (name, guess(0))]);
    let tree = choose(
        0,
        "begin",
        vec![("stay", end(&[1, 0, 0])), ("go", second("r")), ("run", second("r"))],
    );
    build(&["One", "Two", "Three"], &tree)
}

fn saved(game: &Small, concept: Concept, profile: &Profile) -> Saved {
    let verdict = game.verdict(concept, profile);
    let saved = verdict.equilibrium().unwrap_or_else(|| panic!("{verdict:?}")).saved();
    assert!(recheck(&game.instance, &saved).holds());
    saved
}

fn rejected(game: &Small, saved: &Saved, what: &str) {
    let verdict = recheck(&game.instance, saved);
    assert!(!verdict.holds(), "{what}: {verdict:?}");
}

#[test]
fn certificates_survive_being_written_down() {
    for (game, profile) in games() {
        for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
            let saved = saved(&game, concept, &profile);
            let text = serde_json::to_string(&saved).unwrap();
            let read: Saved = serde_json::from_str(&text).unwrap();
            assert_eq!(read, saved);
            assert!(recheck(&game.instance, &read).holds());
        }
    }
}

#[test]
fn changed_payoffs_profiles_and_concepts_are_noticed() {
    for (game, profile) in games() {
        for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
            let good = saved(&game, concept.clone(), &profile);
            let mut bad = good.clone();
            bad.values[0] = &bad.values[0] + &Rational::new(1, 1000);
            rejected(&game, &bad, "value");
            let mut bad = good.clone();
            bad.profile.probability.pop();
            rejected(&game, &bad, "short profile");
            for other in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
                if other != concept {
                    let mut bad = good.clone();
                    bad.concept = other;
                    rejected(&game, &bad, "another concept");
                }
            }
        }
    }
}

#[test]
fn a_changed_nash_or_subgame_certificate_is_noticed() {
    for (game, profile) in games() {
        let mut bad = saved(&game, Nash, &profile);
        if let Certificate::Nash { best } = &mut bad.certificate {
            best[1] = &best[1] - &Rational::ONE;
        }
        rejected(&game, &bad, "best value");
        let good = saved(&game, SubgamePerfect, &profile);
        let mut bad = good.clone();
        if let Certificate::SubgamePerfect { roots } = &mut bad.certificate {
            roots.clear();
        }
        rejected(&game, &bad, "no subgames");
        let mut bad = good;
        if let Certificate::SubgamePerfect { roots } = &mut bad.certificate {
            roots.push(NodeId(1_000_000));
        }
        rejected(&game, &bad, "a subgame too many");
    }
}

/// Moves some belief to the next member; the sets with one member stay.
fn shifted(beliefs: &[Vec<Rational>], set: usize) -> Option<Vec<Vec<Rational>>> {
    let mut changed = beliefs.to_vec();
    let from = changed[set].iter().position(Rational::is_positive)?;
    let to = (from + 1) % changed[set].len();
    if to == from {
        return None;
    }
    let half = &changed[set][from] / &Rational::int(2);
    changed[set][from] = half.clone();
    changed[set][to] = &changed[set][to] + &half;
    Some(changed)
}

#[test]
fn changed_beliefs_are_noticed() {
    for (game, profile) in games() {
        for concept in [Pbe, Sequential] {
            let good = saved(&game, concept, &profile);
            let beliefs = good.certificate.beliefs().unwrap().to_vec();
            for set in 0..beliefs.len() {
                let Some(changed) = shifted(&beliefs, set) else { continue };
                let mut bad = good.clone();
                match &mut bad.certificate {
                    Certificate::Pbe { beliefs, .. } | Certificate::Sequential { beliefs, .. } => {
                        *beliefs = changed;
                    }
                    _ => unreachable!(),
                }
                rejected(&game, &bad, "belief");
            }
        }
    }
}

#[test]
fn changed_weak_beliefs_are_noticed_where_reached_or_wrong() {
    let game = beer_quiche();
    let profile = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    let good = saved(&game, WeakPbe, &profile);
    let with = |set: &str, belief: [&str; 2]| {
        let mut changed = good.clone();
        if let Certificate::WeakPbe { beliefs } = &mut changed.certificate {
            beliefs[game.set(set).index()] = belief.map(number).to_vec();
        }
        recheck(&game.instance, &changed)
    };
    assert!(with("after_quiche", ["1/2", "1/2"]).holds());
    assert!(!with("after_quiche", ["51/100", "49/100"]).holds());
    assert!(!with("after_quiche", ["0", "1/2"]).holds());
    assert!(!with("after_quiche", ["-1", "2"]).holds());
    assert!(!with("after_beer", ["1/2", "1/2"]).holds());
}

#[test]
fn changed_plausibility_is_noticed() {
    for (game, profile) in games() {
        let good = saved(&game, Pbe, &profile);
        let change = |edit: &dyn Fn(&mut detente_verify::Plausibility)| {
            let mut bad = good.clone();
            if let Certificate::Pbe { plausibility, .. } = &mut bad.certificate {
                edit(&mut plausibility[0]);
            }
            bad
        };
        rejected(&game, &change(&|entry| entry.order.fill(0)), "all equally plausible");
        rejected(&game, &change(&|entry| entry.weight.fill(Rational::ZERO)), "no density");
        rejected(&game, &change(&|entry| entry.players.clear()), "nobody's order");
        rejected(&game, &change(&|entry| entry.players.push(PlayerId(0))), "twice the same player");
        rejected(
            &game,
            &change(&|entry| {
                entry.order.pop();
            }),
            "too short",
        );
        // An end after a played move, raised alone.
        let played = game.form().ends().find(|end| {
            game.form().action_into(*end).is_some_and(|action| profile.of(action).is_positive())
        });
        let played = played.unwrap().index();
        rejected(
            &game,
            &change(&|entry| entry.order[played] += 1),
            "a played move made a surprise",
        );
        rejected(
            &game,
            &change(&|entry| entry.weight[played] *= &Rational::int(2)),
            "a weight inside a stretch",
        );
    }
}

#[test]
fn changed_trembles_are_noticed() {
    for (game, profile) in games() {
        let good = saved(&game, Sequential, &profile);
        let unplayed = profile.probability.iter().position(Rational::is_zero).unwrap();
        let played = profile.probability.iter().position(Rational::is_positive).unwrap();
        let change = |edit: &dyn Fn(&mut Vec<u32>, &mut Vec<Rational>)| {
            let mut bad = good.clone();
            if let Certificate::Sequential { order, weight, .. } = &mut bad.certificate {
                edit(order, weight);
            }
            bad
        };
        rejected(&game, &change(&|order, _| order[unplayed] = 0), "an unplayed action of order 0");
        rejected(&game, &change(&|order, _| order[played] = 1), "a played action of order 1");
        rejected(
            &game,
            &change(&|_, weight| weight[played] = number("1/3")),
            "not the profile's weight",
        );
        rejected(&game, &change(&|_, weight| weight[unplayed] = Rational::ZERO), "no tremble");
        rejected(
            &game,
            &change(&|_, weight| weight[unplayed] = number("-1")),
            "a negative tremble",
        );
        rejected(&game, &change(&|order, _| order.clear()), "no trembles");
    }
}

/// Where trembles decide, other trembles decide otherwise.
#[test]
fn other_orders_of_trembles_change_the_beliefs() {
    let game = beer_quiche();
    let profile = game.pure(&[
        ("strong", "beer"),
        ("weak", "beer"),
        ("after_beer", "walk"),
        ("after_quiche", "duel"),
    ]);
    let good = saved(&game, Sequential, &profile);
    let strong_quiche = game.form().actions(game.set("strong")).nth(1).unwrap().index();
    let weak_quiche = game.form().actions(game.set("weak")).nth(1).unwrap().index();
    let mut bad = good.clone();
    let Certificate::Sequential { order, .. } = &mut bad.certificate else { unreachable!() };
    // The strong type's slip far likelier than the weak one's.
    order[strong_quiche] = 1;
    order[weak_quiche] = 2;
    rejected(&game, &bad, "the beliefs are no longer those of the trembles");
    let Certificate::Sequential { beliefs, .. } = &mut bad.certificate else { unreachable!() };
    beliefs[game.set("after_quiche").index()] = vec![number("1"), number("0")];
    rejected(&game, &bad, "a duel against the strong type for certain");
}

#[test]
fn a_certificate_for_another_game_is_refused() {
    let mut games = games();
    let (last, profile) = games.pop().unwrap();
    for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
        let foreign = saved(&last, concept, &profile);
        for (game, _) in &games {
            rejected(game, &foreign, "another game");
        }
    }
    let unrelated =
        build(&["One"], &chance("coin", vec![("h", "1/2", end(&[0])), ("t", "1/2", end(&[2]))]));
    let nothing = Profile { probability: Vec::new() };
    for concept in [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential] {
        let held = saved(&unrelated, concept, &nothing);
        assert_eq!(held.values, [Rational::ONE]);
    }
}
