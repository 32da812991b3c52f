//! What it is worth to be told, and what a variant changes.

use super::{Asked, Asker, Help, Point, Said, Told};
use crate::value::{self, Learn};
use crate::what_if::{Question, variant};
use detente_analysis::analyses::contrast::{Amount, Measure, Row};
use detente_game::{PlayerId, Rational};
use detente_report::formats::text::what_if::{amount, label, repeats};
use detente_report::formats::text::words::count;
use detente_report::numbers::Numbers;
use detente_report::question::{Answer, Figure, Shape};
use detente_report::sentences::question::{self, Face};
use detente_report::sentences::{exploit, own, value as said_of};
use detente_report::value::{Range, Value};
use detente_report::variant::Variant;
use std::cmp::Reverse;

pub(super) fn information(
    point: &Point,
    player: PlayerId,
    asked: &Asked,
    help: &mut Help<'_>,
) -> Said {
    let game = &point.game;
    let before = value::found(&game.form, &point.solved);
    let mut page = Value {
        title: String::new(),
        players: game.form.players().iter().map(|player| player.name.clone()).collect(),
        before,
        learning: Vec::new(),
        commitment: Vec::new(),
        along: Vec::new(),
        left_out: Vec::new(),
        stopped: false,
    };
    for (who, event) in value::of_others(&game.form) {
        let learn = Learn {
            game,
            before: &point.solved,
            player: who,
            event,
            accuracy: Rational::ONE,
            max_nodes: asked.options.max_nodes,
        };
        if who == player {
            page.learning.push(value::learning(&learn, help.solve)?);
        }
    }
    if page.learning.is_empty() {
        return Err("there is nothing that chance decides and the player could be told".to_owned());
    }
    let (mut sentences, mut figures) = (Vec::new(), Vec::new());
    for learning in &page.learning {
        let told = said_of::told(&page, learning);
        let name = &page.players[player.index()];
        let after = learning.told.as_ref().and_then(|found| found.worth.get(player.index()));
        if let (Some(then), Some(now)) = (page.before.worth.get(player.index()), after) {
            sentences.push(question::informed(name, &told, (then, now), asked.numbers));
            let shape = Shape::Amount(now.since(then));
            figures.push(Figure { name: format!("change for {name} if {told}"), shape });
        }
        sentences.extend(said_of::learning(&page, learning, asked.numbers));
    }
    Ok(Told { stands: None, sentences, figures })
}

/// Rows of a variant that are told, those that change most; its own page has all.
const ROWS: usize = 4;

pub(super) fn what_if(
    asker: &Asker<'_>,
    point: &Point,
    title: &str,
    answer: &mut Answer,
    help: &mut Help<'_>,
) -> Said {
    let found = point.game.what_ifs.iter().position(|one| one.name == title);
    let position = found.ok_or("with these settings the variant cannot be understood")?;
    let set = &point.game.what_ifs[position].set;
    let mut all: Vec<(String, String)> = answer
        .with
        .iter()
        .filter_map(|one| one.split_once(" = "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    all.retain(|(name, _)| set.iter().all(|own| own.name != *name));
    all.extend(set.iter().map(|one| (one.name.clone(), one.value.to_string())));
    let changed = if set.is_empty() { None } else { Some(asker.compiled(&all)?) };
    let game = changed.as_ref().unwrap_or(&point.game);
    let what_if = game.what_ifs.iter().find(|one| one.name == title);
    let what_if = what_if.ok_or("with its settings the variant cannot be understood")?;
    let cards = point.cards();
    let card = cards.first().ok_or("no equilibrium is known exactly")?;
    let before = (card.lead(), card.label.as_str());
    let question = Question { before, game, what_if, numbers: asker.asked.numbers };
    let page = variant(&question, help.solve)?;
    answer.searched.extend(page.searched.iter().cloned());
    answer.complete &= page.complete;
    Ok(told(&page, asker.asked.numbers))
}

fn told(page: &Variant, numbers: Numbers) -> Told {
    let heads: Vec<String> = page.columns.iter().map(|column| column.head()).collect();
    let mut differing: Vec<&Row> = Vec::new();
    for row in page.rows.iter().filter(|row| row.differs()) {
        if !differing.iter().any(|other| repeats(row, other)) {
            differing.push(row);
        }
    }
    let left = differing.len().saturating_sub(ROWS);
    // The sort is stable: of equal changes the first in the file's order comes first.
    differing.sort_by_key(|row| Reverse(change(row)));
    let stands = Some(format!("the variant \"{}\"", page.name));
    let mut told = Told { stands, ..Told::default() };
    for row in differing.into_iter().take(ROWS) {
        let name = label(&row.measure);
        let is_share = matches!(row.measure, Measure::Outcome(_) | Measure::Choice(..));
        let face = Face { numbers, is_share };
        let each: Vec<String> = heads
            .iter()
            .zip(&row.amounts)
            .map(|(head, one)| match one {
                Some(Amount::Exact(value)) => {
                    format!("{} ({head})", face.range(&Range::of(value.clone())))
                }
                other => format!("{} ({head})", amount(other.as_ref(), numbers)),
            })
            .collect();
        if is_share {
            told.figures.extend(moved(&name, &heads, row));
        }
        told.sentences.push(format!("{name} is {}.", each.join(", ")));
    }
    if told.sentences.is_empty() {
        told.sentences.push("Nothing that is measured differs.".to_owned());
    }
    if left > 0 {
        told.sentences.push(format!("{} that change less are left out.", count(left, "line")));
    }
    told.sentences.extend(page.ranges.iter().map(|range| range.text.clone()));
    told.sentences.extend(page.own.iter().map(|(player, gain)| own(player, gain, numbers)));
    for one in &page.knowing {
        told.sentences.push(exploit(&one.player, &one.gain, &one.price, numbers));
    }
    told
}

/// A probability in the first column, and in each of the others.
fn moved(name: &str, heads: &[String], row: &Row) -> Vec<Figure> {
    let exact = |one: &Option<Amount>| match one {
        Some(Amount::Exact(value)) => Some(value.clone()),
        _ => None,
    };
    let Some(from) = row.amounts.first().and_then(exact) else { return Vec::new() };
    let after = heads.iter().zip(&row.amounts).skip(1);
    let figure = |(head, one): (&String, &Option<Amount>)| {
        let shape = Shape::Moved { from: from.clone(), to: exact(one)? };
        Some(Figure { name: format!("{name}, {head}"), shape })
    };
    after.filter_map(figure).collect()
}

/// How far the amounts of a row lie apart; shares before amounts of other kinds, and what has no exact
/// amounts last.
fn change(row: &Row) -> (bool, Option<Rational>) {
    let is_share = matches!(row.measure, Measure::Outcome(_) | Measure::Choice(..));
    let amounts = row.amounts.iter().filter_map(|one| match one {
        Some(Amount::Exact(value)) => Some(value.clone()),
        _ => None,
    });
    (is_share, Range::over(amounts).map(|range| range.high - range.low))
}
