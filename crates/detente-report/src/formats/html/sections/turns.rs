//! How far each number may move alone before the way of play ends, as a table with small pictures.

use crate::formats::html::bars::{Span, span};
use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::title;
use crate::formats::text::words;
use crate::sentences::{doubts, is_confirmed, soonest, turned};
use detente_analysis::analyses::first_turn::{FirstTurn, is_mixed};
use detente_analysis::analyses::register::{Assumption, register};
use detente_game::Rational;
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let game = prepared.report.game;
    // The first alone: every further one would cost as much again.
    let told = prepared.told.first().filter(|_| !game.params.is_empty())?;
    let lead = told.card.lead();
    let all = register(game, &told.card.points(), &mut || true);
    let known = all.iter().filter(|one| one.unknown.is_none());
    let (moving, still): (Vec<&Assumption>, Vec<&Assumption>) =
        known.partition(|one| one.below.is_some() || one.above.is_some());
    let name = |one: &&Assumption| game.params[one.param.index()].name.as_str();
    Some(html! {
        p {
            "Between which values of each number, moved alone, " (told.card.label) " "
            (title(game, told.card)) " stays an equilibrium. Thinly supported numbers come first, and of these "
            "the one nearest to a turn; those at whose nearer end the same turns stand together. In a picture the frame is the range, the filled part where it "
            "holds, the stroke the value now. A question mark: the judge did not confirm that end on both sides."
            @if is_mixed(lead) {
                " Probabilities of mixed choices move along, so that everybody stays indifferent; of \
                 a continuum, corners and a point inside are followed, and the one that lasts longest is told; \
                 yet others may last longer."
            }
        }
        p { strong { "Soonest: " } (prepared.prose(&soonest(game, lead, &all, prepared.report.numbers))) }
        @if !moving.is_empty() {
            table.register.turns {
                caption { "Where each number turns it, by what turns at its nearer end" }
                thead { tr {
                    th scope="col" { "number" } th scope="col" { "meaning" }
                    th.number scope="col" { "now" } th.number scope="col" { "holds from" }
                    th.number scope="col" { "to" } th scope="col" { "in its range" }
                } }
                @for (turn, own) in by_turn(prepared, told, &moving) {
                    tbody {
                        tr.group { th scope="rowgroup" colspan="6" { (prepared.prose(&turn)) } }
                        @for one in own { (row(prepared, told, one)) }
                    }
                }
            }
        }
        @if !still.is_empty() {
            p.remark {
                "No turn was found for: " (still.iter().map(name).collect::<Vec<_>>().join(", ")) "."
            }
        }
    })
}

/// Numbers by what turns at their nearer end, in the order of the first of each.
fn by_turn<'a>(
    prepared: &Prepared,
    told: &Told,
    all: &[&'a Assumption],
) -> Vec<(String, Vec<&'a Assumption>)> {
    let mut groups: Vec<(String, Vec<&Assumption>)> = Vec::new();
    for one in all {
        let now = &told.card.lead().instance().point()[one.param.index()];
        let turn = one.nearer(now).map(|turn| there(prepared, turn)).unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == turn) {
            Some((_, own)) => own.push(one),
            None => groups.push((turn, vec![one])),
        }
    }
    groups
}

fn row(prepared: &Prepared, told: &Told, one: &Assumption) -> Markup {
    let game = prepared.report.game;
    let numbers = prepared.report.numbers;
    let param = &game.params[one.param.index()];
    let now = &told.card.lead().instance().point()[one.param.index()];
    let at = |turn: &FirstTurn| {
        let doubt = if is_confirmed(turn) { "" } else { " ?" };
        format!("{}{doubt}", words::place(&turn.at, numbers))
    };
    let end = |turn: &Option<FirstTurn>, range: Option<&Rational>| match (turn, range) {
        (Some(turn), _) => at(turn),
        (None, Some(end)) => format!("{} (range)", numbers.number(end)),
        (None, None) => "–".to_owned(),
    };
    let (low, high) =
        (param.range.as_ref().map(|all| &all.0), param.range.as_ref().map(|all| &all.1));
    let (from, to) = (end(&one.below, low), end(&one.above, high));
    let middle = |turn: &Option<FirstTurn>| turn.as_ref().map(|turn| turn.at.middle());
    let picture = param.range.as_ref().map(|(low, high)| Span {
        range: (low.clone(), high.clone()),
        holds: (
            middle(&one.below).unwrap_or_else(|| low.clone()),
            middle(&one.above).unwrap_or_else(|| high.clone()),
        ),
        now: now.clone(),
    });
    let says = format!("{}: now {}, holds from {from} to {to}", param.name, numbers.number(now));
    html! {
        tr {
            th scope="row" { code { (param.name) } }
            td { (param.label) }
            td.number { (prepared.prose(&numbers.number(now))) }
            td.number { (prepared.prose(&from)) }
            td.number { (prepared.prose(&to)) }
            td { @match picture { Some(picture) => (span(&picture, &says)), None => "no range" } }
        }
    }
}

fn there(prepared: &Prepared, turn: &FirstTurn) -> String {
    let doubts = doubts(turn);
    let doubt = if doubts.is_empty() { String::new() } else { format!(" ({})", doubts.join("; ")) };
    format!("{}{doubt}", turned(&prepared.report.game.form, turn))
}
