//! The language, cut by construct: each file holds one kind of section or statement, with its words, an example,
//! and how it is read.

mod audience;
mod block;
mod branch;
mod call;
mod chance;
mod choose;
mod define;
mod draw;
mod expect;
mod gain;
mod game;
mod include;
pub mod keywords;
mod lock;
mod notes;
mod observed;
mod outcomes;
mod params;
mod players;
mod query;
mod question;
mod repeat;
mod reveal;
mod scale;
mod settings;
mod signal;
mod sources;
mod stakes;
mod story;
mod table;
mod together;
mod types;
mod whatif;

use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Line, Section};
use crate::syntax::lines::Row;
use crate::syntax::reader::Reader;
use crate::syntax::sink::{Parse, Reported};

/// What can be said about a construct in a list of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Construct {
    /// The word that names it, `stakes`.
    pub keyword: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// An example that can be read as it stands.
    pub example: &'static str,
}

/// All sections, in the order in which a scenario usually has them.
pub const SECTIONS: &[Construct] = &[
    game::CARD,
    include::CARD,
    players::CARD,
    sources::CARD,
    settings::CARD,
    params::CARD,
    table::CARD,
    scale::CARD,
    types::CARD,
    define::CARD,
    block::CARD,
    story::CARD,
    stakes::CARD,
    outcomes::CARD,
    expect::CARD,
    observed::CARD,
    whatif::CARD,
    question::CARD,
];

/// All statements of a story.
pub const STATEMENTS: &[Construct] = &[
    choose::CARD,
    chance::CARD,
    draw::CARD,
    signal::CARD,
    reveal::CARD,
    branch::CARD,
    repeat::CARD,
    together::CARD,
    gain::CARD,
    call::CARD,
    story::STOP,
];

/// Reads all sections of a file.
pub(crate) fn read_sections(reader: &mut Reader<'_>, rows: &[Row]) -> Vec<Line<Section>> {
    let mut sections = Vec::new();
    for row in rows {
        if reader.sink.is_full() {
            break;
        }
        if let Ok(section) = section(reader, row) {
            sections.push(reader.line(row, section));
        }
    }
    sections
}

fn section(reader: &mut Reader<'_>, row: &Row) -> Parse<Section> {
    match reader.first_text(row) {
        "game" => game::read(reader, row),
        "include" => include::read(reader, row),
        "players" => players::read(reader, row),
        "sources" => sources::read(reader, row),
        "settings" => settings::read(reader, row),
        "params" => params::read(reader, row),
        "table" => table::read(reader, row),
        "scale" => scale::read(reader, row),
        "types" => types::read(reader, row),
        "define" => define::read(reader, row),
        "block" => block::read(reader, row),
        "story" => story::read(reader, row),
        "stakes" => stakes::read(reader, row),
        "outcomes" => outcomes::read(reader, row),
        "expect" => expect::read(reader, row),
        "observed" => observed::read(reader, row),
        "whatif" => whatif::read(reader, row),
        "question" => question::read(reader, row),
        _ => Err(unknown_section(reader, row)),
    }
}

fn unknown_section(reader: &mut Reader<'_>, row: &Row) -> Reported {
    let mut complaint = unknown_start(reader, row, "a section", keywords::SECTIONS);
    if complaint.helps.is_empty() {
        complaint = match story::is_statement(reader, row) {
            true => complaint.help("a line of the story is indented below 'story'"),
            false => {
                complaint.help(format!("a section starts with {}", listed(keywords::SECTIONS)))
            }
        };
    }
    reader.open(row).fail(complaint)
}

/// A row that is one word and nothing else.
fn bare_keyword(reader: &mut Reader<'_>, row: &Row) -> Parse<()> {
    reader.whole(row, |line| {
        line.skip();
        Ok(())
    })
}

/// The complaint about a line whose first word has no place there.
fn unknown_start(reader: &Reader<'_>, row: &Row, line: &str, words: &[&str]) -> Diagnostic {
    let found: String = reader.first_text(row).chars().take(40).collect();
    let message = match found.starts_with('"') {
        true => format!("{line} cannot start with a text"),
        false => format!("{line} cannot start with '{found}'"),
    };
    Diagnostic::at(Code::E008, reader.first_span(row), message)
        .help_opt(did_you_mean(&found, words.iter().copied()))
}

/// `'a', 'b' or 'c'`
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::syntax::ast::Scenario;

    /// Reads a text that must cause no complaint.
    pub(crate) fn accepted(source: &str) -> Scenario {
        let parsed = crate::parse(source);
        assert_eq!(parsed.diagnostics, vec![], "in\n{source}");
        parsed.scenario
    }

    /// The one section of a text that must cause no complaint.
    pub(crate) fn section(source: &str) -> Section {
        accepted(source).sections.remove(0).item
    }

    /// The complaints about a text, each as `CODE "text at its span": message`.
    pub(crate) fn complaints(source: &str) -> Vec<String> {
        let parsed = crate::parse(source);
        let shown = parsed.diagnostics.iter().map(|complaint| {
            let span = complaint.span.map_or("", |span| span.text(source));
            format!("{} {span:?}: {}", complaint.code, complaint.message)
        });
        shown.collect()
    }

    #[test]
    fn every_card_is_an_example_of_its_construct() {
        for card in SECTIONS {
            let scenario = accepted(card.example);
            assert_eq!(scenario.sections.len(), 1, "{}", card.keyword);
            assert!(card.example.starts_with(card.keyword));
        }
        for card in STATEMENTS {
            accepted(card.example);
            assert!(card.example.contains(card.keyword));
        }
    }

    #[test]
    fn every_section_word_has_a_card() {
        let mut cards: Vec<&str> = SECTIONS.iter().map(|card| card.keyword).collect();
        let mut words = keywords::SECTIONS.to_vec();
        cards.sort_unstable();
        words.sort_unstable();
        assert_eq!(cards, words);
    }

    #[test]
    fn an_unknown_section_is_compared_with_the_known_ones() {
        assert_eq!(
            complaints("stroy\n  Ann chooses x: a | b\n"),
            ["E008 \"stroy\": a section cannot start with 'stroy'"]
        );
        let parsed = crate::parse("stroy\n");
        assert_eq!(parsed.diagnostics[0].helps, ["did you mean 'story'?"]);
        let parsed = crate::parse("Ann chooses x: a | b\n");
        assert!(parsed.diagnostics[0].helps[0].contains("below 'story'"));
    }
}
