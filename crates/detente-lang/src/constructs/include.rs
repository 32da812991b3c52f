//! `include "…"`: the sections of another file.

use super::Construct;
use crate::syntax::ast::Section;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "include",
    about: "takes in the sections of another file",
    example: "include \"std/arms.dtn\"\n",
};

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    reader.leaf(row, |line| {
        line.skip();
        let file = line.text("the name of a file", "include \"std/arms.dtn\"")?;
        Ok(Section::Include(file))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn wants_one_text() {
        let source = "include \"a.dtn\" \"b.dtn\"\n";
        assert_eq!(
            complaints(source),
            ["E007 \"\\\"b.dtn\\\"\": the line should end here, but there is a text"]
        );
    }
}
