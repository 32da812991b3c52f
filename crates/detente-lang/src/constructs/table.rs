//! `table`: numbers from a CSV file.

use super::Construct;
use crate::syntax::ast::{Section, Table};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "table",
    about: "numbers from a CSV file beside the scenario: cost[West].low",
    example: "table cost from \"cost.csv\" by country\n",
};

const EXAMPLE: &str = "table cost from \"cost.csv\" by country";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    reader.leaf(row, |line| {
        line.skip();
        let name = line.name("the name of the table", EXAMPLE)?;
        line.need("from", EXAMPLE)?;
        let file = line.text("the name of a file", EXAMPLE)?;
        line.need("by", EXAMPLE)?;
        let key = line.name("the column that holds the keys", EXAMPLE)?;
        Ok(Section::Table(Table { name, file, key }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn cells_are_reached_by_key_and_column() {
        accepted("define a = cost[West].low + cost[\"East Bank\"].low\n");
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("table cost form \"cost.csv\" by country\n"),
            ["E003 \"form\": 'from' should stand here, but there is 'form'"]
        );
    }
}
