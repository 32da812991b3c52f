//! `expect`: what the file claims about its game; checked, so that a scenario is its own test.

use super::{Construct, keywords, listed, query};
use crate::diagnostics::did_you_mean;
use crate::syntax::ast::{
    Assignment, Block, Claim, Concept, ConceptClaim, ConceptKind, CountClaim, CountSubject, Expect,
    Line, Name, Quantifier, Section, Text, Trivia, ValueClaim,
};
use crate::syntax::cursor::Cursor;
use crate::syntax::lexer::TokenKind;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "expect",
    about: "a claim about the game that is checked",
    example: "expect with first = 1/2: pbe exists \"a costly first step\":\n  P(move is cooperate | me is trustworthy) = 1    for each player\n  holds for first in 21/37..6/7\n",
};

const EXAMPLE: &str = "expect pbe exists: breakfast always beer";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = reader.whole(row, |line| {
        line.skip();
        let with = with(line, "expect with visits = 2: value of Inspector = -1/7")?;
        let claim = claim(line)?;
        Ok((with, claim))
    });
    let wants_block = match &header {
        Ok((_, Header::Titled { open, .. })) => *open,
        Ok(_) => false,
        Err(_) => !row.children.is_empty(),
    };
    let queries = if wants_block {
        reader.need_children(row, "what is expected", "gesture always extend");
        reader.leaves(row, query::read)
    } else {
        reader.refuse_children(row);
        Block::empty()
    };
    let (with, claim) = header?;
    let claim = match claim {
        Header::Whole(claim) => claim,
        Header::Titled { concept, quantifier, title, .. } => {
            Claim::Concept(ConceptClaim { concept, quantifier, title, queries, inline: false })
        }
    };
    Ok(Section::Expect(Expect { with, claim }))
}

/// What the line of the claim itself says.
enum Header {
    /// Everything.
    Whole(Claim),
    /// The rest stands below, if `open`.
    Titled { concept: Concept, quantifier: Quantifier, title: Option<Text>, open: bool },
}

/// `[ with NAME = value {, NAME = value}: ]`
pub(super) fn with(line: &mut Cursor<'_>, example: &str) -> Parse<Vec<Assignment>> {
    let mut with = Vec::new();
    if !line.eat("with") {
        return Ok(with);
    }
    loop {
        with.push(line.assignment(example)?);
        if !line.eat(",") {
            break;
        }
    }
    line.need(":", example)?;
    Ok(with)
}

fn claim(line: &mut Cursor<'_>) -> Parse<Header> {
    match line.peek() {
        "nodes" | "ends" | "information" | "situations" => {
            Ok(Header::Whole(Claim::Counts(counts(line)?)))
        }
        "value" => Ok(Header::Whole(Claim::Value(value(line)?))),
        "that" => {
            line.skip();
            Ok(Header::Whole(Claim::That(line.expr()?)))
        }
        word if keywords::CONCEPTS.contains(&word) => concept_claim(line),
        word => {
            let words = || keywords::CONCEPTS.iter().chain(keywords::CLAIMS).copied();
            let known: Vec<&str> = words().filter(|word| *word != "with").collect();
            let mut complaint = line.missing("a claim").help_opt(did_you_mean(word, words()));
            if complaint.helps.is_empty() {
                complaint = complaint.help(format!("a claim starts with {}", listed(&known)));
            }
            Err(line.fail(complaint))
        }
    }
}

fn counts(line: &mut Cursor<'_>) -> Parse<Vec<CountClaim>> {
    const EXAMPLE: &str = "expect nodes = 58, information sets of Ann = 6, of Bob = 6";
    let mut claims: Vec<CountClaim> = Vec::new();
    loop {
        let first = line.here();
        let subject = match line.peek() {
            "nodes" | "ends" => {
                let is_nodes = line.peek() == "nodes";
                line.skip();
                match is_nodes {
                    true => CountSubject::Nodes,
                    false => CountSubject::Ends,
                }
            }
            "situations" => {
                line.skip();
                CountSubject::InformationSets(of_opt(line, EXAMPLE)?)
            }
            "of" if matches!(claims.last(), Some(last) if is_sets(last)) => {
                CountSubject::InformationSets(of_opt(line, EXAMPLE)?)
            }
            _ => {
                line.need("information", EXAMPLE)?;
                line.need("sets", EXAMPLE)?;
                CountSubject::InformationSets(of_opt(line, EXAMPLE)?)
            }
        };
        let span = line.since(first);
        line.need("=", EXAMPLE)?;
        if !line.next_is(TokenKind::Number) {
            let complaint = line.missing("a whole number");
            return Err(line.fail(complaint.help(format!("for instance    {EXAMPLE}"))));
        }
        let number = line.value("a whole number", EXAMPLE)?;
        claims.push(CountClaim { subject, number, span });
        if !line.eat(",") {
            return Ok(claims);
        }
    }
}

fn is_sets(claim: &CountClaim) -> bool {
    matches!(claim.subject, CountSubject::InformationSets(_))
}

fn of_opt(line: &mut Cursor<'_>, example: &str) -> Parse<Option<Name>> {
    match line.eat("of") {
        true => Ok(Some(line.name("the name of a player", example)?)),
        false => Ok(None),
    }
}

fn value(line: &mut Cursor<'_>) -> Parse<ValueClaim> {
    const EXAMPLE: &str = "expect value of Ann = -1/18";
    line.skip();
    line.need("of", EXAMPLE)?;
    let player = line.name("the name of a player", EXAMPLE)?;
    let relation = query::relation(line, EXAMPLE)?;
    let value = line.expr()?;
    Ok(ValueClaim { player, relation, value })
}

fn concept_claim(line: &mut Cursor<'_>) -> Parse<Header> {
    let concept = concept(line)?;
    let quantifier = match line.peek() {
        "exists" => Quantifier::Exists,
        "none" => Quantifier::None,
        "all" => Quantifier::All,
        word => {
            let complaint = line
                .missing("'exists', 'none' or 'all'")
                .help_opt(did_you_mean(word, keywords::QUANTIFIERS.iter().copied()))
                .help(format!("for instance    {EXAMPLE}"));
            return Err(line.fail(complaint));
        }
    };
    line.skip();
    let title = line.text_opt();
    let open = line.eat(":");
    if !open || line.at_end() {
        line.finish_or(&[":"])?;
        return Ok(Header::Titled { concept, quantifier, title, open });
    }
    let query = query::read(line)?;
    let mut queries = Block::empty();
    queries.lines.push(Line { span: query.span, trivia: Trivia::default(), item: query });
    Ok(Header::Whole(Claim::Concept(ConceptClaim {
        concept,
        quantifier,
        title,
        queries,
        inline: true,
    })))
}

fn concept(line: &mut Cursor<'_>) -> Parse<Concept> {
    let word = line.peek();
    let first = line.skip();
    let kind = match word {
        "nash" => ConceptKind::Nash,
        "subgame_perfect" => ConceptKind::SubgamePerfect,
        "perfect" => ConceptKind::Perfect,
        "proper" => ConceptKind::Proper,
        "weak_pbe" => ConceptKind::WeakPbe,
        "pbe" => ConceptKind::Pbe,
        "sequential" => ConceptKind::Sequential,
        "intuitive" => ConceptKind::Intuitive,
        "divine" => ConceptKind::Divine,
        "d1" => ConceptKind::D1,
        "universally_divine" => ConceptKind::UniversallyDivine,
        _ => {
            let open = line.need("(", "expect qre(2) exists: P(reply is accept) > 1/2")?;
            let lambda = line.expr()?;
            line.close(")", open)?;
            ConceptKind::Qre(lambda)
        }
    };
    let span = line.since(first);
    Ok(Concept { kind, span })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints, section};
    use super::*;

    #[test]
    fn reads_every_form() {
        for claim in [
            "nodes = 58, information sets of Ann = 6, of Bob = 6, ends = 30",
            "information sets = 12, situations of Ann = 6",
            "value of Ann = -1/18",
            "value of Ann >= 0",
            "that shots(0.8, 20, 0.7) > 3.73",
            "pbe exists: breakfast always beer",
            "subgame_perfect all: breakfast always beer",
            "qre(1/2 + x) exists: P(a is b | c is d) < 1/2",
            "sequential none",
            "weak_pbe none \"somewhere else\"",
            "with a = 1, b = c: d1 exists \"t\": belief of Ann in Bob is weak < 1/2 after a is b, c is d",
        ] {
            accepted(&format!("expect {claim}\n"));
        }
    }

    #[test]
    fn an_inline_query_is_marked() {
        let Section::Expect(expect) = section("expect pbe exists: a always b\n") else {
            panic!("a claim was written");
        };
        let Claim::Concept(claim) = expect.claim else {
            panic!("a claim about a concept was written");
        };
        assert!(claim.inline && claim.queries.len() == 1);
    }

    #[test]
    fn complains() {
        let source = "expect pbee exists: a always b\nexpect pbe exist: a always b\nexpect with a: nodes = 1\nexpect nodes 58\nexpect value Ann = 1\nexpect value of Ann 1\nexpect pbe exists \"a\":\nexpect nodes = x\nexpect qre exists: a always b\n";
        assert_eq!(
            complaints(source),
            [
                "E003 \"pbee\": a claim should stand here, but there is 'pbee'",
                "E003 \"exist\": 'exists', 'none' or 'all' should stand here, but there is 'exist'",
                "E003 \":\": '=' should stand here, but there is ':'",
                "E003 \"58\": '=' should stand here, but there is '58'",
                "E003 \"Ann\": 'of' should stand here, but there is 'Ann'",
                "E003 \"1\": a comparison such as '=' or '<' should stand here, but there is '1'",
                "E013 \"expect pbe exists \\\"a\\\":\": indented lines with what is expected should follow",
                "E003 \"x\": a whole number should stand here, but there is 'x'",
                "E003 \"exists\": '(' should stand here, but there is 'exists'",
            ]
        );
    }
}
