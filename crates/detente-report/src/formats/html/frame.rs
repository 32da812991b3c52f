//! What stands round every page: the head with its style, and the foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style of all pages. It names no font or file outside the page.
pub(super) const STYLE: &str = include_str!("style.css");

/// A complete page.
pub(super) fn page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="détente";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                footer {
                    p {
                        "Made by détente from the scenario, and from those that its questions point to. Every equilibrium was checked by a "
                        "part of the program that does not know how it was found; every sentence "
                        "with a number S was checked against the equilibrium that it speaks of."
                    }
                }
            }
        }
    };
    // A name may hold characters that no page can.
    page.into_string().chars().filter(|letter| is_text(*letter)).collect()
}

fn is_text(letter: char) -> bool {
    matches!(letter, '\n' | '\t')
        || !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}
