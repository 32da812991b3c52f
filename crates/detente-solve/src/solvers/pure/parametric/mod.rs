//! Pure equilibria as functions of parameters: at a million points as easily as at one.
//!
//! A point is solved once under record (`traced`): every comparison the search made is a
//! polynomial in the parameters and its sign (`frame`, `book`). All points at which these
//! polynomials have these signs form a *cell*: there the search takes the same course, so that
//! the same profiles are found. Records that begin alike share their beginning, which makes a
//! tree of tests; another point is carried down that tree, a sign at a time, in double precision
//! with a bound of the rounding error, and by fractions where the bound does not suffice. A point
//! for which the tree has no answer is solved and put on record.

mod book;
mod fast;
mod frame;
mod terms;
mod tiles;
mod traced;

pub use fast::{Approximate, Fast};
pub use tiles::{Cover, Signs, Tile};

use super::prepared::Prepared;
use super::tables::Tables;
use crate::{Budget, Question};
use book::{Book, Outcome, Point};
use detente_game::form::NodeKind;
use detente_game::instance::GameInstance;
use detente_game::{Game, InfoSetId, NodeId, ParamId, Profile, Rational};
use frame::{Decision, Frame, Obstacle};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use traced::{Products, Record, Sum, Traced};

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

/// What is found everywhere in a cell.
#[derive(Debug, Clone)]
pub enum Found {
    /// The equilibria, and the different ways to play among them.
    Equilibria {
        /// The candidates, as the search lists them.
        profiles: Vec<Profile>,
        /// The plays, each once, in order of their paths.
        plays: Vec<Arc<Play>>,
    },
    /// There is no game at these points.
    NoGame(String),
    /// What is found depends on more than signs of polynomials, so every point must be solved on
    /// its own.
    Alone(String),
}

/// Points at which the same is found.
#[derive(Debug)]
pub struct Cell {
    /// A point inside: the values of the drawn parameters.
    pub inside: Vec<f64>,
    /// What is found.
    pub found: Found,
}

/// Where a point belongs.
#[derive(Debug, Clone)]
pub struct Place {
    /// The number of its cell, if that is known.
    pub cell: Option<usize>,
    /// Whether fractions had to decide a sign.
    pub was_close: bool,
    /// The values of all variables of the functions in [`Play`].
    pub variables: Vec<f64>,
}

/// A step of the tree of tests.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Ask for a test's sign; the steps for less, equal, greater.
    Test(u32, [u32; 3]),
    /// The cell.
    Cell(u32),
}

/// No step yet.
const NOWHERE: u32 = u32::MAX;

/// The pure equilibria of a game over some of its parameters.
pub struct Cells {
    game: Game,
    prepared: Prepared,
    question: Question,
    drawn: Vec<ParamId>,
    base: Vec<Rational>,
    book: Book,
    frames: Vec<Known>,
    steps: Vec<Step>,
    cells: Vec<Cell>,
}

/// A frame with what was worked out in it.
struct Known {
    frame: Frame,
    decisions: HashMap<Sum, Decision>,
    products: Products,
    plays: BTreeMap<Path, Arc<Play>>,
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
            steps: Vec::new(),
            cells: Vec::new(),
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

    /// The cells known so far.
    #[must_use]
    pub fn known(&self) -> &[Cell] {
        &self.cells
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

    /// The cell of a draw: `drawn[k]` is the value of the `k`-th drawn parameter, exactly.
    #[must_use]
    pub fn place(&self, drawn: &[f64]) -> Place {
        let mut point = Point::new(drawn);
        point.extend(&self.book);
        let mut at = if self.steps.is_empty() { NOWHERE } else { 0 };
        let mut cell = None;
        while at != NOWHERE {
            match &self.steps[at as usize] {
                Step::Cell(found) => {
                    cell = Some(*found as usize);
                    break;
                }
                Step::Test(test, next) => {
                    at = next[branch_of(self.book.sign(*test, &mut point))];
                }
            }
        }
        Place { cell, was_close: point.was_close, variables: point.into_numbers() }
    }

    /// Solves at a draw and enters the cell, unless it is known.
    pub fn learn(&mut self, drawn: &[f64]) {
        if self.place(drawn).cell.is_some() {
            return;
        }
        let number = self.frame_at(drawn);
        let (found, mut outcomes) = self.solve(number, drawn);
        let first = &self.frames[number].frame.first;
        outcomes.splice(0..0, first.iter().copied());
        self.enter(&outcomes, Cell { inside: drawn.to_vec(), found });
    }

    /// The cell's answer is not to be relied on: its points are solved one by one.
    pub fn distrust(&mut self, cell: usize, why: String) {
        self.cells[cell].found = Found::Alone(why);
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

    fn solve(&mut self, number: usize, drawn: &[f64]) -> (Found, Vec<Outcome>) {
        let known = &mut self.frames[number];
        match &known.frame.obstacle {
            Some(Obstacle::NoGame(why)) => return (Found::NoGame(why.clone()), Vec::new()),
            Some(Obstacle::NotPolynomial(why)) => return (Found::Alone(why.clone()), Vec::new()),
            None if self.prepared.absent_minded => {
                return (Found::Alone("the game is absent-minded".to_owned()), Vec::new());
            }
            None => {}
        }
        let record = Rc::new(RefCell::new(Record {
            book: &mut self.book,
            point: Point::new(drawn),
            frame: &known.frame,
            decisions: &mut known.decisions,
            products: &mut known.products,
            made: Vec::new(),
            signs: HashMap::new(),
            opened: false,
        }));
        let values: Vec<Traced<'_>> =
            (0..known.frame.weighted.len()).map(|place| Traced::payoff(place, &record)).collect();
        let tables = Tables::new(&self.prepared, values, known.frame.impossible.clone());
        let mut silent = |_| {};
        let mut budget = Budget::new(&self.question, &mut silent);
        let profiles = self.prepared.run(tables, &self.question, &mut budget);
        let stopped = budget.reason();
        let (made, opened) = {
            let mut record = record.borrow_mut();
            (std::mem::take(&mut record.made), record.opened)
        };
        drop(record);
        if opened {
            return (Found::Alone("beliefs are found by linear programs".to_owned()), made);
        }
        if let Some(why) = stopped {
            return (Found::Alone(why), made);
        }
        match self.plays(number, &profiles) {
            Some(plays) => (Found::Equilibria { profiles, plays }, made),
            None => (Found::Alone("its polynomials have too many terms".to_owned()), made),
        }
    }

    fn enter(&mut self, outcomes: &[Outcome], cell: Cell) {
        let mut hole: Option<(usize, usize)> = None;
        let mut at = if self.steps.is_empty() { NOWHERE } else { 0 };
        for (test, sign) in outcomes {
            if at == NOWHERE {
                at = self.add(Step::Test(*test, [NOWHERE; 3]), hole);
            }
            // Records that begin alike ask alike, since what is asked next depends on the answers.
            let Step::Test(known, next) = self.steps[at as usize] else {
                unreachable!("a record goes on where another one ended");
            };
            assert_eq!(known, *test, "records that begin alike ask alike");
            let branch = branch_of(*sign);
            hole = Some((at as usize, branch));
            at = next[branch];
        }
        self.cells.push(cell);
        self.add(Step::Cell(self.cells.len() as u32 - 1), hole);
    }

    fn add(&mut self, step: Step, hole: Option<(usize, usize)>) -> u32 {
        let place = self.steps.len() as u32;
        self.steps.push(step);
        if let Some((parent, branch)) = hole
            && let Step::Test(_, next) = &mut self.steps[parent]
        {
            next[branch] = place;
        }
        place
    }

    fn plays(&mut self, number: usize, profiles: &[Profile]) -> Option<Vec<Arc<Play>>> {
        let known = &mut self.frames[number];
        let mut found: BTreeMap<Path, Arc<Play>> = BTreeMap::new();
        for profile in profiles {
            let (path, ends) = path_of(&self.prepared, &known.frame, profile);
            if !known.plays.contains_key(&path) {
                let play = play(&self.prepared, &known.frame, path.clone(), &ends)?;
                known.plays.insert(path.clone(), Arc::new(play));
            }
            found.insert(path.clone(), Arc::clone(&known.plays[&path]));
        }
        Some(found.into_values().collect())
    }
}

fn branch_of(sign: Ordering) -> usize {
    match sign {
        Ordering::Less => 0,
        Ordering::Equal => 1,
        Ordering::Greater => 2,
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
