//! `reveal reply to Ann`

use super::Construct;
use crate::syntax::ast::{Reveal, Statement};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "reveal",
    about: "shows an earlier event to players who have not seen it",
    example: "story\n  reveal programme to Offerer\n",
};

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Statement> {
    line.skip();
    let subject = line.reference("the name of an event", "reveal programme to Offerer")?;
    let to = match line.eat("to") {
        true => line.names("the name of a player", "reveal programme to Offerer")?,
        false => Vec::new(),
    };
    line.finish_or(&["to"])?;
    Ok(Statement::Reveal(Reveal { subject, to }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn without_to_everybody_sees_it() {
        accepted("story\n  reveal Ann.act[1]\n");
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("story\n  reveal a too Ann\n  reveal a to\n"),
            [
                "E007 \"too\": the line should end here, but there is 'too'",
                "E003 \"\": the name of a player should stand here, but the line ends",
            ]
        );
    }
}
