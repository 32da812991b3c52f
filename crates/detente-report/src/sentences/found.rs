//! S11 outcome, S12 lock, S13 several, S14 not known.

use super::{Sentence, Writer};
use crate::cards::Card;
use detente_analysis::analyses::values;
use detente_analysis::{Play, outcome_shares};
use detente_game::{PlayerId, Rational};
use detente_verify::Enclosed;

/// S11: "open race: 30%." Written only if the sum over the ends is what is claimed.
pub fn outcome(writer: &mut Writer, name: &str, probability: &Rational) -> Option<Sentence> {
    let shares = outcome_shares(&writer.play);
    let text = match shares.iter().find(|share| share.outcome.is_some() && share.name == name) {
        None => Err("the file names no such outcome"),
        Some(share) if share.probability != *probability => Err("its share is another one"),
        Some(_) => Ok(format!("{name}: {}.", writer.numbers.share(probability))),
    };
    writer.settle("S11", None, text)
}

/// What S12 claims.
#[derive(Debug, Clone)]
pub struct LockClaim<'a> {
    /// The lock in the author's words.
    pub lock: String,
    /// Whether all know of it, or nobody but the one who asks.
    pub known_to_all: bool,
    /// Which of several ways of play under the lock is told, such as `A of 2`.
    pub which: Option<String>,
    /// Play under the lock, as it came out of verified equilibria, with the numbers of the game
    /// without it.
    pub locked: &'a Play<'a>,
    /// Which outcome moves.
    pub outcome: String,
    /// Its share without the lock.
    pub from: Rational,
    /// Its share with the lock.
    pub to: Rational,
    /// Whose gain is told.
    pub player: PlayerId,
    /// The gain; negative for a loss.
    pub gain: Rational,
}

/// S12: "If …, known to all, then open race goes from 30% to 60%; Offerer gains 0.2." Written only
/// if shares and gain come out of both ways of play.
pub fn lock(writer: &mut Writer, claim: &LockClaim) -> Option<Sentence> {
    let text = lock_text(writer, claim);
    writer.settle("S12", None, text)
}

fn lock_text(writer: &Writer, claim: &LockClaim) -> Result<String, &'static str> {
    let share = |play: &Play| {
        let shares = outcome_shares(play);
        shares.into_iter().find(|s| s.name == claim.outcome).map(|s| s.probability)
    };
    let (before, after) = (share(&writer.play), share(claim.locked));
    if before != Some(claim.from.clone()) || after != Some(claim.to.clone()) {
        return Err("the shares are others");
    }
    let of = |play: &Play| {
        let worths = values::worths(play.instance(), play.profile());
        worths.into_iter().nth(claim.player.index()).map(|worth| worth.value)
    };
    let (Some(before), Some(after)) = (of(&writer.play), of(claim.locked)) else {
        return Err("there is no such player");
    };
    if after - before != claim.gain {
        return Err("the gain is another one");
    }
    let numbers = writer.numbers;
    let mode = if claim.known_to_all { "known to all" } else { "and nobody else knows" };
    let name = &writer.form().player(claim.player).name;
    let gain = match numbers.number(&claim.gain.abs()) {
        _ if claim.gain.is_zero() => "gains nothing".to_owned(),
        lost if claim.gain.is_negative() => format!("loses {lost}"),
        won => format!("gains {won}"),
    };
    let is_still = outcome_shares(&writer.play) == outcome_shares(claim.locked);
    let moves = match (numbers.share(&claim.from), numbers.share(&claim.to)) {
        _ if is_still => "no outcome has another probability".to_owned(),
        (from, _) if claim.from == claim.to => format!("{} stays at {from}", claim.outcome),
        (from, to) => format!("{} goes from {from} to {to}", claim.outcome),
    };
    let which = claim.which.as_ref().map(|which| format!(" in {which}")).unwrap_or_default();
    Ok(format!("If {}, {mode}, then{which} {moves}; {name} {gain}.", claim.lock,))
}

/// S13: "2 ways of play are possible (sequential); this is A. They differ in …" Written
/// only if there is more than one card of the same concept and this equilibrium is in one;
/// `enclosed` more are known by enclosures.
pub fn several(writer: &mut Writer, cards: &[Card], enclosed: &[Enclosed]) -> Option<Sentence> {
    let text = several_text(writer, cards, enclosed);
    writer.settle("S13", None, text)
}

fn several_text(
    writer: &Writer,
    cards: &[Card],
    enclosed: &[Enclosed],
) -> Result<String, &'static str> {
    let concept = writer.equilibrium.concept();
    let same: Vec<&Card> = cards.iter().filter(|card| card.concept() == concept).collect();
    let profile = writer.equilibrium.profile();
    let mine = same
        .iter()
        .find(|card| card.members.iter().any(|member| member.equilibrium.profile() == profile));
    let Some(mine) = mine else { return Err("this equilibrium is in none of the cards") };
    let more = enclosed.iter().filter(|one| one.concept() == concept).count();
    if same.len() + more < 2 {
        return Err("there is one way of play only");
    }
    let mut differing: Vec<String> = Vec::new();
    let own = outcome_shares(&writer.play);
    for share in &own {
        let differs = same.iter().any(|card| {
            let lead = card.lead();
            let other = outcome_shares(&Play::new(lead.instance(), lead.profile()));
            let other = other.into_iter().find(|other| other.name == share.name);
            other.is_some_and(|other| other.probability != share.probability)
        });
        if differs && share.outcome.is_some() {
            differing.push(share.name.clone());
        }
    }
    let differ = if differing.is_empty() {
        "They differ in what is chosen".to_owned()
    } else {
        format!("They differ in how often these occur: {}", differing.join(", "))
    };
    let of_them = match more {
        0 => String::new(),
        more => format!(", {more} of them known by enclosures"),
    };
    Ok(format!(
        "{} ways of play are possible ({}){of_them}; this is {}. {differ}.",
        same.len() + more,
        concept.name(),
        mine.label,
    ))
}

/// What S14 claims: the solver's own words.
#[derive(Debug, Clone, Copy)]
pub struct SearchClaim<'a> {
    /// Name of the method that searched.
    pub method: &'a str,
    /// Whether nothing of the kind asked for can be missing.
    pub complete: bool,
    /// What was and was not searched, one sentence of the solver.
    pub searched: &'a str,
    /// Equilibria that are known by enclosures only.
    pub enclosed: &'a [Enclosed],
}

/// S14: "Enumeration was complete: …" Written only if the solver said what it searched.
pub fn not_known(writer: &mut Writer, claim: &SearchClaim) -> Option<Sentence> {
    let text = if claim.searched.trim().is_empty() {
        Err("the solver did not say what it searched")
    } else {
        let was = if claim.complete { "complete" } else { "not complete" };
        Ok(format!("Enumeration was {was}: {}", claim.searched))
    };
    writer.settle("S14", None, text)
}
