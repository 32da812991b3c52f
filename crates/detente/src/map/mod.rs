//! The box of some parameters divided into regions by which plays are equilibria.
//!
//! Certified, not sampled: a tile counts for a region only if it was proved that everywhere inside
//! it, up to points of no area, exactly the region's plays are equilibria. Tiles of which that
//! cannot be said are halved down to a stated size and then stay undecided.
//!
//! Pure plays alone are found by the graph of pure search (`pure`), mixed ones too by linear programs
//! over the parameters (`mixed`).

mod mixed;
mod pure;

use detente_game::claim::Concept;
use detente_game::{Game, ParamId, Rational};
use detente_solve::solvers::pure::parametric::Tile;
use detente_solve::solvers::regions;
pub use detente_solve::solvers::regions::Way;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is asked of a map.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The parameters that span it, at least one, each with a range.
    pub params: Vec<ParamId>,
    /// `Nash`, `SubgamePerfect` or `WeakPbe`.
    pub concept: Concept,
    /// Whether mixed plays count; for two players with perfect recall, under `Nash` or `WeakPbe`.
    pub mixed: bool,
    /// How often each parameter's range is halved at most.
    pub halvings: u32,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

/// What is found at the points of a region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// The plays that are equilibria, by their numbers in [`Map::plays`]; all of them.
    Plays(BTreeSet<usize>),
    /// There is no game there.
    NoGame,
}

/// Points at which the same is found.
#[derive(Debug, Clone)]
pub struct Region {
    /// What is found.
    pub content: Content,
    /// Its share of the box is at least this …
    pub least: Rational,
    /// … and at most this.
    pub most: Rational,
    /// The values of the map's parameters in the middle of its largest tile; none if no tile surely
    /// belongs to it.
    pub inside: Option<Vec<Rational>>,
}

/// What a tile belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// All of it to one region.
    Region(usize),
    /// Every point to one of these, and which is not known.
    Among(Vec<usize>),
    /// Some plays are equilibria at every point, others perhaps at some, and no more.
    Between {
        /// The numbers of the first.
        certain: BTreeSet<usize>,
        /// The numbers of the others.
        possible: BTreeSet<usize>,
    },
    /// Not known.
    Unknown,
}

impl Place {
    /// Whether points of such a tile may belong to a region.
    fn allows(&self, number: usize, content: &Content) -> bool {
        match self {
            Self::Region(own) => *own == number,
            Self::Among(several) => several.contains(&number),
            Self::Between { certain, possible } => {
                let Content::Plays(plays) = content else { return false };
                certain.is_subset(plays)
                    && plays.iter().all(|play| certain.contains(play) || possible.contains(play))
            }
            Self::Unknown => true,
        }
    }
}

/// A division of the box.
#[derive(Debug)]
pub struct Map {
    /// The parameters.
    pub params: Vec<ParamId>,
    /// Their ranges.
    pub ranges: Vec<(Rational, Rational)>,
    /// The plays met.
    pub plays: Vec<Way>,
    /// The regions, the largest first.
    pub regions: Vec<Region>,
    /// The tiles, in shares of the ranges, and where each belongs. They fill the box.
    pub tiles: Vec<(Tile, Place)>,
    /// The share of the box that is undecided.
    pub undecided: Rational,
    /// How many equilibria the verifier passed, each at a point of its cell.
    pub verified: u64,
    /// Why some tiles could not be decided however small, if that is so.
    pub obstacle: Option<String>,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// Divides the box; `progress` hears which share of it is done.
///
/// # Errors
/// If a parameter has no range, there is none, or what is asked for cannot be decided.
pub fn map(game: &Game, asked: &Asked, progress: &mut dyn FnMut(&Rational)) -> Result<Map, String> {
    if !matches!(asked.concept, Concept::Nash | Concept::SubgamePerfect | Concept::WeakPbe) {
        return Err(format!(
            "a map cannot be drawn by {}: signs of polynomials alone do not decide it",
            asked.concept.name()
        ));
    }
    let range = |param: &ParamId| {
        let param = &game.params[param.index()];
        let range = param.range.clone().filter(|(low, high)| low < high);
        range.ok_or_else(|| format!("'{}' has no range to be mapped over", param.name))
    };
    let ranges: Vec<(Rational, Rational)> =
        asked.params.iter().map(range).collect::<Result<_, _>>()?;
    if ranges.is_empty() {
        return Err("a map needs a parameter".to_owned());
    }
    let survey = Survey {
        ranges: ranges.clone(),
        asked,
        plays: Vec::new(),
        contents: Vec::new(),
        verified: 0,
        obstacle: None,
    };
    Ok(if asked.mixed {
        let mut judge = mixed::Judge::new(game, asked, ranges)?;
        survey.run(&mut judge, progress)
    } else {
        survey.run(&mut pure::Judge::new(game, asked, ranges), progress)
    })
}

/// Whether mixed plays can be mapped too.
///
/// # Errors
/// Why not: part of a sentence.
pub fn mapped_with_mixtures(game: &Game, concept: &Concept) -> Result<(), String> {
    regions::check(&game.form, concept)
}

/// Who says of a tile what is found in it.
trait Surveyor {
    /// A tile with what is known of it.
    type Sheet;

    /// A tile of which nothing is known.
    fn sheet(&self, tile: Tile) -> Self::Sheet;
    fn tile(sheet: &Self::Sheet) -> &Tile;
    fn halves(sheet: Self::Sheet) -> [Self::Sheet; 2];
    /// How often each side is halved before it is worth a look.
    fn first_halvings(&self) -> u32;
    /// Where a tile belongs.
    fn place(&mut self, sheet: &mut Self::Sheet, survey: &mut Survey<'_>) -> Place;
}

/// A map under way.
struct Survey<'a> {
    ranges: Vec<(Rational, Rational)>,
    asked: &'a Asked,
    plays: Vec<Way>,
    contents: Vec<Content>,
    verified: u64,
    obstacle: Option<String>,
}

impl Survey<'_> {
    fn is_stopped(&self) -> bool {
        self.asked.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    fn run<S: Surveyor>(mut self, judge: &mut S, progress: &mut dyn FnMut(&Rational)) -> Map {
        let (sheets, stopped) = self.divide(judge, progress);
        let tiles = sheets.into_iter().map(|(sheet, place)| (S::tile(&sheet).clone(), place));
        let tiles = tiles.collect();
        self.finish(tiles, stopped)
    }

    /// All tiles, the undecided ones of the least size.
    fn divide<S: Surveyor>(
        &mut self,
        judge: &mut S,
        progress: &mut dyn FnMut(&Rational),
    ) -> (Vec<(S::Sheet, Place)>, bool) {
        let axes = self.asked.params.len();
        let finest = self.asked.halvings * axes as u32;
        let first = (judge.first_halvings() * axes.min(2) as u32).min(finest);
        let mut open = VecDeque::from([judge.sheet(Tile::whole(axes))]);
        let (mut sheets, mut done) = (Vec::new(), Rational::ZERO);
        while let Some(mut sheet) = open.pop_front() {
            if self.is_stopped() {
                open.push_front(sheet);
                sheets.extend(open.into_iter().map(|sheet| (sheet, Place::Unknown)));
                return (sheets, true);
            }
            let halvings = S::tile(&sheet).halvings;
            if halvings < first {
                open.extend(S::halves(sheet));
                continue;
            }
            let place = judge.place(&mut sheet, self);
            if matches!(place, Place::Region(_)) || halvings >= finest {
                done += &share(S::tile(&sheet));
                // What is known of it matters only if it is looked at again.
                if place != Place::Unknown {
                    sheet = judge.sheet(S::tile(&sheet).bare());
                }
                sheets.push((sheet, place));
                progress(&done);
            } else {
                open.extend(S::halves(sheet));
            }
        }
        // What was learnt since may decide tiles that were open.
        for (sheet, place) in &mut sheets {
            if *place == Place::Unknown && !self.is_stopped() {
                *place = judge.place(sheet, self);
            }
        }
        (sheets, false)
    }

    /// The number of a play.
    fn play(&mut self, way: &Way) -> usize {
        number(&mut self.plays, way)
    }

    /// The number of what is found.
    fn content(&mut self, content: &Content) -> usize {
        number(&mut self.contents, content)
    }

    /// The values of the parameters in the middle of a tile.
    fn middle(&self, tile: &Tile) -> Vec<Rational> {
        let half = tile.at(&vec![Rational::new(1, 2); self.ranges.len()]);
        let sides = self.ranges.iter().zip(half);
        sides.map(|((low, high), share)| low + (high - low) * share).collect()
    }

    fn finish(self, mut tiles: Vec<(Tile, Place)>, stopped: bool) -> Map {
        let mut regions: Vec<(usize, Region)> = Vec::new();
        let mut undecided = Rational::ZERO;
        for (number, content) in self.contents.iter().enumerate() {
            let (least, most) = (Rational::ZERO, Rational::ZERO);
            let own = tiles.iter().filter(|(_, place)| *place == Place::Region(number));
            let largest = own.min_by_key(|(tile, _)| tile.halvings);
            let inside = largest.map(|(tile, _)| self.middle(tile));
            let region = Region { content: content.clone(), least, most, inside };
            regions.push((number, region));
        }
        for (tile, place) in &tiles {
            let share = share(tile);
            if !matches!(place, Place::Region(_)) {
                undecided += &share;
            }
            for (number, region) in &mut regions {
                if *place == Place::Region(*number) {
                    region.least += &share;
                }
                if place.allows(*number, &region.content) {
                    region.most += &share;
                }
            }
        }
        // What is found only at points of no area, such as ties, is no region.
        regions.retain(|(_, region)| !region.most.is_zero());
        regions.sort_by(|(a, one), (b, other)| other.least.cmp(&one.least).then(a.cmp(b)));
        let rank = |number: &usize| {
            let place = regions.iter().position(|(own, _)| own == number);
            place.expect("what a tile belongs to has area")
        };
        for (_, place) in &mut tiles {
            match place {
                Place::Region(number) => *number = rank(number),
                Place::Among(several) => {
                    *several = several.iter().map(rank).collect();
                    several.sort_unstable();
                }
                Place::Between { .. } | Place::Unknown => {}
            }
        }
        Map {
            params: self.asked.params.clone(),
            ranges: self.ranges,
            plays: self.plays,
            regions: regions.into_iter().map(|(_, region)| region).collect(),
            tiles,
            undecided,
            verified: self.verified,
            obstacle: self.obstacle,
            stopped,
        }
    }
}

fn share(tile: &Tile) -> Rational {
    let halvings = i32::try_from(tile.halvings).unwrap_or(i32::MAX);
    Rational::new(1, 2).pow(halvings).unwrap_or_default()
}

/// The number of an entry in a list; it is added if it is new.
fn number<T: Clone + PartialEq>(list: &mut Vec<T>, entry: &T) -> usize {
    list.iter().position(|known| known == entry).unwrap_or_else(|| {
        list.push(entry.clone());
        list.len() - 1
    })
}
