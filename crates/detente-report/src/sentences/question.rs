//! What is said to an analyst's questions. Each sentence states what was worked out for it, no more.

use crate::formats::text::thresholds::{
    doubt, holds_again, leaves, limit, place as value_at, unshown,
};
use crate::numbers::Numbers;
use crate::question::Answer;
use crate::value::Range;
use detente_analysis::analyses::ends::Limit;
use detente_analysis::analyses::flips::Side;
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

/// Different values that are told one by one; of more the range is told.
const TOLD: usize = 5;
/// Ways of play that are named beside a value.
const NAMED: usize = 6;

/// `is 70%`, `is 70% in A and C, 10% in B`: a number in each of several ways of play.
#[must_use]
pub fn in_each(ways: &[(String, Measured)], numbers: Face) -> String {
    let groups = alike(ways);
    match groups.as_slice() {
        [] => "was not worked out".to_owned(),
        [(measured, _)] => format!("is {}", value(measured, numbers)),
        several if several.len() > TOLD => {
            let known = several.iter().filter_map(|(measured, _)| match measured {
                Measured::Known(range) => Some([range.low.clone(), range.high.clone()]),
                Measured::Undefined | Measured::Unknown => None,
            });
            let range = Range::over(known.flatten());
            let range = range.map_or("unknown".to_owned(), |range| numbers.range(&range));
            format!("differs over the ways of play; where it is known, it is {range}")
        }
        several => {
            let each = several.iter().map(|(measured, labels)| {
                format!("{} in {}", value(measured, numbers), named(labels))
            });
            format!("is {}", each.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The ways of play by what was measured in them, in the order of the first of each.
#[must_use]
pub fn alike(ways: &[(String, Measured)]) -> Vec<(&Measured, Vec<&str>)> {
    let mut groups: Vec<(&Measured, Vec<&str>)> = Vec::new();
    for (label, measured) in ways {
        match groups.iter_mut().find(|(known, _)| *known == measured) {
            Some((_, labels)) => labels.push(label),
            None => groups.push((measured, vec![label])),
        }
    }
    groups
}

/// `A`, `A and B`, `A, B and 7 more`.
#[must_use]
pub fn named(labels: &[&str]) -> String {
    let more = labels.len().saturating_sub(NAMED);
    let mut all: Vec<String> = labels.iter().take(NAMED).map(|label| (*label).to_owned()).collect();
    if more > 0 {
        all.push(format!("{more} more"));
    }
    match all.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

fn value(measured: &Measured, numbers: Face) -> String {
    match measured {
        Measured::Known(range) => numbers.range(range),
        Measured::Undefined => "undefined (what it is conditional on does not happen)".to_owned(),
        Measured::Unknown => "not known over the whole continuum".to_owned(),
    }
}

/// What stands before the sentences of an answer: `With offered = 1, in A, the only way of play
/// (sequential)`.
#[must_use]
pub fn heading(answer: &Answer) -> Option<String> {
    let mut parts = Vec::new();
    if !answer.with.is_empty() {
        parts.push(format!("with {}", answer.with.join(", ")));
    }
    parts.extend(answer.file.iter().map(|file| format!("in the scenario {file}")));
    parts.extend(answer.stands.iter().map(|stands| format!("in {stands}")));
    let text = parts.join(", ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
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

/// `Russia (resolved), knowing news is clean, believes that Partner is serious with probability 71%`.
#[must_use]
pub fn believes(
    who: &str,
    place: &str,
    about: &str,
    ways: &[(String, Measured)],
    numbers: Face,
) -> String {
    let place = if place.is_empty() { String::new() } else { format!(", {place},") };
    match alike(ways).as_slice() {
        [(Measured::Known(range), _)] => {
            format!("{who}{place} believes that {about} with probability {}.", numbers.range(range))
        }
        _ => format!(
            "The probability that {about}, as {who}{place} believes, {}.",
            in_each(ways, numbers)
        ),
    }
}

/// What an interval is of.
#[derive(Debug, Clone)]
pub enum Lasting {
    /// A way of play, by its name: the equilibrium that is followed.
    Play(String),
    /// Some equilibrium as in the expectation of this title.
    Claim(String),
}

/// Between which values something holds, what ends it, and what is not proved of it.
#[must_use]
pub fn interval(
    game: &Game,
    what: &Lasting,
    threshold: &Threshold,
    numbers: Numbers,
) -> Vec<String> {
    let name = &game.params[threshold.param.index()].name;
    let subject = match what {
        Lasting::Play(name) => format!("{name} holds"),
        Lasting::Claim(title) => format!("An equilibrium as in \"{title}\" exists"),
    };
    let end = |side: &Result<Reach, &'static str>| match (side, what) {
        (Err(_), _) => "a value that is not known".to_owned(),
        (Ok(reach), Lasting::Play(_)) => limit(&reach.end, numbers),
        // Where the equilibrium that is followed does not hold, another one may.
        (Ok(reach), Lasting::Claim(_)) if reach.end.holds_at == Some(false) => {
            format!("{} (there itself not shown)", value_at(&reach.end, numbers))
        }
        (Ok(reach), Lasting::Claim(_)) => value_at(&reach.end, numbers),
    };
    let now = numbers.number(&threshold.base);
    let everywhere =
        threshold.reaches().filter(|reach| reach.end.limit == Limit::None).count() == 2;
    let mut said = vec![if everywhere {
        format!("{subject} whatever {name} is (now {now}), all else unchanged.")
    } else {
        format!(
            "{subject} while {name} (now {now}) is between {} and {}, all else unchanged.",
            end(&threshold.below),
            end(&threshold.above)
        )
    }];
    for side in [&threshold.below, &threshold.above] {
        match side {
            Err(why) => said.push(format!("One end is not known: {why}.")),
            Ok(reach) => {
                if reach.end.is_inside() {
                    said.push(beyond(reach));
                }
                said.extend(unshown(&reach.passed, numbers).map(sentence));
                said.extend(further(reach, numbers));
            }
        }
    }
    let ends = threshold.reaches().filter(|reach| reach.end.is_inside());
    // What is said of the end itself stands above.
    let is_open = |reach: &&Reach| reach.end.holds_at != Some(false);
    let mut doubts: Vec<&str> =
        ends.filter(is_open).filter_map(|reach| doubt(&reach.end)).collect();
    doubts.dedup();
    if !doubts.is_empty() {
        said.push(format!("Note: {}.", doubts.join("; ")));
    }
    said
}

fn beyond(reach: &Reach) -> String {
    let all: Vec<String> = reach.end.leaves.iter().map(|one| leaves(&reach.last, one)).collect();
    format!("{}: {}", place(reach.end.side), all.join(" "))
}

/// That what ended holds on the other side too, if it was found there.
fn further(reach: &Reach, numbers: Numbers) -> Option<String> {
    let again = reach.beyond.as_ref()?.again.as_ref()?;
    let side = reach.end.side;
    Some(format!("{}, it {}.", place(side), holds_again(side, again, numbers)))
}

/// With a capital and a full stop.
fn sentence(text: String) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

fn place(side: Side) -> &'static str {
    match side {
        Side::Below => "Below",
        Side::Above => "Above",
    }
}

/// `Offerer gets 0.44 instead of 0.3, a change of +0.14, if all know that …`
#[must_use]
pub fn informed(
    player: &str,
    told: &str,
    (before, after): (&Range, &Range),
    numbers: Numbers,
) -> String {
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
        assert_eq!(in_each(&[way("A", &half), way("B", &half)], FACE), "is 50%");
        assert_eq!(
            in_each(&[way("A", &half), way("B", &third), way("C", &half)], FACE),
            "is 50% in A and C, between 1/3 ≈ 33.3% and 50% in B"
        );
        assert_eq!(
            in_each(&[way("A", &Measured::Undefined), way("B", &half)], FACE),
            "is undefined (what it is conditional on does not happen) in A, 50% in B"
        );
        let many: Vec<_> = (1..=7).map(|n| way(&n.to_string(), &known((1, n), (1, n)))).collect();
        assert_eq!(
            in_each(&many, FACE),
            "differs over the ways of play; where it is known, it is between 1/7 ≈ 14.3% and 100%"
        );
        assert_eq!(named(&["A", "B", "C", "D", "E", "F", "G", "H"]), "A, B, C, D, E, F and 2 more");
    }

    #[test]
    fn a_search_that_is_not_complete_claims_nothing_of_all() {
        assert_eq!(standing(&["A"], "Nash", true), "A, the only way of play (Nash)");
        assert_eq!(standing(&["A"], "Nash", false), "A, the only way of play found (Nash)");
        assert_eq!(standing(&["A", "B"], "Nash", false), "all 2 ways of play found (Nash)");
    }

    #[test]
    fn the_heading_says_where_an_answer_holds() {
        let answer = Answer {
            asked: String::new(),
            with: vec!["a = 1".to_owned(), "b = 2".to_owned()],
            file: Some("x.dtn".to_owned()),
            stands: Some("A, the only way of play (Nash)".to_owned()),
            sentences: Vec::new(),
            figures: Vec::new(),
            searched: Vec::new(),
            complete: true,
            command: String::new(),
            is_answered: true,
        };
        let said = "With a = 1, b = 2, in the scenario x.dtn, in A, the only way of play (Nash)";
        assert_eq!(heading(&answer).as_deref(), Some(said));
        let bare = Answer { with: Vec::new(), file: None, stands: None, ..answer };
        assert_eq!(heading(&bare), None);
    }
}
