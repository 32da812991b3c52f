//! `game "…"`: title, what it is about, where it comes from.

use super::{Construct, keywords, listed, unknown_start};
use crate::syntax::ast::{GameEntry, GameEntryKind, GameSection, Section};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "game",
    about: "the title, what the game is about, whom it follows",
    example: "game \"Beer or quiche\"\n  cite \"Cho and Kreps 1987\"\n",
};

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let title = reader.whole(row, |line| {
        line.skip();
        line.text("the title", "game \"Beer or quiche\"")
    });
    let entries = reader.block(row, entry);
    let title = title?;
    Ok(Section::Game(GameSection { title, entries }))
}

fn entry(reader: &mut Reader<'_>, row: &Row) -> Parse<GameEntry> {
    let kind = match reader.first_text(row) {
        "about" => GameEntryKind::About,
        "cite" => GameEntryKind::Cite,
        "author" => GameEntryKind::Author,
        "licence" => GameEntryKind::Licence,
        _ => {
            let words = keywords::GAME_ENTRIES;
            let mut complaint = unknown_start(reader, row, "a line of 'game'", words);
            if complaint.helps.is_empty() {
                complaint = complaint.help(format!("it can start with {}", listed(words)));
            }
            return Err(reader.open(row).fail(complaint));
        }
    };
    reader.leaf(row, |line| {
        line.skip();
        let text = line.text("a text", "about \"Two sides test each other\"")?;
        Ok(GameEntry { kind, text })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, section};
    use super::*;

    #[test]
    fn reads_title_and_entries() {
        let Section::Game(game) = section(CARD.example) else {
            panic!("a game section was written");
        };
        assert_eq!(game.title.value, "Beer or quiche");
        assert_eq!(game.entries.lines[0].kind, GameEntryKind::Cite);
    }

    #[test]
    fn complains_about_entries_it_does_not_know_and_goes_on() {
        let source = "game \"x\"\n  abuot \"y\"\n  cite z\n";
        let expected = [
            "E008 \"abuot\": a line of 'game' cannot start with 'abuot'",
            "E003 \"z\": a text, between quotation marks, should stand here, but there is 'z'",
        ];
        assert_eq!(complaints(source), expected);
        assert_eq!(
            complaints("game Kuhn\n"),
            [
                "E003 \"Kuhn\": the title, between quotation marks, should stand here, but there is 'Kuhn'"
            ]
        );
    }
}
