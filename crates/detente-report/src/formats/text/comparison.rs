//! `compare-concepts`: which equilibria survive which solution concept.

use super::solve::title;
use crate::cards::Card;
use crate::look::{Look, Role, padded, width, wrap};
use crate::numbers::Numbers;
use crate::strategies::{mixture, strategy};
use detente_analysis::analyses::comparison::{CRITERIA, Cell, Criterion};
use detente_analysis::analyses::forward_induction::Step;
use detente_game::GameForm;
use detente_game::claim::Concept;

/// A card, and what each concept says of it.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The equilibria with one play.
    pub card: &'a Card<'a>,
    /// One cell for each concept; `None` if the work was stopped before it.
    pub cells: Option<Vec<Cell>>,
}

/// Two columns between a table's columns.
const GAP: usize = 2;

/// The screen. `searched` says what was and was not searched, one sentence for each search.
#[must_use]
pub fn screen(form: &GameForm, rows: &[Row], searched: &[String], look: &Look) -> String {
    let heads: Vec<&str> = CRITERIA.iter().map(head).collect();
    let taken: usize = heads.iter().map(|head| width(head) + GAP).sum();
    let widest = rows.iter().map(|row| width(&title(row.card))).max().unwrap_or(0);
    let names = widest.min(look.width.saturating_sub(taken + 3).max(20));
    let mut out = String::new();
    if rows.is_empty() {
        out.push_str("No equilibrium was found.\n");
    } else {
        let heads: Vec<String> = heads.iter().map(|head| gapped(head)).collect();
        let line = format!("   {}{}", padded("", names), heads.concat());
        out.push_str(&format!("{}\n", look.paint(Role::Label, line.trim_end())));
    }
    for row in rows {
        out.push_str(&line(row, names, look));
    }
    out.push_str(&reasons(form, rows, look));
    out.push('\n');
    out.push_str(&look.labelled(0, "signs", 13, SIGNS));
    out.push_str(&look.labelled(0, "forward ind.", 13, FORWARD));
    for text in searched {
        out.push_str(&look.labelled(0, "searched", 13, text));
    }
    out
}

const SIGNS: &str = "✓ holds, ✗ fails, ? not decided, – not defined for this game, … not judged. A \
                     row stands for the equilibria found with one play; ✓ 1/3 means that it holds \
                     for one of the three that were judged (of a continuum, a point inside and \
                     the corners), and ✗ that it fails for all of these.";

const FORWARD: &str = "Forward induction by iterated weak dominance: the same play is an equilibrium \
                       in plans that outlive the elimination of weakly dominated ones, all of all \
                       players at once in each round; another order may leave others.";

fn head(criterion: &Criterion) -> &'static str {
    match criterion {
        Criterion::Concept(Concept::SubgamePerfect) => "subgame perfect",
        Criterion::Concept(Concept::WeakPbe) => "weak PBE",
        Criterion::Concept(Concept::Pbe) => "PBE",
        Criterion::Concept(Concept::D1) => "D1",
        Criterion::Concept(Concept::UniversallyDivine) => "univ. divine",
        Criterion::ForwardInduction => "forward ind.",
        other => other.word(),
    }
}

fn gapped(text: &str) -> String {
    format!("{}{text}", " ".repeat(GAP))
}

fn line(row: &Row, names: usize, look: &Look) -> String {
    let cells: String = CRITERIA
        .iter()
        .enumerate()
        .map(|(at, concept)| {
            let sign = row.cells.as_ref().map_or("…".to_owned(), |cells| sign(&cells[at]));
            let role = match row.cells.as_ref().map(|cells| &cells[at]) {
                Some(Cell::Holds(..)) => Role::Good,
                Some(Cell::Fails(_) | Cell::Broken(_)) => Role::Bad,
                _ => Role::Dim,
            };
            let room = width(head(concept)).saturating_sub(width(&sign));
            format!("{}{}{}", " ".repeat(GAP), look.paint(role, &sign), " ".repeat(room))
        })
        .collect();
    let mut out = String::new();
    for (number, part) in wrap(&title(row.card), names).iter().enumerate() {
        let label = if number == 0 { row.card.label.as_str() } else { "" };
        let cells = if number == 0 { cells.as_str() } else { "" };
        out.push_str(format!("{} {}{cells}", padded(label, 2), padded(part, names)).trim_end());
        out.push('\n');
    }
    out
}

fn sign(cell: &Cell) -> String {
    match cell {
        Cell::Holds(holds, of) if holds == of => "✓".to_owned(),
        Cell::Holds(holds, of) => format!("✓ {holds}/{of}"),
        Cell::Fails(_) | Cell::Broken(_) => "✗".to_owned(),
        Cell::Undecided(_) => "?".to_owned(),
        Cell::Undefined(_) => "–".to_owned(),
    }
}

/// Why a cell is not ✓.
pub(crate) fn reason(form: &GameForm, cell: &Cell) -> Option<String> {
    match cell {
        Cell::Holds(..) => None,
        Cell::Fails(failure) => Some(failure.reason.clone()),
        Cell::Broken(step) => Some(broken(form, step)),
        Cell::Undecided(why) | Cell::Undefined(why) => Some(why.clone()),
    }
}

fn broken(form: &GameForm, step: &Step) -> String {
    let gone = &step.gone;
    format!(
        "round {} removes [{}] of {}, because {} is never worse, and better by up to {}; with the \
         plans left, this play is no equilibrium",
        gone.round,
        strategy(form, &step.plans[gone.strategy]),
        form.player(gone.player).name,
        instead(form, step),
        Numbers::Exact.number(&gone.greatest),
    )
}

/// What dominates the plan that goes.
pub(crate) fn instead(form: &GameForm, step: &Step) -> String {
    mixture(form, &step.plans, &step.gone.by, Numbers::Exact)
}

/// One line for each reason, with the concepts it is the reason of; what is not defined for the
/// game is said once.
fn reasons(form: &GameForm, rows: &[Row], look: &Look) -> String {
    let mut out = String::new();
    let mut undefined: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let mut told: Vec<(String, Vec<&str>)> = Vec::new();
        for (concept, cell) in CRITERIA.iter().zip(row.cells.iter().flatten()) {
            let Some(why) = reason(form, cell) else { continue };
            let list = if matches!(cell, Cell::Undefined(_)) { &mut undefined } else { &mut told };
            note(list, why, head(concept));
        }
        for (why, concepts) in told {
            let text = format!("{}: {why}", concepts.join(", "));
            out.push_str(&look.labelled(0, &row.card.label, 3, &text));
        }
    }
    for (why, concepts) in undefined {
        let text = format!("{}: {why}", concepts.join(", "));
        out.push_str(&look.labelled(0, "–", 3, &text));
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

fn note<'a>(list: &mut Vec<(String, Vec<&'a str>)>, why: String, concept: &'a str) {
    match list.iter_mut().find(|(known, _)| *known == why) {
        Some((_, concepts)) if concepts.contains(&concept) => {}
        Some((_, concepts)) => concepts.push(concept),
        None => list.push((why, vec![concept])),
    }
}
