//! `chance weather: dry 0.8 | wet rest  seen by all`

use super::choose::{comma_for_bar, event};
use super::{Construct, audience};
use crate::syntax::ast::{Chance, Prob, Statement, Weight};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "chance",
    about: "a chance event; it must say who sees it",
    example: "story\n  chance weather: dry 0.8 | wet rest  seen by all\n",
};

const EXAMPLE: &str = "chance weather: dry 0.8 | wet rest  seen by all";

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Statement> {
    line.skip();
    let event = event(line, EXAMPLE)?;
    line.need(":", EXAMPLE)?;
    let probabilities = probabilities(line, EXAMPLE)?;
    let audience = audience::read_opt(line)?;
    line.finish_or(&["seen by", "|"])?;
    Ok(Statement::Chance(Chance { event, probabilities, audience }))
}

/// `VALUE weight { | VALUE weight }`
pub(super) fn probabilities(line: &mut Cursor<'_>, example: &str) -> Parse<Vec<Prob>> {
    let mut all = Vec::new();
    loop {
        let value = line.value("a value", example)?;
        let weight = weight(line, example)?;
        all.push(Prob { value, weight });
        if line.peek() == "," {
            return Err(comma_for_bar(line, "values", &format!("for instance    {example}")));
        }
        if !line.eat("|") {
            return Ok(all);
        }
    }
}

/// `rest`, or an expression.
pub(super) fn weight(line: &mut Cursor<'_>, example: &str) -> Parse<Weight> {
    if line.peek() == "rest" {
        return Ok(Weight::Rest(line.skip()));
    }
    if line.at_end() || matches!(line.peek(), "|" | "," | "seen" | ":") {
        let complaint = line.missing("a probability, or 'rest',");
        return Err(line.fail(complaint.help(format!("for instance    {example}"))));
    }
    Ok(Weight::Expr(line.expr()?))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn who_sees_it_is_a_question_of_meaning() {
        accepted("story\n  chance weather: dry 4/5 | wet rest\n");
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("story\n  chance a: b | c rest\n  chance a: b 1/2, c rest\n  chance: b 1\n"),
            [
                "E003 \"|\": a probability, or 'rest', should stand here, but there is '|'",
                "E004 \",\": values are separated by '|', not ','",
                "E003 \":\": the name of what happens should stand here, but there is ':'",
            ]
        );
    }
}
