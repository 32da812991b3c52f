//! From what was listed to candidates, and what is said of the search.

use super::Listed;
use crate::solvers::products;
use crate::solvers::sequence_form::Side;
use crate::{Budget, Found};
use detente_game::card::Card;
use detente_game::claim::Concept;
use detente_game::instance::GameInstance;
use detente_game::{Profile, Rational};

/// Whether these methods accept a game and a concept; if not, the reason as part of a sentence.
pub(crate) fn check(instance: &GameInstance, concept: &Concept) -> Result<(), String> {
    let reason = if *concept != Concept::Nash {
        "this method lists Nash equilibria only"
    } else if instance.form().players().len() != 2 {
        "the game does not have two players"
    } else if !instance.form().has_perfect_recall() {
        "a player forgets what he knew"
    } else {
        return Ok(());
    };
    Err(reason.to_owned())
}

/// The answer made of what was listed as pairs of plans.
pub(crate) fn answer(
    instance: &GameInstance,
    sides: [&Side; 2],
    listed: &Listed,
    budget: &Budget,
    method: &'static Card,
) -> Found {
    let [first, second] = &listed.points;
    let profile = |x: &[Rational], y: &[Rational], rest: Option<&Profile>| {
        profile(instance, sides, [x, y], rest)
    };
    let candidates =
        products::candidates(&listed.products, [first, second], listed.are_faces, &profile);
    let searched = match budget.reason() {
        None if listed.cut_short > 0 => format!(
            "All Nash equilibria were searched, mixed ones included; of {} pieces of continua \
             with very many vertices only one point each is listed.",
            listed.cut_short
        ),
        None => "All Nash equilibria were searched, mixed ones included; a continuum is listed by \
                 the vertices of its convex pieces, between which strategies are mixed as plans \
                 for the whole game. What a player would do where his own plan never leads does \
                 not matter for this and is filled in."
            .to_owned(),
        Some(reason) => {
            format!("Nash equilibria, mixed ones included, were searched in part only: {reason}.")
        }
    };
    let complete = !budget.is_stopped() && listed.cut_short == 0;
    Found {
        candidates,
        method,
        complete,
        all_pure: complete,
        searched,
        touched: budget.touched(),
        space: String::new(),
    }
}

/// A pair of plans as behaviour. What a plan does not lead to is done as in `rest`, or filled with
/// first options.
pub(crate) fn profile(
    instance: &GameInstance,
    sides: [&Side; 2],
    plans: [&[Rational]; 2],
    rest: Option<&Profile>,
) -> Profile {
    let form = instance.form();
    let first = || Profile::pure(form, &vec![0; form.info_sets().len()]);
    let mut profile = rest.cloned().unwrap_or_else(first);
    for (side, plan) in sides.iter().zip(plans) {
        side.behave(instance, plan, &mut profile);
    }
    profile
}
