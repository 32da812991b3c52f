//! `draw bob_card from J, Q, K except ann_card  seen by Bob`

use super::choose::event;
use super::{Construct, audience};
use crate::syntax::ast::{Draw, Statement};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "draw",
    about: "a draw among equally likely values, without those drawn before; it must say who sees it",
    example: "story\n  draw ann_card from J, Q, K                  seen by Ann\n  draw bob_card from J, Q, K except ann_card  seen by Bob\n",
};

const EXAMPLE: &str = "draw bob_card from J, Q, K except ann_card  seen by Bob";

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Statement> {
    line.skip();
    let event = event(line, EXAMPLE)?;
    line.need("from", EXAMPLE)?;
    let mut values = vec![line.value("a value", EXAMPLE)?];
    while line.eat(",") {
        values.push(line.value("a value", EXAMPLE)?);
    }
    let mut except = Vec::new();
    if line.eat("except") {
        except.push(line.reference("the name of an earlier draw", EXAMPLE)?);
        while line.eat(",") {
            except.push(line.reference("the name of an earlier draw", EXAMPLE)?);
        }
    }
    let audience = audience::read_opt(line)?;
    line.finish_or(&["except", "seen by", ","])?;
    Ok(Statement::Draw(Draw { event, values, except, audience }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::complaints;

    #[test]
    fn complains() {
        assert_eq!(
            complaints("story\n  draw a of J, Q\n  draw a from J Q\n  draw a from\n"),
            [
                "E003 \"of\": 'from' should stand here, but there is 'of'",
                "E007 \"Q\": the line should end here, but there is 'Q'",
                "E003 \"\": a value should stand here, but the line ends",
            ]
        );
    }
}
