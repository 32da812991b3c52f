//! Maps: shares against closed forms, and every decided tile against the search at its points.

use detente::game::claim::Concept;
use detente::game::{Game, ParamId, Rational};
use detente::map::{Asked, Content, Map, Place, Way, map};
use detente::report::formats::text::region_map::play;
use detente::solve::solvers::pure::parametric::Tile;
use detente::verify::Equilibrium;
use detente::{Options, road};
use std::collections::BTreeSet;

/// Entry pays if the incumbent shares, which he does if `gain` is positive; the entrant then wins
/// `prize * prize - cost`.
const ENTRY: &str = r#"
game "Entry"
players
  Entrant
  Incumbent
params
  gain  = 1 in -1..3
  prize = 1 in 0..1
  cost  = 1/4 in 0..1
story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share
stakes of Entrant
  market: prize * prize - cost  when reply is share
  market: -1                    when reply is fight
stakes of Incumbent
  market: gain  when reply is share
"#;

fn game(text: &str) -> Game {
    let none = &mut |_: &str| Err("no files here".into());
    let opened = road::open("map.dtn", text, none, &Options::default(), &mut |_| true);
    opened.game().expect("no mistake").clone()
}

fn drawn(game: &Game, names: &[&str], concept: Concept, halvings: u32) -> Map {
    let params: Vec<ParamId> =
        names.iter().map(|name| game.param(name).expect("a parameter")).collect();
    let asked = Asked { params, concept, mixed: false, halvings, stop: None };
    map(game, &asked, &mut |_| {}).expect("a map")
}

/// The truth lies between the bounds of the share of the regions wanted.
fn within(map: &Map, wanted: impl Fn(&Content) -> bool, truth: &Rational) {
    let chosen = || map.regions.iter().filter(|region| wanted(&region.content));
    let least: Rational = chosen().map(|region| &region.least).sum();
    let others: Rational = map.regions.iter().map(|region| &region.least).sum::<Rational>();
    let most = &least + (Rational::ONE - others);
    assert!(least <= *truth && *truth <= most, "{least} <= {truth} <= {most}");
}

fn enters(map: &Map, content: &Content) -> bool {
    let Content::Plays(plays) = content else { return false };
    plays.iter().any(|play| map.plays[*play].len() == 2)
}

/// Entry where `gain > 0` and `prize^2 > 1/4`: 3/4 of the first range, half of the second. Both
/// boundaries fall on edges of tiles, so nothing stays undecided.
#[test]
fn boundaries_on_edges_leave_nothing_undecided() {
    let game = game(ENTRY);
    let map = drawn(&game, &["gain", "prize"], Concept::SubgamePerfect, 4);
    assert_eq!(map.undecided, Rational::ZERO);
    assert_eq!(map.regions.len(), 2);
    let entered = map.regions.iter().find(|region| enters(&map, &region.content)).expect("entry");
    assert_eq!((&entered.least, &entered.most), (&Rational::new(3, 8), &Rational::new(3, 8)));
}

/// `prize^2 > cost` has the share 1/3 of its square; with `gain > 0`, 1/4 of the box.
#[test]
fn shares_enclose_the_integral() {
    let game = game(ENTRY);
    let map = drawn(&game, &["prize", "cost"], Concept::SubgamePerfect, 6);
    within(&map, |content| enters(&map, content), &Rational::new(1, 3));
    assert!(map.undecided < Rational::new(1, 20), "{}", map.undecided);
    let box_map = drawn(&game, &["gain", "prize", "cost"], Concept::SubgamePerfect, 4);
    within(&box_map, |content| enters(&box_map, content), &Rational::new(1, 4));
    assert!(box_map.undecided < Rational::new(1, 10), "{}", box_map.undecided);
}

/// The tiles fill the box, and the search finds a decided tile's plays at points inside it.
#[test]
fn decided_tiles_hold_what_the_search_finds() {
    let game = game(ENTRY);
    for concept in [Concept::Nash, Concept::WeakPbe] {
        let map = drawn(&game, &["prize", "cost"], concept.clone(), 5);
        let whole: Rational = map
            .tiles
            .iter()
            .map(|(tile, _)| Rational::new(1, 2).pow(tile.halvings as i32).expect("a power"))
            .sum();
        assert_eq!(whole, Rational::ONE);
        agrees_inside(&game, &map, concept, usize::MAX);
    }
}

/// The same where a tile's way through the search forks often: by situations of several types, and by
/// the tests of Nash equilibria.
#[test]
fn decided_tiles_of_the_models_hold_what_the_search_finds() {
    let gesture = include_str!("../../../catalog/new_start/treaty_gesture.dtn");
    let reply = include_str!("../../../catalog/new_start/reply_game.dtn");
    for (text, names, concept) in [
        (gesture, ["p_firm", "detect"], Concept::WeakPbe),
        (reply, ["p_resolved", "detection"], Concept::Nash),
    ] {
        let game = game(text);
        let map = drawn(&game, &names, concept.clone(), 4);
        assert!(agrees_inside(&game, &map, concept, 12) > 5, "{names:?}");
    }
}

/// How many decided tiles, of at most so many, have at a point inside exactly the plays that pure search
/// finds there.
fn agrees_inside(game: &Game, map: &Map, concept: Concept, most: usize) -> usize {
    let decided = map.tiles.iter().filter_map(|(tile, place)| match place {
        Place::Region(region) => Some((tile, &map.regions[*region].content)),
        _ => None,
    });
    let decided: Vec<_> = decided.collect();
    let step = decided.len().div_ceil(most).max(1);
    let asked: Vec<_> = decided.into_iter().step_by(step).collect();
    for (tile, content) in &asked {
        let Content::Plays(plays) = content else { continue };
        let inside = tile.at(&[Rational::new(1, 3), Rational::new(3, 7)]);
        let mut point = game.base_point();
        for (param, share) in map.params.iter().zip(&inside) {
            let (low, high) = game.params[param.index()].range.as_ref().expect("a range");
            point[param.index()] = low + (high - low) * share;
        }
        let instance = game.at(&point).expect("a game").into();
        let asked = road::Asked {
            concept: Some(concept.clone()),
            mixed: false,
            bounds: false,
            ..road::Asked::default()
        };
        let solved = road::equilibria(&instance, &asked, &mut |_| {});
        let found: BTreeSet<Way> = solved.every().map(path).collect();
        let told: BTreeSet<Way> = plays.iter().map(|play| map.plays[*play].clone()).collect();
        assert_eq!(found, told, "{inside:?}");
    }
    asked.len()
}

/// The situations that come up, each with the option chosen.
fn path(one: &Equilibrium) -> Way {
    let play = detente::analysis::Play::new(one.instance(), one.profile());
    let form = play.form();
    let reached = form.info_set_ids().filter(|set| play.reach_of(*set).is_positive());
    let chosen = |set| form.actions(set).position(|action| one.profile().of(action).is_one());
    reached.map(|set| (set, vec![chosen(set).expect("it is pure") as u32])).collect()
}

#[test]
fn what_cannot_be_mapped_is_said() {
    let game = game(ENTRY);
    let gain = vec![game.param("gain").expect("a parameter")];
    let ask = |params, concept| {
        map(&game, &Asked { params, concept, mixed: false, halvings: 3, stop: None }, &mut |_| {})
            .unwrap_err()
    };
    assert!(ask(gain, Concept::Sequential).contains("do not decide"));
    assert!(ask(Vec::new(), Concept::Nash).contains("needs a parameter"));
}

/// The regions of the reply game against their closed forms, at two points of each decided tile: with
/// q = P(resolved) and d = P(alarm), a dominance-seeker freezes rather than refuses from q* = 11/20, and
/// the boundaries of freezing, refusing and duping meet at d0 = 7/12.
#[test]
fn the_reply_game_has_the_boundaries_of_its_closed_forms() {
    let game = game(include_str!("../../../catalog/new_start/reply_game.dtn"));
    let map = drawn(&game, &["p_resolved", "detection"], Concept::WeakPbe, 6);
    let replies = |dominance: &str| format!("serious: reply freeze | dominance: reply {dominance}");
    let number = |hundredths: i64| Rational::new(hundredths, 100);
    let mut decided = 0;
    for (tile, place) in &map.tiles {
        let Place::Region(region) = place else { continue };
        let Content::Plays(plays) = &map.regions[*region].content else { panic!("a game") };
        let texts: Vec<String> =
            plays.iter().map(|one| play(&game.form, &map.plays[*one])).collect();
        let holds = |dominance: &str| {
            let wanted = replies(dominance);
            texts.iter().any(|text| text.contains("opening engage") && text.contains(&wanted))
        };
        for share in [Rational::new(1, 9), Rational::new(8, 9)] {
            // Both ranges are 0..1.
            let inside = tile.at(&[share.clone(), share]);
            let (q, d) = (&inside[0], &inside[1]);
            let threat = Rational::int(2) * q;
            let caught = d * (number(82) + &threat);
            let serious_freezes = d * (number(192) + &threat) >= number(42);
            let refuses = caught >= number(2) + &threat;
            let complies = caught >= number(112);
            let reconsiders = *q >= Rational::new(11, 20);
            let trusts = *d >= Rational::new(1, 2);
            assert_eq!(holds("refuse"), serious_freezes && refuses && !reconsiders, "{inside:?}");
            assert_eq!(holds("freeze"), serious_freezes && complies && reconsiders, "{inside:?}");
            let dupes = serious_freezes && !refuses && !complies && trusts;
            assert_eq!(holds("dupe"), dupes, "{inside:?}");
        }
        decided += 1;
    }
    assert!(decided > 100, "{decided}");
    assert!(map.undecided < Rational::new(1, 6), "{}", map.undecided);
    let meets = [Rational::new(11, 20), Rational::new(7, 12)];
    let holds = |tile: &Tile| {
        let sides = tile.from.iter().zip(&tile.to).zip(&meets);
        sides.into_iter().all(|((from, to), at)| from <= at && at <= to)
    };
    let (_, there) = map.tiles.iter().find(|(tile, _)| holds(tile)).expect("they fill the box");
    assert!(matches!(there, Place::Among(several) if several.len() >= 3), "{there:?}");
}
