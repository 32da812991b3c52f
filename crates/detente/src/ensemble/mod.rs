//! Ensembles: every draw of the uncertain parameters with all equilibria there; the pure ones, unless
//! mixed ones are asked for, which takes solving every draw on its own.
//!
//! Members come in chunks, in order, so that a run can stop between two of them and go on later.
//! Within a chunk all cores work: members whose search is known are placed and evaluated; of the
//! others some are put on record one after another, their equilibria verified, and the rest placed
//! anew. Nothing of this depends on how many threads there are.

mod alone;
mod boxed;
mod rule;
mod sensitivity;

pub use rule::Rule;
pub use sensitivity::{Bound, Influence, Sensitivity, sensitivities, sensitivity};

use detente_analysis::analyses::draws::Draws;
use detente_analysis::analyses::ensemble::{Kind, Member, Path, Picked, Quantity, Totals};
use detente_game::claim::Concept;
use detente_game::{Game, GameForm, Profile};
use detente_solve::Question;
use detente_solve::solvers::pure::parametric::{Cells, Found, Place};
use detente_verify::verify_without_bounds;
use rayon::prelude::*;
use rule::Chosen;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Members of a chunk, as soon as so many are done.
pub const CHUNK: u64 = 1 << 16;

/// Members of the first chunk. Most is learnt at the first members, and what is learnt in a chunk
/// that is stopped is lost, so chunks begin small and double.
const FIRST_CHUNK: u64 = 1 << 4;

/// Members of a chunk that takes long.
const SLOW_CHUNK: u64 = 1 << 6;

/// Members that one core takes at a time.
const BLOCK: usize = 1 << 10;

/// What is asked of an ensemble.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `Nash`, `SubgamePerfect` or `WeakPbe`; with mixed equilibria `Pbe` or `Sequential` too.
    pub concept: Concept,
    /// Whether mixed equilibria count too: every draw is then solved on its own.
    pub mixed: bool,
    /// The seed of the draws.
    pub seed: u64,
    /// Whether draws are pseudo-random instead of quasi-random.
    pub random: bool,
    /// How many members.
    pub members: u64,
    /// What is kept where several plays are equilibria.
    pub rule: Rule,
    /// Set from outside to stop early; the chunk under way is then left out.
    pub stop: Option<Arc<AtomicBool>>,
}

/// An ensemble under way.
pub struct Ensemble {
    asked: Asked,
    draws: Draws,
    cells: Cells,
    quantities: Vec<Quantity>,
    standing: Standing,
    /// Members that were put on record before the work was taken up again.
    forgotten: Vec<u64>,
    /// Per play of the cells, its number in the totals.
    numbers: Vec<Option<u32>>,
}

/// Where an ensemble stands between two chunks: what it needs to go on as if it had never stopped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// What was counted.
    pub totals: Totals,
    /// Different equilibria that the verifier passed.
    pub verified: u64,
    /// The members that were put on record, in this order. What is solved alone depends on it.
    pub learnt: Vec<u64>,
}

/// What is known of a member before plays get their numbers.
struct Placed {
    values: Vec<f64>,
    was_close: bool,
    was_alone: bool,
    answer: Answer,
    /// What the rule keeps, where it had to choose.
    chosen: Option<Chosen>,
    ranges: Vec<(f64, f64)>,
}

impl Placed {
    fn new(values: Vec<f64>) -> Self {
        Self {
            values,
            was_close: false,
            was_alone: false,
            answer: Answer::Unknown,
            chosen: None,
            ranges: Vec::new(),
        }
    }
}

enum Answer {
    /// These plays of the cells.
    Plays(Vec<u32>),
    /// The plays of a member that was solved on its own.
    Own(Vec<Path>),
    Unfinished,
    NoGame,
    /// What the search does there is not known yet.
    Unknown,
}

impl Ensemble {
    /// An ensemble with no member yet.
    ///
    /// # Errors
    /// If nothing can be drawn, or the concept is not one that pure search decides.
    pub fn new(game: &Game, asked: Asked) -> Result<Self, String> {
        let is_fit = match asked.concept {
            Concept::Nash | Concept::SubgamePerfect | Concept::WeakPbe => true,
            Concept::Pbe | Concept::Sequential => asked.mixed,
            _ => false,
        };
        if !is_fit {
            return Err(format!(
                "an ensemble cannot be classified by {}: pure search alone does not decide it",
                asked.concept.name()
            ));
        }
        let draws = Draws::new(game, asked.seed, asked.random)?;
        let question =
            Question { stop: asked.stop.clone(), ..Question::pure(asked.concept.clone()) };
        let quantities = Quantity::all(&game.form);
        let totals = Totals::new(quantities.len());
        let cells = Cells::new(game, &draws.params, question);
        let standing = Standing { totals, verified: 0, learnt: Vec::new() };
        let (forgotten, numbers) = (Vec::new(), Vec::new());
        Ok(Self { asked, draws, cells, quantities, standing, forgotten, numbers })
    }

    /// The same with no member yet, going on behind the members that were counted before.
    #[must_use]
    pub fn continued(self, standing: Standing) -> Self {
        Self { forgotten: standing.learnt.clone(), standing, ..self }
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
        &self.standing.totals
    }

    /// What it needs to go on later.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// How many different equilibria were met and passed by the verifier, each at the draw where
    /// it was met first.
    #[must_use]
    pub fn verified(&self) -> u64 {
        self.standing.verified
    }

    /// Whether there is much to do at every draw.
    fn is_slow(&self) -> bool {
        self.asked.mixed || self.asked.rule.is_slow()
    }

    /// Draws between two looks at whether to stop: few if each takes long, so that progress is seen.
    fn most_of_chunk(&self) -> u64 {
        if self.is_slow() { SLOW_CHUNK } else { CHUNK }
    }

    fn is_stopped(&self) -> bool {
        self.asked.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// The next members, counted; none if all are done or the work was stopped.
    pub fn next_chunk(&mut self) -> Vec<Member> {
        let from = self.totals().members;
        let to = end_of_chunk(from, self.most_of_chunk()).min(self.asked.members);
        if from < to {
            self.learn_again();
        }
        let numbers: Vec<u64> = (from..to).collect();
        let values = numbers
            .par_iter()
            .with_min_len(BLOCK)
            .map(|number| self.draws.member(*number))
            .collect();
        let mut learnt = Vec::new();
        let placed = self.place_all(values, &mut learnt);
        if self.is_stopped() {
            return Vec::new();
        }
        self.standing.learnt.extend(learnt.into_iter().map(|place| from + place as u64));
        let members = (from..to).zip(placed).map(|(number, one)| self.member(number, one));
        members.collect()
    }

    /// Puts on record what was on record before the work was taken up again, and has it verified
    /// again.
    fn learn_again(&mut self) {
        if self.forgotten.is_empty() {
            return;
        }
        for number in &self.forgotten {
            if self.is_stopped() {
                return;
            }
            self.cells.learn(&self.draws.member(*number));
        }
        self.forgotten.clear();
        self.standing.verified = 0;
        self.verify_new();
    }

    /// Finds what is at points; what is not known is learnt and verified. `learnt` gets the places
    /// of the points that were put on record.
    fn place_all(&mut self, values: Vec<Vec<f64>>, learnt: &mut Vec<usize>) -> Vec<Placed> {
        let block = if self.is_slow() { 1 } else { BLOCK };
        let mut placed: Vec<Placed> =
            values.into_par_iter().with_min_len(block).map(|values| self.place(values)).collect();
        let mut lessons = 1;
        loop {
            let unknown: Vec<usize> = (0..placed.len())
                .filter(|at| matches!(placed[*at].answer, Answer::Unknown))
                .collect();
            if unknown.is_empty() {
                return placed;
            }
            for &at in unknown.iter().take(lessons) {
                if self.is_stopped() {
                    return placed;
                }
                if self.cells.learn(&placed[at].values) {
                    learnt.push(at);
                }
            }
            self.verify_new();
            let again: Vec<(usize, Placed)> = unknown
                .par_iter()
                .enumerate()
                .map(|(turn, &at)| {
                    let mut one = self.place(placed[at].values.clone());
                    // What was learnt in vain, its record meeting one that was cut off.
                    if turn < lessons && matches!(one.answer, Answer::Unknown) {
                        alone::solve(self, &mut one);
                    }
                    (at, one)
                })
                .collect();
            for (at, one) in again {
                placed[at] = one;
            }
            lessons *= 2;
        }
    }

    fn place(&self, values: Vec<f64>) -> Placed {
        if self.asked.mixed {
            let mut placed = Placed::new(values);
            alone::solve(self, &mut placed);
            return placed;
        }
        let place = self.cells.place(&values);
        let mut placed = Placed { was_close: place.was_close, ..Placed::new(values) };
        match &place.found {
            Found::Unknown => {}
            Found::NoGame => placed.answer = Answer::NoGame,
            Found::Alone => alone::solve(self, &mut placed),
            Found::Listed(listed) => self.listed(listed, &place, &mut placed),
        }
        placed
    }

    fn listed(&self, listed: &[u32], place: &Place, placed: &mut Placed) {
        let mut plays = Vec::new();
        for &found in listed {
            plays.extend_from_slice(&self.cells.known()[found as usize].plays);
        }
        plays.sort_unstable();
        plays.dedup();
        placed.chosen = self.choose(listed, &plays, place, &placed.values);
        let path = |play: &u32| &self.cells.plays()[*play as usize].path;
        let kept: Vec<u32> = match &placed.chosen {
            Some(chosen) => plays.iter().copied().filter(|play| chosen.keeps(path(play))).collect(),
            None => plays.clone(),
        };
        placed.ranges = self.ranges(&kept, &place.variables);
        placed.answer = Answer::Plays(plays);
    }

    /// The bounds of every quantity over plays.
    fn ranges(&self, plays: &[u32], variables: &[f64]) -> Vec<(f64, f64)> {
        let Some((first, others)) = plays.split_first() else { return Vec::new() };
        let value = |play: u32, quantity: &Quantity| {
            let play = &self.cells.plays()[play as usize];
            match quantity {
                Quantity::Outcome(outcome) => play.outcomes[outcome.index()].value(variables),
                Quantity::NoOutcome => play.outcomes[play.outcomes.len() - 1].value(variables),
                Quantity::Payoff(player) => play.payoffs[player.index()].value(variables),
            }
        };
        let range = |quantity: &Quantity| {
            let only = value(*first, quantity);
            others
                .iter()
                .map(|play| value(*play, quantity))
                .fold((only, only), |(low, high), value| (low.min(value), high.max(value)))
        };
        self.quantities.iter().map(range).collect()
    }

    /// Has new equilibria judged, each at the draw where it was met. One that does not pass is not
    /// relied on.
    fn verify_new(&mut self) {
        let new = self.cells.take_new();
        let verdicts: Vec<(usize, Option<u64>)> =
            new.into_par_iter().map(|listed| (listed, verified_of(&self.cells, listed))).collect();
        for (listed, verdict) in verdicts {
            match verdict {
                Some(passed) => self.standing.verified += passed,
                None => self.cells.distrust(listed),
            }
        }
    }

    /// The number of a play of the cells in the totals.
    fn number(&mut self, play: u32) -> u32 {
        let play = play as usize;
        if self.numbers.len() <= play {
            self.numbers.resize(play + 1, None);
        }
        *self.numbers[play]
            .get_or_insert_with(|| self.standing.totals.number(&self.cells.plays()[play].path))
    }

    fn picked(&mut self, chosen: &Chosen) -> Picked {
        let mut plays: Vec<u32> =
            chosen.paths.iter().map(|path| self.standing.totals.number(path)).collect();
        plays.sort_unstable();
        Picked { plays, is_open: chosen.is_open }
    }

    fn member(&mut self, number: u64, placed: Placed) -> Member {
        let kind = match placed.answer {
            Answer::Plays(plays) => {
                Kind::Plays(plays.into_iter().map(|play| self.number(play)).collect())
            }
            Answer::Own(paths) => {
                Kind::Plays(paths.iter().map(|path| self.standing.totals.number(path)).collect())
            }
            Answer::NoGame => Kind::NoGame,
            Answer::Unfinished | Answer::Unknown => Kind::Unfinished,
        };
        let kind = match kind {
            Kind::Plays(mut plays) => {
                plays.sort_unstable();
                // The same play may come from places where formulas have different forms.
                plays.dedup();
                Kind::Plays(plays)
            }
            other => other,
        };
        let picked = placed.chosen.map(|chosen| self.picked(&chosen));
        let member = Member {
            number,
            values: placed.values,
            kind,
            picked,
            ranges: placed.ranges,
            was_close: placed.was_close,
            was_alone: placed.was_alone,
        };
        self.standing.totals.add(&member);
        member
    }
}

/// Where a chunk ends: a matter of where it begins alone, so that a run taken up again has the same.
fn end_of_chunk(from: u64, whole: u64) -> u64 {
    if from < whole {
        (from + 1).next_power_of_two().max(FIRST_CHUNK.min(whole))
    } else {
        (from / whole + 1) * whole
    }
}

/// How many equilibria a solution stands for, if the verifier passes all of them at the point where
/// it was met first.
pub(crate) fn verified_of(cells: &Cells, listed: usize) -> Option<u64> {
    let listed = &cells.known()[listed];
    let instance = Arc::new(cells.game().at(&cells.point(&listed.inside)).ok()?);
    let concept = &cells.question().concept;
    let stop = cells.question().stop.as_ref();
    let is_stopped = || stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
    let passes = |profile: &Profile| {
        !is_stopped() && verify_without_bounds(&instance, concept, profile).holds()
    };
    listed.profiles.iter().all(passes).then_some(listed.profiles.len() as u64)
}
