//! `thresholds`: between which values of each parameter something holds, what leaves first at each
//! end, and what takes over beyond.

use super::words;
use crate::formulas;
use crate::look::{Look, Role, padded, width};
use crate::numbers::Numbers;
use detente_analysis::Side;
use detente_analysis::analyses::ends::{End, Leaving, Limit};
use detente_analysis::analyses::thresholds::{Again, Beyond, Passage, Reach, Threshold};
use detente_analysis::names;
use detente_game::{ActionId, Game, GameForm, InfoSetId};
use detente_verify::Equilibrium;

/// The screen. `what` says what is to hold: `A  "both extend"`, `outcome "open race"`.
#[must_use]
pub fn screen(game: &Game, what: &str, thresholds: &[Threshold], look: &Look) -> String {
    let mut sorted: Vec<&Threshold> = thresholds.iter().collect();
    sorted.sort_by_key(|one| match one.distance(game) {
        Some(distance) => (false, distance),
        None => (true, detente_game::Rational::ZERO),
    });
    let (moving, still): (Vec<&Threshold>, Vec<&Threshold>) =
        sorted.into_iter().partition(|one| matters(one));
    let mut out = look.title(what);
    out.push_str(&table(game, &moving, look));
    if !still.is_empty() {
        let name = |one: &&Threshold| {
            let param = &game.params[one.param.index()];
            let all = one.reaches().filter_map(|reach| reach.end.enclosure()).map(|(at, _)| at);
            match all.collect::<Vec<_>>().as_slice() {
                [low, high] => format!(
                    "{} ({}..{})",
                    param.name,
                    look.numbers.narrow(low),
                    look.numbers.narrow(high)
                ),
                _ => format!("{} (everywhere)", param.name),
            }
        };
        let text = still.iter().map(name).collect::<Vec<_>>().join(", ");
        out.push_str(&look.labelled(0, "no end", 14, &text));
    }
    for threshold in &moving {
        for side in [&threshold.below, &threshold.above] {
            if let Ok(reach) = side
                && (reach.end.is_inside() || !reach.passed.is_empty())
            {
                out.push('\n');
                out.push_str(&one_end(game, threshold, reach, look));
            }
        }
    }
    out.push('\n');
    out.push_str(&look.labelled(0, "meaning", 14, &meaning(thresholds)));
    out
}

/// Whether an end lies inside the range, is not known, or does not belong to it.
fn matters(threshold: &Threshold) -> bool {
    let sides = [&threshold.below, &threshold.above];
    sides.iter().any(|side| match side {
        Ok(reach) => reach.end.is_inside() || reach.end.holds_at == Some(false),
        Err(_) => true,
    })
}

fn table(game: &Game, rows: &[&Threshold], look: &Look) -> String {
    let cell = |side: &Result<Reach, &'static str>| match side {
        Ok(reach) => limit(&reach.end, look.numbers),
        Err(_) => "not known".to_owned(),
    };
    let cells: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let name = game.params[row.param.index()].name.clone();
            [name, look.numbers.narrow(&row.base), cell(&row.below), cell(&row.above)]
        })
        .collect();
    if cells.is_empty() {
        return String::new();
    }
    let heads = ["parameter", "now", "holds from", "to"];
    let column = |at: usize| {
        cells.iter().map(|row| width(&row[at])).max().unwrap_or(0).max(width(heads[at]))
    };
    let columns = [column(0), column(1), column(2), 0];
    let line = |texts: [&str; 4]| {
        let padded: Vec<String> =
            texts.iter().zip(columns).map(|(text, to)| padded(text, to)).collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let head = line(heads);
    let mut out = look.paint(Role::Label, head.trim_end()) + "\n";
    for row in &cells {
        out.push_str(&line([&row[0], &row[1], &row[2], &row[3]]));
    }
    for row in rows {
        for why in [&row.below, &row.above].into_iter().filter_map(|side| side.as_ref().err()) {
            let name = &game.params[row.param.index()].name;
            out.push_str(&look.labelled(2, "not known", 14, &format!("{name}: {why}")));
        }
    }
    out
}

/// Where something ends.
pub(crate) fn limit(end: &End, numbers: Numbers) -> String {
    let excluded = if end.holds_at == Some(false) { ", not there" } else { "" };
    format!("{}{excluded}", place(end, numbers))
}

/// The same without a word on whether it holds there.
pub(crate) fn place(end: &End, numbers: Numbers) -> String {
    place_of(&end.limit, numbers)
}

fn place_of(limit: &Limit, numbers: Numbers) -> String {
    match limit {
        Limit::Range(value) => format!("{} (range)", numbers.number(value)),
        Limit::None => "everywhere".to_owned(),
        Limit::At(root) => words::root(root, numbers),
        Limit::Between(interval) => {
            format!("{} (to 12 places)", interval.simplest().to_decimal(12))
        }
    }
}

fn one_end(game: &Game, threshold: &Threshold, reach: &Reach, look: &Look) -> String {
    let end = &reach.end;
    let name = &game.params[threshold.param.index()].name;
    let way = match (end.is_inside(), end.side) {
        (true, side) => side.word(),
        (false, Side::Below) => "down to",
        (false, Side::Above) => "up to",
    };
    let mut out = look.paint(Role::Title, &format!("{name} {way} {}", limit(end, look.numbers)));
    out.push('\n');
    for leaving in &end.leaves {
        out.push_str(&look.labelled(2, "", 2, &leaves(&reach.last, leaving)));
    }
    if let Some(condition) = &reach.condition {
        out.push_str(&look.labelled(2, "needs", 12, &formulas::condition(game, condition)));
    }
    if !reach.passed.is_empty() {
        out.push_str(&look.labelled(2, "by", 12, &on_the_way(&reach.passed, look.numbers)));
    }
    if let Some(beyond) = &reach.beyond {
        let at = look.numbers.number(&beyond.at);
        let text = format!("at {at}: {}", takes_over(beyond, look.numbers));
        out.push_str(&look.labelled(2, "beyond", 12, &text));
        if let Some(again) = &beyond.again {
            let text = format!("it {}", holds_again(end.side, again, look.numbers));
            out.push_str(&look.labelled(2, "again", 12, &text));
        }
    }
    if let Some(text) = doubt(end).filter(|_| end.is_inside()) {
        out.push_str(&look.labelled(2, "checked", 12, text));
    }
    out
}

/// The equilibria that hand over to one another, and whether there is no gap.
fn on_the_way(passed: &[Passage], numbers: Numbers) -> String {
    let at = |passage: &Passage| place_of(&passage.at, numbers);
    let places: Vec<String> = passed.iter().map(at).collect();
    format!(
        "{} on the way, handing over at {}; {}",
        words::count(passed.len() + 1, "equilibrium"),
        places.join(", "),
        match unshown(passed, numbers) {
            None => "without a gap".to_owned(),
            Some(text) => text,
        }
    )
}

/// What is not shown of the values at which equilibria hand over, if something is not.
#[must_use]
pub fn unshown(passed: &[Passage], numbers: Numbers) -> Option<String> {
    let open = passed.iter().filter(|passage| !passage.is_shown_there);
    let places: Vec<String> = open.map(|passage| place_of(&passage.at, numbers)).collect();
    (!places.is_empty()).then(|| {
        format!(
            "it holds on both sides of {}, which is no fraction; that very value was not asked about",
            places.join(", of ")
        )
    })
}

/// That what ended holds on the other side too.
pub(crate) fn holds_again(side: Side, again: &Again, numbers: Numbers) -> String {
    let direction = match side {
        Side::Below => "down",
        Side::Above => "on",
    };
    let from = place_of(&again.from, numbers);
    if again.is_after_gap {
        format!("holds again from {from} {direction}")
    } else {
        format!(
            "holds on the other side too, from {from} {direction}; whether there is a gap between is not \
             decided"
        )
    }
}

/// What ends an equilibrium, as a sentence.
#[must_use]
pub fn leaves(last: &Equilibrium, leaving: &Leaving) -> String {
    let form = last.instance().form();
    match leaving {
        Leaving::Choice(margin) => {
            let (chosen, against) =
                (form.action_label(margin.chosen), form.action_label(margin.against));
            format!("{} would gain by {against} instead of {chosen}.", at(form, margin.set))
        }
        Leaving::Stops(action) => {
            let set = form.set_of_action(*action);
            format!("{} stops choosing {}.", at(form, set), form.action_label(*action))
        }
        Leaving::Form => "A formula of the file takes another form there.".to_owned(),
        Leaving::Beliefs => {
            "No consistent beliefs off the path are left that support it.".to_owned()
        }
        Leaving::Condition => "The equilibrium goes on, but not what is asked of it.".to_owned(),
    }
}

fn at(form: &GameForm, set: InfoSetId) -> String {
    let place = names::whereabouts(form, set);
    let comma = if place.is_empty() { "" } else { ", " };
    let after = if place.is_empty() { "" } else { "," };
    format!("{}{comma}{place}{after}", names::decider(form, set))
}

/// What is found beyond.
#[must_use]
pub fn takes_over(beyond: &Beyond, numbers: Numbers) -> String {
    let Some(nearest) = &beyond.nearest else {
        return match (beyond.complete, beyond.all_pure) {
            (true, _) => "no equilibrium of this kind".to_owned(),
            (_, true) => "none in pure strategies; mixed ones were not searched".to_owned(),
            _ => "none was found, but not everything was searched".to_owned(),
        };
    };
    let form = nearest.instance().form();
    let mut changes: Vec<String> = beyond
        .differs
        .iter()
        .map(|set| format!("{} {}", at(form, *set), plays(nearest, *set, numbers)))
        .collect();
    let left = changes.len().saturating_sub(3);
    changes.truncate(3);
    if left > 0 {
        changes.push(format!("and {}", words::count(left, "other change")));
    }
    let searched = match (beyond.complete, beyond.all_pure) {
        (true, _) => "",
        (_, true) => "; of mixed ones not all were searched",
        _ => ", not everything was searched",
    };
    let found = match beyond.found {
        1 => format!("the only one found{searched}"),
        many => format!("the nearest of {many} found{searched}"),
    };
    let told =
        if changes.is_empty() { "the same is played".to_owned() } else { changes.join("; ") };
    format!("{told} ({found})")
}

fn plays(equilibrium: &Equilibrium, set: InfoSetId, numbers: Numbers) -> String {
    let form = equilibrium.instance().form();
    let played: Vec<ActionId> = form
        .actions(set)
        .filter(|action| equilibrium.profile().of(*action).is_positive())
        .collect();
    match played.as_slice() {
        [action] => format!("chooses {}", form.action_label(*action)),
        several => {
            let one = |action: &ActionId| {
                let share = numbers.share(equilibrium.profile().of(*action));
                format!("{} {share}", form.action_label(*action))
            };
            format!("mixes {}", several.iter().map(one).collect::<Vec<_>>().join(" / "))
        }
    }
}

/// What is not proved of an end.
pub(crate) fn doubt(end: &End) -> Option<&'static str> {
    if end.holds_beyond.is_none() {
        return Some("whether it holds just beyond is not decided");
    }
    if end.holds_at == Some(false) {
        return Some("it does not hold at this value itself");
    }
    (!end.all_followed).then_some(
        "beliefs at some situation are free: between now and the end the judge was asked at some \
         values only",
    )
}

/// What the table says.
#[must_use]
pub fn meaning(thresholds: &[Threshold]) -> String {
    let all = thresholds.iter().flat_map(Threshold::reaches);
    let ends: Vec<&Reach> = all.filter(|reach| reach.end.is_inside()).collect();
    let sure = ends.iter().filter(|reach| reach.is_sure()).count();
    format!(
        "One parameter moves, all others stay; mixed choices move along. {sure} of {} verified: it \
         holds just before and not just beyond.",
        words::count(ends.len(), "end")
    )
}
