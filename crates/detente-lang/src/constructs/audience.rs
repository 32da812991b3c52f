//! `seen by …`: who is shown an event.

use crate::syntax::ast::{Audience, Viewers};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

const EXAMPLE: &str = "seen by Offerer";

/// `seen by … [as view]`, if it is next.
pub(super) fn read_opt(line: &mut Cursor<'_>) -> Parse<Option<Audience>> {
    let first = line.here();
    if !line.eat("seen") {
        return Ok(None);
    }
    line.need("by", EXAMPLE)?;
    let viewers = if line.eat("all") {
        Viewers::All
    } else if line.eat("nobody") {
        Viewers::Nobody
    } else {
        let mut names = vec![line.name("'all', 'nobody' or the name of a player", EXAMPLE)?];
        while line.eat(",") || line.eat("and") {
            names.push(line.name("the name of a player", EXAMPLE)?);
        }
        Viewers::Players(names)
    };
    let view = match line.eat("as") {
        true => Some(line.expr()?),
        false => None,
    };
    let span = line.since(first);
    Ok(Some(Audience { viewers, view, span }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn reads_all_forms() {
        accepted(
            "story\n  chance a: b 1 seen by all\n  chance c: b 1 seen by nobody\n  chance d: b 1 seen by Ann, Bob as happened\n  draw e from 1, 2 seen by Ann as e > 1\n",
        );
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("story\n  chance a: b 1 seen all\n  chance a: b 1 seen by\n"),
            [
                "E003 \"all\": 'by' should stand here, but there is 'all'",
                "E003 \"\": 'all', 'nobody' or the name of a player should stand here, but the line ends",
            ]
        );
    }
}
