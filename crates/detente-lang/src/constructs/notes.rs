//! Notes below a parameter, setting, type or stake: where it comes from and how sure it is.

use super::{keywords, listed, unknown_start};
use crate::syntax::ast::{Confidence, Note, Notes};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

/// Reads the notes below a row: several may share a line.
pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Notes {
    reader.block(row, |reader, child| {
        if !keywords::NOTES.contains(&reader.first_text(child)) {
            let words = keywords::NOTES;
            let mut complaint = unknown_start(reader, child, "a note", words);
            if complaint.helps.is_empty() {
                let spaces = crate::syntax::lines::spaces(row.indent);
                complaint = complaint
                    .help(format!("a note starts with {}", listed(words)))
                    .help(format!("if it is no note, indent it like the line above, by {spaces}"));
            }
            return Err(reader.open(child).fail(complaint));
        }
        reader.leaf(child, note_line)
    })
}

fn note_line(line: &mut Cursor<'_>) -> Parse<Vec<Note>> {
    let mut notes = Vec::new();
    while !line.at_end() {
        notes.push(match line.peek() {
            "source" => source(line)?,
            "confidence" => confidence(line)?,
            "note" => {
                line.skip();
                Note::Note(line.text("the note", "note \"from the annual report\"")?)
            }
            "checked" => {
                line.skip();
                Note::Checked(line.date("checked 2025-09-22")?)
            }
            _ => {
                line.finish_or(keywords::NOTES)?;
                break;
            }
        });
    }
    Ok(notes)
}

fn source(line: &mut Cursor<'_>) -> Parse<Note> {
    line.skip();
    let name = line.name("the name of a source", "source desk \"page 7\"")?;
    let place = line.text_opt();
    Ok(Note::Source { name, place })
}

fn confidence(line: &mut Cursor<'_>) -> Parse<Note> {
    line.skip();
    let level = match line.peek() {
        "low" => Confidence::Low,
        "medium" => Confidence::Medium,
        "high" => Confidence::High,
        _ => {
            let complaint = line.missing("'low', 'medium' or 'high'");
            return Err(line.fail(complaint.help("for instance    confidence low")));
        }
    };
    let span = line.skip();
    Ok(Note::Confidence { level, span })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn reads_several_on_a_line() {
        accepted(
            "params\n  a = 1\n    source desk \"p. 7\"  confidence low\n    note \"x\"\n    checked 2024-02-29\n",
        );
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "params\n  a = 1\n    sorce desk\n  b = 1\n    confidence middling\n  c = 1\n    d = 2\n"
            ),
            [
                "E008 \"sorce\": a note cannot start with 'sorce'",
                "E003 \"middling\": 'low', 'medium' or 'high' should stand here, but there is 'middling'",
                "E008 \"d\": a note cannot start with 'd'",
            ]
        );
    }
}
