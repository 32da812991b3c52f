//! Widths of texts, how names are shown, and escapes for XML.

use super::scene::Role;
use unicode_width::UnicodeWidthChar;

/// Widths of the printable ASCII characters in Helvetica (and Arial, and Liberation Sans, which
/// were made to fit), in thousandths of the size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// About how wide a text is when drawn: the widths above, with room for the wider letters (DejaVu)
/// that take their place where none of them is installed.
#[must_use]
pub fn text_width(text: &str, role: Role) -> f64 {
    let thousandths: f64 = text
        .chars()
        .map(|letter| match u32::from(letter) {
            code @ 32..=126 => f64::from(WIDTHS[code as usize - 32]),
            _ => match letter.width().unwrap_or(0) {
                0 => 0.0,
                1 => 620.0,
                _ => 1000.0,
            },
        })
        .sum();
    let stretch = if role.is_bold() { 1.26 } else { 1.14 };
    thousandths / 1000.0 * role.size() * stretch
}

/// A text inside XML. Control characters, which XML cannot hold, are left out.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            control if control.is_control() || matches!(control, '\u{fffe}' | '\u{ffff}') => {}
            other => out.push(other),
        }
    }
    out
}

/// A name as drawn: underscores are spaces, control characters and rows of blanks one space;
/// very long ones are cut.
pub(super) fn shown(name: &str) -> String {
    cut(&name.replace('_', " "), 48)
}

/// A title as drawn: cut only if it is very long.
pub(super) fn shown_title(title: &str) -> String {
    cut(title, 120)
}

/// A caption as drawn: lines of some words each.
pub(super) fn caption_lines(caption: &str) -> Vec<String> {
    let mut lines = crate::look::wrap(&cut(caption, 600), 80);
    lines.retain(|line| !line.is_empty());
    lines
}

/// A text of so many letters at most, on one line.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let text = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.chars().count() <= longest {
        return text;
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}
