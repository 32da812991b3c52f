//! `Ann chooses reply: accept | reject`

use super::{Construct, audience};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{ChoiceOption, Choose, Event, Name, Span, Statement};
use crate::syntax::cursor::Cursor;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "chooses",
    about: "a choice; everybody sees it unless it says 'secretly' or 'seen by'",
    example: "story\n  Partner secretly chooses programme: freeze | build if able  seen by Offerer as happened\n  West and East choose move: cooperate \"keep the limits\" | defect\n",
};

pub(super) const EXAMPLE: &str = "Partner chooses reply: accept | reject";

pub(super) fn read(line: &mut Cursor<'_>) -> Parse<Statement> {
    let first = line.here();
    let players = choosers(line)?;
    let secretly = match line.peek() {
        "secretly" => Some(line.skip()),
        _ => None,
    };
    if !line.eat("choose") {
        line.need("chooses", EXAMPLE)?;
    }
    let event = event(line, EXAMPLE)?;
    line.need(":", EXAMPLE)?;
    let opening = line.since(first);
    let options = options(line, opening)?;
    let audience = audience::read_opt(line)?;
    line.finish_or(&["seen by", "|", "if"])?;
    Ok(Statement::Choose(Choose { players, secretly, event, options, audience }))
}

fn choosers(line: &mut Cursor<'_>) -> Parse<Vec<Name>> {
    let mut players = vec![line.name("the name of a player", EXAMPLE)?];
    while line.eat("and") || line.eat(",") {
        players.push(line.name("the name of a player", EXAMPLE)?);
    }
    Ok(players)
}

/// `NAME [ "[" expr "]" ]`
pub(super) fn event(line: &mut Cursor<'_>, example: &str) -> Parse<Event> {
    let first = line.here();
    let name = line.name("the name of what happens", example)?;
    let index = line.index_opt()?;
    let span = line.since(first);
    Ok(Event { name, index, span })
}

fn options(line: &mut Cursor<'_>, opening: Span) -> Parse<Vec<ChoiceOption>> {
    let mut options = vec![option(line)?];
    while line.eat("|") {
        options.push(option(line)?);
    }
    if line.peek() == "," {
        let so_far = line.source_text(opening);
        let example = format!("{so_far} {} | ...", options[0].value.text);
        return Err(comma_for_bar(line, "options", &example));
    }
    Ok(options)
}

/// The complaint that alternatives are separated by `|`.
pub(super) fn comma_for_bar(
    line: &mut Cursor<'_>,
    what: &str,
    example: &str,
) -> crate::syntax::sink::Reported {
    let message = format!("{what} are separated by '|', not ','");
    let complaint = Diagnostic::at(Code::E004, line.here(), message).help(example);
    line.fail(complaint)
}

fn option(line: &mut Cursor<'_>) -> Parse<ChoiceOption> {
    let value = line.value("an option", EXAMPLE)?;
    let condition = match line.eat("if") {
        true => Some(line.expr()?),
        false => None,
    };
    let description = line.text_opt();
    Ok(ChoiceOption { value, condition, description })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};
    use super::*;
    use crate::syntax::ast::Section;

    #[test]
    fn reads_all_parts() {
        let scenario = accepted(CARD.example);
        let Section::Story(body) = &scenario.sections[0].item else {
            panic!("a story was written");
        };
        let Statement::Choose(choice) = &body.lines[0].item else {
            panic!("a choice was written");
        };
        assert!(choice.secretly.is_some() && choice.audience.is_some());
        assert!(choice.options[1].condition.is_some());
    }

    #[test]
    fn entry_games_can_be_written() {
        accepted(
            "story\n  Ann chooses entry: in | out\n  if entry is in\n    Bob chooses reply: rest | if_asked\n",
        );
    }

    #[test]
    fn commas_do_not_separate_options() {
        let source = "story\n  Partner chooses reply: accept, reject\n";
        assert_eq!(complaints(source), ["E004 \",\": options are separated by '|', not ','"]);
        let parsed = crate::parse(source);
        assert_eq!(parsed.diagnostics[0].helps, ["Partner chooses reply: accept | ..."]);
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "story\n  Ann chooses\n  Ann chooses a b | c\n  Ann chooses a: b |\n\n  Ann chooses a: b | c sen by all\n"
            ),
            [
                "E003 \"\": the name of what happens should stand here, but the line ends",
                "E003 \"b\": ':' should stand here, but there is 'b'",
                "E003 \"\": an option should stand here, but the line ends",
                "E007 \"sen\": the line should end here, but there is 'sen'",
            ]
        );
    }
}
