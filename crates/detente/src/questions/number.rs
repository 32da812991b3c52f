//! Numbers of the equilibria: probabilities, beliefs, payoffs.

use super::{Point, Said, Told, amounts};
use crate::claims::{Case, believed, joined, measure};
use crate::road::Verified;
use crate::value::counted;
use detente_analysis::analyses::values::worth;
use detente_analysis::names;
use detente_game::claim::Quantity;
use detente_game::form::NodeSet;
use detente_game::question::{AskKind, Event};
use detente_game::{InfoSetId, PlayerId, Rational};
use detente_report::cards::Card;
use detente_report::numbers::Numbers;
use detente_report::question::{Figure, Shape};
use detente_report::sentences::question::{
    Face, Measured, alike, believes, in_each, named, probability,
};
use detente_report::value::Range;
use std::collections::BTreeMap;

/// The answer if the number does not depend on the equilibrium.
pub(super) fn of_numbers_alone(
    kind: &AskKind,
    point: &Point,
    asked: &str,
    numbers: Numbers,
) -> Option<Said> {
    let AskKind::Number { quantity: Quantity::Formula(formula), .. } = kind else { return None };
    let game = &point.game;
    let case = Case { game, point: point.instance.point().to_vec(), settings: Vec::new() };
    Some(match case.formula(*formula) {
        None => Err("the number has no value here".to_owned()),
        Some(_)
            if !game.formulas.interval_at(*formula, &case.point).is_ok_and(|at| at.is_point()) =>
        {
            Err("the number is known approximately only".to_owned())
        }
        Some(value) => {
            let sentences = vec![format!("{asked} is {}.", numbers.number(&value))];
            Ok(Told { sentences, ..Told::default() })
        }
    })
}

/// The equilibria of a way of play.
fn of_card<'p>(point: &'p Point, card: &Card<'_>) -> Vec<&'p Verified> {
    let own = |one: &Verified| {
        card.members.iter().any(|member| std::ptr::eq(member.equilibrium, &one.equilibrium))
    };
    counted(&point.solved).into_iter().filter(|one| own(one)).collect()
}

pub(super) fn number(
    point: &Point,
    quantity: &Quantity,
    (of, asked): (Option<&Event>, &str),
    numbers: Numbers,
) -> Told {
    let cards = point.cards();
    let ways: Vec<(String, Measured)> = cards
        .iter()
        .map(|card| {
            let all = of_card(point, card).into_iter();
            let measured = all.map(|one| measure(&point.game, one, quantity)).reduce(joined);
            (card.label.clone(), measured.unwrap_or(Measured::Unknown))
        })
        .collect();
    let face = Face { numbers, is_share: of.is_some() };
    let subject = of.map_or_else(|| asked.to_owned(), probability);
    let said = format!("{subject} {}.", in_each(&ways, face));
    let name = of.map_or_else(|| asked.to_owned(), short);
    let figures = figures(&name, &ways, face);
    Told { stands: Some(point.standing(&cards)), sentences: vec![said], figures }
}

/// An event as a figure's name: `reply is freeze | Partner is serious`.
fn short(of: &Event) -> String {
    match &of.given {
        None => of.event.clone(),
        Some(given) => format!("{} | {given}", of.event),
    }
}

/// Figures of one number at most.
const FIGURES: usize = 5;

fn figures(name: &str, ways: &[(String, Measured)], face: Face) -> Vec<Figure> {
    let shape = |range: &Range| match face.is_share {
        true => Shape::Share(range.clone()),
        false => Shape::Amount(range.clone()),
    };
    let groups = alike(ways);
    let one = |(measured, labels): &(&Measured, Vec<&str>)| match measured {
        Measured::Known(range) => {
            let only = groups.len() == 1;
            let name = if only { name.to_owned() } else { format!("{}: {name}", named(labels)) };
            Some(Figure { name, shape: shape(range) })
        }
        Measured::Undefined | Measured::Unknown => None,
    };
    groups.iter().take(FIGURES).filter_map(one).collect()
}

/// What a player believes, situation by situation.
pub(super) fn belief(
    point: &Point,
    player: PlayerId,
    (about, after): (&NodeSet, &NodeSet),
    of: &Event,
    numbers: Numbers,
) -> Said {
    let cards = point.cards();
    let mut sets: BTreeMap<InfoSetId, Vec<(String, Measured)>> = BTreeMap::new();
    for card in &cards {
        let mut own: BTreeMap<InfoSetId, Measured> = BTreeMap::new();
        for one in of_card(point, card) {
            for (set, measured) in believed(&point.game, one, player, about, after) {
                let all = match own.remove(&set) {
                    Some(before) => joined(before, measured),
                    None => measured,
                };
                own.insert(set, all);
            }
        }
        for (set, measured) in own {
            sets.entry(set).or_default().push((card.label.clone(), measured));
        }
    }
    if sets.is_empty() {
        return Err("no situation of the player lies after this".to_owned());
    }
    let face = Face { numbers, is_share: true };
    let form = &point.game.form;
    let stands = Some(point.standing(&cards));
    let who = form.player(player).name.as_str();
    let mut told = Told { stands, ..Told::default() };
    let mut all = sets.values();
    let first = all.next().expect("there is a situation");
    if all.all(|ways| ways == first) {
        let place = of.given.as_ref().map(|given| format!("after {given}")).unwrap_or_default();
        told.sentences.push(believes(who, &place, &of.event, first, face));
        told.figures = figures(&format!("{who}: {}", short(of)), first, face);
        return Ok(told);
    }
    for (set, ways) in &sets {
        let (who, place) = (names::decider(form, *set), names::whereabouts(form, *set));
        told.sentences.push(believes(&who, &place, &of.event, ways, face));
        told.figures.extend(figures(&format!("{who}: {}", short(of)), ways, face));
    }
    Ok(told)
}

/// What a player gets, and each of its types.
pub(super) fn payoff(point: &Point, player: PlayerId, numbers: Numbers) -> Told {
    let cards = point.cards();
    let form = &point.game.form;
    let who = &form.player(player).name;
    // By type, and over all types under no name.
    let mut of: BTreeMap<(usize, String), Vec<(String, Measured)>> = BTreeMap::new();
    for card in &cards {
        let mut amounts: BTreeMap<(usize, String), Vec<Option<Rational>>> = BTreeMap::new();
        for one in of_card(point, card).into_iter().flat_map(Verified::points) {
            let worth = worth(one).swap_remove(player.index());
            amounts.entry((0, who.clone())).or_default().push(Some(worth.value));
            for (place, kind) in worth.by_type.into_iter().enumerate() {
                let name = format!("{who} ({})", form.value(kind.value));
                amounts.entry((place + 1, name)).or_default().push(kind.expected);
            }
        }
        for (name, all) in amounts {
            let range = all.into_iter().collect::<Option<Vec<_>>>().and_then(Range::over);
            let measured = range.map_or(Measured::Undefined, Measured::Known);
            of.entry(name).or_default().push((card.label.clone(), measured));
        }
    }
    let face = amounts(numbers);
    let said =
        of.iter().map(|((_, name), ways)| format!("What {name} gets {}.", in_each(ways, face)));
    let shown = of.iter().flat_map(|((_, name), ways)| figures(name, ways, face));
    Told {
        stands: Some(point.standing(&cards)),
        sentences: said.collect(),
        figures: shown.collect(),
    }
}
