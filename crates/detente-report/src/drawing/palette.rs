//! Colours, dashes and shapes. Colours are dark enough to be read as text on white (contrast
//! above 4.5) and differ in lightness, after Okabe and Ito's set for colour-blind readers;
//! shapes and dashes tell players apart without any colour.

use super::scene::{Ink, Weight};

/// Colours of players, used in turn.
const PLAYERS: [&str; 12] = [
    "#0b4f8a", "#b8420a", "#2a7d46", "#7b2d8b", "#7a5a00", "#00707a", "#b0124f", "#4a5a12",
    "#4b3fb5", "#8a3b2a", "#3d4f5c", "#9a2fae",
];

/// Dashes of players' situations, used in turn.
const DASHES: [&[f64]; 6] = [
    &[5.0, 3.0],
    &[2.0, 2.5],
    &[8.0, 3.0, 2.0, 3.0],
    &[1.0, 2.0],
    &[8.0, 3.0],
    &[4.0, 2.0, 1.0, 2.0],
];

/// The shape of a player's nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    Flag,
}

/// The shape of a player's nodes. Where colours begin anew, shapes are shifted, so that the first 72
/// players differ in one or the other.
pub(super) fn shape(player: usize) -> Shape {
    let shapes =
        [Shape::Circle, Shape::Square, Shape::Triangle, Shape::Diamond, Shape::Cross, Shape::Flag];
    shapes[(player + player / PLAYERS.len()) % shapes.len()]
}

/// A colour as `#rrggbb`.
pub(super) fn colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Dark => "#1c1c1c",
        Ink::Grey => "#666666",
        Ink::Faint => "#c4c4c4",
        Ink::Player(player) => PLAYERS[player % PLAYERS.len()],
    }
}

/// Lengths of dashes and gaps.
pub(super) fn dashes(ink: Ink) -> &'static [f64] {
    match ink {
        Ink::Player(player) => DASHES[player % DASHES.len()],
        _ => &[1.0, 3.0],
    }
}

/// Width of a line.
pub(super) fn width(weight: Weight) -> f64 {
    match weight {
        Weight::Thin => 0.8,
        Weight::Normal => 1.1,
        Weight::Medium => 1.7,
        Weight::Thick => 2.8,
    }
}

/// Corners of a shape round the origin; empty for a circle.
pub(super) fn corners(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Circle => &[],
        Shape::Square => &[(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
        Shape::Triangle => &[(0.0, -5.0), (5.0, 4.0), (-5.0, 4.0)],
        Shape::Diamond => &[(0.0, -5.4), (5.4, 0.0), (0.0, 5.4), (-5.4, 0.0)],
        Shape::Cross => &[
            (-1.7, -4.8),
            (1.7, -4.8),
            (1.7, -1.7),
            (4.8, -1.7),
            (4.8, 1.7),
            (1.7, 1.7),
            (1.7, 4.8),
            (-1.7, 4.8),
            (-1.7, 1.7),
            (-4.8, 1.7),
            (-4.8, -1.7),
            (-1.7, -1.7),
        ],
        Shape::Flag => &[(-4.5, -4.5), (5.0, 0.0), (-4.5, 4.5)],
    }
}

/// How an area is filled: a ground, and lines across it at an angle (degrees) and distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hatch {
    pub ground: &'static str,
    pub line: &'static str,
    pub angle: f64,
    pub distance: f64,
    /// Whether lines cross them at a right angle.
    pub is_crossed: bool,
}

/// White, with no lines: the ground of letters.
pub(super) const PAPER: usize = usize::MAX;

const fn hatch(ground: &'static str, line: &'static str, angle: f64, distance: f64) -> Hatch {
    Hatch { ground, line, angle, distance, is_crossed: false }
}

/// Fillings of regions, used in turn, every second time crossed: they differ in lightness and in their
/// lines, so that they are told apart in grey.
const HATCHES: [Hatch; 10] = [
    hatch("#dce9f5", "#0b4f8a", 45.0, 9.0),
    hatch("#fbe3d3", "#b8420a", -45.0, 6.0),
    hatch("#e3f1e4", "#2a7d46", 0.0, 7.0),
    hatch("#eeddf1", "#7b2d8b", 90.0, 5.0),
    hatch("#f3ecd2", "#7a5a00", 45.0, 4.0),
    hatch("#d5eeee", "#00707a", -45.0, 12.0),
    hatch("#f7d9e3", "#b0124f", 90.0, 12.0),
    hatch("#e7ebd4", "#4a5a12", 0.0, 4.0),
    hatch("#e2e0f6", "#4b3fb5", 20.0, 7.0),
    hatch("#efe0db", "#8a3b2a", -20.0, 5.0),
];

/// Angles and distances where lines are crossed.
const CROSSED: [(f64, f64); HATCHES.len()] = [
    (0.0, 8.0),
    (45.0, 8.0),
    (20.0, 8.0),
    (70.0, 8.0),
    (0.0, 12.0),
    (45.0, 12.0),
    (20.0, 12.0),
    (70.0, 12.0),
    (0.0, 16.0),
    (45.0, 16.0),
];

/// The filling of a region's area; of what is undecided, grey without lines.
pub(super) fn filling(region: Option<usize>) -> Hatch {
    match region {
        None => hatch("#b4b4b4", "#b4b4b4", 0.0, 0.0),
        Some(PAPER) => hatch("#ffffff", "#ffffff", 0.0, 0.0),
        Some(region) => {
            let filling = HATCHES[region % HATCHES.len()];
            if (region / HATCHES.len()).is_multiple_of(2) {
                return filling;
            }
            let (angle, distance) = CROSSED[region % CROSSED.len()];
            Hatch { angle, distance, is_crossed: true, ..filling }
        }
    }
}

/// Radius of a player's round mark, and of the hollow circle of chance.
pub(super) const RADIUS: (f64, f64) = (4.3, 3.6);

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of `#rrggbb` (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn texts_and_lines_stand_out() {
        let players = (0..PLAYERS.len()).map(Ink::Player);
        for ink in players.chain([Ink::Dark, Ink::Grey]) {
            let contrast = contrast(colour(ink), "#ffffff");
            assert!(contrast >= 4.5, "{ink:?}: {contrast}");
        }
        for hatch in HATCHES {
            let contrast = contrast(hatch.line, hatch.ground);
            assert!(contrast >= 3.0, "{hatch:?}: {contrast}");
            assert!(self::contrast(hatch.line, filling(None).ground) > 2.0, "{hatch:?}");
        }
    }

    #[test]
    fn fillings_are_told_apart_without_colour() {
        // By the direction of their lines, their distance, or the crossing of both.
        let looks = (0..2 * HATCHES.len()).map(|region| {
            let Hatch { angle, distance, is_crossed, .. } = filling(Some(region));
            // Crossed lines look alike after a quarter turn.
            let angle = if is_crossed { angle.rem_euclid(90.0) } else { angle };
            (angle as i64, distance as i64, is_crossed)
        });
        let looks: Vec<_> = looks.collect();
        let first: std::collections::BTreeSet<_> = looks[..HATCHES.len()].iter().collect();
        assert_eq!(first.len(), HATCHES.len(), "{looks:?}");
        let crossed: std::collections::BTreeSet<_> = looks[HATCHES.len()..].iter().collect();
        assert_eq!(crossed.len(), HATCHES.len(), "{looks:?}");
    }
}
