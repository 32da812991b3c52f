//! `whatif`: a variant of the scenario, by name.

use super::{Construct, keywords, listed, lock, unknown_start};
use crate::syntax::ast::{Change, Section, WhatIf};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "whatif",
    about: "a variant: numbers set, behaviour or a reading locked",
    example: "whatif \"Offerer misreads the reply\"\n  set detect = 0.9\n  lock Partner at reply when assessment is high: accept 1/2 | reject rest\n  lock belief of Offerer in Partner is dominance = 0.1 after reply is accept\n  nobody else knows\n",
};

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let title = reader.whole(row, |line| {
        line.skip();
        line.text("a title", "whatif \"better satellites\"")
    });
    reader.need_children(row, "what changes", "set detect = 0.9");
    let changes = reader.block(row, change);
    let title = title?;
    Ok(Section::WhatIf(WhatIf { title, changes }))
}

fn change(reader: &mut Reader<'_>, row: &Row) -> Parse<Change> {
    match reader.first_text(row) {
        "set" => reader.leaf(row, |line| {
            line.skip();
            line.assignment("set detect = 0.9").map(Change::Set)
        }),
        "lock" => reader.leaf(row, lock::read),
        "nobody" => reader.leaf(row, |line| {
            for word in ["nobody", "else", "knows"] {
                line.need(word, "nobody else knows")?;
            }
            Ok(Change::NobodyElseKnows)
        }),
        _ => {
            let words = keywords::CHANGES;
            let mut complaint = unknown_start(reader, row, "a line of 'whatif'", words);
            if complaint.helps.is_empty() {
                complaint = complaint.help(format!("it can start with {}", listed(words)));
            }
            Err(reader.open(row).fail(complaint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "whatif \"x\"\n  sett a = 1\n  set a 1\n  nobody knows\n  lok a at b: c 1\n"
            ),
            [
                "E008 \"sett\": a line of 'whatif' cannot start with 'sett'",
                "E003 \"1\": '=' should stand here, but there is '1'",
                "E003 \"knows\": 'else' should stand here, but there is 'knows'",
                "E008 \"lok\": a line of 'whatif' cannot start with 'lok'",
            ]
        );
    }
}
