//! What is said to an analyst's questions. Each sentence states what was worked out for it, no more.

use crate::formats::text::thresholds::{doubt, leaves, limit};
use crate::numbers::Numbers;
use crate::value::Range;
use detente_analysis::analyses::ends::Limit;
use detente_analysis::analyses::thresholds::{Reach, Threshold};
use detente_game::Game;
use detente_game::question::Event;

/// A number over one way of play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// It has this value, or over a continuum all values of this range.
    Known(Range),
    /// It is undefined: what it is conditional on does not happen.
    Undefined,
    /// It was not worked out for every point of the continuum.
    Unknown,
}

/// `The probability that reply is freeze, given that Partner is serious,`
#[must_use]
pub fn probability(of: &Event) -> String {
    match &of.given {
        None => format!("The probability that {}", of.event),
        Some(given) => format!("The probability that {}, given that {given},", of.event),
    }
}

/// `is 70% in A, the only way of play`: a number in each of several ways of play.
///
/// `stands` names the ways of play as a whole, as [`standing`] makes it.
#[must_use]
pub fn in_each(ways: &[(String, Measured)], stands: &str, numbers: Face) -> String {
    if ways.iter().all(|(_, measured)| *measured == ways[0].1) {
        return format!("{} in {stands}", is(&ways[0].1, numbers));
    }
    let each: Vec<String> =
        ways.iter().map(|(label, measured)| format!("{} in {label}", is(measured, numbers))).collect();
    format!("{}, of {stands}", each.join(", "))
}

fn is(measured: &Measured, numbers: Face) -> String {
    match measured {
        Measured::Known(range) => format!("is {}", numbers.range(range)),
        Measured::Undefined => "is undefined, since its condition does not happen,".to_owned(),
        Measured::Unknown => "was not worked out for the whole continuum".to_owned(),
    }
}

/// The ways of play as a whole: `A, the only way of play (sequential)`, `all 3 ways of play found (Nash)`.
#[must_use]
pub fn standing(labels: &[&str], kind: &str, complete: bool) -> String {
    let found = if complete { "" } else { " found" };
    match labels {
        [only] => format!("{only}, the only way of play{found} ({kind})"),
        several => format!("all {} ways of play{found} ({kind})", several.len()),
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// Fraction, decimal or both.
    pub numbers: Numbers,
    /// Whether it is a probability.
    pub is_share: bool,
}

impl Face {
    /// `70%`, `between 10% and 70%`.
    #[must_use]
    pub fn range(self, range: &Range) -> String {
        let one = |value| match self.is_share {
            true => self.numbers.share(value),
            false => self.numbers.number(value),
        };
        if range.is_point() {
            return one(&range.low);
        }
        format!("between {} and {}", one(&range.low), one(&range.high))
    }
}

/// Between which values a way of play holds, what ends it, and what is not proved of it.
#[must_use]
pub fn interval(game: &Game, label: &str, threshold: &Threshold, numbers: Numbers) -> Vec<String> {
    let name = &game.params[threshold.param.index()].name;
    let end = |side: &Result<Reach, &'static str>| match side {
        Ok(reach) => limit(&reach.end, numbers),
        Err(_) => "a value that is not known".to_owned(),
    };
    let now = numbers.number(&threshold.base);
    let everywhere = threshold.reaches().filter(|reach| reach.end.limit == Limit::None).count() == 2;
    let mut said = vec![if everywhere {
        format!("{label} holds whatever {name} is (now {now}), all else unchanged.")
    } else {
        format!(
            "{label} holds while {name} (now {now}) is between {} and {}, all else unchanged.",
            end(&threshold.below),
            end(&threshold.above)
        )
    }];
    for side in [&threshold.below, &threshold.above] {
        match side {
            Err(why) => said.push(format!("One end is not known: {why}.")),
            Ok(reach) if reach.end.is_inside() => said.push(beyond(reach)),
            Ok(_) => {}
        }
    }
    said
}

fn beyond(reach: &Reach) -> String {
    let end = &reach.end;
    let side = match end.side.word() {
        "below" => "Below",
        _ => "Above",
    };
    let all: Vec<String> = end.leaves.iter().map(|one| leaves(&reach.last, one)).collect();
    let doubt = doubt(end).map(|why| format!(" ({why})")).unwrap_or_default();
    format!("{side}{doubt}: {}", all.join(" "))
}

/// `Offerer gets 0.44 instead of 0.3, a change of +0.14, if all know that …`
#[must_use]
pub fn informed(player: &str, told: &str, (before, after): (&Range, &Range), numbers: Numbers) -> String {
    let face = Face { numbers, is_share: false };
    format!(
        "If {told} and all know it, {player} gets {} instead of {}: a change of {}.",
        face.range(after),
        face.range(before),
        super::value::change(&after.since(before), numbers)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_game::Rational;

    const FACE: Face = Face { numbers: Numbers::Both, is_share: true };

    fn known(low: (i64, i64), high: (i64, i64)) -> Measured {
        let of = |(over, under)| Rational::new(over, under);
        Measured::Known(Range { low: of(low), high: of(high) })
    }

    #[test]
    fn only_what_is_alike_in_all_is_said_of_all() {
        let way = |label: &str, measured: &Measured| (label.to_owned(), measured.clone());
        let (half, third) = (known((1, 2), (1, 2)), known((1, 3), (1, 2)));
        let stands = standing(&["A", "B"], "Nash", false);
        assert_eq!(
            in_each(&[way("A", &half), way("B", &half)], &stands, FACE),
            "is 50% in all 2 ways of play found (Nash)"
        );
        assert_eq!(
            in_each(&[way("A", &half), way("B", &third)], &stands, FACE),
            "is 50% in A, is between 1/3 ≈ 33.3% and 50% in B, of all 2 ways of play found (Nash)"
        );
        assert_eq!(
            in_each(&[way("A", &Measured::Undefined)], &standing(&["A"], "Nash", true), FACE),
            "is undefined, since its condition does not happen, in A, the only way of play (Nash)"
        );
    }
}
