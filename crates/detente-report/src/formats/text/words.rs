//! Small phrases that several screens share.

use crate::look::width;
use crate::numbers::Numbers;
use crate::plans::Behaviour;
use detente_analysis::algebra::Root;
use detente_analysis::analyses::first_turn::Place;
use detente_analysis::names;
use detente_game::claim::Concept;
use detente_game::{BranchId, GameForm, GameInstance, InfoSetId, LotteryId, Rational};
use detente_verify::{Certificate, Equilibrium};

/// `accept`, or `accept 1/3, reject 2/3` if it is mixed.
pub fn behaviour(form: &GameForm, behaviour: &Behaviour, numbers: Numbers) -> String {
    match behaviour.actions.as_slice() {
        [(action, _)] => form.action_label(*action).to_owned(),
        several => {
            let one = |(action, probability): &(_, _)| {
                format!("{} {}", form.action_label(*action), numbers.share(probability))
            };
            several.iter().map(one).collect::<Vec<_>>().join(" / ")
        }
    }
}

/// ` after quiet or alarm`, or ` at situation 3 (label)` in a game that does not say what its
/// players have seen; empty if it is always so.
pub fn when(form: &GameForm, behaviour: &Behaviour, most: usize) -> String {
    let after = match behaviour.situations.first() {
        Some(set) if form.info_set(*set).log.is_none() => "at",
        _ => "after",
    };
    let known: Vec<&str> =
        behaviour.when.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if known.is_empty() {
        return if behaviour.when.is_empty() { String::new() } else { " otherwise".to_owned() };
    }
    let shown = known.iter().take(most).copied().collect::<Vec<_>>().join(" or ");
    let more = known.len().saturating_sub(most);
    let more = if more > 0 { format!(" (+{more} more)") } else { String::new() };
    format!(" {after} {shown}{more}")
}

/// `Partner (dominance), knowing assessment is retaliation_likely`.
pub fn situation(form: &GameForm, set: InfoSetId) -> String {
    let (who, place) = (names::decider(form, set), names::whereabouts(form, set));
    if place.is_empty() { who } else { format!("{who}, {place}") }
}

/// A root: `9/14 ≈ 0.643`, or `0.618034 (rounded)` for one that is no fraction.
pub fn root(root: &Root, numbers: Numbers) -> String {
    match root {
        Root::Exact(value) => numbers.full(value),
        Root::Enclosed(number) => enclosed(&number.low, &number.high, numbers),
    }
}

/// Where an equilibrium turns, as [`root`] writes it.
pub fn place(place: &Place, numbers: Numbers) -> String {
    match place {
        Place::At(known) => root(known, numbers),
        Place::Between(interval) => enclosed(&interval.low, &interval.high, numbers),
    }
}

fn enclosed(low: &Rational, high: &Rational, numbers: Numbers) -> String {
    match numbers {
        Numbers::Exact => format!("between {low} and {high}"),
        _ => format!("{} (rounded)", ((low + high) / Rational::int(2)).to_decimal(6)),
    }
}

/// Whether the numbers are exact.
pub fn arithmetic(instance: &GameInstance) -> &'static str {
    if instance.is_exact() { "exact arithmetic" } else { "not exact: approx( ) is involved" }
}

/// What proves it.
pub fn certificate(certificate: &Certificate) -> &'static str {
    match certificate {
        Certificate::Nash { .. } => "best payoffs of all deviations",
        Certificate::SubgamePerfect { .. } => "best payoffs in every subgame",
        Certificate::WeakPbe { .. } => "beliefs at every situation",
        Certificate::Pbe { .. } => "a plausibility order of all histories and its beliefs",
        Certificate::Sequential { .. } => {
            "trembles (order and weight of every move) and their limit"
        }
        Certificate::Trembles { .. } => "trembles (weights of every plan) in the strategic form",
        Certificate::Regular => "a nonsingular derivative of its equations in the strategic form",
    }
}

/// In which sense a profile is an equilibrium: its concept, and whether only single departures
/// were judged because somebody forgets what he knew.
pub fn kind(equilibrium: &Equilibrium) -> String {
    let concept = concept(equilibrium.concept());
    if equilibrium.caveat().is_some() { format!("{concept}, in agent form") } else { concept }
}

/// `sequential`, `PBE`, `weak PBE`, …
pub fn concept(concept: &Concept) -> String {
    match concept {
        Concept::Nash => "Nash".to_owned(),
        Concept::SubgamePerfect => "subgame perfect".to_owned(),
        Concept::Perfect => "perfect, in the strategic form".to_owned(),
        Concept::Proper => "proper, in the strategic form".to_owned(),
        Concept::WeakPbe => "weak PBE".to_owned(),
        Concept::Pbe => "PBE".to_owned(),
        Concept::Sequential => "sequential".to_owned(),
        Concept::Intuitive => "survives the intuitive criterion".to_owned(),
        Concept::Divine => "divine".to_owned(),
        Concept::D1 => "survives D1".to_owned(),
        Concept::UniversallyDivine => "universally divine".to_owned(),
        Concept::Qre(lambda) => format!("QRE with lambda {lambda}"),
    }
}

/// `Receiver believes Sender is strong 10%, weak 90%; the common prior is strong 90%, weak 10%.`:
/// one line for each player and lottery with differing probabilities, each once.
pub fn private_priors(instance: &GameInstance, numbers: Numbers) -> Vec<String> {
    let form = instance.form();
    let mut lines: Vec<String> = Vec::new();
    for lottery in (0..form.lotteries().len()).map(LotteryId::from_index) {
        for player in form.player_ids() {
            let own = |branch| instance.branch_for(player, branch);
            if form.branches(lottery).all(|branch| own(branch) == instance.branch(branch)) {
                continue;
            }
            let listed = |of: &dyn Fn(BranchId) -> String| {
                let one =
                    |branch| format!("{} {}", form.value(form.branch_value(branch)), of(branch));
                form.branches(lottery).map(one).collect::<Vec<_>>().join(", ")
            };
            let line = format!(
                "{} believes {} to be {}; the common prior is {}.",
                form.player(player).name,
                names::event(form, form.lottery(lottery).event),
                listed(&|branch| numbers.share(own(branch))),
                listed(&|branch| numbers.share(instance.branch(branch))),
            );
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

/// `1 situation`, `2 situations`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    let plural = match (noun.strip_suffix("ium"), noun.strip_suffix('y')) {
        (Some(stem), _) => format!("{stem}ia"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    format!("{number} {plural}")
}

/// Texts side by side with a gap, as many as fit on a line.
pub fn flow(items: &[String], room: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for item in items {
        if used > 0 && used + 2 + width(item) > room {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push_str("  ");
            used += 2;
        }
        out.push_str(item);
        used += width(item);
    }
    out
}
