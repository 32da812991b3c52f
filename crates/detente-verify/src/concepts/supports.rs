//! The common search behind `pbe` and `sequential`.
//!
//! In both, a belief at an unreached set is concentrated on its *most plausible* members, and its
//! proportions come from weights that are shared by several sets. Members whose relative
//! plausibility is fixed by moves of positive probability form a *group*: a group is in the
//! support of a set's belief as a whole or not at all, and has one unknown density. So an
//! assessment is found by choosing a support at every unreached set such that
//!
//! 1. some order of plausibility makes exactly the supports most plausible: linear inequalities
//!    in the orders, one linear program;
//! 2. some positive densities make every choice best: linear inequalities in the densities
//!    (homogeneous, so "positive" can be "at least 1"), one linear program over all sets jointly,
//!    its inequalities generated from best plans as in [`crate::beliefs`].
//!
//! The search goes over supports and tries both programs at every step. A program without a
//! solution names the places that contradict each other; such a conflict is remembered, and where
//! nothing is left to try the search goes back to the last place that has a part in it.

use crate::beliefs::Situation;
use crate::best_response::Plan;
use crate::concepts::comparisons::Comparisons;
use crate::concepts::programs::{self, Conflict, Point};
use crate::lp::Broken;
use crate::reach::normalised;
use detente_game::Rational;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A sum of variables with integer factors.
pub(crate) type Expression = Vec<(usize, i64)>;

/// One unreached set: the group and the weight inside its group of every member.
#[derive(Debug)]
pub(crate) struct Place {
    /// `None` for members that cannot be among the most plausible.
    pub group: Vec<Option<usize>>,
    /// Product of the positive probabilities of the moves before the member.
    pub factor: Vec<Rational>,
}

impl Place {
    /// The groups that may support the belief, in order.
    pub fn groups(&self) -> Vec<usize> {
        let mut groups: Vec<usize> = self.group.iter().flatten().copied().collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// The only belief there can be, if all members that may be believed in are of one group.
    pub fn forced(&self) -> Option<Vec<Rational>> {
        let groups = self.groups();
        (groups.len() == 1).then(|| self.belief(&groups, &[Rational::ONE]))
    }

    /// The belief for a support and the density of each of its groups.
    pub fn belief(&self, support: &[usize], density: &[Rational]) -> Vec<Rational> {
        let weights = self.group.iter().zip(&self.factor).map(|(group, factor)| {
            let at = support.iter().position(|one| Some(one) == group.as_ref());
            at.map_or(Rational::ZERO, |at| factor * &density[at])
        });
        normalised(weights.collect()).expect("a support is not empty and its weights positive")
    }
}

/// What is to be found for which sets.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Number of unknown orders, none negative.
    pub variables: usize,
    /// Each must be at least 1.
    pub at_least_one: Vec<Expression>,
    /// Per group, its order.
    pub order: Vec<Expression>,
    /// Per group, the unknown weights whose product is its density, sorted, repetitions allowed.
    pub monomials: Vec<Vec<usize>>,
    /// One per situation.
    pub places: Vec<Place>,
}

impl Model {
    /// Per group of a support, its monomial less what all of them have in common: beliefs depend
    /// on proportions alone, so situations that differ by a common factor share their unknowns.
    pub fn parts(&self, support: &[usize]) -> Vec<Vec<usize>> {
        let mut common = self.monomials[support[0]].clone();
        for group in &support[1..] {
            common = split(&common, &self.monomials[*group]).0;
        }
        support.iter().map(|group| split(&self.monomials[*group], &common).1).collect()
    }

    /// The density of each group of a support, up to a common factor.
    pub fn shares(&self, support: &[usize], density: &Densities) -> Vec<Rational> {
        let share = |part| density.get(&part).cloned().unwrap_or(Rational::ONE);
        self.parts(support).into_iter().map(share).collect()
    }
}

/// What two sorted lists have in common, and what the first has beyond that.
fn split(list: &[usize], other: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut rest = other.to_vec();
    list.iter().partition(|entry| match rest.iter().position(|one| one == *entry) {
        Some(at) => {
            rest.remove(at);
            true
        }
        None => false,
    })
}

/// Densities by the parts of monomials they stand for (see [`Model::parts`]); 1 if absent.
pub(crate) type Densities = BTreeMap<Vec<usize>, Rational>;

/// Orders and densities that do for all situations.
#[derive(Debug)]
pub(crate) struct Solution {
    /// Per variable.
    pub order: Vec<u32>,
    /// In proportions that make every choice best.
    pub density: Densities,
    /// Per place, its supporting groups.
    pub supports: Vec<Vec<usize>>,
}

/// How the search ended.
pub(crate) enum Outcome<T> {
    /// What `finish` made of the first solution it accepted.
    Found(T),
    /// There is no solution. Where the search got stuck furthest on.
    Impossible(Stuck),
    /// There are solutions, but `finish` accepted none.
    NoneAccepted,
    /// Not all supports were tried.
    Stopped,
    /// The linear programming failed its check.
    Broken,
}

/// The place that no consistent beliefs support which support all places decided before it.
#[derive(Debug)]
pub(crate) struct Stuck {
    pub place: usize,
    /// How many places were decided before it.
    pub after: usize,
    /// Its player's least gain over all such beliefs (or beliefs arbitrarily near to such).
    pub gain: Rational,
    /// A plan that has it.
    pub plan: Plan,
}

/// How many supports are tried in the last attempt before the search is given up.
const MOST_TRIALS: u32 = 1 << 14;
/// With more groups than this at one set, not all supports are tried.
const MOST_GROUPS: usize = 10;

/// What became of a solution.
pub(crate) enum Ending<T> {
    Accepted(T),
    /// Neither accepted nor shown to be impossible.
    Open,
    /// It is shown that no beliefs with these supports make all choices at these places best.
    Contradiction(Conflict),
}

type Finish<'f, T> = dyn FnMut(&mut [Situation], &Solution) -> Result<Ending<T>, Broken> + 'f;

/// Runs the search.
///
/// It is restarted with growing patience, each time deciding first those places at which it ran
/// into dead ends before: a contradiction between few places is then met at once, and not again
/// under every choice at places that have nothing to do with it.
pub(crate) fn search<T>(
    situations: &mut [Situation],
    model: &Model,
    finish: &mut Finish<T>,
) -> Outcome<T> {
    let comparisons = Comparisons::new(model);
    let mut dead_ends = vec![0_u32; model.places.len()];
    let mut patience = 64;
    loop {
        let mut state = State::new(model, &comparisons, dead_ends, patience);
        match state.run(situations, finish) {
            Err(Broken) => return Outcome::Broken,
            Ok(Some(found)) => return Outcome::Found(found),
            Ok(None) if state.out_of_patience && patience < MOST_TRIALS => {
                patience *= 2;
                dead_ends = state.dead_ends;
            }
            Ok(None) if state.refused => return Outcome::NoneAccepted,
            Ok(None) if state.out_of_patience || state.incomplete => return Outcome::Stopped,
            Ok(None) => return state.stuck.map_or(Outcome::Broken, Outcome::Impossible),
        }
    }
}

struct State<'m> {
    model: &'m Model,
    comparisons: &'m Comparisons,
    /// The order in which places are decided. Forced ones have nothing to decide, and that their
    /// choices are best was checked before.
    sequence: Vec<usize>,
    supports: Vec<Vec<usize>>,
    trials_left: u32,
    out_of_patience: bool,
    /// Some supports are never tried.
    incomplete: bool,
    refused: bool,
    stuck: Option<Stuck>,
    /// Per place, how often no support of it did.
    dead_ends: Vec<u32>,
    /// Per place, the supports of it and of places before it that contradict each other.
    conflicts: Vec<Vec<Remembered>>,
}

/// Places with supports that contradict each other.
type Remembered = Vec<(usize, Vec<usize>)>;

/// A place being decided: what is left to try, and what was found before it.
struct Frame {
    options: std::vec::IntoIter<Vec<usize>>,
    before: Rc<Point>,
    dead_end: bool,
    /// The places before this one because of which nothing tried here did.
    blamed: BTreeSet<usize>,
}

/// What became of a support that was tried.
enum Attempt {
    Fits(Rc<Point>),
    Contradicts(Conflict),
}

impl<'m> State<'m> {
    fn new(
        model: &'m Model,
        comparisons: &'m Comparisons,
        dead_ends: Vec<u32>,
        patience: u32,
    ) -> Self {
        let groups: Vec<Vec<usize>> = model.places.iter().map(Place::groups).collect();
        let mut sequence: Vec<usize> =
            (0..groups.len()).filter(|at| groups[*at].len() > 1).collect();
        sequence.sort_by_key(|at| (std::cmp::Reverse(dead_ends[*at]), groups[*at].len()));
        let supports = groups
            .into_iter()
            .map(|groups| if groups.len() == 1 { groups } else { Vec::new() })
            .collect();
        Self {
            model,
            comparisons,
            sequence,
            supports,
            trials_left: patience,
            out_of_patience: false,
            incomplete: false,
            refused: false,
            stuck: None,
            dead_ends,
            conflicts: vec![Vec::new(); model.places.len()],
        }
    }

    /// Depth first, with a stack of its own: there may be thousands of places.
    fn run<T>(
        &mut self,
        situations: &mut [Situation],
        finish: &mut Finish<T>,
    ) -> Result<Option<T>, Broken> {
        let mut frames: Vec<Frame> = Vec::new();
        let mut point = Rc::new(Point::start(self.model)?);
        loop {
            if frames.len() == self.sequence.len() {
                match self.end(situations, &point, finish)? {
                    Ending::Accepted(found) => return Ok(Some(found)),
                    Ending::Contradiction(conflict) => self.remember(&conflict, &mut frames),
                    // Nothing says which places are to blame.
                    Ending::Open => self.blame(&self.sequence, &mut frames),
                }
            } else {
                frames.push(self.frame(frames.len(), point));
            }
            match self.advance(situations, &mut frames)? {
                Some(next) => point = next,
                None => return Ok(None),
            }
        }
    }

    /// Opens the place at a depth: the supports that do not contradict one decided before, and the
    /// places because of which the others are left out.
    fn frame(&mut self, depth: usize, before: Rc<Point>) -> Frame {
        let place = self.sequence[depth];
        let mut blamed = BTreeSet::new();
        let mut options = self.options(place, &before);
        if self.model.places[place].groups().len() <= MOST_GROUPS {
            let known = self.comparisons.known(place, &self.sequence[..depth], &self.supports);
            options.retain(|option| {
                let against = known.iter().find(|known| known.contradicts(option));
                blamed.extend(against.into_iter().flat_map(|known| &known.from).copied());
                against.is_none()
            });
        }
        Frame { options: options.into_iter(), before, dead_end: true, blamed }
    }

    /// Tries what is left at the last open place, and at the places before it that are to blame,
    /// until something does.
    fn advance(
        &mut self,
        situations: &mut [Situation],
        frames: &mut Vec<Frame>,
    ) -> Result<Option<Rc<Point>>, Broken> {
        while let Some(depth) = frames.len().checked_sub(1) {
            let place = self.sequence[depth];
            let Some(option) = frames[depth].options.next() else {
                self.go_back(frames);
                continue;
            };
            self.supports[place] = option;
            if let Some(conflict) = self.known_conflict(place) {
                frames[depth].blamed.extend(conflict);
                continue;
            }
            if self.trials_left == 0 {
                self.out_of_patience = true;
                return Ok(None);
            }
            self.trials_left -= 1;
            let before = Rc::clone(&frames[depth].before);
            match self.attempt(situations, depth, before)? {
                Attempt::Fits(point) => {
                    frames[depth].dead_end = false;
                    return Ok(Some(point));
                }
                Attempt::Contradicts(conflict) => {
                    self.remember(&conflict, frames);
                }
            }
        }
        Ok(None)
    }

    /// Keeps a conflict with the last decided of its places.
    fn remember(&mut self, conflict: &Conflict, frames: &mut [Frame]) {
        let supports = conflict.iter().map(|at| (*at, self.supports[*at].clone())).collect();
        if let Some(last) = self.sequence.iter().rfind(|at| conflict.contains(at)) {
            self.conflicts[*last].push(supports);
        }
        self.blame(conflict, frames);
    }

    fn blame(&self, places: &[usize], frames: &mut [Frame]) {
        if let Some(last) = frames.last_mut() {
            last.blamed.extend(places);
        }
    }

    /// Leaves the last place, and those before it that have no part in its having no support left
    /// (Prosser 1993: conflict-directed backjumping).
    fn go_back(&mut self, frames: &mut Vec<Frame>) {
        let Some(last) = frames.pop() else { return };
        let place = self.sequence[frames.len()];
        self.dead_ends[place] += u32::from(last.dead_end);
        self.supports[place].clear();
        let mut blamed = last.blamed;
        blamed.remove(&place);
        while let Some(depth) = frames.len().checked_sub(1) {
            let before = self.sequence[depth];
            if blamed.contains(&before) {
                frames[depth].blamed.extend(blamed);
                return;
            }
            self.supports[before].clear();
            frames.pop();
        }
    }

    /// The places of a remembered conflict that the supports chosen so far contain.
    fn known_conflict(&self, place: usize) -> Option<Conflict> {
        let holds = |(at, support): &(usize, Vec<usize>)| self.supports[*at] == *support;
        let found = self.conflicts[place].iter().find(|conflict| conflict.iter().all(holds))?;
        Some(found.iter().map(|(at, _)| *at).collect())
    }

    /// Orders and densities for the places up to `depth`, the old ones where they still do.
    fn attempt(
        &mut self,
        situations: &mut [Situation],
        depth: usize,
        before: Rc<Point>,
    ) -> Result<Attempt, Broken> {
        let (model, place) = (self.model, self.sequence[depth]);
        let decided = &self.sequence[..=depth];
        let order = if most_plausible(model, place, &before.order) == self.supports[place] {
            None
        } else {
            match programs::orders(model, decided, &self.supports)? {
                Ok(order) => Some(order),
                Err(conflict) => return Ok(Attempt::Contradicts(conflict)),
            }
        };
        let shares = model.shares(&self.supports[place], &before.density);
        let belief = model.places[place].belief(&self.supports[place], &shares);
        let density = if situations[place].challenge(&belief).0.is_positive() {
            match programs::densities(model, situations, decided, &self.supports)? {
                Ok(density) => Some(density),
                Err(conflict) => {
                    self.note_stuck(situations, depth, &conflict)?;
                    return Ok(Attempt::Contradicts(conflict));
                }
            }
        } else {
            None
        };
        if order.is_none() && density.is_none() {
            return Ok(Attempt::Fits(before));
        }
        Ok(Attempt::Fits(Rc::new(Point {
            order: order.unwrap_or_else(|| before.order.clone()),
            density: density.unwrap_or_else(|| before.density.clone()),
        })))
    }

    /// Keeps the least gain at the furthest place reached. What is gained whenever the places of
    /// the conflict have these supports bounds also the gains in what is skipped because of it.
    fn note_stuck(
        &mut self,
        situations: &mut [Situation],
        depth: usize,
        conflict: &Conflict,
    ) -> Result<(), Broken> {
        if self.stuck.as_ref().is_some_and(|known| known.after > depth) {
            return Ok(());
        }
        let place = self.sequence[depth];
        let mut decided: Vec<usize> = conflict.iter().copied().filter(|at| *at != place).collect();
        decided.push(place);
        let found = programs::least_gain(self.model, situations, &decided, &self.supports)?;
        let Some((gain, plan)) = found else { return Ok(()) };
        let better = |known: &Stuck| known.after < depth || gain < known.gain;
        if self.stuck.as_ref().is_none_or(better) {
            self.stuck = Some(Stuck { place, after: depth, gain, plan });
        }
        Ok(())
    }

    fn end<T>(
        &mut self,
        situations: &mut [Situation],
        point: &Point,
        finish: &mut Finish<T>,
    ) -> Result<Ending<T>, Broken> {
        let Some(order) = programs::integers(&point.order) else {
            self.incomplete = true;
            return Ok(Ending::Open);
        };
        let density = point.density.clone();
        let solution = Solution { order, density, supports: self.supports.clone() };
        let ending = finish(situations, &solution)?;
        match &ending {
            Ending::Accepted(_) => {}
            Ending::Open => self.refused = true,
            Ending::Contradiction(conflict) => self.note_contradiction(situations, conflict),
        }
        Ok(ending)
    }

    /// Whoever makes all other choices best does not make this one best; how much is gained there
    /// at least is not known.
    fn note_contradiction(&mut self, situations: &mut [Situation], conflict: &Conflict) {
        let after = self.sequence.len() - 1;
        let open = |known: &Stuck| known.after < after || known.gain.is_positive();
        let Some(&place) = conflict.last() else { return };
        if self.stuck.as_ref().is_none_or(open) {
            let tempting = situations[place].tempting();
            let (_, plan) = situations[place].challenge(&tempting);
            self.stuck = Some(Stuck { place, after, gain: Rational::ZERO, plan });
        }
    }

    /// Supports to try: first the one that the orders found so far make most plausible, then
    /// small ones before large ones.
    fn options(&mut self, place: usize, point: &Point) -> Vec<Vec<usize>> {
        let groups = self.model.places[place].groups();
        let natural = most_plausible(self.model, place, &point.order);
        let mut options: Vec<Vec<usize>> = if groups.len() <= MOST_GROUPS {
            let chosen = |mask: usize| {
                let inside = groups.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
                inside.map(|(_, group)| *group).collect()
            };
            (1_usize..1 << groups.len()).map(chosen).collect()
        } else {
            self.incomplete = true;
            let singles = groups.iter().map(|group| vec![*group]);
            singles.chain([groups.clone()]).collect()
        };
        options.sort_by_key(|option| (*option != natural, option.len()));
        if options.first() != Some(&natural) {
            options.insert(0, natural);
        }
        options
    }
}

/// The groups at a place that given orders make most plausible.
fn most_plausible(model: &Model, place: usize, order: &[Rational]) -> Vec<usize> {
    let groups = model.places[place].groups();
    let worth = |group: &usize| programs::value(&model.order[*group], order);
    let least = groups.iter().map(worth).min();
    groups.iter().copied().filter(|group| Some(worth(group)) == least).collect()
}
