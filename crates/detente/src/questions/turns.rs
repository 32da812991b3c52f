//! How far numbers may move.

use super::{Asked, Point, Said, Told};
use crate::road::Verified;
use crate::thresholds::{Goal, thresholds as walked};
use detente_analysis::analyses::register::register;
use detente_analysis::analyses::thresholds::Threshold;
use detente_game::claim::{Claim, ClaimKind, Quantifier, Query};
use detente_game::{Game, ParamId, Rational};
use detente_report::cards::Card;
use detente_report::question::{Figure, Shape};
use detente_report::sentences::question::{Lasting, interval};
use detente_report::sentences::soonest;
use detente_verify::Equilibrium;

/// `A "both extend"`.
fn named(card: &Card<'_>) -> String {
    match &card.title {
        Some(title) => format!("{} (\"{title}\")", card.label),
        None => format!("Way of play {}", card.label),
    }
}

/// What is to be said of ways of play that were not followed.
fn others(cards: &[Card<'_>]) -> Option<String> {
    (cards.len() > 1)
        .then(|| format!("Of {} ways of play the first alone was followed.", cards.len()))
}

pub(super) fn thresholds(
    point: &Point,
    param: ParamId,
    claim: Option<&str>,
    asked: &Asked,
) -> Said {
    let game = &point.game;
    let cards = point.cards();
    let (subject, starts, goal) = match claim {
        None => {
            let card = cards.first().ok_or("no equilibrium is known exactly")?;
            (Lasting::Play(named(card)), of_card(card), Goal::Play)
        }
        Some(title) => {
            let goal = Goal::Queries(queries(game, title)?);
            let points = point.solved.equilibria.iter().flat_map(Verified::points);
            let starts: Vec<_> = points.filter(|at| goal.is_met(game, &[], at)).cloned().collect();
            if starts.is_empty() {
                return Err(format!("no equilibrium that was found satisfies \"{title}\" here"));
            }
            (Lasting::Claim(title.to_owned()), starts, goal)
        }
    };
    let mut found = walked(game, &starts, &[param], goal, &asked.search, &mut |_| {});
    let threshold = found.pop().ok_or("the work was stopped")?;
    let mut sentences = interval(game, &subject, &threshold, asked.numbers);
    if claim.is_none() {
        sentences.extend(others(&cards));
    }
    let figures = span(game, param, &threshold).into_iter().collect();
    Ok(Told { stands: None, sentences, figures })
}

fn of_card(card: &Card<'_>) -> Vec<Equilibrium> {
    let all = card.members.iter();
    all.flat_map(|member| std::iter::once(member.equilibrium).chain(member.corners).cloned())
        .collect()
}

/// What the `expect … exists` of a title asks of an equilibrium.
fn queries<'g>(game: &'g Game, title: &str) -> Result<&'g [Query], String> {
    let of = |claim: &'g Claim| match &claim.kind {
        ClaimKind::Equilibria {
            name: Some(name), quantifier: Quantifier::Exists, queries, ..
        } if name == title => Some(queries.as_slice()),
        _ => None,
    };
    let found = game.claims.iter().find_map(of);
    found.ok_or_else(|| format!("with these settings \"{title}\" cannot be understood"))
}

fn span(game: &Game, param: ParamId, threshold: &Threshold) -> Option<Figure> {
    let known = &game.params[param.index()];
    let range = known.range.clone()?;
    let end = |at: usize| -> Option<Rational> {
        let side = [&threshold.below, &threshold.above][at];
        let (low, high) = side.as_ref().ok()?.end.enclosure()?;
        Some(&(low + high) / &Rational::int(2))
    };
    let holds = (end(0)?, end(1)?);
    let shape = Shape::Span { range, holds, now: threshold.base.clone() };
    Some(Figure { name: known.name.clone(), shape })
}

pub(super) fn assumptions(point: &Point, asked: &Asked) -> Said {
    let game = &point.game;
    if game.params.is_empty() {
        return Err("the scenario has no parameter".to_owned());
    }
    let cards = point.cards();
    let card = cards.first().ok_or("no equilibrium is known exactly")?;
    let lead = card.lead();
    let all = register(game, &card.points(), &mut || !asked.search.is_stopped());
    if all.len() < game.params.len() {
        return Err("the work was stopped".to_owned());
    }
    let soonest = soonest(game, lead, &all, asked.numbers);
    let mut said =
        vec![format!("{} turns soonest so, each number moved alone: {soonest}", named(card))];
    said.extend(others(&cards));
    Ok(Told { sentences: said, ..Told::default() })
}
