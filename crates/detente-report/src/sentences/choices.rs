//! S1 path, S4 cost, S5 reason, S6 tie, S7 tightest, S9 binding stake.

use super::{Sentence, Writer};
use detente_analysis::analyses::margins;
use detente_analysis::analyses::stakes::{self, Breakdown};
use detente_game::{ActionId, InfoSetId, Rational, StakeId};
use detente_verify::Margin;

/// What S1 claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathClaim {
    /// Where.
    pub set: InfoSetId,
    /// What is chosen.
    pub action: ActionId,
    /// With which probability.
    pub probability: Rational,
}

/// S1: "The firm Offerer chooses extend." Written only if the situation is reached and the action
/// has exactly the claimed probability, which is not 0.
pub fn path(writer: &mut Writer, claim: &PathClaim) -> Option<Sentence> {
    let text = path_text(writer, claim);
    writer.settle("S1", Some(claim.set), text)
}

fn path_text(writer: &Writer, claim: &PathClaim) -> Result<String, &'static str> {
    writer.reached(claim.set)?;
    let played = writer.played(claim.set, claim.action)?;
    if *played != claim.probability {
        return Err("the action has another probability");
    }
    if played.is_zero() {
        return Err("the action is not chosen");
    }
    let share = if played.is_one() {
        String::new()
    } else {
        format!(" in {} of cases", writer.numbers.share(played))
    };
    Ok(format!(
        "{}{} chooses {}{share}.",
        writer.who(claim.set, true),
        clause(&writer.knowing(claim.set)),
        writer.form().action_label(claim.action),
    ))
}

/// A clause between commas closes with one.
fn clause(knowing: &str) -> String {
    if knowing.is_empty() { String::new() } else { format!("{knowing},") }
}

/// The margin that the judge found for two actions at a reached situation.
fn judged(writer: &Writer, claim: &Margin) -> Result<Margin, &'static str> {
    writer.reached(claim.set)?;
    writer.played(claim.set, claim.against)?;
    if writer.played(claim.set, claim.chosen)?.is_zero() {
        return Err("the action is not chosen");
    }
    let found = writer.equilibrium.margins().iter().find(|margin| {
        (margin.set, margin.chosen, margin.against) == (claim.set, claim.chosen, claim.against)
    });
    match found {
        Some(found) if found.margin == claim.margin => Ok(found.clone()),
        Some(_) => Err("the margin is another one"),
        None => Err("the two actions have no margin"),
    }
}

/// The margin again, from the stakes: a second way to the same number.
fn taken_apart(writer: &Writer, claim: &Margin) -> Result<Breakdown, &'static str> {
    let margin = judged(writer, claim)?;
    let parts = stakes::breakdown(writer.equilibrium, &margin)
        .ok_or("the stakes do not add up to the margin")?;
    let sum: Rational = parts.stakes.iter().map(|(_, part)| part).sum();
    if sum == margin.margin { Ok(parts) } else { Err("the stakes do not add up to the margin") }
}

/// S4: "Choosing reject instead would cost it 0.12." Written only if the claimed margin is the
/// judge's, is above 0, and comes out again as a sum of stakes.
pub fn cost(writer: &mut Writer, claim: &Margin) -> Option<Sentence> {
    let text = taken_apart(writer, claim).and_then(|_| {
        if !claim.margin.is_positive() {
            return Err("the alternative costs nothing");
        }
        let instead = writer.form().action_label(claim.against);
        Ok(format!(
            "Choosing {instead} instead would cost it {}.",
            writer.numbers.number(&claim.margin)
        ))
    });
    writer.settle("S4", Some(claim.set), text)
}

/// S5: "What decides it: punished (+1.12), against it missile_edge (-1)." Written only if the
/// claimed parts are those of the margin, which is above 0, and add up to it exactly.
pub fn reason(
    writer: &mut Writer,
    claim: &Margin,
    parts: &[(StakeId, Rational)],
) -> Option<Sentence> {
    let text = taken_apart(writer, claim).and_then(|found| {
        if found.stakes != parts {
            return Err("the parts are others");
        }
        if !claim.margin.is_positive() {
            return Err("nothing decides between equals");
        }
        let list = |wanted: fn(&Rational) -> bool| -> String {
            let chosen = found.stakes.iter().filter(|(_, part)| wanted(part));
            let texts: Vec<String> = chosen
                .map(|(stake, part)| {
                    let name = &writer.form().stake(*stake).name;
                    format!("{name} ({})", writer.numbers.signed(part))
                })
                .collect();
            texts.join(", ")
        };
        let (with, against) = (list(Rational::is_positive), list(Rational::is_negative));
        let against =
            if against.is_empty() { String::new() } else { format!(", against it {against}") };
        Ok(format!("What decides it: {with}{against}."))
    });
    writer.settle("S5", Some(claim.set), text)
}

/// S6: "It is indifferent between bet and check; in this equilibrium it chooses bet with
/// probability 1/3." Written only if the margin is 0 and the probability is the profile's.
pub fn tie(writer: &mut Writer, claim: &Margin, probability: &Rational) -> Option<Sentence> {
    let text = judged(writer, claim).and_then(|margin| {
        if !margin.margin.is_zero() {
            return Err("one of them is better");
        }
        if writer.played(claim.set, claim.chosen)? != probability {
            return Err("the action has another probability");
        }
        let form = writer.form();
        let (a, b) = (form.action_label(claim.chosen), form.action_label(claim.against));
        let share = writer.numbers.number(probability);
        Ok(format!(
            "{}{} is indifferent between {a} and {b}; in this equilibrium it chooses {a} with \
             probability {share}.",
            writer.who(claim.set, true),
            clause(&writer.knowing(claim.set)),
        ))
    });
    writer.settle("S6", Some(claim.set), text)
}

/// S7: "The choice nearest to turning is accept over reject by the dominance Partner, knowing …,
/// margin 0.12." Written only if no reached situation has a smaller margin, ties between actions
/// that are both played left out.
pub fn tightest_choice(writer: &mut Writer, claim: &Margin) -> Option<Sentence> {
    let text = judged(writer, claim).and_then(|margin| {
        let least = margins::tightest(writer.equilibrium);
        if least.first().is_none_or(|least| least.margin < margin.margin) {
            return Err("another choice is nearer to turning");
        }
        if !margin.margin.is_positive() {
            return Err("it is a tie");
        }
        let form = writer.form();
        Ok(format!(
            "The choice nearest to turning is {} over {} by {}{} margin {}.",
            form.action_label(claim.chosen),
            form.action_label(claim.against),
            writer.who(claim.set, false),
            format_args!("{},", writer.knowing(claim.set)),
            writer.numbers.number(&claim.margin),
        ))
    });
    writer.settle("S7", Some(claim.set), text)
}

/// S9: "A 10 % change of punished alone moves the margin by 0.112, later choices held; no other
/// stake moves it more."
/// Written only if the stake's part of the difference is the greatest in size (the margin is
/// linear in it, so a tenth of the part is the exact change).
pub fn binding_stake(writer: &mut Writer, claim: &Margin, stake: StakeId) -> Option<Sentence> {
    let text = taken_apart(writer, claim).and_then(|parts| {
        let own = parts.stakes.iter().find(|(other, _)| *other == stake);
        let (_, part) = own.ok_or("the stake makes no difference")?;
        let size = part.abs();
        if parts.stakes.iter().any(|(_, other)| other.abs() > size) {
            return Err("another stake moves the margin more");
        }
        let name = &writer.form().stake(stake).name;
        let moved = size / Rational::int(10);
        Ok(format!(
            "A 10 % change of {name} alone moves the margin by {}, later choices held; no other \
             stake moves it more.",
            writer.numbers.number(&moved),
        ))
    });
    writer.settle("S9", Some(claim.set), text)
}
