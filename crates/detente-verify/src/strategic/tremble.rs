//! Trembles as polynomials in a small number, and what they prove. Nothing is searched here.

use super::Strategic;
use crate::best_response::weighted;
use detente_game::Rational;
use detente_game::claim::Concept;

/// A polynomial in a small positive number, the constant first.
type Small = Vec<Rational>;

/// Per player and power of the small number: the weight of every plan. Up to normalisation, plan
/// `s` has the probability `sum over k of layers[k][s] * t^k`.
pub(crate) type Layers = Vec<Vec<Vec<Rational>>>;

/// Checks that completely mixed strategies near the profile prove what is claimed, for all small
/// positive `t`: that every plan in use is a best reply to them (`perfect`), or that of two plans
/// the worse one is infinitely less likely (`proper`).
///
/// # Errors
/// What is wrong, as a clause.
pub(crate) fn check(
    strategic: &Strategic,
    concept: &Concept,
    layers: &Layers,
) -> Result<(), String> {
    if !surround(strategic, layers) {
        return Err("these are no completely mixed strategies near the profile".to_owned());
    }
    let shares: Vec<Vec<Small>> = layers.iter().map(|layers| by_plan(layers)).collect();
    for (player, own) in layers.iter().enumerate() {
        let worth = worth(strategic, player, &shares);
        let order = orders(own);
        let in_order = match concept {
            Concept::Proper => worse_is_rarer(&worth, &order),
            _ => in_use_is_best(&worth, &order),
        };
        if let Err(plan) = in_order {
            return Err(format!(
                "against these trembles '{}' is too likely for what it is worth to {}",
                strategic.text(player, plan),
                strategic.name(player)
            ));
        }
    }
    Ok(())
}

/// Whether the layers give every plan some weight, and in the limit that of the profile.
fn surround(strategic: &Strategic, layers: &Layers) -> bool {
    layers.len() == strategic.players()
        && layers.iter().zip(&strategic.mixed).all(|(layers, mixed)| {
            layers.first() == Some(mixed)
                && layers.iter().all(|layer| {
                    layer.len() == mixed.len() && layer.iter().all(|weight| !weight.is_negative())
                })
                && (0..mixed.len()).all(|plan| layers.iter().any(|layer| layer[plan].is_positive()))
        })
}

fn by_plan(layers: &[Vec<Rational>]) -> Vec<Small> {
    let plans = layers[0].len();
    (0..plans).map(|plan| layers.iter().map(|layer| layer[plan].clone()).collect()).collect()
}

/// The lowest power with which each plan has a weight.
pub(super) fn orders(layers: &[Vec<Rational>]) -> Vec<usize> {
    let of = |plan: usize| {
        layers.iter().position(|layer| layer[plan].is_positive()).unwrap_or(layers.len())
    };
    (0..layers[0].len()).map(of).collect()
}

/// What each plan of a player is worth against the others' trembles.
fn worth(strategic: &Strategic, player: usize, shares: &[Vec<Small>]) -> Vec<Small> {
    let combinations = strategic.combinations(player);
    let likely: Vec<Small> = combinations
        .iter()
        .map(|combination| {
            combination.iter().fold(vec![Rational::ONE], |product, (other, plan)| {
                times(&product, &shares[*other][*plan])
            })
        })
        .collect();
    let powers = likely.iter().map(Vec::len).max().unwrap_or(0);
    let of = |payoffs: &Vec<Rational>| -> Small {
        (0..powers)
            .map(|power| {
                let weights: Vec<Rational> = likely
                    .iter()
                    .map(|share| share.get(power).cloned().unwrap_or(Rational::ZERO))
                    .collect();
                weighted(&weights, payoffs)
            })
            .collect()
    };
    strategic.payoffs[player].iter().map(of).collect()
}

fn times(one: &Small, other: &Small) -> Small {
    let mut product = vec![Rational::ZERO; one.len() + other.len() - 1];
    for (at, left) in one.iter().enumerate().filter(|(_, left)| !left.is_zero()) {
        for (more, right) in other.iter().enumerate().filter(|(_, right)| !right.is_zero()) {
            product[at + more] += left * right;
        }
    }
    product
}

/// Fails with a plan in use that another beats.
fn in_use_is_best(worth: &[Small], order: &[usize]) -> Result<(), usize> {
    let best = worth.iter().max().expect("a player has a plan");
    let mut in_use = (0..worth.len()).filter(|plan| order[*plan] == 0);
    in_use.find(|plan| worth[*plan] != *best).map_or(Ok(()), Err)
}

/// Fails with a plan that is worse than another and not infinitely less likely.
fn worse_is_rarer(worth: &[Small], order: &[usize]) -> Result<(), usize> {
    for (worse, low) in worth.iter().enumerate() {
        // For small numbers polynomials of one length compare like their coefficients.
        let beats = |better: &usize| *low < worth[*better];
        if (0..worth.len()).filter(beats).any(|better| order[worse] <= order[better]) {
            return Err(worse);
        }
    }
    Ok(())
}
