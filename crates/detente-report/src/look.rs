//! How a screen looks: its width, its colours, its numbers. Whether colour is wanted is the
//! caller's decision.

use crate::numbers::Numbers;
use anstyle::{AnsiColor, Effects, Style as Ansi};
use unicode_width::UnicodeWidthStr;

/// Colour or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Plain text.
    #[default]
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// What a stretch of text is, which decides its colour.
#[allow(missing_docs, reason = "the names are the roles")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    Label,
    Dim,
    Good,
    Warn,
    Bad,
}

/// How a screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the screen.
    pub width: usize,
    /// Colour or none.
    pub style: Style,
    /// Which face of numbers is shown.
    pub numbers: Numbers,
}

/// Fewer columns than these are no room for a text beside its label.
const LEAST: usize = 24;

impl Default for Look {
    fn default() -> Self {
        Self { width: 100, style: Style::Plain, numbers: Numbers::Both }
    }
}

impl Look {
    /// Text in the colour of its role.
    #[must_use]
    pub fn paint(&self, role: Role, text: &str) -> String {
        if self.style == Style::Plain || text.is_empty() {
            return text.to_owned();
        }
        let style = match role {
            Role::Title => Ansi::new().effects(Effects::BOLD),
            Role::Label => Ansi::new().fg_color(Some(AnsiColor::Cyan.into())),
            Role::Dim => Ansi::new().effects(Effects::DIMMED),
            Role::Good => Ansi::new().fg_color(Some(AnsiColor::Green.into())),
            Role::Warn => Ansi::new().fg_color(Some(AnsiColor::Yellow.into())),
            Role::Bad => Ansi::new().fg_color(Some(AnsiColor::Red.into())),
        };
        format!("{style}{text}{style:#}")
    }

    /// A title on lines of its own.
    #[must_use]
    pub fn title(&self, text: &str) -> String {
        let lines = wrap(text, self.width);
        lines.iter().map(|line| self.paint(Role::Title, line) + "\n").collect()
    }

    /// A label at the left and text beside it, broken to the width; later lines are indented.
    #[must_use]
    pub fn labelled(&self, indent: usize, label: &str, column: usize, text: &str) -> String {
        let narrow = self.width < column + LEAST;
        if narrow && column > indent + 2 {
            // No room beside the label: the text goes below it.
            let head = if label.is_empty() {
                String::new()
            } else {
                self.labelled(indent, "", indent, label)
            };
            return head + &self.labelled(indent + 2, "", indent + 2, text);
        }
        let room = self.width.saturating_sub(column).max(12);
        let mut out = String::new();
        for (number, line) in wrap(text, room).iter().enumerate() {
            let head = if number == 0 { label } else { "" };
            let gap =
                column.saturating_sub(indent + width(head)).max(usize::from(!head.is_empty()));
            let head = self.paint(Role::Label, head);
            let line = format!("{}{head}{}{line}", " ".repeat(indent), " ".repeat(gap));
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text filled with spaces to a width.
#[must_use]
pub fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// A text broken into lines of at most `room` columns, at spaces; a longer word stands alone.
/// Line breaks in the text are kept; what is indented stays so, its later lines two columns more.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let words = paragraph.trim_start();
        let indent = paragraph.len() - words.len();
        let mut line = " ".repeat(indent);
        let mut empty = true;
        for word in words.split(' ') {
            if !empty && width(&line) + 1 + width(word) > room {
                lines.push(line.trim_end().to_owned());
                line = " ".repeat(if indent > 0 { indent + 2 } else { 0 });
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A bar of `cells` columns, filled in proportion to a share between 0 and 1.
#[must_use]
pub fn bar(share: f64, cells: usize) -> String {
    let filled = (share.clamp(0.0, 1.0) * cells as f64).round() as usize;
    format!("{}{}", "▇".repeat(filled), "▁".repeat(cells - filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_inside_the_width() {
        let text = "one two three four five six seven eight nine ten";
        assert!(wrap(text, 12).iter().all(|line| width(line) <= 12));
        assert_eq!(wrap(text, 12).join(" "), text);
        let look = Look { width: 40, ..Look::default() };
        let out = look.labelled(3, "label", 12, text);
        assert!(out.lines().all(|line| width(line) <= 40), "{out}");
    }

    #[test]
    fn colour_only_if_asked() {
        assert_eq!(Look::default().paint(Role::Bad, "x"), "x");
        let ansi = Look { style: Style::Ansi, ..Look::default() };
        assert!(ansi.paint(Role::Bad, "x").contains('\u{1b}'));
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(width("停戦"), 4);
        assert_eq!(padded("停戦", 6), "停戦  ");
    }
}
