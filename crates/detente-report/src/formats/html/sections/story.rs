//! The story in prose, from the form alone, and what was observed.

use crate::formats::html::prepared::Prepared;
use crate::formats::story::story;
use detente_game::Game;
use detente_game::game::Record;
use maud::{Markup, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let game = prepared.report.game;
    let text = story(game);
    // Title and description stand at the head of the page.
    let skipped =
        1 + usize::from(!game.meta.about.is_empty()) * game.meta.about.lines().count().max(1);
    Some(html! {
        @for line in text.lines().skip(skipped) { p { (prepared.prose(line)) } }
        @for record in &game.records { (observed(game, record)) }
        @if !game.meta.cite.is_empty() {
            h3 { "Publications" }
            ul { @for cite in &game.meta.cite { li { (cite) } } }
        }
    })
}

fn observed(game: &Game, record: &Record) -> Markup {
    html! {
        table.observed {
            caption { "Observed: " (record.title) }
            thead { tr {
                th scope="col" { "date" } th scope="col" { "what" } th scope="col" { "source" }
            } }
            tbody {
                @for step in &record.steps {
                    tr {
                        td.date { (step.date.as_deref().unwrap_or("–")) }
                        td { code { (step.text) } }
                        td { (source(game, step.source.as_deref())) }
                    }
                }
            }
        }
    }
}

/// A source by its text, with a link to its entry in the register.
fn source(game: &Game, name: Option<&str>) -> Markup {
    let Some(name) = name else { return html! { "–" } };
    html! {
        @match game.sources.iter().position(|source| source.name == name) {
            Some(place) => a href={ "#source-" (place + 1) } { (game.sources[place].text) },
            None => (name),
        }
    }
}
