//! Plays of any supports, by linear programs over the parameters.

use super::{Asked, Content, Place, Survey, Surveyor};
use detente_game::claim::Concept;
use detente_game::{Game, Rational};
use detente_solve::solvers::pure::parametric::Tile;
use detente_solve::solvers::regions::{Atlas, Met, Sheet};
use detente_verify::verify_without_bounds;
use std::sync::Arc;

/// Says which plays are equilibria, mixed ones included.
pub(super) struct Judge {
    atlas: Atlas,
    concept: Concept,
}

impl Judge {
    pub fn new(
        game: &Game,
        asked: &Asked,
        ranges: Vec<(Rational, Rational)>,
    ) -> Result<Self, String> {
        let atlas = Atlas::new(game, &asked.params, ranges, &asked.concept, asked.stop.clone())?;
        Ok(Self { atlas, concept: asked.concept.clone() })
    }

    /// Has new equilibria judged. Plays of which one does not pass are not relied on; whether there
    /// are such.
    fn verify_new(&mut self, survey: &mut Survey<'_>) -> bool {
        let mut failed = false;
        for met in self.atlas.take_met() {
            if self.passes(&met) {
                survey.verified += 1;
            } else {
                survey.obstacle = Some("the verifier did not pass an equilibrium".to_owned());
                self.atlas.distrust(met.way);
                failed = true;
            }
        }
        failed
    }

    fn passes(&self, met: &Met) -> bool {
        let instance = self.atlas.game().at(&self.atlas.point(&met.at)).map(Arc::new);
        instance.is_ok_and(|instance| {
            verify_without_bounds(&instance, &self.concept, &met.profile).holds()
        })
    }
}

impl Surveyor for Judge {
    type Sheet = Sheet;

    fn sheet(&self, tile: Tile) -> Sheet {
        Sheet::new(tile)
    }

    fn tile(sheet: &Sheet) -> &Tile {
        &sheet.tile
    }

    fn halves(sheet: Sheet) -> [Sheet; 2] {
        sheet.halves()
    }

    /// In large tiles little is certain and everything possible.
    fn first_halvings(&self) -> u32 {
        3
    }

    fn place(&mut self, sheet: &mut Sheet, survey: &mut Survey<'_>) -> Place {
        let mut ways = self.atlas.examine(sheet);
        if self.verify_new(survey) {
            ways = self.atlas.examine(sheet);
        }
        if let Some(obstacle) = self.atlas.obstacle() {
            survey.obstacle.get_or_insert_with(|| obstacle.to_owned());
        }
        if ways.no_game {
            return Place::Region(survey.content(&Content::NoGame));
        }
        if !ways.is_whole {
            return Place::Unknown;
        }
        let certain = ways.certain.iter().map(|way| survey.play(way)).collect();
        if ways.possible.is_empty() {
            return Place::Region(survey.content(&Content::Plays(certain)));
        }
        let possible = ways.possible.iter().map(|way| survey.play(way)).collect();
        Place::Between { certain, possible }
    }
}
