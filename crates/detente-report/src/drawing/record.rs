//! What a record tells as a figure: one panel for each way of play and type, a line for each
//! observer, over dates where every step has one, else over the steps.

use super::scene::{Anchor, Ink, Mark, Role, Scene, Stroke, Weight, at};
use super::text::{shown, shown_title, text_width};
use crate::record::{RecordPage, grouped, observer};
use detente_analysis::analyses::record::Belief;

const LEFT: f64 = 52.0;
const TOP: f64 = 64.0;
const WIDE: f64 = 560.0;
const HIGH: f64 = 150.0;
/// Between panels, for marks and dates.
const GAP: f64 = 94.0;
/// Between lines of the legend.
const LINE: f64 = 16.0;

/// Draws a record; coordinates depend on nothing but the arguments.
#[must_use]
pub fn draw_record(page: &RecordPage) -> Scene {
    let mut scene = Scene::new();
    scene.title = shown_title(&page.record.title);
    scene.description = "Beliefs about types along the record, by Bayes' rule, in the eyes of an \
                         outside observer and of each side."
        .to_owned();
    let heading = scene.title.clone();
    scene.text(at(LEFT, 24.0), Anchor::Start, Role::Title, Ink::Dark, &heading);
    let places = places(page);
    let mut top = TOP;
    for way in &page.ways {
        for (subject, beliefs) in grouped(page.form, &way.trace) {
            let head = shown_title(&format!("{}: belief that {subject}", way.name));
            scene.text(at(LEFT, top - 10.0), Anchor::Start, Role::Head, Ink::Dark, &head);
            axes(&mut scene, page, &places, top);
            for (order, belief) in beliefs.iter().enumerate() {
                line(&mut scene, belief, order, &places, top);
                let y = top + LINE * (order as f64 + 1.0);
                let name = shown(&observer(page.form, belief.observer));
                let ink = ink(order);
                scene.text(at(LEFT + WIDE + 14.0, y), Anchor::Start, Role::Legend, ink, &name);
            }
            top += HIGH + GAP;
        }
    }
    scene.close(16.0);
    scene
}

fn ink(order: usize) -> Ink {
    if order == 0 { Ink::Dark } else { Ink::Player(order - 1) }
}

fn y(share: f64, top: f64) -> f64 {
    top + HIGH * (1.0 - share)
}

/// The places of "before" and of every step, in shares of the width; some is left for what holds
/// after the last.
fn places(page: &RecordPage) -> Vec<f64> {
    let steps = &page.record.steps;
    let days: Option<Vec<f64>> =
        steps.iter().map(|step| step.date.as_deref().and_then(day)).collect();
    let ordered = |days: &Vec<f64>| days.windows(2).all(|pair| pair[0] <= pair[1]);
    match days.filter(|days| days.len() > 1 && ordered(days)) {
        Some(days) if days[days.len() - 1] > days[0] => {
            let span = days[days.len() - 1] - days[0];
            let share = |day: &f64| 0.06 + 0.86 * (day - days[0]) / span;
            std::iter::once(0.0).chain(days.iter().map(share)).collect()
        }
        _ => {
            let all = steps.len() as f64 + 1.0;
            (0..=steps.len()).map(|step| step as f64 / all).collect()
        }
    }
}

/// Days since the start of a calendar of months of 31 days, near enough for a picture; a month or
/// a year alone stands at its start.
fn day(date: &str) -> Option<f64> {
    let parts: Option<Vec<f64>> = date.split('-').map(|part| part.parse().ok()).collect();
    let parts = parts?;
    let part = |at: usize| parts.get(at).copied().unwrap_or(1.0);
    Some(part(0) * 372.0 + (part(1) - 1.0) * 31.0 + part(2) - 1.0)
}

fn axes(scene: &mut Scene, page: &RecordPage, places: &[f64], top: f64) {
    let faint = Stroke { ink: Ink::Faint, weight: Weight::Thin, dashed: false };
    let dark = Stroke { ink: Ink::Dark, weight: Weight::Thin, dashed: false };
    for (share, text) in [(0.0, "0"), (0.25, ""), (0.5, "0.5"), (0.75, ""), (1.0, "1")] {
        let stroke = if share == 0.0 { dark } else { faint };
        scene.line(vec![at(LEFT, y(share, top)), at(LEFT + WIDE, y(share, top))], stroke);
        let place = at(LEFT - 6.0, y(share, top) + 4.0);
        scene.text(place, Anchor::End, Role::Legend, Ink::Grey, text);
    }
    scene.line(vec![at(LEFT, top), at(LEFT, top + HIGH)], dark);
    let names = std::iter::once("before".to_owned()).chain(
        page.record
            .steps
            .iter()
            .enumerate()
            .map(|(step, one)| one.date.clone().unwrap_or_else(|| (step + 1).to_string())),
    );
    // Names that would meet stand on lines of their own, or are left out.
    let mut free = [f64::NEG_INFINITY; 4];
    for (place, name) in places.iter().zip(names) {
        let (x, below) = (LEFT + WIDE * place, top + HIGH);
        scene.line(vec![at(x, below), at(x, below + 4.0)], dark);
        let half = text_width(&name, Role::Legend) / 2.0;
        let line = (0..free.len()).find(|line| x - half > free[*line]);
        if let Some(line) = line {
            let place = at(x, below + 15.0 + 12.0 * line as f64);
            scene.text(place, Anchor::Middle, Role::Legend, Ink::Grey, &name);
            free[line] = x + half + 4.0;
        }
    }
}

/// A belief stays until the next step moves it, and ends where it is no longer defined.
fn line(scene: &mut Scene, belief: &Belief, order: usize, places: &[f64], top: f64) {
    let mut points = Vec::new();
    let mut before = None;
    for (place, share) in places.iter().zip(&belief.along) {
        let x = LEFT + WIDE * place;
        if let Some(height) = before {
            points.push(at(x, height));
        }
        let Some(share) = share else { break };
        let height = y(share.to_f64(), top);
        points.push(at(x, height));
        before = Some(height);
    }
    if let (Some(height), Some(Some(_))) = (before, belief.along.last()) {
        points.push(at(LEFT + WIDE, height));
    }
    let stroke = Stroke { ink: ink(order), weight: Weight::Medium, dashed: order > 0 };
    match points.as_slice() {
        [] => {}
        [only] => scene.mark(*only, Mark::End),
        _ => scene.line(points, stroke),
    }
}
