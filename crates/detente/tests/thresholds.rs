//! Exact ends of intervals, against published closed forms.
#![allow(clippy::disallowed_methods)]

use detente::analysis::Side;
use detente::analysis::algebra::Root;
use detente::analysis::analyses::condition::Condition;
use detente::analysis::analyses::ends::{Follower, Limit};
use detente::analysis::analyses::thresholds::Threshold;
use detente::game::claim::{ClaimKind, Concept, Quantifier};
use detente::game::{Game, ParamId, Rational};
use detente::road;
use detente::thresholds::{Goal, Search, thresholds};
use detente::verify::{Equilibrium, verify_without_bounds};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn r(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn catalogue() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = Vec::new();
    for folder in ["books", "journals", "new_start", "reports"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("the catalogue");
        files.extend(entries.map(|entry| entry.expect("readable").path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "dtn"));
    // Its hundreds of equilibria take most of a minute.
    files.retain(|file| !file.to_string_lossy().contains("crawford_sobel"));
    files.sort();
    files
}

fn open(path: &Path, set: &[(&str, &str)]) -> Game {
    let text = std::fs::read_to_string(path).expect("readable");
    let folder = path.parent().expect("a folder").to_owned();
    let mut reader =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = detente::Options { set, ..detente::Options::default() };
    let name = path.display().to_string();
    let opened = road::open(&name, &text, &mut reader, &options, &mut |_| true);
    opened.game().expect("no errors").clone()
}

/// The claims of a scenario that say where they hold, with equilibria that satisfy them.
struct Case {
    game: Game,
    name: String,
    low: Rational,
    high: Rational,
    found: Threshold,
}

fn cases(path: &Path) -> Vec<Case> {
    let game = open(path, &[]);
    let mut cases = Vec::new();
    for claim in &game.claims {
        let ClaimKind::Equilibria { concept, quantifier, queries, holds_for, .. } = &claim.kind
        else {
            continue;
        };
        // Settings change the tree; `holds for` under them is checked by the catalogue itself.
        if *quantifier != Quantifier::Exists || claim.with.iter().any(|with| with.param.is_none()) {
            continue;
        }
        let mut point = game.base_point();
        for with in &claim.with {
            point[with.param.expect("no setting").index()] = with.value.clone();
        }
        for holds in holds_for {
            let instance = Arc::new(game.at(&point).expect("defined"));
            let search = Search::default();
            let mut starts = search.at(&instance, concept).equilibria.concat();
            starts.retain(|start| detente::claims::is_witness(&game, start, queries));
            starts.truncate(8);
            assert!(!starts.is_empty(), "{}: {}", path.display(), claim.text);
            let goal = Goal::Queries(queries);
            let found = thresholds(&game, &starts, &[holds.param], goal, &search, &mut |_| {});
            let value =
                |formula| game.formulas.interval_at(formula, &point).expect("a number").middle();
            cases.push(Case {
                name: format!("{}: {}", path.display(), claim.text),
                low: value(holds.low),
                high: value(holds.high),
                found: found.into_iter().next().expect("one parameter"),
                game: game.clone(),
            });
        }
    }
    cases
}

/// How an end agrees with a published value.
#[derive(Debug, PartialEq, Eq)]
enum Agrees {
    Exactly,
    Within,
    No,
}

fn agrees(limit: &Limit, published: &Rational) -> Agrees {
    match limit {
        Limit::At(Root::Exact(at)) | Limit::Range(at) if at == published => Agrees::Exactly,
        Limit::Between(interval) if interval.low <= *published && *published <= interval.high => {
            Agrees::Within
        }
        _ => Agrees::No,
    }
}

fn agreement(folder: &str) -> (usize, usize) {
    let (mut exactly, mut within) = (0, 0);
    for path in catalogue().iter().filter(|path| path.parent().unwrap().ends_with(folder)) {
        for case in cases(path) {
            let sides = [(&case.found.below, &case.low), (&case.found.above, &case.high)];
            for (side, published) in sides {
                let end = &side.as_ref().expect("it can be followed").end;
                match agrees(&end.limit, published) {
                    Agrees::Exactly => exactly += 1,
                    Agrees::Within => within += 1,
                    Agrees::No => panic!("{}: {:?} is not {published}", case.name, end.limit),
                }
                assert!(end.is_sure(), "{}: {end:?}", case.name);
                let range = &case.game.params[case.found.param.index()].range;
                let (least, most) = range.as_ref().expect("a range");
                assert_eq!(end.is_inside(), published != least && published != most);
            }
        }
    }
    (exactly, within)
}

/// Every closed form of the reply game, the offer stage, the repeated offers and the treaty
/// gesture that the catalogue states as an interval comes out of the tree.
#[test]
fn the_closed_forms_of_the_treaty_models() {
    let (exactly, within) = agreement("new_start");
    assert!(exactly >= 73 && within <= 1, "{exactly} exactly, {within} within");
}

/// The 18 ends of the treaty gesture's first equilibrium, each with its formula, which agrees with
/// the game's own threshold at other values of all parameters.
#[test]
fn the_ends_of_the_gesture_and_their_formulas() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/new_start");
    let game = open(&path.join("treaty_gesture.dtn"), &[]);
    let instance = Arc::new(game.base().expect("numbers"));
    let search = Search::default();
    let title = "both sorts of Offerer extend; a dominance-seeker feigns only when it fears \
                 retaliation";
    let queries = game.claims.iter().find_map(|claim| match &claim.kind {
        ClaimKind::Equilibria { name: Some(name), queries, .. } if name == title => Some(queries),
        _ => None,
    });
    let queries = queries.expect("the claim");
    let mut starts = search.at(&instance, &Concept::Sequential).equilibria.concat();
    starts.retain(|start| detente::claims::is_witness(&game, start, queries));
    let published = [
        ("detect", r(1, 6), r(9, 14)),
        ("edge", r(62, 25), r(78, 25)),
        ("secret_edge", r(47, 25), r(63, 25)),
        ("p_firm", r(5, 12), r(35, 44)),
        ("transfer", r(25, 7), r(400, 77)),
        ("insight", r(5, 8), r(10, 11)),
        ("p_serious", r(23, 83), r(168, 193)),
        ("exposure", r(88, 63), r(212, 27)),
        ("snub", r(1, 1), r(31, 7)),
    ];
    for (name, low, high) in published {
        let param = game.param(name).expect("a parameter");
        let follower = Follower::new(&game, &starts[0], param).expect("pure");
        for (side, at) in [(Side::Below, low), (Side::Above, high)] {
            let end = follower.end(side);
            assert_eq!(end.limit, Limit::At(Root::Exact(at)), "{name}");
            assert!(end.is_sure() && end.all_followed, "{name}: {end:?}");
            assert_eq!(end.holds_at, Some(true), "{name}");
            let condition = follower.condition(&end).expect("a formula");
            formula_agrees_elsewhere(&game, &starts[0], &condition, param, side);
        }
    }
    // No other equilibrium takes up the same play beyond.
    let param = game.param("detect").expect("a parameter");
    let found = thresholds(&game, &starts, &[param], Goal::Play, &search, &mut |_| {});
    for (reach, at) in found[0].reaches().zip([r(1, 6), r(9, 14)]) {
        assert_eq!(reach.end.limit, Limit::At(Root::Exact(at)));
        let beyond = reach.beyond.as_ref().expect("it was solved there");
        assert!(beyond.all_pure && !beyond.differs.is_empty());
    }
    let param = game.param("false_alarm").expect("a parameter");
    let found = thresholds(&game, &starts, &[param], Goal::Play, &search, &mut |_| {});
    assert!(found[0].reaches().count() == 2 && found[0].reaches().all(|one| !one.end.is_inside()));
}

/// At points around the base at which the equilibrium holds and the same choice ends it, the
/// formula is just met at the end found there.
fn formula_agrees_elsewhere(
    game: &Game,
    equilibrium: &Equilibrium,
    condition: &Condition,
    param: ParamId,
    side: Side,
) {
    let base = equilibrium.instance().point();
    assert_eq!(condition.holds(base), Some(true));
    let mut compared = 0;
    for seed in 1..12i64 {
        let mut point = base.to_vec();
        for (k, value) in point.iter_mut().enumerate() {
            let nudge = (seed * (7 * k as i64 + 3)) % 11 - 5;
            *value *= &(Rational::ONE + Rational::new(nudge, 300));
        }
        let instance = Arc::new(game.at(&point).expect("defined near the base"));
        let verdict =
            verify_without_bounds(&instance, equilibrium.concept(), equilibrium.profile());
        let Some(there) = verdict.into_equilibrium() else { continue };
        assert_eq!(condition.holds(&point), Some(true));
        let follower = Follower::new(game, &there, param).expect("pure");
        let end = follower.end(side);
        let Limit::At(Root::Exact(at)) = &end.limit else { continue };
        let mut met = point.clone();
        met[param.index()] = at.clone();
        if follower.condition(&end).as_ref() == Some(condition) {
            assert!(condition.slack(&met).is_zero(), "{condition:?} at {met:?}");
            compared += 1;
        } else {
            // Another choice ends it first, so this condition is still met there.
            assert_eq!(condition.holds(&met), Some(true));
        }
    }
    assert!(compared >= 3, "{condition:?}: {compared}");
}

#[test]
fn the_published_thresholds_of_books_and_journals() {
    let books = agreement("books");
    let (exactly, within) = agreement("journals");
    assert!(books.0 + exactly >= 34 && books.1 + within <= 2, "{books:?} {exactly} {within}");
}

/// Semi-separation is a continuum whose corners change along the way: the whole of it ends where the
/// formulas say.
#[test]
fn a_continuum_is_followed_as_a_whole() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/new_start");
    let game = open(&path.join("reply_game.dtn"), &[("p_resolved", "3/10")]);
    let instance = Arc::new(game.base().expect("numbers"));
    let search = Search::default();
    let known = search.at(&instance, &Concept::Sequential).equilibria;
    assert_eq!(known.len(), 1);
    // Where the mean probability of engagement, `mixed_engage` of the file, is 0 and 1.
    for (name, low, high) in [
        ("p_resolved", r(77, 300), r(61, 150)),
        ("dome_dominance", r(8, 9), r(17, 9)),
        ("detection", r(2, 7), r(31, 71)),
    ] {
        let param = game.param(name).expect("a parameter");
        let found = thresholds(&game, &known[0], &[param], Goal::Play, &search, &mut |_| {});
        for (reach, at) in found[0].reaches().zip([low, high]) {
            assert_eq!(reach.end.limit, Limit::At(Root::Exact(at)), "{name}");
            assert!(reach.end.is_sure() && reach.beyond.as_ref().expect("solved").complete);
        }
        assert_eq!(found[0].reaches().count(), 2, "{name}");
    }
}

/// Where every condition was followed, the judge finds the equilibrium all the way to the end,
/// asked at values that the search did not ask him about.
#[test]
fn inside_an_interval_the_judge_agrees() {
    let (mut asked, mut mixed) = (0, 0);
    for path in catalogue() {
        let game = open(&path, &[]);
        if game.form.node_count() > 60 {
            continue;
        }
        let instance = Arc::new(game.base().expect("numbers"));
        for concept in [Concept::SubgamePerfect, Concept::Sequential] {
            let limits = detente::solve::Limits { candidates: 12, ..Default::default() };
            let search = Search { limits, ..Search::default() };
            let known = search.at(&instance, &concept).equilibria.concat();
            for equilibrium in known.iter().take(2) {
                for param in (0..game.params.len()).map(ParamId::from_index) {
                    let Ok(follower) = Follower::new(&game, equilibrium, param) else { continue };
                    let moves = (0..game.form.action_count())
                        .map(detente::game::ActionId::from_index)
                        .any(|action| follower.moved(action).is_some());
                    for side in [Side::Below, Side::Above] {
                        let end = follower.end(side);
                        let Some((low, high)) = end.enclosure().filter(|_| end.all_followed) else {
                            continue;
                        };
                        let near = if side == Side::Below { high } else { low };
                        let base = &equilibrium.instance().point()[param.index()];
                        for part in [r(3, 17), r(11, 19), r(16, 17), r(9999, 10_000)] {
                            let value = base + (near - base) * part;
                            let there = follower.equilibrium_at(&value);
                            let name = &game.params[param.index()].name;
                            assert!(
                                there.is_some(),
                                "{} {} {name} = {value}: {end:?}",
                                path.display(),
                                concept.word()
                            );
                            asked += 1;
                            mixed += usize::from(moves);
                        }
                    }
                }
            }
        }
    }
    assert!(asked > 500 && mixed > 150, "{asked} {mixed}");
}

const ENTRY: &str = r#"
game "Entry against an uncertain fighter"
players
  Entrant
  Incumbent
params
  p = 1/2 in 0..1
  loss = 2 in 0..5
types of Incumbent
  tough p
  mild rest
story
  Entrant chooses move: enter | stay_out
  if move is enter
    Incumbent chooses reply: fight | share
stakes of Entrant
  market: 1 when reply is share
  market: -loss when reply is fight
stakes of Incumbent
  pride: 1 when Incumbent is tough and reply is fight
  peace: 1 when Incumbent is mild and reply is share
  market: 2 when move is stay_out
expect pbe exists "out": P(move is stay_out) = 1
  holds for p in LOW..1
"#;

/// The text's claim, with another lower end.
fn claimed(low: &str) -> detente::claims::Checked {
    let text = ENTRY
        .replace("\"out\": P(move is stay_out) = 1", "\"out\":\n  P(move is stay_out) = 1")
        .replace("LOW", low);
    let options = detente::Options::default();
    let mut none = |_: &str| Err("no files".to_owned());
    let opened = road::open("entry.dtn", &text, &mut none, &options, &mut |_| true);
    assert!(opened.game().is_some(), "{:?}", opened.diagnostics());
    detente::claims::Checker::new(&opened, &options).check(0)
}

/// Solving at points, a thousandth of the interval apart at best, would let all of these pass.
#[test]
fn a_claimed_interval_must_end_where_the_equilibrium_does() {
    let right = claimed("1/3");
    assert_eq!(right.met, Some(true), "{}", right.found);
    assert!(right.found.contains("holds from 1/3 to 1, the end of its range"), "{}", right.found);
    for wrong in ["0.3333", "0.3334", "333333/1000000"] {
        let wrong = claimed(wrong);
        assert_eq!(wrong.met, Some(false), "{}", wrong.found);
        assert!(wrong.found.contains("it ends at 1/3"), "{}", wrong.found);
    }
}

/// At the end of a range chance rules out what follows an unlikely signal. That it comes up elsewhere
/// makes no other way of play: who engages after a freeze does so as long as enough replies show the
/// type, which is from (1 - p) (1 - s) betrayal = p opening_gain on.
#[test]
fn what_chance_rules_out_at_one_point_does_not_end_a_way_of_play() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/new_start");
    let game = open(&root.join("learning.dtn"), &[]);
    let shown = game.param("shown").expect("a parameter");
    let instance = Arc::new(game.base().expect("in range"));
    assert_eq!(instance.point()[shown.index()], Rational::ONE);
    let solved = road::equilibria(&instance, &road::Asked::default(), &mut |_| {});
    let starts = [solved.equilibria[0].equilibrium.clone()];
    let search = Search::default();
    let found = thresholds(&game, &starts, &[shown], Goal::Play, &search, &mut |_| {});
    let below = found[0].below.as_ref().expect("an end");
    assert_eq!(below.end.limit, Limit::At(Root::Exact(r(1, 2))));
    assert!(below.end.is_sure());
}

#[test]
fn what_is_stopped_gives_no_threshold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/new_start");
    let game = open(&root.join("reply_game.dtn"), &[]);
    let instance = Arc::new(game.base().expect("in range"));
    let solved = road::equilibria(&instance, &road::Asked::default(), &mut |_| {});
    let starts = [solved.equilibria[0].equilibrium.clone()];
    let params: Vec<ParamId> = (0..game.params.len()).map(ParamId::from_index).collect();
    let search = Search { stop: Some(Arc::new(true.into())), ..Search::default() };
    let found = thresholds(&game, &starts, &params, Goal::Play, &search, &mut |_| {});
    assert!(found.is_empty());
}

const COIN: &str = r#"
game "A coin nobody has seen"
players
  Ann
  Bob
params
  p = 1/4 in 0..1
story
  chance coin: heads p | tails rest seen by nobody
  Ann chooses move: come | stay
  if move is come
    Bob chooses reply: left | right
stakes of Ann
  met: 1 when reply is right
  missed: -1 when reply is left
stakes of Bob
  right: 2 when reply is right and coin is heads
  left: 1 when reply is left and coin is tails
"#;

/// Ann stays away as long as Bob would go left. He is never asked, and what he would think of the coin is
/// told by chance alone: trembles reach both his nodes alike. A weak perfect Bayesian equilibrium leaves
/// him free to think anything.
#[test]
fn off_the_path_chance_alone_may_tell_what_is_believed() {
    let mut none = |_: &str| Err("no files".to_owned());
    let options = detente::Options::default();
    let opened = road::open("coin.dtn", COIN, &mut none, &options, &mut |_| true);
    let game = opened.game().unwrap_or_else(|| panic!("{:?}", opened.diagnostics()));
    let instance = Arc::new(game.base().expect("numbers"));
    let param = game.param("p").expect("a parameter");
    let search = Search::default();
    for (concept, limit) in [
        (Concept::Sequential, Limit::At(Root::Exact(r(1, 3)))),
        (Concept::WeakPbe, Limit::Range(Rational::ONE)),
    ] {
        let mut starts = search.at(&instance, &concept).equilibria.concat();
        let stay = instance.form().actions(detente::game::InfoSetId::from_index(0)).nth(1);
        starts.retain(|start| start.profile().of(stay.expect("an option")).is_one());
        let found = thresholds(game, &starts, &[param], Goal::Play, &search, &mut |_| {});
        let reach = found[0].above.as_ref().expect("an end");
        assert_eq!(reach.end.limit, limit, "{concept:?}");
        assert!(reach.is_sure());
        if concept == Concept::Sequential {
            assert!(reach.end.all_followed && reach.condition.is_some());
        }
    }
}

/// What a single node off the path asks for is followed exactly: nothing is halved, nothing left open.
#[test]
fn trust_ends_where_a_choice_off_the_path_turns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/books");
    let game = open(&root.join("kreps_1990_trust.dtn"), &[]);
    let instance = Arc::new(game.base().expect("numbers"));
    let search = Search::default();
    let starts = search.at(&instance, &Concept::Sequential).equilibria.remove(0);
    for (name, low, high) in [("reward", r(0, 1), r(15, 1)), ("abuse", r(10, 1), r(99, 1))] {
        let param = game.param(name).expect("a parameter");
        let found = thresholds(&game, &starts, &[param], Goal::Play, &search, &mut |_| {});
        for (reach, at) in found[0].reaches().zip([low, high]) {
            assert_eq!(reach.end.enclosure(), Some((&at, &at)), "{name}");
            assert!(reach.end.all_followed && reach.is_sure(), "{name}");
            assert!(reach.passed.iter().all(|passage| passage.is_shown_there));
        }
    }
}
