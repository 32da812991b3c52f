//! One equilibrium of a two-player tree by Lemke's algorithm on the sequence form (Koller, Megiddo
//! and von Stengel 1996).
//!
//! A fee on every action of the first player but the first of each choice makes a game with an
//! equilibrium that is easy to see: he takes his first actions, the other replies best. The
//! algorithm follows the equilibria of the games with smaller fees until there is no fee. Since
//! plans are bounded, and at a high fee there is no other equilibrium, it must end there; the
//! lexicographic rule makes it end for degenerate games too. For a strategic form this is the
//! algorithm of Lemke and Howson (1964) with fees instead of one bonus.

use super::complementary::{self, Equations, Game, equations};
use super::sequence_form::Sequences;
use crate::{Budget, Candidate, Found, Progress, Question};
use detente_game::card::Card;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{PlayerId, Rational};
use detente_linear::Dictionary;

/// The card of Lemke's algorithm.
pub static CARD: Card = Card {
    name: "lemke",
    line: "One mixed Nash equilibrium of a two-player tree",
    accepts: "two players, perfect recall; chances may be private; up to 3000 actions",
    exact: true,
    complete: None,
    cost: "a path of pivots, short in practice, exponential at worst",
    source: "Lemke 1965; Lemke and Howson 1964; Koller, Megiddo and von Stengel 1996",
};

/// The most actions of both players together: a dictionary grows with their square.
const MOST_ACTIONS: usize = 3_000;

/// Finds one Nash equilibrium.
///
/// # Errors
/// A part of a sentence if the game or the concept is not of the kind that [`CARD`] names.
pub fn solve(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Result<Found, String> {
    complementary::check(instance, &question.concept)?;
    let actions = instance.form().action_count();
    if actions > MOST_ACTIONS {
        return Err(format!("the players have {actions} actions, more than {MOST_ACTIONS}"));
    }
    let players = [PlayerId(0), PlayerId(1)];
    let form = Sequences::of(instance, GameForm::ROOT, &players, &|_| None);
    let sides = [&form.sides[0], &form.sides[1]];
    let game = Game {
        sides,
        payoffs: [&form.payoffs[0], &form.payoffs[1]],
        view: &|_, plan| plan,
        keeps_vertices: true,
    };
    let mut budget = Budget::new(question, progress);
    let plans = follow(&game, &mut budget);
    let found = plans.map(|[x, y]| complementary::profile(instance, sides, [&x, &y], None));
    let searched = match budget.reason() {
        None => "One equilibrium was computed by Lemke's algorithm; others were not searched. \
                 What a player would do where his own plan never leads does not matter for this \
                 and is filled in."
            .to_owned(),
        Some(reason) => format!("No equilibrium was computed: {reason}."),
    };
    Ok(Found {
        candidates: found.map(Candidate::Point).into_iter().collect(),
        method: &CARD,
        complete: false,
        all_pure: false,
        searched,
        touched: budget.touched(),
        space: String::new(),
    })
}

/// Both players' polyhedra in one dictionary: the variable of a label on a side, and the fee.
struct Path {
    labels: u32,
    dictionary: Dictionary,
    first_basis: Vec<u32>,
    /// The variable that left the basis last.
    left: u32,
}

/// The plans at the end of the path; `None` if the budget ended before.
fn follow(game: &Game, budget: &mut Budget) -> Option<[Vec<Rational>; 2]> {
    let first: Vec<usize> = game.sides[0].choices.iter().map(|choice| choice.first).collect();
    let one = equations(game, 0, &first, None);
    let two = equations(game, 1, &one.replies, Some(&first));
    let labels = game.labels() as u32;
    let fined = game.sides[0].count as u32 - 1;
    let point = match Path::start(labels, fined, one, two) {
        Ok(mut path) => {
            while budget.touch_slowly() && !path.step() {}
            if budget.is_stopped() {
                return None;
            }
            path.dictionary.point()
        }
        Err(point) => point,
    };
    Some([0, 1].map(|side: usize| {
        let own = point.iter().filter(|(variable, _)| *variable / labels.max(1) == side as u32);
        let own: Vec<(u32, Rational)> =
            own.map(|(variable, value)| (variable % labels, value.clone())).collect();
        game.weights(side, &own)
    }))
}

impl Path {
    /// The first basis on the path; as an error, the point of the start if that is an equilibrium.
    /// In the second side's equations, labels below `fined` are what the first player's actions
    /// fall short by: the fee is added there.
    fn start(
        labels: u32,
        fined: u32,
        one: Equations,
        two: Equations,
    ) -> Result<Self, Vec<(u32, Rational)>> {
        let widths = [one.outside.len(), two.outside.len()];
        let shift = |of: &[u32]| of.iter().map(|label| label + labels).collect::<Vec<u32>>();
        let (fee, width) = (2 * labels, widths[0] + widths[1]);
        let mut basic = [one.basic, shift(&two.basic)].concat();
        let outside = [one.outside, shift(&two.outside), vec![fee]].concat();
        let zeros = |count: usize| vec![Rational::ZERO; count];
        let mut rows: Vec<Vec<Rational>> = Vec::new();
        for mut row in one.rows {
            let constant = row.pop().expect("a constant");
            rows.push([row, zeros(widths[1] + 1), vec![constant]].concat());
        }
        for (mut row, label) in two.rows.into_iter().zip(&two.basic) {
            let constant = row.pop().expect("a constant");
            let fine = Rational::int(i64::from(*label < fined));
            rows.push([zeros(widths[0]), row, vec![fine, constant]].concat());
        }
        let constant = |row: usize| &rows[row][width + 1];
        // The last of equals: its infinitesimal is the smallest.
        let worst = (0..rows.len()).rev().min_by_key(|row| constant(*row).clone());
        let Some(worst) = worst.filter(|row| constant(*row).is_negative()) else {
            let point =
                basic.iter().zip(&rows).map(|(label, row)| (*label, row[width + 1].clone()));
            return Err(point.filter(|(_, value)| !value.is_zero()).collect());
        };
        let first_basis = basic.clone();
        charge(&mut rows, worst, width);
        let left = std::mem::replace(&mut basic[worst], fee);
        let outside = outside.into_iter().map(|label| if label == fee { left } else { label });
        let dictionary = Dictionary::new(basic, outside.collect(), &rows);
        Ok(Self { labels, dictionary, first_basis, left })
    }

    /// Brings in the partner of what left; whether the fee has come down to zero.
    fn step(&mut self) -> bool {
        let (fee, labels) = (2 * self.labels, self.labels);
        let partner = (self.left + labels) % fee;
        let columns = self.dictionary.other();
        let column = columns.iter().position(|label| *label == partner);
        let column = column.expect("of each pair one is outside the basis");
        let row = self.dictionary.leaving(column, &self.first_basis);
        // Along a ray plans stay as they are and the fee rises: only the start has such a ray.
        let row = row.expect("the path does not end in a ray");
        self.left = self.dictionary.basic()[row];
        self.dictionary.pivot(row, column);
        self.left == fee
    }
}

/// Exchanges the variable of a row with the fee, whose coefficients are zero or one.
fn charge(rows: &mut [Vec<Rational>], worst: usize, width: usize) {
    let mut fee: Vec<Rational> = rows[worst].iter().map(|value| -value).collect();
    fee[width] = Rational::ONE;
    for row in rows.iter_mut().filter(|row| row[width].is_one()) {
        row[width] = Rational::ZERO;
        for (value, of_fee) in row.iter_mut().zip(&fee) {
            *value += of_fee;
        }
    }
    rows[worst] = fee;
}
