//! `together`: choices made at the same time.

use super::{Construct, choose, story};
use crate::syntax::ast::Statement;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "together",
    about: "what happens at the same time: nobody sees the others' lines before the end of the block",
    example: "story\n  together\n    Inspector chooses check: visit | stay_home\n    Inspectee chooses act: violate | comply\n",
};

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Statement> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "what happens together", choose::EXAMPLE);
    let body = story::body(reader, row);
    header?;
    Ok(Statement::Together(body))
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints("story\n  together:\n    stop\n"),
            ["E007 \":\": the line should end here, but there is ':'"]
        );
    }
}
