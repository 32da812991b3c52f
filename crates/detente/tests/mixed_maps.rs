//! Maps with mixed plays: against closed forms, and every decided tile against the complete search at
//! a point of it.

use detente::game::claim::Concept;
use detente::game::{Game, ParamId, Rational};
use detente::map::{Asked, Content, Map, Place, Way, map};
use detente::{Options, road};
use std::collections::BTreeSet;

fn game(text: &str) -> Game {
    let none = &mut |_: &str| Err("no files here".into());
    let opened = road::open("map.dtn", text, none, &Options::default(), &mut |_| true);
    opened.game().expect("no mistake").clone()
}

fn drawn(game: &Game, names: &[&str], concept: &Concept, halvings: u32) -> Map {
    let params: Vec<ParamId> =
        names.iter().map(|name| game.param(name).expect("a parameter")).collect();
    let asked = Asked { params, concept: concept.clone(), mixed: true, halvings, stop: None };
    map(game, &asked, &mut |_| {}).expect("a map")
}

/// How the equilibria at a point are played, found by the complete search.
fn solved(game: &Game, point: &[Rational], concept: &Concept) -> BTreeSet<Way> {
    let instance = game.at(point).expect("a game").into();
    let asked = road::Asked { concept: Some(concept.clone()), ..road::Asked::default() };
    let solved = road::equilibria(&instance, &asked, &mut |_| {});
    assert!(solved.complete, "the search at a point is complete");
    solved
        .every()
        .map(|one| {
            let play = detente::analysis::Play::new(one.instance(), one.profile());
            let form = play.form();
            let reached = form.info_set_ids().filter(|set| play.reach_of(*set).is_positive());
            let taken = |set| {
                let likely =
                    |(at, action)| one.profile().of(action).is_positive().then_some(at as u32);
                (set, form.actions(set).enumerate().filter_map(likely).collect())
            };
            reached.map(taken).collect()
        })
        .collect()
}

/// In the middle of every decided tile the complete search finds exactly the tile's plays; how many
/// tiles there are, and how many of them have a mixed play.
fn compared(game: &Game, names: &[&str], concept: &Concept, halvings: u32) -> (usize, usize) {
    let map = drawn(game, names, concept, halvings);
    assert!(map.obstacle.is_none(), "{:?}", map.obstacle);
    assert!(map.verified > 0);
    let (mut decided, mut mixed) = (0, 0);
    for (tile, place) in &map.tiles {
        let Place::Region(region) = place else { continue };
        let Content::Plays(plays) = &map.regions[*region].content else { panic!("a game") };
        let inside = tile.at(&vec![Rational::new(3, 7); names.len()]);
        let mut point = game.base_point();
        for ((param, (low, high)), share) in map.params.iter().zip(&map.ranges).zip(&inside) {
            point[param.index()] = low + (high - low) * share;
        }
        let told: BTreeSet<Way> = plays.iter().map(|play| map.plays[*play].clone()).collect();
        assert_eq!(told, solved(game, &point, concept), "{inside:?}");
        decided += 1;
        let is_mixed = |way: &Way| way.iter().any(|(_, options)| options.len() > 1);
        mixed += usize::from(told.iter().any(is_mixed));
    }
    (decided, mixed)
}

/// An inspector who inspects with probability `gain / (gain + fine)` keeps the inspected indifferent;
/// where inspecting costs more than a violation, he never inspects.
const INSPECTION: &str = r#"
game "Inspection"
players
  Inspector
  Inspected
params
  cost = 1/4 in 0..1
  harm = 1/2 in 0..1
  fine = 1
story
  Inspector secretly chooses visit: inspect | stay
  Inspected chooses conduct: comply | violate
stakes of Inspector
  cost: -cost  when visit is inspect
  harm: -harm  when conduct is violate and visit is stay
stakes of Inspected
  gain:  1/2    when conduct is violate and visit is stay
  fine: -fine  when conduct is violate and visit is inspect
"#;

#[test]
fn inspection_is_mixed_where_a_violation_costs_more_than_a_visit() {
    let game = game(INSPECTION);
    for concept in [Concept::Nash, Concept::WeakPbe] {
        let map = drawn(&game, &["cost", "harm"], &concept, 5);
        assert_eq!(map.regions.len(), 2, "{:?}", map.regions);
        for region in &map.regions {
            let Content::Plays(plays) = &region.content else { panic!("a game") };
            let [only] = Vec::from_iter(plays)[..] else { panic!("one play") };
            let inside = region.inside.as_ref().expect("a decided tile");
            let is_mixed = map.plays[*only].iter().all(|(_, options)| options.len() == 2);
            assert_eq!(is_mixed, inside[1] > inside[0]);
            let half = Rational::new(1, 2);
            assert!(region.least <= half && half <= region.most);
            assert!(&region.most - &region.least < Rational::new(1, 10));
        }
    }
}

#[test]
fn decided_tiles_hold_what_the_complete_search_finds() {
    let inspection = game(INSPECTION);
    assert_eq!(compared(&inspection, &["cost", "harm"], &Concept::Nash, 3), (56, 28));
    let reply = game(include_str!("../../../catalog/new_start/reply_game.dtn"));
    assert_eq!(compared(&reply, &["p_resolved", "detection"], &Concept::WeakPbe, 4), (72, 0));
    let gesture = game(include_str!("../../../catalog/new_start/gesture_reply.dtn"));
    assert_eq!(compared(&gesture, &["p_firm", "detect"], &Concept::WeakPbe, 3), (22, 5));
    let repeated = game(include_str!("../../../catalog/new_start/repeated_offers.dtn"));
    assert_eq!(compared(&repeated, &["kept", "refused"], &Concept::Nash, 3), (61, 61));
}

/// Below a branch of no chance nothing counts: there the search of pure plays lets chances start again
/// at 1.
#[test]
fn impossible_branches_count_for_nothing() {
    let learning = game(include_str!("../../../catalog/new_start/learning.dtn"));
    for concept in [Concept::Nash, Concept::WeakPbe] {
        let found = compared(&learning, &["p_serious", "opening_gain"], &concept, 3);
        assert!(found.0 >= 63, "{found:?}");
    }
}

/// What a player could do where nobody lets him come is worth nothing, and not as much as is wanted.
#[test]
fn what_does_not_come_up_is_worth_nothing() {
    let offer = game(include_str!("../../../catalog/new_start/offer_stage.dtn"));
    let found = compared(&offer, &["detection", "secret_share"], &Concept::Nash, 3);
    assert_eq!(found, (16, 0));
}
