//! `expect`, `observed`, `whatif`, `question`.

use super::expressions::{assignment, date, event, expr, exprs, probs, range, reference, text};
use super::writer::{Layout, Writer};
use crate::syntax::ast::{
    Answer, AnswerKind, Assignment, Change, Claim, ConceptClaim, ConceptKind, CountClaim,
    CountSubject, Expect, Expr, Name, Observed, Quantifier, Query, QueryKind, Question, WhatIf,
};

fn has_block(expect: &Expect) -> bool {
    matches!(&expect.claim, Claim::Concept(claim) if !claim.inline && !claim.queries.is_empty())
}

pub(super) fn expect_head(expect: &Expect) -> String {
    let mut line = format!("expect {}", with(&expect.with));
    line.push_str(&match &expect.claim {
        Claim::Counts(claims) => counts(claims),
        Claim::Value(claim) => {
            let (player, sign) = (&claim.player.text, claim.relation.sign());
            format!("value of {player} {sign} {}", expr(&claim.value))
        }
        Claim::That(condition) => format!("that {}", expr(condition)),
        Claim::Concept(claim) => concept_head(claim),
    });
    line
}

fn with(all: &[Assignment]) -> String {
    let set: Vec<String> = all.iter().map(assignment).collect();
    if set.is_empty() { String::new() } else { format!("with {}: ", set.join(", ")) }
}

fn counts(claims: &[CountClaim]) -> String {
    let mut parts = Vec::new();
    let mut after_sets = false; // then `of Bob` says enough
    for claim in claims {
        let subject = match &claim.subject {
            CountSubject::Nodes => "nodes".to_string(),
            CountSubject::Ends => "ends".to_string(),
            CountSubject::InformationSets(None) => "information sets".to_string(),
            CountSubject::InformationSets(Some(of)) if after_sets => format!("of {}", of.text),
            CountSubject::InformationSets(Some(of)) => format!("information sets of {}", of.text),
        };
        after_sets = matches!(claim.subject, CountSubject::InformationSets(_));
        parts.push(format!("{subject} = {}", claim.number.text));
    }
    parts.join(", ")
}

fn concept_head(claim: &ConceptClaim) -> String {
    let concept = match &claim.concept.kind {
        ConceptKind::Nash => "nash".to_string(),
        ConceptKind::SubgamePerfect => "subgame_perfect".to_string(),
        ConceptKind::Perfect => "perfect".to_string(),
        ConceptKind::Proper => "proper".to_string(),
        ConceptKind::WeakPbe => "weak_pbe".to_string(),
        ConceptKind::Pbe => "pbe".to_string(),
        ConceptKind::Sequential => "sequential".to_string(),
        ConceptKind::Intuitive => "intuitive".to_string(),
        ConceptKind::Divine => "divine".to_string(),
        ConceptKind::D1 => "d1".to_string(),
        ConceptKind::UniversallyDivine => "universally_divine".to_string(),
        ConceptKind::Qre(lambda) => format!("qre({})", expr(lambda)),
    };
    let quantifier = match claim.quantifier {
        Quantifier::Exists => "exists",
        Quantifier::None => "none",
        Quantifier::All => "all",
    };
    let mut line = format!("{concept} {quantifier}");
    if let Some(title) = &claim.title {
        line.push_str(&format!(" {}", text(title)));
    }
    if !claim.queries.is_empty() {
        line.push(':');
    }
    if let (true, Some(only)) = (claim.inline, claim.queries.lines.first()) {
        line.push_str(&format!(" {}", query(only)));
    }
    line
}

pub(super) fn expect_below(writer: &mut Writer, expect: &Expect) {
    if let (true, Claim::Concept(claim)) = (has_block(expect), &expect.claim) {
        writer.leaves(&claim.queries, Layout::PLAIN, |one| vec![query(one)]);
    }
}

fn query(query: &Query) -> String {
    let mut line = match &query.kind {
        QueryKind::Always { event, value } => {
            format!("{} always {}", reference(event), value.text)
        }
        QueryKind::Condition(condition) => expr(condition),
        QueryKind::Belief(belief) => {
            let of = belief_of(&belief.player, &belief.about);
            let (sign, value) = (belief.relation.sign(), expr(&belief.value));
            format!("{of} {sign} {value}{}", after(&belief.after))
        }
        QueryKind::HoldsFor { param, range: held } => {
            format!("holds for {} in {}", param.text, range(held))
        }
    };
    if query.for_each_player {
        line.push_str("    for each player");
    }
    line
}

fn belief_of(player: &Name, about: &Expr) -> String {
    format!("belief of {} in {}", player.text, expr(about))
}

fn after(conditions: &[Expr]) -> String {
    match conditions {
        [] => String::new(),
        some => format!(" after {}", exprs(some)),
    }
}

pub(super) fn observed_below(writer: &mut Writer, observed: &Observed) {
    writer.leaves(&observed.observations, Layout::PLAIN, |seen| {
        let source = seen.source.as_ref().map(|name| format!("source {}", name.text));
        // Date and condition share a column: a line without a date must not look indented.
        let dated = seen.date.as_ref().map(|day| format!("{}  ", date(day))).unwrap_or_default();
        vec![format!("{dated}{}", expr(&seen.condition)), source.unwrap_or_default()]
    });
}

pub(super) fn whatif_below(writer: &mut Writer, whatif: &WhatIf) {
    writer.leaves(&whatif.changes, Layout::PLAIN, |change| vec![change_line(change)]);
}

fn change_line(change: &Change) -> String {
    match change {
        Change::Set(set) => format!("set {}", assignment(set)),
        Change::LockBehaviour(lock) => {
            let when = lock.condition.as_ref().map(|c| format!(" when {}", expr(c)));
            let (player, at) = (&lock.player.text, event(&lock.event));
            let when = when.unwrap_or_default();
            format!("lock {player} at {at}{when}: {}", probs(&lock.probabilities))
        }
        Change::LockBelief(lock) => {
            let of = belief_of(&lock.player, &lock.about);
            format!("lock {of} = {}{}", expr(&lock.probability), after(&lock.after))
        }
        Change::NobodyElseKnows => "nobody else knows".to_string(),
    }
}

pub(super) fn question_below(writer: &mut Writer, question: &Question) {
    writer.leaves(&question.answers, Layout::PLAIN, |one| vec![answer(one)]);
}

fn answer(answer: &Answer) -> String {
    let asked = match &answer.kind {
        AnswerKind::Number(number) => expr(number),
        AnswerKind::Belief { player, about, after: conditions } => {
            format!("{}{}", belief_of(player, about), after(conditions))
        }
        AnswerKind::Payoff(player) => format!("payoff of {}", player.text),
        AnswerKind::Thresholds { param, claim } => {
            let claim = claim.as_ref().map(|title| format!(" for {}", text(title)));
            format!("thresholds of {}{}", param.text, claim.unwrap_or_default())
        }
        AnswerKind::Assumptions => "assumptions".to_string(),
        AnswerKind::Information(player) => format!("information of {}", player.text),
        AnswerKind::WhatIf(title) => format!("whatif {}", text(title)),
        AnswerKind::See(file) => format!("see {}", text(file)),
    };
    format!("{}{asked}", with(&answer.with))
}
