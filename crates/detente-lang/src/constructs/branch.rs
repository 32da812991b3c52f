//! `if …`, `else if …`, `else`

use super::{Construct, story};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Arm, Branch, Expr, Line, Statement, Trivia};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::{Parse, Reported};

pub(super) const CARD: Construct = Construct {
    keyword: "if",
    about: "goes on in one way or another, depending on what happened",
    example: "story\n  if open is check\n    Bob chooses second: check | bet\n  else if open is bet\n    Bob chooses answer: fold | call\n  else\n    stop\n",
};

const EXAMPLE: &str = "if gesture is let_lapse";

/// Reads the row that starts with `if` and the rows after it that start with `else`.
pub(super) fn read(reader: &mut Reader<'_>, rows: &[Row]) -> Parse<Statement> {
    let mut arms: Vec<Line<Arm>> = Vec::new();
    let mut failed = None;
    let mut closed = false;
    for (n, row) in rows.iter().enumerate() {
        if closed {
            failed = Some(stray_else(reader, row));
        }
        let condition = reader.whole(row, arm_condition);
        reader.need_children(row, "what happens then", story_example());
        let body = story::body(reader, row);
        match condition {
            Ok(condition) => {
                closed = condition.is_none();
                let mut line = reader.line(row, Arm { condition, body });
                if n == 0 {
                    line.trivia = Trivia::default(); // these belong to the whole statement
                }
                arms.push(line);
            }
            Err(reported) => failed = Some(reported),
        }
    }
    match failed {
        Some(reported) => Err(reported),
        None => Ok(Statement::Branch(Branch { arms })),
    }
}

fn story_example() -> &'static str {
    super::choose::EXAMPLE
}

fn arm_condition(line: &mut Cursor<'_>) -> Parse<Option<Expr>> {
    let is_else = line.eat("else");
    let condition = match line.eat("if") {
        true => Some(line.expr()?),
        false => None,
    };
    if line.peek() == ":" {
        let message = "a branch of the story has no ':'";
        let complaint = Diagnostic::at(Code::E007, line.here(), message)
            .help("remove it, and write what happens on indented lines below");
        return Err(line.fail(complaint));
    }
    match condition {
        Some(_) => line.finish()?,
        None => line.finish_or(&["if"])?,
    }
    debug_assert!(is_else || condition.is_some(), "{EXAMPLE}");
    Ok(condition)
}

/// The complaint about an `else` that no `if` stands above.
pub(super) fn stray_else(reader: &mut Reader<'_>, row: &Row) -> Reported {
    let complaint = Diagnostic::at(
        Code::E008,
        reader.first_span(row),
        "this 'else' has no 'if' that it could belong to",
    );
    let complaint =
        complaint.help("it stands right after the lines below an 'if', indented like the 'if'");
    reader.open(row).fail(complaint)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};
    use super::*;
    use crate::syntax::ast::Section;

    #[test]
    fn reads_all_arms() {
        let scenario = accepted(CARD.example);
        let Section::Story(body) = &scenario.sections[0].item else {
            panic!("a story was written");
        };
        let Statement::Branch(branch) = &body.lines[0].item else {
            panic!("a branch was written");
        };
        let conditions = branch.arms.iter().map(|arm| arm.condition.is_some());
        assert_eq!(conditions.collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn complains() {
        let source = "story\n  if a is b:\n    stop\n  else\n    stop\n  else\n    stop\n  stop\n  else\n    stop\n  if a is\n    stop\n  if a is b\n";
        assert_eq!(
            complaints(source),
            [
                "E007 \":\": a branch of the story has no ':'",
                "E008 \"else\": this 'else' has no 'if' that it could belong to",
                "E008 \"else\": this 'else' has no 'if' that it could belong to",
                "E003 \"\": a value should stand here, but the line ends",
                "E013 \"if a is b\": indented lines with what happens then should follow",
            ]
        );
    }
}
