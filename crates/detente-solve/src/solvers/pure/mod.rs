//! All pure equilibria, by backtracking over information sets.
//!
//! Read `prepared` (what is worked out once per form), `region` (search orders), `amount`
//! (integers in place of fractions), `tables` and `rational_choice` (checks), then `search` for
//! the sequential concepts, and `nash` with `deviation` for Nash and subgame perfection.

mod amount;
mod belief;
mod bounds;
mod deviation;
mod expand;
mod nash;
pub mod parametric;
mod prepared;
mod rational_choice;
pub(crate) mod region;
mod reply;
mod search;
mod table;
mod tables;

pub use prepared::Prepared;
pub(crate) use table::Table;

use crate::{Budget, Question};
use amount::{Amount, Weighted};
use detente_game::Profile;
use detente_game::card::Card;
use detente_game::claim::Concept;
use detente_game::instance::GameInstance;
use region::Region;
use search::{Groups, Reach};
use tables::{Tables, Waypoint};

/// The card of pure search.
pub static CARD: Card = Card {
    name: "pure",
    line: "All pure equilibria, by backtracking with exact pruning",
    accepts: "every game; with imperfect recall in agent form, without absent-mindedness",
    exact: true,
    complete: Some(
        "all pure equilibria; for nash one per relevant behaviour, that is, up to what no single \
         deviation can reach; for pbe and sequential a superset to be verified",
    ),
    cost: "exponential in the situations that can be off the path; a prune at every situation",
    source: "Kreps and Wilson 1982, sequential rationality; Selten 1975, subgames",
};

/// The pure profiles a search found.
#[derive(Debug, Clone)]
pub struct PureFound {
    /// The candidates, in a reproducible order.
    pub profiles: Vec<Profile>,
    /// How many choices were tried.
    pub touched: u64,
    /// Why the search stopped early; `None` if it is complete.
    pub stopped: Option<String>,
}

impl Prepared {
    /// Searches the pure equilibria of an instance of the prepared form.
    ///
    /// `Nash` and `SubgamePerfect` list one candidate per relevant behaviour; `WeakPbe` lists the
    /// weak perfect Bayesian equilibria themselves; every other concept those of them that are
    /// subgame perfect, of which its equilibria are a subset.
    ///
    /// # Panics
    /// If the instance is of another form.
    #[must_use]
    pub fn solve(
        &self,
        instance: &GameInstance,
        question: &Question,
        progress: &mut dyn FnMut(crate::Progress),
    ) -> PureFound {
        assert!(
            std::ptr::eq(instance.form(), &*self.form)
                || instance.form().node_count() == self.form.node_count(),
            "the instance is of another form"
        );
        let mut budget = Budget::new(question, progress);
        if self.absent_minded {
            let why = "the game is absent-minded: a path meets the same situation twice";
            return PureFound { profiles: Vec::new(), touched: 0, stopped: Some(why.to_owned()) };
        }
        let impossible = amount::impossible(self, instance);
        let listed = match amount::weigh(self, instance) {
            Weighted::Integers(values) => {
                self.run(Tables::new(self, values, impossible), question, None, &mut budget)
            }
            Weighted::Wide(values) => {
                self.run(Tables::new(self, values, impossible), question, None, &mut budget)
            }
            Weighted::Fractions(values) => {
                self.run(Tables::new(self, values, impossible), question, None, &mut budget)
            }
        };
        let profiles = listed.into_iter().map(|(_, profile)| profile).collect();
        PureFound { profiles, touched: budget.touched(), stopped: budget.reason() }
    }

    /// The parts of the game that are searched one after another, inner ones first.
    fn regions(&self, question: &Question) -> &[Region] {
        // In agent form a best reply from a subgame's root is no player's, so weak PBE cannot be
        // put together from subgames.
        let loose = question.concept == Concept::WeakPbe;
        let plans = self.recall && !(loose && question.single_departures);
        let split = question.concept != Concept::Nash && (plans || !loose);
        if split { &self.subgames } else { std::slice::from_ref(&self.whole) }
    }

    /// The profiles, each with the number of its solution of the last region. A search on record
    /// of a single region may begin at a waypoint.
    fn run<T: Amount>(
        &self,
        mut tables: Tables<'_, T>,
        question: &Question,
        from: Option<&[u32]>,
        budget: &mut Budget<'_>,
    ) -> Vec<(usize, Profile)> {
        let concept = &question.concept;
        let loose = *concept == Concept::WeakPbe;
        tables.plans &= !(loose && question.single_departures);
        let regions = self.regions(question);
        let mut solved: Vec<Groups<T>> = Vec::with_capacity(regions.len());
        for (number, region) in regions.iter().enumerate() {
            let mut groups = match concept {
                Concept::Nash | Concept::SubgamePerfect => {
                    nash::search(&mut tables, region, &solved, from, budget)
                }
                _ => {
                    let open = loose && number + 1 < regions.len();
                    let reach = if open { Reach::Open } else { Reach::Certain };
                    search::search(&mut tables, region, &solved, reach, from, budget)
                }
            };
            let goes_on = number + 1 < regions.len() && !budget.is_stopped();
            if tables.journal.is_some() && goes_on {
                tables.say(|| Waypoint::Settled);
                groups = groups.together();
            }
            if groups.list.is_empty() {
                return Vec::new();
            }
            if goes_on {
                tables.say(|| Waypoint::Grouped(groups.layout()));
            }
            solved.push(groups);
        }
        expand::expand(self, regions, &solved, budget)
    }
}
