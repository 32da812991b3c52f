//! Top-down, as small trees stand in textbooks: straight edges, payoffs below the ends.

use super::bands::{Way, joints};
use super::heads::{Head, heads};
use super::scene::{Anchor, Ink, Item, Mark, Point, Role, Scene, Stroke, Weight, at};
use super::text::{shown, text_width};
use super::view::{Content, View};

const MARGIN: f64 = 16.0;
/// Height of a step.
const STEP: f64 = 78.0;
/// Most ends of a tree that is drawn so without being asked.
const MOST_ENDS: usize = 9;
/// Largest distance of ends.
const WIDEST: f64 = 150.0;
/// How far along its edge a label stands.
const ALONG: f64 = 0.56;

/// Whether a tree is small, and its situations join neighbours of one step only.
pub(super) fn suits(view: &View<'_>) -> bool {
    let ends = view.nodes.iter().filter(|seen| seen.children.is_empty()).count();
    let folded = view.nodes.iter().any(|seen| matches!(seen.content, Content::Folded(_)));
    if ends > MOST_ENDS || view.deepest() > 5 || folded {
        return false;
    }
    let (x, clear) = clear_places(view, &heads(view));
    let (joints, _) = joints(view, &x);
    clear && joints.iter().all(|joint| joint.way == Way::Straight)
}

/// Places with ends wider and wider apart until no label meets another or an edge, and whether
/// that came about: where edges are flat or many leave one node, it may not.
fn clear_places(view: &View<'_>, heads: &[Head]) -> (Vec<f64>, bool) {
    let mut apart = 46.0;
    loop {
        let x = places(view, apart);
        let clear = is_clear(view, heads, &x);
        if clear || apart > WIDEST {
            return (x, clear);
        }
        apart *= 1.08;
    }
}

/// Draws the tree top-down.
pub(super) fn draw(view: &View<'_>) -> Scene {
    let heads = heads(view);
    let (mut x, _) = clear_places(view, &heads);
    let left = MARGIN + head_width(view, &heads) + 14.0 + side_room(view, &x);
    x.iter_mut().for_each(|place| *place += left);
    let top = MARGIN + 14.0 + super::columns::title_height(view);
    let place = |index: usize| at(x[index], top + STEP * view.nodes[index].step as f64);
    let mut scene = Scene::new();
    situations(view, &x, &place, &mut scene);
    for strong in [false, true] {
        for (index, seen) in view.nodes.iter().enumerate() {
            let is_strong = matches!(seen.stroke.weight, Weight::Medium | Weight::Thick);
            if let (Some(parent), true) = (seen.parent, is_strong == strong) {
                scene.line(vec![place(parent), place(index)], seen.stroke);
            }
        }
    }
    for (index, seen) in view.nodes.iter().enumerate() {
        scene.items.push(Item::Mark {
            at: place(index),
            mark: seen.mark,
            node: Some(seen.node),
            hover: seen.hover.clone(),
        });
        if let Some(parent) = seen.parent {
            let unplayed = view.played && seen.stroke.weight == Weight::Thin;
            let ink = if unplayed { Ink::Grey } else { Ink::Dark };
            let (spot, anchor) = label_place(view, parent, index, place(parent), place(index));
            scene.text(spot, anchor, Role::Edge, ink, &seen.edge);
        }
        if heads[seen.step].names_at_nodes && !seen.head.is_empty() {
            let ink =
                if let Mark::Player(player) = seen.mark { Ink::Player(player) } else { Ink::Grey };
            scene.text(
                at(x[index], place(index).y - 9.0),
                Anchor::Middle,
                Role::Name,
                ink,
                &seen.head,
            );
        }
        payoffs(view, index, place(index), &mut scene);
    }
    row_heads(view, &heads, top, &mut scene);
    super::columns::titles(view, &mut scene);
    scene.close(MARGIN);
    if view.options.legend {
        super::columns::legend(view, &mut scene);
        scene.close(MARGIN);
    }
    scene
}

/// The x of each node, ends `apart` from each other.
fn places(view: &View<'_>, apart: f64) -> Vec<f64> {
    let mut x = vec![0.0; view.nodes.len()];
    let mut next = 0.0;
    for (index, seen) in view.nodes.iter().enumerate() {
        if seen.children.is_empty() {
            x[index] = next;
            next += apart;
        }
    }
    for index in (0..view.nodes.len()).rev() {
        let children = &view.nodes[index].children;
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            x[index] = f64::midpoint(x[*first], x[*last]);
        }
    }
    x
}

/// Labels stand outside: left of edges that go left, right of those that go right.
fn label_place(
    view: &View<'_>,
    parent: usize,
    index: usize,
    from: Point,
    to: Point,
) -> (Point, Anchor) {
    let spot = at(from.x + (to.x - from.x) * ALONG, from.y + (to.y - from.y) * ALONG + 3.0);
    // The flatter the edge, the farther it runs sideways over the height of the letters.
    let aside = 5.0 + 7.0 * ((to.x - from.x) / (to.y - from.y)).abs().min(3.0);
    let first = view.nodes[parent].children.first() == Some(&index);
    let alone = view.nodes[parent].children.len() == 1;
    if first && !alone {
        (at(spot.x - aside, spot.y), Anchor::End)
    } else {
        (at(spot.x + aside, spot.y), Anchor::Start)
    }
}

/// Whether no label meets another label or an edge, and payoffs keep apart.
fn is_clear(view: &View<'_>, heads: &[Head], x: &[f64]) -> bool {
    let place = |index: usize| at(x[index], STEP * view.nodes[index].step as f64);
    let mut boxes = Vec::new();
    let mut edges = Vec::new();
    for (index, seen) in view.nodes.iter().enumerate() {
        let mut scene = Scene::new();
        if let Some(parent) = seen.parent {
            let (spot, anchor) = label_place(view, parent, index, place(parent), place(index));
            scene.text(spot, anchor, Role::Edge, Ink::Dark, &seen.edge);
            edges.push((place(parent), place(index)));
        }
        if heads[seen.step].names_at_nodes && !seen.head.is_empty() {
            let above = at(x[index], place(index).y - 9.0);
            scene.text(above, Anchor::Middle, Role::Name, Ink::Dark, &seen.head);
        }
        payoffs(view, index, place(index), &mut scene);
        boxes.extend(scene.items.iter().filter_map(Item::text_bounds));
    }
    let wide = |bounds: &super::scene::Bounds| super::scene::Bounds {
        left: bounds.left - 3.0,
        right: bounds.right + 3.0,
        ..*bounds
    };
    let apart = boxes
        .iter()
        .enumerate()
        .all(|(index, one)| boxes[..index].iter().all(|other| !wide(one).overlaps(&wide(other))));
    apart && boxes.iter().all(|label| edges.iter().all(|(a, b)| !meets(label, *a, *b)))
}

/// Whether a line passes through a rectangle (Liang and Barsky 1984: the part of the line inside
/// each pair of sides).
fn meets(bounds: &super::scene::Bounds, from: Point, to: Point) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, change, low, high) in [
        (from.x, to.x - from.x, bounds.left, bounds.right),
        (from.y, to.y - from.y, bounds.top, bounds.bottom),
    ] {
        if change == 0.0 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (one, other) = ((low - start) / change, (high - start) / change);
        enter = enter.max(one.min(other));
        leave = leave.min(one.max(other));
    }
    enter < leave
}

fn payoffs(view: &View<'_>, index: usize, place: Point, scene: &mut Scene) {
    match view.nodes[index].content {
        Content::End(row) => {
            for player in view.form.player_ids() {
                let y = place.y + 17.0 + 15.0 * player.index() as f64;
                let ink = Ink::Player(player.index());
                scene.text(
                    at(place.x, y),
                    Anchor::Middle,
                    Role::Payoff,
                    ink,
                    &view.payoff(row, player),
                );
            }
            let y = place.y + 19.0 + 15.0 * view.form.players().len() as f64;
            let outcome = view.outcome(row).unwrap_or_default();
            scene.text(at(place.x, y), Anchor::Middle, Role::Remark, Ink::Grey, &outcome);
        }
        Content::Folded(ends) => {
            let text = super::columns::folded_text(ends);
            scene.text(at(place.x, place.y + 19.0), Anchor::Middle, Role::Remark, Ink::Grey, &text);
        }
        _ => {}
    }
}

fn situations(view: &View<'_>, x: &[f64], place: &dyn Fn(usize) -> Point, scene: &mut Scene) {
    let (joints, _) = joints(view, x);
    for joint in joints {
        let player = view.form.info_set(joint.set).player.index();
        let stroke = Stroke { ink: Ink::Player(player), weight: Weight::Normal, dashed: true };
        let (from, to) = (place(joint.from), place(joint.to));
        match joint.way {
            Way::Straight => scene.line(vec![from, to], stroke),
            _ => {
                // Below the nodes between, where edges are crossed but no marks.
                let drop = 22.0 + 8.0 * f64::from(joint.set.0 % 3);
                let points = [from, at(from.x, from.y + drop), at(to.x, to.y + drop), to];
                scene.curve(points, stroke);
            }
        }
    }
}

/// Room left of the first node for labels and payoffs.
fn side_room(view: &View<'_>, x: &[f64]) -> f64 {
    let mut scene = Scene::new();
    for (index, seen) in view.nodes.iter().enumerate() {
        let here = at(x[index], STEP * seen.step as f64);
        if let Some(parent) = seen.parent {
            let above = at(x[parent], STEP * view.nodes[parent].step as f64);
            let (spot, anchor) = label_place(view, parent, index, above, here);
            scene.text(spot, anchor, Role::Edge, Ink::Dark, &seen.edge);
        }
        payoffs(view, index, here, &mut scene);
    }
    let bounds = scene.items.iter().filter_map(Item::text_bounds);
    -bounds.fold(0.0_f64, |least, bounds| least.min(bounds.left))
}

fn head_width(view: &View<'_>, heads: &[Head]) -> f64 {
    let lines = heads.iter().flat_map(|head| &head.lines);
    let steps = lines.map(|(_, text)| text_width(text, Role::Head) + 9.0);
    let names =
        view.form.players().iter().map(|player| text_width(&shown(&player.name), Role::Head));
    steps.chain(names.map(|width| width + 9.0)).fold(0.0, f64::max)
}

/// Who decides what, left of each step, and whose payoffs stand in which line below the ends.
fn row_heads(view: &View<'_>, heads: &[Head], top: f64, scene: &mut Scene) {
    for (step, head) in heads.iter().enumerate() {
        for (line, (mark, text)) in head.lines.iter().enumerate() {
            let shift = 16.0 * (line as f64 - (head.lines.len() as f64 - 1.0) / 2.0);
            let y = top + STEP * step as f64 + 4.0 + shift;
            let ink =
                if let Mark::Player(player) = mark { Ink::Player(*player) } else { Ink::Dark };
            scene.mark(at(MARGIN + 4.0, y - 4.0), *mark);
            scene.text(at(MARGIN + 13.0, y), Anchor::Start, Role::Head, ink, text);
        }
    }
    let depth = view.deepest();
    if view.nodes.iter().any(|seen| seen.step == depth && matches!(seen.content, Content::End(_))) {
        for (player, data) in view.form.players().iter().enumerate() {
            let y = top + STEP * depth as f64 + 17.0 + 15.0 * player as f64;
            let ink = Ink::Player(player);
            scene.text(at(MARGIN + 13.0, y), Anchor::Start, Role::Head, ink, &shown(&data.name));
        }
    }
}
