//! `params`: numbers that do not shape the tree, with range, unit and uncertainty.

use super::{Construct, notes};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{
    Block, Distribution, DistributionKind, ExprKind, Owner, Param, ParamsSection, Reference,
    Section,
};
use crate::syntax::cursor::Cursor;
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::Parse;

pub(super) const CARD: Construct = Construct {
    keyword: "params",
    about: "numbers that may vary, with range, unit, uncertainty and source",
    example: "params\n  p_serious = 0.4  in 0..1   ~ beta(4, 6)  \"Partner is serious\"\n    source desk  confidence low\n  transfer  = 4    in 0..10  unit points  ~ 2 to 7\n",
};

const EXAMPLE: &str = "trust = 0.6  in 0..1  \"Prior that a side is trustworthy\"";

pub(super) fn read(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    let header = super::bare_keyword(reader, row);
    reader.need_children(row, "the parameters", EXAMPLE);
    let params = reader.block(row, |reader, row| {
        let param = reader.whole(row, param);
        let notes = notes::read(reader, row);
        param.map(|param| Param { notes, ..param })
    });
    header?;
    Ok(Section::Params(ParamsSection { params }))
}

fn param(line: &mut Cursor<'_>) -> Parse<Param> {
    let name = line.name("the name of a parameter", EXAMPLE)?;
    line.need("=", EXAMPLE)?;
    let value = line.expr()?;
    let mut param = Param {
        name,
        value,
        range: None,
        unit: None,
        distribution: None,
        description: None,
        notes: Block::empty(),
    };
    loop {
        match line.peek() {
            "in" if param.range.is_none() => {
                line.skip();
                param.range = Some(line.range(EXAMPLE)?);
            }
            "unit" if param.unit.is_none() => {
                line.skip();
                param.unit = Some(line.name("a unit", "transfer = 4  unit points")?);
            }
            "~" if param.distribution.is_none() => {
                line.skip();
                param.distribution = Some(distribution(line)?);
            }
            _ => break,
        }
    }
    param.description = line.text_opt();
    line.finish_or(&["in", "unit", "~", "\"…\""])?;
    Ok(param)
}

/// `beta(4, 6)`, `2 to 7` or `views.p_firm`
fn distribution(line: &mut Cursor<'_>) -> Parse<Distribution> {
    let low = line.sum()?;
    let first = low.span;
    if line.eat("to") {
        let high = line.sum()?;
        return Ok(Distribution {
            span: line.since(first),
            kind: DistributionKind::Percentiles { low, high },
        });
    }
    match low.kind {
        ExprKind::Call { function, arguments } => Ok(Distribution {
            span: first,
            kind: DistributionKind::Named { name: function, arguments },
        }),
        ExprKind::Reference(Reference {
            owner: Some(Owner::Player(table)),
            name: column,
            index: None,
            ..
        }) => Ok(Distribution { span: first, kind: DistributionKind::Column { table, column } }),
        _ => {
            let message = "a distribution should stand here";
            let complaint = Diagnostic::at(Code::E003, first, message)
                .help("for instance    ~ beta(4, 6)    or, from the 5th to the 95th percentile,    ~ 2 to 7");
            Err(line.fail(complaint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, section};
    use super::*;
    use crate::syntax::ast::all_notes;

    #[test]
    fn reads_all_parts_in_any_order() {
        let Section::Params(section) = section(CARD.example) else {
            panic!("params were written");
        };
        assert_eq!(all_notes(&section.params.lines[0].notes).count(), 2);
        let transfer = &section.params.lines[1];
        let kind = transfer.distribution.as_ref().map(|d| &d.kind);
        assert!(matches!(kind, Some(DistributionKind::Percentiles { .. })));
        super::super::tests::accepted(
            "params\n  a = 1/3 ~ 1 to 2 in 0..1 unit m \"x\"\n  b = 2 ~ views.b in 0..3\n",
        );
    }

    #[test]
    fn complains() {
        assert_eq!(
            complaints(
                "params\n  a = 0.6 inn 0..1\n  b = 1 ~ beta\n  c = 1 in 0..1 in 0..2\n  d = 2 unit\n"
            ),
            [
                "E007 \"inn\": the line should end here, but there is 'inn'",
                "E003 \"beta\": a distribution should stand here",
                "E007 \"in\": the line should end here, but there is 'in'",
                "E003 \"\": a unit should stand here, but the line ends",
            ]
        );
    }
}
