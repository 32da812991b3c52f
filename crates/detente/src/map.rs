//! The box of some parameters divided into regions by which pure plays are equilibria.
//!
//! Certified, not sampled: a tile counts for a region only if it was proved that everywhere inside
//! it, up to points of no area, pure search takes a course that finds exactly the region's plays.
//! Tiles of which that cannot be said are halved down to a stated size and then stay undecided.

use crate::ensemble::verified_of;
use detente_analysis::analyses::ensemble::Path;
use detente_game::claim::Concept;
use detente_game::{Game, ParamId, Rational};
use detente_solve::Question;
use detente_solve::solvers::pure::parametric::{Cells, Found, Signs, Tile};
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
    /// How often each parameter's range is halved at most.
    pub halvings: u32,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

/// What is found at the points of a region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// The pure plays that are equilibria, by their numbers in [`Map::plays`]; all of them.
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
    /// Not known.
    Unknown,
}

/// A division of the box.
#[derive(Debug)]
pub struct Map {
    /// The parameters.
    pub params: Vec<ParamId>,
    /// Their ranges.
    pub ranges: Vec<(Rational, Rational)>,
    /// The plays met.
    pub plays: Vec<Path>,
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
/// If a parameter has no range, there is none, or pure search does not decide the concept.
pub fn map(game: &Game, asked: &Asked, progress: &mut dyn FnMut(&Rational)) -> Result<Map, String> {
    if !matches!(asked.concept, Concept::Nash | Concept::SubgamePerfect | Concept::WeakPbe) {
        return Err(format!(
            "a map cannot be drawn by {}: pure search alone does not decide it",
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
    let question = Question { stop: asked.stop.clone(), ..Question::pure(asked.concept.clone()) };
    let mut survey = Survey {
        cells: Cells::new(game, &asked.params, question),
        signs: Signs::new(ranges.clone()),
        asked,
        plays: Vec::new(),
        contents: Vec::new(),
        verified: 0,
        obstacle: None,
    };
    let (tiles, stopped) = survey.divide(progress);
    Ok(survey.finish(ranges, tiles, stopped))
}

/// A map under way.
struct Survey<'a> {
    cells: Cells,
    signs: Signs,
    asked: &'a Asked,
    plays: Vec<Path>,
    contents: Vec<Content>,
    verified: u64,
    obstacle: Option<String>,
}

impl Survey<'_> {
    fn is_stopped(&self) -> bool {
        self.asked.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// All tiles, the undecided ones of the least size, or larger if halving them is of no use.
    fn divide(&mut self, progress: &mut dyn FnMut(&Rational)) -> (Vec<(Tile, Place)>, bool) {
        let axes = self.asked.params.len();
        let finest = self.asked.halvings * axes as u32;
        let mut open = VecDeque::from([Tile::whole(axes)]);
        let (mut tiles, mut done) = (Vec::new(), Rational::ZERO);
        while let Some(mut tile) = open.pop_front() {
            if self.is_stopped() {
                open.push_front(tile);
                tiles.extend(open.into_iter().map(|tile| (tile, Place::Unknown)));
                return (tiles, true);
            }
            let place = self.place(&mut tile);
            if matches!(place, Place::Region(_)) || tile.halvings >= finest {
                done += &share(&tile);
                tiles.push((tile, place));
                progress(&done);
            } else {
                open.extend(tile.halves());
            }
        }
        // What was learnt since may decide tiles that were open.
        for (tile, place) in &mut tiles {
            if *place == Place::Unknown && !self.is_stopped() {
                *place = self.place(tile);
            }
        }
        (tiles, false)
    }

    /// Where a tile belongs; solves at some points of it if more may be found than is known.
    fn place(&mut self, tile: &mut Tile) -> Place {
        let mut cover = self.cells.cover(&mut self.signs, tile);
        for shares in lattice(tile.from.len()) {
            if !cover.unknown || self.is_stopped() {
                break;
            }
            let values = self.signs.values(&tile.at(&shares));
            let values: Vec<f64> = values.iter().map(Rational::to_f64).collect();
            if self.cells.place(&values).found == Found::Unknown {
                self.cells.learn(&values);
                self.verify_new();
                cover = self.cells.cover(&mut self.signs, tile);
            }
        }
        let is_finest = tile.halvings >= self.asked.halvings * self.asked.params.len() as u32;
        if cover.unknown && is_finest && !self.is_stopped() {
            cover = self.cells.cover_imagined(&mut self.signs, tile);
        }
        let contents: Option<BTreeSet<usize>> =
            cover.found.iter().map(|found| self.content(found)).collect();
        match contents {
            Some(contents) if !cover.unknown => match Vec::from_iter(contents).as_slice() {
                [only] => Place::Region(*only),
                several => Place::Among(several.to_vec()),
            },
            _ => Place::Unknown,
        }
    }

    /// Has new equilibria judged, each at the point where it was met. One that does not pass is not
    /// relied on.
    fn verify_new(&mut self) {
        for listed in self.cells.take_new() {
            match verified_of(&self.cells, listed) {
                Some(passed) => self.verified += passed,
                None => {
                    self.obstacle = Some("the verifier did not pass an equilibrium".to_owned());
                    self.cells.distrust(listed);
                }
            }
        }
    }

    /// The number of what is found; `None` where there is no answer.
    fn content(&mut self, found: &Found) -> Option<usize> {
        let content = match found {
            Found::NoGame => Content::NoGame,
            Found::Listed(finds) => {
                let plays = finds.iter().flat_map(|one| &self.cells.known()[*one as usize].plays);
                let paths: Vec<&Path> =
                    plays.map(|play| &self.cells.plays()[*play as usize].path).collect();
                Content::Plays(
                    paths.into_iter().map(|path| number(&mut self.plays, path)).collect(),
                )
            }
            Found::Unknown | Found::Alone => {
                self.obstacle.get_or_insert_with(|| {
                    "more than signs of polynomials decides there, or the search is too long"
                        .to_owned()
                });
                return None;
            }
        };
        Some(number(&mut self.contents, &content))
    }

    fn finish(
        self,
        ranges: Vec<(Rational, Rational)>,
        mut tiles: Vec<(Tile, Place)>,
        stopped: bool,
    ) -> Map {
        let mut regions: Vec<(usize, Region)> = Vec::new();
        let mut undecided = Rational::ZERO;
        for (number, content) in self.contents.iter().enumerate() {
            let (least, most) = (Rational::ZERO, Rational::ZERO);
            let own = tiles.iter().filter(|(_, place)| *place == Place::Region(number));
            let largest = own.min_by_key(|(tile, _)| tile.halvings);
            let inside = largest.map(|(tile, _)| self.signs.values(&middle(tile)));
            let region = Region { content: content.clone(), least, most, inside };
            regions.push((number, region));
        }
        for (tile, place) in &tiles {
            let share = share(tile);
            if !matches!(place, Place::Region(_)) {
                undecided += &share;
            }
            for (number, region) in &mut regions {
                match place {
                    Place::Region(own) if own == number => {
                        region.least += &share;
                        region.most += &share;
                    }
                    Place::Among(several) if several.contains(number) => region.most += &share,
                    Place::Unknown => region.most += &share,
                    Place::Region(_) | Place::Among(_) => {}
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
                Place::Unknown => {}
            }
        }
        Map {
            params: self.asked.params.clone(),
            ranges,
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

/// Points of a tile at which is solved: its middle, then those a quarter of a side from its corners.
fn lattice(axes: usize) -> impl Iterator<Item = Vec<Rational>> {
    let corner = move |number: u32| {
        let side = |axis: usize| Rational::new(if number >> axis & 1 == 0 { 1 } else { 3 }, 4);
        (0..axes).map(side).collect()
    };
    std::iter::once(vec![Rational::new(1, 2); axes]).chain((0..1 << axes.min(3)).map(corner))
}

/// In shares of the ranges.
fn middle(tile: &Tile) -> Vec<Rational> {
    tile.at(&vec![Rational::new(1, 2); tile.from.len()])
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
