//! Title and provenance.

use crate::formats::html::prepared::Prepared;
use detente_game::Game;
use maud::{Markup, html};

/// The head of the page.
pub(in super::super) fn head(prepared: &Prepared) -> Markup {
    let report = prepared.report;
    let (game, from) = (report.game, &report.provenance);
    let settings: Vec<String> =
        game.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let rows = [
        ("Authors", game.meta.author.join(", ")),
        ("Scenario", from.file.to_owned()),
        ("Latest date in the text", latest_date(game).unwrap_or_default().to_owned()),
        ("Set for this report", from.set.join(", ")),
        ("Settings", settings.join(", ")),
        ("Hash of the text", from.text_hash.to_owned()),
        ("Made by", from.version.to_owned()),
        ("Command", from.command.to_owned()),
        ("Licence", game.meta.licence.clone()),
    ];
    html! {
        header {
            p.kicker { "Analysis of a scenario" }
            h1 { (game.meta.title) }
            @if !game.meta.about.is_empty() { p.about { (game.meta.about) } }
            dl.provenance {
                @for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
                    div { dt { (name) } dd { (value) } }
                }
            }
        }
    }
}

/// The latest date that the scenario names: of a source, a check or an observation.
fn latest_date(game: &Game) -> Option<&str> {
    let sources = game.sources.iter().filter_map(|source| source.date.as_deref());
    let checks = game.params.iter().flat_map(|param| &param.support.checked).map(String::as_str);
    let steps = game.records.iter().flat_map(|record| &record.steps);
    sources.chain(checks).chain(steps.filter_map(|step| step.date.as_deref())).max()
}
