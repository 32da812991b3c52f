//! S10 off path.

use super::{Sentence, Writer};
use detente_analysis::names;
use detente_game::{ActionId, EventId, InfoSetId, Rational, ValueId};

/// What S10 claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffPathClaim {
    /// Which unreached situation.
    pub set: InfoSetId,
    /// What is done there, with which probabilities: all that is played.
    pub actions: Vec<(ActionId, Rational)>,
    /// The event of which something must be believed …
    pub about: EventId,
    /// … namely that it is this …
    pub value: ValueId,
    /// … with at least this probability …
    pub low: Rational,
    /// … and at most this.
    pub high: Rational,
}

/// S10: "If extend came, the serious Partner would accept; this needs a belief in Offerer being
/// firm between 2/3 and 1." Written only if the situation is not reached, exactly one of its
/// nodes has that value, and the bounds are the judge's; "knife-edge" if they are equal.
pub fn off_path(writer: &mut Writer, claim: &OffPathClaim) -> Option<Sentence> {
    let text = off_path_text(writer, claim);
    writer.settle("S10", Some(claim.set), text)
}

fn off_path_text(writer: &Writer, claim: &OffPathClaim) -> Result<String, &'static str> {
    if writer.reached(claim.set).is_ok() {
        return Err("the situation is reached");
    }
    let judged =
        writer.equilibrium.beliefs().get(claim.set.index()).ok_or("there is no such situation")?;
    for (action, probability) in &claim.actions {
        if writer.played(claim.set, *action)? != probability || !probability.is_positive() {
            return Err("the action is not what is done there");
        }
    }
    let sum: Rational = claim.actions.iter().map(|(_, probability)| probability).sum();
    if !sum.is_one() {
        return Err("not all that is done there is named");
    }
    if judged.bounds.is_empty() {
        return Err("the bounds of the belief were not computed");
    }
    let form = writer.form();
    let with: Vec<usize> = form
        .members(claim.set)
        .iter()
        .enumerate()
        .filter(|(_, node)| writer.play.value_before(**node, claim.about) == Some(claim.value))
        .map(|(at, _)| at)
        .collect();
    let [at] = with.as_slice() else {
        return Err("the value does not tell one node of the situation from the others");
    };
    let (low, high) = &judged.bounds[*at];
    if (low, high) != (&claim.low, &claim.high) {
        return Err("the judge's bounds are others");
    }
    if low.is_zero() && high.is_one() {
        return Err("any belief does");
    }
    let numbers = writer.numbers;
    let needs = if low == high {
        format!("of exactly {} (knife-edge)", numbers.share(low))
    } else {
        format!("between {} and {}", numbers.share(low), numbers.share(high))
    };
    let knowing = match names::known(form, claim.set).join(", ") {
        none if none.is_empty() => names::numbered(form, claim.set),
        known => known,
    };
    Ok(format!(
        "If it came to this: {knowing}, {} would choose {}; this needs a belief in {} being {} \
         {needs}.",
        writer.who(claim.set, false),
        chosen(writer, &claim.actions),
        names::event(form, claim.about),
        form.value(claim.value),
    ))
}

/// `accept`, or `accept in 1/3 of cases and reject in 2/3 of cases`.
fn chosen(writer: &Writer, actions: &[(ActionId, Rational)]) -> String {
    let form = writer.form();
    if let [(only, _)] = actions {
        return form.action_label(*only).to_owned();
    }
    let one = |(action, probability): &(ActionId, Rational)| {
        let share = writer.numbers.share(probability);
        format!("{} in {share} of cases", form.action_label(*action))
    };
    actions.iter().map(one).collect::<Vec<_>>().join(" and ")
}
