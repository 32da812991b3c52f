//! `check`: did I write what I meant? Who knows what?

use super::words::count;
use crate::look::{Look, Role, padded, width, wrap};
use detente_analysis::analyses::visibility::never_seen;
use detente_analysis::names;
use detente_game::form::EventKind;
use detente_game::{EventId, Game, GameForm, InfoSetId, PlayerId};

/// How many expectations of the file are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expectations {
    /// Of how many the file has.
    pub total: usize,
    /// Met.
    pub met: usize,
    /// Not known whether met.
    pub unknown: usize,
    /// All their conditions together.
    pub conditions: usize,
}

/// The screen. `expectations` is `None` if they were not checked.
#[must_use]
pub fn screen(game: &Game, expectations: Option<Expectations>, look: &Look) -> String {
    let mut out = headline(game, look);
    out.push_str(&situations(&game.form, look));
    out.push_str(&unseen(&game.form, look));
    out.push_str(&priors(game, look));
    out.push_str(&expected(game, expectations, look));
    out.push_str(&sources(game, look));
    out
}

/// The screen for a game of another program, which has neither logs nor sources nor expectations.
#[must_use]
pub fn imported(game: &Game, look: &Look) -> String {
    let recall = if game.form.has_perfect_recall() {
        "Nobody forgets what he knew or did."
    } else {
        "A player forgets what he knew or did; such a game is solved in agent form, and not at \
         all if a path meets a situation twice."
    };
    let unseen = if has_logs(&game.form) { unseen(&game.form, look) } else { String::new() };
    headline(game, look)
        + &situations(&game.form, look)
        + &unseen
        + &look.labelled(0, "", 0, recall)
}

/// Whether the form says what the players have seen; one from a bare tree does not.
pub(crate) fn has_logs(form: &GameForm) -> bool {
    form.info_sets().iter().all(|set| set.log.is_some())
}

fn headline(game: &Game, look: &Look) -> String {
    let form = &game.form;
    let types: Vec<String> = form
        .player_ids()
        .filter_map(|player| names::type_event(form, player))
        .map(|event| names::values_of(form, event).len().to_string())
        .collect();
    let types =
        if types.is_empty() { String::new() } else { format!(", {} types", types.join(" x ")) };
    let settings: Vec<String> =
        game.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let settings =
        if settings.is_empty() { String::new() } else { format!(" ({})", settings.join(", ")) };
    let decisions = form.member_count();
    let first = format!(
        ": {}{types}, {}{settings}",
        count(form.players().len(), "player"),
        count(game.params.len(), "parameter"),
    );
    let second = format!(
        "{}, {}, {} in {}",
        count(form.node_count(), "node"),
        count(form.end_count(), "end"),
        count(decisions, "decision point"),
        count(form.info_sets().len(), "situation"),
    );
    let lines = wrap(&format!("{}{first}", game.meta.title), look.width).join("\n");
    let lines = match lines.strip_prefix(game.meta.title.as_str()) {
        Some(rest) => look.paint(Role::Title, &game.meta.title) + rest,
        None => lines,
    };
    format!("{lines}\n{}", look.labelled(0, "", 0, &second))
}

/// One row: who is asked what, knowing what, in how many situations.
struct Row {
    player: PlayerId,
    question: EventId,
    known: Vec<String>,
    situations: usize,
}

/// Who is asked what, knowing what, in how many situations: the table's cells, row by row.
pub(crate) fn cells(form: &GameForm) -> Vec<[String; 4]> {
    let rows = rows(form);
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let before = rows[..at].iter().rev().find(|other| other.player == row.player);
            [
                form.player(row.player).name.clone(),
                names::event(form, row.question),
                elided(&row.known, before.map(|other| other.known.as_slice())),
                row.situations.to_string(),
            ]
        })
        .collect()
}

/// What the columns of [`cells`] hold.
pub(crate) const HEADS: [&str; 4] = ["who", "asked", "knows", "situations"];

fn situations(form: &GameForm, look: &Look) -> String {
    let (cells, heads) = (cells(form), HEADS);
    let wide = |column: usize| {
        cells.iter().map(|row| width(&row[column])).chain([width(heads[column])]).max().unwrap_or(0)
    };
    let (who, asked) = (wide(0), wide(1));
    let left = 2 + who + 2 + asked + 2;
    if left + 20 + 12 > look.width {
        return one_below_the_other(&cells, look);
    }
    let room = look.width.saturating_sub(left + 12).max(20);
    let knows = wide(2).min(room);
    let head = format!(
        "  {}  {}  {}  {}",
        padded(heads[0], who),
        padded(heads[1], asked),
        padded(heads[2], knows),
        heads[3],
    );
    let mut out = format!("{}\n", look.paint(Role::Dim, &head));
    for [player, question, known, situations] in &cells {
        for (number, line) in crate::look::wrap(known, knows).iter().enumerate() {
            if number == 0 {
                let start = format!("  {}  {}", padded(player, who), padded(question, asked));
                out.push_str(&format!("{start}  {}  {situations:>10}\n", padded(line, knows)));
            } else {
                out.push_str(&format!("{}{line}\n", " ".repeat(left)));
            }
        }
    }
    out
}

/// The same for a screen too narrow for columns.
fn one_below_the_other(cells: &[[String; 4]], look: &Look) -> String {
    let one = |[player, question, known, situations]: &[String; 4]| {
        let noun = if situations == "1" { "situation" } else { "situations" };
        let head = format!("{player}: {question}, in {situations} {noun}");
        look.labelled(2, "", 2, &head) + &look.labelled(4, "", 4, &format!("knows {known}"))
    };
    cells.iter().map(one).collect()
}

fn rows(form: &GameForm) -> Vec<Row> {
    let mut rows: Vec<(Row, Vec<InfoSetId>)> = Vec::new();
    for set in form.info_set_ids() {
        let info = form.info_set(set);
        let found = rows
            .iter_mut()
            .find(|(row, _)| (row.player, row.question) == (info.player, info.question));
        match found {
            Some((_, sets)) => sets.push(set),
            None => {
                let (player, question) = (info.player, info.question);
                let row = Row { player, question, known: Vec::new(), situations: 0 };
                rows.push((row, vec![set]));
            }
        }
    }
    rows.into_iter()
        .map(|(row, sets)| Row {
            known: known(form, row.player, &sets),
            situations: sets.len(),
            ..row
        })
        .collect()
}

/// What is known at some or all of these situations, in the order in which it was seen.
fn known(form: &GameForm, player: PlayerId, sets: &[InfoSetId]) -> Vec<String> {
    let mut events: Vec<(EventId, usize)> = Vec::new();
    for set in sets {
        for entry in names::log(form, *set) {
            match events.iter_mut().find(|(event, _)| *event == entry.event) {
                Some((_, times)) => *times += 1,
                None => events.push((entry.event, 1)),
            }
        }
    }
    let text = |(event, times): &(EventId, usize)| {
        let name = names::event(form, *event);
        let kind = form.event(*event).kind;
        let own = form.event(*event).owner == Some(player);
        let text = match (kind, own) {
            (EventKind::Type, true) => "own type".to_owned(),
            (EventKind::Type, false) => format!("type of {name}"),
            (_, true) => format!("own {name}"),
            _ => names::clear_event(form, *event),
        };
        if *times < sets.len() { format!("{text} (if it happened)") } else { text }
    };
    let mut texts: Vec<String> = events.iter().map(text).collect();
    if texts.is_empty() {
        texts = if sets.iter().any(|set| form.info_set(*set).log.is_none()) {
            sets.iter().map(|set| format!("that it is {}", names::numbered(form, *set))).collect()
        } else {
            vec!["nothing yet".to_owned()]
        };
    }
    texts
}

/// What the row before says already is not said again.
fn elided(known: &[String], before: Option<&[String]>) -> String {
    match before {
        Some(before)
            if before.len() > 1 && known.starts_with(before) && known.len() > before.len() =>
        {
            format!("… and {}", known[before.len()..].join(", "))
        }
        _ => known.join(", "),
    }
}

fn unseen(form: &GameForm, look: &Look) -> String {
    look.labelled(2, "", 2, &hidden(form).join("  "))
}

/// What each player never sees, a sentence each.
pub(crate) fn hidden(form: &GameForm) -> Vec<String> {
    let mut texts = Vec::new();
    for unseen in never_seen(form) {
        if unseen.events.is_empty() {
            continue;
        }
        let name = |event: &EventId| match form.event(*event).kind {
            EventKind::Type => format!("type of {}", names::event(form, *event)),
            _ => names::event(form, *event),
        };
        // What is hidden in every round is said once.
        let mut events: Vec<String> = unseen.events.iter().map(name).collect();
        let more = events.len().saturating_sub(8);
        events.truncate(8);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let player = &form.player(unseen.player).name;
        texts.push(format!("{player} never sees: {}{more}.", events.join(", ")));
    }
    if texts.is_empty() {
        texts.push("Nothing is hidden from anybody for good.".to_owned());
    }
    texts
}

/// Where a player's own probabilities differ from the common ones.
fn priors(game: &Game, look: &Look) -> String {
    let Ok(instance) = game.base() else { return String::new() };
    let lines = super::words::private_priors(&instance, look.numbers);
    lines.iter().map(|line| look.labelled(2, "", 4, line)).collect()
}

fn expected(game: &Game, expectations: Option<Expectations>, look: &Look) -> String {
    if game.claims.is_empty() {
        return look.labelled(0, "", 0, "The file expects nothing of its results.");
    }
    let Some(found) = expectations else {
        return format!("{} not checked\n", count(game.claims.len(), "expectation"));
    };
    let text =
        format!("{} of {} met ({})", found.met, found.total, count(found.conditions, "condition"),);
    let role = if found.met == found.total { Role::Good } else { Role::Bad };
    let open =
        if found.unknown > 0 { format!("; {} not known", found.unknown) } else { String::new() };
    let line = format!("expectations: {text}{open}");
    if width(&line) > look.width {
        return look.labelled(0, "", 0, &line);
    }
    format!("expectations: {}{open}\n", look.paint(role, &text))
}

fn sources(game: &Game, look: &Look) -> String {
    sourced(game).map_or_else(String::new, |text| look.labelled(0, "", 0, &text))
}

/// How many parameters name no source, and which; nothing if there are no parameters.
pub(crate) fn sourced(game: &Game) -> Option<String> {
    if game.params.is_empty() {
        return None;
    }
    let without: Vec<&str> = game
        .params
        .iter()
        .filter(|param| param.support.sources.is_empty())
        .map(|param| param.name.as_str())
        .collect();
    if without.is_empty() {
        return Some("Every parameter names a source.".to_owned());
    }
    let verb = if without.len() == 1 { "names" } else { "name" };
    Some(format!(
        "{} of {} {verb} no source: {}",
        without.len(),
        count(game.params.len(), "parameter"),
        without.join(", "),
    ))
}
