//! `signal satellites seen by Offerer`, with its probabilities case by case.

use super::choose::event;
use super::{Construct, audience, chance, unknown_start};
use crate::syntax::ast::{Signal, SignalCase, Statement};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "signal",
    about: "a chance event whose probabilities depend on what happened; the first case that holds counts",
    example: "story\n  signal satellites seen by Offerer\n    if programme is build: alarm 0.6 | quiet rest\n    otherwise: alarm 0.05 | quiet rest\n",
};

const EXAMPLE: &str = "signal satellites seen by Offerer";
const CASE: &str = "if programme is build: alarm 0.6 | quiet rest";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Statement> {
    let header = reader.whole(row, |line| {
        line.skip();
        let event = event(line, EXAMPLE)?;
        let audience = audience::read_opt(line)?;
        line.finish_or(&["seen by"])?;
        Ok((event, audience))
    });
    reader.need_children(row, "its cases", CASE);
    let cases = reader.block(row, case);
    let (event, audience) = header?;
    Ok(Statement::Signal(Signal { event, audience, cases }))
}

fn case(reader: &mut Reader<'_>, row: &Row) -> Parse<SignalCase> {
    let word = reader.first_text(row);
    if !matches!(word, "if" | "otherwise") {
        let mut complaint = unknown_start(reader, row, "a case of a signal", &["if", "otherwise"]);
        complaint = match word {
            "else" => complaint.help("did you mean 'otherwise:'?"),
            _ => complaint.help(format!("for instance    {CASE}")),
        };
        return Err(reader.open(row).fail(complaint));
    }
    reader.leaf(row, |line| {
        let condition = match line.eat("if") {
            true => Some(line.expr()?),
            false => {
                line.skip();
                None
            }
        };
        line.need(":", CASE)?;
        let probabilities = chance::probabilities(line, CASE)?;
        line.finish_or(&["|"])?;
        Ok(SignalCase { condition, probabilities })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        let source = "story\n  signal a seen by all\n    if b is c d 1\n    else: d 1\n    otherwse: d 1\n  signal a\n";
        assert_eq!(
            complaints(source),
            [
                "E003 \"d\": ':' should stand here, but there is 'd'",
                "E008 \"else\": a case of a signal cannot start with 'else'",
                "E008 \"otherwse\": a case of a signal cannot start with 'otherwse'",
                "E013 \"signal a\": indented lines with its cases should follow",
            ]
        );
    }
}
