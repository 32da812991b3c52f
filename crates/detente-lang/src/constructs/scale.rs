//! `scale`: an order of values, so that they can be compared.

use super::Construct;
use crate::syntax::ast::{Scale, Section};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "scale",
    about: "an order of values, which makes them comparable",
    example: "scale card: J < Q < K\n",
};

const EXAMPLE: &str = "scale card: J < Q < K";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    reader.leaf(row, |line| {
        line.skip();
        let name = line.name("the name of the scale", EXAMPLE)?;
        line.need(":", EXAMPLE)?;
        let mut values = vec![line.value("a value", EXAMPLE)?];
        while line.eat("<") {
            values.push(line.value("a value", EXAMPLE)?);
        }
        line.finish_or(&["<"])?;
        Ok(Section::Scale(Scale { name, values }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints("scale card: J > Q\n"),
            ["E007 \">\": the line should end here, but there is '>'"]
        );
        assert_eq!(
            complaints("scale card J < Q\n"),
            ["E003 \"J\": ':' should stand here, but there is 'J'"]
        );
    }
}
