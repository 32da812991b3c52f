//! `check`: did I write what I meant? Who knows what?

use crate::arguments::Check;
use crate::exit::{Exit, Failure};
use crate::{output, page, scenario};
use detente::claims::{Checked, Checker, Effort};
use detente::lang::Diagnostic;
use detente::lang::diagnostics::{SourceFile, locate};
use detente::report::formats::json::{Expectation, Message};
use detente::report::formats::{json, text};
use detente::road::Opened;
use detente::solve::Limits;

/// Expectations of larger trees are left to `detente test`.
const MOST_NODES: usize = 20_000;

/// What takes longer is left to `detente test` too, so what stays open is no failure here.
const EFFORT: Effort =
    Effort { limits: Limits { profiles: 200_000, candidates: 2_000 }, judged: 160 };

/// Reads the scenario and says what it means.
pub fn run(check: &Check) -> Result<Exit, Failure> {
    let options = scenario::options(&check.input.set, check.input.max_nodes)?;
    let opened = scenario::open_silently(&check.input.file, &options, check.input.quiet)?;
    let mut diagnostics = opened.diagnostics().to_vec();
    let linted = detente::lints::warnings(&opened, &options);
    diagnostics.extend(linted.warnings);
    if check.form.json {
        return as_json(check, &opened, &diagnostics, &options, linted.left_out);
    }
    scenario::print_diagnostics(&opened, &diagnostics, check.input.quiet);
    if !check.input.quiet {
        linted.left_out.iter().for_each(|what| output::complain(&format!("note: {what}")));
    }
    let game = opened.game().ok_or(Failure::Scenario)?;
    let expectations = expectations(&opened, &options);
    let unmet = expectations.iter().flatten().any(|checked| checked.met == Some(false));
    let counted = expectations.map(|all| text::check::Expectations {
        total: all.len(),
        met: all.iter().filter(|checked| checked.met == Some(true)).count(),
        unknown: all.iter().filter(|checked| checked.met.is_none()).count(),
        conditions: all.iter().map(|checked| checked.conditions).sum(),
    });
    output::print(&text::check::screen(game, counted, &page::look(&check.form)))?;
    let strict = check.strict && !diagnostics.is_empty();
    Ok(if strict || unmet { Exit::NotMet } else { Exit::Fine })
}

/// The expectations, checked; `None` if the tree is too large for that.
fn expectations(opened: &Opened, options: &detente::Options) -> Option<Vec<Checked>> {
    let game = opened.game()?;
    if game.form.node_count() > MOST_NODES {
        return None;
    }
    let mut checker = Checker::new(opened, options).with_effort(EFFORT);
    Some((0..game.claims.len()).map(|position| checker.check(position)).collect())
}

fn as_json(
    check: &Check,
    opened: &Opened,
    diagnostics: &[Diagnostic],
    options: &detente::Options,
    left_out: Vec<String>,
) -> Result<Exit, Failure> {
    let files: Vec<SourceFile<'_>> = scenario::sources(opened);
    let messages: Vec<Message> = locate(diagnostics, &files)
        .into_iter()
        .zip(diagnostics)
        .map(|(located, diagnostic)| Message {
            code: diagnostic.code.to_string(),
            text: diagnostic.message.clone(),
            place: scenario::place_text(&located),
            until: located.to.map(|to| format!("{}:{}", to.line, to.column)),
            helps: diagnostic.helps.clone(),
            notes: diagnostic.notes.clone(),
        })
        .collect();
    let Some(game) = opened.game() else {
        output::print(&super::show::pretty(&serde_json::json!({ "messages": messages }))?)?;
        return Err(Failure::Scenario);
    };
    let expectations = expectations(opened, options);
    let unmet = expectations.iter().flatten().any(|checked| checked.met == Some(false));
    let tested = expectations.map(|all| json::test(all.into_iter().map(expectation).collect()));
    let strict = check.strict && !messages.is_empty();
    output::print(&super::show::pretty(&json::check(game, messages, tested, left_out))?)?;
    Ok(if strict || unmet { Exit::NotMet } else { Exit::Fine })
}

/// An expectation for programs.
pub fn expectation(checked: Checked) -> Expectation {
    Expectation { text: checked.text, met: checked.met, found: checked.found }
}
