//! `story`, and which line of it is which statement.

use super::{
    Construct, branch, call, chance, choose, draw, gain, keywords, repeat, reveal, signal,
    together, unknown_start,
};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::syntax::ast::{Block, Body, Section, Statement};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::{Parse, Reported};

pub(super) const CARD: Construct = Construct {
    keyword: "story",
    about: "who chooses, what chance does, who sees what, in the order in which it happens",
    example: "story\n  Sender chooses breakfast: beer | quiche\n  Receiver chooses reply: duel | walk_away\n",
};

pub(super) const STOP: Construct = Construct {
    keyword: "stop",
    about: "ends the story on this path",
    example: "story\n  Ann chooses offer: make | skip\n  if offer is skip\n    stop\n",
};

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "the story", choose::EXAMPLE);
    let body = body(reader, row);
    header?;
    Ok(Section::Story(body))
}

/// The statements below a row.
pub(super) fn body(reader: &mut Reader<'_>, row: &Row) -> Body {
    let mut body = Block::empty();
    let mut rows = row.children.as_slice();
    while let Some((first, rest)) = rows.split_first() {
        if reader.sink.is_full() {
            break;
        }
        let is_branch = reader.first_text(first) == "if";
        let arms = match is_branch {
            true => 1 + rest.iter().take_while(|r| reader.first_text(r) == "else").count(),
            false => 1,
        };
        let (these, next) = rows.split_at(arms);
        rows = next;
        let statement = match is_branch {
            true => branch::read(reader, these),
            false => statement(reader, first),
        };
        if let Ok(statement) = statement {
            body.lines.push(reader.line(first, statement));
        }
    }
    body.closing = row.closing.clone();
    body
}

fn statement(reader: &mut Reader<'_>, row: &Row) -> Parse<Statement> {
    match reader.first_text(row) {
        "signal" => signal::read(reader, row),
        "repeat" => repeat::read(reader, row),
        "together" => together::read(reader, row),
        "else" => Err(branch::stray_else(reader, row)),
        "chance" => reader.leaf(row, chance::read),
        "draw" => reader.leaf(row, draw::read),
        "reveal" => reader.leaf(row, reveal::read),
        "stop" => reader.leaf(row, |line| {
            line.skip();
            Ok(Statement::Stop)
        }),
        _ if has_word(reader, row, &["chooses", "choose", "secretly"]) => {
            reader.leaf(row, choose::read)
        }
        _ if has_word(reader, row, &["gains", "loses"]) => reader.leaf(row, gain::read),
        _ if reader.nth_text(row, 1) == "(" => reader.leaf(row, call::read),
        _ => Err(unknown_statement(reader, row)),
    }
}

/// Whether one of the words stands in the row before any ':' and after its first token.
fn has_word(reader: &Reader<'_>, row: &Row, words: &[&str]) -> bool {
    (1..)
        .map(|n| reader.nth_text(row, n))
        .take_while(|text| !matches!(*text, "" | ":" | "("))
        .any(|text| words.contains(&text))
}

/// Whether the row would do as a statement of a story, judging by its first words.
pub(super) fn is_statement(reader: &Reader<'_>, row: &Row) -> bool {
    keywords::STATEMENTS.contains(&reader.first_text(row)) || has_word(reader, row, keywords::VERBS)
}

fn unknown_statement(reader: &mut Reader<'_>, row: &Row) -> Reported {
    let mut complaint = unknown_start(reader, row, "a story line", keywords::STATEMENTS);
    if complaint.helps.is_empty() {
        let verb = reader.nth_text(row, 1);
        if let Some(meant) = nearest(verb, keywords::VERBS.iter().copied()) {
            let mut line = reader.open(row);
            line.skip();
            let message =
                format!("a player's name is followed by what the player does, not by '{verb}'");
            let complaint = Diagnostic::at(Code::E003, line.here(), message);
            return line.fail(complaint.help(format!("did you mean '{meant}'?")));
        }
        complaint = complaint
            .help(format!("for instance    {}", choose::EXAMPLE))
            .help("or start it with chance, draw, signal, reveal, if, repeat, together or stop");
    }
    reader.open(row).fail(complaint)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};
    use super::*;

    #[test]
    fn the_cards_read() {
        accepted(CARD.example);
        accepted(STOP.example);
    }

    #[test]
    fn complains_about_every_line_once() {
        let source = "story\n  signl a seen by all\n  Ann choses b: c | d\n  Ann\n  stop it\n  stop\n    stop\n";
        assert_eq!(
            complaints(source),
            [
                "E008 \"signl\": a story line cannot start with 'signl'",
                "E003 \"choses\": a player's name is followed by what the player does, not by 'choses'",
                "E008 \"Ann\": a story line cannot start with 'Ann'",
                "E007 \"it\": the line should end here, but there is 'it'",
                "E014 \"stop\": nothing can be indented below a line that starts with 'stop'",
            ]
        );
        assert_eq!(complaints("story\n").len(), 1);
        assert_eq!(complaints("story about\n  stop\n").len(), 1);
    }
}
