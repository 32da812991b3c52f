//! A tile with what was proved in it, and so holds in its halves too.

use super::DemandId;
use super::shape::Options;
use crate::solvers::pure::parametric::Tile;
use crate::solvers::pure::parametric::inherited::Inherited;
use detente_game::Rational;
use std::collections::HashSet;
use std::sync::Arc;

/// A point: the values of all variables of the polynomials.
#[derive(Debug)]
pub(super) struct Sample {
    pub values: Vec<Rational>,
    /// The same in double precision.
    pub numbers: Vec<f64>,
}

/// Points of a box.
pub(super) type Samples = Arc<Vec<Arc<Sample>>>;

/// A box of the parameters under examination.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The box.
    pub tile: Tile,
    pub(super) frame: Option<usize>,
    /// Demands that are met everywhere in it, or nowhere.
    pub(super) known: Inherited<DemandId, bool>,
    /// Demands of which that could not be proved.
    pub(super) hopeless: HashSet<(DemandId, bool)>,
    /// Per situation, the options that may be best.
    pub(super) live: Vec<Options>,
    /// The ways to play that are left; `None` if they were not searched yet.
    pub(super) entries: Option<Vec<Entry>>,
    /// Points of it.
    pub(super) samples: Option<Samples>,
}

/// Supports on the path.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Per situation that comes up, the options taken; none elsewhere.
    pub masks: Vec<Options>,
    /// Whether it is an equilibrium everywhere.
    pub exists: bool,
}

impl Sheet {
    /// A tile of which nothing is known.
    #[must_use]
    pub fn new(tile: Tile) -> Self {
        Self {
            tile,
            frame: None,
            known: Inherited::default(),
            hopeless: HashSet::new(),
            live: Vec::new(),
            entries: None,
            samples: None,
        }
    }

    /// Its halves, along one parameter after the other.
    #[must_use]
    pub fn halves(self) -> [Self; 2] {
        let Self { tile, frame, known, live, entries, .. } = self;
        let ([lower, upper], [left, right]) = (tile.halves(), known.parted());
        [(lower, left), (upper, right)].map(|(tile, known)| Self {
            tile,
            frame,
            known,
            hopeless: HashSet::new(),
            live: live.clone(),
            entries: entries.clone(),
            samples: None,
        })
    }
}
