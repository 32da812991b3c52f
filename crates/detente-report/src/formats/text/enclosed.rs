//! An equilibrium known by an enclosure: every number is written with `≈`, rounded to digits that
//! are certain.

use super::words;
use crate::look::{Look, Role, padded, width};
use detente_analysis::names;
use detente_game::number::Interval;
use detente_game::{GameForm, InfoSetId, Rational};
use detente_verify::Enclosed;

/// Column at which the text of a line begins.
const COLUMN: usize = 19;
/// Decimals shown of a probability or payoff.
const PLACES: u32 = 6;

/// A number that is known by an interval: `≈ 0.618034` with as many decimals as all of the interval
/// rounds to, its value alone if it is a point.
#[must_use]
pub fn number(value: &Interval) -> String {
    if value.is_point() {
        return crate::numbers::Numbers::Both.number(&value.low);
    }
    let zeros = leading_zeros(&value.middle());
    for places in (zeros + 1..=zeros + PLACES).rev() {
        let (low, high) = (value.low.to_decimal(places), value.high.to_decimal(places));
        if low == high && low.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            return format!("≈ {low}");
        }
    }
    format!("between {} and {}", outward(&value.low, false), outward(&value.high, true))
}

/// Zeros between the point and the first other digit, up to 30.
fn leading_zeros(value: &Rational) -> u32 {
    let mut scaled = value.abs();
    let mut zeros = 0;
    while zeros < 30 && scaled < Rational::new(1, 10) {
        scaled *= Rational::int(10);
        zeros += 1;
    }
    zeros
}

/// A decimal of few digits that is not above (or not below) a number.
fn outward(value: &Rational, above: bool) -> String {
    let places = leading_zeros(value) + 4;
    let scale = Rational::int(10).pow(places as i32).expect("a power of ten");
    let scaled = value * &scale;
    let whole = if above { scaled.ceil() } else { scaled.floor() };
    (whole / scale).to_decimal(places)
}

/// The screen of one equilibrium.
#[must_use]
pub fn card(enclosed: &Enclosed, label: &str, look: &Look) -> String {
    let form = enclosed.instance().form();
    let marks = format!("{} · enclosed", words::concept(enclosed.concept()));
    let mut out = format!("{} {}\n", padded(label.trim_end(), 2), look.paint(Role::Title, &marks));
    for player in form.player_ids() {
        let name = &form.player(player).name;
        let mut lines: Vec<String> =
            vec![format!("worth {}", number(&enclosed.values()[player.index()]))];
        let own = form.info_set_ids().filter(|set| form.info_set(*set).player == player);
        lines.extend(own.map(|set| situation(enclosed, form, set)));
        let column = COLUMN.max(5 + width(name) + 3);
        out.push_str(&look.labelled(5, name, column, &lines.join("\n")));
    }
    let widest = enclosed.probability().iter().map(Interval::width).max();
    let widest = widest.unwrap_or(Rational::ZERO);
    let text = format!(
        "{}; certificate: a box proved to hold exactly this one, its probabilities known to {}",
        words::count(form.info_sets().len(), "situation"),
        precision(&widest)
    );
    out.push_str(&look.labelled(3, "checked", COLUMN, &text));
    out
}

fn situation(enclosed: &Enclosed, form: &GameForm, set: InfoSetId) -> String {
    let known = names::known(form, set);
    let after =
        if known.is_empty() { String::new() } else { format!(", knowing {}", known.join(", ")) };
    let options: Vec<String> = form
        .actions(set)
        .filter(|action| enclosed.probability()[action.index()].high.is_positive())
        .map(|action| {
            let probability = &enclosed.probability()[action.index()];
            let label = form.action_label(action);
            if probability.low.is_one() {
                return label.to_owned();
            }
            format!("{label} {}", number(probability))
        })
        .collect();
    let question = names::event(form, form.info_set(set).question);
    let own = names::own_type(form, set).map(|own| format!(" ({})", form.value(own)));
    format!("{question}{}: {}{after}", own.unwrap_or_default(), options.join(" / "))
}

/// `10 decimals`: how many are certain, all but for the last one's rounding.
fn precision(widest: &Rational) -> String {
    let mut unit = Rational::new(1, 10);
    let mut places = 0;
    while places < 60 && *widest < unit {
        unit /= Rational::int(10);
        places += 1;
    }
    words::count(places, "decimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_certain_digits_only() {
        let near = |low: (i64, i64), high: (i64, i64)| {
            number(&Interval {
                low: Rational::new(low.0, low.1),
                high: Rational::new(high.0, high.1),
            })
        };
        assert_eq!(near((618_033_980, 1_000_000_000), (618_033_990, 1_000_000_000)), "≈ 0.618034");
        assert_eq!(near((1, 3), (1, 3)), "1/3 ≈ 0.333");
        assert_eq!(near((61, 100), (65, 100)), "between 0.61 and 0.65");
        assert_eq!(near((21, 100), (24, 100)), "≈ 0.2");
        assert_eq!(
            near((3_909_230, 10_i64.pow(13)), (3_909_240, 10_i64.pow(13))),
            "≈ 0.00000039092"
        );
    }
}
