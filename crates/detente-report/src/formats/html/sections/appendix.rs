//! Every strategy in fractions, and the beliefs needed off the path.

use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::lines;
use crate::formats::text::{off_path, words};
use crate::numbers::Numbers;
use detente_analysis::Play;
use detente_game::{GameForm, InfoSetId, Profile};
use maud::{Markup, html};

/// Situations of one equilibrium that are listed; further ones are counted.
const SITUATIONS: usize = 300;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    if prepared.told.is_empty() {
        return None;
    }
    Some(html! { @for told in &prepared.told { (card(prepared, told)) } })
}

fn card(prepared: &Prepared, told: &Told) -> Markup {
    let (game, lead) = (prepared.report.game, told.card.lead());
    let play = Play::new(lead.instance(), lead.profile());
    let form = play.form();
    let left = form.info_sets().len().saturating_sub(SITUATIONS);
    let needed = off_path::texts(told.card, Numbers::Exact, SITUATIONS);
    html! {
        h3 { "Equilibrium " (told.card.label) }
        table {
            caption { "What is chosen in every situation, in fractions" }
            thead { tr {
                th scope="col" { "situation" } th scope="col" { "chosen" } th.number scope="col" { "comes up" }
            } }
            tbody {
                @for set in form.info_set_ids().take(SITUATIONS) {
                    tr {
                        th scope="row" { (prepared.prose(&words::situation(form, set))) }
                        td { (prepared.prose(&chosen(form, lead.profile(), set))) }
                        td.number { (play.reach_of(set).to_string()) }
                    }
                }
            }
        }
        @if left > 0 { p.remark { "and " (words::count(left, "more situation")) } }
        @if !needed.is_empty() {
            h4 { "Beliefs off the path" }
            (lines(game, &needed))
        }
    }
}

fn chosen(form: &GameForm, profile: &Profile, set: InfoSetId) -> String {
    let played = form.actions(set).filter(|action| profile.of(*action).is_positive());
    let texts: Vec<String> = played
        .map(|action| match profile.of(action) {
            certain if certain.is_one() => form.action_label(action).to_owned(),
            share => format!("{} {share}", form.action_label(action)),
        })
        .collect();
    texts.join(", ")
}
