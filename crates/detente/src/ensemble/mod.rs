//! Ensembles: every draw of the uncertain parameters with all pure equilibria there.
//!
//! Members come in chunks, in order, so that a run can stop between two of them and go on later.
//! Within a chunk all cores work: first members whose cell is known are placed and evaluated,
//! then new cells are learnt one after another, their equilibria verified, and the remaining
//! members placed. Nothing of this depends on how many threads there are.

mod alone;
mod sensitivity;

pub use sensitivity::{Bound, Influence, Sensitivity, sensitivity};

use detente_analysis::analyses::draws::Draws;
use detente_analysis::analyses::ensemble::{Kind, Member, Path, Quantity, Totals};
use detente_game::claim::Concept;
use detente_game::{Game, GameForm, Profile};
use detente_solve::Question;
use detente_solve::solvers::pure::parametric::{Cells, Found, Play};
use detente_verify::verify_without_bounds;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Members of a chunk.
pub const CHUNK: u64 = 1 << 16;

/// Members that one core takes at a time.
const BLOCK: usize = 1 << 10;

/// What is asked of an ensemble.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `Nash`, `SubgamePerfect` or `WeakPbe`.
    pub concept: Concept,
    /// The seed of the draws.
    pub seed: u64,
    /// Whether draws are pseudo-random instead of quasi-random.
    pub random: bool,
    /// How many members.
    pub members: u64,
    /// Set from outside to stop early; the chunk under way is then left out.
    pub stop: Option<Arc<AtomicBool>>,
}

/// An ensemble under way.
pub struct Ensemble {
    asked: Asked,
    draws: Draws,
    cells: Cells,
    quantities: Vec<Quantity>,
    totals: Totals,
    /// Cells whose equilibria were verified, counted from the first.
    verified: usize,
    /// Equilibria that the verifier passed, cell by cell.
    judged: u64,
}

/// What is known of a member before plays get their numbers.
struct Placed {
    values: Vec<f64>,
    was_close: bool,
    was_alone: bool,
    answer: Answer,
    ranges: Vec<(f64, f64)>,
}

enum Answer {
    /// The plays of a cell.
    Cell(usize),
    /// The plays of a member that was solved on its own.
    Own(Vec<Path>),
    Unfinished,
    NoGame,
    /// Its cell is not known yet.
    Unknown,
}

impl Ensemble {
    /// An ensemble with no member yet.
    ///
    /// # Errors
    /// If nothing can be drawn, or the concept is not one that pure search decides.
    pub fn new(game: &Game, asked: Asked) -> Result<Self, String> {
        if !matches!(asked.concept, Concept::Nash | Concept::SubgamePerfect | Concept::WeakPbe) {
            return Err(format!(
                "an ensemble cannot be classified by {}: pure search alone does not decide it",
                asked.concept.name()
            ));
        }
        let draws = Draws::new(game, asked.seed, asked.random)?;
        let question = Question::pure(asked.concept.clone());
        let quantities = Quantity::all(&game.form);
        let totals = Totals::new(quantities.len());
        let cells = Cells::new(game, &draws.params, question);
        Ok(Self { asked, draws, cells, quantities, totals, verified: 0, judged: 0 })
    }

    /// The same, going on behind the members that were counted before.
    #[must_use]
    pub fn continued(self, totals: Totals) -> Self {
        Self { totals, ..self }
    }

    /// The game's form.
    #[must_use]
    pub fn form(&self) -> &GameForm {
        &self.cells.game().form
    }

    /// What is asked.
    #[must_use]
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The draws.
    #[must_use]
    pub fn draws(&self) -> &Draws {
        &self.draws
    }

    /// What the ranges of a member are of.
    #[must_use]
    pub fn quantities(&self) -> &[Quantity] {
        &self.quantities
    }

    /// What was counted so far.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// How many cells of equal equilibria were met in this run, and how many equilibria of them
    /// the verifier passed.
    #[must_use]
    pub fn cells(&self) -> (usize, u64) {
        (self.cells.known().len(), self.judged)
    }

    fn is_stopped(&self) -> bool {
        self.asked.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// The next members, counted; none if all are done or the work was stopped.
    pub fn next_chunk(&mut self) -> Vec<Member> {
        let from = self.totals.members;
        let to = (from + CHUNK).min(self.asked.members);
        let numbers: Vec<u64> = (from..to).collect();
        let values = numbers
            .par_iter()
            .with_min_len(BLOCK)
            .map(|number| self.draws.member(*number))
            .collect();
        let placed = self.place_all(values);
        if self.is_stopped() {
            return Vec::new();
        }
        let members = (from..to).zip(placed).map(|(number, one)| self.member(number, one));
        members.collect()
    }

    /// Finds what is at points; cells that were not known are learnt and verified.
    fn place_all(&mut self, values: Vec<Vec<f64>>) -> Vec<Placed> {
        let mut placed: Vec<Placed> =
            values.into_par_iter().with_min_len(BLOCK).map(|values| self.place(values)).collect();
        let unknown: Vec<usize> =
            (0..placed.len()).filter(|at| matches!(placed[*at].answer, Answer::Unknown)).collect();
        if unknown.is_empty() {
            return placed;
        }
        for &at in &unknown {
            if self.is_stopped() {
                return placed;
            }
            self.cells.learn(&placed[at].values);
        }
        self.verify_new();
        let again: Vec<(usize, Placed)> =
            unknown.par_iter().map(|&at| (at, self.place(placed[at].values.clone()))).collect();
        for (at, one) in again {
            placed[at] = one;
        }
        placed
    }

    fn place(&self, values: Vec<f64>) -> Placed {
        let place = self.cells.place(&values);
        let mut placed = Placed {
            values,
            was_close: place.was_close,
            was_alone: false,
            answer: Answer::Unknown,
            ranges: Vec::new(),
        };
        let Some(cell) = place.cell else { return placed };
        match &self.cells.known()[cell].found {
            Found::NoGame(_) => placed.answer = Answer::NoGame,
            Found::Alone(_) => alone::solve(self, &mut placed),
            Found::Equilibria { plays, .. } => {
                placed.ranges = self.ranges(plays, &place.variables);
                placed.answer = Answer::Cell(cell);
            }
        }
        placed
    }

    /// The bounds of every quantity over plays.
    fn ranges(&self, plays: &[Arc<Play>], variables: &[f64]) -> Vec<(f64, f64)> {
        let Some((first, others)) = plays.split_first() else { return Vec::new() };
        let value = |play: &Play, quantity: &Quantity| match quantity {
            Quantity::Outcome(outcome) => play.outcomes[outcome.index()].value(variables),
            Quantity::NoOutcome => play.outcomes[play.outcomes.len() - 1].value(variables),
            Quantity::Payoff(player) => play.payoffs[player.index()].value(variables),
        };
        let range = |quantity: &Quantity| {
            let only = value(first, quantity);
            others
                .iter()
                .map(|play| value(play, quantity))
                .fold((only, only), |(low, high), value| (low.min(value), high.max(value)))
        };
        self.quantities.iter().map(range).collect()
    }

    /// Has the equilibria of new cells judged, each at the point where the cell was found. A cell
    /// with one that does not pass is not relied on.
    fn verify_new(&mut self) {
        let new = self.verified..self.cells.known().len();
        let verdicts: Vec<(usize, Result<u64, String>)> =
            new.into_par_iter().map(|cell| (cell, verified_in(&self.cells, cell))).collect();
        for (cell, verdict) in verdicts {
            match verdict {
                Ok(passed) => self.judged += passed,
                Err(why) => self.cells.distrust(cell, why),
            }
        }
        self.verified = self.cells.known().len();
    }

    fn member(&mut self, number: u64, placed: Placed) -> Member {
        let totals = &mut self.totals;
        let kind = match placed.answer {
            Answer::Cell(cell) => {
                let Found::Equilibria { plays, .. } = &self.cells.known()[cell].found else {
                    unreachable!("the member was evaluated in it");
                };
                Kind::Plays(plays.iter().map(|play| totals.number(&play.path)).collect())
            }
            Answer::Own(paths) => {
                Kind::Plays(paths.iter().map(|path| totals.number(path)).collect())
            }
            Answer::NoGame => Kind::NoGame,
            Answer::Unfinished | Answer::Unknown => Kind::Unfinished,
        };
        let kind = match kind {
            Kind::Plays(mut plays) => {
                plays.sort_unstable();
                Kind::Plays(plays)
            }
            other => other,
        };
        let member = Member {
            number,
            values: placed.values,
            kind,
            ranges: placed.ranges,
            was_close: placed.was_close,
            was_alone: placed.was_alone,
        };
        totals.add(&member);
        member
    }
}

/// How many equilibria of a cell the verifier passes, at the point where the cell was found.
///
/// # Errors
/// If it does not pass one of them.
pub(crate) fn verified_in(cells: &Cells, cell: usize) -> Result<u64, String> {
    let cell = &cells.known()[cell];
    let Found::Equilibria { profiles, .. } = &cell.found else { return Ok(0) };
    let instance = cells.game().at(&cells.point(&cell.inside));
    let instance = Arc::new(instance.map_err(|error| error.to_string())?);
    let concept = &cells.question().concept;
    let passes = |profile: &&Profile| verify_without_bounds(&instance, concept, profile).holds();
    match profiles.iter().filter(passes).count() {
        passed if passed == profiles.len() => Ok(passed as u64),
        _ => Err("the verifier did not pass an equilibrium".to_owned()),
    }
}
