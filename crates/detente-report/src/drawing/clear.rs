//! Drawings can be read: no text lies on another, on a line or on a mark, and no line of a
//! situation passes through a mark that is not of it.

use super::scene::Point;
use super::tests::{drawings, scene};
use super::*;
use detente_game::form::NodeKind;
use std::path::{Path, PathBuf};

/// All scenarios of the catalogue.
#[allow(clippy::disallowed_methods)]
pub(crate) fn catalogue() -> Vec<Game> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let folders = inside(&root).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| inside(&folder));
    let scenarios = files.filter(|path| path.extension().is_some_and(|ending| ending == "dtn"));
    scenarios.map(|path| compiled(&path)).collect()
}

#[allow(clippy::disallowed_methods)]
fn compiled(path: &Path) -> Game {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.to_string_lossy();
    let loaded = detente_lang::Loaded::new(&name, &text, &mut |beside| {
        let there = path.parent().unwrap().join(Path::new(beside).file_name().unwrap());
        std::fs::read_to_string(there).map_err(|error| error.to_string())
    });
    let options = detente_lang::Options::default();
    let compiled = detente_lang::compile(&loaded, &options, &mut |_| true);
    compiled.game.unwrap_or_else(|| panic!("{name}: {:?}", compiled.diagnostics))
}

/// Each game of the catalogue as it is, and with each player's first action marked; not those with
/// very many ends, which are drawn as others are.
fn catalogue_drawings() -> Vec<(Game, Option<Profile>, TreeOptions)> {
    let games = catalogue().into_iter().filter(|game| game.form.end_count() <= 300);
    let drawn = |game: Game| {
        let first = Profile::pure(&game.form, &vec![0; game.form.info_sets().len()]);
        let marked = TreeOptions {
            caption: "Everybody takes the first action".to_owned(),
            fold_beyond: 20,
            ..TreeOptions::default()
        };
        [(game.clone(), None, TreeOptions::default()), (game, Some(first), marked)]
    };
    games.flat_map(drawn).collect()
}

fn cases() -> impl Iterator<Item = (Game, Option<Profile>, TreeOptions)> {
    drawings().into_iter().chain(catalogue_drawings())
}

/// The straight parts of a line; a curve in many short ones.
fn parts(points: &[Point], curved: bool) -> Vec<(Point, Point)> {
    let points = match points {
        [a, b, c, d] if curved => (0..=40)
            .map(|step| {
                let (t, r) = (f64::from(step) / 40.0, 1.0 - f64::from(step) / 40.0);
                let mix = |of: fn(&Point) -> f64| {
                    r * r * r * of(a)
                        + 3.0 * r * r * t * of(b)
                        + 3.0 * r * t * t * of(c)
                        + t * t * t * of(d)
                };
                Point { x: mix(|point| point.x), y: mix(|point| point.y) }
            })
            .collect(),
        _ => points.to_vec(),
    };
    points.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Whether a straight line has a point inside a rectangle, by halving it until it is surely
/// outside or a point of it is inside.
fn passes(from: Point, to: Point, box_: &Bounds) -> bool {
    let inside =
        |p: Point| box_.left < p.x && p.x < box_.right && box_.top < p.y && p.y < box_.bottom;
    if inside(from) || inside(to) {
        return true;
    }
    let beside = from.x.max(to.x) <= box_.left
        || from.x.min(to.x) >= box_.right
        || from.y.max(to.y) <= box_.top
        || from.y.min(to.y) >= box_.bottom;
    if beside || (from.x - to.x).abs() + (from.y - to.y).abs() < 0.05 {
        return false;
    }
    let middle = Point { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
    passes(from, middle, box_) || passes(middle, to, box_)
}

fn around(at: Point, half: f64) -> Bounds {
    Bounds { left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half }
}

#[test]
fn no_text_lies_on_a_text_a_line_or_a_mark() {
    for case in cases() {
        let scene = scene(&case);
        let texts: Vec<(&Item, Bounds)> =
            scene.items.iter().filter_map(|item| Some((item, item.text_bounds()?))).collect();
        for (index, (text, bounds)) in texts.iter().enumerate() {
            for (other, taken) in &texts[..index] {
                assert!(!bounds.overlaps(taken), "{}: {text:?}\n{other:?}", scene.title);
            }
            for item in &scene.items {
                let met = match item {
                    Item::Line { points, curved, .. } => {
                        parts(points, *curved).into_iter().any(|(a, b)| passes(a, b, bounds))
                    }
                    Item::Mark { at, .. } => around(*at, 3.0).overlaps(bounds),
                    Item::Text { .. } | Item::Area { .. } => false,
                };
                assert!(!met, "{}: {text:?}\n{item:?}", scene.title);
            }
        }
    }
}

#[test]
fn no_situation_runs_through_a_node_of_another() {
    for case in cases() {
        let scene = scene(&case);
        let form = &case.0.form;
        let marks: Vec<(Point, NodeKind)> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Mark { at, node: Some(node), .. } => Some((*at, form.kind(*node))),
                _ => None,
            })
            .collect();
        for item in &scene.items {
            let Item::Line { points, curved, stroke } = item else { continue };
            if !stroke.dashed || stroke.ink == Ink::Faint || points.is_empty() {
                continue;
            }
            let set_at =
                |place: &Point| marks.iter().find(|(at, _)| at == place).map(|(_, kind)| *kind);
            // The sample in the legend joins nothing.
            let Some(own) = points.first().and_then(set_at) else { continue };
            assert_eq!(points.last().and_then(set_at), Some(own), "{item:?}");
            for (at, kind) in marks.iter().filter(|(_, kind)| *kind != own) {
                let met = parts(points, *curved)
                    .into_iter()
                    .any(|(a, b)| passes(a, b, &around(*at, 2.0)));
                assert!(!met, "{}: {kind:?} at {at:?}\n{item:?}", scene.title);
            }
        }
    }
}
