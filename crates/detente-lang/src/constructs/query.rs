//! What is asked of an equilibrium: `gesture always extend`, `P(…) = 1`, `belief of …`, `holds for …`.

use crate::syntax::ast::{BeliefQuery, Expr, ExprKind, Query, QueryKind, Relation};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

const BELIEF: &str = "belief of Offerer in Partner is serious < 1/2 after reply is accept";

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Query> {
    let first = line.here();
    let kind = match (line.peek(), line.nth(1)) {
        ("belief", "of") => QueryKind::Belief(belief(line)?),
        ("holds", "for") => holds_for(line)?,
        _ => condition(line)?,
    };
    let for_each_player = line.eat("for");
    if for_each_player {
        for word in ["each", "player"] {
            line.need(word, "P(me.move[1] is defect) = 1    for each player")?;
        }
    }
    let span = line.since(first);
    line.finish_or(&["always", "and", "or", "for each player"])?;
    Ok(Query { kind, for_each_player, span })
}

fn condition(line: &mut Cursor<'_>) -> Parse<QueryKind> {
    let expr = line.expr()?;
    match expr.kind {
        ExprKind::Reference(event) if line.eat("always") => {
            let value = line.value("a value", "gesture always extend")?;
            Ok(QueryKind::Always { event, value })
        }
        kind => Ok(QueryKind::Condition(Expr { kind, ..expr })),
    }
}

fn holds_for(line: &mut Cursor<'_>) -> Parse<QueryKind> {
    const EXAMPLE: &str = "holds for first in 21/37..6/7";
    line.skip();
    line.skip();
    let param = line.name("the name of a parameter", EXAMPLE)?;
    line.need("in", EXAMPLE)?;
    let range = line.range(EXAMPLE)?;
    Ok(QueryKind::HoldsFor { param, range })
}

fn belief(line: &mut Cursor<'_>) -> Parse<BeliefQuery> {
    line.skip();
    line.skip();
    let player = line.name("the name of a player", BELIEF)?;
    line.need("in", BELIEF)?;
    let about = line.expr()?;
    let relation = relation(line, BELIEF)?;
    let value = line.expr()?;
    let after = after(line)?;
    Ok(BeliefQuery { player, about, relation, value, after })
}

/// `[ after cond {, cond} ]`
pub(super) fn after(line: &mut Cursor<'_>) -> Parse<Vec<Expr>> {
    let mut after = Vec::new();
    if line.eat("after") {
        after.push(line.expr()?);
        while line.eat(",") {
            after.push(line.expr()?);
        }
    }
    Ok(after)
}

/// A comparison sign.
pub(super) fn relation(line: &mut Cursor<'_>, example: &str) -> Parse<Relation> {
    if let Some(relation) = line.relation_opt() {
        return Ok(relation);
    }
    let complaint =
        line.missing("a comparison such as '=' or '<'").help(format!("for instance    {example}"));
    Err(line.fail(complaint))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    fn with_query(query: &str) -> String {
        format!("expect pbe exists \"t\":\n  {query}\n")
    }

    #[test]
    fn reads_every_form() {
        for query in [
            "gesture always extend",
            "P(me.move[1] is cooperate | me is trustworthy) = 1    for each player",
            "P(a is b) + P(c is d) <= 1 and P(e happened) > 0",
            "belief of Offerer in Partner is serious < p_serious after Offerer is firm, reply is accept",
            "belief of Offerer in Partner is serious and Partner.x is 3 = 1",
            "holds for first in 21/37..6/7",
        ] {
            accepted(&with_query(query));
        }
    }

    #[test]
    fn complains() {
        let cases = [
            (
                "gesture alwyas extend",
                "E007 \"alwyas\": the line should end here, but there is 'alwyas'",
            ),
            ("P(a is b = 1", "E003 \"=\": ')' should stand here, but there is '='"),
            (
                "belief of A in B is c",
                "E003 \"\": a comparison such as '=' or '<' should stand here, but the line ends",
            ),
            ("holds for a", "E003 \"\": 'in' should stand here, but the line ends"),
            (
                "a always b for every player",
                "E003 \"every\": 'each' should stand here, but there is 'every'",
            ),
        ];
        for (query, expected) in cases {
            assert_eq!(complaints(&with_query(query)), [expected]);
        }
    }
}
