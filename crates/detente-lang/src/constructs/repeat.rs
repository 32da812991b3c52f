//! `repeat t in 1..rounds`

use super::{Construct, choose, story};
use crate::syntax::ast::{Name, Range, Repeat, Statement};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "repeat",
    about: "the lines below once for each number of a range",
    example: "story\n  repeat t in 1..rounds\n    West and East choose move[t]: cooperate | defect\n",
};

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Statement> {
    let header = reader.whole(row, |line| counter(line, "repeat t in 1..rounds"));
    reader.need_children(row, "what is repeated", choose::EXAMPLE);
    let body = story::body(reader, row);
    let (variable, range) = header?;
    Ok(Statement::Repeat(Repeat { variable, range, body }))
}

/// A first word, then `NAME in range`.
pub(super) fn counter(line: &mut Cursor<'_>, example: &str) -> Parse<(Name, Range)> {
    line.skip();
    let variable = line.name("the name of a counter", example)?;
    line.need("in", example)?;
    let range = line.range(example)?;
    Ok((variable, range))
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "story\n  repeat t from 1..2\n    stop\n  repeat t in 1\n    stop\n  repeat t in 1..2\n"
            ),
            [
                "E003 \"from\": 'in' should stand here, but there is 'from'",
                "E003 \"\": '..' should stand here, but the line ends",
                "E013 \"repeat t in 1..2\": indented lines with what is repeated should follow",
            ]
        );
    }
}
