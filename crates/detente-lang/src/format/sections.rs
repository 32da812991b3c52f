//! Sections.

use super::claims;
use super::columns::{Cells, align};
use super::expressions::{date, expr, exprs, names, range, text, text_opt, weight};
use super::story;
use super::writer::{Layout, Writer};
use crate::syntax::ast::{
    Confidence, Define, DistributionKind, GameEntryKind, Line, Note, Notes, Param, Player,
    Scenario, Section, Setting, Source, StakeLine, Stakes, StakesSection, TypeLine, Whose,
};
use std::mem::discriminant;

const NUMBERS: Layout = Layout { gaps: &[1, 2], ..Layout::PLAIN };

const STAKES: Layout = Layout { signs: Some(1), ..Layout::PLAIN };

pub(super) fn scenario(writer: &mut Writer, scenario: &Scenario) {
    let sections = &scenario.sections;
    let mut start = 0;
    while start < sections.len() {
        let end = defines_end(sections, start);
        let heads: Vec<Cells> = sections[start..end].iter().map(|line| head(line)).collect();
        for (n, text) in align(&heads, &[1]).iter().enumerate() {
            let at = start + n;
            if at > 0 && stand_apart(&sections[at - 1], &sections[at]) {
                writer.blank();
            }
            writer.line(&sections[at].trivia, text);
            below(writer, &sections[at]);
        }
        start = end;
    }
    writer.comments(&scenario.closing);
}

/// Definitions that follow each other without a gap are aligned; every other section is a group of its own.
fn defines_end(sections: &[Line<Section>], start: usize) -> usize {
    let is_define = |line: &Line<Section>| matches!(line.item, Section::Define(_));
    if !is_define(&sections[start]) {
        return start + 1;
    }
    let more = sections[start + 1..].iter().take_while(|line| {
        is_define(line) && !line.trivia.blank_before && line.trivia.leading.is_empty()
    });
    start + 1 + more.count()
}

/// Whether an empty line is due between two sections even if the author has none.
fn stand_apart(before: &Section, after: &Section) -> bool {
    discriminant(before) != discriminant(after)
}

/// The line of the section itself.
fn head(section: &Section) -> Cells {
    let line = match section {
        Section::Game(game) => format!("game {}", text(&game.title)),
        Section::Players(_) => "players".to_string(),
        Section::Sources(_) => "sources".to_string(),
        Section::Settings(_) => "settings".to_string(),
        Section::Params(_) => "params".to_string(),
        Section::Table(table) => {
            let (name, key) = (&table.name.text, &table.key.text);
            let weight = table.weight.as_ref();
            let weight = weight.map_or(String::new(), |name| format!(" weighted by {}", name.text));
            format!("table {name} from {} by {key}{weight}", text(&table.file))
        }
        Section::Scale(scale) => {
            let values: Vec<&str> = scale.values.iter().map(|v| v.text.as_str()).collect();
            format!("scale {}: {}", scale.name.text, values.join(" < "))
        }
        Section::Types(types) => format!("types of {}", whose(&types.of)),
        Section::Define(define) => return define_cells(define),
        Section::Block(block) => {
            format!("block {}{}", block.name.text, parameters(&block.parameters))
        }
        Section::Story(_) => "story".to_string(),
        Section::Stakes(section) => stakes_head(section),
        Section::Outcomes(_) => "outcomes".to_string(),
        Section::Expect(expect) => claims::expect_head(expect),
        Section::Observed(observed) => format!("observed {}", text(&observed.title)),
        Section::WhatIf(whatif) => format!("whatif {}", text(&whatif.title)),
        Section::Question(question) => format!("question {}", text(&question.title)),
        Section::Include(file) => format!("include {}", text(file)),
    };
    vec![line]
}

/// The lines below it.
fn below(writer: &mut Writer, section: &Section) {
    match section {
        Section::Game(game) => writer.leaves(&game.entries, Layout::PLAIN, |entry| {
            let word = match entry.kind {
                GameEntryKind::About => "about",
                GameEntryKind::Cite => "cite",
                GameEntryKind::Author => "author",
                GameEntryKind::Licence => "licence",
            };
            vec![format!("{word} {}", text(&entry.text))]
        }),
        Section::Players(section) => writer.leaves(&section.players, Layout::PLAIN, player),
        Section::Sources(section) => writer.leaves(&section.sources, Layout::PLAIN, source),
        Section::Settings(section) => {
            writer.block(&section.settings, NUMBERS, setting, |w, s| notes(w, &s.notes));
        }
        Section::Params(section) => {
            writer.block(&section.params, NUMBERS, param, |w, p| notes(w, &p.notes));
        }
        Section::Types(section) => {
            writer.block(&section.types, Layout::PLAIN, type_line, |w, t| notes(w, &t.notes));
        }
        Section::Block(block) => story::body(writer, &block.body),
        Section::Story(body) => story::body(writer, body),
        Section::Stakes(section) => {
            if let Stakes::Lines(lines) = &section.stakes {
                stake_lines(writer, lines);
            }
        }
        Section::Outcomes(section) => {
            writer.leaves(&section.outcomes, Layout::PLAIN, |outcome| {
                vec![text(&outcome.title), format!("when {}", expr(&outcome.condition))]
            });
        }
        Section::Expect(expect) => claims::expect_below(writer, expect),
        Section::Observed(observed) => claims::observed_below(writer, observed),
        Section::WhatIf(whatif) => claims::whatif_below(writer, whatif),
        Section::Question(question) => claims::question_below(writer, question),
        Section::Table(_) | Section::Scale(_) | Section::Define(_) | Section::Include(_) => {}
    }
}

fn whose(of: &Whose) -> String {
    match of {
        Whose::Player(name) => name.text.clone(),
        Whose::EachPlayer(_) => "each player".to_string(),
    }
}

fn parameters(parameters: &[crate::syntax::ast::Name]) -> String {
    match parameters {
        [] => String::new(),
        some => format!("({})", names(some)),
    }
}

fn define_cells(define: &Define) -> Cells {
    let name = &define.name.text;
    let head = format!("define {name}{}", parameters(&define.parameters));
    vec![head, format!("= {}", expr(&define.value))]
}

fn player(player: &Player) -> Cells {
    let team = player.team.as_ref().map(|team| format!("team {}", team.text));
    vec![player.name.text.clone(), text_opt(&player.description), team.unwrap_or_default()]
}

fn source(source: &Source) -> Cells {
    vec![
        source.name.text.clone(),
        text(&source.description),
        source.date.as_ref().map(date).unwrap_or_default(),
        text_opt(&source.link),
    ]
}

fn range_cell(value: &Option<crate::syntax::ast::Range>) -> String {
    let cell = value.as_ref().map(|value| format!("in {}", range(value)));
    cell.unwrap_or_default()
}

fn setting(setting: &Setting) -> Cells {
    vec![
        setting.name.text.clone(),
        format!("= {}", setting.value.text),
        range_cell(&setting.range),
        text_opt(&setting.description),
    ]
}

fn param(param: &Param) -> Cells {
    let unit = param.unit.as_ref().map(|unit| format!("unit {}", unit.text));
    let distribution = param.distribution.as_ref().map(|one| match &one.kind {
        DistributionKind::Named { name, arguments } => {
            format!("~ {}({})", name.text, exprs(arguments))
        }
        DistributionKind::Column { table, column } => format!("~ {}.{}", table.text, column.text),
        DistributionKind::Percentiles { low, high } => {
            format!("~ {} to {}", expr(low), expr(high))
        }
    });
    vec![
        param.name.text.clone(),
        format!("= {}", expr(&param.value)),
        range_cell(&param.range),
        unit.unwrap_or_default(),
        distribution.unwrap_or_default(),
        text_opt(&param.description),
    ]
}

fn type_line(line: &TypeLine) -> Cells {
    let mut cells =
        vec![line.value.text.clone(), weight(&line.weight), text_opt(&line.description)];
    let last = if cells[2].is_empty() { 1 } else { 2 };
    for belief in &line.beliefs {
        let (player, probability) = (&belief.player.text, expr(&belief.probability));
        cells[last].push_str(&format!(", {player} believes {probability}"));
    }
    cells
}

fn stakes_head(section: &StakesSection) -> String {
    let of = whose(&section.of);
    match &section.stakes {
        Stakes::OppositeOf(other) => format!("stakes of {of} are the opposite of {}", other.text),
        Stakes::Lines(_) => format!("stakes of {of}"),
    }
}

fn stake_lines(writer: &mut Writer, lines: &crate::syntax::ast::Block<StakeLine>) {
    writer.block(lines, STAKES, stake_cells, |writer, line| match line {
        StakeLine::Stake(stake) => notes(writer, &stake.notes),
        StakeLine::Each(each) => stake_lines(writer, &each.lines),
    });
}

fn stake_cells(line: &StakeLine) -> Cells {
    match line {
        StakeLine::Stake(stake) => {
            let condition = stake.condition.as_ref();
            let condition = condition.map(|condition| format!("when {}", expr(condition)));
            vec![
                format!("{}:", stake.name.text),
                expr(&stake.amount),
                condition.unwrap_or_default(),
            ]
        }
        StakeLine::Each(each) => {
            vec![format!("each {} in {}", each.variable.text, range(&each.range))]
        }
    }
}

fn notes(writer: &mut Writer, notes: &Notes) {
    if notes.is_empty() && notes.closing.is_empty() {
        return;
    }
    writer.leaves(notes, Layout::PLAIN, |line| {
        let parts: Vec<String> = line.iter().map(note).collect();
        vec![parts.join("  ")]
    });
}

fn note(note: &Note) -> String {
    match note {
        Note::Source { name, place } => match place {
            Some(place) => format!("source {} {}", name.text, text(place)),
            None => format!("source {}", name.text),
        },
        Note::Confidence { level, .. } => {
            let word = match level {
                Confidence::Low => "low",
                Confidence::Medium => "medium",
                Confidence::High => "high",
            };
            format!("confidence {word}")
        }
        Note::Note(said) => format!("note {}", text(said)),
        Note::Checked(day) => format!("checked {}", date(day)),
    }
}
