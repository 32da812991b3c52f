//! `show`: a station of the main road, as JSON or text.

use crate::arguments::{Input, Show, Station};
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::{output, scenario};
use detente::game::exchange::write_json;
use detente::game::{Card, Game, GameInstance};
use detente::report::formats::json::{Method, Methods};
use detente::road::Asked;
use detente::solve::{Candidate, Piece, Question};
use serde_json::{Value, json};
use std::sync::Arc;

/// Prints the station.
pub fn run(show: &Show) -> Result<Exit, Failure> {
    let text = match show.station {
        Station::Methods if show.json => pretty(&methods_for_programs())?,
        Station::Methods => methods(),
        Station::Schema => super::schema::text()?,
        _ => {
            let file = show
                .file
                .clone()
                .ok_or_else(|| Failure::told("which scenario?").help("detente show game FILE"))?;
            let (set, quiet) = (show.set.clone(), show.quiet);
            let input = Input { file, set, max_nodes: 20_000_000, quiet };
            station(show.station, &input)?
        }
    };
    output::print(&text)?;
    Ok(Exit::Fine)
}

fn station(station: Station, input: &Input) -> Result<String, Failure> {
    let subject = scenario::subject(input)?;
    let game = &subject.game;
    if station == Station::Scenario {
        let opened = subject
            .opened
            .as_ref()
            .ok_or_else(|| Failure::told("an imported game has no scenario"))?;
        return opened.loaded.to_json().map_err(Failure::told);
    }
    if station == Station::Game {
        return pretty(&formulas(game));
    }
    let instance = scenario::instance(game)?;
    match station {
        Station::Instance => {
            write_json(game, &instance).map_err(|error| Failure::told(error.to_string()))
        }
        Station::Candidates => candidates(&instance, input.quiet),
        _ => {
            let solved = scenario::solve_as(&instance, Asked::default(), input.quiet);
            if station == Station::Findings {
                return super::findings::text(&subject, &solved);
            }
            let saved: Vec<_> =
                solved.equilibria.iter().map(|verified| verified.equilibrium.saved()).collect();
            let enclosed: Vec<_> = solved.enclosed.iter().map(|one| one.saved()).collect();
            pretty(&json!({
                "searched": solved.searched,
                "stopped": progress::stopped(),
                "equilibria": saved,
                "enclosed": enclosed,
            }))
        }
    }
}

fn candidates(instance: &Arc<GameInstance>, quiet: bool) -> Result<String, Failure> {
    let question = Question {
        stop: Some(progress::stop_flag()),
        ..Question::mixed(detente::game::claim::Concept::WeakPbe)
    };
    let line = Progress::new("searching", 0, quiet);
    let found = detente::solve::solve(instance, &question, &mut |at| {
        line.at(at.touched, &format!("trials, {} candidates", at.found));
    });
    let one = |candidate: &Candidate| match candidate {
        Candidate::Point(profile) => json!({ "profile": profile }),
        Candidate::Enclosed(enclosure) => json!({ "enclosure": enclosure }),
        Candidate::Open { region, why } => json!({ "open": region, "why": why }),
        Candidate::Component(pieces) => {
            let piece = |p: &Piece| json!({ "corners": p.corners, "inside": p.inside });
            json!({ "pieces": pieces.iter().map(piece).collect::<Vec<_>>() })
        }
    };
    pretty(&json!({
        "method": found.method,
        "complete": found.complete,
        "searched": found.searched,
        "touched": found.touched,
        "pure_profiles": found.space,
        "stopped": progress::stopped(),
        "candidates": found.candidates.iter().map(one).collect::<Vec<Value>>(),
    }))
}

/// The game's parameters, and every lottery and row of stakes with its formulas.
fn formulas(game: &Game) -> Value {
    let formulas: Vec<String> = (0..game.formulas.len())
        .map(|index| {
            let id = detente::game::FormulaId::from_index(index);
            format!("{index}: {:?}", game.formulas.get(id))
        })
        .collect();
    let rows: Vec<Value> = (0..game.form.row_count())
        .map(|index| {
            let row = detente::game::RowId::from_index(index);
            let items: Vec<Value> = game
                .row_items(row)
                .iter()
                .map(|(stake, formula)| {
                    let stake = game.form.stake(*stake);
                    let player = &game.form.player(stake.player).name;
                    json!({ "player": player, "stake": stake.name, "formula": formula })
                })
                .collect();
            json!({ "outcome": game.form.outcome_of(row).map(|o| &game.form.outcomes()[o.index()]), "stakes": items })
        })
        .collect();
    json!({
        "title": game.meta.title,
        "parameters": game.params.iter().map(|p| json!({ "name": p.name, "base": p.base })).collect::<Vec<_>>(),
        "settings": game.settings,
        "nodes": game.form.node_count(),
        "formulas": formulas,
        "branch_probabilities": game.branch_probability,
        "rows": rows,
    })
}

fn methods() -> String {
    let card = |card: &&'static Card| {
        format!(
            "{}\n  {}\n  accepts   {}\n  finds     {}\n  exact     {}\n  cost      {}\n  source    {}",
            card.name,
            card.line,
            card.accepts,
            card.complete.unwrap_or("one or some, without a claim to all"),
            if card.exact { "yes" } else { "no" },
            card.cost,
            card.source
        )
    };
    detente::solve::methods().iter().map(card).collect::<Vec<_>>().join("\n\n")
}

fn methods_for_programs() -> Methods {
    let one = |card: &&'static Card| Method {
        name: card.name.to_owned(),
        line: card.line.to_owned(),
        accepts: card.accepts.to_owned(),
        exact: card.exact,
        complete: card.complete.map(str::to_owned),
        cost: card.cost.to_owned(),
        source: card.source.to_owned(),
    };
    Methods { methods: detente::solve::methods().iter().map(one).collect() }
}

/// JSON for people to read.
pub fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure::told(error.to_string()))
}
