//! `lock`: behaviour, or a reading of what others are, held fixed.

use super::choose::event;
use super::{chance, query};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Change, LockBehaviour, LockBelief, Relation};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

const BEHAVIOUR: &str = "lock Partner at reply: accept 1/2 | reject rest";
const BELIEF: &str = "lock belief of Offerer in Partner is dominance = 0.1 after reply is accept";

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Change> {
    line.skip();
    match (line.peek(), line.nth(1)) {
        ("belief", "of") => belief(line),
        _ => behaviour(line),
    }
}

fn behaviour(line: &mut Cursor<'_>) -> Parse<Change> {
    let player = line.name("the name of a player", BEHAVIOUR)?;
    line.need("at", BEHAVIOUR)?;
    let event = event(line, BEHAVIOUR)?;
    let condition = match line.eat("when") {
        true => Some(line.expr()?),
        false => None,
    };
    line.need(":", BEHAVIOUR)?;
    let probabilities = chance::probabilities(line, BEHAVIOUR)?;
    line.finish_or(&["|"])?;
    Ok(Change::LockBehaviour(LockBehaviour { player, event, condition, probabilities }))
}

fn belief(line: &mut Cursor<'_>) -> Parse<Change> {
    line.skip();
    line.skip();
    let player = line.name("the name of a player", BELIEF)?;
    line.need("in", BELIEF)?;
    let about = line.expr()?;
    let sign = line.here();
    if query::relation(line, BELIEF)? != Relation::Equal {
        let complaint =
            Diagnostic::at(Code::E003, sign, "a reading is locked at one number, with '='");
        return Err(line.fail(complaint.help(format!("for instance    {BELIEF}"))));
    }
    let probability = line.expr()?;
    let after = query::after(line)?;
    line.finish_or(&["after"])?;
    Ok(Change::LockBelief(LockBelief { player, about, probability, after }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        let source = "whatif \"x\"\n  lock A in b: c 1\n  lock A at b c 1\n  lock belief of A in B is c < 1\n  lock belief of A in B is c = 1 aftr d is e\n";
        assert_eq!(
            complaints(source),
            [
                "E003 \"in\": 'at' should stand here, but there is 'in'",
                "E003 \"c\": ':' should stand here, but there is 'c'",
                "E003 \"<\": a reading is locked at one number, with '='",
                "E007 \"aftr\": the line should end here, but there is 'aftr'",
            ]
        );
    }
}
