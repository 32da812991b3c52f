//! From findings to the published types.

use super::results::*;
use crate::cards::{Card, letters};
use crate::formats::text::certificate_words;
use crate::sentences::{SearchClaim, Writer, narrative};
use detente_analysis::algebra::Root;
use detente_analysis::analyses::{stakes, values, visibility::never_seen};
use detente_analysis::{Flips, Play, after_messages, names, outcome_shares, tightest};
use detente_game::claim::Concept;
use detente_game::{Game, GameForm, InfoSetId, Rational, ValueId};
use detente_verify::{Equilibrium, Margin, Verdict};

/// A number.
#[must_use]
pub fn number(value: &Rational) -> Number {
    Number { exact: value.to_string(), decimal: value.to_f64() }
}

/// Result of `check`. `messages` are the compiler's, already in words.
#[must_use]
pub fn check(
    game: &Game,
    messages: Vec<Message>,
    expectations: Option<Test>,
    left_out: Vec<String>,
) -> Check {
    let form = &game.form;
    Check {
        title: game.meta.title.clone(),
        nodes: form.node_count(),
        ends: form.end_count(),
        decision_points: form.member_count(),
        situations: form.info_set_ids().map(|set| situation(form, set)).collect(),
        never_sees: never_seen(form)
            .into_iter()
            .map(|unseen| NeverSees {
                player: form.player(unseen.player).name.clone(),
                events: unseen.events.iter().map(|event| names::event(form, *event)).collect(),
            })
            .collect(),
        parameters: parameters(game, &game.base_point()),
        messages,
        expectations,
        left_out,
    }
}

fn situation(form: &GameForm, set: InfoSetId) -> Situation {
    let info = form.info_set(set);
    Situation {
        number: set.0 + 1,
        player: form.player(info.player).name.clone(),
        own_type: names::own_type(form, set).map(|value| form.value(value).to_owned()),
        question: names::event(form, info.question),
        label: form.set_label(set).map(str::to_owned),
        knows: names::known(form, set),
        options: form.actions(set).map(|action| form.action_label(action).to_owned()).collect(),
    }
}

pub(super) fn parameters(game: &Game, point: &[Rational]) -> Vec<Parameter> {
    let one = |(param, value): (&detente_game::game::Param, &Rational)| Parameter {
        name: param.name.clone(),
        value: number(value),
        range: param.range.as_ref().map(|(low, high)| (number(low), number(high))),
        unit: param.unit.clone(),
        label: param.label.clone(),
        sources: param.support.sources.iter().map(|(name, _)| name.clone()).collect(),
        confidence: param.support.confidence.clone(),
    };
    game.params.iter().zip(point).map(one).collect()
}

/// Result of `solve`.
#[must_use]
pub fn solve(game: &Game, cards: &[Card], search: &SearchClaim, undecided: &[String]) -> Solve {
    let point = cards
        .first()
        .map_or_else(|| game.base_point(), |card| card.lead().instance().point().to_vec());
    Solve {
        title: game.meta.title.clone(),
        parameters: parameters(game, &point),
        method: search.method.to_owned(),
        complete: search.complete,
        searched: search.searched.to_owned(),
        stopped: false,
        undecided: undecided.to_vec(),
        cards: cards.iter().map(card).collect(),
        enclosed: search
            .enclosed
            .iter()
            .enumerate()
            .map(|(at, one)| super::enclosed(one, letters(cards.len() + at)))
            .collect(),
    }
}

fn card(card: &Card) -> CardResult {
    let lead = card.lead();
    let play = Play::new(lead.instance(), lead.profile());
    let form = play.form();
    CardResult {
        label: card.label.clone(),
        title: card.title.clone(),
        concept: lead.concept().word().to_owned(),
        knife_edge: card.knife_edge,
        variants: card.members.len(),
        weaker: card.weaker,
        plays: everywhere(lead),
        continua: continua(card),
        worth: values::worth(lead).iter().map(|worth| worth_result(form, worth)).collect(),
        outcomes: outcome_shares(&play)
            .into_iter()
            .map(|share| Share { name: share.name, probability: number(&share.probability) })
            .collect(),
        messages: messages(lead),
        margins: tightest(lead).iter().map(|found| margin(form, found)).collect(),
        exact: lead.instance().is_exact(),
        certificate: certificate_words(lead.certificate()).to_owned(),
        proof: serde_json::to_value(lead.saved()).unwrap_or_default(),
        caveat: lead.caveat().map(str::to_owned),
    }
}

/// What is done and believed at every situation.
fn everywhere(equilibrium: &Equilibrium) -> Vec<Plays> {
    let play = Play::new(equilibrium.instance(), equilibrium.profile());
    play.form().info_set_ids().map(|set| plays(&play, equilibrium, set)).collect()
}

fn continua(card: &Card) -> Vec<Vec<Vec<Plays>>> {
    let open = card.members.iter().filter(|member| !member.corners.is_empty());
    open.map(|member| member.corners.iter().map(everywhere).collect()).collect()
}

fn plays(play: &Play, lead: &Equilibrium, set: InfoSetId) -> Plays {
    let form = play.form();
    let belief = &lead.beliefs()[set.index()];
    Plays {
        situation: set.0 + 1,
        reached: play.reach_of(set).is_positive(),
        options: form
            .actions(set)
            .map(|action| Share {
                name: form.action_label(action).to_owned(),
                probability: number(lead.profile().of(action)),
            })
            .collect(),
        belief: belief.belief.iter().map(number).collect(),
        bounds: belief.bounds.iter().map(|(low, high)| (number(low), number(high))).collect(),
    }
}

fn worth_result(form: &GameForm, worth: &values::Worth) -> WorthResult {
    WorthResult {
        player: form.player(worth.player).name.clone(),
        value: number(&worth.value),
        by_type: worth
            .by_type
            .iter()
            .filter_map(|of_type| {
                let value = number(of_type.expected.as_ref()?);
                Some(TypeResult { name: form.value(of_type.value).to_owned(), value })
            })
            .collect(),
    }
}

fn messages(lead: &Equilibrium) -> Vec<MessageResult> {
    let form = lead.instance().form();
    let shares = |list: &[(ValueId, Rational)]| {
        list.iter()
            .map(|(value, share)| Share {
                name: form.value(*value).to_owned(),
                probability: number(share),
            })
            .collect()
    };
    after_messages(lead)
        .into_iter()
        .map(|message| MessageResult {
            reader: form.player(message.reader).name.clone(),
            log: message
                .log
                .iter()
                .map(|entry| names::entry(form, message.reader, *entry))
                .collect(),
            about: names::event(form, message.about),
            before: shares(&message.before),
            after: shares(&message.after),
            probability: number(&message.probability),
        })
        .collect()
}

/// A margin.
#[must_use]
pub fn margin(form: &GameForm, margin: &Margin) -> MarginResult {
    MarginResult {
        situation: margin.set.0 + 1,
        chosen: form.action_label(margin.chosen).to_owned(),
        against: form.action_label(margin.against).to_owned(),
        margin: number(&margin.margin),
    }
}

/// Result of `why` for the card at a position, with its `most` tightest choices; `None` if there
/// is no such card.
#[must_use]
pub fn why(
    game: &Game,
    cards: &[Card],
    position: usize,
    search: &SearchClaim,
    most: usize,
) -> Option<Why> {
    let card = cards.get(position)?;
    let lead = card.lead();
    let form = lead.instance().form();
    let flips = Flips::new(game, lead);
    let choices = tightest(lead)
        .iter()
        .take(most)
        .map(|found| ChoiceResult {
            margin: margin(form, found),
            stakes: stakes::breakdown(lead, found)
                .map(|parts| parts.stakes)
                .unwrap_or_default()
                .iter()
                .map(|(stake, part)| StakeResult {
                    stake: form.stake(*stake).name.clone(),
                    difference: number(part),
                })
                .collect(),
            turns: turns(game, lead, &flips, found),
        })
        .collect();
    let mut writer = Writer::new(lead, crate::numbers::Numbers::Both);
    let sentences = narrative(&mut writer, game, cards, search)
        .into_iter()
        .map(|sentence| SentenceResult { id: sentence.id.to_owned(), text: sentence.text })
        .collect();
    let absent = writer
        .absent()
        .iter()
        .map(|absent| SentenceResult { id: absent.id.to_owned(), text: absent.why.clone() })
        .collect();
    Some(Why { label: card.label.clone(), stopped: false, choices, sentences, absent })
}

pub(super) fn place(root: &Root) -> Place {
    match root {
        Root::Exact(value) => Place::Exact { value: number(value) },
        Root::Enclosed(one) => Place::Enclosed { low: number(&one.low), high: number(&one.high) },
    }
}

fn turns(game: &Game, lead: &Equilibrium, flips: &Flips, margin: &Margin) -> Vec<TurnResult> {
    let mut found = Vec::new();
    for axis in flips.of_margin(margin) {
        for flip in [axis.below, axis.above].into_iter().flatten() {
            found.push(TurnResult {
                parameter: game.params[flip.param.index()].name.clone(),
                now: number(&lead.instance().point()[flip.param.index()]),
                side: flip.side.word().to_owned(),
                at: place(&flip.at),
            });
        }
    }
    found
}

/// The verdict on one certificate.
#[must_use]
pub fn verify(form: &GameForm, concept: &Concept, verdict: &Verdict) -> Verify {
    let empty = Verify {
        verdict: String::new(),
        concept: concept.word().to_owned(),
        reason: None,
        player: None,
        instead: None,
        gain: None,
        values: Vec::new(),
    };
    match verdict {
        Verdict::Holds(equilibrium) => Verify {
            verdict: "holds".to_owned(),
            reason: equilibrium.caveat().map(str::to_owned),
            values: equilibrium.values().iter().map(number).collect(),
            ..empty
        },
        Verdict::Fails(failure) => Verify {
            verdict: "fails".to_owned(),
            reason: Some(failure.reason.clone()),
            player: Some(form.player(failure.player).name.clone()),
            instead: Some(failure.instead.clone()).filter(|text| !text.is_empty()),
            gain: Some(number(&failure.gain)),
            ..empty
        },
        Verdict::Undecided(why) => {
            Verify { verdict: "undecided".to_owned(), reason: Some(why.clone()), ..empty }
        }
    }
}

/// The expectations of a scenario.
#[must_use]
pub fn test(expectations: Vec<Expectation>) -> Test {
    Test {
        met: expectations.iter().filter(|one| one.met == Some(true)).count(),
        unknown: expectations.iter().filter(|one| one.met.is_none()).count(),
        expectations,
    }
}
