//! `crisis(Ann, 1)`: the lines of a `block`.

use super::Construct;
use crate::syntax::ast::{BlockCall, Statement};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "crisis",
    about: "the lines of a 'block' at this place of the story",
    example: "story\n  crisis(Ann, 1)\n",
};

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Statement> {
    let name = line.name("the name of a block", "crisis(Ann, 1)")?;
    let arguments = line.arguments()?;
    Ok(Statement::Call(BlockCall { name, arguments }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn complains() {
        accepted("story\n  crisis()\n");
        assert_eq!(
            complaints("story\n  crisis(Ann\n  crisis(,)\n"),
            [
                "E003 \"(\": this '(' is never closed",
                "E003 \",\": a number or a name should stand here, but there is ','",
            ]
        );
    }
}
