//! A branch of quantal responses as a figure: one panel for each situation, the probability of
//! every option over the precision, named at the end of its line.

use super::scene::{Anchor, Ink, Mark, Role, Scene, Stroke, Weight, at};
use super::text::{cut, shown, shown_title, text_width};
use crate::course::{Course, choices, lambda_text};
use detente_analysis::names;
use detente_game::{ActionId, Game, GameForm, InfoSetId};

const LEFT: f64 = 52.0;
const TOP: f64 = 78.0;
const WIDE: f64 = 300.0;
const HIGH: f64 = 150.0;
/// Between panels, for the marks and the name of the axis.
const GAP: f64 = 88.0;
/// Between two names at the ends of lines.
const LINE: f64 = 14.0;
/// Letters of what is known at a situation.
const KNOWN: usize = 64;
/// Panels side by side, and at most in all.
const ACROSS: usize = 2;
const MOST: usize = 24;

/// Draws a branch; coordinates depend on nothing but the arguments.
#[must_use]
pub fn draw_branch(game: &Game, course: &Course) -> Scene {
    let form = &game.form;
    let mut scene = Scene::new();
    let title = format!("{}: logit quantal responses", game.meta.title);
    scene.title = shown_title(&title);
    let all = choices(form);
    let left_out = all.len().saturating_sub(MOST);
    scene.description = format!(
        "The probability of every option along the principal branch of logit quantal responses, \
         from lambda 0 to {}; floating point, not proved.",
        lambda_text(course.greatest())
    );
    let heading = scene.title.clone();
    scene.text(at(LEFT, 24.0), Anchor::Start, Role::Title, Ink::Dark, &heading);
    let room = names_room(form, &all);
    let mut panel = Panel { form, course, left: LEFT, top: TOP };
    for (index, (set, actions)) in all.iter().take(MOST).enumerate() {
        panel.left = LEFT + (index % ACROSS) as f64 * (WIDE + room + LEFT);
        panel.top = TOP + (index / ACROSS) as f64 * (HIGH + GAP);
        panel.draw(&mut scene, *set, actions);
    }
    if left_out > 0 {
        let text = format!("{left_out} more situations are not drawn");
        let below = panel.top + HIGH + GAP;
        scene.text(at(LEFT, below), Anchor::Start, Role::Remark, Ink::Grey, &text);
    }
    scene.close(16.0);
    scene
}

/// Room for the names of options beside a panel.
fn names_room(form: &GameForm, all: &[(InfoSetId, Vec<ActionId>)]) -> f64 {
    let names = all.iter().flat_map(|(_, actions)| actions);
    let widths = names.map(|action| text_width(&shown(form.action_label(*action)), Role::Legend));
    widths.fold(40.0, f64::max) + 24.0
}

struct Panel<'a> {
    form: &'a GameForm,
    course: &'a Course<'a>,
    left: f64,
    top: f64,
}

impl Panel<'_> {
    fn x(&self, lambda: f64) -> f64 {
        let total = self.course.position(self.course.greatest());
        let share = if total > 0.0 { self.course.position(lambda) / total } else { 0.0 };
        self.left + WIDE * share
    }

    fn y(&self, share: f64) -> f64 {
        self.top + HIGH * (1.0 - share)
    }

    fn draw(&self, scene: &mut Scene, set: InfoSetId, actions: &[ActionId]) {
        self.axes(scene, set);
        let last = self.course.points().last();
        let mut ends: Vec<(usize, f64)> = Vec::new();
        for (order, action) in actions.iter().enumerate() {
            let points = self.course.points().iter();
            let line: Vec<_> = points
                .map(|point| at(self.x(point.lambda), self.y(point.probability[action.index()])))
                .collect();
            if let [only] = line.as_slice() {
                scene.mark(*only, Mark::End);
            } else {
                let ink = Ink::Player(order);
                let stroke = Stroke { ink, weight: Weight::Medium, dashed: order > 0 };
                scene.line(line, stroke);
            }
            ends.push((order, last.map_or(0.0, |point| self.y(point.probability[action.index()]))));
        }
        self.name_ends(scene, actions, ends);
    }

    fn axes(&self, scene: &mut Scene, set: InfoSetId) {
        let faint = Stroke { ink: Ink::Faint, weight: Weight::Thin, dashed: false };
        let dark = Stroke { ink: Ink::Dark, weight: Weight::Thin, dashed: false };
        let right = self.left + WIDE;
        for (share, text) in [(0.0, "0"), (0.25, ""), (0.5, "0.5"), (0.75, ""), (1.0, "1")] {
            let y = self.y(share);
            let stroke = if share == 0.0 { dark } else { faint };
            scene.line(vec![at(self.left, y), at(right, y)], stroke);
            scene.text(at(self.left - 6.0, y + 4.0), Anchor::End, Role::Legend, Ink::Grey, text);
        }
        scene.line(vec![at(self.left, self.top), at(self.left, self.top + HIGH)], dark);
        let mut free = f64::NEG_INFINITY;
        for mark in self.course.marks(6) {
            let (x, below) = (self.x(mark), self.top + HIGH);
            scene.line(vec![at(x, below), at(x, below + 4.0)], dark);
            let text = lambda_text(mark);
            let half = text_width(&text, Role::Legend) / 2.0;
            if x - half > free {
                scene.text(at(x, below + 16.0), Anchor::Middle, Role::Legend, Ink::Grey, &text);
                free = x + half + 4.0;
            }
        }
        let middle = self.left + WIDE / 2.0;
        let below = self.top + HIGH + 32.0;
        scene.text(at(middle, below), Anchor::Middle, Role::Legend, Ink::Grey, "precision lambda");
        self.head(scene, set);
    }

    /// Who is asked what, and below it what it knows.
    fn head(&self, scene: &mut Scene, set: InfoSetId) {
        let question = names::event(self.form, self.form.info_set(set).question);
        let head = shown(&format!("{}: {question}", names::decider(self.form, set)));
        let known = names::known(self.form, set).join(", ");
        let mut line = self.top - 10.0;
        if !known.is_empty() {
            let known = cut(&format!("knowing {}", known.replace('_', " ")), KNOWN);
            scene.text(at(self.left, line), Anchor::Start, Role::Legend, Ink::Dark, &known);
            line -= LINE;
        }
        scene.text(at(self.left, line), Anchor::Start, Role::Head, Ink::Dark, &head);
    }

    /// Names beside the ends of lines, moved apart where they would meet.
    fn name_ends(&self, scene: &mut Scene, actions: &[ActionId], mut ends: Vec<(usize, f64)>) {
        ends.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let mut free = f64::NEG_INFINITY;
        let places: Vec<f64> = ends
            .iter()
            .map(|(_, y)| {
                free = y.max(free + LINE);
                free
            })
            .collect();
        // What was pushed below the panel is lifted again as one.
        let over = (places.last().copied().unwrap_or(0.0) - (self.top + HIGH)).max(0.0);
        let end = self.course.points().last().map_or(0.0, |point| point.lambda);
        let from = self.x(end);
        let right = self.left + WIDE;
        for ((order, y), place) in ends.iter().zip(places) {
            let ink = Ink::Player(*order);
            let place = place - over;
            let stroke = Stroke { ink, weight: Weight::Thin, dashed: false };
            scene.line(vec![at(from, *y), at(right + 10.0, place)], stroke);
            let name = shown(self.form.action_label(actions[*order]));
            let place = at(right + 13.0, place + 4.0);
            scene.text(place, Anchor::Start, Role::Legend, ink, &name);
        }
    }
}
