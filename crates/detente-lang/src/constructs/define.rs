//! `define`: a name for an expression.

use super::Construct;
use crate::syntax::ast::{Define, Name, Section};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "define",
    about: "a name for an expression, with or without parameters",
    example: "define share(t) = if t = 1 then first else 1 - first\n",
};

const EXAMPLE: &str = "define share(t) = if t = 1 then first else 1 - first";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    reader.leaf(row, |line| {
        line.skip();
        let name = line.name("the name to be defined", EXAMPLE)?;
        let parameters = parameters(line, EXAMPLE)?;
        line.need("=", EXAMPLE)?;
        let value = line.expr()?;
        Ok(Section::Define(Define { name, parameters, value }))
    })
}

/// `[ ( NAME {, NAME} ) ]`
pub(super) fn parameters(line: &mut Cursor<'_>, example: &str) -> Parse<Vec<Name>> {
    let open = line.here();
    if !line.eat("(") {
        return Ok(Vec::new());
    }
    let names = line.names("the name of a parameter", example)?;
    line.close(")", open)?;
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn goes_on_after_a_sign_of_continuation() {
        accepted("define a = b +   # why\n    c and\n  d\n");
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "define f(t = 1\ndefine g = \ndefine h = (1 + 2\ndefine i = 1 + * 2\ndefine j = a < b < c\n"
            ),
            [
                "E003 \"=\": ')' should stand here, but there is '='",
                "E003 \"\": a number or a name should stand here, but the line ends",
                "E003 \"(\": this '(' is never closed",
                "E003 \"*\": a number or a name should stand here, but there is '*'",
                "E007 \"<\": the line should end here, but there is '<'",
            ]
        );
        assert_eq!(
            complaints("define a = if b then c\ndefine d = 1 is e\n"),
            [
                "E003 \"\": 'else' should stand here, but the line ends",
                "E003 \"1\": only the name of an event or a player can stand before 'is'",
            ]
        );
    }
}
