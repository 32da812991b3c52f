//! What a record tells as a figure: one panel for each way of play and type, a line for those in
//! whose eyes it is alike, over dates where every step has one, else over the steps.

use super::figures::decimal;
use super::scene::{Anchor, Ink, Mark, Role, Scene, Stroke, Weight, at};
use super::text::{shown, shown_title, text_width};
use crate::look::wrap;
use crate::record::{RecordPage, grouped, observer};
use detente_analysis::analyses::record::Belief;

const LEFT: f64 = 52.0;
const TOP: f64 = 64.0;
const WIDE: f64 = 560.0;
const HIGH: f64 = 150.0;
/// Between panels, for marks and years.
const GAP: f64 = 84.0;
/// Between lines of text.
const LINE: f64 = 14.0;
/// Letters of a line beside a panel.
const COLUMNS: usize = 36;
/// Least distance of the numbers of steps.
const APART: f64 = 15.0;

/// Where steps stand, in shares of the width.
struct Course {
    /// "Before", and every step; some is left for what holds after the last.
    places: Vec<f64>,
    /// Where years begin, if all steps have dates.
    years: Vec<(String, f64)>,
}

/// Draws a record; coordinates depend on nothing but the arguments.
#[must_use]
pub fn draw_record(page: &RecordPage) -> Scene {
    let mut scene = Scene::new();
    scene.title = shown_title(&page.record.title);
    scene.description = description(page);
    let heading = scene.title.clone();
    scene.text(at(LEFT, 24.0), Anchor::Start, Role::Title, Ink::Dark, &heading);
    let course = course(page);
    let mut top = TOP;
    for way in &page.ways {
        for (subject, beliefs) in grouped(page.form, &way.trace) {
            let head = shown_title(&format!("{}: belief that {subject}", way.name));
            scene.text(at(LEFT, top - 10.0), Anchor::Start, Role::Head, Ink::Dark, &head);
            axes(&mut scene, &course, top);
            lines(&mut scene, page, &beliefs, &course.places, top);
            top += HIGH + GAP;
        }
    }
    steps(&mut scene, page, top - 20.0);
    scene.close(16.0);
    scene
}

/// What the figure shows, for those who do not see it: where every line ends.
fn description(page: &RecordPage) -> String {
    let mut parts = vec![
        "Beliefs about types along the record, by Bayes' rule, in the eyes of an outside observer \
         and of each side; after the last step:"
            .to_owned(),
    ];
    for way in &page.ways {
        for (subject, beliefs) in grouped(page.form, &way.trace) {
            let ends: Vec<String> =
                alike(&beliefs).iter().map(|own| told(page, own, &beliefs)).collect();
            parts.push(format!("{}, that {subject}: {}.", way.name, ends.join("; ")));
        }
    }
    parts.join(" ")
}

/// Beliefs that go alike, together.
fn alike<'b>(beliefs: &[&'b Belief]) -> Vec<Vec<&'b Belief>> {
    let mut groups: Vec<Vec<&Belief>> = Vec::new();
    for belief in beliefs {
        match groups.iter_mut().find(|own| own[0].along == belief.along) {
            Some(own) => own.push(belief),
            None => groups.push(vec![belief]),
        }
    }
    groups
}

/// In whose eyes, and where it ends: `outside, Partner (serious): 0.7`.
fn told(page: &RecordPage, own: &[&Belief], all: &[&Belief]) -> String {
    let name = |belief: &&Belief| shown(&observer(page.form, belief.observer));
    let names = match own.len() {
        1 => name(&own[0]),
        many if many == all.len() => "outside and all sides".to_owned(),
        _ => own.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    match own[0].along.last() {
        Some(Some(share)) => format!("{names}: {}", decimal(share)),
        _ => format!("{names}: none, the record is impossible there"),
    }
}

fn ink(order: usize) -> Ink {
    if order == 0 { Ink::Dark } else { Ink::Player(order - 1) }
}

fn y(share: f64, top: f64) -> f64 {
    top + HIGH * (1.0 - share)
}

fn course(page: &RecordPage) -> Course {
    let steps = &page.record.steps;
    let days: Option<Vec<f64>> =
        steps.iter().map(|step| step.date.as_deref().and_then(day)).collect();
    let ordered = |days: &Vec<f64>| days.windows(2).all(|pair| pair[0] <= pair[1]);
    match days.filter(|days| days.len() > 1 && ordered(days)) {
        Some(days) if days[days.len() - 1] > days[0] => {
            let (first, last) = (days[0], days[days.len() - 1]);
            let share = |day: f64| 0.06 + 0.86 * (day - first) / (last - first);
            let starts = (first / YEAR).ceil() as u32..=(last / YEAR).floor() as u32;
            Course {
                places: std::iter::once(0.0).chain(days.iter().map(|day| share(*day))).collect(),
                years: starts
                    .map(|year| (year.to_string(), share(f64::from(year) * YEAR)))
                    .collect(),
            }
        }
        _ => {
            let all = steps.len() as f64 + 1.0;
            let places = (0..=steps.len()).map(|step| step as f64 / all).collect();
            Course { places, years: Vec::new() }
        }
    }
}

/// Days of a year whose months have 31 days.
const YEAR: f64 = 372.0;

/// Days since the start of a calendar of months of 31 days, near enough for a picture; a month or
/// a year alone stands at its start.
fn day(date: &str) -> Option<f64> {
    let parts: Option<Vec<f64>> = date.split('-').map(|part| part.parse().ok()).collect();
    let parts = parts?;
    let part = |at: usize| parts.get(at).copied().unwrap_or(1.0);
    Some(part(0) * YEAR + (part(1) - 1.0) * 31.0 + part(2) - 1.0)
}

fn axes(scene: &mut Scene, course: &Course, top: f64) {
    let faint = Stroke { ink: Ink::Faint, weight: Weight::Thin, dashed: false };
    let dark = Stroke { ink: Ink::Dark, weight: Weight::Thin, dashed: false };
    for (share, text) in [(0.0, "0"), (0.25, ""), (0.5, "0.5"), (0.75, ""), (1.0, "1")] {
        let stroke = if share == 0.0 { dark } else { faint };
        scene.line(vec![at(LEFT, y(share, top)), at(LEFT + WIDE, y(share, top))], stroke);
        let place = at(LEFT - 6.0, y(share, top) + 4.0);
        scene.text(place, Anchor::End, Role::Legend, Ink::Grey, text);
    }
    scene.line(vec![at(LEFT, top), at(LEFT, top + HIGH)], dark);
    let below = top + HIGH;
    // The numbers of steps that are close stand apart, each at the end of a leader.
    let wanted: Vec<f64> = course.places.iter().skip(1).map(|place| LEFT + WIDE * place).collect();
    for (number, (from, to)) in wanted.iter().zip(spread(&wanted, APART)).enumerate() {
        scene.line(vec![at(*from, below), at(*from, below + 4.0), at(to, below + 11.0)], dark);
        let text = (number + 1).to_string();
        scene.text(at(to, below + 22.0), Anchor::Middle, Role::Legend, Ink::Dark, &text);
    }
    for (year, place) in &course.years {
        let x = LEFT + WIDE * place;
        scene.line(vec![at(x, top), at(x, below)], faint);
        scene.text(at(x, below + 36.0), Anchor::Middle, Role::Legend, Ink::Grey, year);
    }
}

/// Places in order moved apart to a distance, as little as a sweep from either side needs.
fn spread(wanted: &[f64], apart: f64) -> Vec<f64> {
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for place in wanted {
        groups.push((*place, 1));
        // A group that would meet the one before joins it, about the middle of both.
        while let [.., (before, some), (middle, more)] = groups.as_slice() {
            let (before, some, middle, more) = (*before, *some, *middle, *more);
            if middle - before >= apart * (some + more) as f64 / 2.0 {
                break;
            }
            let all = some + more;
            let joined = (before * some as f64 + middle * more as f64) / all as f64;
            groups.truncate(groups.len() - 2);
            groups.push((joined, all));
        }
    }
    let own = |(middle, many): &(f64, usize)| {
        let first = middle - apart * (*many as f64 - 1.0) / 2.0;
        (0..*many).map(move |at| first + apart * at as f64).collect::<Vec<_>>()
    };
    groups.iter().flat_map(own).collect()
}

/// The lines, each named beside its end.
fn lines(scene: &mut Scene, page: &RecordPage, beliefs: &[&Belief], places: &[f64], top: f64) {
    let groups = alike(beliefs);
    let mut ends: Vec<(f64, usize, Vec<String>)> = Vec::new();
    for (order, own) in groups.iter().enumerate() {
        let end = line(scene, own[0], order, places, top);
        ends.push((end, order, wrap(&told(page, own, beliefs), COLUMNS)));
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut free = f64::NEG_INFINITY;
    for (end, order, texts) in ends {
        let mut line = (end + 4.0).max(free);
        for text in texts {
            let place = at(LEFT + WIDE + 10.0, line);
            scene.text(place, Anchor::Start, Role::Legend, ink(order), &text);
            line += LINE;
        }
        free = line + 2.0;
    }
}

/// A belief stays until the next step moves it, and ends where it is no longer defined. How far down it ends.
fn line(scene: &mut Scene, belief: &Belief, order: usize, places: &[f64], top: f64) -> f64 {
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
    before.unwrap_or(top + HIGH)
}

/// What happened at each step.
fn steps(scene: &mut Scene, page: &RecordPage, mut line: f64) {
    for (number, step) in page.record.steps.iter().enumerate() {
        let number = (number + 1).to_string();
        scene.text(at(LEFT + 2.0, line), Anchor::End, Role::Legend, Ink::Dark, &number);
        let date = step.date.as_deref().unwrap_or_default();
        scene.text(at(LEFT + 12.0, line), Anchor::Start, Role::Legend, Ink::Grey, date);
        let room = text_width("0000-00-00  ", Role::Legend);
        let left = LEFT + 12.0 + if date.is_empty() { 0.0 } else { room };
        scene.text(
            at(left, line),
            Anchor::Start,
            Role::Legend,
            Ink::Dark,
            &shown_title(&step.text.replace('_', " ")),
        );
        line += LINE + 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_spread_as_little_as_needed() {
        assert_eq!(spread(&[0.0, 100.0], 10.0), [0.0, 100.0]);
        assert_eq!(
            spread(&[50.0, 50.0, 52.0], 10.0),
            [40.666666666666664, 50.666666666666664, 60.666666666666664]
        );
        let wanted = [0.0, 3.0, 30.0, 31.0, 33.0, 45.0];
        let spread = spread(&wanted, 10.0);
        assert!(spread.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-9), "{spread:?}");
        assert!(spread.iter().zip(wanted).all(|(is, was)| (is - was).abs() < 15.0), "{spread:?}");
    }
}
