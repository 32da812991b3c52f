//! What is said of the value of being told and of being bound. Each sentence states what the ranges
//! it is made of show, no more.

use crate::formats::text::words;
use crate::numbers::Numbers;
use crate::value::{Commitment, Found, Learning, Range, Value};
use detente_game::Rational;

/// `0.2`, `0.2 to 0.5`.
#[must_use]
pub fn range(range: &Range, numbers: Numbers) -> String {
    if range.is_point() {
        return numbers.number(&range.low);
    }
    format!("{} to {}", numbers.number(&range.low), numbers.number(&range.high))
}

/// `+0.2`, `-0.1 to +0.3`.
#[must_use]
pub fn change(range: &Range, numbers: Numbers) -> String {
    let signed = |value: &Rational| {
        if value.is_zero() { numbers.number(value) } else { numbers.signed(value) }
    };
    if range.is_point() {
        return signed(&range.low);
    }
    format!("{} to {}", signed(&range.low), signed(&range.high))
}

/// What a player is told, as a heading.
#[must_use]
pub fn told(value: &Value, learning: &Learning) -> String {
    let player = &value.players[learning.player];
    if learning.accuracy.is_one() {
        return format!("{player} is told {}", learning.about);
    }
    let often = learning.accuracy.to_string();
    format!("{player} gets a report of {} that is right with probability {often}", learning.about)
}

/// What being told comes to.
#[must_use]
pub fn learning(value: &Value, learning: &Learning, numbers: Numbers) -> Vec<String> {
    let player = &value.players[learning.player];
    let Some(after) = &learning.told else {
        return vec![format!(
            "{player} cannot make use of it: at every choice it knows this already, or it has not \
             happened yet. Its value is 0."
        )];
    };
    let mut said = Vec::new();
    if let Some(alone) = &learning.alone {
        let gain = change(alone, numbers);
        said.push(format!(
            "If nobody else knows that it is told, so that all others play as before, {player} \
             gains {gain}; this is never less than 0 (Blackwell 1951)."
        ));
    }
    let unknown = match (value.before.worth.is_empty(), after.worth.is_empty()) {
        (false, false) => None,
        (true, false) => Some("As it is,"),
        (false, true) => Some("Where all know that it is told,"),
        (true, true) => Some("As it is and where all know that it is told,"),
    };
    if let Some(side) = unknown {
        said.push(format!(
            "{side} no equilibrium is known exactly, so nothing is compared; what was searched is \
             said at the end."
        ));
        return said;
    }
    let changes: Vec<Range> =
        after.worth.iter().zip(&value.before.worth).map(|(now, then)| now.since(then)).collect();
    said.extend(sign(value, learning, &changes, numbers));
    said.extend(doubt(&[&value.before, after]));
    said
}

fn sign(value: &Value, learning: &Learning, changes: &[Range], numbers: Numbers) -> Option<String> {
    let player = &value.players[learning.player];
    let own = &changes[learning.player];
    if own.high.is_negative() {
        let loss = range(&Range { low: -&own.high, high: -&own.low }, numbers);
        let all = changes.iter().all(|change| change.high.is_negative());
        let who = if all && changes.len() > 1 { " and everybody else loses too" } else { "" };
        return Some(format!(
            "Information hurts here: where all know that it is told, {player} loses {loss}{who}. This \
             is no contradiction: others know that it knows and choose otherwise than before; \
             against unchanged play it could not lose (Hirshleifer 1971; Kamien, Tauman and Zamir \
             1990)."
        ));
    }
    if own.low.is_negative() && own.high.is_positive() {
        return Some(format!(
            "Whether it helps {player} depends on which equilibrium is played before and after."
        ));
    }
    if own.low.is_negative() {
        return Some(format!(
            "{player} is never better off than in the worst equilibrium before, and in some worse: \
             others who know that it is told may choose otherwise."
        ));
    }
    let hurt: Vec<&str> = changes
        .iter()
        .zip(&value.players)
        .filter(|(change, _)| change.high.is_negative())
        .map(|(_, name)| name.as_str())
        .collect();
    (!hurt.is_empty()).then(|| format!("It hurts {}.", hurt.join(" and ")))
}

/// What is to be said of ranges whose searches were not complete, or that count other kinds of equilibria.
#[must_use]
pub fn doubt(all: &[&Found]) -> Option<String> {
    let kinds: Vec<String> =
        all.iter().filter_map(|found| found.concept.as_ref()).map(words::concept).collect();
    let differ = kinds.windows(2).any(|pair| pair[0] != pair[1]).then(|| {
        format!(
            "Equilibria of different kinds are compared ({}), since each side counts the strongest \
             kind that it has; --concept names one for both.",
            kinds.join(" and ")
        )
    });
    let open = all.iter().any(|found| !found.complete).then(|| {
        "A search was not complete, so ranges are those of the equilibria found; others may lie \
         outside."
            .to_owned()
    });
    let said: Vec<String> = differ.into_iter().chain(open).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What being bound comes to.
#[must_use]
pub fn commitment(value: &Value, commitment: &Commitment, numbers: Numbers) -> Vec<String> {
    let player = &value.players[commitment.player];
    let plans = match &commitment.plans {
        Ok(plans) => plans,
        Err(why) => return vec![format!("Not worked out for {player}: {why}.")],
    };
    let Some(before) = value.before.worth.get(commitment.player) else {
        return vec!["No equilibrium is known exactly, so nothing is compared.".to_owned()];
    };
    let best = plans.mixed.as_ref().unwrap_or(&plans.kind);
    let gain = Range::of(best.worth[0].clone()).since(before);
    let which = if plans.mixed.is_some() { "the best plan" } else { "the best pure plan" };
    let mut said = vec![format!(
        "Being bound to {which} changes what {player} gets in equilibrium by {}.",
        change(&gain, numbers)
    )];
    let pure = Range::of(plans.kind.worth[0].clone()).since(before);
    if pure.high.is_negative() {
        said.push(format!(
            "A pure plan costs {player}: bound to any of them it gets less than in every equilibrium \
             {}, since the other knows it and replies to it.",
            if value.before.complete { "there is" } else { "that was found" }
        ));
    }
    said.extend(doubt(&[&value.before]));
    said
}
