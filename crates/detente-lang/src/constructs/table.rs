//! `table`: numbers from a CSV file.

use super::Construct;
use crate::syntax::ast::{Section, Table};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "table",
    about: "numbers from a CSV file beside the scenario: cost[West].low; its rows can be drawn",
    example: "table views from \"views.csv\" by analyst weighted by trust\n",
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
        let weight = match line.eat("weighted") {
            true => {
                line.need("by", EXAMPLE)?;
                Some(line.name("the column that says how likely a row is", EXAMPLE)?)
            }
            false => None,
        };
        Ok(Section::Table(Table { name, file, key, weight }))
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
