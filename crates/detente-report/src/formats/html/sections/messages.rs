//! What each move tells the others: beliefs after every message on the path.

use crate::formats::html::bars::bar;
use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::title;
use crate::formats::text::beliefs::{Reader, heading, message_text, readers, shown};
use crate::formats::text::words::count;
use detente_analysis::after_messages;
use detente_game::{Rational, ValueId};
use maud::{Markup, html};

/// Messages of one reader that are shown; further ones are counted.
const MESSAGES: usize = 40;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let tables: Vec<Markup> =
        prepared.told.iter().filter_map(|told| card(prepared, told)).collect();
    if tables.is_empty() {
        return None;
    }
    Some(html! {
        p {
            "Bars show the probability that is believed after a message; the stroke across a bar "
            "shows what was believed before any."
        }
        @for table in &tables { (table) }
    })
}

fn card(prepared: &Prepared, told: &Told) -> Option<Markup> {
    let lead = told.card.lead();
    let readers = readers(lead.instance().form(), &after_messages(lead));
    if readers.is_empty() {
        return None;
    }
    Some(html! {
        h3 { (told.card.label) " " (title(prepared.report.game, told.card)) }
        @for reader in &readers { (bars(prepared, told, reader)) }
    })
}

fn bars(prepared: &Prepared, told: &Told, reader: &Reader) -> Markup {
    let form = told.card.lead().instance().form();
    let numbers = prepared.report.numbers;
    let left = reader.messages.len().saturating_sub(MESSAGES);
    html! {
        table.bars {
            caption { (prepared.prose(&heading(form, reader, numbers))) }
            thead { tr {
                th scope="col" { "after" } th scope="col" { "type" }
                th scope="col" { "believed" } th.number scope="col" { "probability" }
            } }
            tbody {
                @for message in reader.messages.iter().take(MESSAGES) {
                    @let (depth, text) = message_text(form, reader.player, &message.log);
                    @let text = format!("{}{text}", "… ".repeat(depth.min(4)));
                    @for (at, (value, share)) in shown(&message.after).iter().enumerate() {
                        @let name = form.value(*value);
                        @let number = numbers.share(share);
                        tr {
                            th scope="row" { @if at == 0 { (prepared.prose(&text)) } }
                            td { (prepared.prose(name)) }
                            td {
                                (bar(share, before(reader, *value), &format!("{text}: {name} {number}")))
                            }
                            td.number { (prepared.prose(&number)) }
                        }
                    }
                }
            }
        }
        @if left > 0 { p.remark { "and " (count(left, "more message")) } }
    }
}

fn before(reader: &Reader, value: ValueId) -> Option<&Rational> {
    reader.before.iter().find(|(of, _)| *of == value).map(|(_, share)| share)
}
