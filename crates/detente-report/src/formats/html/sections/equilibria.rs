//! The ways of play: the drawn tree, who does what, what it is worth, and what happens.

use super::summary::outcomes;
use crate::drawing::{self, TreeOptions, draw_tree};
use crate::formats::html::prepared::{Prepared, Told};
use crate::formats::html::words::{lines, title};
use crate::formats::text::solve::{marks, plan, tied, worth_of};
use crate::formats::text::{continuum, enclosed, off_path, words};
use crate::look::{Look, Style};
use crate::plans::{Seat, seats};
use detente_analysis::Play;
use detente_analysis::analyses::values;
use maud::{Markup, PreEscaped, html};

/// Larger trees are not drawn.
const MOST_NODES: usize = 200_000;
/// Rows of a drawing, so that it stays readable on a sheet.
const ROWS: usize = 60;
/// A drawing beyond this width, in points of the drawing, gets a sheet of its own.
const WIDE: f64 = 900.0;
/// Situations off the path that are told one by one.
const OFF_PATH: usize = 6;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let search = &prepared.report.search;
    if prepared.told.is_empty() && search.enclosed.is_empty() {
        return None;
    }
    let look = Look { width: 90, style: Style::Plain, numbers: prepared.report.numbers };
    let label = |at: usize| crate::cards::letters(prepared.report.cards.len() + at);
    Some(html! {
        @for told in &prepared.told { (card(prepared, told)) }
        @for (at, one) in search.enclosed.iter().enumerate() {
            h3 { "Known by an enclosure" }
            pre { (enclosed::card(one, &label(at), &look)) }
        }
        @if !prepared.others.is_empty() { (others(prepared)) }
    })
}

fn card(prepared: &Prepared, told: &Told) -> Markup {
    let (card, game) = (told.card, prepared.report.game);
    let numbers = prepared.report.numbers;
    let details = [
        ("The continuum", continuum::texts(card, numbers)),
        ("Indifferent", tied(card.lead())),
        ("Off the path", off_path::texts(card, numbers, OFF_PATH)),
    ];
    html! {
        article id={ "equilibrium-" (card.label) } {
            h3 { (card.label) " " (title(prepared.report.game, card)) }
            p.marks {
                (marks(card).join(" · ")) " · "
                a href={ "#check-" (card.label) } { "check " (card.label) }
            }
            (strategies(prepared, told))
            (outcomes(prepared, told, usize::MAX))
            @for (name, texts) in details.iter().filter(|(_, texts)| !texts.is_empty()) {
                h4 { (name) }
                (lines(game, texts))
            }
            // Last, as a large drawing has a sheet of its own.
            (tree(prepared, told))
        }
    }
}

fn tree(prepared: &Prepared, told: &Told) -> Markup {
    let (game, lead) = (prepared.report.game, told.card.lead());
    if game.form.node_count() > MOST_NODES {
        return html! {
            p.remark { "The tree has " (game.form.node_count()) " nodes and is not drawn." }
        };
    }
    let options = TreeOptions {
        title: Some(String::new()),
        rows_at_most: ROWS,
        numbers: prepared.report.numbers,
        ..TreeOptions::default()
    };
    let mut scene = draw_tree(game, lead.instance(), Some(lead.profile()), &options);
    scene.title = format!("Game tree, equilibrium {}", told.card.label);
    html! {
        figure.tree.wide[scene.width > WIDE] tabindex="0" {
            (PreEscaped(scene.svg()))
            figcaption {
                (drawing::caption(told.card)) ". Thick: what is chosen; dashed: one situation."
            }
        }
    }
}

fn strategies(prepared: &Prepared, told: &Told) -> Markup {
    let lead = told.card.lead();
    let play = Play::new(lead.instance(), lead.profile());
    let (form, worth, numbers) = (play.form(), values::worth(lead), prepared.report.numbers);
    let typed = |seat: &Seat| seat.own_type.map_or("", |own| form.value(own));
    html! {
        table {
            caption { "Who does what on the path, and what the game is worth to it" }
            thead { tr {
                th scope="col" { "player" } th scope="col" { "type" }
                th.number scope="col" { "worth" } th scope="col" { "does" }
            } }
            tbody {
                @for seat in seats(&play) {
                    tr {
                        th scope="row" { (prepared.prose(&form.player(seat.player).name)) }
                        td { (prepared.prose(typed(&seat))) }
                        td.number {
                            @match worth_of(&worth, &seat) {
                                Some(value) => (prepared.prose(&numbers.number(value))),
                                None => "–",
                            }
                        }
                        td { (prepared.prose(&plan(form, &seat, numbers))) }
                    }
                }
            }
        }
    }
}

/// Those that are not told in full.
fn others(prepared: &Prepared) -> Markup {
    html! {
        h3 { "Also found" }
        ul {
            @for card in &prepared.others {
                li {
                    (card.label) " " (title(prepared.report.game, card)) " ("
                    (words::kind(card.lead())) "), "
                    a href={ "#check-" (card.label) } { "check " (card.label) }
                }
            }
        }
    }
}
