//! Trembles for three and more players: a bounded number of them is tried.

use super::{Strategic, tremble::Layers};
use detente_game::Rational;
use detente_game::claim::Concept;

/// The greatest power of the small number.
const POWERS: usize = 3;
/// The most trembles that are tried.
const MOST_TRIED: usize = 800;

/// Trembles that prove the claim, if some with equal weights and small powers do: every plan that
/// is not in use has the probability `t`, `t^2` or `t^3`.
pub(super) fn search(strategic: &Strategic, concept: &Concept) -> Option<Layers> {
    let unused: Vec<(usize, usize)> = (0..strategic.players())
        .flat_map(|player| {
            let mixed = &strategic.mixed[player];
            (0..mixed.len()).filter(|plan| mixed[*plan].is_zero()).map(move |plan| (player, plan))
        })
        .collect();
    let mut powers = vec![1; unused.len()];
    for _ in 0..MOST_TRIED {
        let layers = layers(strategic, &unused, &powers);
        if super::tremble::check(strategic, concept, &layers).is_ok() {
            return Some(layers);
        }
        let turn = powers.iter().position(|power| *power < POWERS)?;
        powers[turn] += 1;
        powers[..turn].fill(1);
    }
    None
}

fn layers(strategic: &Strategic, unused: &[(usize, usize)], powers: &[usize]) -> Layers {
    let none = |mixed: &Vec<Rational>| vec![Rational::ZERO; mixed.len()];
    let mut layers: Layers = strategic
        .mixed
        .iter()
        .map(|mixed| [vec![mixed.clone()], vec![none(mixed); POWERS]].concat())
        .collect();
    for ((player, plan), power) in unused.iter().zip(powers) {
        layers[*player][*power][*plan] = Rational::ONE;
    }
    layers
}
