//! How texts and numbers are set.

use crate::cards::Card;
use crate::formats::text::solve;
use crate::sentences::Sentence;
use detente_game::Game;
use maud::{Markup, html};

/// A text of the program with the author's names in it: underscores in names of what happens are
/// shown as spaces, as in drawings, but not in names that are looked up in a file, such as parameters. A fraction that
/// a decimal follows is set smaller; a long one gives way to it and shows where a pointer rests.
pub(super) fn prose(game: &Game, text: &str) -> Markup {
    let text = spaced(game, text);
    let parts: Vec<&str> = text.split(" ≈ ").collect();
    let (last, before) = parts.split_last().expect("a split has a part");
    html! {
        @for part in before {
            @let at = fraction(part);
            @let exact = &part[at..];
            @if exact.len() > LONGEST_FRACTION { (rounded(&part[..at], exact)) }
            @else if exact.is_empty() { (part) " ≈ " }
            @else { (part[..at]) span.fraction { (exact) " ≈ " } }
        }
        (last)
    }
}

/// Longer fractions are not read but looked up.
const LONGEST_FRACTION: usize = 7;

/// What stands before a rounded number in the place of a long fraction. The number brings its own minus sign,
/// but no plus.
fn rounded(before: &str, exact: &str) -> Markup {
    let (text, sign) = match before.char_indices().next_back() {
        Some((at, sign @ ('+' | '-'))) => (&before[..at], Some(sign)),
        _ => (before, None),
    };
    let minus = if sign == Some('-') { "-" } else { "" };
    html! {
        (text)
        span.rounded title={ "exactly " (minus) (exact) } { "≈\u{a0}" }
        @if sign == Some('+') { "+" }
    }
}

/// Where a fraction at the end of a text begins; its length if there is none.
fn fraction(text: &str) -> usize {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '/';
    let at = text.trim_end_matches(is_part).len();
    if text[at..].contains('/') { at } else { text.len() }
}

fn spaced(game: &Game, text: &str) -> String {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let length = rest[start..].find(|letter| !is_name(letter)).unwrap_or(rest.len() - start);
        let (before, name) = (&rest[..start], &rest[start..start + length]);
        out.push_str(before);
        if name.contains('_') && game.param(name).is_none() && happens(game, name) {
            out.push_str(&name.replace('_', "\u{a0}"));
        } else {
            out.push_str(name);
        }
        rest = &rest[start + length..];
    }
    out + rest
}

/// Whether a name is one of the form: of a player, an event or a value. Others, of files, definitions and
/// other scenarios, are looked up and stay as they are.
fn happens(game: &Game, name: &str) -> bool {
    let form = &game.form;
    form.players().iter().any(|player| player.name == name)
        || form.events().iter().any(|event| event.name == name)
        || form.values().any(|value| value == name)
        || form.stakes().iter().any(|stake| stake.name == name)
}

/// A card's letter and name; the author's name in quotes.
pub(super) fn title(game: &Game, card: &Card) -> Markup {
    html! {
        @match &card.title {
            Some(name) => { "“" (name) "”" }
            None => (prose(game, &solve::title(card))),
        }
    }
}

/// A sentence with the number of its template.
pub(super) fn sentence(game: &Game, sentence: &Sentence) -> Markup {
    html! { (prose(game, &sentence.text)) " " span.rule { (sentence.id) } }
}

/// Several texts, one each line.
pub(super) fn lines(game: &Game, texts: &[String]) -> Markup {
    html! { ul { @for text in texts { li { (prose(game, text)) } } } }
}
