//! S2 belief, S3 tells nothing or all.

use super::{Sentence, Writer};
use detente_analysis::{MessageBelief, names};
use detente_game::form::{EventKind, LogEntry, View};
use detente_game::{EventId, PlayerId, Rational, ValueId};

/// What S2 claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeliefClaim {
    /// Who believes.
    pub reader: PlayerId,
    /// All that he has seen, the message last.
    pub log: Vec<LogEntry>,
    /// Whose type is believed to be …
    pub about: EventId,
    /// … this.
    pub value: ValueId,
    /// The probability after the message.
    pub after: Rational,
    /// The probability before the message.
    pub before: Rational,
}

/// The reader with his own type: `the firm Offerer`.
fn reader_name(writer: &Writer, message: &MessageBelief) -> String {
    let form = writer.form();
    let player = &form.player(message.reader).name;
    let own = message.log.iter().find_map(|entry| {
        let event = form.event(entry.event);
        let own = event.kind == EventKind::Type && event.owner == Some(message.reader);
        match entry.view {
            View::Value(value) if own => Some(value),
            _ => None,
        }
    });
    match own {
        Some(own) => format!("the {} {player}", form.value(own)),
        None => player.clone(),
    }
}

/// What was seen, without own type: `gesture is extend and reply is accept`.
fn seen(writer: &Writer, reader: PlayerId, log: &[LogEntry]) -> String {
    let form = writer.form();
    let texts: Vec<String> = log
        .iter()
        .filter(|entry| {
            let event = form.event(entry.event);
            !(event.kind == EventKind::Type && event.owner == Some(reader))
        })
        .map(|entry| names::entry(form, reader, *entry))
        .collect();
    texts.join(" and ")
}

/// S2: "After reply is accept, the firm Offerer puts 20/41 on Partner being serious (before:
/// 2/5)." Written only if the message is sent with positive probability and both numbers come out
/// of Bayes' rule on the tree; if the player is asked something there, the judge's belief at the
/// situation must agree too.
pub fn belief(writer: &mut Writer, claim: &BeliefClaim) -> Option<Sentence> {
    let text = belief_text(writer, claim);
    writer.settle("S2", None, text)
}

fn belief_text(writer: &Writer, claim: &BeliefClaim) -> Result<String, &'static str> {
    let form = writer.form();
    let message = writer
        .messages
        .iter()
        .find(|message| {
            (message.reader, message.about) == (claim.reader, claim.about)
                && message.log == claim.log
        })
        .ok_or("the message is not sent, so nothing follows from it")?;
    let share = |list: &[(ValueId, Rational)]| {
        list.iter().find(|(value, _)| *value == claim.value).map(|(_, share)| share.clone())
    };
    let after = share(&message.after).ok_or("the event has no such value")?;
    let before = share(&message.before).ok_or("the event has no such value")?;
    if after != claim.after || before != claim.before {
        return Err("Bayes' rule gives other numbers");
    }
    judge_agrees(writer, message, claim)?;
    Ok(format!(
        "After {}, {} puts {} on {} being {} (before: {}).",
        seen(writer, claim.reader, &claim.log),
        reader_name(writer, message),
        writer.numbers.share(&after),
        names::event(form, claim.about),
        form.value(claim.value),
        writer.numbers.share(&before),
    ))
}

fn judge_agrees(
    writer: &Writer,
    message: &MessageBelief,
    claim: &BeliefClaim,
) -> Result<(), &'static str> {
    let Some(set) = message.situation else { return Ok(()) };
    let judged = &writer.equilibrium.beliefs()[set.index()];
    if !judged.reached {
        return Err("the situation is not reached");
    }
    let at = writer.form().members(set).iter().zip(&judged.belief);
    let share: Rational = at
        .filter(|(node, _)| writer.play.value_before(**node, claim.about) == Some(claim.value))
        .map(|(_, share)| share)
        .sum();
    if share == claim.after { Ok(()) } else { Err("the judge's belief is another one") }
}

/// S3: "gesture tells Partner nothing about Offerer." or "reply settles for the firm Offerer what
/// Partner is." Written only if the event is seen on the path and, after every value of it that
/// occurs there following the same log, the belief is what it was before (or is certain).
pub fn tells(
    writer: &mut Writer,
    reader: PlayerId,
    log_before: &[LogEntry],
    event: EventId,
    about: EventId,
) -> Option<Sentence> {
    let text = tells_text(writer, reader, log_before, event, about);
    writer.settle("S3", None, text)
}

fn tells_text(
    writer: &Writer,
    reader: PlayerId,
    log_before: &[LogEntry],
    event: EventId,
    about: EventId,
) -> Result<String, &'static str> {
    let values: Vec<&MessageBelief> = writer
        .messages
        .iter()
        .filter(|message| {
            let (last, before) = message.log.split_last().expect("a message is an entry");
            (message.reader, message.about) == (reader, about)
                && last.event == event
                && before == log_before
        })
        .collect();
    let Some(first) = values.first() else { return Err("nothing of the kind is seen on the path") };
    let form = writer.form();
    let (what, who, of) =
        (names::event(form, event), reader_name(writer, first), names::event(form, about));
    let seen = seen(writer, reader, log_before);
    let after = if seen.is_empty() { String::new() } else { format!("After {seen}, ") };
    if values.iter().all(|message| message.tells_nothing()) {
        return Ok(format!("{after}{what} tells {who} nothing about the type of {of}."));
    }
    if values.iter().all(|message| message.settles()) {
        return Ok(format!("{after}{what} settles for {who} which type {of} is."));
    }
    Err("it tells something, but not all")
}
