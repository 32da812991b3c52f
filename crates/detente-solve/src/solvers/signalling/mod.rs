//! All equilibria, mixed ones too, of games in which each path has at most one decision of a first
//! mover and then at most one of a second: signalling, deterrence with noisy alarms, cheap talk,
//! and also bimatrix and one-shot Bayesian games.

mod beliefs;
mod components;
mod programs;
mod search;
mod stage;

use crate::{Budget, Found, Progress, Question};
use beliefs::Link;
use components::Grouped;
use detente_game::Rational;
use detente_game::card::Card;
use detente_game::instance::GameInstance;
use search::Search;
use stage::Stage;

/// What this solver says of itself.
pub static CARD: Card = Card {
    name: "signalling",
    line: "all mixed equilibria of two-stage games, with their connected components",
    accepts: "two players; on each path at most one decision of the first, then at most one of the second; chance anywhere; at most 12 messages per situation",
    exact: true,
    complete: Some("all equilibria in behaviour strategies"),
    cost: "exponential in messages and replies per situation, with exact pruning; 4 types, 4 messages, 4 replies are practical",
    source: "Support enumeration as in Dickhaut and Kaplan (1991); beliefs as in Kreps and Wilson (1982) and Bonanno (2013)",
};

/// Trials before an unnamed search gives up.
const USUAL_TRIALS: u64 = 1_000_000;

/// All equilibria of a two-stage game; `None` if the game is not one, or the concept is not
/// Nash, weak perfect Bayesian, perfect Bayesian or sequential equilibrium (for a refinement of
/// these, the perfect Bayesian ones are listed).
///
/// Every listed vertex is an equilibrium, and so is every point of the closed cells they span.
#[must_use]
pub fn solve(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Option<Found> {
    let link = Link::of(&question.concept)?;
    let stage = Stage::recognise(instance, link != Link::Anything)?;
    let question = with_usual_patience(question);
    let mut budget = Budget::new(&question, progress);
    let mut search = Search::new(&stage, link, &mut budget);
    search.run();
    let cells = std::mem::take(&mut search.cells);
    let worths = std::mem::take(&mut search.worths);
    drop(search);
    let Grouped { candidates, cut_short } =
        components::candidates(instance.form(), &stage, &worths, &cells);
    let mut deciding = instance.form().info_sets().iter().map(|set| set.player);
    let first = deciding.next();
    let alone = deciding.all(|player| Some(player) == first);
    let movers = if alone { "the only mover" } else { "both movers" };
    let searched = match budget.reason() {
        None if cut_short > 0 => format!(
            "All supports of {movers} were searched, so mixed equilibria are included; of \
             {cut_short} continua with very many vertices only one point each is listed."
        ),
        None => format!(
            "All supports of {movers} were searched, so mixed equilibria are included; where they \
             form a continuum, each connected component is listed by the vertices of its convex \
             pieces."
        ),
        Some(reason) => format!("Not all supports of {movers} were searched: {reason}."),
    };
    Some(Found {
        candidates,
        method: &CARD,
        complete: !budget.is_stopped() && cut_short == 0,
        all_pure: !budget.is_stopped() && cut_short == 0,
        searched,
        touched: budget.touched(),
        space: pure_profiles(instance),
    })
}

/// Trials cost linear programs here. Unless this method was asked for by name, it leaves large
/// games to others after a while.
fn with_usual_patience(question: &Question) -> Question {
    let mut question = question.clone();
    if question.method.is_none() {
        question.limit.profiles = question.limit.profiles.min(USUAL_TRIALS);
    }
    question
}

/// How many pure profiles there are: in digits up to a million, else as a power of ten.
fn pure_profiles(instance: &GameInstance) -> String {
    let counts = instance.form().info_sets().iter().map(|set| i64::from(set.action_count));
    let product = counts.fold(Rational::ONE, |product, count| product * Rational::int(count));
    let (digits, _) = product.parts_as_text();
    if digits.len() <= 7 { digits } else { format!("10^{}", digits.len() - 1) }
}
