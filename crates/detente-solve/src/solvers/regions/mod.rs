//! Which supports are equilibria, mixed ones included, everywhere in a box of some parameters.
//!
//! A way to play fixes for every situation on the path which options are taken with positive
//! probability. That some equilibrium plays so is a matter of linear programs whose coefficients
//! are polynomials in the parameters (`family`): for either player, whether a realization plan of
//! the other makes his options best, and at every situation off the path, whether a belief does. A
//! program is solved at a point of the box, and what its final basis proves is then proved for the
//! whole box by the signs of polynomials (`certificate`, `elimination`). Ways to play are searched
//! from the start on; one is given up where a program refutes it everywhere (`search`).
//!
//! All that is proved holds inside the box up to points of no area.

mod certificate;
mod elimination;
mod family;
mod search;
mod shape;
mod sheet;

pub use sheet::Sheet;

use crate::solvers::pure::parametric::book::{Book, Point};
use crate::solvers::pure::parametric::frame::{Decision, Frame, Obstacle};
use crate::solvers::pure::parametric::terms::Terms;
use crate::solvers::pure::parametric::{Signs, Tile};
use crate::solvers::pure::Prepared;
use certificate::{Certificate, Scale, certify, is_met, product};
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::{Game, InfoSetId, ParamId, Profile, Rational};
use family::{Demand, Family, Source};
use shape::Start;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A way to play: the situations on the path with the options taken there, by position, each with
/// positive probability.
pub type Way = Vec<(InfoSetId, Vec<u32>)>;

/// What is known of a box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Equilibria everywhere in it.
    pub certain: BTreeSet<Way>,
    /// Equilibria somewhere in it, perhaps.
    pub possible: BTreeSet<Way>,
    /// Whether nothing else is possible; otherwise nothing is known but `certain`.
    pub is_whole: bool,
    /// Whether there is no game in it.
    pub no_game: bool,
}

/// An equilibrium at a point: something for an independent judge.
#[derive(Debug, Clone)]
pub struct Met {
    /// How it is played.
    pub way: Way,
    /// The values of the parameters that vary.
    pub at: Vec<Rational>,
    /// One that plays so.
    pub profile: Profile,
}

/// A game over a box of some of its parameters.
pub struct Atlas {
    game: Game,
    prepared: Prepared,
    params: Vec<ParamId>,
    base: Vec<Rational>,
    has_beliefs: bool,
    /// Both players' start of the game, then every situation.
    starts: Vec<Start>,
    /// Situations with the longest histories first.
    order: Vec<InfoSetId>,
    book: Book,
    signs: Signs,
    frames: Vec<Frame>,
    known: HashMap<(usize, Demand), Learnt>,
    met: Vec<Met>,
    distrusted: BTreeSet<Way>,
    obstacle: Option<&'static str>,
}

/// What is known of a demand in a frame.
#[derive(Default)]
struct Learnt {
    families: Option<[Arc<Family>; 2]>,
    certificates: Vec<Certificate>,
    /// Bases that were solved for, in the program with margins or without.
    tried: BTreeSet<(bool, Vec<detente_linear::Basic>)>,
}

/// All sets of options of a situation are tried.
const MOST_OPTIONS: u32 = 6;

impl Atlas {
    /// Nothing is known yet. The other parameters stay at their base values.
    ///
    /// # Errors
    /// A part of a sentence if the game is not of the kind or the concept is none of Nash and weak
    /// perfect Bayesian equilibrium.
    pub fn new(
        game: &Game,
        params: &[ParamId],
        ranges: Vec<(Rational, Rational)>,
        concept: &Concept,
    ) -> Result<Self, String> {
        let form = &game.form;
        let has_beliefs = match concept {
            Concept::Nash => false,
            Concept::WeakPbe => true,
            other => return Err(format!("mixed plays are not mapped by {}", other.name())),
        };
        if form.players().len() != 2 {
            return Err("mixed plays are mapped for two players".to_owned());
        }
        if !form.has_perfect_recall() {
            return Err("mixed plays are mapped where both players have perfect recall".to_owned());
        }
        let most = form.info_sets().iter().map(|set| set.action_count).max().unwrap_or(0);
        if most > MOST_OPTIONS {
            return Err(format!("a situation has {most} options, more than {MOST_OPTIONS}"));
        }
        if form.info_set_ids().any(|set| form.members(set).is_empty()) {
            return Err("a situation comes up nowhere".to_owned());
        }
        let roots = form.player_ids().map(|player| Start::of(form, player, &[GameForm::ROOT]));
        let sets = form.info_set_ids();
        let sets = sets.map(|set| Start::of(form, form.info_set(set).player, form.members(set)));
        Ok(Self {
            starts: roots.chain(sets).collect(),
            order: last_first(form),
            prepared: Prepared::new(Arc::clone(form)),
            base: game.base_point(),
            params: params.to_vec(),
            has_beliefs,
            book: Book::new(params.len()),
            signs: Signs::new(ranges),
            frames: Vec::new(),
            known: HashMap::new(),
            met: Vec::new(),
            distrusted: BTreeSet::new(),
            obstacle: None,
            game: game.clone(),
        })
    }

    fn form(&self) -> &GameForm {
        &self.game.form
    }

    /// The game.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// The values of the parameters at a point of the unit box.
    #[must_use]
    pub fn values(&self, shares: &[Rational]) -> Vec<Rational> {
        self.signs.values(shares)
    }

    /// A full point of the game, where the parameters that vary have these values.
    #[must_use]
    pub fn point(&self, values: &[Rational]) -> Vec<Rational> {
        let mut point = self.base.clone();
        for (param, value) in self.params.iter().zip(values) {
            point[param.index()] = value.clone();
        }
        point
    }

    /// The equilibria that were found since this was asked last.
    pub fn take_met(&mut self) -> Vec<Met> {
        std::mem::take(&mut self.met)
    }

    /// A way to play is not to be relied on: it stays open wherever it is not refuted.
    pub fn distrust(&mut self, way: Way) {
        self.distrusted.insert(way);
    }

    /// Why something cannot be decided however small the box, if that is so.
    #[must_use]
    pub fn obstacle(&self) -> Option<&'static str> {
        self.obstacle
    }

    /// The frame that holds everywhere in a tile; solves for it at its middle. `None` if none does.
    fn frame_of(&mut self, sheet: &mut Sheet) -> Option<usize> {
        if let Some(known) = sheet.frame {
            return Some(known);
        }
        for number in 0..self.frames.len() {
            if self.holds(number, &mut sheet.tile) {
                sheet.frame = Some(number);
                return sheet.frame;
            }
        }
        let drawn = self.drawn(&sheet.tile);
        let mut point = Point::new(&drawn);
        let frame = Frame::at(
            &self.game,
            &self.prepared,
            &self.params,
            &self.base,
            &mut self.book,
            &mut point,
        );
        self.frames.push(frame);
        let number = self.frames.len() - 1;
        if !self.holds(number, &mut sheet.tile) {
            self.frames.pop();
            return None;
        }
        sheet.frame = Some(number);
        sheet.frame
    }

    fn holds(&mut self, frame: usize, tile: &mut Tile) -> bool {
        let (frames, signs, book) = (&self.frames, &mut self.signs, &self.book);
        let mut first = frames[frame].first.iter();
        first.all(|(test, sign)| signs.sign(book, *test, tile) == Some(*sign))
    }

    /// The middle of a tile, in numbers of double precision, and so never far from it.
    fn drawn(&self, tile: &Tile) -> Vec<f64> {
        let half = vec![Rational::new(1, 2); self.params.len()];
        self.signs.values(&tile.at(&half)).iter().map(Rational::to_f64).collect()
    }

    /// The values of all variables of the polynomials at the middle of a tile.
    fn sample(&self, sheet: &mut Sheet) -> Arc<Vec<Rational>> {
        let drawn = self.drawn(&sheet.tile);
        let mut point = Point::new(&drawn);
        let values = point.exact(&self.book);
        match &sheet.sample {
            Some(known) if known.len() == values.len() => Arc::clone(known),
            _ => Arc::clone(sheet.sample.insert(Arc::new(values.to_vec()))),
        }
    }

    fn sign(&mut self, decision: Decision, tile: &mut Tile) -> Option<Ordering> {
        match decision {
            Decision::Known(sign) => Some(sign),
            Decision::Test(test, flip) => {
                let sign = self.signs.sign(&self.book, test, tile)?;
                Some(if flip { sign.reverse() } else { sign })
            }
        }
    }

    fn is_proved(&mut self, certificate: &Certificate, tile: &mut Tile) -> bool {
        certificate.conditions.iter().all(|condition| {
            let [above, below] = condition.factors.map(|factor| self.sign(factor, tile));
            let (Some(above), Some(below)) = (above, below) else { return false };
            below != Ordering::Equal && condition.wanted.is_met(product(above, below))
        })
    }

    /// Whether a demand is met everywhere in a tile (`true`) or nowhere; `None` if that is not
    /// known. Looks for a proof only of what is `wanted`.
    fn decide(&mut self, sheet: &mut Sheet, demand: &Demand, wanted: bool) -> Option<bool> {
        if let Some(known) = sheet.known.get(demand) {
            return Some(*known);
        }
        if sheet.hopeless.contains(&(demand.clone(), wanted)) {
            return None;
        }
        let frame = sheet.frame.expect("a demand is made in a frame");
        let key = (frame, demand.clone());
        let mut learnt = self.known.remove(&key).unwrap_or_default();
        let known = learnt.certificates.iter().find(|one| self.is_proved(one, &mut sheet.tile));
        let mut found = known.map(|certificate| certificate.is_met);
        if found.is_none() {
            found = self.learn(sheet, demand, wanted, &mut learnt);
        }
        self.known.insert(key, learnt);
        match found {
            Some(is_met) => {
                sheet.known.insert(demand.clone(), is_met);
            }
            None => {
                sheet.hopeless.insert((demand.clone(), wanted));
            }
        }
        found
    }

    /// Solves a demand's program in the middle of a tile for a new proof that holds in all of it.
    fn learn(
        &mut self,
        sheet: &mut Sheet,
        demand: &Demand,
        wanted: bool,
        learnt: &mut Learnt,
    ) -> Option<bool> {
        let frame = sheet.frame.expect("a demand is made in a frame");
        let families = learnt.families.get_or_insert_with(|| self.families(frame, demand)).clone();
        let values = self.sample(sheet);
        // With margins first if it is to be met: such a proof reaches far.
        let modes: &[bool] = if wanted { &[true, false] } else { &[false] };
        for margin in modes {
            let family = &families[usize::from(*margin)];
            let (program, objective) = family.at(&values);
            let settled = program.settle(&objective);
            let is_met = is_met(family, &settled);
            if is_met != wanted || !learnt.tried.insert((*margin, settled.basis.clone())) {
                continue;
            }
            let positive = &self.frames[frame].positive;
            let mut scale = Scale { book: &mut self.book, positive, values: &values };
            let Some(certificate) = certify(family, &settled, &mut scale) else {
                self.obstacle = Some("polynomials grow too long there");
                continue;
            };
            let is_proved = self.is_proved(&certificate, &mut sheet.tile);
            learnt.certificates.push(certificate);
            if is_proved {
                return Some(wanted);
            }
        }
        None
    }

    /// The programs of a demand, without and with margins.
    fn families(&self, frame: usize, demand: &Demand) -> [Arc<Family>; 2] {
        let source = Source {
            form: self.form(),
            start: &self.starts[demand.start],
            weighted: &self.frames[frame].weighted,
        };
        [false, true].map(|margin| Arc::new(Family::of(&source, demand, margin)))
    }
}

/// The situations, those with the longest histories first.
fn last_first(form: &GameForm) -> Vec<InfoSetId> {
    let mut depth = vec![0; form.node_count()];
    for node in form.nodes().skip(1) {
        let parent = form.parent(node).expect("only the root has no parent");
        depth[node.index()] = depth[parent.index()] + 1;
    }
    let depth = |set: &InfoSetId| form.members(*set).iter().map(|node| depth[node.index()]).max();
    let mut order: Vec<InfoSetId> = form.info_set_ids().collect();
    order.sort_by_key(|set| (std::cmp::Reverse(depth(set)), *set));
    order
}
