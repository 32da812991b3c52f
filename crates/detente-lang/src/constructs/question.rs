//! `question`: what the analyst asks, and what is to be worked out to answer it.

use super::expect::with;
use super::{Construct, keywords, query};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Answer, AnswerKind, Name, Question, Section};
use crate::syntax::cursor::Cursor;
use crate::syntax::lexer::TokenKind;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "question",
    about: "what the analyst asks, and what is worked out to answer it",
    example: "question \"When does deception pay?\"\n  with visits = 2: P(reply is accept | Partner is serious)\n  belief of Offerer in Partner is serious after reply is accept\n  payoff of Partner\n  thresholds of detect\n  assumptions\n  information of Offerer\n  whatif \"better satellites\"\n  see \"offer_stage.dtn\"\n",
};

const EXAMPLE: &str = "with visits = 2: P(reply is accept | Partner is serious)";
const TITLED: &str = "thresholds of detect for \"both extend\"";
const BELIEF: &str = "belief of Offerer in Partner is serious after reply is accept";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let title = reader.whole(row, |line| {
        line.skip();
        line.text("a question", "question \"When does deception pay?\"")
    });
    reader.need_children(row, "what answers it", EXAMPLE);
    let answers = reader.leaves(row, answer);
    let title = title?;
    Ok(Section::Question(Question { title, answers }))
}

fn answer(line: &mut Cursor<'_>) -> Parse<Answer> {
    let with = with(line, EXAMPLE)?;
    let first = line.here();
    // What such a word stands for where no name follows is a name of the author's.
    let is_named = line.nth_is(1, TokenKind::Word);
    let kind = match (line.peek(), line.nth(1)) {
        ("belief", "of") => belief(line)?,
        ("payoff", _) if is_named => AnswerKind::Payoff(of(line, "player", "payoff of Ann")?),
        ("information", _) if is_named => {
            AnswerKind::Information(of(line, "player", "information of Ann")?)
        }
        ("thresholds", _) if is_named => {
            let param = of(line, "parameter", "thresholds of detect")?;
            let claim = match line.eat("for") {
                true => Some(line.text("the title of an expectation", TITLED)?),
                false => None,
            };
            AnswerKind::Thresholds { param, claim }
        }
        ("assumptions", "") => {
            line.skip();
            AnswerKind::Assumptions
        }
        ("whatif", _) => {
            line.skip();
            AnswerKind::WhatIf(line.text("the title of a variant", "whatif \"better satellites\"")?)
        }
        ("see", _) if line.nth_is(1, TokenKind::Text) => {
            line.skip();
            AnswerKind::See(line.text("a scenario", "see \"offer_stage.dtn\"")?)
        }
        _ => AnswerKind::Number(line.expr()?),
    };
    let span = line.since(first);
    let word = line.source_text(first);
    if let AnswerKind::Number(_) = kind
        && !line.at_end()
        && let Some(meant) = did_you_mean(word, words())
    {
        let message = format!("a line of 'question' cannot start with '{word}'");
        return Err(line.fail(Diagnostic::at(Code::E008, first, message).help(meant)));
    }
    line.finish_or(&["and", "or", "after", "for"])?;
    Ok(Answer { with, kind, span })
}

/// The words that a line can start with.
fn words() -> impl Iterator<Item = &'static str> {
    keywords::ANSWERS.iter().copied().chain(["with", "belief", "information", "whatif"])
}

fn of(line: &mut Cursor<'_>, what: &str, example: &str) -> Parse<Name> {
    line.skip();
    line.need("of", example)?;
    line.name(&format!("the name of a {what}"), example)
}

fn belief(line: &mut Cursor<'_>) -> Parse<AnswerKind> {
    line.skip();
    line.skip();
    let player = line.name("the name of a player", BELIEF)?;
    line.need("in", BELIEF)?;
    let about = line.expr()?;
    let after = query::after(line)?;
    Ok(AnswerKind::Belief { player, about, after })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn reads_every_form() {
        for answer in [
            "P(a is b)",
            "1 - P(a is b | c is d) / 2",
            "with x = 1, y = 2: belief of Ann in Bob is weak",
            "belief of Ann in Bob is weak after a is b, c is d",
            "payoff of Ann",
            "thresholds of detect",
            "thresholds of detect for \"x\"",
            "with x = 1: assumptions",
            "information of Ann",
            "whatif \"x\"",
            "see \"x.dtn\"",
            "see + assumptions + payoff",
        ] {
            accepted(&format!("question \"?\"\n  {answer}\n"));
        }
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "question\n  assumptions\nquestion \"?\"\nquestion \"?\"\n  treshold of x\n  payoff Ann\n  belief of Ann is x\n  with a: 1\n  see \"x\" y\n"
            ),
            [
                "E003 \"\": a question, between quotation marks, should stand here, but the line ends",
                "E013 \"question \\\"?\\\"\": indented lines with what answers it should follow",
                "E008 \"treshold\": a line of 'question' cannot start with 'treshold'",
                "E003 \"Ann\": 'of' should stand here, but there is 'Ann'",
                "E003 \"is\": 'in' should stand here, but there is 'is'",
                "E003 \":\": '=' should stand here, but there is ':'",
                "E007 \"y\": the line should end here, but there is 'y'",
            ]
        );
    }
}
