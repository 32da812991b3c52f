//! What stands below a map: what the fillings, the mark and the lines mean.

use super::{LEFT, SIDE};
use crate::drawing::scene::{Anchor, Bounds, Ink, Mark, Role, Scene, Stroke, Weight, at};
use crate::drawing::text::cut;
use crate::formats::json::RegionMap;
use crate::look::wrap;
use crate::maps;

/// How much a legend says of regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legend {
    /// What is played in each, for a drawing that stands alone.
    Full,
    /// Their letters and shares, for one with a table beside it.
    Letters,
}

/// Between entries, and between lines of one.
const LINE: f64 = 17.0;
const BETWEEN: f64 = 14.0;
/// Letters of a line of text.
const COLUMNS: usize = 92;
/// Most letters of what is said of a region.
const LONGEST: usize = 480;
/// Where text begins beside a sample.
const TEXT: f64 = LEFT + 34.0;

/// A legend under way.
struct Writer<'s> {
    scene: &'s mut Scene,
    y: f64,
}

/// Draws the legend from a height on.
pub(super) fn legend(scene: &mut Scene, map: &RegionMap, top: f64, legend: Legend) {
    let mut writer = Writer { scene, y: top };
    match legend {
        Legend::Full => writer.regions(map),
        Legend::Letters => writer.letters(map),
    }
    if map.undecided_percent > 0.0 {
        writer.sample(None, LEFT);
        writer.text(&format!("undecided, up to {:.2}%", map.undecided_percent));
    }
    writer.marks(map);
    if legend == Legend::Full {
        writer.plays(map);
    }
}

impl Writer<'_> {
    fn regions(&mut self, map: &RegionMap) {
        let told = maps::told(map);
        for (at, region) in told.regions {
            self.sample(Some(at), LEFT);
            let name = maps::name(map, region);
            let share = format!("{}  {}: {name}", region.letter, maps::share(region));
            self.text(&cut(&share, LONGEST));
        }
        if let Some(rest) = told.rest {
            self.text(&rest);
        }
    }

    fn letters(&mut self, map: &RegionMap) {
        const IN_A_LINE: usize = 3;
        let told = maps::told(map);
        for (place, (at, region)) in told.regions.iter().enumerate() {
            let left = LEFT + (place % IN_A_LINE) as f64 * (SIDE + 60.0) / IN_A_LINE as f64;
            if place > 0 && place % IN_A_LINE == 0 {
                self.y += LINE;
            }
            self.sample(Some(*at), left);
            let text = format!("{}  {}", region.letter, maps::share(region));
            let place = at_text(left, self.y);
            self.scene.text(place, Anchor::Start, Role::Legend, Ink::Dark, &text);
        }
        self.y += LINE;
        if let Some(rest) = told.rest {
            self.text(&rest);
        }
    }

    fn marks(&mut self, map: &RegionMap) {
        self.scene.mark(at(LEFT + 13.0, self.y - 4.0), Mark::Here);
        let base: Vec<String> =
            map.axes.iter().map(|axis| format!("{} = {}", axis.name, axis.base)).collect();
        self.text(&format!("the base point, {}", base.join(", ")));
        if map.axes.iter().any(|axis| !axis.thresholds.is_empty()) {
            let (y, guide) =
                (self.y - 4.0, Stroke { ink: Ink::Dark, weight: Weight::Thin, dashed: true });
            self.scene.line(vec![at(LEFT, y), at(LEFT + 26.0, y)], guide);
            let which = map.marked.as_ref().map_or_else(
                || "the play at the base point".to_owned(),
                |letter| format!("equilibrium {letter} of the base point"),
            );
            self.text(&format!("where {which} ends as one number moves alone"));
        }
    }

    /// The plays by their numbers, or that which the others are compared with.
    fn plays(&mut self, map: &RegionMap) {
        let has_numbers = maps::has_numbers(map);
        let Some(head) = maps::head(map, has_numbers) else { return };
        self.y += 5.0;
        self.lines(LEFT, &format!("Plays: {head}."));
        let plays = maps::plays(map);
        for number in plays.iter().take(if has_numbers { plays.len() } else { 1 }) {
            if has_numbers {
                let place = at(LEFT, self.y);
                self.scene.text(place, Anchor::Start, Role::Legend, Ink::Dark, &number.to_string());
            }
            for line in maps::told_play(map, *number) {
                self.lines(LEFT + 22.0, &cut(&line.replace('_', " "), LONGEST));
            }
        }
    }

    fn sample(&mut self, hatch: Option<usize>, left: f64) {
        let sample = Bounds { left, right: left + 26.0, top: self.y - 11.0, bottom: self.y + 2.0 };
        self.scene.area(vec![sample], hatch);
    }

    fn text(&mut self, text: &str) {
        self.lines(TEXT, text);
    }

    fn lines(&mut self, left: f64, text: &str) {
        for line in wrap(text, COLUMNS) {
            let place = at(left, self.y);
            self.scene.text(place, Anchor::Start, Role::Legend, Ink::Dark, &line);
            self.y += BETWEEN;
        }
        self.y += LINE - BETWEEN;
    }
}

fn at_text(left: f64, y: f64) -> crate::drawing::scene::Point {
    at(left + 34.0, y)
}
