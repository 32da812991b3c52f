//! All isolated Nash equilibria by their supports: games of three or more players.
//!
//! For every choice of a support at each situation the equilibria are the solutions of polynomial
//! equations (every played action is equally good) that meet inequalities (no other is better).
//! `table` writes the polynomials down, `face` says which conditions apply, `flat` solves those that are
//! linear, `roots` finds all
//! solutions on a face or says what is left open, `newton` proves that a box holds one. Exclusions
//! are proved in integer intervals rounded outward (`fixed`); no floating-point number decides.

mod face;
mod fixed;
mod flat;
mod newton;
mod roots;
mod supports;
mod table;

use crate::solvers::pure::Prepared;
use crate::{Budget, Candidate, Found, Progress, Question};
use detente_game::card::Card;
use detente_game::claim::Concept;
use detente_game::instance::GameInstance;
use detente_game::{GameForm, Rational};
use face::{Ground, OffPath};

/// The card of the search by supports.
pub static CARD: Card = Card {
    name: "supports",
    line: "All isolated Nash equilibria, mixed ones included, by supports and interval proofs",
    accepts: "small games of any number of players with perfect recall",
    exact: false,
    complete: Some(
        "all, if no part is left open; continua are listed where one situation mixes, else left open",
    ),
    cost: "exponential in the actions: one polynomial system for each choice of supports",
    source: "Porter, Nudelman and Shoham 2008; Krawczyk 1969; Neumaier 1990",
};

/// Nodes of the largest tree.
const MOST_NODES: usize = 4_000;
/// Options at one situation: their supports are listed.
const MOST_ACTIONS: u32 = 12;
/// Entries of all tables together.
const MOST_ENTRIES: usize = 300_000;
/// Choices of supports that are tried without being asked for by name.
const USUAL_SUPPORTS: u64 = 20_000;
/// Boxes that are tried without being asked for by name.
const USUAL_BOXES: u64 = 400_000;

/// Whether the search is small enough to be done without being asked for by name.
#[must_use]
pub fn is_small(form: &GameForm) -> bool {
    let choices = form.info_sets().iter().try_fold(1_u64, |product, set| {
        let supports = 1_u64.checked_shl(set.action_count)?.checked_sub(1)?;
        product.checked_mul(supports).filter(|product| *product <= USUAL_SUPPORTS)
    });
    choices.is_some() && form.node_count() <= MOST_NODES
}

/// The isolated Nash equilibria with given supports (positions of actions, one list for each
/// situation); parts that are not decided are left out.
///
/// # Errors
/// Why the game is not accepted.
pub fn on_supports(
    instance: &GameInstance,
    supports: &[Vec<usize>],
) -> Result<Vec<Candidate>, String> {
    let situations = tables(instance)?;
    let form = instance.form();
    let ground = Ground { instance, form, situations: &situations, off_path: OffPath::Nowhere };
    let question = Question::mixed(Concept::Nash);
    let progress = &mut |_| {};
    let mut budget = Budget::new(&question, progress);
    let mut search = supports::Search::new(&ground, &mut budget);
    search.face(&supports.iter().cloned().map(Some).collect());
    let mut candidates = in_order(flat::connected(search.candidates, search.polytopes));
    candidates.retain(|candidate| !matches!(candidate, Candidate::Open { .. }));
    Ok(candidates)
}

/// The tables of a game that is not too large.
fn tables(instance: &GameInstance) -> Result<Vec<table::Situation>, String> {
    let form = instance.form();
    if !form.has_perfect_recall() {
        return Err("a player forgets what he knew".to_owned());
    }
    if form.node_count() > MOST_NODES {
        return Err(format!(
            "the tree has more than the {MOST_NODES} nodes that this method takes"
        ));
    }
    if form.info_sets().iter().any(|set| set.action_count > MOST_ACTIONS) {
        return Err(format!("a situation has more than {MOST_ACTIONS} options"));
    }
    Ok(table::situations(instance, MOST_ENTRIES).ok_or(table::TOO_LARGE)?)
}

/// Searches all supports.
///
/// Every Nash equilibrium of the game is among the candidates, or lies in a region that is listed as
/// open; and so is every equilibrium of the other concepts, as these are Nash equilibria.
///
/// # Errors
/// Why the game is not accepted.
pub fn solve(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Result<Found, String> {
    let form = instance.form();
    let situations = tables(instance)?;
    let off_path = match question.concept {
        Concept::Nash => OffPath::Nowhere,
        Concept::SubgamePerfect => {
            let prepared = Prepared::new(instance.shared_form());
            OffPath::Subgames(prepared.subgames.iter().map(|region| region.root).collect())
        }
        _ => OffPath::Singletons,
    };
    let is_nash = question.concept == Concept::Nash;
    let ground = Ground { instance, form, situations: &situations, off_path };
    let mut question = question.clone();
    if question.method.is_none() {
        question.limit.profiles = question.limit.profiles.min(USUAL_BOXES);
    }
    let mut budget = Budget::new(&question, progress);
    let mut search = supports::Search::new(&ground, &mut budget);
    search.run();
    let supports::Search { candidates, polytopes, faces, open, .. } = search;
    let stopped = budget.reason();
    Ok(Found {
        complete: stopped.is_none() && open == 0,
        // A pure profile needs no box, so an open part hides none.
        all_pure: stopped.is_none(),
        searched: searched(faces, open, is_nash, stopped),
        touched: budget.touched(),
        space: pure_profiles(form),
        method: &CARD,
        candidates: in_order(flat::connected(candidates, polytopes)),
    })
}

fn searched(faces: u64, open: u64, is_nash: bool, stopped: Option<String>) -> String {
    let mut text = match stopped {
        None => format!(
            "All supports were searched ({faces} were left after exact pruning), so mixed \
             equilibria are included"
        ),
        Some(why) => format!("Not all supports were searched: {why}"),
    };
    if open > 0 {
        let (are, parts) = if open == 1 { ("is", "support") } else { ("are", "supports") };
        text.push_str(&format!(
            "; {open} {parts} {are} left open, where equilibria may form a continuum"
        ));
    }
    if is_nash {
        text.push_str(
            "; situations that no single other player's deviation can reach are filled with their \
             first option",
        );
    }
    text.push('.');
    text
}

/// Pure equilibria first, then those with few mixtures, each in the order of supports.
fn in_order(mut candidates: Vec<(usize, Candidate)>) -> Vec<Candidate> {
    candidates.sort_by_key(|(mixtures, _)| *mixtures);
    candidates.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many pure profiles there are: in digits up to a million, else as a power of ten.
fn pure_profiles(form: &GameForm) -> String {
    let counts = form.info_sets().iter().map(|set| i64::from(set.action_count));
    let product = counts.fold(Rational::ONE, |product, count| product * Rational::int(count));
    let (digits, _) = product.parts_as_text();
    if digits.len() <= 7 { digits } else { format!("10^{}", digits.len() - 1) }
}
