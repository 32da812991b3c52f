//! Formulas in parameters, with the author's names, as the language writes them.

use detente_analysis::algebra::{Powers, Terms};
use detente_analysis::analyses::condition::Condition;
use detente_game::{Game, Rational};

/// `transfer >= (edge - secret_edge) / (detect * p_firm)`, or `2 * b * b - a >= 0`.
#[must_use]
pub fn condition(game: &Game, condition: &Condition) -> String {
    match condition {
        Condition::Positive(sum) => format!("{} >= 0", terms(game, sum)),
        Condition::Bound { param, least, above, below } => {
            let name = &game.params[param.index()].name;
            let relation = if *least { ">=" } else { "<=" };
            let whole = below.as_constant().is_some_and(|number| number.is_one());
            if whole {
                return format!("{name} {relation} {}", terms(game, above));
            }
            let single = !below.is_sum() && below.iter().all(|(powers, _)| factors(powers) <= 1);
            let single = single && below.iter().all(|(powers, c)| c.is_one() || powers.is_empty());
            let bottom =
                if single { terms(game, below) } else { format!("({})", terms(game, below)) };
            let top = if above.is_sum() && above.common_variables().is_empty() {
                format!("({})", terms(game, above))
            } else {
                terms(game, above)
            };
            format!("{name} {relation} {top} / {bottom}")
        }
    }
}

fn factors(powers: &Powers) -> u32 {
    powers.values().sum()
}

/// A polynomial; variables common to all terms stand before it.
#[must_use]
pub fn terms(game: &Game, terms: &Terms) -> String {
    let mut rest = terms.clone();
    let mut common = Vec::new();
    while terms.is_sum() {
        let Some(variable) = rest.common_variables().first().copied() else { break };
        let Some(shorter) = rest.divided_by(&Terms::variable(variable)) else { break };
        common.push(game.params[variable].name.as_str());
        rest = shorter;
    }
    if common.is_empty() {
        return sum(game, terms);
    }
    format!("{} * ({})", common.join(" * "), sum(game, &rest))
}

/// Its first term is positive if one is.
fn sum(game: &Game, terms: &Terms) -> String {
    let (plus, minus): (Vec<_>, Vec<_>) =
        terms.iter().partition(|(_, coefficient)| coefficient.is_positive());
    let mut text = String::new();
    for (powers, coefficient) in plus.into_iter().chain(minus) {
        let sign = match (text.is_empty(), coefficient.is_negative()) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        text.push_str(sign);
        text.push_str(&monomial(game, powers, &coefficient.abs()));
    }
    if text.is_empty() { "0".to_owned() } else { text }
}

fn monomial(game: &Game, powers: &Powers, coefficient: &Rational) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let number = coefficient.to_string();
    if !coefficient.is_one() || powers.is_empty() {
        parts.push(&number);
    }
    for (variable, power) in powers {
        let name = game.params[*variable].name.as_str();
        parts.extend(std::iter::repeat_n(name, *power as usize));
    }
    parts.join(" * ")
}
