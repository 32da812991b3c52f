//! The answer of `map`.

use crate::formats::text::thresholds::limit;
use crate::formats::text::words;
use crate::numbers::Numbers;
use crate::sentences::is_confirmed;
use detente_analysis::analyses::first_turn::FirstTurn;
use detente_analysis::analyses::register::Assumption;
use detente_analysis::analyses::thresholds::Threshold;
use detente_game::Rational;
use detente_game::game::Param;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `map`: the box of some parameters, divided by which plays are equilibria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegionMap {
    /// The title of the game.
    pub title: String,
    /// The solution concept.
    pub concept: String,
    /// Whether mixed plays were searched too.
    pub mixed: bool,
    /// Why not, if they were wanted.
    pub only_pure: Option<String>,
    /// The parameters that span it.
    pub axes: Vec<MapAxis>,
    /// The regions, the largest first.
    pub regions: Vec<MapRegion>,
    /// The plays that are equilibria somewhere, told apart by which options are taken with positive
    /// probability; regions name them by their place, from 1.
    pub plays: Vec<MapPlay>,
    /// The play that the others are compared with, by its place from 1: that of the base point, or
    /// of the largest region if the base point is undecided or has none.
    pub reference: Option<usize>,
    /// The tiles; they fill the box.
    pub tiles: Vec<MapTile>,
    /// The share of the box that is undecided, as a fraction.
    pub undecided: String,
    /// The same in percent, rounded up.
    pub undecided_percent: f64,
    /// The equilibrium whose thresholds are marked, by its letter in `solve`.
    pub marked: Option<String>,
    /// How many equilibria the verifier passed, each where it was met first.
    pub verified: u64,
    /// Why some tiles could not be decided however small, if that is so.
    pub obstacle: Option<String>,
    /// Whether a signal ended it early.
    pub stopped: bool,
}

/// A parameter of a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapAxis {
    /// Its name.
    pub name: String,
    /// What it is, as the scenario says.
    pub meaning: String,
    /// The ends of its range, as fractions.
    pub range: [String; 2],
    /// Its base value.
    pub base: String,
    /// Where that lies in the range, from 0 to 1.
    pub base_at: f64,
    /// Where the marked equilibrium ceases to hold if this parameter alone moves.
    pub thresholds: Vec<MapThreshold>,
}

/// A threshold on an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapThreshold {
    /// The value.
    pub value: String,
    /// Where it lies in the range, from 0 to 1.
    pub at: f64,
}

/// A region.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapRegion {
    /// Its letter in the drawing.
    pub letter: String,
    /// The plays that are equilibria there, all of them; none if there is no game there.
    pub plays: Option<Vec<usize>>,
    /// The named outcomes that come up in these plays.
    pub outcomes: Vec<String>,
    /// Its share of the box is at least this and at most that, as fractions.
    pub share: [String; 2],
    /// The same in percent, rounded outwards.
    pub percent: [f64; 2],
    /// Values of the parameters at a point of it.
    pub inside: Option<Vec<String>>,
}

/// A way to play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapPlay {
    /// What each player does on the path, a line each.
    pub play: String,
    /// The same, question by question.
    pub deeds: Vec<MapDeed>,
    /// The named outcomes that come up.
    pub outcomes: Vec<String>,
}

/// What one type of a player does when asked one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MapDeed {
    /// Who, with its type.
    pub who: String,
    /// What is asked and done: `reply accept after likely, reject after unlikely`.
    pub does: String,
}

/// A box of the parameters, in shares of their ranges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapTile {
    /// Per parameter where it begins.
    pub from: Vec<f64>,
    /// Per parameter where it ends.
    pub to: Vec<f64>,
    /// The region that all of it belongs to, by its place from 0; none if that is undecided.
    pub region: Option<usize>,
}

impl RegionMap {
    /// The region at a point in the first two parameters, given in shares of their ranges; the
    /// tile that begins there on an edge. `None` if it is undecided.
    #[must_use]
    pub fn region_at(&self, at: [f64; 2]) -> Option<usize> {
        let holds = |tile: &&MapTile| {
            (0..2).all(|axis| tile.from[axis] <= at[axis] && at[axis] < tile.to[axis])
        };
        self.tiles.iter().find(holds).and_then(|tile| tile.region)
    }
}

impl RegionMap {
    /// The region of the base point, or on whose edge it lies: its plays are equilibria there too, as limits
    /// of equilibria. `None` if it is undecided, or lies between several.
    #[must_use]
    pub fn base_region(&self) -> Option<usize> {
        let touches = |tile: &&MapTile| {
            let sides = tile.from.iter().zip(&tile.to).zip(&self.axes);
            sides.into_iter().all(|((from, to), axis)| (*from..=*to).contains(&axis.base_at))
        };
        let mut regions = self.tiles.iter().filter(touches).filter_map(|tile| tile.region);
        let first = regions.next()?;
        regions.all(|region| region == first).then_some(first)
    }
}

impl MapThreshold {
    /// The ends of an interval that lie inside the range of its parameter.
    #[must_use]
    pub fn all(
        threshold: &Threshold,
        (low, high): (&Rational, &Rational),
        numbers: Numbers,
    ) -> Vec<Self> {
        let inside = threshold.reaches().filter(|reach| reach.end.is_inside());
        let mark = |reach: &detente_analysis::analyses::thresholds::Reach| {
            let (from, to) = reach.end.enclosure()?;
            let middle = (from + to) / Rational::int(2);
            let share = ((&middle - low) / (high - low)).to_f64();
            Some(Self { value: limit(&reach.end, numbers), at: share.clamp(0.0, 1.0) })
        };
        inside.filter_map(mark).collect()
    }

    /// The nearest turns of a parameter below and above, as far as the judge confirmed them.
    #[must_use]
    pub fn turns(param: &Param, turns: &Assumption, numbers: Numbers) -> Vec<Self> {
        let Some((low, high)) = &param.range else { return Vec::new() };
        let both = [&turns.below, &turns.above].into_iter().flatten();
        let mark = |turn: &FirstTurn| {
            let share = ((turn.at.middle() - low) / (high - low)).to_f64();
            Self { value: words::place(&turn.at, numbers), at: share.clamp(0.0, 1.0) }
        };
        both.filter(|turn| is_confirmed(turn)).map(mark).collect()
    }
}
