//! `types of`: what a player may be, known to that player alone.

use super::{Construct, chance, notes};
use crate::syntax::ast::{Block, PrivatePrior, Section, TypeLine, TypesSection, Whose};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "types",
    about: "what a player may be, with prior probabilities; known to that player alone",
    example: "types of Sender\n  strong  9/10  \"likes a fight\", Receiver believes 1/2\n  weak    rest\n",
};

const EXAMPLE: &str = "strong  9/10";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = reader.whole(row, |line| {
        line.skip();
        whose(line, "types of Sender")
    });
    reader.need_children(row, "the types", EXAMPLE);
    let types = reader.block(row, |reader, row| {
        let line = reader.whole(row, type_line);
        let notes = notes::read(reader, row);
        line.map(|line| TypeLine { notes, ..line })
    });
    let of = header?;
    Ok(Section::Types(TypesSection { of, types }))
}

/// `of NAME`, `of each player`
pub(super) fn whose(line: &mut Cursor<'_>, example: &str) -> Parse<Whose> {
    line.need("of", example)?;
    let first = line.here();
    if line.eat("each") {
        line.need("player", "of each player")?;
        return Ok(Whose::EachPlayer(line.since(first)));
    }
    let name = line.name("the name of a player, or 'each player',", example)?;
    Ok(Whose::Player(name))
}

fn type_line(line: &mut Cursor<'_>) -> Parse<TypeLine> {
    let value = line.value("the name of a type", EXAMPLE)?;
    let weight = chance::weight(line, EXAMPLE)?;
    let description = line.text_opt();
    let mut beliefs = Vec::new();
    while line.eat(",") {
        let example = "strong  9/10, Receiver believes 1/2";
        let player = line.name("the name of a player", example)?;
        line.need("believes", example)?;
        let probability = line.expr()?;
        beliefs.push(PrivatePrior { player, probability });
    }
    Ok(TypeLine { value, weight, description, beliefs, notes: Block::empty() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, section};
    use super::*;
    use crate::syntax::ast::Weight;

    #[test]
    fn reads_weights_and_private_priors() {
        let Section::Types(section) = section(CARD.example) else {
            panic!("types were written");
        };
        assert_eq!(section.types.lines[0].beliefs.len(), 1);
        assert!(matches!(section.types.lines[1].weight, Weight::Rest(_)));
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("types Sender\n  strong\n  weak rest rest\ntypes of each side\n  a 1\n"),
            [
                "E003 \"Sender\": 'of' should stand here, but there is 'Sender'",
                "E003 \"\": a probability, or 'rest', should stand here, but the line ends",
                "E007 \"rest\": the line should end here, but there is 'rest'",
                "E003 \"side\": 'player' should stand here, but there is 'side'",
            ]
        );
    }
}
