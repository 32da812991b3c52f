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

use crate::solvers::pure::Prepared;
use crate::solvers::pure::parametric::book::{Book, Outcome, Point, TestId};
use crate::solvers::pure::parametric::frame::{Decision, Frame, Obstacle};
use crate::solvers::pure::parametric::terms::Terms;
use crate::solvers::pure::parametric::{Signs, Tile};
use certificate::{Certificate, Scale, Wanted, certify, product, seems_met};
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::{Game, InfoSetId, ParamId, Profile, Rational};
use detente_linear::{Basic, Believed};
use family::{Demand, Family, Source};
use shape::Start;
use sheet::{Sample, Samples};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    demands: HashMap<(usize, Demand), DemandId>,
    known: Vec<Learnt>,
    met: Vec<Met>,
    distrusted: BTreeSet<Way>,
    obstacle: Option<&'static str>,
    stop: Option<Arc<AtomicBool>>,
}

/// The number of a demand in a frame.
type DemandId = u32;

/// What is known of a demand in a frame.
#[derive(Default)]
struct Learnt {
    families: Option<[Arc<Family>; 2]>,
    certificates: Vec<Certificate>,
    /// Bases that were solved for, in the program with margins or without.
    tried: BTreeSet<(bool, Vec<Basic>)>,
}

/// Signs that are taken either way at once.
const MOST_TAKEN: usize = 6;
/// The most actions of both players together.
const MOST_ACTIONS: usize = 80;
/// All sets of options of a situation are tried.
const MOST_OPTIONS: u32 = 6;

impl Atlas {
    /// Nothing is known yet. The other parameters stay at their base values.
    ///
    /// # Errors
    /// As [`check`].
    pub fn new(
        game: &Game,
        params: &[ParamId],
        ranges: Vec<(Rational, Rational)>,
        concept: &Concept,
        stop: Option<Arc<AtomicBool>>,
    ) -> Result<Self, String> {
        let form = &game.form;
        check(form, concept)?;
        let roots = form.player_ids().map(|player| Start::of(form, player, &[GameForm::ROOT]));
        let sets = form.info_set_ids();
        let sets = sets.map(|set| Start::of(form, form.info_set(set).player, form.members(set)));
        Ok(Self {
            starts: roots.chain(sets).collect(),
            order: last_first(form),
            prepared: Prepared::new(Arc::clone(form)),
            base: game.base_point(),
            params: params.to_vec(),
            has_beliefs: *concept == Concept::WeakPbe,
            book: Book::new(params.len()),
            signs: Signs::new(ranges),
            frames: Vec::new(),
            demands: HashMap::new(),
            known: Vec::new(),
            met: Vec::new(),
            distrusted: BTreeSet::new(),
            obstacle: None,
            stop,
            game: game.clone(),
        })
    }

    fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(std::sync::atomic::Ordering::Relaxed))
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
        let drawn = self.drawn(&sheet.tile, &vec![Rational::new(1, 2); self.params.len()]);
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

    /// A point of a tile, in numbers of double precision.
    fn drawn(&self, tile: &Tile, shares: &[Rational]) -> Vec<f64> {
        self.signs.values(&tile.at(shares)).iter().map(Rational::to_f64).collect()
    }

    /// The values of all variables of the polynomials at some points of a tile, the first of them
    /// in its middle.
    fn samples(&self, sheet: &mut Sheet) -> Samples {
        if let Some(known) = &sheet.samples {
            return Arc::clone(known);
        }
        let exact = |shares: Vec<Rational>| {
            let drawn = self.drawn(&sheet.tile, &shares);
            let mut point = Point::new(&drawn);
            let values = point.exact(&self.book).to_vec();
            point.extend(&self.book);
            Arc::new(Sample { values, numbers: point.into_numbers().0 })
        };
        let samples: Samples = Arc::new(lattice(self.params.len()).map(exact).collect());
        sheet.samples = Some(Arc::clone(&samples));
        samples
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

    /// Whether proofs of one kind, together, hold all over a tile.
    fn is_covered(&mut self, learnt: &Learnt, is_met: bool, tile: &mut Tile) -> bool {
        let proofs = learnt.certificates.iter().filter(|one| one.is_met == is_met);
        let proofs: Vec<&Certificate> = proofs.collect();
        self.is_covered_by(&proofs, tile, &mut Vec::new())
    }

    /// The same where some tests are taken to have these signs: if no proof holds, the nearest one is
    /// tried on either side of what it depends on.
    fn is_covered_by(
        &mut self,
        proofs: &[&Certificate],
        tile: &mut Tile,
        taken: &mut Vec<Outcome>,
    ) -> bool {
        let mut nearest: Option<(usize, TestId)> = None;
        for proof in proofs {
            match self.standing(proof, tile, taken) {
                Standing::Holds => return true,
                Standing::Fails => {}
                Standing::Depends(many, first) => {
                    if nearest.is_none_or(|(least, _)| many < least) {
                        nearest = Some((many, first));
                    }
                }
            }
        }
        let Some((_, test)) = nearest.filter(|_| taken.len() < MOST_TAKEN) else { return false };
        [Ordering::Less, Ordering::Greater].into_iter().all(|sign| {
            taken.push((test, sign));
            let is_covered = self.is_covered_by(proofs, tile, taken);
            taken.pop();
            is_covered
        })
    }

    /// Whether a proof holds in a tile where some tests are taken to have these signs.
    fn standing(&mut self, proof: &Certificate, tile: &mut Tile, taken: &[Outcome]) -> Standing {
        let mut open = (0, None);
        for condition in &proof.conditions {
            let mut sign = Some(Ordering::Greater);
            for (place, factor) in condition.factors.into_iter().enumerate() {
                let own = match self.sign(factor, tile) {
                    Some(own) => Some(own),
                    None => taken_sign(factor, taken),
                };
                if place == 1 && own == Some(Ordering::Equal) {
                    return Standing::Fails;
                }
                if let (None, Decision::Test(test, _)) = (own, factor) {
                    open = (open.0 + 1, open.1.or(Some(test)));
                }
                sign = sign.and_then(|sign| own.map(|own| product(sign, own)));
            }
            let is_met = match sign {
                Some(sign) => condition.wanted.is_met(sign),
                // A sign that may change is not zero but on a line.
                None => condition.wanted != Wanted::Zero,
            };
            if !is_met {
                return Standing::Fails;
            }
        }
        match open {
            (many, Some(test)) => Standing::Depends(many, test),
            _ => Standing::Holds,
        }
    }

    /// Whether a demand is met everywhere in a tile (`true`) or nowhere; `None` if that is not
    /// known. Looks for a proof only of what is `wanted`.
    fn decide(&mut self, sheet: &mut Sheet, demand: &Demand, wanted: bool) -> Option<bool> {
        let frame = sheet.frame.expect("a demand is made in a frame");
        let number = self.number(frame, demand);
        if let Some(known) = sheet.known.get(&number) {
            return Some(*known);
        }
        if sheet.hopeless.contains(&(number, wanted)) {
            return None;
        }
        let mut learnt = std::mem::take(&mut self.known[number as usize]);
        let mut found = [wanted, !wanted]
            .into_iter()
            .find(|is_met| self.is_covered(&learnt, *is_met, &mut sheet.tile));
        if found.is_none() && self.learn(sheet, demand, wanted, &mut learnt) {
            found = Some(wanted);
        }
        self.known[number as usize] = learnt;
        match found {
            Some(is_met) => sheet.known.insert(number, is_met),
            None => drop(sheet.hopeless.insert((number, wanted))),
        }
        found
    }

    /// The number of a demand in a frame.
    fn number(&mut self, frame: usize, demand: &Demand) -> DemandId {
        let new = self.known.len() as DemandId;
        let number = *self.demands.entry((frame, demand.clone())).or_insert(new);
        if number == new {
            self.known.push(Learnt::default());
        }
        number
    }

    /// Proves what is wanted all over a tile from a demand's program at some points of it, if it can;
    /// if the contrary is true at one of them, nothing can be proved.
    fn learn(
        &mut self,
        sheet: &mut Sheet,
        demand: &Demand,
        wanted: bool,
        learnt: &mut Learnt,
    ) -> bool {
        let frame = sheet.frame.expect("a demand is made in a frame");
        if learnt.families.is_none() {
            learnt.families = self.families(frame, demand);
        }
        let Some(families) = learnt.families.clone() else { return false };
        let samples = self.samples(sheet);
        let bases = samples.iter().map(|sample| base(&families, sample, wanted));
        let Some(bases) = bases.collect::<Option<Vec<_>>>() else { return false };
        // Each proof is dear, and one of them is often enough.
        for ((margin, believed), sample) in bases.into_iter().zip(samples.iter()) {
            if !learnt.tried.insert((margin, believed.basis.clone())) {
                continue;
            }
            let positive = &self.frames[frame].positive;
            let mut scale = Scale { book: &mut self.book, positive, values: &sample.values };
            let certificate = certify(&families[usize::from(margin)], &believed, &mut scale);
            match certificate {
                Some(certificate) => learnt.certificates.push(certificate),
                None => self.obstacle = Some("polynomials grow too long there"),
            }
            if self.is_covered(learnt, wanted, &mut sheet.tile) {
                return true;
            }
        }
        false
    }

    /// The programs of a demand, without and with margins; `None` if they would be very long.
    fn families(&self, frame: usize, demand: &Demand) -> Option<[Arc<Family>; 2]> {
        let source = Source {
            form: self.form(),
            start: &self.starts[demand.start],
            weighted: &self.frames[frame].weighted,
            impossible: &self.frames[frame].impossible,
        };
        let family = |margin| Family::of(&source, demand, margin).map(Arc::new);
        Some([family(false)?, family(true)?])
    }
}

/// Whether a game can be examined over its parameters.
///
/// # Errors
/// A part of a sentence if the game is not of the kind or the concept is none of Nash and weak
/// perfect Bayesian equilibrium.
pub fn check(form: &GameForm, concept: &Concept) -> Result<(), String> {
    if !matches!(concept, Concept::Nash | Concept::WeakPbe) {
        return Err(format!("mixed plays are not mapped by {}", concept.name()));
    }
    if form.players().len() != 2 {
        return Err("mixed plays are mapped for two players".to_owned());
    }
    if !form.has_perfect_recall() {
        return Err("mixed plays are mapped where both players have perfect recall".to_owned());
    }
    let actions = form.action_count();
    if actions > MOST_ACTIONS {
        return Err(format!("the players have {actions} actions, more than {MOST_ACTIONS}"));
    }
    let most = form.info_sets().iter().map(|set| set.action_count).max().unwrap_or(0);
    if most > MOST_OPTIONS {
        return Err(format!("a situation has {most} options, more than {MOST_OPTIONS}"));
    }
    if form.info_set_ids().any(|set| form.members(set).is_empty()) {
        return Err("a situation comes up nowhere".to_owned());
    }
    Ok(())
}

/// The basis in which a demand's program ends at a point, with margins or without; `None` if the
/// contrary of what is wanted seems to be true there.
fn base(families: &[Arc<Family>; 2], at: &Sample, wanted: bool) -> Option<(bool, Believed)> {
    // With margins first if it is to be met: such a proof reaches far.
    let modes: &[bool] = if wanted { &[true, false] } else { &[false] };
    modes.iter().find_map(|margin| {
        let family = &families[usize::from(*margin)];
        let believed = family.believe(&at.numbers)?;
        (seems_met(family, &believed) == wanted).then_some((*margin, believed))
    })
}

/// How a proof stands in a tile.
enum Standing {
    Holds,
    Fails,
    /// On so many signs that are not certain, and one of them.
    Depends(usize, TestId),
}

fn taken_sign(decision: Decision, taken: &[Outcome]) -> Option<Ordering> {
    let Decision::Test(test, flip) = decision else { return None };
    let (_, sign) = taken.iter().find(|(known, _)| *known == test)?;
    Some(if flip { sign.reverse() } else { *sign })
}

/// Points of a tile at which is solved: its middle, then those near its corners.
fn lattice(axes: usize) -> impl Iterator<Item = Vec<Rational>> {
    let corner = move |number: u32| {
        let side = |axis: usize| Rational::new(if number >> axis & 1 == 0 { 1 } else { 15 }, 16);
        (0..axes).map(side).collect()
    };
    std::iter::once(vec![Rational::new(1, 2); axes]).chain((0..1 << axes.min(3)).map(corner))
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
