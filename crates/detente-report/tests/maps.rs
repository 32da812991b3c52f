//! Maps: how regions and plays are told, where labels stand, and what the page has of them.

mod common;

use common::report;
use detente_report::drawing::{Anchor, Bounds, Item, Legend, Mark, Scene, draw_map};
use detente_report::formats::html::{Report, page};
use detente_report::formats::json::RegionMap;
use detente_report::formats::text::region_map::screen;
use detente_report::look::Look;
use detente_report::maps;
use serde_json::{Value, json};

fn play(deeds: &[(&str, &str)], outcomes: &[&str]) -> Value {
    let deeds: Vec<Value> =
        deeds.iter().map(|(who, does)| json!({"who": who, "does": does})).collect();
    json!({"play": "", "deeds": deeds, "outcomes": outcomes})
}

fn region(letter: &str, plays: &[usize], outcomes: &[&str], percent: f64) -> Value {
    let share = format!("{}/100", percent as u64);
    json!({
        "letter": letter, "plays": plays, "outcomes": outcomes, "share": [share, share],
        "percent": [percent, percent], "inside": ["0", "0"],
    })
}

fn tile(region: usize, from: [f64; 2], to: [f64; 2]) -> Value {
    json!({"from": from, "to": to, "region": region})
}

/// The base point in the lower left quarter; the right half, and a small region in the corner at the top.
fn drawn(more: &[(&str, Value)]) -> RegionMap {
    let axis = |name: &str, at: f64| {
        json!({
            "name": name, "meaning": "What it is", "range": ["0", "1"], "base": "1/4", "base_at": at,
            "thresholds": [{"value": "44591/152950 ≈ 0.29", "at": 0.5}, {"value": "1/2 = 0.5", "at": 0.51}],
        })
    };
    let base = [("One (tough)", "entry in"), ("One (weak)", "entry in"), ("Two", "reply share")];
    let mut map = json!({
        "title": "A game", "concept": "weak PBE", "mixed": true, "only_pure": null,
        "axes": [axis("share_x", 0.25), axis("share_y", 0.25)],
        "regions": [
            region("A", &[2], &["peace", "entry", "war"], 50.0),
            region("B", &[1], &["peace", "entry", "talks", "delay"], 25.0),
            region("C", &[], &[], 24.5),
            region("D", &[3], &["peace"], 0.5),
        ],
        "plays": [
            play(&base, &["peace", "entry", "talks", "delay"]),
            play(&[base[0], ("One (weak)", "entry out"), base[2]], &["peace", "entry", "war"]),
            play(&base[..1], &["peace"]),
        ],
        "reference": null,
        "tiles": [
            tile(0, [0.5, 0.0], [1.0, 1.0]), tile(1, [0.0, 0.0], [0.5, 0.5]),
            tile(2, [0.0, 0.5], [0.5, 0.99]), tile(3, [0.0, 0.99], [0.5, 1.0]),
        ],
        "undecided": "0", "undecided_percent": 0.0, "marked": null, "verified": 3, "obstacle": null,
        "stopped": false,
    });
    for (key, value) in more {
        map[*key] = value.clone();
    }
    let mut map: RegionMap = serde_json::from_value(map).expect("a map");
    map.reference = maps::choose_reference(&map);
    map
}

#[test]
fn of_plays_is_told_what_tells_them_apart() {
    let map = drawn(&[]);
    assert_eq!((map.base_region(), map.reference), (Some(1), Some(1)));
    assert_eq!(
        maps::lines(&map, 1),
        ["One (tough): entry in", "One (weak): entry in", "Two: reply share"]
    );
    assert_eq!(maps::lines(&map, 2), ["One (weak): entry out"]);
    assert_eq!(maps::lines(&map, 3), ["as in 1, where other situations come up"]);
    assert_eq!(maps::reference(&map), "the play at the base point");
    assert_eq!(maps::outcomes(&map, &map.regions[0]), "peace; entry; war");
    assert_eq!(maps::name(&map, &map.regions[2]), "no equilibrium");
    // Too small to be told on its own, but a single one is told rather than counted.
    assert_eq!(maps::told(&map).regions.len(), 4);
    assert_eq!(maps::plays(&map), [1, 2, 3]);
    let screen = screen(&map, &Look::default());
    assert!(screen.contains("plays: 1, the play at the base point, in full"), "{screen}");
    assert_eq!(screen.matches("One (tough): entry in").count(), 1, "{screen}");
    assert!(screen.contains("B @     25.00%"), "{screen}");
}

#[test]
fn what_is_small_is_counted_and_several_plays_go_by_number() {
    let small = |letter: &str, play: usize| region(letter, &[play], &["peace"], 0.25);
    let regions = json!([
        region("A", &[1, 2], &["peace"], 75.0),
        region("B", &[2], &["war"], 24.5),
        small("C", 3),
        small("D", 3),
    ]);
    let map = drawn(&[("regions", regions)]);
    let told = maps::told(&map);
    assert_eq!(told.regions.len(), 2);
    assert_eq!(told.rest.as_deref(), Some("2 smaller regions, together 0.50 to 0.50%"));
    // The third comes up in what is not told.
    assert_eq!(maps::plays(&map).len(), 2);
    assert!(maps::has_numbers(&map) && maps::name(&map, &map.regions[0]).starts_with("plays 1, 2"));
    // Several plays have outcomes each, not the region.
    assert_eq!(maps::outcomes(&map, &map.regions[0]), "");
    assert_eq!(map.reference, Some(2));
    assert_eq!(
        maps::told_play(&map, 1),
        ["One (weak): entry in", "outcomes: also talks; delay; without war"]
    );
    let text = screen(&map, &Look::default());
    assert!(text.contains("and 1 more play of smaller regions"), "{text}");
}

#[test]
fn a_base_point_between_regions_is_of_none() {
    let at = |base: f64, other: f64| {
        let map = drawn(&[]);
        let mut axes = map.axes.clone();
        (axes[0].base_at, axes[1].base_at) = (base, other);
        RegionMap { axes, ..map }
    };
    assert_eq!(at(1.0, 1.0).base_region(), Some(0));
    assert_eq!(at(0.5, 0.2).base_region(), None);
    assert_eq!(maps::reference(&at(0.5, 0.2)), "a play of the largest region that has any");
    // Of a map over more parameters or fewer too.
    let mut one = at(0.75, 0.0);
    one.axes.truncate(1);
    one.tiles = vec![one.tiles[0].clone()];
    one.tiles[0].from.truncate(1);
    one.tiles[0].to.truncate(1);
    assert_eq!(one.base_region(), Some(0));
}

#[test]
fn outcomes_are_told_by_what_is_missing_and_new() {
    let all = ["a", "b", "c", "d", "e"];
    let told = |own: &[&str]| {
        let regions = json!([region("A", &[2], own, 50.0), region("B", &[1], &all, 50.0)]);
        let plays = json!([play(&[("One", "in")], &all), play(&[("One", "out")], own)]);
        let map = drawn(&[("regions", regions), ("plays", plays)]);
        maps::outcomes(&map, &map.regions[0])
    };
    assert_eq!(told(&all), "the same outcomes");
    assert_eq!(told(&all[..4]), "without e");
    assert_eq!(told(&["a", "b", "c", "d", "e", "f"]), "also f");
    assert_eq!(told(&["a", "b", "c", "d", "f"]), "also f; without e");
    assert_eq!(told(&["a"]), "a");
}

fn texts(scene: &Scene) -> Vec<(&str, Bounds)> {
    let all = scene.items.iter().filter_map(|item| match item {
        Item::Text { text, .. } => Some((text.as_str(), item.text_bounds()?)),
        _ => None,
    });
    all.collect()
}

#[test]
fn labels_stand_in_their_regions_and_no_text_meets_another() {
    for legend in [Legend::Full, Legend::Letters] {
        let map = drawn(&[]);
        let scene = draw_map(&map, legend);
        let all = texts(&scene);
        for (at, (text, one)) in all.iter().enumerate() {
            assert!(one.left >= 0.0 && one.right <= scene.width, "{text} is cut");
            assert!(one.top >= 0.0 && one.bottom <= scene.height, "{text} is cut");
            for (other, bounds) in &all[at + 1..] {
                assert!(!one.overlaps(bounds), "'{text}' meets '{other}'");
            }
        }
        let of = |wanted: &str| all.iter().find(|(text, _)| *text == wanted).expect(wanted).1;
        // The plane is 512 wide from (70, 62) on.
        let inside = |b: Bounds, left: f64, top: f64, right: f64, bottom: f64| {
            assert!(b.left > left && b.top > top && b.right < right && b.bottom < bottom, "{b:?}");
        };
        inside(of("A"), 326.0, 62.0, 582.0, 574.0);
        inside(of("B"), 70.0, 318.0, 326.0, 574.0);
        inside(of("no equilibrium"), 70.0, 67.0, 326.0, 318.0);
        // The smallest has no room for a letter, only a line of the legend.
        assert!(all.iter().all(|(text, _)| *text != "D"));
        assert!(all.iter().any(|(text, _)| text.starts_with("D ") && text.contains("0.50%")));
        // Long fractions give way to their decimals; names are those of the file.
        assert!(all.iter().any(|(text, _)| *text == "≈ 0.29"));
        assert!(all.iter().any(|(text, _)| *text == "share_x: What it is"));
        let here: Vec<_> = scene
            .items
            .iter()
            .filter(|item| matches!(item, Item::Mark { mark: Mark::Here, .. }))
            .collect();
        assert_eq!(here.len(), 2, "in the plane and in the legend");
        let middle = |item: &&&Item| matches!(item, Item::Text { anchor: Anchor::Middle, .. });
        assert!(scene.items.iter().filter(|item| middle(&item)).count() > 4);
    }
}

#[test]
fn a_long_name_is_broken_not_cut() {
    let long = "word ".repeat(60);
    let regions = json!([
        region("A", &[1], &[long.trim(), "x", "y", "z"], 50.0),
        region("B", &[2], &["war"], 50.0)
    ]);
    let map = drawn(&[("regions", regions), ("axes", json!([]))]);
    assert!(draw_map(&map, Legend::Full).items.is_empty(), "a drawing has two axes");
    let map = RegionMap { axes: drawn(&[]).axes, ..map };
    let scene = draw_map(&map, Legend::Full);
    let all = texts(&scene);
    let words: usize = all.iter().map(|(text, _)| text.matches("word").count()).sum();
    assert!(words >= 60 && all.iter().all(|(text, _)| !text.contains('…')), "{words}");
}

#[test]
fn fillings_differ_even_beyond_their_first_round() {
    let many = 14;
    let regions: Vec<Value> =
        (0..many).map(|at| region(&format!("R{at}"), &[1], &["peace"], 7.0)).collect();
    let wide = |at: usize| at as f64 / many as f64;
    let tiles: Vec<Value> =
        (0..many).map(|at| tile(at, [wide(at), 0.0], [wide(at + 1), 1.0])).collect();
    let map = drawn(&[("regions", json!(regions)), ("tiles", json!(tiles))]);
    let svg = draw_map(&map, Legend::Full).svg();
    let pattern = |at: usize| {
        let from = svg.find(&format!("<pattern id=\"hatch{at}\"")).expect("a pattern");
        let text = &svg[from..];
        text[text.find("width").unwrap()..text.find("</pattern>").unwrap()].to_owned()
    };
    let all: std::collections::BTreeSet<String> = (0..many).map(pattern).collect();
    assert_eq!(all.len(), many);
}

#[test]
fn the_page_has_the_map_with_its_regions() {
    let game = common::game("gesture");
    let map = Ok(drawn(&[]));
    let page = page(&Report { map: Some(&map), ..report(&game, &[], &[]) });
    let section = &page[page.find("<section id=\"map\"").expect("a section")..];
    for told in
        ["mixed ones included", "(base point)", "One (weak): entry out", "in full; of the others"]
    {
        assert!(section.contains(told), "no '{told}'");
    }
    assert!(section.contains("<title>Map of share_x and share_y</title>"));
    assert!(!section.contains("between several regions"));
    let mut between = drawn(&[]);
    between.axes[0].base_at = 0.5;
    let between = Ok(between);
    let page = detente_report::formats::html::page(&Report {
        map: Some(&between),
        ..report(&game, &[], &[])
    });
    assert!(
        page.contains("The base point lies where it is undecided, or between several regions.")
    );
}
