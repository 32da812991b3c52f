//! The box of some parameters divided into regions by which pure plays are equilibria.
//!
//! Certified, not sampled: a tile counts for a region only if it was proved that everywhere inside
//! it, up to points of no area, pure search takes a course that finds exactly the region's plays.
//! Tiles of which that cannot be said are halved down to a stated size and then stay undecided.

use crate::ensemble::verified_in;
use detente_analysis::analyses::ensemble::Path;
use detente_game::claim::Concept;
use detente_game::{Game, ParamId, Rational};
use detente_solve::Question;
use detente_solve::solvers::pure::parametric::{Cells, Cover, Found, Signs, Tile};
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
    /// The values of the map's parameters at a point of it.
    pub inside: Vec<Rational>,
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
    /// How many searches were made.
    pub searches: usize,
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
    let question = Question::pure(asked.concept.clone());
    let mut survey = Survey {
        cells: Cells::new(game, &asked.params, question),
        signs: Signs::new(ranges.clone()),
        asked,
        plays: Vec::new(),
        contents: Vec::new(),
        of_cell: Vec::new(),
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
    /// Per cell the number of its content; `None` where there is no answer.
    of_cell: Vec<Option<usize>>,
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
            let (cover, place) = self.place(&mut tile);
            let alone = !cover.unknown && cover.cells.len() == 1;
            if matches!(place, Place::Region(_)) || alone || tile.halvings >= finest {
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
                *place = self.place(tile).1;
            }
        }
        (tiles, false)
    }

    /// Where a tile belongs; solves in its middle if it may meet a cell that is not known.
    fn place(&mut self, tile: &mut Tile) -> (Cover, Place) {
        let mut cover = self.cells.cover(&mut self.signs, tile);
        if cover.unknown {
            let middle = tile.at(&vec![Rational::new(1, 2); tile.from.len()]);
            let values = self.signs.values(&middle);
            let values: Vec<f64> = values.iter().map(Rational::to_f64).collect();
            self.cells.learn(&values);
            self.look_at_new();
            cover = self.cells.cover(&mut self.signs, tile);
        }
        let contents: Option<BTreeSet<usize>> =
            cover.cells.iter().map(|cell| self.of_cell[*cell]).collect();
        let place = match contents {
            Some(contents) if !cover.unknown => match Vec::from_iter(contents).as_slice() {
                [only] => Place::Region(*only),
                several => Place::Among(several.to_vec()),
            },
            _ => Place::Unknown,
        };
        (cover, place)
    }

    /// Verifies what was found in new cells and enters it.
    fn look_at_new(&mut self) {
        for cell in self.of_cell.len()..self.cells.known().len() {
            let verdict = verified_in(&self.cells, cell);
            let content = match (verdict, &self.cells.known()[cell].found) {
                (Err(why), _) => {
                    self.obstacle = Some(why);
                    None
                }
                (Ok(_), Found::Alone(why)) => {
                    self.obstacle = Some(why.clone());
                    None
                }
                (Ok(_), Found::NoGame(_)) => Some(Content::NoGame),
                (Ok(passed), Found::Equilibria { plays, .. }) => {
                    self.verified += passed;
                    let all = plays.iter().map(|play| number(&mut self.plays, &play.path));
                    Some(Content::Plays(all.collect()))
                }
            };
            let content = content.map(|content| number(&mut self.contents, &content));
            self.of_cell.push(content);
        }
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
            let inside = self.of_cell.iter().position(|of| *of == Some(number));
            let inside = &self.cells.known()[inside.expect("a cell brought it")].inside;
            let inside = inside.iter().map(|value| Rational::from_f64(*value).unwrap_or_default());
            let (least, most) = (Rational::ZERO, Rational::ZERO);
            let region = Region { content: content.clone(), least, most, inside: inside.collect() };
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
            searches: self.cells.known().len(),
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
