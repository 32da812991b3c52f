//! What each message tells: lines for a card, and the screen of bars.

use crate::cards::Card;
use crate::look::{Look, bar, padded, width};
use crate::numbers::Numbers;
use detente_analysis::analyses::beliefs::Distribution;
use detente_analysis::{MessageBelief, after_messages, names};
use detente_game::form::{EventKind, LogEntry};
use detente_game::{EventId, GameForm, PlayerId, Rational, ValueId};
use detente_verify::Equilibrium;

/// Messages of one reader about one other player's type.
pub(crate) struct Reader {
    pub player: PlayerId,
    /// The reader's own types for which all of this is the same; empty if he has none.
    types: Vec<ValueId>,
    about: EventId,
    pub before: Distribution,
    pub messages: Vec<Told>,
}

/// One message: all that was seen but own type and own choices, and what it leads to.
#[derive(PartialEq)]
pub(crate) struct Told {
    pub log: Vec<LogEntry>,
    before: Distribution,
    pub after: Distribution,
}

fn is_own(form: &GameForm, reader: PlayerId, entry: &LogEntry) -> bool {
    form.event(entry.event).owner == Some(reader)
}

/// Who reads what about whom on the path.
pub(crate) fn readers(form: &GameForm, messages: &[MessageBelief]) -> Vec<Reader> {
    let mut found: Vec<Reader> = Vec::new();
    for message in messages {
        let own_type = message.log.iter().find_map(|entry| {
            let event = form.event(entry.event);
            let own = event.kind == EventKind::Type && event.owner == Some(message.reader);
            match entry.view {
                detente_game::form::View::Value(value) if own => Some(value),
                _ => None,
            }
        });
        let types: Vec<ValueId> = own_type.into_iter().collect();
        let log: Vec<LogEntry> = message
            .log
            .iter()
            .filter(|entry| !is_own(form, message.reader, entry))
            .copied()
            .collect();
        let told = Told { log, before: message.before.clone(), after: message.after.clone() };
        let known = found.iter_mut().find(|reader| {
            (reader.player, reader.about, &reader.types) == (message.reader, message.about, &types)
        });
        match known {
            Some(reader) => reader.messages.push(told),
            None => found.push(Reader {
                player: message.reader,
                types,
                about: message.about,
                before: message.before.clone(),
                messages: vec![told],
            }),
        }
    }
    merge_types(found)
}

/// Own types that read the same are shown once.
fn merge_types(readers: Vec<Reader>) -> Vec<Reader> {
    let mut merged: Vec<Reader> = Vec::new();
    for reader in readers {
        let same = merged.iter_mut().find(|other| {
            (other.player, other.about) == (reader.player, reader.about)
                && other.messages == reader.messages
        });
        match same {
            Some(other) => other.types.extend(&reader.types),
            None => merged.push(reader),
        }
    }
    merged
}

/// The values shown: one of two is enough.
pub(crate) fn shown(distribution: &Distribution) -> &[(ValueId, Rational)] {
    if distribution.len() == 2 { &distribution[..1] } else { distribution }
}

/// What a message leads to, in words.
pub(crate) fn line(form: &GameForm, told: &Told, numbers: Numbers) -> String {
    if told.before == told.after {
        return "tells nothing".to_owned();
    }
    if let Some((value, _)) = told.after.iter().find(|(_, share)| share.is_one()) {
        return format!("{}: certain", form.value(*value));
    }
    let one = |(value, share): &(ValueId, Rational)| {
        format!("{} {}", form.value(*value), numbers.share(share))
    };
    shown(&told.after).iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Who reads about whom, and what is thought before.
pub(crate) fn heading(form: &GameForm, reader: &Reader, numbers: Numbers) -> String {
    let all = names::type_event(form, reader.player)
        .map_or(0, |event| names::values_of(form, event).len());
    let types = if reader.types.len() == all {
        String::new()
    } else {
        let names: Vec<&str> = reader.types.iter().map(|value| form.value(*value)).collect();
        format!(" ({})", names.join(", "))
    };
    let before: Vec<String> = shown(&reader.before)
        .iter()
        .map(|(value, share)| format!("{} {}", form.value(*value), numbers.share(share)))
        .collect();
    format!(
        "{}{types} of {}, before: {}",
        form.player(reader.player).name,
        names::event(form, reader.about),
        before.join(", "),
    )
}

/// The last entries of a message, indented by how many came before.
pub(crate) fn message_text(form: &GameForm, reader: PlayerId, log: &[LogEntry]) -> (usize, String) {
    let last = log.last().map(|entry| names::entry(form, reader, *entry)).unwrap_or_default();
    (log.len().saturating_sub(1), last)
}

/// The part of a card: what each message on the path tells. Empty if nobody has types.
#[must_use]
pub fn lines(equilibrium: &Equilibrium, look: &Look, column: usize) -> String {
    let form = equilibrium.instance().form();
    let readers = readers(form, &after_messages(equilibrium));
    let mut text: Vec<String> = Vec::new();
    for reader in &readers {
        text.push(heading(form, reader, look.numbers));
        let most = 12;
        for told in reader.messages.iter().take(most) {
            let (depth, message) = message_text(form, reader.player, &told.log);
            let dots = "… ".repeat(depth.min(3));
            text.push(format!("  {dots}{message} → {}", line(form, told, look.numbers)));
        }
        if reader.messages.len() > most {
            text.push(format!("  and {} more messages", reader.messages.len() - most));
        }
    }
    if text.is_empty() {
        return String::new();
    }
    look.labelled(3, "beliefs", column, &text.join("\n"))
}

/// The screen of bars for all cards: each reader's belief after each message on the path.
#[must_use]
pub fn screens(cards: &[Card], look: &Look) -> String {
    let Some(first) = cards.first() else { return String::new() };
    let form = first.lead().instance().form();
    if !form.player_ids().any(|player| names::type_event(form, player).is_some()) {
        let none = "No player has types, so there are no beliefs about types to show.";
        return look.labelled(0, "", 0, none);
    }
    let one = |card: &Card| {
        let title = card.title.as_ref().map(|title| format!("  \"{title}\"")).unwrap_or_default();
        look.title(&format!("{}{title}", card.label)) + &screen(card.lead(), look)
    };
    cards.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The screen of bars of one equilibrium.
#[must_use]
pub fn screen(equilibrium: &Equilibrium, look: &Look) -> String {
    let form = equilibrium.instance().form();
    let readers = readers(form, &after_messages(equilibrium));
    if readers.is_empty() {
        let none = "Nobody reads a message about another player's type on the path.";
        return look.labelled(0, "", 0, none);
    }
    readers.iter().map(|reader| bars(form, reader, look)).collect::<Vec<_>>().join("\n")
}

/// Columns of a bar with the space, the number and the value's name that follow it.
const BAR: std::ops::RangeInclusive<usize> = 8..=30;

fn bars(form: &GameForm, reader: &Reader, look: &Look) -> String {
    let mut out = look.title(&heading(form, reader, look.numbers));
    let rows: Vec<(String, &Distribution)> = reader
        .messages
        .iter()
        .map(|told| {
            let (depth, text) = message_text(form, reader.player, &told.log);
            (format!("{}{text}", "  ".repeat(depth.min(4))), &told.after)
        })
        .collect();
    let before = ("before".to_owned(), &reader.before);
    let column = rows.iter().map(|(text, _)| width(text)).max().unwrap_or(0).max(6);
    for (text, distribution) in std::iter::once(before).chain(rows) {
        for (number, (value, share)) in shown(distribution).iter().enumerate() {
            let head = if number == 0 { text.as_str() } else { "" };
            let told = format!("{} {}", look.numbers.share(share), form.value(*value));
            let cells = look.width.saturating_sub(column + 5 + width(&told).max(25));
            let cells = cells.clamp(*BAR.start(), *BAR.end());
            let line = format!("{} {told}", bar(share.to_f64(), cells));
            if 2 + column + 2 + width(&line) <= look.width {
                out.push_str(&format!("  {}  {line}\n", padded(head, column)));
            } else {
                out.push_str(&look.labelled(2, "", 2, head));
                out.push_str(&format!("    {line}\n"));
            }
        }
    }
    out
}
