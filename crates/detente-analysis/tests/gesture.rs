//! The treaty gesture: the figures of its published tables, computed again.

use detente_analysis::algebra::Root;
use detente_analysis::analyses::first_turn::Place;
use detente_analysis::analyses::{beliefs, margins, stakes, values, visibility};
use detente_analysis::{Flips, Play, Side, after_messages, lints, names, outcome_shares, tightest};
use detente_game::claim::Concept;
use detente_game::{Game, Rational};
use detente_solve::{Candidate, Question, solve};
use detente_verify::{Equilibrium, verify};
use std::sync::Arc;

fn r(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn gesture() -> Game {
    let text = include_str!("../../detente-lang/tests/fixtures/gesture.dtn");
    let loaded = detente_lang::Loaded::new("gesture.dtn", text, &mut |path| Err(path.to_owned()));
    let options = detente_lang::Options::default();
    detente_lang::compile(&loaded, &options, &mut |_| true).game.expect("it compiles")
}

/// The equilibrium in which both sorts of Offerer extend.
fn both_extend(game: &Game) -> Equilibrium {
    let instance = Arc::new(game.base().expect("the base point is fine"));
    let found = solve(&instance, &Question::pure(Concept::Sequential), &mut |_| {});
    found
        .candidates
        .iter()
        .filter_map(|candidate| match candidate {
            Candidate::Point(profile) => {
                verify(&instance, &Concept::Sequential, profile).into_equilibrium()
            }
            _ => None,
        })
        .find(|equilibrium| {
            let play = Play::new(equilibrium.instance(), equilibrium.profile());
            outcome_shares(&play)[0].probability.is_zero()
        })
        .expect("both extend in a sequential equilibrium")
}

#[test]
fn shares_of_outcomes() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let play = Play::new(equilibrium.instance(), equilibrium.profile());
    let shares = outcome_shares(&play);
    let of = |name: &str| {
        let share = shares.iter().find(|share| share.name == name);
        share.expect("an outcome of the file").probability.clone()
    };
    assert_eq!(of("treaty lapses"), Rational::ZERO);
    assert_eq!(of("open race"), r(3, 10));
    assert_eq!(of("freeze holds"), r(39, 100));
    assert_eq!(of("freeze lost to alarm"), r(1, 100));
    assert_eq!(of("cheating unanswered"), r(174, 1000));
    assert_eq!(of("cheating answered"), r(126, 1000));
    assert_eq!(shares.iter().map(|share| &share.probability).sum::<Rational>(), Rational::ONE);
    assert_eq!(shares.len(), 6);
}

#[test]
fn worth_to_each_type() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let worth = values::worth(&equilibrium);
    let offerer: Vec<Rational> =
        worth[0].by_type.iter().filter_map(|of_type| of_type.expected.clone()).collect();
    assert_eq!(offerer, [r(-132, 1000), r(-98, 100)]);
    assert_eq!(worth[0].value, r(-556, 1000));
}

#[test]
fn the_tightest_choice_and_its_stakes() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let form = equilibrium.instance().form();
    let sorted = tightest(&equilibrium);
    let first: Vec<Rational> = sorted.iter().take(3).map(|margin| margin.margin.clone()).collect();
    assert_eq!(first, [r(12, 100), r(46, 100), r(52, 100)]);
    assert_eq!(names::decider(form, sorted[0].set), "Partner (dominance)");
    assert_eq!(form.action_label(sorted[0].chosen), "accept");
    let breakdown = stakes::breakdown(&equilibrium, &sorted[0]).expect("it is reached");
    assert_eq!((&breakdown.chosen, &breakdown.against), (&r(32, 100), &r(20, 100)));
    let parts: Vec<(&str, Rational)> = breakdown
        .stakes
        .iter()
        .map(|(stake, part)| (form.stake(*stake).name.as_str(), part.clone()))
        .collect();
    assert_eq!(parts, [("punished", r(112, 100)), ("missile_edge", r(-1, 1))]);
    // Every margin of a reached situation is the sum of its stakes.
    for margin in equilibrium.margins().iter().filter(|margin| margin.reached) {
        let breakdown = stakes::breakdown(&equilibrium, margin).expect("the parts add up");
        let sum: Rational = breakdown.stakes.iter().map(|(_, part)| part).sum();
        assert_eq!(sum, margin.margin);
    }
    assert!(margins::ties(&equilibrium).is_empty());
}

#[test]
fn the_tightest_choice_flips_where_published() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let flips = Flips::new(&game, &equilibrium);
    let mut found: Vec<(String, Side, Rational)> = Vec::new();
    for axis in flips.of_margin(&tightest(&equilibrium)[0]) {
        assert_eq!(axis.unknown, None);
        for flip in [axis.below, axis.above].into_iter().flatten() {
            let Root::Exact(at) = flip.at else { panic!("{flip:?}") };
            found.push((game.params[flip.param.index()].name.clone(), flip.side, at));
        }
    }
    let expected = [
        ("p_firm", Side::Below, r(5, 12)),
        ("insight", Side::Below, r(5, 8)),
        ("detect", Side::Above, r(9, 14)),
        ("edge", Side::Above, r(78, 25)),
        ("secret_edge", Side::Below, r(47, 25)),
        ("transfer", Side::Below, r(25, 7)),
    ];
    let expected: Vec<_> =
        expected.into_iter().map(|(name, side, at)| (name.to_owned(), side, at)).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_equilibrium_leaves_where_published() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let flips = Flips::new(&game, &equilibrium);
    for (name, below, above) in [
        ("detect", r(1, 6), r(9, 14)),
        ("edge", r(62, 25), r(78, 25)),
        ("secret_edge", r(47, 25), r(63, 25)),
        ("p_firm", r(5, 12), r(35, 44)),
        ("transfer", r(25, 7), r(400, 77)),
        ("insight", r(5, 8), r(10, 11)),
        ("p_serious", r(23, 83), r(168, 193)),
        ("exposure", r(88, 63), r(212, 27)),
        ("snub", r(1, 1), r(31, 7)),
    ] {
        let param = game.param(name).expect("a parameter");
        for (side, expected) in [(Side::Below, below), (Side::Above, above)] {
            let first = flips.first(param, side).expect("it turns");
            assert_eq!(first.at, Place::At(Root::Exact(expected)), "{name} {side:?}");
            assert_eq!(first.holds_before, Some(true), "{name} {side:?}");
            assert_eq!(first.fails_after, Some(true), "{name} {side:?}");
            assert!(first.all_followed, "{name} {side:?}");
        }
    }
    let false_alarm = game.param("false_alarm").expect("a parameter");
    assert_eq!(flips.first(false_alarm, Side::Below), None);
    assert_eq!(flips.first(false_alarm, Side::Above), None);
}

#[test]
fn what_the_reply_tells() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let form = equilibrium.instance().form();
    let messages = after_messages(&equilibrium);
    let told = |known: &[&str]| {
        let found = messages.iter().find(|message| {
            let texts: Vec<String> = message
                .log
                .iter()
                .map(|entry| names::entry(form, message.reader, *entry))
                .collect();
            texts == known
        });
        let message = found.unwrap_or_else(|| panic!("{known:?} is no message"));
        (message.before[0].1.clone(), message.after[0].1.clone())
    };
    let accept = ["own type firm", "gesture is extend", "reply is accept"];
    assert_eq!(told(&accept), (r(2, 5), r(20, 41)));
    let alarm = [&accept[..], &["satellites is alarm"]].concat();
    assert_eq!(told(&alarm), (r(20, 41), r(5, 68)));
    let soft = ["own type soft", "gesture is extend", "reply is accept"];
    assert_eq!(told(&soft), (r(2, 5), r(20, 29)));
    let reject = ["own type soft", "gesture is extend", "reply is reject"];
    assert_eq!(told(&reject), (r(2, 5), Rational::ZERO));
    let gesture = ["own type serious", "gesture is extend"];
    assert_eq!(told(&gesture), (r(1, 2), r(1, 2)));
    let likely = ["own type serious", "gesture is extend", "assessment is retaliation_likely"];
    assert_eq!(told(&likely), (r(1, 2), r(7, 10)));
    let outside = Play::new(equilibrium.instance(), equilibrium.profile());
    let partner = names::type_event(form, detente_game::PlayerId(1)).expect("it has types");
    assert_eq!(beliefs::prior(&outside, partner).expect("types happen")[0].1, r(2, 5));
}

#[test]
fn who_never_sees_what() {
    let game = gesture();
    let seen: Vec<(u32, Vec<String>)> = visibility::never_seen(&game.form)
        .into_iter()
        .map(|unseen| {
            let text = |event: &detente_game::EventId| {
                let name = names::event(&game.form, *event);
                let is_type = game.form.event(*event).kind == detente_game::form::EventKind::Type;
                if is_type { format!("type of {name}") } else { name }
            };
            (unseen.player.0, unseen.events.iter().map(text).collect())
        })
        .collect();
    let offerer = ["type of Partner", "assessment", "programme"].map(str::to_owned).to_vec();
    let partner = ["type of Offerer", "satellites"].map(str::to_owned).to_vec();
    assert_eq!(seen, [(0, offerer), (1, partner)]);
}

#[test]
fn what_the_lints_find() {
    let game = gesture();
    let equilibrium = both_extend(&game);
    let form = equilibrium.instance().form();
    let unused: Vec<(String, &str)> = lints::never_chosen(&[&equilibrium])
        .iter()
        .map(|unused| {
            let own = unused.own_type.map(|value| form.value(value)).unwrap_or_default();
            (format!("{own} {}", names::event(form, unused.question)), form.value(unused.option))
        })
        .collect();
    let expected = [
        ("firm gesture", "let_lapse"),
        ("serious reply", "reject"),
        ("serious programme", "build"),
        ("dominance programme", "freeze"),
        ("soft gesture", "let_lapse"),
        ("soft response", "retaliate"),
    ];
    for (place, option) in expected {
        assert!(unused.contains(&(place.to_owned(), option)), "{place} {option}: {unused:?}");
    }
    assert_eq!(unused.len(), expected.len());

    let thin = lints::thin_sources(&game, &equilibrium, &r(1, 10));
    let found: Vec<(&str, lints::Thinness, Rational)> = thin
        .iter()
        .map(|thin| {
            let name = game.params[thin.flip.param.index()].name.as_str();
            (name, thin.thinness, thin.distance.clone())
        })
        .collect();
    let none = lints::Thinness::NoSource;
    let expected = [
        ("edge", none, r(12, 1000)),
        ("secret_edge", none, r(12, 1000)),
        ("detect", none, r(3, 70)),
        ("transfer", none, r(3, 70)),
        ("p_firm", lints::Thinness::LowConfidence, r(1, 12)),
    ];
    assert_eq!(found, expected);
    assert!(lints::resting_ties(&[&equilibrium]).is_empty());
}
