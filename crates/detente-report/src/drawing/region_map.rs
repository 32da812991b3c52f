//! A map as a figure: hatched regions with their letters, axes, the base point, thresholds.

use super::scene::{Anchor, Bounds, Ink, Item, Mark, Role, Scene, Stroke, Weight, at};
use super::text::{shown, shown_title};
use crate::formats::json::{MapAxis, MapTile, RegionMap};

const LEFT: f64 = 70.0;
const TOP: f64 = 50.0;
/// Side of the plane; a power of two times a whole number, so that tiles end on whole pixels.
const SIDE: f64 = 512.0;
const LINE: f64 = 17.0;
/// Regions in the legend, and letters that its lines have room for.
const LISTED: usize = 16;
const LONGEST: usize = 84;

/// Draws a map of two parameters; coordinates depend on nothing but the map.
#[must_use]
pub fn draw_map(map: &RegionMap) -> Scene {
    let mut scene = Scene::new();
    let [x, y] = map.axes.as_slice() else { return scene };
    scene.title = shown_title(&format!("{}: {} and {}", map.title, x.name, y.name));
    scene.description = description(map);
    let heading = scene.title.clone();
    scene.text(at(LEFT, 24.0), Anchor::Start, Role::Title, Ink::Dark, &heading);
    for region in 0..map.regions.len() {
        area(&mut scene, map, Some(region));
    }
    area(&mut scene, map, None);
    for region in 0..map.regions.len() {
        letter(&mut scene, map, region);
    }
    frame(&mut scene, x, y);
    legend(&mut scene, map);
    scene.close(16.0);
    scene
}

/// What the figure shows, for those who do not see it.
fn description(map: &RegionMap) -> String {
    let one = |region: &crate::formats::json::MapRegion| {
        let [low, high] = region.percent;
        format!("region {}: {low:.2} to {high:.2} percent, {}", region.letter, named(map, region))
    };
    let sure = map.regions.iter().filter(|region| region.inside.is_some());
    let parts: Vec<String> = sure.take(LISTED).map(one).collect();
    format!("{}; undecided up to {:.2} percent", parts.join("; "), map.undecided_percent)
}

fn named(map: &RegionMap, region: &crate::formats::json::MapRegion) -> String {
    let plays = match region.plays.as_deref() {
        None => return "no game".to_owned(),
        Some([]) => return "no pure equilibrium".to_owned(),
        Some(plays) => plays,
    };
    let does = |number: &usize| map.plays[number - 1].play.replace('\n', "; ");
    if region.outcomes.is_empty() {
        plays.iter().map(does).collect::<Vec<_>>().join(" or ")
    } else {
        region.outcomes.join(", ")
    }
}

fn bounds(tile: &MapTile) -> Bounds {
    Bounds {
        left: LEFT + SIDE * tile.from[0],
        right: LEFT + SIDE * tile.to[0],
        top: TOP + SIDE * (1.0 - tile.to[1]),
        bottom: TOP + SIDE * (1.0 - tile.from[1]),
    }
}

fn area(scene: &mut Scene, map: &RegionMap, region: Option<usize>) {
    let own = map.tiles.iter().filter(|tile| tile.region == region);
    let boxes: Vec<Bounds> = joined(own.map(bounds).collect());
    if !boxes.is_empty() {
        scene.items.push(Item::Area { boxes, hatch: region });
    }
}

/// Boxes of equal height beside each other made one.
fn joined(mut boxes: Vec<Bounds>) -> Vec<Bounds> {
    let key = |one: &Bounds| (one.top, one.bottom, one.left);
    boxes.sort_by(|one, other| {
        let ((a, b, c), (d, e, f)) = (key(one), key(other));
        a.total_cmp(&d).then(b.total_cmp(&e)).then(c.total_cmp(&f))
    });
    let mut whole: Vec<Bounds> = Vec::new();
    for one in boxes {
        match whole.last_mut() {
            Some(last)
                if last.top == one.top && last.bottom == one.bottom && last.right == one.left =>
            {
                last.right = one.right;
            }
            _ => whole.push(one),
        }
    }
    whole
}

/// A region's letter in the middle of its largest tile, on a ground that keeps it readable.
fn letter(scene: &mut Scene, map: &RegionMap, region: usize) {
    let own = map.tiles.iter().filter(|tile| tile.region == Some(region));
    let size = |tile: &&MapTile| {
        let side = |axis: usize| tile.to[axis] - tile.from[axis];
        side(0).min(side(1))
    };
    let Some(tile) = own.max_by(|a, b| size(a).total_cmp(&size(b))) else { return };
    let room = bounds(tile);
    if room.bottom - room.top < 14.0 {
        return;
    }
    let (x, y) = ((room.left + room.right) / 2.0, (room.top + room.bottom) / 2.0);
    let ground = Bounds { left: x - 8.0, right: x + 8.0, top: y - 9.0, bottom: y + 7.0 };
    scene.items.push(Item::Area { boxes: vec![ground], hatch: Some(super::palette::PAPER) });
    let text = &map.regions[region].letter;
    scene.text(at(x, y + 4.0), Anchor::Middle, Role::Head, Ink::Dark, text);
}

fn frame(scene: &mut Scene, x: &MapAxis, y: &MapAxis) {
    let line = Stroke { ink: Ink::Dark, weight: Weight::Normal, dashed: false };
    let (right, bottom) = (LEFT + SIDE, TOP + SIDE);
    let corners = [(LEFT, TOP), (right, TOP), (right, bottom), (LEFT, bottom), (LEFT, TOP)];
    scene.line(corners.map(|(x, y)| at(x, y)).to_vec(), line);
    let guide = Stroke { ink: Ink::Dark, weight: Weight::Thin, dashed: true };
    for one in &x.thresholds {
        let place = LEFT + SIDE * one.at;
        scene.line(vec![at(place, bottom), at(place, bottom + 9.0)], line);
        scene.line(vec![at(place, TOP), at(place, bottom)], guide);
        let text = shown(&one.value);
        scene.text(at(place, bottom + 34.0), Anchor::Middle, Role::Legend, Ink::Dark, &text);
    }
    for one in &y.thresholds {
        let place = TOP + SIDE * (1.0 - one.at);
        scene.line(vec![at(LEFT - 9.0, place), at(LEFT, place)], line);
        scene.line(vec![at(LEFT, place), at(right, place)], guide);
        let text = shown(&one.value);
        scene.text(at(right + 6.0, place + 4.0), Anchor::Start, Role::Legend, Ink::Dark, &text);
    }
    let below = bottom + 20.0;
    scene.text(at(LEFT, below), Anchor::Start, Role::Edge, Ink::Dark, &x.range[0]);
    scene.text(at(right, below), Anchor::End, Role::Edge, Ink::Dark, &x.range[1]);
    scene.text(
        at(LEFT + SIDE / 2.0, below),
        Anchor::Middle,
        Role::Head,
        Ink::Dark,
        &shown(&x.name),
    );
    scene.text(at(LEFT - 12.0, bottom), Anchor::End, Role::Edge, Ink::Dark, &y.range[0]);
    scene.text(at(LEFT - 12.0, TOP + 10.0), Anchor::End, Role::Edge, Ink::Dark, &y.range[1]);
    scene.text(at(LEFT, TOP - 8.0), Anchor::Middle, Role::Head, Ink::Dark, &shown(&y.name));
    let base = at(LEFT + SIDE * x.base_at, TOP + SIDE * (1.0 - y.base_at));
    let around =
        Bounds { left: base.x - 9.0, right: base.x + 9.0, top: base.y - 9.0, bottom: base.y + 9.0 };
    scene.items.push(Item::Area { boxes: vec![around], hatch: Some(super::palette::PAPER) });
    scene.mark(base, Mark::Player(4));
}

fn legend(scene: &mut Scene, map: &RegionMap) {
    let mut y = TOP + SIDE + 62.0;
    let mut entry = |scene: &mut Scene, hatch: Option<usize>, text: &str| {
        let sample = Bounds { left: LEFT, right: LEFT + 26.0, top: y - 11.0, bottom: y + 2.0 };
        scene.items.push(Item::Area { boxes: vec![sample], hatch });
        let text = shown_title(text);
        scene.text(at(LEFT + 34.0, y), Anchor::Start, Role::Legend, Ink::Dark, &text);
        y += LINE;
    };
    let sure = map.regions.iter().enumerate().filter(|(_, region)| region.inside.is_some());
    for (number, region) in sure.take(LISTED) {
        let [low, high] = region.percent;
        let mut name = named(map, region);
        if name.chars().count() > LONGEST {
            name = name.chars().take(LONGEST - 1).chain(['…']).collect();
        }
        let text = format!("{}  {low:.1} to {high:.1}%: {name}", region.letter);
        entry(scene, Some(number), &text);
    }
    entry(scene, None, &format!("undecided, up to {:.1}%", map.undecided_percent));
    let text = if map.axes.iter().all(|axis| axis.thresholds.is_empty()) {
        "cross: the base point"
    } else {
        "cross: the base point; dashed: where the equilibrium played there ends as one parameter moves"
    };
    scene.text(at(LEFT, y), Anchor::Start, Role::Legend, Ink::Dark, text);
}
