//! From cells to isolated equilibria and connected components.
//!
//! The closure of a cell is a product of two polytopes all of whose points are equilibria. Cells
//! are faces of two polyhedra, one per mover, so two closures meet exactly if they share a vertex
//! on either side.

use super::programs::{self, Worths};
use super::search::Cell;
use super::stage::Stage;
use crate::Candidate;
use crate::solvers::products::{self, Points, Product};
use detente_game::form::GameForm;
use detente_game::{Profile, Rational};
use std::collections::BTreeSet;

/// What became of the cells.
pub(super) struct Grouped {
    /// The candidates, sorted by their vertices.
    pub(super) candidates: Vec<Candidate>,
    /// Of how many cells only some points are listed, because they have too many vertices.
    pub(super) cut_short: usize,
}

/// The candidates of all cells.
pub(super) fn candidates(
    form: &GameForm,
    stage: &Stage,
    worths: &Worths,
    cells: &[Cell],
) -> Grouped {
    let (mut sendings, mut replyings) = (Points::default(), Points::default());
    let mut products = BTreeSet::new();
    let mut cut_short = 0;
    for cell in cells {
        let sending = programs::sending(stage, worths, &cell.sent, &cell.best);
        let replying = programs::replying(stage, &cell.sent, &cell.best);
        let corners = sending
            .vertices(products::MOST_VERTICES)
            .zip(replying.vertices(products::MOST_VERTICES));
        let listed = corners.filter(|(x, y)| x.len() * y.len() <= products::MOST_PAIRS);
        let (sending, replying) = listed.unwrap_or_else(|| {
            cut_short += 1;
            (sending.any_point(), replying.any_point())
        });
        products.insert(Product {
            first: sendings.numbers(sending),
            second: replyings.numbers(replying),
        });
    }
    // Nobody decides twice, so a pair of points tells everything.
    let profile = |sending: &[Rational], replying: &[Rational], _: Option<&Profile>| {
        profile(form, stage, sending, replying)
    };
    let candidates = products::candidates(&products, [&sendings, &replyings], true, &profile);
    Grouped { candidates, cut_short }
}

fn profile(form: &GameForm, stage: &Stage, sending: &[Rational], replying: &[Rational]) -> Profile {
    let mut probability = vec![Rational::ZERO; form.action_count()];
    for (message, value) in stage.messages.iter().zip(sending) {
        probability[message.id.index()] = value.clone();
    }
    for (id, value) in stage.reply_ids.iter().zip(replying) {
        probability[id.index()] = value.clone();
    }
    Profile { probability }
}
