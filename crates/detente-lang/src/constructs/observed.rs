//! `observed`: what was seen to happen.

use super::Construct;
use crate::syntax::ast::{Observation, Observed, Section};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "observed",
    about: "what was seen to happen, for updating beliefs",
    example: "observed \"autumn 2025\"\n  2025-09-22  gesture is extend  source offer\n",
};

const EXAMPLE: &str = "2025-09-22  gesture is extend  source offer";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let title = reader.whole(row, |line| {
        line.skip();
        line.text("a title", "observed \"autumn 2025\"")
    });
    reader.need_children(row, "what was seen", EXAMPLE);
    let observations = reader.leaves(row, observation);
    let title = title?;
    Ok(Section::Observed(Observed { title, observations }))
}

fn observation(line: &mut Cursor<'_>) -> Parse<Observation> {
    let date = line.date_opt()?;
    let condition = line.expr()?;
    let source = match line.eat("source") {
        true => Some(line.name("the name of a source", EXAMPLE)?),
        false => None,
    };
    line.finish_or(&["and", "or", "source"])?;
    Ok(Observation { date, condition, source })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn the_date_may_be_left_out() {
        accepted("observed \"x\"\n  gesture is extend and 2025 - 09 - 22 > 1\n");
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "observed \"x\"\n  2025-13-01 a is b\n  a is b sorce c\nobserved\n  a is b\n"
            ),
            [
                "E016 \"2025-13-01\": there is no such date as 2025-13-01",
                "E007 \"sorce\": the line should end here, but there is 'sorce'",
                "E003 \"\": a title, between quotation marks, should stand here, but the line ends",
            ]
        );
    }
}
