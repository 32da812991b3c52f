//! What knowing, being bound, or another chance is worth: the game is changed, solved anew with the
//! same search and compared, player by player.
//!
//! Several equilibria give ranges, before and after; what is gained is then known up to the range
//! that both leave open.

mod along;
mod commitment;
mod information;

pub use along::{along, of_detection};
pub use commitment::bound;
pub use information::{Learn, about, learning, of_others};

use crate::road::{Solved, Verified};
use detente_analysis::analyses::values::worth;
use detente_game::{GameForm, PlayerId, Rational};
use detente_report::cards::{Card, Member, deal, strength};
use detente_report::value::{Found, Range};

/// What the equilibria that were found are worth: those of the strongest concept, which are also those
/// that `solve` shows.
#[must_use]
pub fn found(form: &GameForm, solved: &Solved) -> Found {
    let counted = counted(solved);
    let points: Vec<Vec<Rational>> = counted
        .iter()
        .flat_map(|verified| verified.points())
        .map(|point| worth(point).into_iter().map(|worth| worth.value).collect())
        .collect();
    let of = |player: PlayerId| Range::over(points.iter().map(|all| all[player.index()].clone()));
    let complete = solved.complete && solved.undecided.is_empty() && solved.enclosed.is_empty();
    let mut searched = solved.searched.clone();
    if !solved.enclosed.is_empty() {
        searched.push_str(&format!(
            " {} more known by enclosures only, not counted.",
            solved.enclosed.len()
        ));
    }
    Found {
        worth: form.player_ids().filter_map(of).collect(),
        ways: cards(&counted).len(),
        concept: counted.first().map(|verified| verified.equilibrium.concept().clone()),
        complete,
        searched,
    }
}

/// The equilibria that count.
pub(crate) fn counted(solved: &Solved) -> Vec<&Verified> {
    let of = |one: &Verified| strength(one.equilibrium.concept());
    let strongest = solved.equilibria.iter().map(of).min();
    solved.equilibria.iter().filter(|one| Some(of(one)) == strongest).collect()
}

/// Their ways of play.
fn cards<'s>(counted: &[&'s Verified]) -> Vec<Card<'s>> {
    let members: Vec<Member> = counted
        .iter()
        .map(|verified| Member {
            equilibrium: &verified.equilibrium,
            corners: &verified.corners,
            title: None,
        })
        .collect();
    deal(&members)
}
