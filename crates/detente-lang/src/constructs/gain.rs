//! `Ann gains 2 as wages`

use super::Construct;
use crate::syntax::ast::{Gain, Statement};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "gains",
    about: "adds to a player's stake when the story comes by",
    example: "story\n  Ann gains 2 as wages\n  Bob loses cost / 2 as expenses\n",
};

const EXAMPLE: &str = "Ann gains 2 as wages";

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Statement> {
    let player = line.name("the name of a player", EXAMPLE)?;
    let loses = line.eat("loses");
    if !loses {
        line.need("gains", EXAMPLE)?;
    }
    let amount = line.expr()?;
    line.need("as", EXAMPLE)?;
    let stake = line.name("the name of a stake", EXAMPLE)?;
    Ok(Statement::Gain(Gain { player, loses, amount, stake }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints("story\n  Ann gains 2\n  Ann gains as wages\n"),
            [
                "E003 \"\": 'as' should stand here, but the line ends",
                "E003 \"as\": a number or a name should stand here, but there is 'as'",
            ]
        );
    }
}
