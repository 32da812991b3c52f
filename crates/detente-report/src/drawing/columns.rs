//! Left to right: a column per step, a row per end, payoffs as a table at the right. An edge
//! slants from its node to the child's row and then runs level, with its label above the level
//! part: labels never meet edges, and rows keep them apart from each other.

use super::bands::{Joint, LANES, Way, joints};
use super::heads::{Head, heads};
use super::scene::{Anchor, Ink, Item, Mark, Point, Role, Scene, Stroke, Weight, at};
use super::text::{shown, text_width};
use super::view::{Content, View};
use detente_game::RowId;

const MARGIN: f64 = 16.0;
/// Height of a row, and what is added where a larger part of the tree begins.
const ROW: f64 = 21.0;
const GAP: f64 = 5.0;
/// Height of a line of the caption.
const CAPTION_LINE: f64 = 16.0;
/// How far a label stands above its line.
const RISE: f64 = 5.0;

/// Distance of the first channel from the lowest row, and of one channel from the next.
const CHANNELS: (f64, f64) = (17.0, 7.0);

/// Places along both axes.
struct Layout<'v> {
    view: &'v View<'v>,
    heads: Vec<Head>,
    joints: Vec<Joint>,
    lanes: Vec<usize>,
    y: Vec<f64>,
    /// Per step, the x of its nodes and of the level parts of the edges that leave them.
    column: Vec<f64>,
    bend: Vec<f64>,
}

/// Draws the tree left to right.
pub(super) fn draw(view: &View<'_>) -> Scene {
    let heads = heads(view);
    let mut y = rows(view, &heads);
    let title_height = title_height(view);
    let lines = heads.iter().map(|head| head.lines.len()).max().unwrap_or(0).max(1);
    let top = MARGIN + title_height + lines as f64 * 16.0 + 20.0;
    y.iter_mut().for_each(|place| *place += top);
    let (joints, lanes) = joints(view, &y);
    let (column, bend) = columns(view, &heads, &lanes, &y);
    let layout = Layout { view, heads, joints, lanes, y, column, bend };
    let mut scene = Scene::new();
    let table = layout.table(top);
    layout.leaders(&mut scene, &table);
    layout.situations(&mut scene);
    layout.edges(&mut scene);
    layout.marks(&mut scene);
    layout.labels(&mut scene);
    layout.payoffs(&mut scene, &table);
    layout.head_lines(&mut scene, top);
    titles(view, &mut scene);
    scene.close(MARGIN);
    if view.options.legend {
        legend(view, &mut scene);
        scene.close(MARGIN);
    }
    scene
}

/// The height that title and caption take.
pub(super) fn title_height(view: &View<'_>) -> f64 {
    let title = if view.title.is_empty() { 0.0 } else { 26.0 };
    let lines = view.caption.len() as f64;
    let caption = if lines == 0.0 { 0.0 } else { 3.0 + CAPTION_LINE * lines };
    title + caption
}

/// Title and caption, above the drawing.
pub(super) fn titles(view: &View<'_>, scene: &mut Scene) {
    let line = MARGIN + 12.0;
    scene.text(at(MARGIN, line), Anchor::Start, Role::Title, Ink::Dark, &view.title);
    let first = line + if view.title.is_empty() { 0.0 } else { 20.0 };
    for (number, text) in view.caption.iter().enumerate() {
        let below = at(MARGIN, first + CAPTION_LINE * number as f64);
        scene.text(below, Anchor::Start, Role::Caption, Ink::Dark, text);
    }
}

/// The row of each node, from 0.
fn rows(view: &View<'_>, heads: &[Head]) -> Vec<f64> {
    let mut y = vec![0.0; view.nodes.len()];
    let mut next = 0.0;
    let mut before: Option<usize> = None;
    for (index, seen) in view.nodes.iter().enumerate() {
        if !seen.children.is_empty() {
            continue;
        }
        if let Some(before) = before {
            let shared = shared_depth(view, before, index);
            let lower = view.nodes[before].step.max(seen.step);
            // One step below the fork is the plain distance of siblings.
            let steps = (lower - shared).saturating_sub(1).min(3);
            next += ROW + GAP * steps as f64;
            if named_only_child(view, heads, before) || named_only_child(view, heads, index) {
                next += ROW * 0.6;
            }
        }
        y[index] = next;
        before = Some(index);
    }
    for index in (0..view.nodes.len()).rev() {
        let children = &view.nodes[index].children;
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            y[index] = f64::midpoint(y[*first], y[*last]);
        }
    }
    y
}

/// Depth of the lowest node above two.
fn shared_depth(view: &View<'_>, mut one: usize, mut other: usize) -> usize {
    while one != other {
        // Nodes are listed depth first: the later one is not above the earlier one.
        let later = if one > other { &mut one } else { &mut other };
        *later = view.nodes[*later].parent.unwrap_or(0);
    }
    view.nodes[one].step
}

/// Whether a node's name would stand below the line of an end that is its parent's only child.
fn named_only_child(view: &View<'_>, heads: &[Head], index: usize) -> bool {
    view.nodes[index].parent.is_some_and(|parent| {
        view.nodes[parent].children.len() == 1 && heads[view.nodes[parent].step].names_at_nodes
    })
}

/// The x of each column and of the bends after it.
fn columns(view: &View<'_>, heads: &[Head], lanes: &[usize], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let steps = heads.len();
    let mut label = vec![0.0_f64; steps];
    let mut spread = vec![0.0_f64; steps];
    for (index, seen) in view.nodes.iter().enumerate() {
        let Some(parent) = seen.parent else { continue };
        let from = view.nodes[parent].step;
        label[from] = label[from].max(text_width(&seen.edge, Role::Edge));
        // A name stands before its own column, which a long edge reaches later.
        if heads[seen.step].names_at_nodes && !seen.head.is_empty() {
            let before = &mut label[seen.step - 1];
            *before = before.max(text_width(&seen.head, Role::Name) + 4.0);
        }
        spread[from] = spread[from].max((y[index] - y[parent]).abs());
    }
    let head_width = |step: usize| {
        let widths = heads[step].lines.iter().map(|(_, text)| text_width(text, Role::Head));
        widths.fold(0.0_f64, f64::max)
    };
    let mut column = vec![MARGIN + 6.0];
    let mut bend = Vec::new();
    for step in 0..steps {
        let start = column[step];
        let slant = (spread[step] * 0.35).clamp(18.0, 54.0);
        bend.push(start + slant);
        let Some(next_lanes) = lanes.get(step + 1) else { break };
        let room =
            if *next_lanes == 0 { 10.0 } else { LANES.0 + LANES.1 * *next_lanes as f64 + 5.0 };
        let by_labels = slant + 4.0 + label[step] + room;
        let by_head = head_width(step) + 28.0;
        column.push(start + by_labels.max(by_head));
    }
    (column, bend)
}

/// Where payoffs stand.
struct Table {
    /// The right end of each player's numbers.
    right: Vec<f64>,
    left: f64,
    outcome: f64,
    head: f64,
}

impl Layout<'_> {
    fn place(&self, index: usize) -> Point {
        at(self.column[self.view.nodes[index].step], self.y[index])
    }

    fn ends(&self) -> impl Iterator<Item = (usize, RowId)> + '_ {
        self.view.nodes.iter().enumerate().filter_map(|(index, seen)| match seen.content {
            Content::End(row) => Some((index, row)),
            _ => None,
        })
    }

    fn table(&self, top: f64) -> Table {
        let view = self.view;
        let last = self.column.last().copied().unwrap_or(MARGIN);
        let left = last + 16.0;
        let mut edge = left;
        let mut right = Vec::new();
        for player in view.form.player_ids() {
            let name = text_width(&shown(&view.form.player(player).name), Role::Head);
            let widest = self
                .ends()
                .map(|(_, row)| text_width(&view.payoff(row, player), Role::Payoff))
                .fold(name, f64::max);
            edge += widest;
            right.push(edge);
            edge += 16.0;
        }
        Table { right, left, outcome: edge, head: top - 24.0 }
    }

    /// Faint lines from ends and folded parts to what stands in the table.
    fn leaders(&self, scene: &mut Scene, table: &Table) {
        let faint = Stroke { ink: Ink::Faint, weight: Weight::Thin, dashed: true };
        for (index, seen) in self.view.nodes.iter().enumerate() {
            let to = match seen.content {
                Content::End(_) => table.left,
                Content::Folded(_) => table.outcome,
                _ => continue,
            };
            let from = self.place(index);
            if to - from.x > 24.0 {
                scene.line(vec![at(from.x + 10.0, from.y), at(to - 6.0, from.y)], faint);
            }
        }
    }

    fn situations(&self, scene: &mut Scene) {
        for joint in &self.joints {
            let player = self.view.form.info_set(joint.set).player.index();
            let stroke = Stroke { ink: Ink::Player(player), weight: Weight::Normal, dashed: true };
            let (from, to) = (self.place(joint.from), self.place(joint.to));
            let lane = |node: Point, lane: usize| node.x - LANES.0 - LANES.1 * lane as f64;
            let turn = |node: Point, x: f64| (node.x - x).min(8.0);
            let points = match joint.way {
                Way::Straight => vec![from, to],
                Way::Lane(number) => {
                    let x = lane(from, number);
                    let turn = turn(from, x);
                    vec![from, at(x, from.y + turn), at(x, to.y - turn), to]
                }
                Way::Around { from: first, to: second, channel } => {
                    let (left, right) = (lane(from, first), lane(to, second));
                    let y = self.bottom() + CHANNELS.0 + CHANNELS.1 * channel as f64;
                    let down = at(left, from.y + turn(from, left));
                    let up = at(right, to.y + turn(to, right));
                    vec![from, down, at(left, y), at(right, y), up, to]
                }
            };
            scene.line(points, stroke);
        }
    }

    /// The lowest row.
    fn bottom(&self) -> f64 {
        self.y.iter().copied().fold(0.0, f64::max)
    }

    fn edges(&self, scene: &mut Scene) {
        // What is played lies above what is not.
        for strong in [false, true] {
            for (index, seen) in self.view.nodes.iter().enumerate() {
                let Some(parent) = seen.parent else { continue };
                let is_strong = matches!(seen.stroke.weight, Weight::Medium | Weight::Thick);
                if is_strong != strong {
                    continue;
                }
                let (from, to) = (self.place(parent), self.place(index));
                let bend = self.bend[self.view.nodes[parent].step];
                scene.line(vec![from, at(bend, to.y), to], seen.stroke);
            }
        }
    }

    fn marks(&self, scene: &mut Scene) {
        for (index, seen) in self.view.nodes.iter().enumerate() {
            scene.items.push(Item::Mark {
                at: self.place(index),
                mark: seen.mark,
                node: Some(seen.node),
                hover: seen.hover.clone(),
            });
        }
    }

    fn labels(&self, scene: &mut Scene) {
        for (index, seen) in self.view.nodes.iter().enumerate() {
            let place = self.place(index);
            let named = self.heads[seen.step].names_at_nodes && !seen.head.is_empty();
            let ink = match seen.mark {
                Mark::Player(player) => Ink::Player(player),
                _ => Ink::Grey,
            };
            match seen.parent {
                Some(parent) => {
                    let x = self.bend[self.view.nodes[parent].step] + 3.0;
                    let unplayed = self.view.played && seen.stroke.weight == Weight::Thin;
                    let edge_ink = if unplayed { Ink::Grey } else { Ink::Dark };
                    let above = at(x, place.y - RISE);
                    scene.text(above, Anchor::Start, Role::Edge, edge_ink, &seen.edge);
                    if named {
                        let lanes = self.lanes[seen.step];
                        let room = if lanes == 0 { 7.0 } else { LANES.0 + LANES.1 * lanes as f64 };
                        let below = at(place.x - room, place.y + 12.5);
                        scene.text(below, Anchor::End, Role::Name, ink, &seen.head);
                    }
                }
                None if named => {
                    scene.text(
                        at(place.x - 5.0, place.y - 10.0),
                        Anchor::Start,
                        Role::Name,
                        ink,
                        &seen.head,
                    );
                }
                None => {}
            }
        }
    }

    fn payoffs(&self, scene: &mut Scene, table: &Table) {
        let view = self.view;
        for player in view.form.player_ids() {
            let right = table.right[player.index()];
            let ink = Ink::Player(player.index());
            let name = shown(&view.form.player(player).name);
            scene.text(at(right, table.head), Anchor::End, Role::Head, ink, &name);
            for (index, row) in self.ends() {
                let place = at(right, self.y[index] + 4.0);
                scene.text(place, Anchor::End, Role::Payoff, ink, &view.payoff(row, player));
            }
        }
        for (index, seen) in view.nodes.iter().enumerate() {
            let baseline = self.y[index] + 4.0;
            match seen.content {
                Content::End(row) => {
                    let outcome = view.outcome(row).unwrap_or_default();
                    let place = at(table.outcome, baseline);
                    scene.text(place, Anchor::Start, Role::Remark, Ink::Grey, &outcome);
                }
                Content::Folded(ends) => {
                    let place = at(table.outcome, baseline);
                    scene.text(place, Anchor::Start, Role::Remark, Ink::Grey, &folded_text(ends));
                }
                _ => {}
            }
        }
    }

    fn head_lines(&self, scene: &mut Scene, top: f64) {
        for (step, head) in self.heads.iter().enumerate() {
            let x = self.column[step];
            for (line, (mark, text)) in head.lines.iter().rev().enumerate() {
                let y = top - 24.0 - 16.0 * line as f64;
                let ink = match mark {
                    Mark::Player(player) => Ink::Player(*player),
                    _ => Ink::Dark,
                };
                scene.mark(at(x, y - 4.0), *mark);
                scene.text(at(x + 9.0, y), Anchor::Start, Role::Head, ink, text);
            }
        }
    }
}

/// How much is folded.
pub(super) fn folded_text(ends: usize) -> String {
    if ends == 1 { "… 1 end".to_owned() } else { format!("… {ends} ends") }
}

/// Explains marks and lines below the drawing.
pub(super) fn legend(view: &View<'_>, scene: &mut Scene) {
    let y = scene.height + 4.0;
    let mut x = MARGIN + 4.0;
    let room = scene.width.max(420.0);
    let mut line = y;
    let mut entry =
        |scene: &mut Scene, width: f64, text: &str, sign: &dyn Fn(&mut Scene, f64, f64)| {
            let needed = width + 6.0 + text_width(text, Role::Legend);
            if x + needed > room && x > MARGIN + 4.0 {
                x = MARGIN + 4.0;
                line += 17.0;
            }
            sign(scene, x, line - 4.0);
            scene.text(at(x + width + 5.0, line), Anchor::Start, Role::Legend, Ink::Dark, text);
            x += needed + 16.0;
        };
    if view.nodes.iter().any(|seen| seen.content == Content::Chance) {
        entry(scene, 5.0, "chance", &|scene, x, y| scene.mark(at(x, y), Mark::Chance));
    }
    for (player, data) in view.form.players().iter().enumerate() {
        let name = shown(&data.name);
        entry(scene, 5.0, &name, &|scene, x, y| scene.mark(at(x, y), Mark::Player(player)));
    }
    let sample = |ink, weight, dashed| {
        move |scene: &mut Scene, x: f64, y: f64| {
            scene.line(vec![at(x, y), at(x + 26.0, y)], Stroke { ink, weight, dashed });
        }
    };
    let situations = view.situations();
    if let Some((set, _)) = situations.first() {
        let ink = Ink::Player(view.form.info_set(*set).player.index());
        entry(scene, 26.0, "cannot be told apart", &sample(ink, Weight::Normal, true));
    }
    if view.played {
        let has = |weight| {
            view.nodes.iter().any(|seen| {
                seen.stroke.weight == weight && matches!(seen.stroke.ink, Ink::Player(_))
            })
        };
        if has(Weight::Thick) {
            entry(scene, 26.0, "played", &sample(Ink::Player(0), Weight::Thick, false));
        }
        if has(Weight::Medium) {
            entry(
                scene,
                26.0,
                "would be played, not reached",
                &sample(Ink::Player(0), Weight::Medium, false),
            );
        }
    }
    if view.nodes.iter().any(|seen| matches!(seen.content, Content::Folded(_))) {
        let text = if view.played { "folded, not reached" } else { "folded" };
        entry(scene, 9.0, text, &|scene, x, y| scene.mark(at(x, y), Mark::Folded));
    }
    for remark in view.remarks() {
        entry(scene, 0.0, &remark, &|_, _, _| ());
    }
}
