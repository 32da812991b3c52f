//! A map as a figure: hatched regions with their letters, axes, the base point, thresholds.

mod legend;
mod room;

pub use legend::Legend;

use super::palette::PAPER;
use super::scene::{Anchor, Bounds, Ink, Mark, Role, Scene, Stroke, Weight, at};
use super::text::{shown, shown_title, text_width};
use crate::formats::json::{MapAxis, MapRegion, MapTile, RegionMap};
use crate::look::wrap;
use crate::maps;

const LEFT: f64 = 70.0;
const TOP: f64 = 62.0;
/// Side of the plane; a power of two times a whole number, so that tiles end on whole pixels.
const SIDE: f64 = 512.0;
/// Half a side of what is kept free round the base point.
const AROUND: f64 = 12.0;

/// Draws a map of two parameters; coordinates depend on nothing but the arguments.
#[must_use]
pub fn draw_map(map: &RegionMap, legend: Legend) -> Scene {
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
    let bottom = frame(&mut scene, x, y);
    let base = at(LEFT + SIDE * x.base_at, TOP + SIDE * (1.0 - y.base_at));
    for region in 0..map.regions.len() {
        label(&mut scene, map, region, [x.base_at, y.base_at]);
    }
    scene.mark(base, Mark::Here);
    legend::legend(&mut scene, map, bottom + 26.0, legend);
    scene.close(16.0);
    scene
}

/// What the figure shows, for those who do not see it.
fn description(map: &RegionMap) -> String {
    let told = maps::told(map);
    let one = |(_, region): &(usize, &MapRegion)| {
        let [low, high] = region.percent;
        let name = maps::name(map, region);
        format!("region {}: {low:.2} to {high:.2} percent, {name}", region.letter)
    };
    let mut parts: Vec<String> = told.regions.iter().map(one).collect();
    parts.extend(told.rest);
    format!("{}; undecided up to {:.2} percent", parts.join("; "), map.undecided_percent)
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
        scene.area(boxes, region);
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

/// A region's letter where it has most room, with a word if that fits, on a ground that keeps it readable.
fn label(scene: &mut Scene, map: &RegionMap, region: usize, base: [f64; 2]) {
    let near = AROUND / SIDE;
    let taken = |at: [f64; 2]| (0..2).all(|axis| (at[axis] - base[axis]).abs() < near);
    let Some(room) = room::room(map, region, &taken) else { return };
    let side = room.side * SIDE;
    if side < 15.0 {
        return;
    }
    let [x, y] = [LEFT + SIDE * room.middle[0], TOP + SIDE * (1.0 - room.middle[1])];
    let letter = &map.regions[region].letter;
    let word = fitting(&maps::short_name(map, &map.regions[region]), side - 12.0, side - 30.0);
    let widths = word.iter().map(|line| text_width(line, Role::Legend));
    let wide = widths.fold(text_width(letter, Role::Head), f64::max) / 2.0 + 4.0;
    let high = (16.0 + WORD_LINE * word.len() as f64) / 2.0;
    scene.area(
        vec![Bounds { left: x - wide, right: x + wide, top: y - high, bottom: y + high }],
        Some(PAPER),
    );
    let mut line = y - high + 12.0;
    scene.text(at(x, line), Anchor::Middle, Role::Head, Ink::Dark, letter);
    for text in word {
        line += WORD_LINE;
        scene.text(at(x, line), Anchor::Middle, Role::Legend, Ink::Dark, &text);
    }
}

/// Between lines of a word in a region.
const WORD_LINE: f64 = 13.0;

/// A text in lines that fit a box; none if it does not.
fn fitting(text: &str, wide: f64, high: f64) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let columns = (wide / text_width("n", Role::Legend)) as usize;
    let lines = wrap(&shown_title(text), columns.max(1));
    let fits = lines.iter().all(|line| text_width(line, Role::Legend) <= wide)
        && lines.len() as f64 * WORD_LINE <= high;
    if fits { lines } else { Vec::new() }
}

/// The axes with their thresholds; how far down they reach.
fn frame(scene: &mut Scene, x: &MapAxis, y: &MapAxis) -> f64 {
    let (right, bottom) = (LEFT + SIDE, TOP + SIDE);
    let corners = [(LEFT, TOP), (right, TOP), (right, bottom), (LEFT, bottom), (LEFT, TOP)];
    scene.line(corners.map(|(x, y)| at(x, y)).to_vec(), TICK);
    let below = bottom + 20.0;
    scene.text(at(LEFT, below), Anchor::Start, Role::Edge, Ink::Dark, &x.range[0]);
    scene.text(at(right, below), Anchor::End, Role::Edge, Ink::Dark, &x.range[1]);
    let name = named(x, SIDE - 110.0);
    scene.text(at(LEFT + SIDE / 2.0, below), Anchor::Middle, Role::Head, Ink::Dark, &name);
    scene.text(at(LEFT - 12.0, bottom), Anchor::End, Role::Edge, Ink::Dark, &y.range[0]);
    scene.text(at(LEFT - 12.0, TOP + 10.0), Anchor::End, Role::Edge, Ink::Dark, &y.range[1]);
    let name = named(y, SIDE);
    scene.text(at(LEFT - 54.0, TOP - 12.0), Anchor::Start, Role::Head, Ink::Dark, &name);
    up(scene, y);
    across(scene, x)
}

/// A parameter with what it means, if that fits.
fn named(axis: &MapAxis, room: f64) -> String {
    let long = shown_title(&format!("{}: {}", axis.name, axis.meaning));
    match axis.meaning.is_empty() || text_width(&long, Role::Head) > room {
        true => shown_title(&axis.name),
        false => long,
    }
}

const TICK: Stroke = Stroke { ink: Ink::Dark, weight: Weight::Normal, dashed: false };
const GUIDE: Stroke = Stroke { ink: Ink::Dark, weight: Weight::Thin, dashed: true };

/// Thresholds of the parameter from left to right; values that would meet stand below each other. How far
/// down they reach.
fn across(scene: &mut Scene, axis: &MapAxis) -> f64 {
    let bottom = TOP + SIDE;
    let mut free: Vec<f64> = Vec::new();
    for one in &axis.thresholds {
        let place = LEFT + SIDE * one.at;
        scene.line(vec![at(place, bottom), at(place, bottom + 9.0)], TICK);
        scene.line(vec![at(place, TOP), at(place, bottom)], GUIDE);
        let text = value(&one.value);
        let half = text_width(&text, Role::Legend) / 2.0;
        let row = free.iter().position(|free| place - half > *free).unwrap_or(free.len());
        free.resize(free.len().max(row + 1), 0.0);
        free[row] = place + half + 4.0;
        let line = bottom + 36.0 + 14.0 * row as f64;
        scene.text(at(place, line), Anchor::Middle, Role::Legend, Ink::Dark, &text);
    }
    bottom + 24.0 + 14.0 * free.len() as f64
}

/// A value without its fraction, where that is long.
fn value(text: &str) -> String {
    const LONGEST: usize = 9;
    match text.split_once(" ≈ ") {
        Some((fraction, decimal)) if fraction.len() > LONGEST => format!("≈ {decimal}"),
        _ => shown(text),
    }
}

/// Those of the other from below, their values at the right with room between them.
fn up(scene: &mut Scene, axis: &MapAxis) {
    let right = LEFT + SIDE;
    let mut places: Vec<(f64, String)> = Vec::new();
    for one in &axis.thresholds {
        let place = TOP + SIDE * (1.0 - one.at);
        scene.line(vec![at(LEFT - 9.0, place), at(LEFT, place)], TICK);
        scene.line(vec![at(LEFT, place), at(right, place)], GUIDE);
        places.push((place, value(&one.value)));
    }
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = f64::NEG_INFINITY;
    for (place, text) in places {
        let line = (place + 4.0).max(free);
        scene.text(at(right + 6.0, line), Anchor::Start, Role::Legend, Ink::Dark, &text);
        free = line + 14.0;
    }
}
