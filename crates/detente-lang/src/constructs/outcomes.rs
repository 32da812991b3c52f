//! `outcomes`: names for ends, first that holds.

use super::Construct;
use crate::syntax::ast::{Outcome, OutcomesSection, Section};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "outcomes",
    about: "names for how it ends; the first whose condition holds counts",
    example: "outcomes\n  \"treaty lapses\"  when gesture is let_lapse\n  \"open race\"      when reply is reject\n",
};

const EXAMPLE: &str = "\"treaty lapses\"  when gesture is let_lapse";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "the outcomes", EXAMPLE);
    let outcomes = reader.leaves(row, outcome);
    header?;
    Ok(Section::Outcomes(OutcomesSection { outcomes }))
}

fn outcome(line: &mut Cursor<'_>) -> Parse<Outcome> {
    let title = line.text("the name of an outcome", EXAMPLE)?;
    line.need("when", EXAMPLE)?;
    let condition = line.expr()?;
    line.finish_or(&["and", "or"])?;
    Ok(Outcome { title, condition })
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints("outcomes\n  war when a is b\n  \"war\" if a is b\n"),
            [
                "E003 \"war\": the name of an outcome, between quotation marks, should stand here, but there is 'war'",
                "E003 \"if\": 'when' should stand here, but there is 'if'",
            ]
        );
    }
}
