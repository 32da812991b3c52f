//! `settings`: numbers and words that shape the tree.

use super::{Construct, notes};
use crate::syntax::ast::{Block, Section, Setting, SettingsSection};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "settings",
    about: "numbers and words that shape the tree",
    example: "settings\n  periods = 3  in 1..6\n  mode    = open  \"open or secret\"\n",
};

const EXAMPLE: &str = "periods = 3  in 1..6";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "the settings", EXAMPLE);
    let settings = reader.block(row, |reader, row| {
        let setting = reader.whole(row, setting);
        let notes = notes::read(reader, row);
        setting.map(|setting| Setting { notes, ..setting })
    });
    header?;
    Ok(Section::Settings(SettingsSection { settings }))
}

fn setting(line: &mut Cursor<'_>) -> Parse<Setting> {
    let name = line.name("the name of a setting", EXAMPLE)?;
    line.need("=", EXAMPLE)?;
    let value = line.value("a whole number or a word", EXAMPLE)?;
    let range = match line.eat("in") {
        true => Some(line.range(EXAMPLE)?),
        false => None,
    };
    let description = line.text_opt();
    line.finish_or(&["in"])?;
    Ok(Setting { name, value, range, description, notes: Block::empty() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, section};
    use super::*;

    #[test]
    fn reads_numbers_and_words() {
        let Section::Settings(section) = section(CARD.example) else {
            panic!("settings were written");
        };
        assert!(section.settings.lines[0].value.is_number);
        assert_eq!(section.settings.lines[1].value.text, "open");
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("settings\n  a 3\n  b = 2 in 1\n"),
            [
                "E003 \"3\": '=' should stand here, but there is '3'",
                "E003 \"\": '..' should stand here, but the line ends",
            ]
        );
    }
}
