//! `stakes of`: what is at stake for a player, as named amounts under conditions.

use super::{Construct, notes, repeat, types};
use crate::syntax::ast::{
    Block, EachStake, Section, Stake, StakeLine, Stakes, StakesSection, Whose,
};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "stakes",
    about: "what is at stake for a player: named amounts under conditions, added up",
    example: "stakes of Sender\n  taste:   1  when breakfast is beer\n  each t in 1..rounds\n    safety:  2  when reply[t] is walk_away\n",
};

const HEADER: &str = "stakes of Sender";
const EXAMPLE: &str = "safety: 2  when reply is walk_away";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = reader.whole(row, header);
    if let Ok((of, Some(stakes))) = header {
        reader.refuse_children(row);
        return Ok(Section::Stakes(StakesSection { of, stakes }));
    }
    reader.need_children(row, "the stakes", EXAMPLE);
    let lines = reader.block(row, stake_line);
    let (of, _) = header?;
    let stakes = Stakes::Lines(lines);
    Ok(Section::Stakes(StakesSection { of, stakes }))
}

fn header(line: &mut Cursor<'_>) -> Parse<(Whose, Option<Stakes>)> {
    const OPPOSITE: &str = "stakes of Bob are the opposite of Ann";
    line.skip();
    let of = types::whose(line, HEADER)?;
    if !line.eat("are") {
        line.finish_or(&["are the opposite of"])?;
        return Ok((of, None));
    }
    for word in ["the", "opposite", "of"] {
        line.need(word, OPPOSITE)?;
    }
    let other = line.name("the name of a player", OPPOSITE)?;
    Ok((of, Some(Stakes::OppositeOf(other))))
}

fn stake_line(reader: &mut Reader<'_>, row: &Row) -> Parse<StakeLine> {
    if reader.first_text(row) == "each" {
        return each(reader, row);
    }
    let stake = reader.whole(row, stake);
    let notes = notes::read(reader, row);
    stake.map(|stake| StakeLine::Stake(Stake { notes, ..stake }))
}

fn each(reader: &mut Reader<'_>, row: &Row) -> Parse<StakeLine> {
    let header = reader.whole(row, |line| repeat::counter(line, "each t in 1..rounds"));
    reader.need_children(row, "the stakes", EXAMPLE);
    let lines = reader.block(row, stake_line);
    let (variable, range) = header?;
    Ok(StakeLine::Each(EachStake { variable, range, lines }))
}

fn stake(line: &mut Cursor<'_>) -> Parse<Stake> {
    let name = line.name("the name of a stake", EXAMPLE)?;
    line.need(":", EXAMPLE)?;
    let amount = line.expr()?;
    let condition = match line.eat("when") {
        true => Some(line.expr()?),
        false => None,
    };
    line.finish_or(match condition {
        Some(_) => &["and", "or"],
        None => &["when"],
    })?;
    Ok(Stake { name, amount, condition, notes: Block::empty() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepted, complaints};

    #[test]
    fn reads_the_opposite_form_and_notes() {
        accepted("stakes of Bob are the opposite of Ann\n");
        accepted("stakes of each player\n  a: 1\n    source desk confidence high\n");
    }

    #[test]
    fn complains() {
        let source = "stakes of Ann\n  a 1 when b is c\n  a: 1 whne b is c\n  a: when b is c\n  each t 1..2\n    a: 1\n  a: 1 when b is c d is e\nstakes of Bob are opposite of Ann\n";
        assert_eq!(
            complaints(source),
            [
                "E003 \"1\": ':' should stand here, but there is '1'",
                "E007 \"whne\": the line should end here, but there is 'whne'",
                "E003 \"when\": a number or a name should stand here, but there is 'when'",
                "E003 \"1\": 'in' should stand here, but there is '1'",
                "E007 \"d\": the line should end here, but there is 'd'",
                "E003 \"opposite\": 'the' should stand here, but there is 'opposite'",
            ]
        );
        let parsed = crate::parse("stakes of Ann\n  a: 1 whne b is c\n");
        assert_eq!(parsed.diagnostics[0].helps, ["did you mean 'when'?"]);
    }
}
