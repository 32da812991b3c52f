//! `players`: who plays.

use super::{Construct, keywords};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Name, Player, PlayersSection, Section};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "players",
    about: "who plays, one per line",
    example: "players\n  Sender  \"Newcomer\"\n  Desk    \"Intelligence desk\"  team West\n",
};

const EXAMPLE: &str = "Sender  \"Newcomer\"";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "the players", EXAMPLE);
    let players = reader.leaves(row, player);
    header?;
    Ok(Section::Players(PlayersSection { players }))
}

fn player(line: &mut Cursor<'_>) -> Parse<Player> {
    let name = line.name("the name of a player", EXAMPLE)?;
    refuse_statement_word(line, &name)?;
    let description = line.text_opt();
    let team = match line.eat("team") {
        true => Some(line.name("the name of a team", "Desk  \"Intelligence desk\"  team West")?),
        false => None,
    };
    line.finish_or(&["team"])?;
    Ok(Player { name, description, team })
}

/// A line that starts with a player's name must not look like another statement.
pub(super) fn refuse_statement_word(line: &mut Cursor<'_>, name: &Name) -> Parse<()> {
    let word = name.text.as_str();
    if !keywords::STATEMENTS.contains(&word) {
        return Ok(());
    }
    let message = format!("'{word}' starts a line of the story and cannot be a name here");
    let complaint = Diagnostic::at(Code::E015, name.span, message);
    Err(line.fail(complaint.help(format!("use another name, such as '{word}_1'"))))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, section};
    use super::*;

    #[test]
    fn reads_name_description_team() {
        let Section::Players(section) = section(CARD.example) else {
            panic!("players were written");
        };
        let desk = &section.players.lines[1];
        assert_eq!(desk.name.text, "Desk");
        assert_eq!(desk.team.as_ref().map(|team| team.text.as_str()), Some("West"));
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints("players\n"),
            ["E013 \"players\": indented lines with the players should follow"]
        );
        assert_eq!(
            complaints("players\n  when\n  signal\n  Ann Bob\n"),
            [
                "E015 \"when\": the name of a player should stand here, but 'when' is a word of the language",
                "E015 \"signal\": 'signal' starts a line of the story and cannot be a name here",
                "E007 \"Bob\": the line should end here, but there is 'Bob'",
            ]
        );
        assert_eq!(
            complaints("players\n    Ann\n   Bob\n"),
            ["E002 \"Bob\": this line is indented by 3 spaces, its neighbours by 4"]
        );
        assert_eq!(
            complaints("players\n  Ann\n   Bob\n"),
            ["E002 \"Bob\": this line is indented by 3 spaces, its neighbours by 2"]
        );
    }
}
