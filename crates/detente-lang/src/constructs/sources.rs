//! `sources`: what the numbers rest on.

use super::Construct;
use crate::syntax::ast::{Section, Source, SourcesSection};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "sources",
    about: "what numbers and observations rest on",
    example: "sources\n  desk   \"Desk judgement of two analysts\"\n  offer  \"Public offer\"  2025-09-22  \"https://example.org/offer\"\n",
};

const EXAMPLE: &str = "offer  \"Public offer of the extension\"  2025-09-22";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "the sources", EXAMPLE);
    let sources = reader.leaves(row, source);
    header?;
    Ok(Section::Sources(SourcesSection { sources }))
}

fn source(line: &mut Cursor<'_>) -> Parse<Source> {
    let name = line.name("the name of a source", EXAMPLE)?;
    let description = line.text("what the source is", EXAMPLE)?;
    let date = line.date_opt()?;
    let link = line.text_opt();
    Ok(Source { name, description, date, link })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, section};
    use super::*;

    #[test]
    fn reads_dates() {
        let Section::Sources(section) = section(CARD.example) else {
            panic!("sources were written");
        };
        let date = section.sources.lines[1].date.as_ref();
        assert_eq!(date.map(|date| (date.year, date.month, date.day)), Some((2025, 9, 22)));
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("sources\n  a \"b\" 2025-02-29\n"),
            ["E016 \"2025-02-29\": there is no such date as 2025-02-29"]
        );
        assert_eq!(
            complaints("sources\n  a\n"),
            [
                "E003 \"\": what the source is, between quotation marks, should stand here, but the line ends"
            ]
        );
    }
}
