//! `qre`: how behaviour changes as players respond more and more precisely.

use super::{enclosed, words};
use crate::course::{Course, choices, lambda_text};
use crate::look::{Look, Role, padded, width};
use detente_analysis::names;
use detente_game::{GameForm, InfoSetId, Profile};
use detente_verify::{Enclosed, Equilibrium};

/// What the branch goes to.
#[derive(Debug, Clone, Copy)]
pub enum Goal<'a> {
    /// A verified equilibrium.
    Exact(&'a Equilibrium),
    /// An enclosed one.
    Enclosed(&'a Enclosed),
    /// Not known, for this reason.
    Unknown(&'a str),
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The game's form.
    pub form: &'a GameForm,
    /// The branch.
    pub course: &'a Course<'a>,
    /// How often lambda turns back or forward again along it.
    pub turns: usize,
    /// The response at the precision asked for (as written), or why it is not proved.
    pub at: Option<(&'a str, Result<&'a Enclosed, &'a str>)>,
    /// What the branch goes to, if that was asked.
    pub goal: Option<Goal<'a>>,
}

/// Columns of one number of the table.
const CELL: usize = 8;
/// Precisions of the table.
const COLUMNS: usize = 5;
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The screen.
#[must_use]
pub fn screen(shown: &Shown, look: &Look) -> String {
    let mut out = headline(shown);
    out.push('\n');
    out.push_str(&table(shown, look));
    out.push_str(&look.labelled(
        0,
        "rounded",
        13,
        "The branch is floating point, for looking at: not proved, apart from what is said to be.",
    ));
    if let Some((lambda, proved)) = shown.at {
        match proved {
            Ok(found) => {
                out.push('\n');
                let label = format!("At lambda = {lambda}: ");
                out.push_str(&enclosed::card(found, &label, look));
            }
            Err(why) => {
                let text = format!("the response at lambda = {lambda}: {why}");
                out.push_str(&look.labelled(0, "not proved", 13, &text));
            }
        }
    }
    if let Some(goal) = shown.goal {
        out.push('\n');
        out.push_str(&limit(shown.form, goal, look));
    }
    out
}

fn headline(shown: &Shown) -> String {
    let points = shown.course.points();
    let last = points.last().map_or(0.0, |point| point.lambda);
    let turns = match shown.turns {
        0 => "lambda rising throughout".to_owned(),
        1 => "lambda turning once".to_owned(),
        more => format!("lambda turning {more} times"),
    };
    format!(
        "Logit quantal responses, principal branch: {} to lambda ≈ {}, {turns}\n",
        words::count(points.len(), "point"),
        lambda_text(last)
    )
}

/// Per option a line of its probability along the branch, and the same at some precisions.
fn table(shown: &Shown, look: &Look) -> String {
    let form = shown.form;
    let all = choices(form);
    let labels = all.iter().flat_map(|(_, actions)| actions);
    let label = labels.map(|action| width(form.action_label(*action))).max().unwrap_or(0);
    let label = label.clamp(6, 24) + 2;
    let line = look.width.saturating_sub(5 + label + 2 + COLUMNS * CELL).clamp(8, 48);
    let samples = shown.course.samples(COLUMNS);
    let cells = |texts: Vec<String>| -> String {
        texts.iter().map(|text| format!("{text:>CELL$}")).collect()
    };
    let heads = samples.iter().map(|point| lambda_text(point.lambda)).collect();
    let head = format!("     {}{}", padded("lambda", label + line + 2), cells(heads));
    let mut out = format!("{}\n", look.paint(Role::Dim, head.trim_end()));
    for (set, actions) in all {
        for text in crate::look::wrap(&words::situation(form, set), look.width.saturating_sub(3)) {
            out.push_str(&format!("   {}\n", look.paint(Role::Label, &text)));
        }
        for action in actions {
            let share = |point: &crate::course::CoursePoint| point.probability[action.index()];
            let curve: String =
                shown.course.samples(line).into_iter().map(|point| level(share(point))).collect();
            let numbers = samples.iter().map(|point| format!("{:.4}", share(point))).collect();
            let name = short(form.action_label(action), label - 2);
            out.push_str(&format!("     {}{curve}  {}\n", padded(&name, label), cells(numbers)));
        }
    }
    out
}

/// A text cut to some columns.
fn short(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        if width(&cut) + 2 > columns {
            break;
        }
        cut.push(letter);
    }
    format!("{cut}…")
}

fn level(share: f64) -> char {
    LEVELS[((share.clamp(0.0, 1.0) * 8.0) as usize).min(7)]
}

fn limit(form: &GameForm, goal: Goal, look: &Look) -> String {
    match goal {
        Goal::Enclosed(found) => enclosed::card(found, "In the limit: ", look),
        Goal::Unknown(why) => look.labelled(0, "limit", 13, &format!("not known: {why}")),
        Goal::Exact(equilibrium) => {
            let profile = equilibrium.profile();
            let places: Vec<String> = choices(form)
                .into_iter()
                .map(|(set, _)| chosen(form, set, profile, look))
                .collect();
            let title = format!(
                "In the limit: {}, verified exactly",
                words::concept(equilibrium.concept())
            );
            let mut out = format!("{}\n", look.paint(Role::Title, &title));
            for place in places {
                out.push_str(&look.labelled(5, "", 5, &place));
            }
            out
        }
    }
}

fn chosen(form: &GameForm, set: InfoSetId, profile: &Profile, look: &Look) -> String {
    let played = form.actions(set).filter(|action| profile.of(*action).is_positive());
    let texts: Vec<String> = played
        .map(|action| {
            let label = form.action_label(action);
            let share = profile.of(action);
            if share.is_one() {
                return label.to_owned();
            }
            format!("{label} {}", look.numbers.share(share))
        })
        .collect();
    let question = names::event(form, form.info_set(set).question);
    format!("{}: {question} {}", words::situation(form, set), texts.join(" / "))
}
