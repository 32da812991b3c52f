//! Every checked sentence, every strategy in fractions, and the beliefs needed off the path.

use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::{lines, sentence};
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
        (sentences(prepared, told))
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

/// What a sentence is about, by the number of its template; any other is about the search.
const SUBJECTS: [(&str, &[&str]); 5] = [
    ("What was found", &[]),
    ("What is chosen", &["S1", "S6"]),
    ("What is believed", &["S2", "S3", "S10"]),
    ("What comes out", &["S11"]),
    ("What it hangs on", &["S4", "S5", "S7", "S8", "S9"]),
];

/// All checked sentences, by what they are about.
fn sentences(prepared: &Prepared, told: &Told) -> Markup {
    let subject = |id: &str| SUBJECTS.iter().position(|(_, ids)| ids.contains(&id)).unwrap_or(0);
    html! {
        h4 { "In checked sentences" }
        @for (at, (name, _)) in SUBJECTS.iter().enumerate() {
            @let own: Vec<_> = told.sentences.iter().filter(|said| subject(said.id) == at).collect();
            @if !own.is_empty() {
                h5 { (name) }
                ul.sentences { @for said in own { li { (sentence(prepared.report.game, said)) } } }
            }
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
