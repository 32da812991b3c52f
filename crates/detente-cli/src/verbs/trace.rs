//! `trace`: what has the record told each side?

use super::whatif::{named, one_line_each};
use crate::arguments::Trace;
use crate::exit::{Exit, Failure};
use crate::{files, output, page, progress, scenario};
use detente::analysis::analyses::record::trace;
use detente::game::game::Record;
use detente::game::{Game, GameInstance};
use detente::qre;
use detente::report::cards::Card;
use detente::report::course::lambda_text;
use detente::report::drawing::draw_record;
use detente::report::formats::{json, text};
use detente::report::record::{RecordPage, TracedWay};
use std::sync::Arc;

/// Follows records and prints, or draws, what they tell.
pub fn run(asked: &Trace) -> Result<Exit, Failure> {
    let subject = scenario::subject_with(&asked.input, &steps(&asked.step)?)?;
    let game = &subject.game;
    let records = chosen(asked, game)?;
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &asked.search, asked.input.quiet)?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let shown: Vec<&Card> = match &asked.equilibrium {
        Some(letter) => vec![page::card(&cards, letter)?],
        None => cards.iter().collect(),
    };
    let responses = match asked.equilibrium {
        Some(_) => None,
        None => Some(responses(asked, &instance)),
    };
    let mut pages = Vec::new();
    for record in records {
        let mut page = RecordPage {
            form: &game.form,
            record,
            ways: shown.iter().map(|card| of_card(&instance, card, record)).collect(),
            notes: vec![format!("Equilibria: {}", solved.searched)],
        };
        match &responses {
            Some(Ok(found)) => add_responses(&mut page, asked, &instance, found),
            Some(Err(why)) => page.notes.push(format!("No quantal responses: {why}.")),
            None => {}
        }
        pages.push(page);
    }
    if let Some(path) = &asked.svg {
        let [only] = pages.as_slice() else {
            return Err(Failure::told("a drawing shows one record").help("name one of them"));
        };
        files::write(path, draw_record(only).svg().as_bytes())?;
    }
    let exit = scenario::exit(&asked.search, &solved);
    if asked.form.json {
        let answer = json::TraceResult {
            title: game.meta.title.clone(),
            records: pages.iter().map(json::record).collect(),
            stopped: progress::stopped(),
        };
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    let look = page::look(&asked.form);
    let screens: Vec<String> = pages.iter().map(|page| text::record::screen(page, &look)).collect();
    output::print(&screens.join("\n"))?;
    Ok(exit)
}

/// A record with the steps of the command line, to be read behind the scenario.
fn steps(steps: &[String]) -> Result<String, Failure> {
    one_line_each(steps, "--step")?;
    if steps.is_empty() {
        return Ok(String::new());
    }
    let lines: String = steps.iter().map(|step| format!("  {}\n", step.trim())).collect();
    Ok(format!("\n\nobserved \"as typed\"\n{lines}"))
}

fn chosen<'g>(asked: &Trace, game: &'g Game) -> Result<Vec<&'g Record>, Failure> {
    let none = || {
        Failure::told("there is no 'observed' record")
            .help("add one to the scenario, or type its steps:  --step 'EVENT is VALUE'")
    };
    if !asked.step.is_empty() {
        return Ok(vec![game.records.last().ok_or_else(none)?]);
    }
    let all: Vec<&str> = game.records.iter().map(|record| record.title.as_str()).collect();
    match &asked.record {
        _ if all.is_empty() => Err(none()),
        None => Ok(game.records.iter().collect()),
        Some(name) => Ok(vec![&game.records[named(&all, name, "record")?]]),
    }
}

fn of_card(instance: &GameInstance, card: &Card, record: &Record) -> TracedWay {
    TracedWay {
        name: format!("equilibrium {}", card.label),
        exact: instance.is_exact(),
        trace: trace(instance, card.lead().profile(), record),
    }
}

/// The principal branch to its limit, and to the precision asked for.
fn responses(
    asked: &Trace,
    instance: &Arc<GameInstance>,
) -> Result<(qre::Responses, Option<qre::Responses>), String> {
    let follow = |lambda: Option<&detente::game::Rational>| {
        let question = qre::Asked {
            lambda: lambda.cloned(),
            to_limit: lambda.is_none(),
            stop: Some(progress::stop_flag()),
        };
        qre::responses(instance, &question)
    };
    let at = asked.lambda.as_ref().map(|lambda| follow(Some(lambda))).transpose()?;
    Ok((follow(None)?, at))
}

fn of_point(
    page: &RecordPage,
    instance: &GameInstance,
    lambda: &str,
    probability: &[f64],
) -> TracedWay {
    let profile = qre::rounded(page.form, probability);
    TracedWay {
        name: format!("quantal responses, lambda {lambda}"),
        exact: false,
        trace: trace(instance, &profile, page.record),
    }
}

fn add_responses(
    page: &mut RecordPage,
    asked: &Trace,
    instance: &GameInstance,
    (whole, at): &(qre::Responses, Option<qre::Responses>),
) {
    let last = at.as_ref().and_then(|at| at.branch.points.last());
    if let (Some(lambda), Some(last)) = (&asked.lambda, last) {
        if last.lambda == lambda.to_f64() {
            page.ways.push(of_point(page, instance, &lambda.to_string(), &last.probability));
        } else {
            page.notes.push(format!("The branch was not traced to lambda {lambda}."));
        }
    }
    let Some(ends) = page.record.ends() else { return };
    if let Some((point, last)) = qre::likeliest(instance, &whole.branch, &ends) {
        let lambda = lambda_text(point.lambda);
        page.ways.push(of_point(page, instance, &lambda, &point.probability));
        let end = if last { ", the last one" } else { "" };
        page.notes.push(format!(
            "Of the {} points of the principal branch that were traced, the record is likeliest at \
             lambda {lambda}{end}; floating point, proved by nothing.",
            whole.branch.points.len()
        ));
    }
}
