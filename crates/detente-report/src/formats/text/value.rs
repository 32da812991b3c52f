//! `value`: what knowing, being bound, or another chance is worth.

use super::{thresholds::limit, words};
use crate::look::{Look, Role, padded, width};
use crate::sentences::value as said;
use crate::value::{Along, Commitment, Found, Learning, Plan, Value, Way};
use detente_game::Rational;

/// Width of the labels.
const LABEL: usize = 13;

/// The screen.
#[must_use]
pub fn screen(value: &Value, look: &Look) -> String {
    let mut out = look.title(&value.title);
    out.push_str(&now(value, look));
    for learning in &value.learning {
        out.push('\n');
        out.push_str(&one_learning(value, learning, look));
    }
    for commitment in &value.commitment {
        out.push('\n');
        out.push_str(&one_commitment(value, commitment, look));
    }
    for along in &value.along {
        out.push('\n');
        out.push_str(&one_parameter(value, along, look));
    }
    if !value.left_out.is_empty() {
        out.push('\n');
    }
    for text in &value.left_out {
        out.push_str(&look.labelled(0, "not asked", LABEL, text));
    }
    out.push('\n');
    out.push_str(&look.labelled(
        0,
        "searched",
        LABEL,
        &format!("as it is: {}", value.before.searched),
    ));
    for learning in &value.learning {
        if let Some(told) = learning.told.as_ref().filter(|told| !told.complete) {
            let text = format!("{}: {}", said::told(value, learning), told.searched);
            out.push_str(&look.labelled(0, "", LABEL, &text));
        }
    }
    out
}

fn now(value: &Value, look: &Look) -> String {
    let worth: Vec<String> = value
        .players
        .iter()
        .zip(&value.before.worth)
        .map(|(name, range)| format!("{name} {}", said::range(range, look.numbers)))
        .collect();
    let noun = if value.before.ways == 1 { "way of play" } else { "ways of play" };
    let ways = format!("{} {noun}{}", value.before.ways, kind(&value.before));
    look.labelled(0, "as it is", LABEL, &format!("{ways}: {}", worth.join(",  ")))
}

/// ` (sequential)`.
fn kind(found: &Found) -> String {
    found.concept.as_ref().map_or(String::new(), |one| format!(" ({})", words::concept(one)))
}

fn one_learning(value: &Value, learning: &Learning, look: &Look) -> String {
    let mut out = look.title(&said::told(value, learning));
    let is_compared = |found: &Found| !found.worth.is_empty() && !value.before.worth.is_empty();
    if let Some(told) = learning.told.as_ref().filter(|told| is_compared(told)) {
        let ways = if told.ways == 1 { "1 way" } else { &format!("{} ways", told.ways) };
        out.push_str(&table(value, ("all know it", ways), told, look));
    }
    for sentence in said::learning(value, learning, look.numbers) {
        out.push_str(&look.labelled(2, "", 2, &sentence));
    }
    out
}

/// Payoffs before and after, and the difference.
fn table(value: &Value, (head, ways): (&str, &str), after: &Found, look: &Look) -> String {
    let rows: Vec<[String; 4]> = value
        .players
        .iter()
        .enumerate()
        .filter_map(|(at, name)| {
            let (then, now) = (value.before.worth.get(at)?, after.worth.get(at)?);
            let gain = said::change(&now.since(then), look.numbers);
            let [then, now] = [then, now].map(|range| said::range(range, look.numbers));
            Some([name.clone(), then, now, gain])
        })
        .collect();
    let head = format!("{head} ({ways})");
    lines(&["", "as it is", &head, "change"].map(str::to_owned), &rows, look)
}

/// A table whose last column is not filled up.
fn lines<const N: usize>(heads: &[String; N], rows: &[[String; N]], look: &Look) -> String {
    let column = |at: usize| {
        rows.iter().map(|row| width(&row[at])).max().unwrap_or(0).max(width(&heads[at]))
    };
    let line = |cells: &[String; N]| {
        let padded: Vec<String> =
            cells.iter().enumerate().map(|(at, cell)| padded(cell, column(at))).collect();
        format!("   {}", padded.join("  ").trim_end())
    };
    let mut out = look.paint(Role::Label, &line(heads)) + "\n";
    for row in rows {
        out.push_str(&line(row));
        out.push('\n');
    }
    out
}

fn one_commitment(value: &Value, commitment: &Commitment, look: &Look) -> String {
    let player = &value.players[commitment.player];
    let mut out = look.title(&format!("{player} is bound to a plan that the other knows"));
    if let Ok(plans) = &commitment.plans {
        let mut ways = vec![("pure", &plans.kind)];
        if plans.unkind.worth[0] != plans.kind.worth[0] {
            ways.push(("pure, at worst", &plans.unkind));
        }
        match &plans.mixed {
            Some(mixed) if mixed.worth[0] > plans.kind.worth[0] => ways.push(("mixed", mixed)),
            Some(_) => {}
            None => out.push_str(&look.labelled(2, "mixed", 18, "not worked out: too many plans")),
        }
        for (label, plan) in ways {
            out.push_str(&one_plan(value, commitment.player, label, plan, look));
        }
    }
    for sentence in said::commitment(value, commitment, look.numbers) {
        out.push_str(&look.labelled(2, "", 2, &sentence));
    }
    out
}

fn one_plan(value: &Value, player: usize, label: &str, plan: &Plan, look: &Look) -> String {
    let worth = plan.worth.each_ref().map(|worth| look.numbers.number(worth));
    let other = &value.players[1 - player];
    let text = format!("{} {}, {other} {}", value.players[player], worth[0], worth[1]);
    look.labelled(2, label, 18, &text)
        + &look.labelled(4, "plan", 18, &plan.plan)
        + &look.labelled(4, "reply", 18, &plan.reply)
}

fn one_parameter(value: &Value, along: &Along, look: &Look) -> String {
    let label = if along.label.is_empty() { String::new() } else { format!(": {}", along.label) };
    let base = look.numbers.number(&along.base);
    let mut out = look.title(&format!("{} (now {base}){label}", along.parameter));
    for way in &along.ways {
        out.push_str(&one_way(value, along, way, look));
    }
    for (at, found) in &along.ends {
        let at = format!("at {}", look.numbers.number(at));
        let text = match found {
            Err(why) => why.clone(),
            Ok(found) if found.worth.is_empty() => "no equilibrium is known exactly".to_owned(),
            Ok(found) => {
                let worth = value.players.iter().zip(&found.worth).zip(&value.before.worth);
                let one = |((name, now), then): ((&String, _), _)| {
                    let gain = said::change(&crate::value::Range::since(now, then), look.numbers);
                    format!("{name} {} (change {gain})", said::range(now, look.numbers))
                };
                let texts: Vec<String> = worth.map(one).collect();
                let open = if found.complete { "" } else { "; not everything was searched" };
                format!("{}{open}", texts.join(",  "))
            }
        };
        out.push_str(&look.labelled(2, &at, LABEL, &text));
    }
    out
}

fn one_way(value: &Value, along: &Along, way: &Way, look: &Look) -> String {
    let parameter = &along.parameter;
    let (step, share) = match along.step() {
        Some(step) => (step, " (a hundredth of its range)"),
        None => (Rational::ONE, ""),
    };
    let ends: Vec<String> = [&way.threshold.below, &way.threshold.above]
        .into_iter()
        .map(|side| match side {
            Ok(reach) => limit(&reach.end, look.numbers),
            Err(_) => "a value that is not known".to_owned(),
        })
        .collect();
    let holds = format!("holds from {} to {}", ends[0], ends[1]);
    let mut out = look.labelled(2, &way.label, LABEL, &holds);
    for ((name, worth), slope) in value.players.iter().zip(&way.worth).zip(&way.slope) {
        let move_of = match slope {
            Some(slope) if slope.is_zero() => format!("{parameter} does not move it"),
            Some(slope) => format!(
                "near this point {} for each {} of {parameter}{share}",
                look.numbers.signed(&(slope * &step)),
                look.numbers.number(&step)
            ),
            None => "its slope is not known".to_owned(),
        };
        let text = format!("{name} {}; {move_of}", look.numbers.number(worth));
        out.push_str(&look.labelled(2, "", LABEL, &text));
    }
    out
}
