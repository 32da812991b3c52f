//! Numbers of an equilibrium, or of a whole continuum, without a claim about them.

use super::Case;
use super::continuum::Whole;
use super::query::{Look, first_situations};
use crate::road::Verified;
use detente_game::claim::Quantity;
use detente_game::form::NodeSet;
use detente_game::{Game, InfoSetId, PlayerId, Profile, Rational};
use detente_report::sentences::question::Measured;
use detente_report::value::Range;
use detente_verify::Equilibrium;

/// A number over an equilibrium and, of a continuum, over all its points.
#[must_use]
pub fn measure(game: &Game, verified: &Verified, quantity: &Quantity) -> Measured {
    let case = case(game, verified);
    let instance = verified.equilibrium.instance();
    if verified.pieces.is_empty() {
        let look = Look::new(&case, instance, verified.equilibrium.profile());
        return look
            .quantity(quantity)
            .map_or(Measured::Undefined, |value| Measured::Known(Range::of(value)));
    }
    let pieces = verified.pieces.iter().map(|piece| {
        let corners: Vec<&Profile> =
            piece.corners.iter().map(|corner| verified.corners[*corner].profile()).collect();
        Whole::new(&case, instance, corners.into_iter(), piece.inside.profile()).measured(quantity)
    });
    pieces.reduce(joined).unwrap_or(Measured::Unknown)
}

/// A player's belief at each of his first situations that lie wholly after a condition.
#[must_use]
pub fn believed(
    game: &Game,
    verified: &Verified,
    player: PlayerId,
    about: &NodeSet,
    after: &NodeSet,
) -> Vec<(InfoSetId, Measured)> {
    let case = case(game, verified);
    let of = |equilibrium: &Equilibrium| {
        let look = Look::new(&case, equilibrium.instance(), equilibrium.profile());
        look.belief_weights(player, about, after)
    };
    // A belief is a mean of those at the corners that reach the situation, so it is extreme there.
    let points: Vec<Vec<(Rational, Rational)>> = verified.points().map(of).collect();
    let sets = first_situations(&game.form, player, after);
    let at = |place: usize| {
        let values = points.iter().filter_map(|all| all[place].0.checked_div(&all[place].1));
        Range::over(values).map_or(Measured::Undefined, Measured::Known)
    };
    sets.into_iter().enumerate().map(|(place, set)| (set, at(place))).collect()
}

/// What is known of two parts together.
#[must_use]
pub fn joined(one: Measured, other: Measured) -> Measured {
    match (one, other) {
        (Measured::Known(one), Measured::Known(other)) => {
            Range::over([one.low, one.high, other.low, other.high])
                .map_or(Measured::Unknown, Measured::Known)
        }
        (Measured::Undefined, Measured::Undefined) => Measured::Undefined,
        _ => Measured::Unknown,
    }
}

fn case<'g>(game: &'g Game, verified: &Verified) -> Case<'g> {
    let point = verified.equilibrium.instance().point().to_vec();
    Case { game, point, settings: Vec::new() }
}
