//! `block`: story lines with a name, to be used several times.

use super::{Construct, define, players, story};
use crate::syntax::ast::{BlockDefinition, Section};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "block",
    about: "story lines with a name, to be used several times",
    example: "block crisis(A, t)\n  A chooses step[t]: wait | act\n",
};

const EXAMPLE: &str = "block crisis(A, t)";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = reader.whole(row, |line| {
        line.skip();
        let name = line.name("the name of the block", EXAMPLE)?;
        players::refuse_statement_word(line, &name)?;
        let parameters = define::parameters(line, EXAMPLE)?;
        Ok((name, parameters))
    });
    reader.need_children(row, "its story", "A chooses step[t]: wait | act");
    let body = story::body(reader, row);
    let (name, parameters) = header?;
    Ok(Section::Block(BlockDefinition { name, parameters, body }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints("block draw\n  stop\n"),
            ["E015 \"draw\": 'draw' starts a line of the story and cannot be a name here"]
        );
    }
}
