//! Pure plays, by the graph of pure search.

use super::{Asked, Content, Place, Survey, Surveyor};
use crate::ensemble::verified_of;
use detente_game::{Game, Rational};
use detente_solve::Question;
use detente_solve::solvers::pure::parametric::{Cells, Found, Signs, Tile};
use std::collections::BTreeSet;

/// Says which pure plays are equilibria.
pub(super) struct Judge {
    cells: Cells,
    signs: Signs,
}

impl Judge {
    pub fn new(game: &Game, asked: &Asked, ranges: Vec<(Rational, Rational)>) -> Self {
        let question =
            Question { stop: asked.stop.clone(), ..Question::pure(asked.concept.clone()) };
        Self { cells: Cells::new(game, &asked.params, question), signs: Signs::new(ranges) }
    }

    /// Has new equilibria judged, each at the point where it was met. One that does not pass is not
    /// relied on.
    fn verify_new(&mut self, survey: &mut Survey<'_>) {
        for listed in self.cells.take_new() {
            match verified_of(&self.cells, listed) {
                Some(passed) => survey.verified += passed,
                None => {
                    survey.obstacle = Some("the verifier did not pass an equilibrium".to_owned());
                    self.cells.distrust(listed);
                }
            }
        }
    }

    /// The number of what is found; `None` where there is no answer.
    fn content(&self, found: &Found, survey: &mut Survey<'_>) -> Option<usize> {
        let content = match found {
            Found::NoGame => Content::NoGame,
            Found::Listed(finds) => {
                let plays = finds.iter().flat_map(|one| &self.cells.known()[*one as usize].plays);
                let paths = plays.map(|play| &self.cells.plays()[*play as usize].path);
                let ways = paths.map(|path| {
                    let alone = |(set, option): &(_, u32)| (*set, vec![*option]);
                    survey.play(&path.iter().map(alone).collect())
                });
                Content::Plays(ways.collect())
            }
            Found::Unknown | Found::Alone => {
                survey.obstacle.get_or_insert_with(|| {
                    "more than signs of polynomials decides there, or the search is too long"
                        .to_owned()
                });
                return None;
            }
        };
        Some(survey.content(&content))
    }
}

impl Surveyor for Judge {
    type Sheet = Tile;

    fn sheet(&self, tile: Tile) -> Tile {
        tile
    }

    fn tile(sheet: &Tile) -> &Tile {
        sheet
    }

    fn halves(sheet: Tile) -> [Tile; 2] {
        sheet.halves()
    }

    fn first_halvings(&self) -> u32 {
        0
    }

    /// Solves at some points of a tile if more may be found than is known.
    fn place(&mut self, tile: &mut Tile, survey: &mut Survey<'_>) -> Place {
        let mut cover = self.cells.cover(&mut self.signs, tile);
        for shares in lattice(tile.from.len()) {
            if !cover.unknown || survey.is_stopped() {
                break;
            }
            let values = self.signs.values(&tile.at(&shares));
            let values: Vec<f64> = values.iter().map(Rational::to_f64).collect();
            if self.cells.place(&values).found == Found::Unknown {
                self.cells.learn(&values);
                self.verify_new(survey);
                cover = self.cells.cover(&mut self.signs, tile);
            }
        }
        let is_finest = tile.halvings >= survey.asked.halvings * tile.from.len() as u32;
        if cover.unknown && is_finest && !survey.is_stopped() {
            cover = self.cells.cover_imagined(&mut self.signs, tile);
        }
        let contents: Option<BTreeSet<usize>> =
            cover.found.iter().map(|found| self.content(found, survey)).collect();
        match contents {
            Some(contents) if !cover.unknown => match Vec::from_iter(contents).as_slice() {
                [only] => Place::Region(*only),
                several => Place::Among(several.to_vec()),
            },
            _ => Place::Unknown,
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
