//! Pure equilibria as functions of parameters: at a million points as easily as at one.
//!
//! A point is solved once under record (`traced`): every comparison the search made is a
//! polynomial in the parameters and its sign (`frame`, `book`). Records make a graph of tests
//! (`course`), in which courses that come to the same point of the search are one from there on.
//! Another point follows the graph, a sign at a time, in double precision with a bound of the
//! rounding error, and by fractions where the bound does not suffice; it lists what the search
//! would list there. A point for which the graph has no answer is solved and put on record.

pub(crate) mod book;
mod course;
mod fast;
pub(crate) mod frame;
pub(crate) mod inherited;
pub(crate) mod terms;
mod tiles;
mod traced;
mod ways;

pub use fast::{Approximate, Fast};
pub use tiles::{Cover, Signs, Tile};

use super::prepared::Prepared;
use super::tables::{Tables, Waypoint};
use crate::{Budget, Question};
use book::{Book, Point};
use course::{Course, Ending, Noted};
use detente_game::form::NodeKind;
use detente_game::instance::GameInstance;
use detente_game::{Game, InfoSetId, NodeId, ParamId, Profile, Rational};
use frame::{Decision, Frame, Obstacle};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use traced::{Products, Record, Sum, Traced};
use ways::Gap;

/// The choices on the path of play: what everybody does who is called upon.
pub type Path = Vec<(InfoSetId, u32)>;

/// A way to play, with what comes of it as functions of the drawn parameters.
#[derive(Debug)]
pub struct Play {
    /// The choices on the path.
    pub path: Path,
    /// The probability of each named outcome in order, then of all ends without one.
    pub outcomes: Vec<Fast>,
    /// Each player's expected payoff, by the common probabilities.
    pub payoffs: Vec<Fast>,
}

/// A solution that the search lists at some points: the profiles it stands for.
#[derive(Debug, Clone)]
pub struct Listed {
    /// A point at which it is listed: the values of the drawn parameters.
    pub inside: Vec<f64>,
    /// The candidates; none for a solution of a part of the game.
    pub profiles: Vec<Profile>,
    /// The numbers of the different ways to play among them, rising.
    pub plays: Vec<u32>,
    /// Whether it may be relied on.
    is_trusted: bool,
}

/// What is found at a point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The graph does not say.
    Unknown,
    /// All there is: numbers in [`Cells::known`].
    Listed(Vec<u32>),
    /// There is no game.
    NoGame,
    /// More than signs of polynomials decides, so the point must be solved on its own.
    Alone,
}

/// Where a point belongs.
#[derive(Debug, Clone)]
pub struct Place {
    /// What is found there.
    pub found: Found,
    /// Whether fractions had to decide a sign.
    pub was_close: bool,
    /// The values of all variables of the functions in [`Play`].
    pub variables: Vec<f64>,
    /// Bounds of their relative errors; a variable without one is exact.
    pub relative: Vec<f64>,
}

/// The pure equilibria of a game over some of its parameters.
pub struct Cells {
    game: Game,
    prepared: Prepared,
    question: Question,
    drawn: Vec<ParamId>,
    base: Vec<Rational>,
    book: Book,
    frames: Vec<Known>,
    course: Course,
    listed: Vec<Listed>,
    /// Solutions listed for the first time, see [`Cells::take_new`].
    new: Vec<usize>,
    plays: Vec<Play>,
}

/// A search on record is cut off after so many trials, and points like it are solved alone.
const LONGEST: u64 = 200_000;

/// What a search on record comes to.
struct Solved {
    ending: Ending,
    noted: Vec<Noted>,
    /// Each with the place of its solution among those listed.
    profiles: Vec<(usize, Profile)>,
    was_stopped: bool,
}

/// A frame with what was worked out in it.
struct Known {
    frame: Frame,
    decisions: HashMap<Sum, Decision>,
    products: Products,
    plays: BTreeMap<Path, u32>,
}

impl Cells {
    /// Nothing is known yet. `drawn` are the parameters that vary; the others stay at their base
    /// values. The concept is the question's: `Nash`, `SubgamePerfect` or `WeakPbe`, for which
    /// pure search decides exactly.
    #[must_use]
    pub fn new(game: &Game, drawn: &[ParamId], question: Question) -> Self {
        Self {
            prepared: Prepared::new(Arc::clone(&game.form)),
            base: game.base_point(),
            book: Book::new(drawn.len()),
            frames: Vec::new(),
            course: Course::default(),
            listed: Vec::new(),
            new: Vec::new(),
            plays: Vec::new(),
            drawn: drawn.to_vec(),
            game: game.clone(),
            question,
        }
    }

    /// The game.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// What is looked for.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The solutions known so far.
    #[must_use]
    pub fn known(&self) -> &[Listed] {
        &self.listed
    }

    /// The ways to play known so far.
    #[must_use]
    pub fn plays(&self) -> &[Play] {
        &self.plays
    }

    /// The full point of a draw, as fractions.
    #[must_use]
    pub fn point(&self, drawn: &[f64]) -> Vec<Rational> {
        let mut point = self.base.clone();
        for (param, value) in self.drawn.iter().zip(drawn) {
            point[param.index()] = Rational::from_f64(*value).unwrap_or_default();
        }
        point
    }

    /// What is found at a draw: `drawn[k]` is the value of the `k`-th drawn parameter, exactly.
    #[must_use]
    pub fn place(&self, drawn: &[f64]) -> Place {
        let mut point = Point::new(drawn);
        point.extend(&self.book);
        let walked = self.course.walk(&self.book, &mut point);
        let found = walked.ending.map_or(Found::Unknown, |end| self.found(end, walked.finds));
        let was_close = point.was_close;
        let (variables, relative) = point.into_numbers();
        Place { found, was_close, variables, relative }
    }

    fn found(&self, ending: Ending, finds: Vec<u32>) -> Found {
        let is_trusted =
            |found: &u32| self.listed.get(*found as usize).is_some_and(|listed| listed.is_trusted);
        match ending {
            Ending::NoGame => Found::NoGame,
            Ending::Complete if !self.are_met(&finds) => Found::Unknown,
            Ending::Complete if finds.iter().all(is_trusted) => Found::Listed(finds),
            Ending::Complete | Ending::Alone => Found::Alone,
        }
    }

    /// Solves at a draw and enters what the search did, unless it is known; whether it was
    /// not. Where the graph ends behind a waypoint, the search begins there and ends when it is back
    /// on known ways: at the first waypoint that is known, and, the more often the graph has ended,
    /// the later, since beginning anew costs more than a stretch that is known.
    pub fn learn(&mut self, drawn: &[f64]) -> bool {
        let mut point = Point::new(drawn);
        let mut ends = 0;
        loop {
            point.extend(&self.book);
            let walked = self.course.walk(&self.book, &mut point);
            let is_met = self.are_met(&walked.finds);
            if walked.ending.is_some_and(|ending| ending != Ending::Complete || is_met) {
                return ends > 0;
            }
            let number = self.frame_at(drawn);
            let from = walked.behind.filter(|step| is_met && self.is_open(number, *step));
            let part = from.map(|step| (step, ends));
            let solved = self.solve(number, drawn, part, HashMap::new());
            let finds = match from {
                Some(step) => self.course.enter_behind(step, &solved.noted, solved.ending),
                None => {
                    let first = &self.frames[number].frame.first;
                    self.course.enter(number as u32, first, &solved.noted, solved.ending)
                }
            };
            if let Some(finds) = finds.filter(|_| solved.ending == Ending::Complete) {
                self.list_all(number, drawn, finds, solved.profiles);
            }
            if from.is_none() || solved.was_stopped {
                return true;
            }
            ends += 1;
        }
    }

    /// Whether all of these solutions were listed at a point, and not only imagined.
    fn are_met(&self, finds: &[u32]) -> bool {
        let is_met = |listed: &Listed| !listed.profiles.is_empty();
        finds.iter().all(|found| self.listed.get(*found as usize).is_some_and(is_met))
    }

    /// Enters what the search does with these signs, between a waypoint and the next one that is known;
    /// signs that are not told are those at a point. `false` if nothing can be learnt there: that more
    /// than signs decides is entered only where a point leads there.
    fn imagine(&mut self, drawn: &[f64], gap: &Gap) -> bool {
        let number = self.frame_at(drawn);
        if !self.is_open(number, gap.behind) {
            return false;
        }
        let signs = gap.taken.iter().copied().collect();
        let solved = self.solve(number, drawn, Some((gap.behind, 0)), signs);
        !solved.was_stopped
            && solved.ending == Ending::Complete
            && self.course.enter_behind(gap.behind, &solved.noted, solved.ending).is_some()
    }

    /// Whether a search can begin at the waypoint of a step of the graph.
    fn is_open(&self, frame: usize, step: u32) -> bool {
        let key = self.course.waypoint(frame as u32, step);
        // A region's end holds nothing that could be gone on with.
        self.prepared.regions(&self.question).len() == 1 && key.is_some_and(|key| key.len() > 2)
    }

    fn list_all(
        &mut self,
        number: usize,
        drawn: &[f64],
        finds: Vec<u32>,
        profiles: Vec<(usize, Profile)>,
    ) {
        let none = Listed {
            inside: Vec::new(),
            profiles: Vec::new(),
            plays: Vec::new(),
            is_trusted: false,
        };
        self.listed.resize(self.course.found(), none);
        let mut profiles = profiles.into_iter().peekable();
        for (place, found) in finds.into_iter().enumerate() {
            let mut own = Vec::new();
            while let Some((_, profile)) = profiles.next_if(|(of, _)| *of == place) {
                own.push(profile);
            }
            if self.listed[found as usize].profiles.is_empty() {
                self.list(number, drawn, found as usize, own);
            }
        }
    }

    fn list(&mut self, frame: usize, drawn: &[f64], found: usize, profiles: Vec<Profile>) {
        let plays: Option<Vec<u32>> =
            profiles.iter().map(|profile| self.play_of(frame, profile)).collect();
        let listed = &mut self.listed[found];
        listed.inside = drawn.to_vec();
        listed.is_trusted = plays.is_some();
        listed.plays = plays.unwrap_or_default();
        listed.plays.sort_unstable();
        listed.plays.dedup();
        listed.profiles = profiles;
        self.new.push(found);
    }

    /// The numbers of the solutions that were learnt since this was asked last.
    pub fn take_new(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.new)
    }

    /// A solution is not to be relied on: points that list it are solved one by one.
    pub fn distrust(&mut self, listed: usize) {
        self.listed[listed].is_trusted = false;
    }

    /// Pure search at one point, without a record.
    #[must_use]
    pub fn solve_alone(&self, instance: &GameInstance) -> super::PureFound {
        self.prepared.solve(instance, &self.question, &mut |_| {})
    }

    fn frame_at(&mut self, drawn: &[f64]) -> usize {
        let mut point = Point::new(drawn);
        let holds = |known: &Known, point: &mut Point<'_>| {
            let mut first = known.frame.first.iter();
            first.all(|(test, sign)| self.book.sign(*test, point) == *sign)
        };
        if let Some(known) = self.frames.iter().position(|known| holds(known, &mut point)) {
            return known;
        }
        let frame = Frame::at(
            &self.game,
            &self.prepared,
            &self.drawn,
            &self.base,
            &mut self.book,
            &mut point,
        );
        self.frames.push(Known {
            frame,
            decisions: HashMap::new(),
            products: Products::default(),
            plays: BTreeMap::new(),
        });
        self.frames.len() - 1
    }

    /// Searches on record: all, or from the waypoint of a step of the graph until so many others were
    /// passed that are known, and one more. Signs that are told need not be those at the draw.
    fn solve(
        &mut self,
        number: usize,
        drawn: &[f64],
        part: Option<(u32, u32)>,
        signs: HashMap<u32, std::cmp::Ordering>,
    ) -> Solved {
        let from = part.and_then(|(step, _)| self.course.waypoint(number as u32, step));
        let (course, left) = (&self.course, Cell::new(part.map_or(0, |(_, known)| known)));
        let is_enough = |waypoint: &Waypoint| match waypoint {
            Waypoint::At(key) if from.is_some() && course.is_known(number as u32, key) => {
                left.replace(left.get().saturating_sub(1)) == 0
            }
            _ => false,
        };
        let known = &mut self.frames[number];
        let without = |ending: Ending| Solved {
            ending,
            noted: Vec::new(),
            profiles: Vec::new(),
            was_stopped: false,
        };
        match &known.frame.obstacle {
            Some(Obstacle::NoGame) => return without(Ending::NoGame),
            Some(Obstacle::NotPolynomial) => return without(Ending::Alone),
            None if self.prepared.absent_minded => return without(Ending::Alone),
            None => {}
        }
        let record = Rc::new(RefCell::new(Record {
            book: &mut self.book,
            point: Point::new(drawn),
            frame: &known.frame,
            decisions: &mut known.decisions,
            products: &mut known.products,
            made: Vec::new(),
            signs,
            since: HashSet::new(),
            opened: false,
            is_enough: &is_enough,
        }));
        let values: Vec<Traced<'_>> =
            (0..known.frame.weighted.len()).map(|place| Traced::payoff(place, &record)).collect();
        let mut tables = Tables::new(&self.prepared, values, known.frame.impossible.clone());
        let heard = Rc::clone(&record);
        tables.journal = Some(Box::new(move |waypoint| heard.borrow_mut().note(waypoint)));
        let mut question = self.question.clone();
        question.limit.profiles = question.limit.profiles.min(LONGEST);
        let mut silent = |_| {};
        let mut budget = Budget::new(&question, &mut silent);
        let profiles = self.prepared.run(tables, &question, from, &mut budget);
        let was_stopped = budget.is_stopped();
        let mut record = record.borrow_mut();
        let ending = if record.opened || was_stopped { Ending::Alone } else { Ending::Complete };
        Solved { ending, noted: std::mem::take(&mut record.made), profiles, was_stopped }
    }

    /// The number of the way to play of a profile; `None` if its polynomials grow too long.
    fn play_of(&mut self, frame: usize, profile: &Profile) -> Option<u32> {
        let known = &mut self.frames[frame];
        let (path, ends) = path_of(&self.prepared, &known.frame, profile);
        if let Some(&number) = known.plays.get(&path) {
            return Some(number);
        }
        let number = self.plays.len() as u32;
        self.plays.push(play(&self.prepared, &known.frame, path.clone(), &ends)?);
        known.plays.insert(path, number);
        Some(number)
    }
}

/// The sets that a pure profile and the common chances lead to, with the choices there, and the
/// ends reached.
fn path_of(prepared: &Prepared, frame: &Frame, profile: &Profile) -> (Path, Vec<NodeId>) {
    let form = &*prepared.form;
    let mut path = BTreeMap::new();
    let mut ends = Vec::new();
    let mut open: Vec<NodeId> = form.nodes().take(1).collect();
    while let Some(node) = open.pop() {
        match form.kind(node) {
            NodeKind::End(_) => ends.push(node),
            NodeKind::Chance(_) => open.extend(
                form.children(node)
                    .filter(|child| frame.reach[child.index()] != terms::Terms::default()),
            ),
            NodeKind::Decision(set) => {
                let chosen = form.actions(set).position(|action| profile.of(action).is_one());
                let chosen = chosen.expect("the profile is pure");
                path.insert(set, chosen as u32);
                open.push(form.child(node, chosen));
            }
        }
    }
    ends.sort_unstable();
    (path.into_iter().collect(), ends)
}

fn play(prepared: &Prepared, frame: &Frame, path: Path, ends: &[NodeId]) -> Option<Play> {
    let form = &*prepared.form;
    let named = form.outcomes().len();
    let mut outcomes = vec![terms::Terms::default(); named + 1];
    let mut payoffs = vec![terms::Terms::default(); prepared.players];
    for &end in ends {
        let Some(row) = form.row(end) else { continue };
        let chance = &frame.reach[end.index()];
        let place = form.outcome_of(row).map_or(named, detente_game::OutcomeId::index);
        outcomes[place].add(chance, &Rational::ONE);
        for (player, payoff) in payoffs.iter_mut().enumerate() {
            let paid = &frame.payoff[row.index() * prepared.players + player];
            payoff.add(&chance.times(paid)?, &Rational::ONE);
        }
    }
    Some(Play {
        path,
        outcomes: outcomes.iter().map(Fast::new).collect(),
        payoffs: payoffs.iter().map(Fast::new).collect(),
    })
}
