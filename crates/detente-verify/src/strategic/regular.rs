//! Regular equilibria: where every best reply is in use and the equations that keep the plans in
//! use equally good have a nonsingular derivative.
//!
//! Such an equilibrium is perfect and proper (van Damme 1991, section 2.5): for all small weights
//! of the plans that are not in use the equations have a solution nearby (implicit function
//! theorem), to which the plans in use are best replies; and among weights that are the rarer the
//! worse the plan there is a fixed point (Myerson 1978).

use super::Strategic;
use detente_game::Rational;
use detente_linear::{SystemSolution, solve_system};

/// Checks that the profile is regular.
///
/// # Errors
/// Why it is not, as a clause.
pub(crate) fn check(strategic: &Strategic) -> Result<(), String> {
    if !(0..strategic.players()).all(|player| uses_all_best(strategic, player)) {
        return Err("some best reply is not in use, so it is not regular".to_owned());
    }
    let matrix = derivative(strategic);
    let zero = vec![Rational::ZERO; matrix.len()];
    match solve_system(&matrix, &zero) {
        SystemSolution::Unique(_) => Ok(()),
        _ => Err("the equations of the equilibrium are singular, so it is not regular".to_owned()),
    }
}

/// Whether exactly the plans in use are best replies to the profile.
fn uses_all_best(strategic: &Strategic, player: usize) -> bool {
    let worth = strategic.worth(player, &strategic.mixed);
    let best = worth.iter().max().expect("a player has a plan");
    worth
        .iter()
        .zip(&strategic.mixed[player])
        .all(|(worth, share)| (worth == best) == share.is_positive())
}

/// The derivative of the equations (equal payoffs of the plans in use, probabilities that add up)
/// in the probabilities of the plans in use.
fn derivative(strategic: &Strategic) -> Vec<Vec<Rational>> {
    let variables: Vec<(usize, usize)> = (0..strategic.players())
        .flat_map(|player| strategic.support(player).into_iter().map(move |plan| (player, plan)))
        .collect();
    let mut rows = Vec::with_capacity(variables.len());
    for player in 0..strategic.players() {
        let sum = variables.iter().map(|(owner, _)| Rational::int(i64::from(*owner == player)));
        rows.push(sum.collect());
        let used = strategic.support(player);
        for plan in &used[1..] {
            let payoffs = &strategic.payoffs[player];
            let lead: Vec<Rational> =
                payoffs[*plan].iter().zip(&payoffs[used[0]]).map(|(a, b)| a - b).collect();
            let slope = |variable: &(usize, usize)| slope(strategic, player, &lead, *variable);
            rows.push(variables.iter().map(slope).collect());
        }
    }
    rows
}

/// How fast an expectation over the others' plans grows with the probability of one plan.
fn slope(
    strategic: &Strategic,
    player: usize,
    values: &[Rational],
    variable: (usize, usize),
) -> Rational {
    let combinations = strategic.combinations(player);
    let with = combinations.iter().zip(values).filter(|(all, _)| all.contains(&variable));
    with.map(|(combination, value)| {
        let rest = combination.iter().filter(|one| **one != variable);
        rest.fold(value.clone(), |product, (other, plan)| product * &strategic.mixed[*other][*plan])
    })
    .sum()
}
