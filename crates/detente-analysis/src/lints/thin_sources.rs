//! W106: a number with a thin source that is near a value at which something turns.

use crate::analyses::flips::{Flip, Flips};
use crate::analyses::margins::tightest;
use detente_game::{Game, Rational};
use detente_verify::Equilibrium;

/// What is thin about a parameter's support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thinness {
    /// It names no source.
    NoSource,
    /// It names one, with low confidence.
    LowConfidence,
}

/// A thinly supported parameter that turns the tightest choice of an equilibrium nearby.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThinSource {
    /// What is thin.
    pub thinness: Thinness,
    /// The nearest turn.
    pub flip: Flip,
    /// How far it is, as a share of the parameter's range (of its size, if it has no range).
    pub distance: Rational,
}

/// The thinly supported parameters that turn the tightest choice of an equilibrium no farther
/// than `near` (a share of the parameter's range), the nearest first.
#[must_use]
pub fn thin_sources(game: &Game, equilibrium: &Equilibrium, near: &Rational) -> Vec<ThinSource> {
    let margins = tightest(equilibrium);
    let Some(margin) = margins.iter().find(|margin| margin.margin.is_positive()) else {
        return Vec::new();
    };
    let point = equilibrium.instance().point();
    let mut found = Vec::new();
    for axis in Flips::new(game, equilibrium).of_margin(margin) {
        let param = &game.params[axis.param.index()];
        let Some(thinness) = thinness(param) else { continue };
        let now = &point[axis.param.index()];
        let size = match &param.range {
            Some((low, high)) => high - low,
            None => now.abs(),
        };
        let sides = [axis.below, axis.above].into_iter().flatten();
        let nearest = sides
            .filter_map(|flip| {
                let distance = (flip.at.middle() - now).abs().checked_div(&size)?;
                Some(ThinSource { thinness, flip, distance })
            })
            .min_by(|a, b| a.distance.cmp(&b.distance));
        found.extend(nearest.filter(|thin| thin.distance <= *near));
    }
    found.sort_by(|a, b| a.distance.cmp(&b.distance));
    found
}

/// What is thin about a parameter's support, if it is.
#[must_use]
pub fn thinness(param: &detente_game::game::Param) -> Option<Thinness> {
    if param.support.sources.is_empty() {
        Some(Thinness::NoSource)
    } else if param.support.confidence.as_deref() == Some("low") {
        Some(Thinness::LowConfidence)
    } else {
        None
    }
}
