//! `ensemble`: given what I do not know, how often does what come out?

mod again;
mod select;

use crate::arguments::{Drawing, Ensemble as Wanted, pure_concept};
use crate::exit::{Exit, Failure};
use crate::members::{Job, Output};
use crate::{output, page, progress, scenario};
use detente::analysis::analyses::ensemble::Totals;
use detente::ensemble::{Asked, Ensemble, Rule};
use detente::game::Game;
use detente::game::claim::Concept;
use detente::game::game::Distribution;
use detente::report::formats::json;
use detente::report::formats::text::ensemble::{Shown, Told, screen};

/// Draws, classifies, writes and prints.
pub fn run(wanted: &Wanted) -> Result<Exit, Failure> {
    let mut subject = scenario::subject(&wanted.input)?;
    let mut asked = asked(&wanted.drawing, &mut subject.game, wanted.draws)?;
    let (rule, phrase) = select::rule(wanted, &subject.game)?;
    asked.rule = rule;
    let mut ensemble =
        Ensemble::new(&subject.game, asked).map_err(|why| undrawn(&subject.game, why))?;
    if let Some(number) = wanted.member {
        return again::run(wanted, &subject.game, ensemble.draws(), number);
    }
    if !wanted.input.quiet {
        note_what_is_not_set(wanted, &subject.game, &ensemble);
    }
    let job = Job::new(wanted, &subject.text_hash, &ensemble);
    let mut output = None;
    if let Some((opened, standing)) = Output::open(wanted, job, &ensemble, &subject.game)? {
        output = Some(opened);
        if let Some(standing) = standing {
            ensemble = ensemble.continued(standing);
        }
    }
    work(&mut ensemble, output.as_mut(), wanted)?;
    if let Some(output) = &mut output {
        output.finish(&ensemble, &subject.game, wanted)?;
        if progress::stopped() {
            output.tell_stop(ensemble.totals().members, wanted.draws);
        }
    }
    show(&ensemble, &subject.game, &subject.text_hash, &phrase, wanted)?;
    Ok(Exit::Fine)
}

/// `--set` does not keep a parameter from being drawn, which who writes it might think.
fn note_what_is_not_set(wanted: &Wanted, game: &Game, ensemble: &Ensemble) {
    let drawn = &ensemble.draws().params;
    for set in &wanted.input.set {
        let name = set.split('=').next().unwrap_or_default().trim();
        if game.param(name).is_some_and(|param| drawn.contains(&param)) {
            output::complain(&format!(
                "note: '{name}' is drawn all the same: --set moves its base value, not its draws"
            ));
        }
    }
}

fn work(
    ensemble: &mut Ensemble,
    mut output: Option<&mut Output>,
    wanted: &Wanted,
) -> Result<(), Failure> {
    let line = progress::Progress::new("drawing", wanted.draws, wanted.input.quiet)
        .gone_on_with(ensemble.totals().members);
    while !progress::stopped() {
        let members = ensemble.next_chunk();
        if members.is_empty() {
            break;
        }
        if let Some(output) = output.as_deref_mut() {
            output.append(&members, ensemble)?;
        }
        line.at(ensemble.totals().members, "draws");
    }
    Ok(())
}

/// What is asked of an ensemble; parameters to be drawn uniformly get that distribution.
pub fn asked(drawing: &Drawing, game: &mut Game, members: u64) -> Result<Asked, Failure> {
    draw_uniformly(game, &drawing.uniform)?;
    let stop = Some(progress::stop_flag());
    let concept = pure_concept(drawing.concept);
    if !drawing.mixed && matches!(concept, Concept::Pbe | Concept::Sequential) {
        let told = format!("draws cannot be classified by {} so fast", concept.name());
        return Err(Failure::told(told).help("add --mixed, and every draw is solved on its own"));
    }
    Ok(Asked {
        concept,
        mixed: drawing.mixed,
        seed: drawing.seed,
        random: drawing.random,
        members,
        rule: Rule::Bounds,
        stop,
    })
}

/// Why nothing can be drawn.
pub fn undrawn(game: &Game, why: String) -> Failure {
    let help = if game.params.iter().any(|param| param.distribution.is_some()) {
        "write another range or distribution;  --uniform NAME  draws over the whole range"
    } else {
        "give parameters a distribution, such as  ~ beta(4, 6)  or  ~ 2 to 7,  or draw one \
         uniformly over its range:  --uniform NAME"
    };
    Failure::told(why).help(help)
}

fn draw_uniformly(game: &mut Game, names: &[String]) -> Result<(), Failure> {
    for name in names {
        let Some(id) = game.param(name) else {
            return Err(Failure::told(format!("there is no parameter '{name}'"))
                .help("detente check FILE  lists the parameters"));
        };
        let param = &mut game.params[id.index()];
        let Some((low, high)) = param.range.clone().filter(|(low, high)| low < high) else {
            return Err(Failure::told(format!("'{name}' has no range to be drawn from"))
                .help(format!("write one in the scenario:  {name} = …  in 0..1")));
        };
        param.distribution = Some(Distribution::uniform(low, high));
    }
    Ok(())
}

fn show(
    ensemble: &Ensemble,
    game: &Game,
    text_hash: &str,
    phrase: &str,
    wanted: &Wanted,
) -> Result<(), Failure> {
    let totals: &Totals = ensemble.totals();
    if totals.members == 0 && progress::stopped() {
        return Err(Failure::told("stopped before the first draws were done"));
    }
    if totals.members == 0 {
        return Err(Failure::told("no draw was made").help("ask for some:  --draws 100000"));
    }
    let drawn = ensemble.draws().params.iter();
    let shown = Shown {
        form: &game.form,
        totals,
        quantities: ensemble.quantities(),
        concept: &ensemble.asked().concept,
        mixed: ensemble.asked().mixed,
        drawn: drawn.map(|param| game.params[param.index()].name.clone()).collect(),
        seed: wanted.drawing.seed,
        hash: text_hash,
        points: if wanted.drawing.random { "pseudo-random" } else { "quasi-random" },
        rule: Told { name: wanted.select.trim(), phrase },
        verified: ensemble.verified(),
        stopped: progress::stopped() && totals.members < wanted.draws,
    };
    if wanted.form.json {
        output::print(&super::show::pretty(&json::ensemble(&shown))?)?;
    } else {
        output::print(&screen(&shown, &page::look(&wanted.form)))?;
    }
    Ok(())
}
