//! The register of assumptions, with sources and confidence.

use crate::formats::html::prepared::Prepared;
use crate::formats::text::check::sourced;
use detente_game::Game;
use detente_game::game::Distribution;
use detente_game::game::{Param, Source};
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let game = prepared.report.game;
    if game.params.is_empty() {
        return None;
    }
    Some(html! {
        @if let Some(text) = sourced(game) { p { (text) } }
        table.register {
            caption { "Every number that the scenario assumes" }
            thead { tr {
                th scope="col" { "number" } th scope="col" { "meaning" }
                th.number scope="col" { "value" } th scope="col" { "range" }
                th scope="col" { "source" } th scope="col" { "confidence" }
            } }
            tbody { @for (at, param) in game.params.iter().enumerate() { (row(prepared, at, param)) } }
        }
        @if !game.sources.is_empty() {
            h3 { "Sources" }
            ol.sources { @for (at, source) in game.sources.iter().enumerate() { (entry(at, source)) } }
        }
    })
}

fn row(prepared: &Prepared, at: usize, param: &Param) -> Markup {
    let game = prepared.report.game;
    let numbers = prepared.report.numbers;
    // What was set on the command line is the base of the game that was solved.
    let value =
        prepared.told.first().map_or(&param.base, |told| &told.card.lead().instance().point()[at]);
    html! {
        tr {
            th scope="row" { code { (param.name) } }
            td { (param.label) @for note in &param.support.notes { " " em { (note) } } }
            td.number {
                (prepared.prose(&numbers.number(value)))
                @if let Some(unit) = &param.unit { " " (unit) }
            }
            td { (prepared.prose(&range(prepared, param))) }
            td { (sources(game, param)) }
            td { (param.support.confidence.as_deref().unwrap_or("–")) }
        }
    }
}

/// `0.05 to 0.95, beta(5, 5)`.
fn range(prepared: &Prepared, param: &Param) -> String {
    let number = |value| prepared.report.numbers.number(value);
    let mut texts: Vec<String> = Vec::new();
    if let Some((low, high)) = &param.range {
        texts.push(format!("{} to {}", number(low), number(high)));
    }
    if let Some(distribution) = &param.distribution {
        texts.push(match distribution {
            Distribution::Column(column) => {
                format!("column {} of a row of table {}", column.column, column.table)
            }
            Distribution::Family { name, arguments } => {
                let arguments: Vec<String> = arguments.iter().map(number).collect();
                match (name.as_str(), arguments.as_slice()) {
                    ("to", [low, high]) => format!("nine times in ten {low} to {high}"),
                    (name, arguments) => format!("{name}({})", arguments.join(", ")),
                }
            }
        });
    }
    if texts.is_empty() { "–".to_owned() } else { texts.join("; ") }
}

fn sources(game: &Game, param: &Param) -> Markup {
    let place = |name: &str| game.sources.iter().position(|source| source.name == name);
    html! {
        @if param.support.sources.is_empty() { "none" }
        @for (at, (name, remark)) in param.support.sources.iter().enumerate() {
            @if at > 0 { "; " }
            @match place(name) {
                Some(place) => a href={ "#source-" (place + 1) } { (name) },
                None => (name),
            }
            @if let Some(remark) = remark { ": " (remark) }
        }
        @if !param.support.checked.is_empty() {
            " (checked " (param.support.checked.join(", ")) ")"
        }
    }
}

fn entry(at: usize, source: &Source) -> Markup {
    html! {
        li id={ "source-" (at + 1) } {
            strong { (source.name) } ": " (source.text)
            @if let Some(date) = &source.date { ", " (date) }
            @if let Some(address) = &source.address { ". " span.file { (address) } }
        }
    }
}
