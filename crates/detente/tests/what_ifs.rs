//! Variants and locks: the published figures of the treaty gesture, and what holds of every lock.
#![allow(clippy::disallowed_methods)]

use detente::analysis::Play;
use detente::analysis::analyses::contrast::{Amount, Measure};
use detente::analysis::analyses::replies::expected;
use detente::game::claim::Concept;
use detente::game::locked::LockError;
use detente::game::what_if::{BehaviourLock, LockMode, WhatIf};
use detente::game::{Game, GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational};
use detente::report::numbers::Numbers;
use detente::report::variant::{Kind, Variant};
use detente::road::{Asked, Solved, equilibria};
use detente::verify::{Equilibrium, verify};
use detente::what_if::{Question, departure, play, variant};
use detente::{Options, road};
use std::path::Path;
use std::sync::Arc;

fn opened(file: &str, more: &str) -> Game {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog").join(file);
    let text = std::fs::read_to_string(&path).expect("the file is there") + more;
    let folder = path.parent().expect("a folder").to_path_buf();
    let mut reader =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let opened = road::open(file, &text, &mut reader, &Options::default(), &mut |_| true);
    opened.game().unwrap_or_else(|| panic!("{:?}", opened.diagnostics())).clone()
}

const GESTURE: &str = "new_start/treaty_gesture.dtn";

fn solve(instance: &Arc<GameInstance>) -> Solved {
    equilibria(instance, &Asked::default(), &mut |_| {})
}

fn first(game: &Game) -> Equilibrium {
    let solved = solve(&Arc::new(game.base().expect("numbers")));
    solved.equilibria[0].equilibrium.clone()
}

/// The equilibrium of the gesture in which both sorts extend.
fn extending(game: &Game) -> Equilibrium {
    let solved = solve(&Arc::new(game.base().expect("numbers")));
    let extends = |one: &&Equilibrium| one.values()[0] == r(-139, 250);
    let found = solved.every().find(extends);
    found.expect("the published equilibrium").clone()
}

fn played(game: &Game) -> Variant {
    let before = extending(game);
    let what_if = game.what_ifs.last().expect("a variant");
    let question = Question { before: (&before, "A"), game, what_if, numbers: Numbers::Both };
    variant(&question, &mut |instance| solve(instance)).expect("it can be played")
}

fn r(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn amounts(variant: &Variant, measure: &Measure, kinds: &[Kind]) -> Vec<Rational> {
    let row = variant.rows.iter().find(|row| row.measure == *measure).expect("it is measured");
    let of = |kind: &Kind| {
        let at = variant.columns.iter().position(|column| column.kind == *kind).expect("a column");
        match &row.amounts[at] {
            Some(Amount::Exact(value)) => value.clone(),
            other => panic!("{other:?}"),
        }
    };
    kinds.iter().map(of).collect()
}

#[test]
fn the_gesture_read_as_weakness() {
    let game = opened(GESTURE, "");
    let page = played(&game);
    let kinds = [Kind::Before, Kind::KnownToAll, Kind::NobodyElseKnows];
    let outcome = |name: &str| amounts(&page, &Measure::Outcome(name.to_owned()), &kinds);
    let choice = |event: &str, value: &str| {
        amounts(&page, &Measure::Choice(event.to_owned(), value.to_owned()), &kinds)
    };
    let value = |kind: &str| {
        amounts(&page, &Measure::ValueOfType("Offerer".to_owned(), kind.to_owned()), &kinds)
    };
    assert_eq!(outcome("open race"), [r(3, 10), r(3, 5), r(3, 5)]);
    assert_eq!(choice("programme", "build"), [r(3, 10), r(0, 1), r(0, 1)]);
    assert_eq!(choice("response", "retaliate"), [r(226, 1000), r(3, 10), r(31, 100)]);
    assert_eq!(value("firm"), [r(-132, 1000), r(-1, 5), r(-3, 10)]);
    assert_eq!(value("soft"), [r(-98, 100), r(-4, 5), r(-4, 5)]);
    let told = Measure::Told("Partner".to_owned(), "reply".to_owned());
    let row = page.rows.iter().find(|row| row.measure == told).expect("the reply tells");
    let Some(Amount::Bits(before, whole)) = &row.amounts[0] else { panic!() };
    assert!((before - 0.281).abs() < 5e-4 && (whole - 0.971).abs() < 5e-4);

    let lasts = &page.ranges[0];
    let turn = lasts.below.as_ref().expect("it turns below");
    assert_eq!(turn.at.middle(), r(5, 12));
    assert_eq!((turn.holds_before, turn.fails_after), (Some(true), Some(true)));
    let holds = page.ranges.iter().find(|range| range.column.kind == Kind::KnownToAll);
    let above = holds.and_then(|range| range.above.as_ref()).expect("it turns above");
    assert_eq!(above.at.middle(), r(1, 8));
    // The price of a wrong reading, and of replying to one that is not there.
    assert_eq!(page.own, [("Partner".to_owned(), r(-36, 1000))]);
    assert_eq!((&page.knowing[0].gain, &page.knowing[0].price), (&r(1, 20), &r(227, 500)));
    assert!(page.sentences.iter().any(|one| one.text.contains("open race goes from 30% to 60%")));
}

/// Every plan of one player against what the others do: the slow way to a best reply.
fn best_by_hand(instance: &GameInstance, profile: &Profile, player: PlayerId) -> Rational {
    let form = instance.form();
    let sets: Vec<_> =
        form.info_set_ids().filter(|set| form.info_set(*set).player == player).collect();
    let mut plans = vec![profile.clone()];
    for set in sets {
        plans = plans
            .iter()
            .flat_map(|plan| {
                form.actions(set).map(move |action| {
                    let mut plan = plan.clone();
                    for other in form.actions(set) {
                        plan.probability[other.index()] = Rational::int((other == action).into());
                    }
                    plan
                })
            })
            .collect();
    }
    plans.iter().map(|plan| expected(instance, plan, player)).max().expect("a plan")
}

#[test]
fn replies_under_a_lock_are_best() {
    for (file, lock) in [
        (GESTURE, "lock belief of Partner in Offerer is firm = 0.1"),
        (GESTURE, "lock Offerer at response when satellites is alarm: hold 1"),
        (
            "journals/cho_kreps_1987_beer_quiche.dtn",
            "lock Sender at breakfast: beer 1/2 | quiche rest",
        ),
    ] {
        let game = opened(file, &format!("\nwhatif \"x\"\n  {lock}\n"));
        let before = first(&game);
        let what_if = game.what_ifs.last().expect("a variant");
        let played = play(&game, what_if, &before, &mut |i| solve(i)).expect("played");
        let alone = played.alone.expect("perfect recall");
        let truth = before.instance();
        let form = truth.form();
        for player in form.player_ids() {
            if what_if.players().contains(&player) {
                let own = &played.locked;
                let eyes = own.at(&own.to).expect("numbers");
                let best = best_by_hand(&eyes, &own.part(form, before.profile()), player);
                assert_eq!(
                    expected(&eyes, &own.part(form, &alone.profile), player),
                    best,
                    "{lock}"
                );
            } else {
                // He does not know, and plays as before.
                for set in form.info_set_ids().filter(|s| form.info_set(*s).player == player) {
                    for action in form.actions(set) {
                        assert_eq!(alone.profile.of(action), before.profile().of(action));
                    }
                }
                let exploit = alone.exploits.iter().find(|one| one.player == player);
                let exploit = exploit.expect("every other player");
                let now = expected(truth, &alone.profile, player);
                let best = best_by_hand(truth, &alone.profile, player);
                assert_eq!(&now + &exploit.gain, best, "{lock}");
                assert!(!exploit.price.is_negative(), "an equilibrium is left at a price");
            }
        }
    }
}

/// A lock on what is done anyway.
fn as_before(game: &mut Game, profile: &Profile, set: detente::game::InfoSetId) -> WhatIf {
    let form = Arc::clone(&game.form);
    let probabilities =
        form.actions(set).map(|action| game.formulas.number(profile.of(action).clone())).collect();
    let player = form.info_set(set).player;
    WhatIf {
        name: "as before".to_owned(),
        span: (0, 0),
        set: Vec::new(),
        behaviour: vec![BehaviourLock { player, situations: vec![(set, probabilities)] }],
        beliefs: Vec::new(),
        mode: LockMode::Known,
    }
}

/// What is left of a Nash equilibrium is one of the game in which any of its choices is fixed, and
/// it is worth the same; nodes and ends keep their places.
#[test]
fn fixing_what_is_done_anyway_changes_nothing() {
    for file in [
        GESTURE,
        "books/kuhn_1950_poker.dtn",
        "journals/cho_kreps_1987_beer_quiche.dtn",
        "journals/selten_1975_horse.dtn",
        "journals/zagare_kilgour_1993_bluff.dtn",
        "new_start/extension_2025.dtn",
    ] {
        let mut game = opened(file, "");
        let before = first(&game);
        let form = Arc::clone(&game.form);
        for set in form.info_set_ids() {
            let what_if = as_before(&mut game, before.profile(), set);
            let locked = game.locked(&what_if, &departure(&before)).expect("it can be locked");
            let changed = &locked.game.form;
            assert_eq!(changed.info_sets().len() + 1, form.info_sets().len());
            same_nodes(&form, changed);
            let part = locked.part(&form, before.profile());
            assert_eq!(&locked.whole(&form, &part, &locked.to), before.profile());
            let instance = Arc::new(locked.at(&locked.to).expect("numbers"));
            let held = verify(&instance, &Concept::Nash, &part).into_equilibrium();
            let held = held.unwrap_or_else(|| panic!("{file}: set {}", set.0));
            assert_eq!(held.values(), before.values(), "{file}: set {}", set.0);
        }
    }
}

fn same_nodes(a: &GameForm, b: &GameForm) {
    assert_eq!(a.node_count(), b.node_count());
    for node in a.nodes() {
        assert_eq!((a.parent(node), a.row(node)), (b.parent(node), b.row(node)));
        assert_eq!(a.events_into(node), b.events_into(node));
    }
}

#[test]
fn what_cannot_be_played_is_told() {
    let refused = |lock: &str| {
        let game = opened(GESTURE, &format!("\nwhatif \"x\"\n  {lock}\n"));
        let before = extending(&game);
        let what_if = game.what_ifs.last().expect("a variant");
        game.locked(what_if, &departure(&before)).expect_err("it cannot be locked")
    };
    let partner = PlayerId(1);
    let lock = "lock belief of Partner in Offerer is firm and Partner is serious = 0.1";
    assert_eq!(refused(lock), LockError::NotDrawn(partner));
    let twice = "lock belief of Partner in Offerer is firm = 0.1\n  lock belief of Partner in Offerer is soft = 0.1";
    assert_eq!(refused(twice), LockError::ReadTwice(partner));
    let firm = "lock belief of Partner in Offerer is firm";
    for (lock, why) in [
        (
            format!("{firm} = 0.1 after gesture is extend\n  {firm} = 0.2"),
            LockError::ReadTwice(partner),
        ),
        (
            format!("{firm} = 0.1 after gesture is extend\n  {firm} = 0.2 after reply is accept"),
            LockError::ReadTwice(partner),
        ),
        (
            "lock belief of Partner in Partner is serious = 0.1 after gesture is extend".to_owned(),
            LockError::Plain(partner),
        ),
        (
            "lock belief of Partner in satellites is alarm = 0.1 after gesture is extend"
                .to_owned(),
            LockError::Undecided(partner),
        ),
    ] {
        assert_eq!(refused(&lock), why, "{lock}");
    }
}

/// What is locked from a message on is what is thought at the first situations after it, whatever was
/// heard before. A dominance-seeker that fears retaliation is indifferent at 5/8; Bayes' rule gives 7/10.
#[test]
fn a_reading_locked_from_a_message_on() {
    let lock = "\nwhatif \"x\"\n  lock belief of Partner in Offerer is firm = 0.1 after gesture is extend\n";
    let game = opened(GESTURE, lock);
    let page = played(&game);
    let kinds = [Kind::Before, Kind::KnownToAll, Kind::NobodyElseKnows];
    let outcome = |name: &str| amounts(&page, &Measure::Outcome(name.to_owned()), &kinds);
    assert_eq!(outcome("open race"), [r(3, 10), r(3, 5), r(3, 5)]);
    let turn = page.ranges[0].above.as_ref().expect("it turns on the way");
    assert_eq!(turn.at.middle(), r(1, 8));
    assert_eq!((turn.holds_before, turn.fails_after), (Some(true), Some(true)));
    // Where a reading from the start lasts up to 1/8, Bayes' rule makes 1/4 of it after the warning, which
    // is three quarters of the way from 7/10 to 1/10.
    let holds = page.ranges.iter().find(|range| range.column.kind == Kind::KnownToAll);
    let below = holds.and_then(|range| range.below.as_ref()).expect("it turns below");
    assert_eq!(below.at.middle(), r(3, 4));
    // Between 5/8 and 7/10 nothing changes.
    let lock = "\nwhatif \"x\"\n  lock belief of Partner in Offerer is firm = 0.63 after gesture is extend and assessment is retaliation_likely\n";
    let page = played(&opened(GESTURE, lock));
    assert_eq!(amounts(&page, &Measure::Outcome("open race".into()), &kinds), vec![r(3, 10); 3]);
    assert_eq!(page.own, [("Partner".to_owned(), Rational::ZERO)]);
}

/// The posterior at a situation: what is locked, shared by Bayes' rule on either side of what is read.
fn posterior(
    form: &GameForm,
    eyes: &Play,
    set: InfoSetId,
    is_so: &dyn Fn(NodeId) -> bool,
    locked: &Rational,
) -> Option<Vec<Rational>> {
    let side = |wanted: bool| -> Rational {
        let members = form.members(set).iter().filter(|member| is_so(**member) == wanted);
        members.map(|member| eyes.reach(*member)).sum()
    };
    let belief = form.members(set).iter().map(|member| {
        let total = if is_so(*member) { locked.clone() } else { Rational::ONE - locked };
        Some(total * eyes.reach(*member).checked_div(&side(is_so(*member)))?)
    });
    belief.collect()
}

/// Offerer's reading of an accepted offer, in which several cases share the locked probability, and
/// which is not all that Offerer decides. The replies under both modes are best by that reading,
/// worked out here without any imagined history.
#[test]
fn replies_are_best_by_a_reading_whose_cases_depend_on_play() {
    let mut compared = 0;
    for value in ["0.9", "0.02", "1/2"] {
        let lock = format!(
            "\nwhatif \"x\"\n  lock belief of Offerer in Partner is serious = {value} after reply is accept\n"
        );
        let game = opened(GESTURE, &lock);
        let before = extending(&game);
        let what_if = game.what_ifs.last().expect("a variant");
        let played = play(&game, what_if, &before, &mut |i| solve(i)).expect("it can be played");
        let truth = before.instance();
        let form = truth.form();
        let lock = &what_if.beliefs[0];
        let sets = form.sets_inside(lock.player, &lock.after);
        assert_eq!(sets.len(), 4);
        let is_so = |node: NodeId| {
            let mut here = node;
            while form.child_count(here) > 0 {
                here = form.child(here, 0);
            }
            lock.event.contains(here)
        };
        let locked = game.formulas.values_at(&game.base_point())[lock.probability.index()].clone();
        let locked = locked.expect("a number");
        let alone = played.alone.as_ref().expect("perfect recall");
        let known = played.known.equilibria.iter().flat_map(|one| one.points());
        let mut wholes: Vec<(Profile, Profile)> = known
            .map(|point| played.whole(&before, point.profile()))
            .map(|whole| (whole.clone(), whole))
            .collect();
        assert!(!wholes.is_empty(), "{value}");
        wholes.push((alone.profile.clone(), before.profile().clone()));
        for (whole, believed) in &wholes {
            let eyes = Play::seen_by(truth, believed, Some(lock.player));
            let play = Play::new(truth, whole);
            let payoffs = play.payoffs(lock.player);
            for set in &sets {
                let Some(belief) = posterior(form, &eyes, *set, &is_so, &locked) else { continue };
                let worth = |at: usize| -> Rational {
                    let members = form.members(*set).iter().zip(&belief);
                    members.map(|(m, share)| share * &payoffs[form.child(*m, at).index()]).sum()
                };
                let actions: Vec<_> = form.actions(*set).collect();
                let best = (0..actions.len()).map(worth).max().expect("an option");
                for (at, action) in actions.iter().enumerate() {
                    if whole.of(*action).is_positive() {
                        assert_eq!(worth(at), best, "{value}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared >= 12, "{compared}");
}

/// To lock a reading to what it is changes nothing.
#[test]
fn a_reading_locked_as_it_is() {
    for (lock, at) in [
        (
            "belief of Partner in Offerer is firm = 7/10 after gesture is extend and assessment is retaliation_likely",
            1,
        ),
        (
            "belief of Offerer in Partner is serious = 5/68 after Offerer is firm and satellites is alarm",
            1,
        ),
    ] {
        let game = opened(GESTURE, &format!("\nwhatif \"x\"\n  lock {lock}\n"));
        let before = extending(&game);
        let what_if = game.what_ifs.last().expect("a variant");
        let played = play(&game, what_if, &before, &mut |i| solve(i)).expect("it can be played");
        let mut wholes = played.known.equilibria.iter().flat_map(|one| one.points());
        let same =
            |point: &Equilibrium| played.whole(&before, point.profile()) == *before.profile();
        assert_eq!(usize::from(wholes.any(same)), at, "{lock}");
        assert_eq!(played.alone.expect("perfect recall").profile, *before.profile());
        assert_eq!(played.lasts.expect("it starts there").at_ends, [Some(true); 2]);
    }
}
