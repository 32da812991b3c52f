//! `sensitivity`: which uncertain parameter drives an outcome or a payoff?

use crate::arguments::{BoundName, Sensitivity as Wanted};
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::analysis::analyses::ensemble::Quantity;
use detente::ensemble::{Bound, Sensitivity, sensitivity};
use detente::game::Game;
use detente::report::formats::json;
use detente::report::formats::text::sensitivity::screen;

/// Draws pairs, works out the indices and prints.
pub fn run(wanted: &Wanted) -> Result<Exit, Failure> {
    let mut subject = scenario::subject(&wanted.input)?;
    let asked = super::ensemble::asked(&wanted.drawing, &mut subject.game, wanted.pairs)?;
    let (concept, mixed) = (asked.concept.name(), asked.mixed);
    let game = &subject.game;
    let quantity = quantity(game, &wanted.of)?;
    let (bound, word) = match wanted.bound {
        BoundName::Least => (Bound::Least, "least"),
        BoundName::Greatest => (Bound::Greatest, "greatest"),
        BoundName::Middle => (Bound::Middle, "middle"),
    };
    let line = progress::Progress::new("drawing", wanted.pairs, wanted.input.quiet);
    let found = sensitivity(game, asked, quantity, bound, &mut |done| line.at(done, "pairs"));
    drop(line);
    if progress::stopped() {
        return Err(Failure::told("stopped before the indices were known"));
    }
    let found = found.map_err(|why| super::ensemble::undrawn(game, why))?;
    let answer = json::Sensitivity {
        of: wanted.of.clone(),
        bound: word.to_owned(),
        concept: concept.to_owned(),
        mixed,
        seed: wanted.drawing.seed,
        ..told(game, &found)
    };
    if wanted.form.json {
        output::print(&super::show::pretty(&answer)?)?;
    } else {
        output::print(&screen(&answer, &page::look(&wanted.form)))?;
    }
    Ok(Exit::Fine)
}

/// The outcome or the player of this name.
fn quantity(game: &Game, name: &str) -> Result<Quantity, Failure> {
    let all = Quantity::all(&game.form);
    let known = all.iter().find(|one| one.name(&game.form) == name);
    known.copied().ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|one| one.name(&game.form)).collect();
        Failure::told(format!("no outcome and no player is called '{name}'"))
            .help(format!("there are: {}", names.join(", ")))
    })
}

/// What was found, for programs; what was asked is filled in by the caller.
pub fn told(game: &Game, found: &Sensitivity) -> json::Sensitivity {
    let parameters = found.influences.iter().map(|one| json::Influence {
        name: game.params[one.param.index()].name.clone(),
        first_order: one.indices.map(|indices| indices.first_order),
        total: one.indices.map(|indices| indices.total),
        table: one.table.clone(),
        ends: [one.ends.0, one.ends.1],
        at_ends: [one.at_ends.0, one.at_ends.1],
    });
    json::Sensitivity {
        of: String::new(),
        bound: String::new(),
        concept: String::new(),
        mixed: false,
        seed: 0,
        mean: found.moments.map(|(mean, _)| mean),
        variance: found.moments.map(|(_, variance)| variance),
        at_base: found.at_base,
        parameters: parameters.collect(),
        pairs: found.pairs,
        left_out: found.left_out,
    }
}
